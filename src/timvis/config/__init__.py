"""Settings, the clock, and what the environment may choose."""

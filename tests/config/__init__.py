"""What the environment may choose."""

"""Claims: what was handed in, what the rules said, what the officer said, what it comes to."""

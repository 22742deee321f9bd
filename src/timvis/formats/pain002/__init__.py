"""pain.002: the bank's answer to a payment file."""

"""pain.001: the payment file to the bank."""

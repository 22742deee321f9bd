"""Original bytes with their digest, and the evidence that has come in."""

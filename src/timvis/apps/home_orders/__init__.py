"""Home care that is ordered from a provider: the order and its steps, what happens to the recipient, the papers."""

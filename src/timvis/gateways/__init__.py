"""The network and nothing else: one folder per counterpart, with the real thing and a fake beside it."""

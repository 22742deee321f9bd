"""Numbers set aside for tests: the package's TOML to tuples of twelve digits."""

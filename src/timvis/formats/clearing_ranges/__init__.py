"""The banks' clearing numbers: the package's TOML to `ClearingRange` records."""

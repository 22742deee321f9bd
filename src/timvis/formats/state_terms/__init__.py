"""The state's forms and last days: two TOML files of the package, read into one record."""

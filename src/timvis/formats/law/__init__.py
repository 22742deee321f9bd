"""The numbers of the law: TOML files to `LawValue` records."""

"""A calculation case as a workbook: the same fields as in TOML, a sheet for each table."""

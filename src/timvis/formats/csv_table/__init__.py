"""A table as CSV that opens in a spreadsheet as it stands."""

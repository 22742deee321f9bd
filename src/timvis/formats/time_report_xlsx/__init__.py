"""A time report as an Excel workbook, and the empty workbook that people fill in."""

"""Rows and columns with a heading each: what a time report as text, as a workbook and from paper share."""

"""Visits of home care, planned, performed and cancelled, as a table in an open layout."""

"""Visits of home care as the providers registered them, deviations, and what looks odd."""

"""The state's grant periods: what was granted, performed and paid in each, and what is left, lapsed or owed."""

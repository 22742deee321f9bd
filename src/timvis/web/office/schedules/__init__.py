"""The schedule of an assignment: planned shifts, what was reported of them, and what the rules would say."""

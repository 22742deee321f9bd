"""Planned shifts of the municipality's own assistants: beside what was reported, and judged before they are worked."""

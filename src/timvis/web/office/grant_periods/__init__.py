"""A recipient's grant periods with the state: granted, performed, paid, and what is left or owed."""

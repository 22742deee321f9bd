"""A supplier's invoice: what it says, what is wrong with it by itself, and what our own registers say of it."""

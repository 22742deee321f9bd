"""A month played through as the state will do it, before it is sent: one light per recipient, and kronor at risk."""

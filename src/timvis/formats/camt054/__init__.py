"""camt.054: the bank's notification of what it has booked."""

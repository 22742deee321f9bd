"""Applications: what somebody has applied for, as it came in, and every later version of it."""

"""Who people are, what they may do, and the log of what they saw and did."""

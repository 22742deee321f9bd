"""What a municipality owes the state as provider of assistance: forms, notices, last days, time before a decision."""

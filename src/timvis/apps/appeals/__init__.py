"""What follows a decision: service, appeals on their way to the court, and cases that take too long."""

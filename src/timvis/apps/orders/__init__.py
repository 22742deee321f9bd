"""What is ordered beforehand: a substitute, from the call to the basis of an invoice."""

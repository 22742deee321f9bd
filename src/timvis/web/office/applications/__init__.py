"""Applications: the form, the list, and what a claim's page says of one."""

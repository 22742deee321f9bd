"""A month of home care reconciled: what is approved, what is summed to be billed, what the fee officer is handed."""

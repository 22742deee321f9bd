"""Recipients, providers, assistants, powers of attorney, payees: versioned, never overwritten."""

"""Payment orders, batches, and the ledger of transfers."""

"""Pages: a month of home care reconciled, summed to what may be billed, and handed to the fees."""

"""A time report that came on paper, as an officer types it from the form."""

"""A time report as text with a separator, the way Swedish systems and Excel export it."""

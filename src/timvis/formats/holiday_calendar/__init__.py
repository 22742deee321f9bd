"""Sweden's holidays: the `holidays` package's tables to a `Holidays` record."""

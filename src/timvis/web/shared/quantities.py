"""Quantities as a statement writes them, read back for people."""


def hours_in_minutes(quantity: str) -> int:
    """Return a written number of hours ("7.25", "1/3") as whole minutes, rounded down."""
    over, _slash, under = quantity.partition("/")
    whole, _dot, part = over.partition(".")
    per_hour: int = 10 ** len(part) * int(under or 1)
    return int(whole + part) * 60 // per_hour

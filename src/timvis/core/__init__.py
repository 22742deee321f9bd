"""The pure middle: law, calendar, facts, review, calculation, routine, payment, ledger, retention, access.

Nothing here reads a clock, a file, a database or a network, and nothing here is random or a float. "Today",
the law and the person are arguments; whatever comes in and goes out is an immutable record.
"""

"""Facts: what the rules may see, derived by one SQL text per grain.

`relations` names the input, `load` turns a case into it, `sql` holds the texts, `records` what comes out,
`derive` runs them on an in-memory SQLite. In bulk the same texts run on another engine (`timvis.bulk`).
"""

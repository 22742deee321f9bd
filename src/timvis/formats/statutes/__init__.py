"""Statutes, court decisions and instructions that rules cite: TOML files to `Paragraph` records."""

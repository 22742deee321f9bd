"""Routines and charts of accounts as TOML: bytes in, core records or faults out."""

"""Bytes and text to core records and back: one folder per format, pure, and never a file opened here."""

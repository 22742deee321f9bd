"""Sealed packages and how long they are kept."""

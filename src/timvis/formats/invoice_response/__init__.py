"""Peppol Invoice Response: what becomes of an invoice, told to the one who sent it."""

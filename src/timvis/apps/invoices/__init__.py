"""Invoices in: what came from a supplier, whose cost it is, and what became of it before anybody paid."""

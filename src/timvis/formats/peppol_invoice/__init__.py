"""Supplier invoices and credit notes in Peppol BIS Billing 3 (UBL 2.1)."""

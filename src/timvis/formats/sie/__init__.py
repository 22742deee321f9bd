"""SIE 4: vouchers to the municipality's ledger."""

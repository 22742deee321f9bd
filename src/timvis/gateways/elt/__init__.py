"""Försäkringskassan's electronic time reports: one way out, and a receipt back. Off until somebody turns it on."""

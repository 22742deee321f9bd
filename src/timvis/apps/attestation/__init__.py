"""Signed acts, and the separations between the persons behind them."""

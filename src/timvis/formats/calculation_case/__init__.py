"""Calculation cases: what an official writes in a text editor to have an amount worked out and explained."""

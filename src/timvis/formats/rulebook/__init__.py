"""The rule book: pages made from what runs, never written beside it."""

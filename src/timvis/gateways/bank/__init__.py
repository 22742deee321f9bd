"""The bank: payment files out, answers in."""

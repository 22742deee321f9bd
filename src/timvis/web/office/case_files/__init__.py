"""The case file: of one case, and of a person with all her cases."""

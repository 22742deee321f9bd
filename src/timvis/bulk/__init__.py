"""Populations: the same facts texts and the same rules, over columns instead of values.

One module per engine. Nothing here is needed to review a single claim.
"""

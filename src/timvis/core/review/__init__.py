"""Review: the rules over the facts of a case.

`rule` says what a rule is, `rules/` holds them by what they look at, `finding` is what comes out, `review`
puts them together.
"""

"""Calculation: what is left of the time, at which rate, line by line.

`pieces` takes away what the officer's words and the limits take, `rates` says what an hour is worth, and each
kind of calculation has its module beside them; `calculated` is what they all answer.
"""

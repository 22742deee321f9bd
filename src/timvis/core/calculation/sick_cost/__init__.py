"""`sick_cost`: what it costs an employer that a regular assistant is ill, line by line, and what a municipality owes.

Read in this order: `records` (what is asked), `settings` (what a routine chooses), `spells` (which sick-pay period a
day belongs to), `terms` (what holds for that period), `segments` (which minutes), `qualifying` (what the qualifying
day or deduction takes), then one module per cost item, `claimed` (beside what was applied for) and `calculate`.
"""

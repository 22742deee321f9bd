"""How an authority comes to a decision and what follows it: hearing, decider, contents, appeal, delay.

- `decision`: what a decision holds, and everything that keeps it from being made (FL 31–32 §§);
- `delegation`: who may decide for the board, by kind, outcome, amount and day (KL 6:37–38, 7:5);
- `hearing`: what the party has been shown before it goes against her (FL 25 §);
- `appeal`: whether it came in time and what happens to it then (FL 37–39, 43–47 §§);
- `six_months`: the case that takes too long (FL 11–12 §§);
- `statutory_time`: a time of the law counted as the act on its reckoning says (1930:173).
"""

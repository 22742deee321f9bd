"""Swedish days, weeks, months, clock times, working days and deadlines; no clock of its own, no holiday list.

- `local_time`: what the clock showed ⇄ the minutes that really passed, over 23- and 25-hour days too;
- `weeks` and `months`: whole numbers for days and weeks, half-open periods, the pieces of a month;
- `working_days`: the two meanings of *vardag*, on a holiday list that is handed in;
- `deadlines`: due rules as data, the day they fall on, and why; `due_tables` reads them from a routine.
"""

"""Days and ISO weeks as whole numbers, so that facts can compare, group and subtract them.

A week that lies over New Year is one week: its number does not start again in January. The label is only for
people.
"""

from datetime import date

DAYS_PER_WEEK = 7
# Day 1, 0001-01-01 in the calendar reckoned backwards, was a Monday: weeks are plain sevens of days.
_FIRST_MONDAY = 1


def day_number(on: date) -> int:
    """Return a day as a whole number; the next day is one more."""
    return on.toordinal()


def day_of(number: int) -> date:
    """Return the day of a day number."""
    return date.fromordinal(number)


def week_number(on: date) -> int:
    """Return a day's ISO week as a whole number; the next week is one more, over New Year too.

    It equals (day number - 1) // 7, so SQL that has the day number can say the same.
    """
    return (on.toordinal() - _FIRST_MONDAY) // DAYS_PER_WEEK


def monday_of(number: int) -> date:
    """Return the Monday that a week begins with."""
    return date.fromordinal(number * DAYS_PER_WEEK + _FIRST_MONDAY)


def days_of_week(number: int) -> tuple[date, ...]:
    """Return the seven days of a week, Monday first."""
    monday = monday_of(number).toordinal()
    return tuple(date.fromordinal(day) for day in range(monday, monday + DAYS_PER_WEEK))


def week_label(on: date) -> str:
    """Return a day's week as people write it, "2026 v 53"; the year is the week's own."""
    year, week, _ = on.isocalendar()
    return f"{year} v {week}"

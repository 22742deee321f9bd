"""A time set in an act, counted as the act on the reckoning of such times says (1930:173)."""

from datetime import date, timedelta

from timvis.core.calendar.months import same_day_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.calendar.working_days import Definition, Holidays, working_day_on_or_after
from timvis.core.law import LawByDay, WrongUnit

RECKONING = ("lag (1930:173) 1 §", "lag (1930:173) 2 §")


def last_day(code: str, from_on: date, law: LawByDay, holidays: Holidays) -> date:
    """Return the last day on which something may be done that the law gives a time for, counted from a day.

    Ends the time on a Saturday, a Sunday, a holiday or one of the three eves, the next working day will do. Raises
    `LawGap` where the law has no number, `CalendarGap` where the holidays are not known.
    """
    return working_day_on_or_after(ends_on(code, from_on, law), holidays, Definition.MONDAY_TO_FRIDAY)


def ends_on(code: str, from_on: date, law: LawByDay) -> date:
    """Return the day a time of the law ends, working day or not.

    It is the day of the same name in the week or number in the month, or the month's last when it is shorter.
    """
    unit = law.number(code).unit_of(law.on(code, from_on))
    count = law.count(code, from_on)
    match unit:
        case "days" | "calendar_days":
            return from_on + timedelta(days=count)
        case "weeks":
            return from_on + timedelta(days=count * DAYS_PER_WEEK)
        case "months":
            return same_day_after(from_on, count)
    raise WrongUnit(f"{code} is counted in {unit}, not in days, weeks or months")

"""Why two clock times of a report are not a piece of a day, said to a person."""

from datetime import date

from timvis.core.calendar.local_time import ClockProblem, clock_minute, span
from timvis.core.calendar.months import last_of_month
from timvis.formats.handed_in import Wrong, shown

ORDINARY_DAY = date(2001, 1, 1)
"""No clock change: stands in for a day that cannot be read, so that the faults of its times are told too."""

_WRITE_A_CLOCK_TIME = "Skriv klockslaget med timmar och minuter, till exempel 08.30. 24.00 får bara stå som slut."


def clock_wrong(problem: ClockProblem, *, on: date, from_text: str, to_text: str) -> Wrong:
    """Return code, message and remedy for a span that `local_time.span` turned down."""
    written = f"{shown(from_text)}–{shown(to_text)}"
    match problem:
        case ClockProblem.NOT_A_TIME:
            return Wrong("not_a_clock_time", f"{written} är inte två klockslag.", _WRITE_A_CLOCK_TIME)
        case ClockProblem.DOES_NOT_EXIST:
            return Wrong(
                "clock_time_does_not_exist",
                f"{written} finns inte den {on.isoformat()}: klockan ställs fram 02.00–03.00 den natten.",
                "Skriv de klockslag som klockan visade: före 02.00 eller från 03.00.",
            )
        case ClockProblem.READING_DOES_NOT_HOLD:
            return Wrong(
                "stated_time_does_not_hold",
                f"{written} anger sommartid (S) eller vintertid (V) som inte gäller den {on.isoformat()}.",
                "Ta bort bokstaven, eller skriv S eller V så som klockan gick.",
            )
        case ClockProblem.END_NOT_AFTER_START:
            return Wrong(
                "end_is_not_after_start",
                f"{written} slutar inte efter att det börjar.",
                "Dela passet vid midnatt: till 24.00 den ena dagen och från 00.00 den nästa.",
            )


def is_about_start(problem: ClockProblem, on: date, from_text: str) -> bool:
    """Return whether the problem lies in the first of the two clock times: it is there with any end at all."""
    return problem is not ClockProblem.END_NOT_AFTER_START and span(on, from_text, "24.00") is problem


INTO_NEXT_MONTH = Wrong(
    "continues_into_next_month",
    "Passet fortsätter in i nästa månad.",
    "Skriv till 24.00 här, och resten från 00.00 i nästa månads rapport.",
)
"""A report is one month's: a shift over the end of it is two rows on two reports."""


def month_wrong(problem: ClockProblem, *, on: date, from_text: str, to_text: str) -> Wrong:
    """Return what `clock_wrong` does, and for a shift over the end of the month where the rest of it belongs."""
    begins, ends = clock_minute(from_text), clock_minute(to_text)
    is_over = begins is not None and ends is not None and ends < begins
    if problem is ClockProblem.END_NOT_AFTER_START and is_over and on == last_of_month(on):
        return INTO_NEXT_MONTH
    return clock_wrong(problem, on=on, from_text=from_text, to_text=to_text)

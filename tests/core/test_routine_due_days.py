"""Every deadline of a routine: by its step, the first day as well as the last, on the municipality's working days."""

from dataclasses import replace
from datetime import date

from tests.core.routines import DECISION, HAND_IN, PAYMENT, RELEASE, REVIEW, a_routine
from timvis.core.calendar.deadlines import DayOfMonth, WorkingDayOfMonth
from timvis.core.calendar.working_days import Definition
from timvis.core.routine.due_days import due_days
from timvis.core.routine.records import Deadline
from timvis.formats.holiday_calendar.read import holidays_of


def test_a_deadline_stands_by_its_step_and_those_beside_the_steps_come_last() -> None:
    by_the_fifth = replace(HAND_IN, due=DayOfMonth(day=5, months_after=1), source="Punkt 7")
    deadlines = (
        Deadline(name="papers_back", label="Papper åter", due=DayOfMonth(day=20, months_after=1)),
        Deadline(
            name="not_before",
            label="Tidigast",
            due=DayOfMonth(day=2, months_after=1),
            step="hand_in",
            is_earliest=True,
            source="Punkt 8",
        ),
    )
    routine = replace(a_routine(steps=(by_the_fifth, REVIEW, DECISION, RELEASE, PAYMENT)), deadlines=deadlines)

    found = due_days(routine, date(2021, 2, 1), holidays_of(2021, 2021))

    assert [(one.step.name, one.source) for one in found] == [
        ("hand_in", "Punkt 7"),
        ("not_before", "Punkt 8"),
        ("papers_back", "påhittad"),
    ]
    assert found[1].rule == "Tidigast den 2:a i månaden efter."
    assert found[1].due is not None
    assert found[1].due.text == "Tidigast tisdag 2 mars 2021."


def test_a_municipality_may_count_more_eves_as_free() -> None:
    # Easter Eve is Saturday 3 April 2021: the second working day of April where Saturdays count
    saturdays = WorkingDayOfMonth(n=2, months_after=1, definition=Definition.SATURDAYS_COUNT)
    routine = a_routine(steps=(replace(HAND_IN, due=saturdays), REVIEW, DECISION, RELEASE, PAYMENT))
    free = replace(routine, settings=(("free_eves", ("easter_eve",)),))

    days = [due_days(one, date(2021, 3, 1), holidays_of(2021, 2021))[0].due for one in (routine, free)]

    # 1 April; 2 is Good Friday, 3 Easter Eve, 4 and 5 Easter
    assert [one.on for one in days if one] == [date(2021, 4, 3), date(2021, 4, 6)]

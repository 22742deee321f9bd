"""A routine's choices about substitutes, as the desk, the sheets and the fee take them.

Nothing is added: what the routine does not state is None, and whoever needs it says so by name.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from timvis.core.calculation.substitute_fee import QualifyingTime
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.working_days import Definition, Holidays
from timvis.core.routine.records import Problem, Routine
from timvis.core.routine.settings import SettingIsUnknown, flag_of, rows_of, states, word_of
from timvis.core.routine.shapes import Cell
from timvis.core.substitute.routing import Band, Desk, DeskDays, DeskHours, Rung, holes
from timvis.core.substitute.settings import ArrangedBy, FormOnDay, Sheet, SubstituteSettings

FORMS = {
    "fk_3057": "Försäkringskassans blankett 3057",
    "fk_3059": "Försäkringskassans blankett 3059",
    "own": "Kommunens egen tidrapport",
}


def settings_of(routine: Routine) -> SubstituteSettings:
    """Return what a routine chooses. Raises `SettingIsUnknown` when it does not say who arranges the substitute."""
    arranged_by = ArrangedBy(word_of(routine, "substitute_arranged_by"))
    return SubstituteSettings(
        arranged_by=arranged_by,
        tries_own_routine_first=arranged_by is ArrangedBy.MUNICIPALITY_AS_LAST_RESORT,
        decided_afterwards=_word(routine, "acute_application") == "decided_afterwards",
        cancelled_is_billed=(
            flag_of(routine, "cancelled_substitute_is_billed")
            if states(routine, "cancelled_substitute_is_billed")
            else None
        ),
        bands=tuple(_bands(routine)),
        ladder=tuple(_ladder(routine)),
        working_day=_definition(routine),
        qualifying_time=_qualifying_time(routine),
        forms=tuple(_forms(routine)),
    )


def desk_hours(routine: Routine, settings: SubstituteSettings, holidays: Holidays) -> DeskHours:
    """Return who answers when. Raises `SettingIsUnknown` when bands tell days apart and it does not say how."""
    tells_days_apart = any(band.days is not DeskDays.EVERY_DAY for band in settings.bands)
    if tells_days_apart and settings.working_day is None:
        raise SettingIsUnknown(routine, "working_day")
    return DeskHours(bands=settings.bands, holidays=holidays, definition=settings.working_day, ladder=settings.ladder)


def desk_problems(routine: Routine) -> Iterator[Problem]:
    """Yield the hours in which a routine's desk leaves nobody to answer, or several."""
    if not states(routine, "substitute_desk"):
        return
    for hole in holes(_bands(routine)):
        day = "en vardag" if hole.is_working_day else "en annan dag än vardag"
        before = "" if hole.is_working_day is hole.after_working_day else _AFTER[hole.after_working_day]
        when = f"{day}{before} {clock_text(hole.from_minute)}–{clock_text(hole.to_minute)}"
        if hole.answers:
            yield Problem(
                code="several_answer", message=f"Flera svarar om vikarier {when}. Behåll ett pass.", example=when
            )
        else:
            yield Problem(
                code="nobody_answers",
                message=f"Ingen svarar om vikarier {when}. Lägg till ett pass i substitute_desk.",
                example=when,
            )


_AFTER = {True: " efter en vardag", False: " efter en ledig dag"}


def _bands(routine: Routine) -> list[Band]:
    return [
        Band(
            days=DeskDays(str(row["days"])),
            from_minute=_whole(row["from"]),
            to_minute=_whole(row["to"]),
            by=Desk(str(row["by"])),
        )
        for row in (rows_of(routine, "substitute_desk") if states(routine, "substitute_desk") else ())
    ]


def _ladder(routine: Routine) -> list[Rung]:
    rows = rows_of(routine, "substitute_escalation") if states(routine, "substitute_escalation") else ()
    return [Rung(after_minutes=_whole(row["after"]), to=Desk(str(row["to"]))) for row in rows]


def _forms(routine: Routine) -> list[FormOnDay]:
    rows = rows_of(routine, "substitute_time_report") if states(routine, "substitute_time_report") else ()
    return [
        FormOnDay(
            sheet=Sheet(str(row["time"])),
            form=FORMS[str(row["form"])],
            form_from=_day(row.get("from")) or routine.valid_from,
            form_to=_day_after(row.get("to")),
        )
        for row in rows
    ]


def _definition(routine: Routine) -> Definition | None:
    word = _word(routine, "working_day")
    return Definition(word) if word else None


def _qualifying_time(routine: Routine) -> QualifyingTime | None:
    word = _word(routine, "substitute_qualifying_time")
    return QualifyingTime(word) if word else None


def _word(routine: Routine, code: str) -> str:
    return word_of(routine, code) if states(routine, code) else ""


def _whole(value: Cell) -> int:
    assert isinstance(value, int), value
    return value


def _day_after(value: Cell | None) -> date | None:
    """Return the first day on which a row no longer holds: a routine writes the last day on which it does."""
    last_on = _day(value)
    return None if last_on is None else last_on + timedelta(days=1)


def _day(value: Cell | None) -> date | None:
    return value if isinstance(value, date) else None

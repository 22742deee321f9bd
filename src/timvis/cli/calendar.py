"""`timvis calendar`: working days and deadlines."""

from datetime import date

import typer

from timvis.cli.answer import AS_JSON, give, refuse_input, tables
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.months import day_text, month_text, read_month
from timvis.core.calendar.working_days import Definition, nth_working_day, working_days_of
from timvis.core.faults import Fault
from timvis.core.routine.due_days import StepDue, due_days
from timvis.formats.holiday_calendar.read import FIRST_YEAR, LAST_YEAR, covers, holidays_around, holidays_of
from timvis.formats.routine.packaged import packaged_routine

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def calendar() -> None:
    """Vardagar, förfallodagar och tider."""


@app.command("working-day")
def working_day(
    month: str = typer.Argument(help="Månaden, som 2026-01.", metavar="ÅÅÅÅ-MM"),
    n: str = typer.Argument(help="Vilken vardag i ordningen, från 1.", metavar="N"),
    saturdays_count: bool = typer.Option(
        False, "--saturdays-count", help="Räkna lördagar och aftnar som vardagar; annars bara måndag–fredag."
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Visar månadens N:te vardag."""
    definition = Definition.SATURDAYS_COUNT if saturdays_count else Definition.MONDAY_TO_FRIDAY
    month_on, nth, faults = _read_call(month, n)
    if month_on is None or nth is None:
        refuse_input(faults, as_json=as_json)
    holidays = holidays_of(month_on.year, month_on.year)
    day = nth_working_day(month_on, nth, holidays, definition)
    if day is None:
        last = len(working_days_of(month_on, holidays, definition))
        refuse_input([_beyond_the_month(month_on, nth, last)], as_json=as_json)
    give({"day": day}, as_json=as_json, show=lambda: tables.print(day_text(day)))


@app.command()
def due(
    routine: str = typer.Argument(help="Rutinen, som kommun/rutin.", metavar="ROUTINE"),
    month: str = typer.Option(..., "--month", help="Månaden då omsorgen gavs, som 2021-02."),
    as_json: bool = AS_JSON,
) -> None:
    """Visar en rutins alla förfallodagar för en månad."""
    month_on, faults = _read_month(month)
    found = packaged_routine(routine)
    if found is None:
        faults.append(_no_such_routine(routine))
    if month_on is None or found is None:
        refuse_input(faults, as_json=as_json)
    rows = due_days(found, month_on, holidays_around(month_on))
    document = {
        "due": [
            {
                "step": row.step.name,
                "label": row.step.label,
                "role": row.step.role,
                "day": row.due.on if row.due else None,
                "at": clock_text(row.due.at_minute) if row.due and row.due.at_minute is not None else None,
                "rule": row.rule,
                "source": row.source,
            }
            for row in rows
        ]
    }
    give(document, as_json=as_json, show=lambda: _show_due(rows))


def _show_due(rows: tuple[StepDue, ...]) -> None:
    for row in rows:
        tables.print(f"{row.step.label}: {row.due.text if row.due else row.rule}", markup=False)
    if not rows:
        tables.print("Rutinen sätter inga förfallodagar.")


def _no_such_routine(slug: str) -> Fault:
    return Fault(
        code="no_such_routine",
        message=f"Det finns ingen rutin som heter {slug}.",
        remedy="Skriv kommun/rutin, som mapparna under data/routines heter.",
    )


def _read_call(month: str, n: str) -> tuple[date | None, int | None, list[Fault]]:
    """Return month and number, None for each that cannot be read, and every fault."""
    month_on, faults = _read_month(month)
    nth = int(n) if n.isascii() and n.isdecimal() and 0 < len(n) < 4 else 0
    if nth == 0:
        faults.append(
            Fault(
                code="number_not_readable",
                message=f"”{n}” är inget ordningstal för en vardag.",
                remedy="Skriv ett heltal från 1.",
            )
        )
    return month_on, nth or None, faults


def _read_month(month: str) -> tuple[date | None, list[Fault]]:
    """Return the month, or None and why it cannot be used."""
    month_on = read_month(month)
    if month_on is not None and covers(month_on.year):
        return month_on, []
    return None, [
        Fault(
            code="month_not_readable",
            message=f"”{month}” är ingen månad som kalendern har.",
            remedy=f"Skriv år och månad som 2026-01, från {FIRST_YEAR} till {LAST_YEAR}.",
        )
    ]


def _beyond_the_month(month_on: date, nth: int, last: int) -> Fault:
    return Fault(
        code="no_such_working_day",
        message=f"{month_text(month_on).capitalize()} har {last} vardagar, så nummer {nth} finns inte.",
        remedy=f"Välj ett tal från 1 till {last}.",
    )

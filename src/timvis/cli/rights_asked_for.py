"""Who had a right that a board gives, on a day and as known at a moment: what is asked for, and how it is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import typer

from timvis.apps.parties.models import Municipality
from timvis.apps.routines.queries import CouldUse, known_by_end_of
from timvis.cli.answer import refuse_input
from timvis.config.clock import now
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import SWEDEN, last_moment_of
from timvis.core.faults import Fault
from timvis.core.routine.board_lists import R

ON: str = typer.Option(..., "--on", help="Dagen, som 2026-01-15.", metavar="DATUM")
MUNICIPALITY: str = typer.Option("", "--municipality", help="Kommunens mappnamn; annars alla.")
KNOWN_AT: str = typer.Option("", "--known-at", help="Som det var känt då, 2026-01-15T12:00; annars vid dagens slut.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A day, the moment it is told as known at, and the municipalities it is asked of."""

    on: date
    known_at: datetime
    towns: tuple[str, ...]


def rights_asked_for(on: str, known_at: str, municipality: str, *, as_json: bool) -> Asked:
    """Return what was asked for; ends the command with every fault where it cannot be read."""
    day, moment, faults = _read_call(on, known_at)
    towns = tuple(Municipality.objects.order_by("slug").values_list("slug", flat=True))
    if municipality and municipality not in towns:
        faults.append(_no_such_town(municipality))
    if day is None or faults:
        refuse_input(faults, as_json=as_json)
    return Asked(
        on=day,
        known_at=moment or known_by_end_of(day, now()),
        towns=(municipality,) if municipality else towns,
    )


def right_held(town: str, one: CouldUse[R]) -> dict[str, Any]:
    """Return what every right in somebody's hands has, as JSON tells it."""
    held, right = one.held, one.held.right
    return {
        "municipality": town,
        "person": one.person_name,
        "position": right.position,
        "up_to_ore": right.up_to_ore,
        "from": held.held_from,
        "to": held.held_to,
        "deputy_of": one.deputy_for or None,
        "board": held.board,
        "list": held.list_number,
        "row": right.number,
    }


def right_text(what: str, one: CouldUse[R], area: str, sort: str) -> str:
    """Return a right in somebody's hands as a line for people: what, who, within which area, how far, by which row."""
    right = one.held.right
    limit = "utan gräns" if right.up_to_ore is None else f"till {kronor_text(right.up_to_ore)}"
    position = f" ({right.position})" if right.position else ""
    deputy = f", ersättare för {one.deputy_for}" if one.deputy_for else ""
    row = f"{one.held.board}, {sort} {one.held.list_number}, rad {right.number}"
    return f"{what}: {one.person_name}{position}, {area}, {limit}{deputy} — {row}"


def _read_call(on: str, known_at: str) -> tuple[date | None, datetime | None, list[Fault]]:
    """Return the day and the moment, None for each that was not given or cannot be read, and every fault."""
    day, moment, faults = _day(on), _moment(known_at), []
    if day is None:
        faults.append(_unreadable("day_not_readable", on, "Skriv dagen som 2026-01-15."))
    if known_at and moment is None:
        faults.append(_unreadable("moment_not_readable", known_at, "Skriv som 2026-01-15T12:00, eller bara dagen."))
    return day, moment, faults


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """Return a moment; a bare day is told at its end, a time without offset is Swedish."""
    if (day := _day(text)) is not None:
        return last_moment_of(day)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SWEDEN)


def _unreadable(code: str, text: str, remedy: str) -> Fault:
    return Fault(code=code, message=f"”{text}” går inte att läsa.", remedy=remedy)


def _no_such_town(slug: str) -> Fault:
    return Fault(
        code="no_such_municipality",
        message=f"Kommunen {slug} finns inte här.",
        remedy="Skriv kommunens namn som det står i rutinernas mappar, eller utelämna det för alla.",
    )

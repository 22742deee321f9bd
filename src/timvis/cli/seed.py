"""`timvis seed`: a synthetic municipality in the database, of a chosen size, with months just handed in."""

import os
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from timvis.apps.audit import guards
from timvis.apps.parties.models import Municipality
from timvis.apps.routines.models import RoutineVersion
from timvis.bulk.population import MOST_SHIFTS, lay_out, settle
from timvis.bulk.tables import opened
from timvis.cli.answer import AS_JSON, give, refuse_input, stop_at_gap, tables
from timvis.cli.demonstration.cast import cast_of
from timvis.cli.demonstration.register import Register
from timvis.cli.seeding.months import hand_in
from timvis.cli.seeding.people import register
from timvis.config.clock import now
from timvis.config.environment import Mode, mode
from timvis.config.law_book import NUMBERS, law_book
from timvis.core.access import Role
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_after, month_on
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.formats.packaged import packaged_text

app = typer.Typer(add_completion=False)

MOST_INHABITANTS, MOST_MONTHS = 3_000_000, 36
MEMORY_MB = 1024
ASSISTED_PER_MILLION = 1_730
"""Persons with a decision on personal assistance, the state's and the municipality's together."""

KNOWN_BEFORE = timedelta(days=60)
OPENED_AT = time(7, tzinfo=UTC)


@app.command()
def seed(
    inhabitants: Annotated[int, typer.Option("--inhabitants", metavar="N", help="Hur många som bor i kommunen.")],
    months: Annotated[int, typer.Option("--months", metavar="M", help="Hur många månader bakåt.")] = 1,
    seed_number: Annotated[int, typer.Option("--seed", metavar="S", help="Samma tal ger samma kommun.")] = 1,
    as_json: bool = AS_JSON,
) -> None:
    """Lägg upp en påhittad kommun i verklig storlek, med månader som just har lämnats in."""
    faults = _faults(inhabitants, months)
    if not faults:
        call_command("migrate", interactive=False, verbosity=0)
        faults = [_SEEDED] if Municipality.objects.filter(slug=SLUG).exists() else []
    if faults:
        refuse_input(faults, as_json=as_json)
    guards.install(connection)
    last_on = month_after(month_on(day_of(now())), -1)
    chosen = [month_after(last_on, -back) for back in reversed(range(months))]
    try:
        counts = _load(inhabitants, chosen, seed_number)
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    give(counts, as_json=as_json, show=lambda: tables.print(_told(counts)))


@transaction.atomic
def _load(inhabitants: int, months: list[date], seed_number: int) -> dict[str, Any]:
    _keep_rate()
    known_at = datetime.combine(months[0], OPENED_AT) - KNOWN_BEFORE
    pool = max(inhabitants * ASSISTED_PER_MILLION // 1_000_000, 1)
    with opened(MEMORY_MB) as memory:
        lay_out(memory, months, seed=seed_number, law=LawReader(law_book()))
        settle(memory, pool=pool, quota=MOST_SHIFTS)
        municipality, clerk_id = _open_office(known_at)
        people = register(memory, municipality, known_at=known_at)
        version = RoutineVersion.objects.get(municipality=municipality.slug)
        handed = hand_in(memory, municipality, version, people, registered_by_id=clerk_id)
    return {
        "municipality": municipality.slug,
        "inhabitants": inhabitants,
        "months": [f"{month:%Y-%m}" for month in months],
        "recipients": len(people.recipients),
        "decisions": people.decisions,
        "providers": len(set(people.providers.values())),
        "assistants": len(people.assistants),
        "claims": handed.claims,
        "reports": handed.reports,
        "shifts": handed.shifts,
    }


def _keep_rate() -> None:
    """Lay the municipality's rate where this installation keeps its municipalities' own numbers."""
    (settings.HOME / NUMBERS).mkdir(exist_ok=True)
    text = packaged_text("seed", "numbers.toml") or ""
    (settings.HOME / NUMBERS / f"{SLUG}.toml").write_text(text, encoding="utf-8")


def _open_office(at: datetime) -> tuple[Municipality, int]:
    """Register the municipality, its staff and its published routine by the ordinary acts; return it and a clerk."""
    with as_file(files("timvis").joinpath("data", "seed")) as folder:
        table = tomllib.loads((folder / "municipality.toml").read_text(encoding="utf-8"))
        cast = cast_of(table)
        Register(folder, table, cast).open(at)
    clerk = cast.officer(Role.ADMINISTRATIVE_ASSISTANT, at)
    return Municipality.objects.get(slug=table["slug"]), clerk.person_id


def _faults(inhabitants: int, months: int) -> list[Fault]:
    faults = [
        Fault(
            code="number_not_readable",
            message=f"{option} är {value}; det ska vara ett tal från 1 till {most}.",
            remedy="Skriv ett tal däremellan.",
            column=option,
        )
        for option, value, most in (
            ("--inhabitants", inhabitants, MOST_INHABITANTS),
            ("--months", months, MOST_MONTHS),
        )
        if not 1 <= value <= most
    ]
    if mode(os.environ) is Mode.PRODUCTION:
        faults.append(_PRODUCTION)
    return faults


def _told(counts: dict[str, Any]) -> str:
    return (
        f"{counts['municipality']}: {counts['recipients']} brukare, {counts['providers']} anordnare, "
        f"{counts['assistants']} assistenter, {counts['claims']} ärenden med {counts['shifts']} pass"
    )


SLUG = "provkoping"
_PRODUCTION = Fault(
    code="seed_in_production",
    message="TIMVIS_MODE är production; en påhittad kommun läggs inte bland riktiga.",
    remedy="Kör kommandot på en annan installation.",
)
_SEEDED = Fault(
    code="already_seeded",
    message="Den påhittade kommunen finns redan i databasen.",
    remedy="Börja med en tom databas: välj en annan mapp med TIMVIS_HOME.",
)

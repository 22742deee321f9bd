"""`timvis visits`: a file of a provider's visits in home care, kept whole or not at all."""

import time
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from timvis.apps.audit.persons import machine
from timvis.apps.parties.models import Municipality, Provider
from timvis.apps.visits.actions import HandedIn, VisitsFile, hand_in_visits
from timvis.apps.visits.models import Way
from timvis.cli.answer import AS_JSON, give, messages, refuse_input, say, tables
from timvis.cli.checked_file import content_of, refuse_file
from timvis.config.clock import now
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.identity import organisation_number
from timvis.formats.home_care_visits.read import read_visits

app = typer.Typer(no_args_is_help=True)

_SHOWN = 20
"""Findings that a terminal shows; JSON has them all."""


@app.callback()
def visits() -> None:
    """Besök i hemtjänsten: det som utförarna har registrerat."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tabell som CSV eller XLSX.")],
    provider: Annotated[str, typer.Option("--provider", metavar="ORGNR", help="Utförarens organisationsnummer.")],
    municipality: Annotated[str, typer.Option("--municipality", help="Kommunens mappnamn, om det finns flera.")] = "",
    correction: Annotated[
        str, typer.Option("--correction", metavar="SKÄL", help="Varför besök som redan är lämnade rättas.")
    ] = "",
    as_json: bool = AS_JSON,
) -> None:
    """Läser in en utförares besök: alla eller inga. Samma fil en gång till ändrar ingenting."""
    began, at = time.perf_counter(), now()
    content = content_of(file, as_json=as_json)
    found = _provider(provider, municipality)
    if isinstance(found, Fault):
        refuse_input([found], as_json=as_json)
    handed = VisitsFile(
        way=Way.FILE,
        read=partial(read_visits, content, file.name, today=day_of(at)),
        content=content,
        name=file.name,
    )
    actor = machine(found.municipality.slug, at)
    with Progress(console=messages, transient=True, disable=as_json or not messages.is_terminal) as shown:
        task = shown.add_task(f"Läser {file.name}", total=None)
        outcome = hand_in_visits(
            actor,
            found.pk,
            handed,
            now=at,
            correction=correction,
            progress=lambda done, of: shown.update(task, description="Sparar besök", completed=done, total=of),
        )
    if isinstance(outcome, Refusal):
        give({"refusal": outcome.value}, as_json=as_json, show=_refused, objects=True)
    if isinstance(outcome, tuple):
        refuse_file(file, outcome, as_json=as_json)
    document = _told(outcome, round(time.perf_counter() - began, 2))
    say([replace(remark, file=file.name) for remark in outcome.remarks])
    give(document, as_json=as_json, show=partial(_show, outcome), objects=bool(outcome.objections))


def _provider(number: str, municipality: str) -> Provider | Fault:
    """Return the provider that was named, or why it is not one."""
    digits = organisation_number(number)
    rows = Provider.objects.filter(organisation_number=digits if isinstance(digits, str) else number)
    rows = rows.select_related("municipality").order_by("municipality__slug")
    if municipality:
        rows = rows.filter(municipality__slug=municipality)
    found = list(rows)
    if not found:
        return Fault(
            code="no_such_provider",
            message="Utföraren är inte registrerad här.",
            remedy="Skriv organisationsnumret som det står bland utförarna.",
            column="--provider",
        )
    if len(found) > 1:
        towns = ", ".join(Municipality.objects.filter(providers__in=found).values_list("slug", flat=True))
        return Fault(
            code="provider_in_several_municipalities",
            message=f"Utföraren finns i flera kommuner: {towns}.",
            remedy="Ange vilken med --municipality.",
            column="--municipality",
        )
    return found[0]


def _told(outcome: HandedIn, seconds: float) -> dict[str, Any]:
    return {
        "delivery": outcome.number,
        "kept": outcome.kept,
        "replaced": outcome.replaced,
        "repeated": outcome.repeated,
        "findings": [
            {"code": one.kind.value, "message": one.text, "line": one.visit.line} for one in outcome.objections
        ],
        "remarks": [asdict(remark) for remark in outcome.remarks],
        "seconds": seconds,
    }


def _show(outcome: HandedIn) -> None:
    if outcome.number is None:
        tables.print(f"Alla {outcome.repeated} rader är redan lämnade. Ingenting ändrades.")
        return
    tables.print(
        f"Leverans {outcome.number}: {outcome.kept} rader sparade, {outcome.replaced} ersatta, "
        f"{outcome.repeated} redan lämnade."
    )
    for one in outcome.objections[:_SHOWN]:
        tables.print(f"rad {one.visit.line}: {one.text}", markup=False)
    if len(outcome.objections) > _SHOWN:
        tables.print(f"… och {len(outcome.objections) - _SHOWN} till. Alla står på månadens sida.")


def _refused() -> None:
    messages.print("Någon annan lämnade in besök för utföraren samtidigt. Kör kommandot igen.")

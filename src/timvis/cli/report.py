"""`timvis report`: what a controller reads each month: changes in fixed data, and the sample of payments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import typer

from timvis.apps.accounting.after_control import Change, Sample, fixed_data_changes, sample
from timvis.apps.parties.models import Municipality
from timvis.cli.answer import AS_JSON, give, refuse_input, tables
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import read_month
from timvis.core.faults import Fault

app = typer.Typer(no_args_is_help=True)

MONTH = typer.Option(..., "--month", help="Månaden, som 2026-01.", metavar="ÅÅÅÅ-MM")
TOWN = typer.Option("", "--municipality", help="Kommunens mappnamn; annars alla.")


@app.callback()
def report() -> None:
    """Listor för den som kontrollerar i efterhand."""


@app.command("fixed-data")
def fixed_data(month: str = MONTH, municipality: str = TOWN, as_json: bool = AS_JSON) -> None:
    """Visar månadens ändringar av mottagare, konton, utförare, priser och rättigheter, med vem och när."""
    month_on, towns = _read_call(month, municipality, as_json=as_json)
    found = [(town, one) for town in towns for one in fixed_data_changes(town, month_on)]
    document = {"month": month, "changes": [_change(town, one) for town, one in found]}
    give(document, as_json=as_json, show=lambda: _show_changes([one for _, one in found]))


@app.command("sample")
def drawn(month: str = MONTH, municipality: str = TOWN, as_json: bool = AS_JSON) -> None:
    """Visar månadens stickprov av betalda ärenden, och hur det dras om för hand."""
    month_on, towns = _read_call(month, municipality, as_json=as_json)
    found = [(town, one) for town in towns if (one := sample(town, month_on)) is not None]
    document = {"month": month, "is_drawn": bool(found), "samples": [_sample(town, one) for town, one in found]}
    give(document, as_json=as_json, show=lambda: _show_samples([one for _, one in found]), objects=not found)


def _read_call(month: str, municipality: str, *, as_json: bool) -> tuple[date, Sequence[str]]:
    """Return the month and the municipalities, or every fault of the call and the end."""
    month_on = read_month(month)
    towns = list(Municipality.objects.order_by("slug").values_list("slug", flat=True))
    faults = []
    if month_on is None:
        faults.append(
            Fault(code="month_not_readable", message=f"”{month}” är ingen månad.", remedy="Skriv den som 2026-01.")
        )
    if municipality and municipality not in towns:
        faults.append(
            Fault(
                code="no_such_municipality",
                message=f"Kommunen {municipality} finns inte här.",
                remedy="Skriv namnet som det står i rutinernas mappar, eller utelämna det för alla.",
            )
        )
    if month_on is None or faults:
        refuse_input(faults, as_json=as_json)
    return month_on, [municipality] if municipality else towns


def _change(town: str, one: Change) -> dict[str, Any]:
    return {
        "municipality": town,
        "at": one.at.isoformat(),
        "person": one.person_name,
        "action": one.action,
        "object_kind": one.object_kind,
        "object_id": one.object_id,
        "about": one.about,
        "reason": one.reason,
    }


def _sample(town: str, one: Sample) -> dict[str, Any]:
    return {
        "municipality": town,
        "paid": one.paid,
        "seal": one.seal,
        "seed": one.seed,
        "claims": [claim.number for claim in one.claims],
    }


def _show_changes(found: list[Change]) -> None:
    for one in found:
        tables.print(f"{day_of(one.at)} {one.person_name}: {one.action} {one.about}".rstrip(), markup=False)
    if not found:
        tables.print("Inga fasta uppgifter ändrades den månaden.")


def _show_samples(found: list[Sample]) -> None:
    for one in found:
        tables.print(f"{len(one.claims)} av {one.paid} betalda ärenden, frö {one.seed} (sigill {one.seal})")
        for claim in one.claims:
            tables.print(f"  {claim.number}", markup=False)
    if not found:
        tables.print("Stickprovet dras när loggen har förseglats efter månadens slut: kör timvis audit seal.")

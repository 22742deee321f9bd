"""What `timvis routine` needs the database for: a version that is kept there, and last year's claims."""

from dataclasses import asdict
from typing import Any, NoReturn

from django.db import connection

from timvis.apps.accounting.simulating import Year, simulated_year
from timvis.apps.claims.models import Claim
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.cli.answer import give, refuse_input, tables
from timvis.config.law_book import law_book
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.records import Routine
from timvis.core.routine.simulation import SimulatedCase


def kept_version(slug: str, number: int) -> Routine | None:
    """Return the routine of a version in the database, None when there is none of that number."""
    if not _has_tables():
        return None
    version = RoutineVersion.objects.filter(slug=slug, number=number).first()
    return routines.routine(version) if version else None


def run(routine: Routine, municipality: str, *, as_json: bool) -> NoReturn:
    """Answer with what a routine would have done to a municipality's last year of claims, and end."""
    if not _has_tables():
        refuse_input((_NO_CLAIMS,), as_json=as_json)
    year = simulated_year(routine, Claim.objects.filter(municipality__slug=municipality), law_book())
    give(_document(year, municipality), as_json=as_json, show=lambda: _show(year, municipality))


def _has_tables() -> bool:
    return Claim._meta.db_table in connection.introspection.table_names()


_NO_CLAIMS = Fault(
    code="no_claims",
    message="Databasen är tom, så det finns inga ärenden att pröva rutinen på.",
    remedy="Kör `timvis demo` för påhittade ärenden, eller ange kommunens databas med DATABASE_URL.",
)


_WHY: dict[Refusal | None, str] = {
    Refusal.ROLE_DOES_NOT_ALLOW: "den som skrev under har inte rollen",
    Refusal.SAME_PERSON_ALREADY_SIGNED: "samma person har gjort ett steg som ska vara någon annans",
    Refusal.ABOVE_AMOUNT_LIMIT: "beloppet är högre än gränsen",
}


def _document(year: Year | None, municipality: str) -> dict[str, Any]:
    cases = year.simulation.cases if year else ()
    return {
        "municipality": municipality,
        "from": year.from_on if year else None,
        "to": year.to_on if year else None,
        "cases": len(cases),
        "changed": len(year.simulation.changed) if year else 0,
        "left_out": year.left_out if year else 0,
        "days": year.simulation.days if year else 0,
        "hands": {
            "refused": year.simulation.refused if year else 0,
            "added": year.simulation.added if year else 0,
        },
        "sum_ore": year.simulation.sum_ore if year else 0,
        "gaps": year.simulation.gaps if year else 0,
        "per_case": [_case(case) for case in cases],
    }


def _case(case: SimulatedCase) -> dict[str, Any]:
    return {
        "number": case.number,
        "month": case.month_on,
        "changed": case.is_changed,
        "days": case.days,
        "steps": [
            {**asdict(step), "late_before": step.late_before, "late_after": step.late_after} for step in case.steps
        ],
        # Who signed is the municipality's business: a number says which of the signatures were one person's.
        "hands": [asdict(hand) for hand in case.hands],
        "dropped": case.dropped,
        "before_ore": case.before_ore,
        "after_ore": case.restated.total_ore,
        "difference_ore": case.difference_ore,
        "unanswered": case.restated.unanswered,
        "gap": case.restated.gap or None,
    }


def _show(year: Year | None, municipality: str) -> None:
    if year is None:
        tables.print(f"{municipality} har inga ärenden som rutinen gäller.", markup=False)
        return
    made = year.simulation
    for case in made.changed:
        tables.print(f"{case.number}: {'; '.join(_told(case))}.", markup=False, soft_wrap=True)
    tables.print(
        f"Ärenden: {len(made.cases)}, varav {len(made.changed)} hade blivit annorlunda. "
        f"Försening: {made.days:+d} dagar. Underskrifter: {made.refused} hade nekats, {made.added} hade tillkommit. "
        f"Belopp: {kronor_text(made.sum_ore)} i skillnad.",
        markup=False,
        soft_wrap=True,
    )
    if year.left_out:
        tables.print(f"Inte med, för att de inte är beräknade än: {year.left_out}.", markup=False)


def _told(case: SimulatedCase) -> list[str]:
    """Return what would have been otherwise with a case, in a few words each."""
    told = [f"{case.days:+d} dagars försening"] if case.days else []
    told += [f"{hand.label} hade nekats ({_WHY.get(hand.refusal, hand.refusal)})" for hand in case.refused]
    told += [f"{hand.label} hade tillkommit" for hand in case.added]
    told += [f"{label} hade fallit bort" for label in case.dropped]
    if case.difference_ore is None:
        told.append(case.restated.gap.rstrip("."))
    elif case.difference_ore:
        told.append(f"beloppet hade ändrats med {kronor_text(case.difference_ore)}")
    return told or ["andra sista dagar"]

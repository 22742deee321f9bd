"""Alma's sick cost, worked out and ready to be decided, and each person's part in deciding it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.apps.applications import sickness as a
from tests.apps.attest_lists import olga
from tests.apps.delegation_orders import a_row, draft_order
from tests.apps.signed_months import law
from tests.cast import Cast, ok, on_stage
from timvis.apps.claims import application_acts, decision_acts
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.claims.queries import standing
from timvis.apps.documents.actions import register_evidence
from timvis.apps.parties.actions import change_contact
from timvis.apps.routines.delegation_orders import adopt_delegation_order
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.terms import DocumentForm

DAYS = (date(2019, 1, 1), date(2020, 1, 1))
ANSWER_BY = date(2019, 3, 18)
AFTER_THE_ANSWER_DAY = a.NOW + timedelta(days=15)
PARTLY_ORE = 352_794
"""What four of the five days come to, as no substitute worked the fifth."""

__all__ = ["application_acts", "decision_acts", "law", "standing"]

Outcome = int | Refusal | tuple[Fault, ...]


def an_office() -> Cast:
    """Return a town where Cecilia decides sick cost up to 10 000 kr, and David any, and letters say where it is."""
    cast = on_stage(a.TOWN, "Östhammars kommun")
    a.adopt(cast)
    delegate(cast)
    return cast


def delegate(cast: Cast) -> None:
    """Let the board delegate sick cost to Cecilia up to 10 000 kr and to David any, and say where letters are from."""
    rows = (a_row(1, cast.cecilia, up_to_ore=1_000_000, days=DAYS), a_row(2, cast.david, days=DAYS))
    before = a.NOW - timedelta(days=1)
    list_id = draft_order(a.at(cast.greta, before), *rows, days=DAYS, now=before)
    entered_by = a.at(replace(olga(cast), municipality=cast.greta.municipality), before)
    ok(
        adopt_delegation_order(
            entered_by, list_id=list_id, decision="Nämnden § 4", adopted_on=date(2019, 1, 10), now=before
        )
    )
    ok(change_contact(a.at(cast.greta), "Socialnämnden, 742 21 Östhammar, social@osthammar.example", now=a.NOW))


def granted(cast: Cast) -> str:
    """Return a case that comes to what was asked for."""
    number = a.applied_for(cast)
    a.papers_come_in(cast)
    ok(a.calculate(cast, number))
    return number


def partly(cast: Cast) -> str:
    """Return a case in which nobody worked instead of Björn the last day."""
    week = a.a_week()
    week["substitute"] = week["substitute"][:4]
    number = a.applied_for(cast, week)
    a.papers_come_in(cast)
    ok(a.calculate(cast, number))
    return number


def nothing(cast: Cast) -> str:
    """Return a case in which nobody worked instead of Björn at all."""
    number = a.applied_for(cast, a.a_week(substitute=[]))
    a.papers_come_in(cast)
    the_sick_report_comes_in(cast, number)
    ok(a.calculate(cast, number))
    return number


def the_sick_report_comes_in(cast: Cast, number: str) -> None:
    """Register the copy of the sick report that Östhammar asks for."""
    evidence = register_evidence(
        a.at(cast.cecilia),
        requirement="sick_report",
        received_on=a.NOW.date(),
        recipient_id=cast.recipient_id,
        provider_id=cast.ekot_id,
        about=number,
        forms=[DocumentForm.COPY],
        now=a.NOW,
    )
    ok(evidence)


def total(number: str) -> int:
    """Return what a case comes to, in öre."""
    statement = claim(number).statements.order_by("-number").first()
    assert statement is not None
    return statement.total_ore


def wanted(number: str, **other: Any) -> Wanted:
    """Return the decision that the calculation leads to, with some of it otherwise."""
    says = Wanted(
        period_from=date(2019, 2, 4),
        period_to=date(2019, 2, 9),
        amount_ore=total(number),
        reasons="Björn var sjuk 4–8 februari. Den 8 februari arbetade ingen i hans ställe.",
        provisions=("LSS 9 § 2",),
    )
    return replace(says, **other)


def decide(cast: Cast, number: str, *, by: Actor | None = None, now: datetime = a.LATER, **other: Any) -> Outcome:
    """Return what comes of Cecilia's deciding, or another's."""
    return decision_acts.decide(
        a.at(by or cast.cecilia, now), number, wanted(number, **other), seen=standing(claim(number)), now=now
    )


def propose(cast: Cast, number: str, *, now: datetime = a.LATER, answer_by: date = ANSWER_BY, **other: Any) -> Outcome:
    """Return the hearing that Cecilia sends."""
    return decision_acts.propose(
        a.at(cast.cecilia, now),
        number,
        wanted(number, **other),
        answer_by=answer_by,
        seen=standing(claim(number)),
        now=now,
    )


def heard(cast: Cast, number: str) -> None:
    """Propose, and let Alma answer the same day."""
    ok(propose(cast, number))
    ok(
        decision_acts.register_answer(
            a.at(cast.cecilia, a.LATER), number, received_on=a.LATER.date(), text="Det stämmer inte.", now=a.LATER
        )
    )


def decided(cast: Cast, number: str, **other: Any) -> ClaimDecision:
    """Return the decision, made after a hearing where one is needed."""
    if claim(number).hearings.count() == 0 and total(number) != a.TOTAL_ORE:
        heard(cast, number)
    made = decide(cast, number, **other)
    assert isinstance(made, int), made
    return claim(number).decisions.get(number=made)


def send(cast: Cast, number: str, *, now: datetime = a.LATER) -> tuple[int, ...] | Refusal | tuple[Fault, ...]:
    """Return the letters by which the decision is told."""
    return decision_acts.send_decision(a.at(cast.cecilia, now), number, seen=standing(claim(number)), now=now)


def claim(number: str) -> Claim:
    """Return a claim as it stands."""
    return Claim.objects.get(number=number)

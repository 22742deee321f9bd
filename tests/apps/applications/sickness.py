"""A week in which Björn is ill and a substitute works for him, and everybody's part in getting Alma's cost paid.

Björn has 110 kr an hour and 40 hours a week. Five days of eight hours: sick pay 40 × 88,00 = 3 520,00, of which the
qualifying deduction takes 20 % = 704,00. Holiday pay 12 % of the ordinary pay 4 400,00 = 528,00. Contributions 31,42 %
of 2 816,00 + 528,00 = 1 050,68. Together 4 394,68 kr.
"""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.apps.signed_months import law
from tests.cast import ALMA_NUMBER, BJORN_NUMBER, EKOT_NUMBER, Cast, ok
from timvis.apps.applications.models import AppliedBy, CameBy
from timvis.apps.applications.particulars import Applied
from timvis.apps.claims import actions as claims
from timvis.apps.claims import application_acts
from timvis.apps.claims.actions import Calculated, Reviewed
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import standing
from timvis.apps.documents.actions import register_evidence
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import PowerOfAttorneyParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.terms import DocumentForm

TOWN = "osthammar"
NOW = datetime(2019, 3, 4, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EXAMPLES = Path(__file__).parents[3] / "examples"
TOTAL_ORE = 439_468
SICK_PAY_ORE, DEDUCTION_ORE, HOLIDAY_ORE, CONTRIBUTIONS_ORE = 352_000, -70_400, 52_800, 105_068
PAPERS = ("sick_report", "substitute_certificate", "collective_agreement")
"""What Östhammar asks for each time that no application can tell by itself."""


def at(actor: Actor, now: datetime = NOW) -> Actor:
    """Return a person who has just logged in."""
    return replace(actor, logged_in_at=now)


def adopt(cast: Cast, name: str = "osthammar/sick_cost.toml") -> None:
    """Publish one of the answered examples in the town of the cast."""
    content = (EXAMPLES / name).read_bytes()
    town = cast.cecilia.municipality
    written = content.replace(f'municipality = "{name.split("/")[0]}"'.encode(), f'municipality = "{town}"'.encode())
    drafted = ok(draft_routine(cast.machine, written, source=name, now=NOW))
    assert isinstance(drafted, int), drafted
    published = ok(publish_routine(at(cast.david), drafted, now=NOW))
    assert isinstance(published, int), published


def a_week(**other: Any) -> dict[str, Any]:
    """Return Björn's week, with some keys written otherwise."""
    days = [date(2019, 2, 4) + timedelta(days=number) for number in range(5)]
    part: dict[str, Any] = {
        "paid_on": "2019-03-25",
        "deductions_on": [],
        "assistant": {"number": BJORN_NUMBER, "name": "Björn Berg", "born_year": 1983},
        "pay": [{"hourly_ore": 11_000}],
        "week": {"agreed_hours": "40"},
        "contributions": {"percent": "31.42"},
        "spell": [{"first_on": "2019-02-04", "last_on": "2019-02-08"}],
        "shift": [{"on": str(day), "from": "08.00", "to": "16.00"} for day in days],
        "substitute": [{"on": str(day), "from": "08.00", "to": "16.00"} for day in days],
        "state_compensation": [{"kind": "high_cost", "from": "2019-01-01", "to": "2020-01-01", "ore": 0}],
        "claimed": [
            {"item": "sick_pay", "ore": SICK_PAY_ORE},
            {"item": "qualifying_deduction", "ore": DEDUCTION_ORE},
            {"item": "holiday_compensation", "ore": HOLIDAY_ORE},
            {"item": "employer_contributions", "ore": CONTRIBUTIONS_ORE},
        ],
    }
    return deepcopy(part | other)


def almas(*parts: dict[str, Any], **other: Any) -> Applied:
    """Return an application in Alma's own name."""
    says: dict[str, Any] = {
        "applied_by": AppliedBy.RECIPIENT,
        "applicant_number": ALMA_NUMBER,
        "applicant_name": "Alma Åkesson",
        "contact": "070-000 00 01",
        "covers": "occasion",
        "signed_on": date(2019, 3, 1),
    }
    return Applied(parts=parts or (a_week(),), **(says | other))


def ekots(*parts: dict[str, Any], **other: Any) -> Applied:
    """Return an application that Ekot makes for Alma, as her agent."""
    agent = {"applied_by": AppliedBy.AGENT, "applicant_number": EKOT_NUMBER, "applicant_name": "Ekot AB"}
    return almas(*parts, **(agent | other))


def let_ekot_apply(cast: Cast, *, original_on: date | None = date(2019, 1, 2), **powers: bool) -> None:
    """Register Alma's power of attorney for Ekot, with the right to apply unless another is said."""
    particulars = PowerOfAttorneyParticulars(
        agent_name="Ekot AB",
        valid_from=date(2019, 1, 1),
        original_received_on=original_on,
        **({"may_apply": True} | powers),
    )
    ok(
        parties.register_power_of_attorney(
            at(cast.cecilia),
            recipient_id=cast.recipient_id,
            agent_number=EKOT_NUMBER,
            particulars=particulars,
            now=NOW,
        )
    )


def apply(cast: Cast, actor: Actor | None = None, applied: Applied | None = None) -> str | Refusal | tuple[Fault, ...]:
    """Return what comes of applying: Alma herself unless another is said."""
    who = at(actor or cast.alma)
    return application_acts.apply(who, cast.recipient_id, cast.ekot_id, applied or almas(), law=law(), now=NOW)


def applied_for(cast: Cast, *parts: dict[str, Any]) -> str:
    """Return the case number of Alma's application."""
    number = apply(cast, applied=almas(*parts))
    assert isinstance(number, str), number
    return number


def registered(
    cast: Cast,
    applied: Applied,
    *,
    came_by: CameBy = CameBy.PAPER,
    received_at: datetime = NOW - timedelta(days=3),
    actor: Actor | None = None,
) -> str | Refusal | tuple[Fault, ...]:
    """Return what comes of typing in an application that came by paper three days ago."""
    return application_acts.register_application(
        at(actor or cast.cecilia),
        cast.recipient_id,
        cast.ekot_id,
        applied,
        came_by=came_by,
        received_at=received_at,
        law=law(),
        now=NOW,
    )


def papers_come_in(cast: Cast, codes: tuple[str, ...] = PAPERS, *, about: str = "") -> None:
    """Register what the routine asks for each time, in copy."""
    for code in codes:
        evidence = register_evidence(
            at(cast.cecilia),
            requirement=code,
            received_on=NOW.date(),
            recipient_id=cast.recipient_id,
            provider_id=cast.ekot_id,
            forms=frozenset({DocumentForm.COPY}),
            about=about,
            now=NOW,
        )
        ok(evidence)


def claim(number: str) -> Claim:
    """Return a claim as it stands."""
    return Claim.objects.get(number=number)


def review(cast: Cast, number: str, *, now: datetime = LATER) -> Reviewed:
    """Return what is found when Cecilia reviews."""
    return ok(claims.review_claim(at(cast.cecilia, now), number, law=law(), now=now))


def codes(found: Reviewed) -> list[str]:
    """Return the codes of what was found, the heaviest first."""
    return [finding.code for finding in found.findings]


def calculate(cast: Cast, number: str, *, now: datetime = LATER) -> Calculated | Refusal:
    """Return the statement, when Cecilia has reviewed and agreed with everything that was found."""
    found = review(cast, number, now=now)
    keys = [one.key for one in found.findings if one.severity in NEEDS_WORD]
    if keys:
        ok(
            claims.give_word(
                at(cast.cecilia, now), number, keys, WordKind.ACCEPT, now=now, seen=standing(claim(number))
            )
        )
    return claims.calculate_claim(at(cast.cecilia, now), number, law=law(), now=now)

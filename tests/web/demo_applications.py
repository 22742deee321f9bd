"""An application for the demonstration: a week of sickness that waits to be judged, in the town that takes invoices."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from timvis.apps.applications.models import AppliedBy, CameBy
from timvis.apps.applications.particulars import Applied
from timvis.apps.claims import application_acts
from timvis.apps.claims.actions import review_claim
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import provider_by_number
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.formats.law.packaged import load_law

ROUTINE = Path(__file__).parents[2] / "examples" / "astorp" / "sick_cost.toml"
RECEIVED_AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NUMBER = "ekkoping-2026-0007"
EKOT = "5599000014"
BJORN = "198308092389"
MONDAY = date(2026, 10, 5)


def add_application(cecilia: Actor, erik: Actor, david: Actor, now: datetime) -> str:
    """Adopt a routine that takes applications, and let Cecilia register one; return the number of its case."""
    text = ROUTINE.read_text(encoding="utf-8").replace('"astorp', f'"{david.municipality}')
    promised = 'claim_limit = "none_stated"\npayment_promise = { days = 7, event = "ansökan" }'
    text = text.replace('claim_limit = "none_stated"', promised).replace("2019-01-01", "2026-01-01")
    drafted = draft_routine(erik, text.encode(), source=ROUTINE.name, now=now)
    assert isinstance(drafted, int), drafted
    published = publish_routine(replace(david, logged_in_at=now), drafted, now=now)
    assert isinstance(published, int), published
    ekot = provider_by_number(cecilia.municipality, EKOT)
    assert ekot is not None
    recipient = Recipient.objects.filter(payees__provider=ekot).order_by("id")[0]
    number = application_acts.register_application(
        cecilia,
        recipient.pk,
        ekot.pk,
        an_application(recipient.personal_number),
        came_by=CameBy.PAPER,
        received_at=RECEIVED_AT,
        law=load_law(),
        now=now,
    )
    assert isinstance(number, str), number
    reviewed = review_claim(cecilia, number, law=load_law(), now=now)
    assert not isinstance(reviewed, str), reviewed
    return number


def an_application(number: str, *parts: dict[str, Any]) -> Applied:
    """Return an application for a week of which a substitute worked four days."""
    return Applied(
        applied_by=AppliedBy.RECIPIENT,
        applicant_number=number,
        applicant_name="Doris Dahl",
        contact="Storgatan 1",
        covers="calendar_month",
        signed_on=date(2026, 10, 30),
        parts=parts or (a_week(),),
    )


def a_week() -> dict[str, Any]:
    """Return a week of which a substitute worked four days."""
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    return {
        "paid_on": "2026-10-30",
        "deductions_on": [],
        "assistant": {"number": BJORN, "name": "Björn Berg", "born_year": 1983},
        "pay": [{"hourly_ore": 16_000}],
        "week": {"agreed_hours": "40"},
        "spell": [{"first_on": str(days[0]), "last_on": str(days[-1])}],
        "shift": [{"on": str(day), "from": "08.00", "to": "16.00"} for day in days],
        "substitute": [{"on": str(day), "from": "08.00", "to": "16.00"} for day in days[:4]],
        "claimed": [{"item": "sick_pay", "ore": 512_000}, {"item": "administration", "ore": 50_000}],
    }

"""A case in the demonstration: granted in part, told, appealed, looked at again and handed over to the court."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.web.demo_applications import EKOT, a_week, an_application
from timvis.apps.appeals import actions as appeals
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.models import ServiceWay
from timvis.apps.applications.models import CameBy
from timvis.apps.claims import application_acts, decision_acts
from timvis.apps.claims.actions import calculate_claim, give_word, review_claim
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import standing
from timvis.apps.parties.actions import change_contact
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import provider_by_number
from timvis.core.access import Actor
from timvis.core.procedure.appeal import Change
from timvis.core.procedure.hearing import NoHearing
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.formats.law.packaged import load_law

NUMBER = "ekkoping-2026-0008"


def add_decided_case(cecilia: Actor, gunnel: Actor, decider: Actor, now: datetime) -> str:
    """Return the number of the case; its appeal is the first that was ever registered."""
    _ok(change_contact(gunnel, "Socialförvaltningen, 123 45 Ekköping, social@ekkoping.example", now=now))
    ekot = provider_by_number(cecilia.municipality, EKOT)
    assert ekot is not None
    recipient = Recipient.objects.filter(payees__provider=ekot).order_by("id")[0]
    number = _ok(
        application_acts.register_application(
            cecilia,
            recipient.pk,
            ekot.pk,
            an_application(recipient.personal_number, in_september()),
            came_by=CameBy.PAPER,
            received_at=now - timedelta(days=20),
            law=load_law(),
            now=now,
        )
    )
    found = _ok(review_claim(cecilia, number, law=load_law(), now=now))
    keys = [one.key for one in found.findings if one.severity in NEEDS_WORD]
    _ok(give_word(cecilia, number, keys, WordKind.ACCEPT, now=now))
    _ok(calculate_claim(cecilia, number, law=load_law(), now=now))
    _ok(decision_acts.decide(decider, number, _wanted(number), seen=_seen(number), now=now))
    _ok(decision_acts.send_decision(cecilia, number, seen=_seen(number), now=now))
    served_on = now.date()
    _ok(
        appeals.register_service(
            cecilia, number, name="Doris Dahl", served_on=served_on, way=ServiceWay.RECEIPT, now=now
        )
    )
    paper = Written(came_on=served_on, text="Min syster arbetade hela veckan.")
    appeal = _ok(appeals.register_appeal(cecilia, number, paper, name="Doris Dahl", now=now))
    _ok(appeals.judge_time(cecilia, appeal, law=load_law(), now=now))
    _ok(appeals.reconsider(cecilia, appeal, Change.NOT, because="Ingen tidrapport visar det.", now=now))
    _ok(appeals.forward(cecilia, appeal, now=now))
    return number


def in_september() -> dict[str, Any]:
    """Return such a week of another assistant's, a month earlier."""
    week = a_week()
    monday = date(2026, 9, 7)
    days = [monday + timedelta(days=number) for number in range(5)]
    shift = [{"on": str(day), "from": "08.00", "to": "16.00"} for day in days]
    spell = [{"first_on": str(days[0]), "last_on": str(days[-1])}]
    # Somebody else, so that the case that waits stands on nothing of this one.
    karin = {"number": "198005142396", "name": "Karin Kvist", "born_year": 1980}
    return week | {"assistant": karin, "shift": shift, "substitute": [], "spell": spell, "paid_on": "2026-09-30"}


def _wanted(number: str) -> Wanted:
    statement = Claim.objects.get(number=number).statements.order_by("-number")[0]
    return Wanted(
        period_from=date(2026, 9, 7),
        period_to=date(2026, 9, 12),
        amount_ore=statement.total_ore,
        reasons="Karin var sjuk 7–11 september. Ingen vikarie arbetade, så ingen merkostnad uppstod.",
        provisions=("LSS 9 § 2",),
        not_heard=NoHearing.OBVIOUSLY_UNNECESSARY,
        not_heard_because="Uppgifterna är Doris egna.",
    )


def _seen(number: str) -> str:
    return standing(Claim.objects.get(number=number))


def _ok(outcome: Any) -> Any:
    assert not isinstance(outcome, tuple) or all(isinstance(one, int) for one in outcome), outcome
    assert type(outcome).__name__ != "Refusal", outcome
    return outcome

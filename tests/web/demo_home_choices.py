"""The choice of provider for the demonstration: three agreements, one near its ceiling, and turns that were given."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from timvis.apps.decisions.actions import HomeCareParticulars, register_home_care_decision
from timvis.apps.home_choices import actions, agreement_acts, information
from timvis.apps.home_choices.actions import Wish
from timvis.apps.home_choices.records import AgreementParticulars
from timvis.apps.home_orders import actions as home_orders
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties.queries import provider_by_number, recipient_by_number
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit
from timvis.formats.law.packaged import load_law

EKOT, GREN, OWN = "5599000014", "5599000204", "2120009044"
EDVIN, GUN = "199502282396", "199705072388"

BEGAN = date(2026, 10, 1)
DECIDED = date(2026, 10, 19)
CHANGED_ID, IN_TURN_ID, CHANGE_ID, SKIPPING_ID = 4, 5, 6, 7
"""Edvin's order at Ekot, which ends; Gun's at the one whose turn it was; Edvin's at Gren, which
comes after; and Gun's that skips Ekot."""

As = Callable[[str], Actor]


def add_home_choices(who: As, now: datetime) -> None:
    """Approve three providers, let one be near its ceiling, give a turn that skips it, and let somebody change."""
    _approve(who, EKOT, 60, "Vi är tolv som arbetar här. Flera av oss talar finska.", now)
    _approve(who, GREN, None, "Liten grupp, samma ansikten varje vecka.", now)
    _approve(who, OWN, None, "Du får en fast omsorgskontakt.", now)
    gun, edvin = _recipient(who, GUN), _recipient(who, EDVIN)
    _ok(information.send_sheet(who("cecilia"), gun, now=now))
    of_gun, of_edvin = _decide(who, gun, "SoL 2026-14", 40, now), _decide(who, edvin, "SoL 2026-15", 14, now)
    ekot, gren = _provider(who, EKOT), _provider(who, GREN)
    first = _choose(who, edvin, of_edvin, ekot, date(2026, 10, 26), now)
    _ok(home_orders.confirm_order(who("cecilia"), first.pk, now=now))
    in_turn = _choose(who, gun, of_gun, None, date(2026, 11, 9), now)
    change = _choose(who, edvin, of_edvin, gren, date(2026, 11, 9), now)
    # Ekot stands first now, and has no room for ten hours more: it is skipped, and remembered.
    skipping = _choose(who, gun, _decide(who, gun, "SoL 2026-16", 10, now), None, date(2026, 11, 10), now)
    assert skipping.pk == SKIPPING_ID
    assert (first.pk, in_turn.pk, change.pk) == (CHANGED_ID, IN_TURN_ID, CHANGE_ID)


def _approve(who: As, number: str, hours: int | None, profile: str, now: datetime) -> None:
    told = AgreementParticulars(
        reference=f"LOV 2026-{number[-2:]}",
        begins_on=BEGAN,
        valid_from=BEGAN,
        services=(OfferedService(name="home_care", from_minute=7 * 60, to_minute=22 * 60),),
        ceiling_minutes=None if hours is None else Minutes(hours * 60),
        profile=profile,
        contact="0123-456 00",
    )
    _ok(agreement_acts.register_home_agreement(who("agnes"), _provider(who, number), told, now=now))


def _decide(who: As, recipient_id: int, reference: str, hours: int, now: datetime) -> int:
    particulars = HomeCareParticulars(
        decided_on=DECIDED,
        decided_by="Cecilia Cederberg",
        valid_from=DECIDED,
        services=(DecidedService(service="home_care", minutes=Minutes(hours * 60), per=GrantUnit.MONTH),),
    )
    outcome = register_home_care_decision(
        who("cecilia"), recipient_id=recipient_id, reference=reference, particulars=particulars, law=load_law(), now=now
    )
    found: int = _ok(outcome)
    return found


def _choose(
    who: As, recipient_id: int, decision_id: int, provider_id: int | None, told_on: date, now: datetime
) -> HomeOrder:
    wish = Wish(
        recipient_id=recipient_id,
        decision_id=decision_id,
        services=frozenset({"home_care"}),
        provider_id=provider_id,
        told_on=told_on,
    )
    return HomeOrder.objects.get(choice=_ok(actions.choose(who("cecilia"), wish, now=now)))


def _recipient(who: As, number: str) -> int:
    found = recipient_by_number(who("cecilia").municipality, number)
    assert found is not None
    return found.pk


def _provider(who: As, number: str) -> int:
    found = provider_by_number(who("cecilia").municipality, number)
    assert found is not None
    return found.pk


def _ok(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal | tuple), outcome
    return outcome

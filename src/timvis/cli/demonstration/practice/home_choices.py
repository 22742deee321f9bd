"""The choice of provider in home care: agreements, one near its ceiling, turns that were given, and a change."""

from timvis.apps.home_choices import actions, agreement_acts, information
from timvis.apps.home_choices.actions import Wish
from timvis.apps.home_choices.records import AgreementParticulars
from timvis.apps.home_orders.actions import confirm_order
from timvis.apps.home_orders.models import HomeOrder
from timvis.cli.demonstration.cast import done, wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.cli.demonstration.practice.home_care import SERVICE, decide
from timvis.core.access import Role
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes


def lay_up(desk: Desk, told: Table) -> None:
    """Approve providers, inform, decide, and let each choose; who does not choose is given whose turn it is."""
    for agreement in told["agreement"]:
        _approve(desk, agreement, told["agreements"])
    officer = desk.officer(Role.CASE_OFFICER)
    sheet = information.send_sheet(officer, desk.recipient_id(told["sheet"]["recipient"]), now=desk.now)
    done(sheet, "informationsbladet")
    recipients = {one["key"]: one["recipient"] for one in told["decision"]}
    decisions: dict[str, int] = {}
    for one in told["decision"]:
        minutes, on = one["hours"] * MINUTES_PER_HOUR, told["decided_on"]
        decisions[one["key"]] = decide(desk, one, minutes=minutes, valid_from=on, at=desk.now, decided_on=on)
    for choice in told["choice"]:
        key = choice["decision"]
        _choose(desk, choice, recipients[key], decisions[key])


def _approve(desk: Desk, agreement: Table, of_all: Table) -> None:
    hours = agreement.get("ceiling_hours")
    first, last = of_all["by_minute"]
    particulars = AgreementParticulars(
        reference=agreement["reference"],
        begins_on=of_all["from"],
        valid_from=of_all["from"],
        services=(OfferedService(name=SERVICE, from_minute=first, to_minute=last),),
        ceiling_minutes=None if hours is None else Minutes(hours * MINUTES_PER_HOUR),
        profile=agreement["profile"],
        contact=of_all["contact"],
    )
    registered = agreement_acts.register_home_agreement(
        desk.officer(Role.AUTHORITY_HEAD), desk.provider_id(agreement["provider"]), particulars, now=desk.now
    )
    done(registered, agreement["reference"])


def _choose(desk: Desk, choice: Table, number: str, decision_id: int) -> None:
    """Register a choice, or that somebody does not choose; let the order that follows be confirmed if it was."""
    officer = desk.officer(Role.CASE_OFFICER)
    wish = Wish(
        recipient_id=desk.recipient_id(number),
        decision_id=decision_id,
        services=frozenset({SERVICE}),
        provider_id=desk.provider_id(choice["provider"]) if "provider" in choice else None,
        told_on=choice["told_on"],
    )
    chosen = wanted(int, actions.choose(officer, wish, now=desk.now), number)
    if choice.get("is_confirmed", False):
        order = HomeOrder.objects.get(choice=chosen)
        done(confirm_order(officer, order.pk, now=desk.now), number)

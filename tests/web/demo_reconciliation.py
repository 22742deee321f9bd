"""A month of home care reconciled for the demonstration: Gren's October summed, Ekot's with a question that waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests.web.demo_home_care import EKOT, GREN
from timvis.apps.parties.models import Provider
from timvis.apps.reconciliation import actions, fees, queries, summing
from timvis.apps.reconciliation.actions import OneLine
from timvis.apps.reconciliation.models import AskedOf, LineQuestion, Summary
from timvis.apps.reconciliation.queries import DeskLine, ProviderMonth
from timvis.apps.visits import records as visit_records
from timvis.apps.visits.models import Delivery, Visit, Way
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.visits import RegisteredBy, RegisteredVisit, VisitState
from timvis.core.records import Instant
from timvis.formats.law.packaged import load_law

OCTOBER = date(2026, 10, 1)
NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
"""The seventh working day of November."""

QUESTION_ID, SUMMARY_ID = 1, 1
"""What Ekot is asked about Doris; Gren's summary of October."""

As = Callable[[str], Actor]


def add_reconciliation(who: As) -> None:
    """Let October's visits come in, one month be summed and handed to the fees, and the other wait for an answer."""
    for number, visits in ((GREN, 9), (EKOT, 28)):
        _came_in(_then(who, "cecilia"), _provider(number), visits)
    _sum_the_month(who, _provider(GREN))
    _ask(who, _provider(EKOT))
    _ok(fees.hand_over(_then(who, "frida"), OCTOBER, now=NOW))
    assert LineQuestion.objects.get().pk == QUESTION_ID
    assert Summary.objects.get().pk == SUMMARY_ID


def _came_in(cecilia: Actor, provider: Provider, count: int) -> None:
    """Keep visits of an hour on the days from the sixth on; Ekot's last ones were registered by hand."""
    order = provider.home_orders.filter(started_at__isnull=False).get()
    visits = [_visit(order.recipient_id, number) for number in range(count)]
    delivery = Delivery.objects.create(
        provider=provider,
        number=provider.deliveries.count() + 1,
        way=Way.FILE,
        kept=count,
        replaced=0,
        repeated=0,
        from_at=min(visit.start_at for visit in visits),
        to_at=max(visit.end_at for visit in visits),
        handed_in_at=NOW,
        handed_in_by_id=cecilia.person_id,
    )
    ids = {str(order.recipient_id): order.recipient_id}
    Visit.objects.bulk_create([visit_records.row_of(visit, delivery, ids) for visit in visits])


def _visit(recipient_id: int, number: int) -> RegisteredVisit:
    start_at = instant(date(2026, 10, 6 + number % 24), (8 + 10 * (number // 24)) * 60)
    return RegisteredVisit(
        key=f"okt-{number}",
        system="avstamning",
        recipient=str(recipient_id),
        service="home_care",
        state=VisitState.PERFORMED,
        start_at=start_at,
        end_at=Instant(start_at + 60),
        staff="A17",
        registered=RegisteredBy.BY_HAND if number > 23 else RegisteredBy.ON_SITE,
    )


def _sum_the_month(who: As, provider: Provider) -> None:
    cecilia = _then(who, "cecilia")
    month = _month(provider)
    for one in month.lines:
        said = actions.give_word(cecilia, _of(month, one), LineWordKind.APPROVED, seen=one.seen, now=NOW)
        _ok(said)
    digest = _month(provider).digest
    _ok(actions.sign_month(cecilia, provider.pk, OCTOBER, seen=digest, comment="Allt stämmer.", now=NOW))
    sent = summing.send_summary(
        _then(who, "agnes"), provider.pk, OCTOBER, seen=_month(provider).digest, law=load_law(), now=NOW
    )
    _ok(sent)


def _ask(who: As, provider: Provider) -> None:
    month = _month(provider)
    [one] = month.lines
    text = "Fyra besök är registrerade för hand sent på kvällen. Vad hände?"
    _ok(actions.ask(_then(who, "cecilia"), _of(month, one), AskedOf.PROVIDER, text=text, seen=one.seen, now=NOW))


def _of(month: ProviderMonth, one: DeskLine) -> OneLine:
    return OneLine(
        provider_id=month.provider.pk,
        month_on=OCTOBER,
        recipient_id=one.key.recipient_id,
        service=one.key.service,
    )


def _month(provider: Provider) -> ProviderMonth:
    found = queries.provider_month(provider, OCTOBER, now=NOW)
    assert found is not None
    return found


def _provider(number: str) -> Provider:
    rows = Provider.objects.filter(municipality__slug="ekkoping").select_related("municipality")
    return rows.get(organisation_number=number)


def _then(who: As, key: str) -> Actor:
    return replace(who(key), logged_in_at=NOW)


def _ok(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal | tuple), outcome
    return outcome

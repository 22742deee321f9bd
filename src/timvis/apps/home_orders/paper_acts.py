"""The papers of an order: the plan that is signed, documentation that comes back, hand-over and follow-up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.documents.models import Original
from timvis.apps.home_orders import keeping
from timvis.apps.home_orders.models import HomeOrder, HomePaper
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of, local_day
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.papers import PaperKind
from timvis.core.records import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTold:
    """A paper as somebody registers it: the day it tells of, and the day it came.

    `has_consent` belongs to a hand-over, None elsewhere; `is_in_date_order` to documentation. `original_id` is
    the file, where one was kept.
    """

    kind: PaperKind
    about_on: date
    received_on: date
    has_consent: bool | None = None
    is_in_date_order: bool | None = None
    original_id: int | None = None
    note: str = ""


@transaction.atomic
def register_paper(actor: Actor, order_id: int, told: PaperTold, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a paper of an order, or everything that is wrong with it."""
    order, attempt = keeping.found(actor, order_id, Action.REGISTER_HOME_PAPER, now)
    if isinstance(order, Refusal):
        return order
    if told.original_id is not None and not Original.objects.filter(pk=told.original_id).exists():
        return attempt.refuse(Refusal.NOT_FOUND)
    if faults := _faults(order, told, day_of(now)):
        return faults
    paper = HomePaper.objects.create(
        order=order,
        kind=told.kind,
        about_on=told.about_on,
        received_on=told.received_on,
        has_consent=told.has_consent if told.kind is PaperKind.HANDOVER else None,
        is_in_date_order=told.is_in_date_order if told.kind is PaperKind.DOCUMENTATION else None,
        original_id=told.original_id,
        note=told.note.strip(),
        known_at=now,
        known_by_id=actor.person_id,
    )
    attempt.done(reason=told.note.strip(), detail={"paper": told.kind.value, "about_on": told.about_on.isoformat()})
    return paper.pk


def _faults(order: HomeOrder, told: PaperTold, today: date) -> tuple[Fault, ...]:
    faults = []
    if not told.about_on <= told.received_on <= today:
        faults.append(
            Fault(
                code="paper_days_are_not_in_order",
                message="Dagarna går inte ihop: det papperet berättar om kan inte ha hänt efter att det kom, "
                "och det kan inte ha kommit efter i dag.",
                remedy="Rätta dagen det gäller, eller dagen då det kom.",
                column="received_on",
            )
        )
    if told.kind is PaperKind.DOCUMENTATION and told.is_in_date_order is not True:
        faults.append(
            Fault(
                code="documentation_is_not_in_date_order",
                message="Dokumentationen ligger inte i datumföljd.",
                remedy="Lägg den i datumföljd innan den tas emot, eller be utföraren göra det.",
                column="is_in_date_order",
            )
        )
    if told.kind is PaperKind.HANDOVER and told.has_consent is not True:
        faults.append(
            Fault(
                code="handover_without_consent",
                message="Den enskilde har inte samtyckt till att uppgifter förs över till den nya utföraren.",
                remedy="Fråga den enskilde. Utan samtycke går dokumentationen till handläggaren i stället.",
                column="has_consent",
            )
        )
    if order.started_at is None:
        faults.append(
            Fault(
                code="help_has_not_begun",
                message="Hjälpen har inte börjat, så det finns inget att dokumentera.",
                remedy="Registrera först när hjälpen började.",
                column="kind",
            )
        )
    elif told.about_on < local_day(Instant(order.started_at)) and told.kind is not PaperKind.PLAN:
        faults.append(
            Fault(
                code="paper_is_older_than_the_help",
                message="Papperet gäller en dag före den första hjälpen.",
                remedy="Rätta dagen, eller registrera det på den beställning det gäller.",
                column="about_on",
            )
        )
    return tuple(faults)

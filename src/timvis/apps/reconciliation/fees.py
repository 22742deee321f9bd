"""Acts between the performed time and the fee system: handed over, and what was charged told back."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from fractions import Fraction

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.apps.reconciliation import queries
from timvis.apps.reconciliation.models import ChargedTime, FeeHandover
from timvis.apps.reconciliation.queries import DeskLine
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.visits import VisitState
from timvis.core.quantities import half_up
from timvis.core.statement import digest_of
from timvis.formats.fee_basis.read import ChargedRow, read_charged
from timvis.formats.fee_basis.write import FeeRow


@transaction.atomic
def hand_over(actor: Actor, month_on: date, *, now: datetime) -> FeeHandover | Refusal:
    """Return a month's performed time, every provider's by one and the same rule, as the fee officer is handed it.

    The same figures again are the same hand-over. A month without any home care is not handed over.
    """
    attempt = Attempt(actor, Action.HAND_OVER_TO_FEES, "fee_basis", f"{month_on:%Y-%m}", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    town = Municipality.objects.get(slug=actor.municipality)
    rows, recipients = _rows(town, month_on, now)
    digest = digest_of(rows)
    newest = queries.newest_handover(town.slug, month_on)
    if newest is None and not rows:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if newest is not None and newest.digest == digest:
        return newest
    try:
        with transaction.atomic():
            made = FeeHandover.objects.create(
                municipality=town,
                month_on=month_on,
                number=1 if newest is None else newest.number + 1,
                rows=rows,
                digest=digest,
                handed_at=now,
                handed_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.about(sorted(recipients)).done(detail={"month": f"{month_on:%Y-%m}", "rows": len(rows), "digest": digest})
    return made


def _rows(town: Municipality, month_on: date, now: datetime) -> tuple[list[dict[str, object]], set[int]]:
    rows: list[FeeRow] = []
    recipients: set[int] = set()
    for provider in queries.providers_of_month(town.slug, month_on):
        month = queries.provider_month(provider, month_on, now=now)
        lines = () if month is None else month.lines
        ids = {one.key.recipient_id for one in lines}
        numbers = dict(Recipient.objects.filter(pk__in=ids).values_list("pk", "personal_number"))
        recipients |= ids
        rows += [_row(one, provider, month_on, numbers[one.key.recipient_id]) for one in lines]
    rows.sort(key=lambda row: (row.recipient, row.service, row.provider))
    return [asdict(row) for row in rows], recipients


def _row(one: DeskLine, provider: Provider, month_on: date, number: str) -> FeeRow:
    ordered, performed = one.line.ordered, one.line.performed
    cancelled = [visit for visit in one.facts.visits if visit.state is VisitState.CANCELLED]
    told = sum(visit.noticed_at is not None for visit in cancelled)
    return FeeRow(
        recipient=number,
        service=one.key.service,
        provider=provider.organisation_number,
        month=f"{month_on:%Y-%m}",
        ordered_minutes=None if ordered is None else _whole(ordered),
        performed_minutes=_whole(performed),
        difference_minutes=None if ordered is None else _whole(performed) - _whole(ordered),
        missed_visits=len(cancelled) - told,
        cancelled_visits=told,
        word="" if one.word is None else one.word.kind,
        comment="" if one.word is None else one.word.comment,
    )


def _whole(minutes: Fraction) -> int:
    return half_up(minutes.numerator, minutes.denominator)


@transaction.atomic
def tell_charged_time(
    actor: Actor, month_on: date, content: bytes, file_name: str, *, now: datetime, today: date
) -> int | Refusal | tuple[Fault, ...]:
    """Return how many rows the fee system has told that it charged; every fault of the file, and then none is kept."""
    attempt = Attempt(actor, Action.TELL_CHARGED_TIME, "fee_basis", f"{month_on:%Y-%m}", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    handed = queries.newest_handover(actor.municipality, month_on)
    if handed is None:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    known = {(row["recipient"], row["service"], row["provider"]) for row in handed.rows}
    read = read_charged(content, file_name, month_on, known, today=today)
    faults = tuple(one for one in read if isinstance(one, Fault))
    if faults:
        return faults
    rows = [one for one in read if isinstance(one, ChargedRow)]
    kept = list(_charged(actor, month_on, rows, now))
    try:
        with transaction.atomic():
            ChargedTime.objects.bulk_create(kept)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.about(sorted({row.recipient_id for row in kept})).done(detail={"rows": len(kept), "file": file_name})
    return len(kept)


def _charged(actor: Actor, month_on: date, rows: list[ChargedRow], now: datetime) -> Iterator[ChargedTime]:
    numbers = {row.recipient for row in rows}
    recipients = Recipient.objects.filter(municipality__slug=actor.municipality, personal_number__in=numbers)
    ids = dict(recipients.values_list("personal_number", "pk"))
    sellers = Provider.objects.filter(municipality__slug=actor.municipality)
    providers = dict(sellers.values_list("organisation_number", "pk"))
    told = queries.charged_numbers(list(providers.values()), month_on)
    for row in rows:
        recipient_id, provider_id = ids[row.recipient], providers[row.provider]
        yield ChargedTime(
            provider_id=provider_id,
            recipient_id=recipient_id,
            service=row.service,
            month_on=month_on,
            number=told.get((provider_id, recipient_id, row.service), 0) + 1,
            minutes=row.minutes,
            told_at=now,
            told_by_id=actor.person_id,
        )

"""Acts on the lines of a month: what an officer says and asks, what is answered and decided, and her signature."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties import queries as parties
from timvis.apps.parties.models import Provider, Recipient
from timvis.apps.reconciliation import queries
from timvis.apps.reconciliation.models import (
    AboveDecision,
    AskedOf,
    LineAnswer,
    LineQuestion,
    LineWord,
    MonthSignature,
    SelfBilling,
)
from timvis.apps.reconciliation.queries import DeskLine, ProviderMonth
from timvis.core.access import Action, Actor, Relation
from timvis.core.calculation.hourly import exact_text
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.paid import FINAL, LineWordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLine:
    """Which line of which month an act is about."""

    provider_id: int
    month_on: date
    recipient_id: int
    service: str

    @property
    def text(self) -> str:
        """How the log names it."""
        return f"{self.provider_id}/{self.month_on:%Y-%m}/{self.recipient_id}/{self.service}"


# --- a line -----------------------------------------------------------------------------------------------------


@transaction.atomic
def give_word(
    actor: Actor, of: OneLine, kind: LineWordKind, *, seen: str, now: datetime, comment: str = ""
) -> LineWordKind | Refusal | tuple[Fault, ...]:
    """Return what is now said of a line, on the figures that were shown; anything but approving says why.

    A question is put by `ask`. Granted time can only be paid where the line has an order to be paid by.
    """
    line, attempt = _line(actor, of, Action.RECONCILE, now)
    if isinstance(line, Refusal):
        return line
    if seen != line.seen:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if kind not in FINAL:
        return attempt.refuse(Refusal.WRONG_STATE)
    if kind is not LineWordKind.APPROVED and not comment.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if kind is LineWordKind.GRANTED_INSTEAD and not line.line.ordered:
        return (_NOTHING_ORDERED,)
    if not _write_word(actor, of, line, kind, comment=comment.strip(), now=now):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=comment.strip(), detail={"line": of.text, "word": kind.value})
    return kind


@transaction.atomic
def tick_all_that_agree(actor: Actor, provider_id: int, month_on: date, *, now: datetime) -> int | Refusal:
    """Return how many lines were approved: those nobody has settled, where performed time is the ordered."""
    month, attempt = month_for(actor, provider_id, month_on, Action.RECONCILE, now)
    if isinstance(month, Refusal):
        return month
    ticked = [one for one in month.unsettled if one.agrees and not any(asked.answer is None for asked in one.asked)]
    relations = _relations(actor, ticked, month.provider, now)
    ticked = [one for one in ticked if relations[one.key.recipient_id] is Relation.OWN_MUNICIPALITY]
    for one in ticked:
        of = OneLine(
            provider_id=provider_id, month_on=month_on, recipient_id=one.key.recipient_id, service=one.key.service
        )
        if not _write_word(actor, of, one, LineWordKind.APPROVED, comment="", now=now):
            return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if ticked:
        about(attempt, ticked).done(detail={"word": LineWordKind.APPROVED.value, "lines": len(ticked)})
    return len(ticked)


@transaction.atomic
def ask(
    actor: Actor, of: OneLine, asked_of: AskedOf, *, text: str, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a question about a line, which waits until it is answered."""
    line, attempt = _line(actor, of, Action.RECONCILE, now)
    if isinstance(line, Refusal):
        return line
    if seen != line.seen:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if not text.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not _write_word(actor, of, line, LineWordKind.ASKED, comment=text.strip(), now=now):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    question = LineQuestion.objects.create(
        provider_id=of.provider_id,
        recipient_id=of.recipient_id,
        service=of.service,
        month_on=of.month_on,
        asked_of=asked_of,
        text=text.strip(),
        asked_at=now,
        asked_by_id=actor.person_id,
    )
    attempt.done(reason=text.strip(), detail={"line": of.text, "asked_of": asked_of.value})
    return question.pk


@transaction.atomic
def answer(actor: Actor, question_id: int, *, text: str, now: datetime) -> int | Refusal:
    """Return the id of the answer: the provider's own, or what an officer writes down that the recipient said."""
    rows = LineQuestion.objects.filter(pk=question_id, provider__municipality__slug=actor.municipality)
    question = rows.select_related("provider__municipality", "recipient__municipality").first()
    attempt = Attempt(actor, Action.ANSWER_LINE, "line_question", question_id, now)
    if question is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([question.recipient_id])
    relation = parties.relation_to_hours(actor, question.recipient, question.provider, now=now)
    if refusal := attempt.refused(relation):
        return refusal
    is_own = relation is Relation.OWN_PROVIDER
    if is_own is not (question.asked_of == AskedOf.PROVIDER) and is_own:
        return attempt.refuse(Refusal.NO_RELATION)
    if not text.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    try:
        with transaction.atomic():
            made = LineAnswer.objects.create(
                question=question, text=text.strip(), answered_at=now, answered_by_id=actor.person_id
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=text.strip(), detail={"question": question.pk, "asked_of": question.asked_of})
    return made.pk


@transaction.atomic
def decide_above_order(
    actor: Actor, of: OneLine, *, is_paid: bool, reason: str, seen: str, now: datetime
) -> bool | Refusal | tuple[Fault, ...]:
    """Return whether the time above a line's order is paid, as it is now decided, and why."""
    line, attempt = _line(actor, of, Action.DECIDE_ABOVE_ORDER, now)
    if isinstance(line, Refusal):
        return line
    if seen != line.seen:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not line.is_above:
        return (_NOTHING_ABOVE,)
    minutes = exact_text(line.above_minutes)
    earlier = AboveDecision.objects.filter(**_of(of)).count()
    try:
        with transaction.atomic():
            AboveDecision.objects.create(
                **_of(of),
                number=earlier + 1,
                is_paid=is_paid,
                minutes=minutes,
                reason=reason.strip(),
                decided_at=now,
                decided_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason.strip(), detail={"line": of.text, "is_paid": is_paid, "minutes": minutes})
    return is_paid


# --- the month --------------------------------------------------------------------------------------------------


@transaction.atomic
def sign_month(
    actor: Actor, provider_id: int, month_on: date, *, seen: str, now: datetime, comment: str = ""
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of an officer's signature under a provider's month, once every line is settled.

    `seen` is the digest of all lines with their words: what is signed is what was shown.
    """
    month, attempt = month_for(actor, provider_id, month_on, Action.SIGN_RECONCILIATION, now)
    if isinstance(month, Refusal):
        return month
    if seen != month.digest:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if month.unsettled:
        return (_unsettled(len(month.unsettled), len(month.lines)),)
    if month.is_signed:
        return attempt.refuse(Refusal.WRONG_STATE)
    if set(_relations(actor, month.lines, month.provider, now).values()) - {Relation.OWN_MUNICIPALITY}:
        return attempt.refuse(Refusal.DISQUALIFIED)
    number = MonthSignature.objects.filter(provider_id=provider_id, month_on=month_on).count() + 1
    try:
        with transaction.atomic():
            MonthSignature.objects.create(
                provider_id=provider_id,
                month_on=month_on,
                number=number,
                digest=month.digest,
                lines=len(month.lines),
                comment=comment.strip(),
                signed_at=now,
                signed_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    about(attempt, month.lines).done(
        reason=comment.strip(), detail={"month": f"{month_on:%Y-%m}", "lines": len(month.lines), "digest": month.digest}
    )
    return number


@transaction.atomic
def agree_self_billing(
    actor: Actor,
    provider_id: int,
    *,
    agreed_from: date,
    reference: str,
    now: datetime,
    agreed_to: date | None = None,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of an agreement that we write a provider's invoices by its summaries."""
    provider = queries.provider_of(actor, provider_id)
    attempt = Attempt(actor, Action.AGREE_SELF_BILLING, "provider", provider_id, now)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_provider(actor, provider)):
        return refusal
    if agreed_to is not None and agreed_to <= agreed_from:
        return (_ENDS_BEFORE_IT_BEGINS,)
    if not reference.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    number = SelfBilling.objects.filter(provider=provider).count() + 1
    try:
        with transaction.atomic():
            SelfBilling.objects.create(
                provider=provider,
                number=number,
                agreed_from=agreed_from,
                agreed_to=agreed_to,
                reference=reference.strip(),
                known_at=now,
                known_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"from": str(agreed_from), "to": str(agreed_to), "reference": reference.strip()})
    return number


# --- how they are found and written -----------------------------------------------------------------------------


def _line(actor: Actor, of: OneLine, action: Action, now: datetime) -> tuple[DeskLine | Refusal, Attempt]:
    """Return a line that the actor may do this to, or the refusal; and the attempt to go on with."""
    attempt = Attempt(actor, action, "home_care_line", of.text, now)
    provider = queries.provider_of(actor, of.provider_id)
    recipient = parties.recipient_in(actor, of.recipient_id)
    if provider is None or recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = attempt.about([recipient.pk])
    if refusal := attempt.refused(parties.relation_to_hours(actor, recipient, provider, now=now)):
        return refusal, attempt
    month = queries.provider_month(provider, of.month_on, now=now, recipient_id=recipient.pk)
    line = None if month is None else month.line(of.recipient_id, of.service)
    return (line or attempt.refuse(Refusal.NOT_FOUND)), attempt


def month_for(
    actor: Actor, provider_id: int, month_on: date, action: Action, now: datetime
) -> tuple[ProviderMonth | Refusal, Attempt]:
    """Return a provider's month that the actor may do this to, or the refusal; and the attempt to go on with."""
    attempt = Attempt(actor, action, "provider_month", f"{provider_id}/{month_on:%Y-%m}", now)
    provider = queries.provider_of(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    if refusal := attempt.refused(parties.relation_to_provider(actor, provider)):
        return refusal, attempt
    month = queries.provider_month(provider, month_on, now=now)
    return (month or attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)), attempt


def about(attempt: Attempt, lines: Collection[DeskLine]) -> Attempt:
    """Return the same attempt as one that concerns everybody whose lines they are."""
    return attempt.about(sorted({one.key.recipient_id for one in lines}))


def _relations(actor: Actor, lines: Collection[DeskLine], provider: Provider, now: datetime) -> dict[int, Relation]:
    """Return the nearest relation to the hours of each recipient: an officer does not tick off her own mother's."""
    rows = Recipient.objects.filter(pk__in={one.key.recipient_id for one in lines}).select_related("municipality")
    near = parties.relations_to_recipients(actor, list(rows), now=now)
    return {recipient_id: parties.nearest_to_hours(actor, each, provider) for recipient_id, each in near.items()}


def _write_word(actor: Actor, of: OneLine, line: DeskLine, kind: LineWordKind, *, comment: str, now: datetime) -> bool:
    """Write a word on a line; return whether nobody else was first."""
    try:
        with transaction.atomic():
            LineWord.objects.create(
                **_of(of),
                number=1 if line.word is None else line.word.number + 1,
                kind=kind,
                comment=comment,
                seen=line.seen,
                said_at=now,
                said_by_id=actor.person_id,
            )
    except IntegrityError:
        return False
    return True


def _of(of: OneLine) -> dict[str, object]:
    return {
        "provider_id": of.provider_id,
        "recipient_id": of.recipient_id,
        "service": of.service,
        "month_on": of.month_on,
    }


# --- what is wrong ----------------------------------------------------------------------------------------------

_NOTHING_ORDERED = Fault(
    code="nothing_is_ordered",
    message="Raden har ingen beställd tid som kan ersättas i stället.",
    remedy="Godkänn den utförda tiden, godkänn den inte, eller fråga utföraren.",
    column="kind",
)
_NOTHING_ABOVE = Fault(
    code="nothing_is_above_the_order",
    message="Den utförda tiden ligger inte över beställningen.",
    remedy="Inget beslut behövs.",
    column="is_paid",
)
_ENDS_BEFORE_IT_BEGINS = Fault(
    code="ends_before_it_begins",
    message="Avtalet om självfakturering slutar innan det börjar.",
    remedy="Rätta dagarna.",
    column="agreed_to",
)


def _unsettled(count: int, lines: int) -> Fault:
    return Fault(
        code="lines_are_not_settled",
        message=f"{count} av {lines} rader är inte avstämda, eller har ändrats sedan de bockades av.",
        remedy="Stäm av dem, eller vänta på svaren, och skriv sedan under.",
        column="lines",
    )

"""Acts on grant periods: which days the state settles together, and what it has paid for them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.grant_periods import queries
from timvis.apps.grant_periods.models import GrantPeriod, StatePayment
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.core.access import Action, Actor
from timvis.core.calculation.grant_period import MAX_MONTHS
from timvis.core.calendar.months import same_day_after
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay, LawGap


@transaction.atomic
def register_period(
    actor: Actor, *, recipient_id: int, begins_on: date, ends_on: date, law: LawByDay, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a recipient's grant period, from a day up to but not including another."""
    attempt = Attempt(actor, Action.REGISTER_GRANT_PERIOD, "grant_period", "", now, recipient_id)
    recipient = recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation_to_recipient(actor, recipient, now=now)):
        return refusal
    if faults := _faults(recipient_id, None, begins_on, ends_on, law, now):
        return faults
    return versioned_acts.register(
        attempt,
        GrantPeriod.objects,
        key={"recipient": recipient, "begins_on": begins_on},
        says={"valid_from": begins_on, "valid_to": ends_on},
    )


@transaction.atomic
def change_period(
    actor: Actor, *, period_id: int, ends_on: date, seen: int, law: LawByDay, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that tells anew where a period ends, up to but not including a day."""
    period, attempt = _found(actor, period_id, Action.CHANGE_GRANT_PERIOD, now)
    if isinstance(period, Refusal):
        return period
    if faults := _faults(period.recipient_id, period.pk, period.begins_on, ends_on, law, now):
        return faults
    return versioned_acts.change(attempt, period, seen=seen, says={"valid_from": period.begins_on, "valid_to": ends_on})


@transaction.atomic
def register_state_payment(
    actor: Actor, *, period_id: int, paid_on: date, amount_ore: int, reference: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of what the state paid for a period; below zero what was paid back to it."""
    period, attempt = _found(actor, period_id, Action.REGISTER_STATE_PAYMENT, now)
    if isinstance(period, Refusal):
        return period
    if amount_ore == 0:
        return (_NO_AMOUNT,)
    if not reference.strip():
        return (_NO_REFERENCE,)
    try:
        with transaction.atomic():
            made = StatePayment.objects.create(
                period=period,
                paid_on=paid_on,
                amount_ore=amount_ore,
                reference=reference.strip(),
                known_at=now,
                known_by_id=actor.person_id,
            )
    except IntegrityError:
        return (_KNOWN_PAYMENT,)
    attempt.done(detail={"paid_on": str(paid_on), "amount_ore": amount_ore})
    return made.pk


def _found(actor: Actor, period_id: int, action: Action, now: datetime) -> tuple[GrantPeriod | Refusal, Attempt]:
    attempt = Attempt(actor, action, "grant_period", period_id, now)
    period = queries.period_in(actor, period_id)
    if period is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = attempt.about([period.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, period.recipient, now=now)):
        return refusal, attempt
    return period, attempt


def _faults(
    recipient_id: int, period_id: int | None, begins_on: date, ends_on: date, law: LawByDay, now: datetime
) -> tuple[Fault, ...]:
    """Return everything that cannot be so of a period's days."""
    if ends_on <= begins_on:
        return (_ENDS_BEFORE_IT_BEGINS,)
    found = list(_too_long(begins_on, ends_on, law))
    others = (period for row, period in queries.periods_of(recipient_id, known_at=now) if row.pk != period_id)
    if any(other.from_on < ends_on and begins_on < other.to_on for other in others):
        found.append(_OVERLAPS)
    return tuple(found)


def _too_long(begins_on: date, ends_on: date, law: LawByDay) -> Iterator[Fault]:
    try:
        most = law.count(MAX_MONTHS, begins_on)
    except LawGap:
        return  # a period that begins further ahead than the law is checked: its account says so until it is
    if ends_on > same_day_after(begins_on, most):
        yield Fault(
            code="grant_period_is_too_long",
            message=f"Perioden är längre än {most} månader.",
            remedy="Registrera den som två perioder, delade där beslutet gör det.",
            column="ends_on",
        )


_ENDS_BEFORE_IT_BEGINS = Fault(
    code="grant_period_ends_before_it_begins",
    message="Perioden slutar innan den börjar.",
    remedy="Rätta dagarna.",
    column="ends_on",
)
_OVERLAPS = Fault(
    code="grant_periods_overlap",
    message="En annan beviljandeperiod för personen har samma dagar.",
    remedy="Ändra den andra periodens slut först, eller rätta dagarna.",
    column="begins_on",
)
_NO_AMOUNT = Fault(
    code="payment_has_no_amount", message="Beloppet är noll.", remedy="Skriv beloppet.", column="amount_ore"
)
_NO_REFERENCE = Fault(
    code="payment_has_no_reference",
    message="Utbetalningen har ingen beteckning.",
    remedy="Skriv utbetalningens nummer eller vilken månad den gäller, så att den känns igen.",
    column="reference",
)
_KNOWN_PAYMENT = Fault(
    code="payment_is_registered",
    message="En utbetalning med samma beteckning och dag är redan registrerad.",
    remedy="Är det en till, ge den en egen beteckning. Var den första fel, registrera skillnaden med omvänt tecken.",
    column="reference",
)

"""A payment run: steps that can be done again, so that a crash anywhere ends in exactly one file.

    reserved orders → batch built (its bytes kept) → released → file staged → noted as staged → file delivered
    → noted as sent

Each arrow is one transaction or one flushed file operation. The bytes are made once, in the transaction that
ties the orders to the batch; whatever happens after that sends those bytes or finds that they have left. What a
person has built is released by somebody who sends back the digest of the file she was shown; the clock releases its
own. A file whose bytes are not those that were built is never sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db import transaction

from timvis.apps.accounting import records
from timvis.apps.accounting.models import Batch, BatchStatus, OrderStatus, PayingAccount, PaymentOrder
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import LogEntry
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.formats.pain001.profile import shipped
from timvis.formats.pain001.write import write
from timvis.gateways.bank.channel import BankChannel


class RunPoint(StrEnum):
    """Places where a run can die; a test, or an operator's drill, chooses one."""

    BEFORE_BATCH_IS_KEPT = "before_batch_is_kept"
    BATCH_IS_KEPT = "batch_is_kept"
    FILE_IS_STAGED = "file_is_staged"
    STAGED_IS_NOTED = "staged_is_noted"
    FILE_IS_DELIVERED = "file_is_delivered"
    SENT_IS_NOTED = "sent_is_noted"


Reached = Callable[[RunPoint], None]
"""Called at every point that is reached; what it raises ends the run there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRun:
    """What a run came to: the batches it sent, this time or finishing an earlier run, and their sum."""

    batches: tuple[str, ...]
    orders: int
    sum_ore: int


def _go_on(point: RunPoint) -> None:
    """Do nothing at a point: an ordinary run."""


def run_payments(
    actor: Actor, bank: BankChannel, *, now: datetime, reached: Reached = _go_on
) -> PaymentRun | Refusal | tuple[Fault, ...]:
    """Return the batches sent to the bank from the actor's municipality; none when there is nothing to pay.

    Begins with what an earlier run left unfinished, and leaves alone what a person has built and nobody released.
    The faults are those of the file as a whole, such as a municipality without an account to pay from; the orders
    then stay reserved.
    """
    if refusal := _refused(actor, now):
        return refusal
    with bank.alone() as is_alone:
        if not is_alone:
            return Refusal.SOMEONE_ELSE_WAS_FIRST
        if faults := _altered(actor):
            return faults
        sent = _send_unsent(actor, bank, now, reached)
        built = _build(actor, now, BatchStatus.RELEASED, reached)
        if isinstance(built, tuple):
            return built
        sent += _send_unsent(actor, bank, now, reached)
    return _run_of(sent)


def build_payments(actor: Actor, bank: BankChannel, *, now: datetime) -> Batch | Refusal | tuple[Fault, ...] | None:
    """Return a payment file of everything that is ordered, for somebody to look through; None when nothing is.

    It waits until it is released.
    """
    if refusal := _refused(actor, now):
        return refusal
    with bank.alone() as is_alone:
        return _build(actor, now, BatchStatus.BUILT, _go_on) if is_alone else Refusal.SOMEONE_ELSE_WAS_FIRST


def release_payments(
    actor: Actor, bank: BankChannel, batch_id: int, *, digest: str, now: datetime, reached: Reached = _go_on
) -> PaymentRun | Refusal | tuple[Fault, ...]:
    """Return what was sent: the one file that somebody was shown, when its bytes still have the digest she saw.

    What an earlier run left unfinished goes with it.
    """
    if refusal := _refused(actor, now):
        return refusal
    with bank.alone() as is_alone:
        if not is_alone:
            return Refusal.SOMEONE_ELSE_WAS_FIRST
        if faults := _altered(actor):
            return faults
        with transaction.atomic():
            if refusal := _release(actor, batch_id, digest, now):
                return refusal
        sent = _send_unsent(actor, bank, now, reached)
    return _run_of(sent)


def _refused(actor: Actor, now: datetime) -> Refusal | None:
    with transaction.atomic():
        attempt = Attempt(actor, Action.RUN_PAYMENTS, "municipality", actor.municipality, now)
        return attempt.refused(Relation.OWN_MUNICIPALITY)


def _run_of(sent: list[Batch]) -> PaymentRun:
    return PaymentRun(
        batches=tuple(batch.name for batch in sent),
        orders=sum(batch.orders for batch in sent),
        sum_ore=sum(batch.sum_ore for batch in sent),
    )


def _altered(actor: Actor) -> tuple[Fault, ...]:
    """Return a fault for every file that is to be sent and is not, to the byte, what was built."""
    batches = Batch.objects.filter(municipality__slug=actor.municipality, status__in=[BatchStatus.BUILT, *_UNSENT])
    return tuple(_altered_file(batch.name) for batch in batches.order_by("id") if not is_as_built(batch))


def is_as_built(batch: Batch) -> bool:
    """Whether a file's bytes are those that the log saw being built."""
    digest = sha256(bytes(batch.content)).hexdigest()
    built = LogEntry.objects.filter(action=Action.RUN_PAYMENTS, object_kind="batch", object_id=batch.name, outcome=DONE)
    return digest == batch.digest and any(
        detail.get("step") == _BUILT and detail.get("digest") == digest
        for detail in built.values_list("detail", flat=True)
    )


def _release(actor: Actor, batch_id: int, digest: str, now: datetime) -> Refusal | None:
    """Let a file go that is, to the byte, the one somebody was shown."""
    batch = Batch.objects.filter(pk=batch_id, municipality__slug=actor.municipality).first()
    if batch is None:
        return Attempt(actor, Action.RUN_PAYMENTS, "batch", batch_id, now).refuse(Refusal.NOT_FOUND)
    attempt = Attempt(actor, Action.RUN_PAYMENTS, "batch", batch.name, now)
    if batch.status != BatchStatus.BUILT:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if digest != batch.digest:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    _step(batch, BatchStatus.BUILT, BatchStatus.RELEASED)
    _note(batch, actor, now, "released")
    return None


_UNSENT = (BatchStatus.RELEASED, BatchStatus.STAGED)


def _send_unsent(actor: Actor, bank: BankChannel, now: datetime, reached: Reached) -> list[Batch]:
    """Take every released batch that is not sent the rest of the way, and return them."""
    batches = Batch.objects.filter(municipality__slug=actor.municipality, status__in=_UNSENT)
    waiting = list(batches.order_by("id"))
    for batch in waiting:
        _send(batch, actor, bank, now, reached)
    return waiting


def _build(actor: Actor, now: datetime, status: BatchStatus, reached: Reached) -> Batch | tuple[Fault, ...] | None:
    """Tie every reserved order to a new batch and keep its bytes, all in one transaction; None without orders."""
    with transaction.atomic():
        waiting = PaymentOrder.objects.filter(
            status=OrderStatus.RESERVED, batch=None, claim__municipality__slug=actor.municipality
        )
        orders = list(waiting.select_related("payee_version").order_by("id"))
        if not orders:
            return None
        payer = PayingAccount.objects.filter(municipality__slug=actor.municipality).first()
        if payer is None:
            return (_NO_ACCOUNT,)
        number = Batch.objects.filter(municipality=payer.municipality).count() + 1
        # With hyphens in the day: eight digits, a hyphen and four more could be read as a personal number.
        stem = f"{day_of(now)}-{number:04d}"
        message_id = f"TIMVIS-{payer.municipality_id}-{stem}"
        content = write(
            records.payment_batch(payer, orders, message_id=message_id, made_at=now),
            shipped(payer.bank_profile),
        )
        if isinstance(content, tuple):
            return content
        batch = Batch.objects.create(
            municipality=payer.municipality,
            name=f"{actor.municipality}-{stem}.xml",
            message_id=message_id,
            digest=sha256(content).hexdigest(),
            content=content,
            orders=len(orders),
            sum_ore=sum(order.amount_ore for order in orders),
            made_at=now,
            status=status,
        )
        if waiting.filter(id__in=[order.pk for order in orders]).update(batch=batch) != len(orders):
            raise RuntimeError("an order was taken while the file was built, although this run is alone")
        _note(batch, actor, now, _BUILT)
        reached(RunPoint.BEFORE_BATCH_IS_KEPT)
    reached(RunPoint.BATCH_IS_KEPT)
    return batch


def _send(batch: Batch, actor: Actor, bank: BankChannel, now: datetime, reached: Reached) -> None:
    """Take a batch the rest of the way from wherever it stands."""
    if batch.status == BatchStatus.RELEASED:
        bank.stage(batch.name, bytes(batch.content))
        reached(RunPoint.FILE_IS_STAGED)
        with transaction.atomic():
            _step(batch, BatchStatus.RELEASED, BatchStatus.STAGED)
        reached(RunPoint.STAGED_IS_NOTED)
    bank.deliver(batch.name)
    reached(RunPoint.FILE_IS_DELIVERED)
    with transaction.atomic():
        _step(batch, BatchStatus.STAGED, BatchStatus.SENT)
        batch.payment_orders.filter(status=OrderStatus.RESERVED).update(status=OrderStatus.SENT)
        _note(batch, actor, now, "sent")
    reached(RunPoint.SENT_IS_NOTED)


def _step(batch: Batch, at: BatchStatus, to: BatchStatus) -> None:
    if Batch.objects.filter(id=batch.pk, status=at).update(status=to) != 1:
        raise RuntimeError(f"batch {batch.name} is no longer {at}, although this run is alone with the bank")


def _note(batch: Batch, actor: Actor, now: datetime, step: str) -> None:
    attempt = Attempt(actor, Action.RUN_PAYMENTS, "batch", batch.name, now)
    attempt.done(detail={"step": step, "digest": batch.digest, "orders": batch.orders, "sum_ore": batch.sum_ore})


_BUILT = "built"
"""What the log calls the step that makes a file."""


def _altered_file(name: str) -> Fault:
    return Fault(
        code="payment_file_is_altered",
        message=f"Betalfilen {name} är inte den som gjordes: dess fingeravtryck stämmer inte.",
        remedy="Ingenting skickas. Låt driften ta reda på vem som har ändrat i databasen, och jämför med loggen.",
        file=name,
    )


_NO_ACCOUNT = Fault(
    code="paying_account_is_missing",
    message="Kommunen har inget konto att betala från.",
    remedy="Registrera kommunens bankgiro eller IBAN, och kör betalningarna igen.",
)

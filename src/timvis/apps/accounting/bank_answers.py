"""What the bank's answer does to orders and claims, payment by payment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from timvis.apps.accounting import records, vouchers
from timvis.apps.accounting.models import BankAnswerFile, Batch, BatchStatus, OrderStatus, PaymentOrder
from timvis.apps.claims.opening import move
from timvis.apps.routines import records as routines
from timvis.core.access import Actor, ClaimStatus
from timvis.core.ledger import entry_at_settlement
from timvis.core.payment import AnswerStatus, BankAnswer
from timvis.core.quantities import Ore
from timvis.formats.pain002.read import StatusReport

AWAITING = (OrderStatus.SENT, OrderStatus.UNKNOWN)
"""Orders whose outcome the bank may still tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAnswered:
    """The payments of one batch by what the answer made of them, as end-to-end ids.

    `contradicted` are payments settled earlier that this answer says otherwise about; `unmatched` are ids in
    the answer that are not in the batch. Both need a person.
    """

    posted: tuple[str, ...] = ()
    voided: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    def told(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each outcome with its payments."""
        for name in self.__slots__:
            yield name, getattr(self, name)


def batch_answered(report: StatusReport, municipality: str) -> Batch | None:
    """Return the batch of a municipality that a report is about, None when it is about none of ours."""
    ids = {answer.message_id for answer in report.answers}
    return Batch.objects.filter(message_id__in=ids, municipality__slug=municipality).first()


def keep(content: bytes, batch: Batch, actor: Actor, *, file_name: str, now: datetime) -> bool:
    """Keep an answer's bytes; False when the same bytes are kept already."""
    _, is_new = BankAnswerFile.objects.get_or_create(
        digest=sha256(content).hexdigest(),
        defaults={
            "content": content,
            "file_name": file_name,
            "batch": batch,
            "taken_at": now,
            "taken_by_id": actor.person_id,
        },
    )
    return is_new


def settle(batch: Batch, report: StatusReport, now: datetime) -> BankAnswered:
    """Post, void or leave unknown each payment of a batch as the bank says, and return which."""
    outcomes: dict[str, list[str]] = {}
    orders = batch.payment_orders.select_related("claim__municipality", "claim__routine_version")
    for order in orders.order_by("id"):
        answer = _about(order, report)
        if answer is not None and (outcome := _settle_one(order, answer, now)):
            outcomes.setdefault(outcome, []).append(order.end_to_end_id)
    ours = set(orders.values_list("end_to_end_id", flat=True))
    named = {answer.end_to_end_id for answer in report.answers if answer.end_to_end_id}
    if not batch.payment_orders.filter(status__in=AWAITING).exists():
        Batch.objects.filter(id=batch.pk, status=BatchStatus.SENT).update(status=BatchStatus.ANSWERED)
    told = {name: tuple(ids) for name, ids in outcomes.items()}
    return BankAnswered(**told, unmatched=tuple(sorted(named - ours)))


def _about(order: PaymentOrder, report: StatusReport) -> BankAnswer | None:
    """Return the narrowest answer that concerns a payment: the report tells the widest first."""
    concerning = [
        answer
        for answer in report.answers
        if answer.end_to_end_id in (None, order.end_to_end_id)
        and order.batch is not None
        and answer.message_id == order.batch.message_id
    ]
    return concerning[-1] if concerning else None


def _settle_one(order: PaymentOrder, answer: BankAnswer, now: datetime) -> str | None:
    match answer.status, OrderStatus(order.status):
        case (AnswerStatus.ACCEPTED, OrderStatus.POSTED) | (AnswerStatus.REJECTED, OrderStatus.VOIDED):
            return None
        case (AnswerStatus.PENDING, OrderStatus.POSTED | OrderStatus.VOIDED):
            return None
        case _, OrderStatus.POSTED | OrderStatus.VOIDED | OrderStatus.RESERVED:
            return "contradicted"
        case AnswerStatus.ACCEPTED, _:
            _change(order, OrderStatus.POSTED, answer)
            _post(order, now)
            return "posted"
        case AnswerStatus.REJECTED, _:
            _change(order, OrderStatus.VOIDED, answer)
            # Back to the officer: the debt stands, but this way of paying it did not work.
            _move_claim(order, ClaimStatus.ATTESTED)
            return "voided"
        case _:
            _change(order, OrderStatus.UNKNOWN, answer)
            return "unknown"


def _change(order: PaymentOrder, to: OrderStatus, answer: BankAnswer) -> None:
    reason = " ".join(text for text in (answer.reason_code, answer.reason) if text)
    awaiting = PaymentOrder.objects.filter(id=order.pk, status=order.status)
    if awaiting.update(status=to, bank_reason=reason) != 1:
        raise RuntimeError(f"payment {order.end_to_end_id} moved while the bank's answer was taken")


def _post(order: PaymentOrder, now: datetime) -> None:
    claim = order.claim
    posting = records.posting(claim, routines.routine(claim.routine_version), now)
    entry = entry_at_settlement(Ore(order.amount_ore), posting)
    vouchers.write(entry, claim, series=claim.municipality.slug)
    _move_claim(order, ClaimStatus.PAID)


def _move_claim(order: PaymentOrder, to: ClaimStatus) -> None:
    if order.claim.status != ClaimStatus.ORDERED or not move(order.claim, to=to):
        raise RuntimeError(f"claim {order.claim.number} is not waiting for the bank")

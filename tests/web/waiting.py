"""What the open month of the demonstration lacks: a month paid before it, and many claims that wait at once."""

from datetime import date

from tests.web import demo
from timvis.apps.accounting.models import Batch, OrderStatus, PaymentOrder
from timvis.apps.attestation.records import payee_version
from timvis.apps.claims.models import Claim, Review, Statement
from timvis.apps.claims.queries import newest_statement
from timvis.core.calendar.months import month_after

FOR_DAVID = ("ekkoping-2026-0002", "ekkoping-2026-0006")
"""Gunnel has signed the receipt; the decision waits."""
FOR_GUNNEL = "ekkoping-2026-0004"
"""Calculated: the receipt waits."""


def paid_before(number: str, *, less_ore: int = 0) -> None:
    """Let the month before a claim's be decided, a little less, and paid to the same account."""
    pattern = Claim.objects.get(number=number)
    statement, payee = newest_statement(pattern), payee_version(pattern, demo.NOW)
    assert statement is not None
    assert payee is not None
    claim = _copy(pattern, f"{number}-before", month_after(pattern.month_on, -1), status="archived")
    made = _copy_statement(claim, statement, statement.total_ore - less_ore)
    batch = Batch.objects.create(
        municipality=claim.municipality,
        name=f"{number}.xml",
        message_id=number,
        digest="0" * 64,
        content=b"",
        orders=1,
        sum_ore=made.total_ore,
        made_at=demo.NOW,
        status="answered",
    )
    PaymentOrder.objects.create(
        claim=claim,
        statement=made,
        payee_version=payee,
        amount_ore=made.total_ore,
        end_to_end_id=number,
        reference=number,
        made_at=demo.NOW,
        status=OrderStatus.POSTED,
        batch=batch,
    )


def more_waiting(count: int) -> None:
    """Lay copies of the month that waits for Gunnel's receipt on the desk."""
    pattern = Claim.objects.get(number=FOR_GUNNEL)
    statement = newest_statement(pattern)
    assert statement is not None
    for one in range(count):
        month_on = date(2025 - one // 12, one % 12 + 1, 1)
        claim = _copy(pattern, f"{demo.TOWN}-2026-{8000 + one}", month_on, status="calculated")
        _copy_statement(claim, statement, statement.total_ore)


def _copy(pattern: Claim, number: str, month_on: date, *, status: str) -> Claim:
    claim = Claim.objects.get(pk=pattern.pk)
    claim.pk, claim.number, claim.month_on, claim.status = None, number, month_on, status
    claim.save(force_insert=True)
    return claim


def _copy_statement(claim: Claim, statement: Statement, total_ore: int) -> Statement:
    review = Review.objects.get(pk=statement.review_id)
    review.pk, review.claim = None, claim
    review.save(force_insert=True)
    made = Statement.objects.get(pk=statement.pk)
    made.pk, made.claim, made.review, made.total_ore = None, claim, review, total_ore
    made.save(force_insert=True)
    return made

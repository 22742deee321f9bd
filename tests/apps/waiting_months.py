"""Months of Alma's that wait for David's decision, with one before them that the bank has paid."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.apps.signed_months import LATER, an_ordered_claim, calculate, hand_in, law, sign
from tests.cast import Cast, ok
from timvis.apps.accounting.actions import take_bank_answer
from timvis.apps.accounting.attest_batches import BatchSigned, BatchStopped, freeze_batch, sign_batch
from timvis.apps.accounting.payment_run import run_payments
from timvis.apps.attestation.models import AttestBatch
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank

SPRING = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
"""When everybody sits down to sign; the decision on April's month is due on 21 May, the 14th working day."""
MONTHS = (date(2021, 2, 1), date(2021, 3, 1), date(2021, 4, 1))


def a_paid_month(cast: Cast, folder: Path) -> str:
    """Return the number of January, which the bank has paid to Ekot AB."""
    number, bank = an_ordered_claim(cast), FakeBank(folder, mode="test", profile=shipped())
    run_payments(cast.hasse, bank, now=LATER)
    bank.work(LATER)
    take_bank_answer(cast.hasse, bank.answers()[0].content, file_name="a.xml", now=LATER)
    return number


def months_for_david(cast: Cast, folder: Path) -> list[str]:
    """Return the numbers of three months like January, calculated and signed by Greta."""
    a_paid_month(cast, folder)
    return [a_month_for_david(cast, month) for month in MONTHS]


def a_month_for_david(cast: Cast, month: date, *days: int) -> str:
    """Return the number of one month, one eight-hour shift long unless told otherwise, signed by Greta."""
    number = hand_in(cast, *(days or (8,)), month=month, now=SPRING)
    calculate(cast, number, now=SPRING)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST, now=SPRING))
    return number


def now_as(actor: Actor) -> Actor:
    """Return somebody who has just logged in this spring."""
    return replace(actor, logged_in_at=SPRING)


def freeze(actor: Actor, act: Act = Act.DECISION_ATTEST) -> AttestBatch:
    """Return the batch an actor is shown."""
    frozen = freeze_batch(now_as(actor), act, law=law(), now=SPRING)
    assert isinstance(frozen, AttestBatch), frozen
    return frozen


def sign_green(actor: Actor, batch: AttestBatch, *, digest: str | None = None) -> BatchSigned | BatchStopped | Refusal:
    """Return what comes of signing the green lines of a batch as it was shown."""
    return sign_batch(now_as(actor), batch.pk, digest=digest or batch.digest, law=law(), now=SPRING)

"""From a signed claim to the bank's answer and the ledger: what every story ends with."""

from datetime import datetime

from tests.apps.applications.sickness import at
from tests.apps.signed_months import law
from tests.cast import Cast, ok
from timvis.apps.accounting.actions import Ordered, book, order_payment, register_paying_account, take_bank_answer
from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.accounting.payment_run import PaymentRun, run_payments
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.gateways.bank.fake import FakeBank


def is_paid(cast: Cast, number: str, bank: FakeBank, *, now: datetime) -> PaymentOrder:
    """Let Hasse order and pay, the bank answer and Hasse book; return the order."""
    hasse = at(cast.hasse, now)
    account = PayeeAccount(kind=AccountKind.BANKGIRO, number="54029681")
    ok(register_paying_account(hasse, account, now=now))
    ordered = order_payment(hasse, number, law=law(), now=now)
    assert isinstance(ordered, Ordered), ordered
    run = run_payments(hasse, bank, now=now)
    assert isinstance(run, PaymentRun), run
    bank.work(now)
    for answer in bank.answers():
        taken = take_bank_answer(hasse, answer.content, file_name=answer.name, now=now)
        assert not isinstance(taken, Refusal | tuple), taken
    assert book(hasse, now=now) is not None
    return PaymentOrder.objects.get(claim__number=number)

"""A batch of payments to start from, and what a test needs to change in it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount, PaymentBatch
from timvis.core.quantities import Ore

BANKGIRO = PayeeAccount(kind=AccountKind.BANKGIRO, number="50501055")
PLUSGIRO = PayeeAccount(kind=AccountKind.PLUSGIRO, number="2865434")
BANK_ACCOUNT = PayeeAccount(kind=AccountKind.BANK_ACCOUNT, number="50001234567")
OWN_BANKGIRO = PayeeAccount(kind=AccountKind.BANKGIRO, number="9912346")

EKOT = CreditTransfer(
    end_to_end_id="VAS-2021-03-0001-1",
    amount_ore=Ore(4_823_950),
    payee_name="Ekot AB",
    account=BANKGIRO,
    message="VAS-2021-03-0001",
)
ALMA = CreditTransfer(
    end_to_end_id="VAS-2021-03-0002-1",
    amount_ore=Ore(5),
    payee_name="Alma Åkesson",
    account=PLUSGIRO,
    reference="123456782",
)


def transfer(**changes: Any) -> CreditTransfer:
    """Return the payment to Ekot AB with something changed."""
    return replace(EKOT, **changes)


def batch(*transfers: CreditTransfer, **changes: Any) -> PaymentBatch:
    """Return a batch of the payments, of Ekot's and Alma's when none is given."""
    whole = PaymentBatch(
        message_id="VAS-20210423-1",
        batch_id="VAS-20210423-1-1",
        created_at=datetime(2021, 4, 20, 8, 0, tzinfo=UTC),
        execute_on=date(2021, 4, 23),
        debtor_name="Exempelkommunen",
        debtor_organisation_number="2120009994",
        debtor_account=OWN_BANKGIRO,
        transfers=transfers or (EKOT, ALMA),
    )
    return replace(whole, **changes)

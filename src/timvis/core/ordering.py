"""From a signed statement to a payment order, or every reason why no money may leave yet.

What concerns the payee is judged on the day of payment, not on the days of work: F-skatt, registration as
employer, the documents that must be in before the first payment, and an account somebody has vouched for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Refusal
from timvis.core.payment import CreditTransfer, PayeeAccount, bank_text, message_faults, transfer_faults
from timvis.core.records import ProviderKind
from timvis.core.routine.records import Check, Requirement, Routine
from timvis.core.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who receives the money, as the newest payee form that counts on the day says."""

    name: str
    account: PayeeAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryPeriod:
    """A standing in an authority's register: `is_known` tells "not registered" from "nobody has told us"."""

    is_known: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the standing is known to be in force that day."""
        started = self.valid_from is not None and self.valid_from <= day
        return self.is_known and started and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """What a payment order is judged on.

    `missing` are the checklist's rows whose documents are not in; `is_as_signed` whether amount, payee and
    coding are still exactly what every signature of the round is over. Of an invoice `ocr` is the reference its
    supplier wants, else `message` its number; without either the claim's number is quoted.
    """

    claim_number: str
    round: int
    pay_on: date
    provider_kind: ProviderKind
    f_tax: RegistryPeriod
    employer_registration: RegistryPeriod
    missing: tuple[Requirement, ...]
    is_as_signed: bool = True
    ocr: str = ""
    message: str = ""
    unconfirmed_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason why a payment waits: stable code, Swedish message and remedy."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A payment that may not be ordered: the refusal that comes first, and every obstacle."""

    refusal: Refusal
    obstacles: tuple[Obstacle, ...]


def order(statement: Statement, payee: Payee | None, facts: OrderFacts, routine: Routine) -> CreditTransfer | Stopped:
    """Return the payment of a statement to its payee, or all that stands in its way.

    The id travels to the bank and back and is the same for the same round of the same claim for ever, so that
    no statement can be paid under two ids. Only checks that the routine names are made, except the payee's.
    """
    checks = {check for step in routine.steps for check in step.checks}
    payment = _payment(statement, payee, facts) if payee else None
    obstacles = (
        *(_payment_obstacles(payment) if payment else (_NO_PAYEE,)),
        *(() if facts.is_as_signed else (_CHANGED,)),
        *(_document_obstacles(facts) if Check.DOCUMENTS_ARE_IN in checks else ()),
        *(_f_tax_obstacles(facts) if Check.F_TAX in checks else ()),
        *(_employer_obstacles(facts) if Check.EMPLOYER_IS_REGISTERED in checks else ()),
        *(_law_obstacles(facts) if Check.LAW_IS_CONFIRMED in checks else ()),
    )
    if payment is None or obstacles:
        return Stopped(refusal=_REFUSALS.get(obstacles[0].code, Refusal.PAYEE_IS_MISSING), obstacles=obstacles)
    return payment


_REFUSALS = {
    "changed_since_attest": Refusal.SHOWN_IS_NOT_CURRENT,
    "document_is_missing": Refusal.DOCUMENTS_ARE_MISSING,
    "f_tax_is_missing": Refusal.DOCUMENTS_ARE_MISSING,
    "employer_is_not_registered": Refusal.DOCUMENTS_ARE_MISSING,
    "law_number_is_unconfirmed": Refusal.LAW_NUMBER_IS_UNCONFIRMED,
}
"""What an obstacle comes to as a refusal; every other one is about the payee or her account."""


_NO_PAYEE = Obstacle(
    code="payee_is_missing",
    message="Ingen betalningsmottagare är anmäld för den här dagen.",
    remedy="Begär blanketten Betalningsmottagare och registrera kontot.",
)


_CHANGED = Obstacle(
    code="changed_since_attest",
    message="Belopp, betalningsmottagare eller kontering är inte längre vad som attesterades.",
    remedy="Beräkna om ärendet; det attesteras då på nytt.",
)


def _payment(statement: Statement, payee: Payee, facts: OrderFacts) -> CreditTransfer:
    return CreditTransfer(
        end_to_end_id=f"{facts.claim_number}-{facts.round}",
        amount_ore=statement.total_ore,
        payee_name=bank_text(payee.name),
        account=payee.account,
        reference=facts.ocr,
        message="" if facts.ocr else _message(facts),
    )


def _message(facts: OrderFacts) -> str:
    """Return what is quoted to a payee: the invoice's number where a bank can carry it, else the claim's."""
    own = bank_text(facts.message).strip()
    is_carried = own and not tuple(message_faults(own, where=""))
    return own if is_carried else facts.claim_number


def _payment_obstacles(payment: CreditTransfer) -> Iterator[Obstacle]:
    """Yield what the bank would object to: found here it stops one payment, found in the file it stops all."""
    for fault in transfer_faults(payment):
        yield Obstacle(code=fault.code, message=fault.message, remedy=fault.remedy)


def _document_obstacles(facts: OrderFacts) -> Iterator[Obstacle]:
    for requirement in facts.missing:
        yield Obstacle(
            code="document_is_missing",
            message=f"Handlingen saknas: {requirement.text}.",
            remedy="Begär in den och registrera den; betalningen väntar till dess.",
        )


def _f_tax_obstacles(facts: OrderFacts) -> Iterator[Obstacle]:
    if facts.provider_kind is ProviderKind.OWN_EMPLOYER or facts.f_tax.holds_on(facts.pay_on):
        return
    known = "saknar" if facts.f_tax.is_known else "har inte visat"
    yield Obstacle(
        code="f_tax_is_missing",
        message=f"Utföraren {known} godkännande för F-skatt den {facts.pay_on}.",
        remedy="Kontrollera hos Skatteverket och registrera från vilken dag det gäller.",
    )


def _employer_obstacles(facts: OrderFacts) -> Iterator[Obstacle]:
    if not facts.employer_registration.holds_on(facts.pay_on):
        yield Obstacle(
            code="employer_is_not_registered",
            message=f"Utföraren är inte känd som registrerad arbetsgivare den {facts.pay_on}.",
            remedy="Begär uppgift från Skatteverket om registreringen som arbetsgivare.",
        )


def _law_obstacles(facts: OrderFacts) -> Iterator[Obstacle]:
    for code in facts.unconfirmed_numbers:
        yield Obstacle(
            code="law_number_is_unconfirmed",
            message=f"Talet {code} vilar på minnet och har inte bekräftats.",
            remedy="Läs källan, bekräfta talet och beräkna om.",
        )

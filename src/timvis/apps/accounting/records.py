"""Rows → core records: what an order is judged on, what a payment file holds, what the ledger says."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from timvis.apps.accounting.models import Entry, PayingAccount, PaymentOrder
from timvis.apps.attestation import records as attestation
from timvis.apps.claims import records as claims
from timvis.apps.claims import stamping
from timvis.apps.claims.models import Claim, Statement
from timvis.apps.claims.papers import checklist_of
from timvis.apps.claims.queries import decisions_behind
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion, ProviderVersion
from timvis.core import ledger
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.working_days import Definition, working_day_on_or_after, working_day_on_or_before
from timvis.core.law import LawBook
from timvis.core.ordering import OrderFacts, Payee, RegistryPeriod
from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount, PaymentBatch, bank_text
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine
from timvis.core.routine.terms import LetterWay, PersonalData
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.routine.chart import packaged_chart

BEFORE_PAYMENT = frozenset({Needed.BEFORE_FIRST_PAYMENT, Needed.EACH_MONTH, Needed.EACH_CLAIM, Needed.FROM_SICK_DAY})
"""What must be in before money leaves; what was due before the start is the decision's business."""


def payee(version: PayeeVersion | None) -> Payee | None:
    """Return who a payee form names, None when there is no form."""
    if version is None:
        return None
    return Payee(
        name=version.payee_name,
        account=PayeeAccount(kind=AccountKind(version.account_kind), number=version.account_number),
    )


def order_facts(
    claim: Claim, statement: Statement, routine: Routine, form: PayeeVersion | None, law: LawBook, now: datetime
) -> OrderFacts:
    """Return what an order for a claim is judged on today."""
    provider = parties.provider_version(claim.provider_id, known_at=now)
    used = claims.statement(statement).law_rows
    return OrderFacts(
        claim_number=claim.number,
        round=claim.round,
        pay_on=day_of(now),
        provider_kind=ProviderKind(provider.kind),
        f_tax=RegistryPeriod(
            is_known=provider.f_tax_is_known, valid_from=provider.f_tax_from, valid_to=provider.f_tax_to
        ),
        employer_registration=_employer_registration(provider),
        missing=_missing(claim, routine, now),
        is_as_signed=attestation.still_hold(claim, statement, now),
        ocr=claim.invoice.ocr if claim.invoice else "",
        message=_quoted(claim, routine),
        unconfirmed_numbers=tuple(row.code for row in law.unconfirmed(used)),
    )


def _quoted(claim: Claim, routine: Routine) -> str:
    """Return what the payee is told on the payment: the invoice's number, and where the routine says so the decision.

    The name stands there only where the routine lets an invoice show it; else the case's number is all there is.
    """
    number = claim.invoice.number if claim.invoice else ""
    decided = decisions_behind([claim]).get(claim.pk)
    if decided is None or not any(letter.way is LetterWay.REMITTANCE for letter in routine.letters):
        return number
    told = [number, decided.claim.number, f"beslut {day_of(decided.made_at)}"]
    kind = ProviderKind(parties.provider_version(claim.provider_id, known_at=decided.made_at).kind)
    shows_name = any(
        channel.personal_data_on_invoice in _NAMED for channel in routine.channels_of(kind, ClaimKind(claim.kind))
    )
    if shows_name and claim.recipient_id is not None:
        told.append(parties.recipient(claim.recipient_id, known_at=decided.made_at).name)
    return " ".join(part for part in told if part)


_NAMED = frozenset({PersonalData.NAME, PersonalData.NAME_AND_NUMBER})


def _missing(claim: Claim, routine: Routine, now: datetime) -> tuple[Requirement, ...]:
    """Return what a payment waits for, in the order of the checklist."""
    rows = checklist_of(claim, now=now, routine=routine)
    return tuple(row.requirement for row in rows if row.is_missing and row.requirement.needed in BEFORE_PAYMENT)


def _employer_registration(provider: ProviderVersion) -> RegistryPeriod:
    return RegistryPeriod(
        is_known=provider.employer_registered_from is not None,
        valid_from=provider.employer_registered_from,
        valid_to=provider.employer_registered_to,
    )


def posting(claim: Claim, routine: Routine, now: datetime) -> ledger.Posting:
    """Return where and in which words a claim is booked today."""
    coded = stamping.coded(claim, known_at=now)
    return ledger.Posting(
        chart=packaged_chart(routine.coding.chart),
        costs=tuple(
            ledger.Cost(
                amount_ore=each.amount.amount_ore or Ore(0), account=each.string.account, coding=each.string.parts
            )
            for each in coded
        ),
        booked_on=day_of(now),
        claim_number=claim.number,
    )


def entries(rows: QuerySet[Entry]) -> tuple[ledger.Entry, ...]:
    """Return vouchers with their transfers, in the order of series and number."""
    return tuple(entry(row) for row in rows.order_by("series", "number").prefetch_related("transfers"))


def entry(row: Entry) -> ledger.Entry:
    """Return one voucher."""
    return ledger.Entry(
        kind=ledger.EntryKind(row.kind),
        booked_on=row.booked_on,
        text=row.text,
        series=row.series,
        number=row.number,
        transfers=tuple(
            ledger.Transfer(
                debit_account=transfer.debit_account,
                credit_account=transfer.credit_account,
                amount_ore=Ore(transfer.amount_ore),
                coding=tuple((code, value) for code, value in transfer.coding),
            )
            for transfer in sorted(row.transfers.all(), key=lambda transfer: transfer.pk)
        ),
    )


def next_banking_day(today: date) -> date:
    """Return the day on which a file made today is carried out."""
    return working_day_on_or_after(today, holidays_around(today), Definition.MONDAY_TO_FRIDAY)


def pay_on(claim: Claim, now: datetime) -> date | None:
    """Return the last banking day in time for an invoice; None when it is paid as soon as may be."""
    today = day_of(now)
    if claim.invoice is None or claim.due_on is None or claim.due_on <= today:
        return None
    return working_day_on_or_before(claim.due_on, holidays_around(claim.due_on), Definition.MONDAY_TO_FRIDAY)


def payment_batch(
    payer: PayingAccount, orders: Iterable[PaymentOrder], *, message_id: str, made_at: datetime
) -> PaymentBatch:
    """Return the payments of some orders as one file's content; money leaves on the next working day."""
    municipality = payer.municipality
    return PaymentBatch(
        message_id=message_id,
        batch_id=message_id,
        created_at=made_at,
        execute_on=next_banking_day(day_of(made_at)),
        debtor_name=municipality.name,
        debtor_organisation_number=municipality.organisation_number,
        debtor_account=PayeeAccount(kind=AccountKind(payer.account_kind), number=payer.account_number),
        debtor_bic=payer.bic,
        transfers=tuple(
            CreditTransfer(
                end_to_end_id=order.end_to_end_id,
                amount_ore=Ore(order.amount_ore),
                payee_name=bank_text(order.payee_version.payee_name),
                account=PayeeAccount(
                    kind=AccountKind(order.payee_version.account_kind),
                    number=order.payee_version.account_number,
                ),
                reference=order.ocr,
                message=order.reference,
            )
            for order in orders
        ),
    )

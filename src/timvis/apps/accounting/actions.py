"""From a signed claim to money: the debt, the order, the bank's answer, the vouchers for the ledger."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from timvis.apps.accounting import records, vouchers
from timvis.apps.accounting.bank_answers import BankAnswered, batch_answered, keep, settle
from timvis.apps.accounting.models import Entry, Export, PayingAccount, PaymentOrder
from timvis.apps.attestation import actions as attestation
from timvis.apps.attestation import records as attestation_records
from timvis.apps.attestation.models import AttestBatch
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims.models import Claim
from timvis.apps.claims.opening import move
from timvis.apps.claims.queries import attempt_on, claim_in, newest_statement, recipients_of, relation_to_claim
from timvis.apps.claims.records import statement as statement_record
from timvis.apps.parties.models import Municipality
from timvis.apps.routines import records as routines
from timvis.core.access import Action, Actor, ClaimStatus, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawBook
from timvis.core.ledger import entry_at_decision, standing_debt
from timvis.core.ordering import Obstacle, Stopped, order
from timvis.core.payment import PayeeAccount, account_faults
from timvis.core.routine.interpreter import is_fully_signed, is_kept_apart
from timvis.core.routine.records import Act
from timvis.formats.pain002.read import read as read_answer

# --- the debt ---------------------------------------------------------------------------------------------


@transaction.atomic
def sign_and_book(
    actor: Actor,
    claim_number: str,
    act: Act,
    *,
    shown_digest: str,
    law: LawBook,
    now: datetime,
    batch: AttestBatch | None = None,
) -> int | Refusal:
    """Return the id of a signature; the decision attest books its debt in the same transaction."""
    signed = attestation.sign(actor, claim_number, act, shown_digest=shown_digest, law=law, now=now, batch=batch)
    if act is Act.DECISION_ATTEST and not isinstance(signed, Refusal):
        _book_debt(actor, Claim.objects.select_related("routine_version").get(number=claim_number), now)
    return signed


def _book_debt(actor: Actor, claim: Claim, now: datetime) -> None:
    posting = records.posting(claim, routines.routine(claim.routine_version), now)
    standing = standing_debt(records.entries(Entry.objects.filter(claim=claim)))
    entry = entry_at_decision(posting, standing=standing)
    if entry is not None:
        row = vouchers.write(entry, claim, series=actor.municipality)
        attempt = Attempt(actor, Action.BOOK, "entry", f"{row.series} {row.number}", now)
        attempt.about([one.pk for one in recipients_of(claim)]).done(detail={"claim": claim.number, "kind": row.kind})


# --- the order --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What came of an order: its id for the bank, or that there was nothing to pay."""

    end_to_end_id: str | None
    amount_ore: int


@transaction.atomic
def order_payment(actor: Actor, claim_number: str, *, law: LawBook, now: datetime) -> Ordered | Stopped | Refusal:
    """Return the reserved payment of a fully signed claim, or everything that stands in its way.

    A claim that came to nothing needs no bank: it goes straight on to the archive.
    """
    claim = claim_in(actor, claim_number)
    if claim is None:
        return Attempt(actor, Action.ORDER, "claim", claim_number, now).refuse(Refusal.NOT_FOUND)
    attempt = attempt_on(actor, Action.ORDER, claim, now)
    if refusal := attempt.refused(relation_to_claim(actor, claim, now=now), claim.status):
        return refusal
    routine, statement = routines.routine(claim.routine_version), newest_statement(claim)
    signed = attestation_records.signed(claim)
    if statement is None or not is_fully_signed(routine, [done.act for done in signed]):
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if not is_kept_apart(routine.separations, (*attestation_records.done_before(claim, statement), *signed)):
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    if PaymentOrder.objects.filter(statement=statement).exists():
        return Stopped(refusal=attempt.refuse(Refusal.WRONG_STATE), obstacles=(_WAS_REJECTED,))
    if statement.total_ore == 0:
        return _close_without_payment(attempt, claim)
    form = attestation_records.payee_version(claim, now)
    facts = records.order_facts(claim, statement, routine, form, law, now)
    payment = order(statement_record(statement), records.payee(form), facts, routine)
    if isinstance(payment, Stopped):
        attempt.refuse(payment.refusal)
        return payment
    assert form is not None, "an order without a payee form is always stopped"
    if not move(claim, to=ClaimStatus.ORDERED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    PaymentOrder.objects.create(
        claim=claim,
        statement=statement,
        payee_version=form,
        amount_ore=payment.amount_ore,
        end_to_end_id=payment.end_to_end_id,
        reference=payment.message,
        ocr=payment.reference,
        pay_on=records.pay_on(claim, now),
        made_at=now,
    )
    # The system's own authorization attest: every signature the routine asks for, by persons kept apart, over this.
    authorized = {"statement": statement.digest, "signatures": [f"{done.act} {done.person_id}" for done in signed]}
    attempt.done(
        detail={
            "end_to_end_id": payment.end_to_end_id,
            "amount_ore": payment.amount_ore,
            "authorization_attest": authorized,
        }
    )
    return Ordered(end_to_end_id=payment.end_to_end_id, amount_ore=payment.amount_ore)


_WAS_REJECTED = Obstacle(
    code="statement_has_its_order",
    message="Beräkningen har redan en betalningsorder, som banken har avvisat.",
    remedy="Rätta det som banken angav, beräkna om ärendet och låt det attesteras på nytt.",
)


def _close_without_payment(attempt: Attempt, claim: Claim) -> Ordered | Refusal:
    if not move(claim, to=ClaimStatus.BOOKED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"amount_ore": 0})
    return Ordered(end_to_end_id=None, amount_ore=0)


# --- the bank's answer ------------------------------------------------------------------------------------


@transaction.atomic
def take_bank_answer(
    actor: Actor, content: bytes, *, file_name: str, now: datetime
) -> BankAnswered | Refusal | tuple[Fault, ...]:
    """Return what became of the payments of the batch that an answer is about.

    The same bytes again change nothing. What the bank has not decided becomes unknown and is never sent again
    by machine; an answer that contradicts an earlier one is told and changes nothing.
    """
    attempt = Attempt(actor, Action.TAKE_BANK_ANSWER, "bank_answer", file_name, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    report = read_answer(content)
    if isinstance(report, tuple):
        return report
    batch = batch_answered(report, actor.municipality)
    if batch is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if not keep(content, batch, actor, file_name=file_name, now=now):
        return BankAnswered()
    answered = settle(batch, report, now)
    attempt.done(detail={"batch": batch.name, **{name: len(ids) for name, ids in answered.told()}})
    return answered


# --- the vouchers for the municipality's ledger -----------------------------------------------------------


@transaction.atomic
def book(actor: Actor, *, now: datetime) -> Export | Refusal | None:
    """Return the SIE file with every voucher that has not left yet, None when there is none.

    A paid claim whose vouchers have all left is booked.
    """
    attempt = Attempt(actor, Action.BOOK, "ledger", actor.municipality, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    export = vouchers.export(actor, now)
    if export is not None:
        attempt.done(detail={"file": export.file_name, "digest": export.digest})
    return export


# --- where the money comes from ---------------------------------------------------------------------------


@transaction.atomic
def register_paying_account(
    actor: Actor, account: PayeeAccount, *, bic: str = "", bank_profile: str = "common", now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the account the actor's municipality pays from; a new one takes the old one's place."""
    attempt = Attempt(actor, Action.REGISTER_PAYING_ACCOUNT, "municipality", actor.municipality, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    if faults := account_faults(account, where="Kommunens konto"):
        return faults
    says = {
        "account_kind": account.kind,
        "account_number": account.number,
        "bic": bic,
        "bank_profile": bank_profile,
    }
    row, _ = PayingAccount.objects.update_or_create(
        municipality=Municipality.objects.get(slug=actor.municipality), defaults=says
    )
    attempt.done(detail=says)
    return row.pk

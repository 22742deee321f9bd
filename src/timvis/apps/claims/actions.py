"""Acts on a claim, from handed in to calculated: each is one transaction, and each is logged however it ends."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import invoicing, judging, queries, records, rows
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month, Reader, read_files
from timvis.apps.claims.models import Claim, Review, Statement, Word
from timvis.apps.claims.opening import Handing, move
from timvis.apps.invoices.keeping import send_back
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties.queries import provider_in, recipient_in
from timvis.apps.routines import records as routines
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calculation.hourly import unanswered
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice.case import stopping
from timvis.core.law import LawBook
from timvis.core.review.finding import Finding, WordKind
from timvis.core.review.review import Sums
from timvis.core.statement import Statement as StatementRecord
from timvis.formats import intake
from timvis.formats.frozen import freeze
from timvis.formats.handed_in import Read
from timvis.formats.time_report_paper import read as paper

_ON_INVOICE = {
    Action.REVIEW: Action.CHECK_INVOICE,
    Action.CALCULATE: Action.STATE_INVOICE,
    Action.RETURN_CLAIM: Action.RETURN_INVOICE,
}
"""What an act on a claim is called, and whose it is, when the claim rests on an invoice."""

OPEN_FOR_WORDS = frozenset({ClaimStatus.IN_REVIEW, ClaimStatus.WAITING_FOR_PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What the rules said of a claim, and the time it reports."""

    number: int
    findings: tuple[Finding, ...]
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """The statement that was made, and in which round of attests it is to be signed."""

    number: int
    round: int
    statement: StatementRecord


# --- handing in -----------------------------------------------------------------------------------------------


def hand_in(actor: Actor, month: Month, *, now: datetime) -> HandedIn | Refusal | tuple[Fault, ...]:
    """Return the claim that a month handed in by its provider belongs to, or every fault of every file.

    The originals are kept with their digest. The same file twice changes nothing; with a fault in any file
    nothing of any of them is used.
    """
    return _take_in(actor, month, _handed_in, received_at=now, by_provider=True, now=now)


def register_paper(
    actor: Actor, month: Month, *, received_at: datetime, now: datetime
) -> HandedIn | Refusal | tuple[Fault, ...]:
    """Return the claim that a month on paper belongs to, typed in by somebody at the office.

    The files are forms made by `typed`; `received_at` is when the paper came in, and by that day it is judged
    whether the month was late.
    """
    return _take_in(actor, month, _typed_in, received_at=received_at, by_provider=False, now=now)


def _handed_in(file: HandedFile, today: date) -> Read:
    return intake.read(file.content, file_name=file.name, today=today)


def _typed_in(file: HandedFile, today: date) -> Read:
    return paper.read(json.loads(file.content), today=today)


@transaction.atomic
def _take_in(
    actor: Actor, month: Month, reader: Reader, *, received_at: datetime, by_provider: bool, now: datetime
) -> HandedIn | Refusal | tuple[Fault, ...]:
    recipient, provider = recipient_in(actor, month.recipient_id), provider_in(actor, month.provider_id)
    attempt = Attempt(actor, Action.HAND_IN, "claim", "", now, recipient.pk if recipient else None)
    if recipient is None or provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    latest = queries.latest_of(recipient, provider, month.month_on, month.regime)
    handing = Handing(
        attempt=replace(attempt, object_id=latest.pk if latest else ""),
        month=month,
        recipient=recipient,
        provider=provider,
        latest=latest,
        received_at=received_at,
        by_provider=by_provider,
    )
    files, faults = read_files(month, reader, today=day_of(now))
    if latest is not None and not faults and handing.is_known(files):
        return HandedIn(claim_number=latest.number, new_reports=0)
    if refusal := handing.refusal():
        return refusal
    return faults or handing.take_in(files)


# --- review, and the officer's word ----------------------------------------------------------------------------


@transaction.atomic
def review_claim(
    actor: Actor, claim_number: str, *, law: LawBook, now: datetime, seen: str | None = None
) -> Reviewed | Refusal:
    """Return what the rules say of a claim as everything is known now. Raises `LawGap`.

    Here and below `seen` is the claim's `standing` when the person decided: if it has changed, nothing is done.
    """
    claim, attempt = found(actor, claim_number, Action.REVIEW, now, seen)
    if isinstance(claim, Refusal):
        return claim
    routine = routines.routine(claim.routine_version)
    case = judging.case_of(claim, routine, law, known_at=now)
    judged = judging.judged(case, routine, law)
    if not move(claim, to=ClaimStatus.IN_REVIEW):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    newest = queries.newest_review(claim)
    number = newest.number + 1 if newest else 1
    written = Review.objects.create(
        claim=claim,
        number=number,
        made_at=now,
        made_by_id=actor.person_id,
        inputs_digest=judging.digest(case),
        law_version=law.version,
        sums=freeze(Sums, judged.sums),
    )
    rows.write_findings(written, judged.findings, records.shift_ids(claim))
    attempt.done(detail={"review": number, "findings": len(judged.findings)})
    return Reviewed(number=number, findings=judged.findings, sums=judged.sums)


@transaction.atomic
def give_word(
    actor: Actor,
    claim_number: str,
    keys: Sequence[str],
    word: WordKind,
    *,
    reason: str = "",
    now: datetime,
    seen: str | None = None,
) -> int | Refusal:
    """Return how many findings of the newest review now have this word of the officer's.

    Setting aside and asking take a reason. Asking sends the claim to the provider's side of the table.
    """
    action = Action.ASK_PROVIDER if word is WordKind.ASK else Action.GIVE_WORD
    claim, attempt = found(actor, claim_number, action, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if claim.status not in OPEN_FOR_WORDS:
        return attempt.refuse(Refusal.WRONG_STATE)
    if word is not WordKind.ACCEPT and not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    findings = queries.findings_of(claim).filter(key__in=keys)
    if not keys or len(findings) != len(set(keys)):
        return attempt.refuse(Refusal.NOT_FOUND)
    asks = word is WordKind.ASK
    if not move(claim, to=ClaimStatus.WAITING_FOR_PROVIDER if asks else ClaimStatus(claim.status)):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    Word.objects.bulk_create(
        Word(finding=finding, person_id=actor.person_id, word=word, reason=reason, said_at=now) for finding in findings
    )
    attempt.done(reason=reason, detail={"word": word.value, "findings": sorted(set(keys))})
    return len(findings)


# --- calculation ------------------------------------------------------------------------------------------------


@transaction.atomic
def calculate_claim(actor: Actor, claim_number: str, *, law: LawBook, now: datetime) -> Calculated | Refusal:
    """Return the statement of a reviewed claim, frozen with everything it was made from. Raises `LawGap`.

    Every finding that needs a word must have one, and an invoice that a finding stops goes back instead. A claim
    that already had a statement begins a new round: what was signed was signed for another amount.
    """
    claim, attempt = found(actor, claim_number, Action.CALCULATE, now)
    if isinstance(claim, Refusal):
        return claim
    reviewed = queries.newest_review(claim)
    if reviewed is None or claim.status != ClaimStatus.IN_REVIEW or claim.is_reported:
        return attempt.refuse(Refusal.WRONG_STATE)
    routine = routines.routine(claim.routine_version)
    case = judging.case_of(claim, routine, law, known_at=now)
    if judging.digest(case) != reviewed.inputs_digest:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    findings, words = records.findings(reviewed.findings.all()), records.words(reviewed.findings.all())
    if unanswered(findings, words):
        return attempt.refuse(Refusal.FINDINGS_WITHOUT_WORD)
    if judging.holding_back(case, findings, words):
        return attempt.refuse(Refusal.FINDING_STOPS)
    if claim.invoice_id is None and claim.application_id is None and invoicing.is_invoiced(claim):
        return attempt.refuse(Refusal.MONTH_IS_INVOICED)
    given = judging.inputs(case, findings, words, routine, law)
    made = judging.state(given, law)
    before = queries.newest_statement(claim)
    number = before.number + 1 if before else 1
    if not move(claim, to=ClaimStatus.CALCULATED, new_round=before is not None):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    Statement.objects.create(
        claim=claim,
        review=reviewed,
        number=number,
        total_ore=made.total_ore,
        digest=made.digest,
        body=freeze(StatementRecord, made),
        case=judging.frozen(given),
        made_at=now,
        made_by_id=actor.person_id,
    )
    attempt.done(detail={"statement": number, "round": claim.round, "digest": made.digest})
    return Calculated(number=number, round=claim.round, statement=made)


# --- sent back, turned down ---------------------------------------------------------------------------------------


def return_claim(
    actor: Actor, claim_number: str, *, reason: str, now: datetime, seen: str | None = None
) -> ClaimStatus | Refusal:
    """Return the status of a claim that was sent back: its reports stay, and nothing is paid for them."""
    return _end(actor, claim_number, Action.RETURN_CLAIM, ClaimStatus.RETURNED, reason, now, seen)


def reject_claim(actor: Actor, claim_number: str, *, reason: str, now: datetime) -> ClaimStatus | Refusal:
    """Return the status of a claim that was turned down."""
    return _end(actor, claim_number, Action.REJECT_CLAIM, ClaimStatus.REJECTED, reason, now)


@transaction.atomic
def _end(
    actor: Actor,
    claim_number: str,
    action: Action,
    status: ClaimStatus,
    reason: str,
    now: datetime,
    seen: str | None = None,
) -> ClaimStatus | Refusal:
    claim, attempt = found(actor, claim_number, action, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if claim.application_id is not None:
        # An application ends by a decision that can be appealed, or because it is taken back.
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not move(claim, to=status):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if claim.invoice is not None:
        _send_back(claim, claim.invoice, reason, asks_for_new=status is ClaimStatus.RETURNED, actor=actor, now=now)
    attempt.done(reason=reason)
    return status


def _send_back(claim: Claim, invoice: Invoice, reason: str, *, asks_for_new: bool, actor: Actor, now: datetime) -> None:
    """Send back the invoice of a claim that has ended, with what was found to stop it."""
    rows_found = queries.findings_of(claim)
    stopped = stopping(records.findings(rows_found), records.words(rows_found))
    reasons = [reason, *(finding.message for finding in stopped)]
    codes = {finding.code for finding in stopped}
    sent = send_back(invoice, reasons, case=claim.number, asks_for_new=asks_for_new, actor=actor, now=now, codes=codes)
    if sent is None:
        raise RuntimeError(f"the invoice of claim {claim.number} moved while the claim was ended")


def found(
    actor: Actor, claim_number: str, action: Action, now: datetime, seen: str | None = None
) -> tuple[Claim | Refusal, Attempt]:
    """Return a claim the actor may do this to now, or the refusal; and the attempt to go on with."""
    claim = queries.claim_in(actor, claim_number)
    if claim is None:
        attempt = Attempt(actor, action, "claim", claim_number, now)
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = queries.attempt_on(actor, _ON_INVOICE.get(action, action) if claim.invoice else action, claim, now)
    relation = queries.relation_to_claim(actor, claim, now=now)
    if refusal := attempt.refused(relation, claim.status):
        return refusal, attempt
    if seen is not None and seen != queries.standing(claim):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT), attempt
    return claim, attempt

"""Rows → core records: who has done what on a claim, and what a signature on it would be over."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.models import Person
from timvis.apps.claims import records as claims
from timvis.apps.claims import stamping
from timvis.apps.claims.models import Claim, Finding, Statement, Word
from timvis.apps.claims.queries import newest_decision
from timvis.apps.claims.records import report_rows
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion
from timvis.apps.routines import records as routines
from timvis.core.calendar.local_time import day_of
from timvis.core.law import LawBook
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.interpreter import Done, SigningFacts, acts_before
from timvis.core.routine.records import Act
from timvis.core.routine.shown import Shown


def payee_version(claim: Claim, now: datetime) -> PayeeVersion | None:
    """Return the payee form that counts today for a claim, as it is known now."""
    recipient_id = None if claim.invoice_id is not None else claim.recipient_id
    return parties.payee(recipient_id, claim.provider_id, known_at=now, on=day_of(now))


def shown(claim: Claim, statement: Statement, now: datetime, act: Act | None = None) -> Shown:
    """Return what a person must have in front of her when she signs an act now; no act: everything there is.

    The officer's decision is in it for those who sign after she has made it: the others never saw one.
    """
    payee = payee_version(claim, now)
    routine = routines.routine(claim.routine_version)
    sees_decision = act is None or Act.DECIDE in acts_before(routine, act)
    return Shown(
        claim_number=claim.number,
        round=claim.round,
        statement_digest=statement.digest,
        total_ore=statement.total_ore,
        payee=(payee.payee_name, payee.account_kind, payee.account_number) if payee else (),
        coding=tuple(_coding(claim, now)),
        decision=_decision(claim) if sees_decision else (),
    )


def _coding(claim: Claim, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the account strings of a claim part by part, those of an invoice's shares told apart by number."""
    for number, each in enumerate(stamping.coded(claim, known_at=now), start=1):
        of_share = "" if each.amount.share is None else f"{number} "
        if of_share or each.is_stamped:
            yield f"{of_share}konto", each.string.account
        yield from ((f"{of_share}{code}", value) for code, value in each.string.parts)


def _decision(claim: Claim) -> tuple[str, ...]:
    made = newest_decision(claim)
    if made is None:
        return ()
    return (str(made.number), str(made.period_from), str(made.period_to), str(made.amount_ore))


def signed(claim: Claim) -> tuple[Done, ...]:
    """Return the signatures of the present round, in the order they were given."""
    rows = SignedAct.objects.filter(claim=claim, round=claim.round).order_by("id")
    return tuple(Done(act=Act(row.act), person_id=row.person_id) for row in rows)


def still_hold(claim: Claim, statement: Statement, now: datetime) -> bool:
    """Whether every signature of the present round is over what its person would be shown now at her step."""
    given = SignedAct.objects.filter(claim=claim, round=claim.round).values_list("act", "shown_digest")
    return all(shown(claim, statement, now, Act(act)).digest == digest for act, digest in given)


def done_before(claim: Claim, statement: Statement) -> tuple[Done, ...]:
    """Return who handed in or typed in, registered, stamped, reviewed, decided and calculated, as persons did.

    A stamp that no longer covers the allocation is not set, a decision of another amount is not made.
    """
    typed_in = report_rows(claim).values_list("original__received_by_id", flat=True)
    stamp, decided = stamping.newest_stamp(claim), newest_decision(claim)
    acts = {
        (Act.HAND_IN, claim.submitted_by_id),
        *((Act.HAND_IN, person_id) for person_id in typed_in),
        (Act.REGISTER, claim.invoice.registered_by_id if claim.invoice else None),
        (Act.ACCOUNT_STAMP, stamp.made_by_id if stamp else None),
        (Act.REVIEW, statement.review.made_by_id),
        (Act.DECIDE, decided.made_by_id if decided and decided.amount_ore == statement.total_ore else None),
        (Act.CALCULATE, statement.made_by_id),
    }
    known = sorted((act, person_id) for act, person_id in acts if person_id is not None)
    return tuple(Done(act=act, person_id=person_id) for act, person_id in known)


def signing_facts(
    claim: Claim, statement: Statement, act: Act, *, shown_digest: str, law: LawBook, now: datetime
) -> SigningFacts:
    """Return what a signature on a claim is judged on."""
    current_digest = shown(claim, statement, now, act).digest
    return SigningFacts(
        current_digest=current_digest,
        shown_digest=shown_digest,
        signatures_hold=still_hold(claim, statement, now),
        done=done_before(claim, statement),
        disqualified_ids=frozenset(_worked_or_vouched(claim)),
        findings_without_word=findings_without_word(statement),
        unconfirmed_numbers=len(law.unconfirmed(claims.statement(statement).law_rows)),
    )


def findings_without_word(statement: Statement) -> int:
    """Return how many findings of the statement's review still wait for an answer."""
    last_word = Word.objects.filter(finding=OuterRef("pk")).order_by("-said_at", "-id").values("word")[:1]
    findings = Finding.objects.filter(review=statement.review, severity__in=list(NEEDS_WORD))
    return (
        findings.annotate(last_word=Subquery(last_word))
        .filter(Q(last_word__isnull=True) | Q(last_word=WordKind.ASK))
        .count()
    )


def _worked_or_vouched(claim: Claim) -> Iterator[int]:
    """Yield the persons who worked in the month or signed for it: they have an interest in what it comes to."""
    numbers = {
        number
        for row in report_rows(claim).values_list("assistant_number", "manager_signature_number")
        for number in row
        if number
    }
    yield from Person.objects.filter(personal_number__in=numbers).values_list("id", flat=True)

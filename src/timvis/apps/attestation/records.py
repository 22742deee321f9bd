"""Rows → core records: who has done what on a claim, and what a signature on it would be over."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.claims import records as claims
from timvis.apps.claims.models import Claim, Finding, Statement, Word
from timvis.apps.claims.records import report_rows
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion
from timvis.apps.parties.queries import members_of
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import AttestRight
from timvis.core.calendar.local_time import day_of
from timvis.core.disqualification import too_near
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.attest_rights import right_for
from timvis.core.routine.interpreter import AttestFacts, Done, SigningFacts
from timvis.core.routine.records import ATTEST_LIST, Act, Routine
from timvis.core.routine.shown import Shown

RESPONSIBILITY = "ansvar"
"""The code part that attest rights are given for."""


def payee_version(claim: Claim, now: datetime) -> PayeeVersion | None:
    """Return the payee form that counts today for a claim, as it is known now."""
    return parties.payee(claim.recipient_id, claim.provider_id, known_at=now, on=day_of(now))


def shown(claim: Claim, statement: Statement, now: datetime) -> Shown:
    """Return what a person who signs now must have in front of her."""
    payee = payee_version(claim, now)
    return Shown(
        claim_number=claim.number,
        round=claim.round,
        statement_digest=statement.digest,
        total_ore=statement.total_ore,
        payee=(payee.payee_name, payee.account_kind, payee.account_number) if payee else (),
        coding=routines.routine(claim.routine_version).coding.parts,
    )


def signed(claim: Claim) -> tuple[Done, ...]:
    """Return the signatures of the present round, in the order they were given."""
    rows = SignedAct.objects.filter(claim=claim, round=claim.round).order_by("id")
    return tuple(Done(act=Act(row.act), person_id=row.person_id) for row in rows)


def still_hold(claim: Claim, digest: str) -> bool:
    """Whether every signature of the present round is over what a person would be shown now."""
    return not SignedAct.objects.filter(claim=claim, round=claim.round).exclude(shown_digest=digest).exists()


def done_before(claim: Claim, statement: Statement) -> tuple[Done, ...]:
    """Return who handed in or typed in, reviewed and calculated, as far as persons did."""
    typed_in = report_rows(claim).values_list("original__received_by_id", flat=True)
    acts = {
        (Act.HAND_IN, claim.submitted_by_id),
        *((Act.HAND_IN, person_id) for person_id in typed_in),
        (Act.REVIEW, statement.review.made_by_id),
        (Act.CALCULATE, statement.made_by_id),
    }
    known = sorted((act, person_id) for act, person_id in acts if person_id is not None)
    return tuple(Done(act=act, person_id=person_id) for act, person_id in known)


def signing_facts(
    claim: Claim, statement: Statement, *, shown_digest: str, law: LawBook, now: datetime
) -> SigningFacts:
    """Return what a signature on a claim is judged on."""
    current_digest = shown(claim, statement, now).digest
    disqualified = disqualified_ids(claim, now)
    return SigningFacts(
        current_digest=current_digest,
        shown_digest=shown_digest,
        signatures_hold=still_hold(claim, current_digest),
        done=done_before(claim, statement),
        disqualified_ids=disqualified,
        disqualified_roles=_roles_of(disqualified, claim, day_of(now)),
        attest=_attest_facts(claim, statement, now),
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


def right_used(claim: Claim, act: Act, person_id: int, facts: SigningFacts) -> AttestRight | None:
    """Return the row of the attest list that a signature rests on, None where the routine leaves it to the roles."""
    if facts.attest is None:
        return None
    held = right_for(
        facts.attest.book,
        person_id=person_id,
        act=act,
        responsibility=facts.attest.responsibility,
        amount_ore=facts.attest.amount_ore,
        on=facts.attest.on,
    )
    assert not isinstance(held, Refusal), "asked only of somebody who may sign"
    rows = AttestRight.objects.filter(list__municipality=claim.municipality.slug, list__number=held.list_number)
    return rows.get(number=held.right.number)


def responsibility_of(routine: Routine) -> str:
    """Return the code that attest rights are given for, "" where the routine's account string has none."""
    return dict(routine.coding.parts).get(RESPONSIBILITY, "")


def disqualified_ids(claim: Claim, now: datetime) -> frozenset[int]:
    """Return the persons who stand too near a claim to sign it now (jäv): it is theirs, their family's, their firm's.

    A claim concerns its recipient, its provider and who acts for it, its payee and agents, and those who worked
    in the month or vouched for it.
    """
    interests = parties.interests(claim.municipality.slug, known_at=now)
    numbers = too_near(frozenset(_concerned(claim, now)), interests, day_of(now))
    acting = members_of(claim.provider, day_of(now))
    return frozenset(Person.objects.filter(personal_number__in=numbers).values_list("id", flat=True)) | acting


def _concerned(claim: Claim, now: datetime) -> Iterator[str]:
    """Yield the numbers of the persons and companies a claim concerns."""
    yield claim.recipient.personal_number
    yield claim.provider.organisation_number
    payee = payee_version(claim, now)
    if payee is not None and payee.payee_number:
        yield payee.payee_number
    for mandate in parties.mandates(claim.recipient_id, known_at=now):
        if mandate.valid_from <= day_of(now) and (mandate.valid_to is None or day_of(now) < mandate.valid_to):
            yield mandate.agent_number
    for row in report_rows(claim).values_list("assistant_number", "manager_signature_number"):
        yield from (number for number in row if number)


def _roles_of(person_ids: frozenset[int], claim: Claim, day: date) -> frozenset[str]:
    held = roles_in_force(day).filter(person_id__in=person_ids, municipality=claim.municipality.slug)
    return frozenset(held.values_list("role", flat=True))


def _attest_facts(claim: Claim, statement: Statement, now: datetime) -> AttestFacts | None:
    """Return what the board's attest list is asked with, None where the routine leaves it to the roles."""
    routine = routines.routine(claim.routine_version)
    if routine.attest_by != ATTEST_LIST:
        return None
    return AttestFacts(
        book=routines.attest_book(claim.municipality.slug, known_at=now),
        responsibility=responsibility_of(routine),
        amount_ore=statement.total_ore,
        on=day_of(now),
    )

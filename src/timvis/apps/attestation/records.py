"""Rows → core records: who has done what on some claims, and what a signature on each would be over.

What is asked of one claim is asked of many at once with as many queries, so that a list of what waits judges each
claim by the same facts as the signature itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, Subquery, prefetch_related_objects

from timvis.apps.attestation.models import SignedAct
from timvis.apps.claims import records as claims
from timvis.apps.claims import stamping, standing_near
from timvis.apps.claims.models import Claim, ClaimDecision, Finding, Statement, Word
from timvis.apps.claims.queries import decisions_behind, newest_statements
from timvis.apps.claims.stamping import Coded
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import AttestRight
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.records import Provider
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.attest_rights import AttestBook, right_for
from timvis.core.routine.interpreter import AttestFacts, Done, SigningFacts, acts_before, next_steps
from timvis.core.routine.records import Act, Routine
from timvis.core.routine.shown import Shown
from timvis.core.routine.terms import AttestBy

RESPONSIBILITY = "ansvar"
"""The code part that attest rights are given for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a signature on one claim stands on now; the facts are those of a person who has just been shown it."""

    claim: Claim
    statement: Statement
    payee: PayeeVersion | None
    shown: Shown
    signed: tuple[Done, ...]
    facts: SigningFacts
    findings_set_aside: int


def grounds(found: Collection[Claim], *, law: LawBook, now: datetime) -> dict[int, Grounds]:
    """Return what a signature on each of some claims stands on, by the claim's id; none before the calculation."""
    return _grounds(found, newest_statements(found), law, now)


def signing_facts(
    claim: Claim, statement: Statement, act: Act, *, shown_digest: str, law: LawBook, now: datetime
) -> SigningFacts:
    """Return what a signature on a claim is judged on."""
    facts = _grounds([claim], {claim.pk: statement}, law, now)[claim.pk].facts
    current = shown(claim, statement, now, act).digest
    return replace(facts, current_digest=current, shown_digest=shown_digest)


def _grounds(
    found: Collection[Claim], statements: Mapping[int, Statement], law: LawBook, now: datetime
) -> dict[int, Grounds]:
    ready = [claim for claim in found if claim.pk in statements]
    prefetch_related_objects(ready, "municipality", "recipient", "provider", "routine_version", "invoice", "refers_to")
    decisions = decisions_behind(ready)
    providers = parties.providers({claim.provider_id for claim in ready}, known_at=now)
    payees, signatures = standing_near.payees_of_each(ready, now), _signatures(ready)
    before, answers = _done_before(ready, statements), _answers(statements.values())
    disqualified = standing_near.disqualified(ready, payees, now)
    roles = standing_near.roles_of(ready, disqualified, day_of(now))
    books, codings = _attest_books(ready, now), _codings(ready, statements, providers)
    told: dict[int, Grounds] = {}
    for claim in ready:
        statement, payee = statements[claim.pk], payees.get(claim.pk)
        everything, signed = (
            _shown(claim, statement, payee, decisions.get(claim.pk), codings[claim.pk]),
            signatures[claim.pk],
        )
        seen = _seen_at(everything, claim, _next_act(claim, signed))
        silent, set_aside = answers.get(statement.review_id, (0, 0))
        told[claim.pk] = Grounds(
            claim=claim,
            statement=statement,
            payee=payee,
            shown=seen,
            signed=tuple(done for done, _ in signed),
            facts=SigningFacts(
                current_digest=seen.digest,
                shown_digest=seen.digest,
                signatures_hold=_hold(everything, claim, signed),
                done=before[claim.pk],
                disqualified_ids=disqualified[claim.pk],
                disqualified_roles=roles[claim.pk],
                attest=_attest_facts(claim, statement.total_ore, books, now),
                amount_ore=statement.total_ore,
                findings_without_word=silent,
                unconfirmed_numbers=len(law.unconfirmed(claims.law_rows(statement))),
            ),
            findings_set_aside=set_aside,
        )
    return told


def _next_act(claim: Claim, signed: Iterable[tuple[Done, str]]) -> Act | None:
    """Return the signature that a claim waits for, None when it has them all."""
    steps = next_steps(routines.routine(claim.routine_version), [done.act for done, _ in signed])
    return steps[0].signature if steps else None


# --- what is shown ------------------------------------------------------------------------------------------


def payee_version(claim: Claim, now: datetime) -> PayeeVersion | None:
    """Return the payee form that counts today for a claim, as it is known now."""
    return standing_near.payees_of_each([claim], now).get(claim.pk)


def shown(claim: Claim, statement: Statement, now: datetime, act: Act | None = None) -> Shown:
    """Return what a person must have in front of her when she signs an act now; no act: everything there is.

    The officer's decision is in it for those who sign after she has made it: the others never saw one.
    """
    return _seen_at(_everything(claim, statement, now), claim, act)


def _everything(claim: Claim, statement: Statement, now: datetime) -> Shown:
    providers = parties.providers({claim.provider_id}, known_at=now)
    decided, coding = (
        decisions_behind([claim]).get(claim.pk),
        _codings([claim], {claim.pk: statement}, providers)[claim.pk],
    )
    return _shown(claim, statement, payee_version(claim, now), decided, coding)


def _seen_at(everything: Shown, claim: Claim, act: Act | None) -> Shown:
    """Return what is shown at the step of one act, out of everything there is."""
    if act is None or Act.DECIDE in acts_before(routines.routine(claim.routine_version), act):
        return everything
    return replace(everything, decision=())


def _shown(
    claim: Claim,
    statement: Statement,
    payee: PayeeVersion | None,
    decided: ClaimDecision | None,
    coding: tuple[tuple[str, str], ...],
) -> Shown:
    return Shown(
        claim_number=claim.number,
        round=claim.round,
        statement_digest=statement.digest,
        total_ore=statement.total_ore,
        payee=(payee.payee_name, payee.account_kind, payee.account_number) if payee else (),
        coding=coding,
        decision=_told(decided) if decided else (),
    )


def _codings(
    found: Collection[Claim], statements: Mapping[int, Statement], providers: Mapping[int, Provider]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the account strings of each of some claims as they are shown, by the claim's id."""
    coded = stamping.coded_of_each(found, statements, providers)
    return {claim.pk: tuple(_coding(claim, coded[claim.pk])) for claim in found}


def _coding(claim: Claim, coded: tuple[Coded, ...]) -> Iterator[tuple[str, str]]:
    """Yield the account strings of a claim part by part, those of an invoice's shares told apart by number."""
    for number, each in enumerate(coded, start=1):
        of_share = "" if claim.invoice_id is None else f"{number} "
        if of_share or each.is_stamped:
            yield f"{of_share}konto", each.string.account
        yield from ((f"{of_share}{code}", value) for code, value in each.string.parts)


def _told(decided: ClaimDecision) -> tuple[str, ...]:
    return (str(decided.number), str(decided.period_from), str(decided.period_to), str(decided.amount_ore))


# --- who has done what --------------------------------------------------------------------------------------


def signed(claim: Claim) -> tuple[Done, ...]:
    """Return the signatures of the present round, in the order they were given."""
    return signed_in([claim])[claim.pk]


def still_hold(claim: Claim, statement: Statement, now: datetime) -> bool:
    """Whether every signature of the present round is over what its person would be shown now at her step."""
    return _hold(_everything(claim, statement, now), claim, _signatures([claim])[claim.pk])


def _hold(everything: Shown, claim: Claim, given: Iterable[tuple[Done, str]]) -> bool:
    return all(_seen_at(everything, claim, done.act).digest == digest for done, digest in given)


def signed_in(found: Collection[Claim]) -> dict[int, tuple[Done, ...]]:
    """Return the signatures of each claim's present round, by the claim's id."""
    given = _signatures(found)
    return {claim.pk: tuple(done for done, _ in given[claim.pk]) for claim in found}


def _signatures(found: Iterable[Claim]) -> Mapping[int, list[tuple[Done, str]]]:
    """Return the signatures of each claim's present round with the digests they are over, in their order."""
    given: defaultdict[int, list[tuple[Done, str]]] = defaultdict(list)
    rows = SignedAct.objects.filter(claim_id__in={claim.pk for claim in found}, round=F("claim__round"))
    for row in rows.only("claim_id", "act", "person_id", "shown_digest").order_by("id"):
        given[row.claim_id].append((Done(act=Act(row.act), person_id=row.person_id), row.shown_digest))
    return given


def done_before(claim: Claim, statement: Statement) -> tuple[Done, ...]:
    """Return who handed in or typed in, registered, stamped, reviewed, decided and calculated, as persons did.

    A stamp that no longer covers the allocation is not set, a decision of another amount is not made.
    """
    return _done_before([claim], {claim.pk: statement})[claim.pk]


def _done_before(found: Collection[Claim], statements: Mapping[int, Statement]) -> dict[int, tuple[Done, ...]]:
    typed_in = standing_near.told_in_reports(found, "original__received_by_id")
    decisions, stamps = decisions_behind(found), stamping.newest_stamps(found)
    told: dict[int, tuple[Done, ...]] = {}
    for claim in found:
        statement, decided = statements[claim.pk], decisions.get(claim.pk)
        stamp = stamps.get(claim.pk)
        acts = {
            (Act.HAND_IN, claim.submitted_by_id),
            *((Act.HAND_IN, person_id) for person_id in typed_in[claim.pk]),
            (Act.REGISTER, _registered_by(claim)),
            (Act.ACCOUNT_STAMP, stamp.made_by_id if stamp else None),
            (Act.DECIDE, decided.made_by_id if decided and _covers(decided, claim, statement) else None),
            (Act.REVIEW, statement.review.made_by_id),
            (Act.CALCULATE, statement.made_by_id),
        }
        known = sorted((act, person_id) for act, person_id in acts if person_id is not None)
        told[claim.pk] = tuple(Done(act=act, person_id=person_id) for act, person_id in known)
    return told


def _covers(decided: ClaimDecision, claim: Claim, statement: Statement) -> bool:
    """Whether a decision is on this very amount; one on an application lets its invoice come to less."""
    if decided.claim_id == claim.pk:
        return decided.amount_ore == statement.total_ore
    return decided.amount_ore >= statement.total_ore


def _registered_by(claim: Claim) -> int | None:
    """Return who at the office registered what a claim rests on; None when its owner handed it in herself."""
    if claim.invoice is not None:
        return claim.invoice.registered_by_id
    if claim.application_id is not None and claim.submitted_by_id is None:
        return claim.registered_by_id
    return None


# --- what was said ------------------------------------------------------------------------------------------


def _answers(statements: Iterable[Statement]) -> dict[int, tuple[int, int]]:
    """Return, by review, how many findings still wait for an answer and how many somebody has set aside."""
    last_word = Word.objects.filter(finding=OuterRef("pk")).order_by("-said_at", "-id").values("word")[:1]
    waiting = Q(last_word__isnull=True) | Q(last_word=WordKind.ASK)
    counted = (
        Finding.objects.filter(
            review_id__in={statement.review_id for statement in statements}, severity__in=list(NEEDS_WORD)
        )
        .annotate(last_word=Subquery(last_word))
        .values("review_id")
        .annotate(silent=Count("id", filter=waiting), set_aside=Count("id", filter=Q(last_word=WordKind.SET_ASIDE)))
    )
    return {row["review_id"]: (row["silent"], row["set_aside"]) for row in counted}


# --- the board's list ---------------------------------------------------------------------------------------


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


def _attest_books(found: Iterable[Claim], now: datetime) -> dict[str, AttestBook]:
    """Return the attest rights of the municipalities whose routines leave the attests to a list, by slug."""
    slugs = {
        claim.municipality.slug
        for claim in found
        if routines.routine(claim.routine_version).attest_by is AttestBy.ATTEST_LIST
    }
    return {slug: routines.attest_book(slug, known_at=now) for slug in slugs}


def listed_rights(found: Collection[Claim], now: datetime) -> dict[int, AttestFacts | None]:
    """Return what the board's list is asked with for each claim when its amount is left out of it."""
    books = _attest_books(found, now)
    return {claim.pk: _attest_facts(claim, 0, books, now) for claim in found}


def _attest_facts(claim: Claim, amount_ore: int, books: Mapping[str, AttestBook], now: datetime) -> AttestFacts | None:
    """Return what the board's attest list is asked with, None where the routine leaves it to the roles."""
    routine = routines.routine(claim.routine_version)
    if routine.attest_by is not AttestBy.ATTEST_LIST:
        return None
    return AttestFacts(
        book=books[claim.municipality.slug],
        responsibility=responsibility_of(routine),
        amount_ore=amount_ore,
        on=day_of(now),
    )

"""What waits for one person's signature, judged by the same facts and the same rule as the signature itself."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.attestation import records
from timvis.apps.attestation.records import Grounds
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import relations_to_claims
from timvis.apps.routines import records as routines
from timvis.core.access import POLICY, Action, Actor, Relation, may
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.routine.due_days import due_from
from timvis.core.routine.interpreter import AttestFacts, Done, SigningFacts, may_sign, next_steps
from timvis.core.routine.records import SIGNATURES, Act, Step
from timvis.formats.holiday_calendar.read import holidays_around

SIGNED_BY = frozenset(Action(act) for act in SIGNATURES)
"""The actions of the access table that are signatures."""

SIGNABLE = frozenset(state for row in POLICY if row.action in SIGNED_BY for state in row.states)
"""The statuses in which a claim can wait for a signature, as the access table has them."""

NOT_HERS = frozenset({Refusal.ROLE_DOES_NOT_ALLOW, Refusal.NO_RELATION, Refusal.WRONG_STATE, Refusal.NO_ATTEST_RIGHT})
"""Refusals that mean that a signature is somebody else's to give, and the claim no business of hers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim whose next signature is one that a person's role gives; `refusal` tells why she cannot, if so."""

    grounds: Grounds
    step: Step
    act: Act
    due_on: date | None
    refusal: Refusal | None

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.grounds.claim


def waiting(
    actor: Actor, *, law: LawBook, now: datetime, numbers: Collection[str] | None = None
) -> tuple[Waiting, ...]:
    """Return what waits for signatures of an actor's roles, those with the given claim numbers or all.

    The number of queries is the same for one claim and for ten thousand. A login may be old here; it may not when
    she signs.
    """
    claims = _in_her_town(actor, now, numbers)
    found = records.grounds(claims, law=law, now=now).values()
    return tuple(wait for one in found for wait in _waits(actor, one) if wait.refusal not in NOT_HERS)


def _waits(actor: Actor, one: Grounds) -> Iterator[Waiting]:
    routine, month_on = routines.routine(one.claim.routine_version), one.claim.month_on
    for step in next_steps(routine, [done.act for done in one.signed]):
        assert step.signature is not None, "a step that waits is a step that is signed"
        against = may_sign(
            routine, step, person_id=actor.person_id, roles=actor.roles, signed=one.signed, facts=one.facts
        )
        yield Waiting(
            grounds=one,
            step=step,
            act=step.signature,
            due_on=due_from(routine, step, month_on, holidays_around(month_on)),
            refusal=_refusal(actor, step.signature, one.claim, against),
        )


def how_many(actor: Actor, *, now: datetime) -> int:
    """Return how many claims wait for a signature of an actor's roles, as far as routine and signatures tell.

    For every page to tell. What takes the claim's own facts to know, such as a stake in it, is not asked.
    """
    if not signs(actor):
        return 0
    claims = _in_her_town(actor, now, None)
    signed, rights = records.signed_in(claims), records.listed_rights(claims, now)
    return sum(_is_next(actor, claim, signed[claim.pk], rights[claim.pk]) for claim in claims)


def signs(actor: Actor) -> bool:
    """Whether any of an actor's roles gives signatures at all."""
    return any(row.action in SIGNED_BY and row.role in actor.roles for row in POLICY)


def _is_next(actor: Actor, claim: Claim, signed: Sequence[Done], attest: AttestFacts | None) -> bool:
    routine = routines.routine(claim.routine_version)
    facts = SigningFacts(current_digest="", shown_digest="", attest=attest)
    return any(
        may_sign(routine, step, person_id=actor.person_id, roles=actor.roles, signed=signed, facts=facts) is None
        for step in next_steps(routine, [done.act for done in signed])
    )


def _in_her_town(actor: Actor, now: datetime, numbers: Collection[str] | None) -> list[Claim]:
    """Return the claims that can wait for a signature and that an actor stands to as an official, by number."""
    claims = Claim.objects.filter(municipality__slug=actor.municipality, status__in=SIGNABLE, is_paid_by_invoice=False)
    if numbers is not None:
        claims = claims.filter(number__in=numbers)
    # The towns and the routines are few, and a routine's text is long: each is fetched once, not once per claim.
    shared = ("municipality", "routine_version", "recipient__municipality", "provider__municipality")
    found = list(claims.select_related("recipient", "provider").prefetch_related(*shared).order_by("number"))
    relations = relations_to_claims(actor, found, now=now)
    return [claim for claim in found if relations[claim.pk] is Relation.OWN_MUNICIPALITY]


def _refusal(actor: Actor, act: Act, claim: Claim, by_routine: Refusal | None) -> Refusal | None:
    """Return the first reason against a signature: the access table's, and then the routine's.

    The login is taken to be fresh; it is asked for when she signs.
    """
    by_table = may(actor, Action(act), relation=Relation.OWN_MUNICIPALITY, state=claim.status, now=actor.logged_in_at)
    return by_table or by_routine

"""Every role × act × state × relation, with every history: the two judges together let through what is lawful only.

The oracle below is written from what the attest rules say, not from the table or the interpreter: sets of who may
give which signature, and sentences about persons. It shares no code with what it judges.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from tests.core.routines import a_routine
from timvis.core.access import Action, Actor, ClaimStatus, Relation, Role, may
from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.attest_rights import AttestBook, AttestList, AttestRight
from timvis.core.routine.board_lists import OffDuty
from timvis.core.routine.interpreter import AttestFacts, Done, SigningFacts, may_sign
from timvis.core.routine.records import Act, Routine, Separation, Step
from timvis.core.routine.terms import AttestBy

NOW = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
ME, OTHER = 1, 2

ORDER = (
    (Act.REVIEW_ATTEST, Role.ADMINISTRATIVE_ASSISTANT),
    (Act.RECEIPT_ATTEST, Role.SECTION_HEAD),
    (Act.MATCH_HOURS, Role.CASE_OFFICER),
    (Act.DECISION_ATTEST, Role.HEAD_OF_SOCIAL_SERVICES),
    (Act.AUTHORIZATION_ATTEST, Role.FINANCE_ASSISTANT),
    (Act.PAYMENT_RELEASE, Role.FINANCE_ASSISTANT),
)
SIGNATURES = tuple(act for act, _ in ORDER)
ROUTINE = a_routine(
    steps=tuple(Step(name=act, label=act, role=role, acts=(act,)) for act, role in ORDER),
    separations=(
        Separation(
            code="all_different",
            acts=(Act.REVIEW_ATTEST, Act.RECEIPT_ATTEST, Act.DECISION_ATTEST, Act.PAYMENT_RELEASE),
            text="Fyra personer.",
        ),
        Separation(
            code="own_work",
            acts=(Act.HAND_IN, Act.CALCULATE, Act.DECISION_ATTEST, Act.PAYMENT_RELEASE),
            text="Inget eget.",
        ),
    ),
)

# --- the oracle ------------------------------------------------------------------------------------------------

MAY_EVER = {
    "review_attest": {"case_officer", "administrative_assistant", "finance_assistant"},
    "receipt_attest": {"case_officer", "administrative_assistant", "section_head", "authority_head"},
    "match_hours": {"case_officer", "administrative_assistant", "finance_assistant"},
    "decision_attest": {
        *("section_head", "authority_head", "head_of_social_services", "municipal_director", "budget_owner")
    },
    "authorization_attest": {"administrative_assistant", "finance_assistant"},
    "payment_release": {"administrative_assistant", "finance_assistant", "budget_owner"},
}
"""By law, regulation and common sense: whose work a signature can be at all."""

NAMED = {
    "review_attest": "administrative_assistant",
    "receipt_attest": "section_head",
    "match_hours": "case_officer",
    "decision_attest": "head_of_social_services",
    "authorization_attest": "finance_assistant",
    "payment_release": "finance_assistant",
}
"""Whose step it is in the routine."""

NEVER_WITH = {
    "review_attest": {"receipt_attest", "decision_attest", "payment_release"},
    "receipt_attest": {"review_attest", "decision_attest", "payment_release"},
    "match_hours": set(),
    "decision_attest": {"review_attest", "receipt_attest", "payment_release", "hand_in", "calculate"},
    "authorization_attest": set(),
    "payment_release": {"review_attest", "receipt_attest", "decision_attest", "hand_in", "calculate"},
}
"""What the same person must not have done in the round."""


def is_lawful(role: str, act: str, state: str, relation: str, mine: set[str], *, is_next: bool, near: bool) -> bool:
    """Whether somebody who has this one role and has done these things may give this signature."""
    return (
        role in MAY_EVER[act]
        and role == NAMED[act]
        and state in ("calculated", "attested")
        and relation == "own_municipality"
        and is_next
        and not near
        and not mine & NEVER_WITH[act]
    )


# --- both judges, as the act asks them ------------------------------------------------------------------------


def outcome(
    role: Role,
    act: Act,
    state: str,
    relation: Relation,
    signed: tuple[Done, ...],
    facts: SigningFacts,
    routine: Routine,
) -> Refusal | None:
    """Return what the access table and then the routine say."""
    me = Actor(
        person_id=ME,
        name="",
        personal_number="",
        roles=frozenset({role}),
        municipality="ekstad",
        logged_in_at=NOW,
    )
    step = routine.signed_by(act)
    assert step is not None
    return may(me, Action(act), relation=relation, state=state, now=NOW) or may_sign(
        routine, step, person_id=ME, roles=me.roles, signed=signed, facts=facts
    )


def history(act: Act, mine: frozenset[Act], *, is_next: bool) -> tuple[tuple[Done, ...], tuple[Done, ...]]:
    """Return the signatures before an act, and what was done before them: what is not mine, each by another."""
    before = SIGNATURES[: SIGNATURES.index(act) + (0 if is_next else 1)]
    others = {one: 100 + place for place, one in enumerate(Act)}
    signed, done = (
        tuple(Done(act=one, person_id=ME if one in mine else others[one]) for one in acts)
        for acts in (before, (Act.HAND_IN, Act.CALCULATE))
    )
    return signed, done


HISTORIES = [frozenset({one}) for one in (*SIGNATURES, Act.HAND_IN, Act.CALCULATE)] + [frozenset[Act]()]


@pytest.mark.parametrize("act", SIGNATURES)
def test_every_role_in_every_state_and_relation_gives_lawful_outcomes_only(act: Act) -> None:
    asked = allowed = 0
    for role, state, relation, mine, is_next, near in product(
        Role, ("", *ClaimStatus), Relation, HISTORIES, (True, False), (False, True)
    ):
        signed, done = history(act, mine, is_next=is_next)
        took_part = {one.act.value for one in (*signed, *done) if one.person_id == ME}
        facts = SigningFacts(
            current_digest="d", shown_digest="d", done=done, disqualified_ids=frozenset({ME} if near else ())
        )

        refusal = outcome(role, act, state, relation, signed, facts, ROUTINE)

        lawful = is_lawful(role, act, state, relation, took_part, is_next=is_next, near=near)
        assert (refusal is None) is lawful, (role, state, relation, took_part, is_next, near, refusal)
        asked, allowed = asked + 1, allowed + lawful
    assert asked == len(Role) * (1 + len(ClaimStatus)) * len(Relation) * len(HISTORIES) * 2 * 2
    assert allowed > 0


# --- the same where the board's list decides --------------------------------------------------------------------

BY_LIST = replace(ROUTINE, attest_by=AttestBy.ATTEST_LIST)
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}


@pytest.mark.parametrize("act", SIGNATURES)
@pytest.mark.parametrize("kind", ["none", "own", "deputy", "another_act", "too_small", "ended"])
@pytest.mark.parametrize("away", ["nobody", "me", "other", "both"])
def test_where_the_list_decides_the_role_gives_nothing_and_takes_nothing(act: Act, kind: str, away: str) -> None:
    rights = {
        "none": [],
        "own": [AttestRight(number=1, act=act, person_id=ME, **YEAR)],
        "deputy": [
            AttestRight(number=1, act=act, person_id=OTHER, **YEAR),
            AttestRight(number=2, act=act, person_id=ME, deputy_of=1, **YEAR),
        ],
        "another_act": [
            AttestRight(number=1, act=next(one for one in SIGNATURES if one is not act), person_id=ME, **YEAR)
        ],
        "too_small": [AttestRight(number=1, act=act, person_id=ME, up_to_ore=Ore(99), **YEAR)],
        "ended": [
            AttestRight(number=1, act=act, person_id=ME, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 15))
        ],
    }[kind]
    gone = {"nobody": (), "me": (ME,), "other": (OTHER,), "both": (ME, OTHER)}[away]
    book = AttestBook(
        lists=(AttestList(number=1, board="N", rights=tuple(rights), **YEAR),),
        off_duty=tuple(OffDuty(person_id=one, off_from=date(2026, 6, 1), off_to=date(2026, 7, 1)) for one in gone),
    )
    signed, done = history(act, frozenset(), is_next=True)
    facts = SigningFacts(
        current_digest="d",
        shown_digest="d",
        done=done,
        attest=AttestFacts(book=book, responsibility="3100", amount_ore=100, on=NOW.date()),
    )
    has_it = ME not in gone and (kind == "own" or (kind == "deputy" and OTHER in gone))

    for role in Role:
        refusal = outcome(role, act, "calculated", Relation.OWN_MUNICIPALITY, signed, facts, BY_LIST)

        assert (refusal is None) is (has_it and role.value in MAY_EVER[act.value]), (role, refusal)

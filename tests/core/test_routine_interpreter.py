"""Who may sign what, next, over what: asked in the order of the refusals."""

from dataclasses import replace

import pytest

from tests.core.routines import DECISION, RELEASE, REVIEW, a_routine
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.interpreter import Done, SigningFacts, is_fully_signed, may_sign, next_steps, role_of
from timvis.core.routine.records import Act, Limit, Step

CECILIA, DAVID, HASSE = 1, 2, 3
ROUTINE = a_routine()
FACTS = SigningFacts(current_digest="d", shown_digest="d", done=(Done(act=Act.CALCULATE, person_id=CECILIA),))
ALL_ROLES = frozenset(Role)


def refusal(
    step: Step,
    person_id: int,
    *,
    roles: frozenset[str] = ALL_ROLES,
    signed: tuple[Done, ...] = (),
    facts: SigningFacts = FACTS,
) -> Refusal | None:
    return may_sign(ROUTINE, step, person_id=person_id, roles=roles, signed=signed, facts=facts)


DECIDED = (Done(act=Act.DECISION_ATTEST, person_id=DAVID),)


def test_the_next_step_is_the_first_that_waits_for_a_signature() -> None:
    assert next_steps(ROUTINE, []) == (DECISION,)
    assert next_steps(ROUTINE, [Act.DECISION_ATTEST]) == (RELEASE,)
    assert next_steps(ROUTINE, [Act.DECISION_ATTEST, Act.PAYMENT_RELEASE]) == ()
    assert is_fully_signed(ROUTINE, [Act.DECISION_ATTEST, Act.PAYMENT_RELEASE])


def test_the_right_person_may_sign_the_next_step() -> None:
    assert refusal(DECISION, DAVID, roles=frozenset({Role.HEAD_OF_SOCIAL_SERVICES})) is None
    assert refusal(RELEASE, HASSE, signed=DECIDED) is None


def test_a_step_without_a_signature_is_nobodys_to_sign() -> None:
    assert refusal(REVIEW, CECILIA) is Refusal.ROLE_DOES_NOT_ALLOW


def test_another_role_may_not_sign_even_what_is_not_next() -> None:
    assert refusal(RELEASE, DAVID, roles=frozenset({Role.CASE_OFFICER})) is Refusal.ROLE_DOES_NOT_ALLOW


@pytest.mark.parametrize("signed", [(), (*DECIDED, Done(act=Act.PAYMENT_RELEASE, person_id=HASSE))])
def test_a_step_is_signed_in_its_turn_and_once(signed: tuple[Done, ...]) -> None:
    assert refusal(RELEASE, HASSE, signed=signed) is Refusal.NOT_THE_NEXT_STEP


# --- the routine's own amount limits -------------------------------------------------------------------------

BY_AMOUNT = replace(
    ROUTINE,
    limits=(
        Limit(act=Act.DECISION_ATTEST, role=Role.HEAD_OF_SOCIAL_SERVICES, up_to_ore=Ore(5_000_000)),
        Limit(act=Act.DECISION_ATTEST, role=Role.MUNICIPAL_DIRECTOR, up_to_ore=None),
    ),
)


@pytest.mark.parametrize(
    ("role", "amount_ore", "expected"),
    [
        (Role.HEAD_OF_SOCIAL_SERVICES, 5_000_000, None),
        (Role.HEAD_OF_SOCIAL_SERVICES, 5_000_001, Refusal.ABOVE_AMOUNT_LIMIT),
        (Role.HEAD_OF_SOCIAL_SERVICES, -5_000_001, Refusal.ABOVE_AMOUNT_LIMIT),
        (Role.MUNICIPAL_DIRECTOR, 5_000_001, None),
        (Role.SECTION_HEAD, 1, Refusal.ROLE_DOES_NOT_ALLOW),
    ],
)
def test_the_routines_limits_say_who_signs_which_amount(role: Role, amount_ore: int, expected: Refusal | None) -> None:
    facts = replace(FACTS, amount_ore=amount_ore)

    told = may_sign(BY_AMOUNT, DECISION, person_id=DAVID, roles=frozenset({role}), signed=(), facts=facts)

    assert told is expected


def test_the_role_that_signs_is_the_one_the_limit_is_for() -> None:
    assert role_of(BY_AMOUNT, DECISION, {Role.MUNICIPAL_DIRECTOR}) == Role.MUNICIPAL_DIRECTOR
    assert role_of(BY_AMOUNT, DECISION, {Role.CASE_OFFICER}) == Role.HEAD_OF_SOCIAL_SERVICES


def test_nobody_signs_both_sides_of_a_separation() -> None:
    assert refusal(RELEASE, DAVID, signed=DECIDED) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert refusal(DECISION, CECILIA) is Refusal.SAME_PERSON_ALREADY_SIGNED, "she calculated it"


def test_an_interest_of_ones_own_disqualifies() -> None:
    facts = SigningFacts(current_digest="d", shown_digest="d", disqualified_ids=frozenset({DAVID}))

    assert refusal(DECISION, DAVID, facts=facts) is Refusal.DISQUALIFIED


def test_what_was_shown_must_still_be_what_there_is() -> None:
    facts = SigningFacts(current_digest="new", shown_digest="old")

    assert refusal(DECISION, DAVID, facts=facts) is Refusal.SHOWN_IS_NOT_CURRENT


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SigningFacts(current_digest="d", shown_digest="d", findings_without_word=1), Refusal.FINDINGS_WITHOUT_WORD),
        (SigningFacts(current_digest="d", shown_digest="d", unconfirmed_numbers=1), Refusal.LAW_NUMBER_IS_UNCONFIRMED),
        # Both: the one that stands first among the refusals is told.
        (
            SigningFacts(current_digest="d", shown_digest="d", findings_without_word=1, unconfirmed_numbers=1),
            Refusal.FINDINGS_WITHOUT_WORD,
        ),
    ],
)
def test_the_checks_a_step_names_must_hold(facts: SigningFacts, expected: Refusal) -> None:
    assert refusal(DECISION, DAVID, facts=facts) is expected


def test_a_check_that_a_step_does_not_name_is_not_made() -> None:
    facts = SigningFacts(current_digest="d", shown_digest="d", findings_without_word=1)

    assert refusal(RELEASE, HASSE, signed=DECIDED, facts=facts) is None

"""W-47: who may and who may not, in Motala's two orders of hands, asked of the one interpreter.

The routines are those that come with the package: points 1 and 2 of Motala's text, and point 3.
"""

from dataclasses import dataclass, field

import pytest

from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.routine.check import check, prove
from timvis.core.routine.interpreter import Done, SigningFacts, is_fully_signed, may_sign
from timvis.core.routine.records import Act, Routine
from timvis.formats.routine.packaged import packaged_routine


def shipped(slug: str) -> Routine:
    """The routine of that name in the package."""
    routine = packaged_routine(slug)
    assert routine is not None
    return routine


POINTS_1_AND_2 = shipped("motala/sick_cost_and_assistance")
POINT_3 = shipped("motala/first_twenty_hours")

ANNA, BO, CIA, DAN, EVA, DIRECTOR = 1, 2, 3, 4, 5, 6
PROVIDER = 9
HELD: dict[int, frozenset[Role]] = {
    ANNA: frozenset({Role.ADMINISTRATIVE_ASSISTANT}),
    BO: frozenset({Role.CASE_OFFICER}),
    CIA: frozenset({Role.HEAD_OF_SOCIAL_SERVICES}),
    DAN: frozenset({Role.SECTION_HEAD}),
    EVA: frozenset(),
    DIRECTOR: frozenset({Role.MUNICIPAL_DIRECTOR}),
}


@dataclass
class Invoice:
    """An invoice on its way through a routine, and who has done what with it."""

    routine: Routine
    done: list[Done] = field(default_factory=list)
    signed: list[Done] = field(default_factory=list)

    def does(self, person: int, *acts: Act) -> None:
        """Do what is no signature."""
        self.done += [Done(act=act, person_id=person) for act in acts]

    def may(
        self,
        person: int,
        act: Act,
        *,
        roles: frozenset[Role] | None = None,
        married_to_the_payee: int | None = None,
    ) -> Refusal | None:
        """Return why a person may not sign now, or None."""
        step = self.routine.signed_by(act)
        assert step is not None
        near = frozenset[int]() if married_to_the_payee is None else frozenset({married_to_the_payee})
        return may_sign(
            self.routine,
            step,
            person_id=person,
            roles=HELD[person] if roles is None else roles,
            signed=self.signed,
            facts=SigningFacts(
                current_digest="d",
                shown_digest="d",
                done=tuple(self.done),
                disqualified_ids=near,
                disqualified_roles=frozenset(role for one in near for role in HELD[one]),
            ),
        )

    def signs(self, person: int, act: Act, *, roles: frozenset[Role] | None = None) -> None:
        """Sign, which must be allowed."""
        assert self.may(person, act, roles=roles) is None
        self.signed.append(Done(act=act, person_id=person))


def registered(routine: Routine) -> Invoice:
    """An invoice that has come, that Anna has registered and stamped, and whose arithmetic she has attested."""
    invoice = Invoice(routine)
    invoice.does(PROVIDER, Act.HAND_IN)
    invoice.does(ANNA, Act.REGISTER, Act.ACCOUNT_STAMP, Act.CALCULATE)
    invoice.signs(ANNA, Act.REVIEW_ATTEST)
    return invoice


def decided() -> Invoice:
    """An invoice of kind 1 whose hours agree, and on which Bo has decided period and amount."""
    invoice = registered(POINTS_1_AND_2)
    invoice.signs(ANNA, Act.MATCH_HOURS)
    invoice.does(BO, Act.REVIEW, Act.DECIDE)
    return invoice


def test_kind_1_anna_bo_cia_and_anna_again_is_allowed() -> None:
    invoice = decided()

    invoice.signs(BO, Act.RECEIPT_ATTEST)
    invoice.signs(CIA, Act.DECISION_ATTEST)
    invoice.signs(ANNA, Act.PAYMENT_RELEASE)

    assert is_fully_signed(invoice.routine, [done.act for done in invoice.signed]), "so it is paid and booked"


@pytest.mark.parametrize("roles", [HELD[BO], frozenset(Role)])
def test_kind_1_bo_who_decided_tries_the_decision_attest_too_and_is_stopped(roles: frozenset[Role]) -> None:
    invoice = decided()
    invoice.signs(BO, Act.RECEIPT_ATTEST)

    expected = Refusal.ROLE_DOES_NOT_ALLOW if roles == HELD[BO] else Refusal.SAME_PERSON_ALREADY_SIGNED

    assert invoice.may(BO, Act.DECISION_ATTEST, roles=roles) is expected


def test_kind_1_bo_who_only_decided_is_stopped_as_well() -> None:
    """Another case officer received it: Bo still doesn't attest his own decision, whatever his roles have become."""
    invoice = decided()
    invoice.signs(EVA, Act.RECEIPT_ATTEST, roles=HELD[BO])

    assert invoice.may(BO, Act.DECISION_ATTEST, roles=HELD[CIA]) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_kind_1_no_attest_comes_before_the_decision_with_period_and_amount() -> None:
    invoice = registered(POINTS_1_AND_2)
    invoice.signs(ANNA, Act.MATCH_HOURS)

    assert invoice.may(BO, Act.RECEIPT_ATTEST) is Refusal.NOT_THE_NEXT_STEP, "nobody has decided"
    assert invoice.may(CIA, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP

    invoice.does(BO, Act.REVIEW, Act.DECIDE)

    assert invoice.may(BO, Act.RECEIPT_ATTEST) is None
    assert invoice.may(CIA, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP, "nobody has received it"


def test_kind_1_nothing_is_attested_before_the_account_is_stamped() -> None:
    invoice = Invoice(POINTS_1_AND_2)
    invoice.does(PROVIDER, Act.HAND_IN)
    invoice.does(ANNA, Act.REGISTER, Act.CALCULATE)

    assert invoice.may(ANNA, Act.REVIEW_ATTEST) is Refusal.NOT_THE_NEXT_STEP


def test_kind_2_with_more_hours_than_granted_gets_no_further_attest() -> None:
    """120 h are billed and 110 h granted: Anna doesn't sign that the hours agree, and nobody goes on without it."""
    invoice = registered(POINTS_1_AND_2)
    invoice.does(BO, Act.REVIEW, Act.DECIDE)

    assert invoice.may(BO, Act.RECEIPT_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    assert invoice.may(CIA, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    step = invoice.routine.step("match_hours")
    assert step is not None
    assert step.on_finding == "return_to_provider", "a new invoice is asked for"


def test_kind_3_anna_dan_bo_cia_is_allowed_in_that_order_only() -> None:
    invoice = registered(POINT_3)

    assert invoice.may(BO, Act.MATCH_HOURS) is Refusal.NOT_THE_NEXT_STEP, "Bo before Dan"

    invoice.signs(DAN, Act.RECEIPT_ATTEST)
    invoice.signs(BO, Act.MATCH_HOURS)
    invoice.signs(CIA, Act.DECISION_ATTEST)
    invoice.signs(ANNA, Act.PAYMENT_RELEASE)

    assert is_fully_signed(invoice.routine, [done.act for done in invoice.signed])


def test_whose_spouse_is_paid_is_stopped_and_the_next_chief_attests() -> None:
    invoice = decided()
    invoice.signs(BO, Act.RECEIPT_ATTEST)

    assert invoice.may(CIA, Act.DECISION_ATTEST, married_to_the_payee=CIA) is Refusal.DISQUALIFIED
    assert invoice.may(DIRECTOR, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW, "while Cia can"
    assert invoice.may(DIRECTOR, Act.DECISION_ATTEST, married_to_the_payee=CIA) is None


def test_the_deputy_attests_only_while_she_stands_in() -> None:
    """The attest list gives Eva the role only while Cia is registered as off duty; without it she is nobody here."""
    invoice = decided()
    invoice.signs(BO, Act.RECEIPT_ATTEST)

    assert invoice.may(EVA, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW
    assert invoice.may(EVA, Act.DECISION_ATTEST, roles=HELD[CIA]) is None


# --- proved for every order and every person, not only these --------------------------------------------


@pytest.mark.parametrize("routine", [POINTS_1_AND_2, POINT_3], ids=lambda one: one.slug)
def test_both_orders_are_proved(routine: Routine) -> None:
    assert check(routine) == ()


@pytest.mark.parametrize("routine", [POINTS_1_AND_2, POINT_3], ids=lambda one: one.slug)
def test_the_same_role_registers_first_and_books_last_yet_four_eyes_are_kept(routine: Routine) -> None:
    proof = prove(routine).proof
    assert proof is not None

    (note,) = [note for note in proof.notes if note.code == "same_role_at_both_ends"]
    (own,) = [one for one in proof.conflicts if one.roles == (Role.ADMINISTRATIVE_ASSISTANT,) * 2]
    by_hand = {move.act: move.person for move in proof.passage}

    assert "någon annan måste göra: Beslutsattest" in note.message
    assert own.both_ends
    assert by_hand[Act.REGISTER] != by_hand[Act.DECISION_ATTEST] != by_hand[Act.PAYMENT_RELEASE]

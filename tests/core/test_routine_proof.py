"""The proof: on any routine it says what a second opinion says, and its examples do what they say."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.routine_oracle import faults_of, persons_for
from tests.core.routine_replay import Desk, replays
from tests.core.routines import DECISION, HAND_IN, OWN_WORK, PAYMENT, RELEASE, REVIEW, TWO_HANDS, a_routine
from timvis.core.access import Role
from timvis.core.routine.check import CounterExample, Proof, check, prove
from timvis.core.routine.passages import MACHINE
from timvis.core.routine.records import Act, ClaimKind, OnFinding, Routine, Separation, Step
from timvis.formats.routine.packaged import packaged_routine

MOTALA = packaged_routine("motala/sick_cost_and_assistance")
assert MOTALA is not None

ROLES = (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, Role.HEAD_OF_SOCIAL_SERVICES)
BEFORE = (Act.HAND_IN, Act.REGISTER, Act.REVIEW, Act.GIVE_WORD, Act.CALCULATE)
BETWEEN = (
    Act.REVIEW_ATTEST,
    Act.MATCH_HOURS,
    Act.ACCOUNT_STAMP,
    Act.DECIDE,
    Act.RECEIPT_ATTEST,
    Act.DECISION_ATTEST,
    Act.PAYMENT_RELEASE,
)
LAST = (Act.ORDER, Act.RUN_PAYMENTS, Act.TAKE_BANK_ANSWER, Act.BOOK, Act.ARCHIVE)


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """A routine somebody might write: mostly in a sensible order, separations at random."""
    before = draw(st.lists(st.sampled_from(BEFORE[1:]), unique=True, max_size=3))
    between = draw(st.lists(st.sampled_from(BETWEEN), unique=True, min_size=2, max_size=5))
    first = (Act.HAND_IN, *sorted({*before, Act.REGISTER, Act.CALCULATE}, key=BEFORE.index))
    needed = [act for act in (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE) if act not in between]
    acts = [*first, *between, *draw(st.sampled_from([needed, needed, needed, []])), *LAST]
    steps: list[Step] = []
    for number, act in enumerate(acts):
        if number and draw(st.booleans()) and not {act, *steps[-1].acts} & set(BETWEEN):
            steps[-1] = replace(steps[-1], acts=(*steps[-1].acts, act))
        else:
            back = draw(st.sampled_from([None, None, None, OnFinding.RETURN_TO_PROVIDER]))
            name = f"step_{number}"
            steps.append(Step(name=name, label=name, role=draw(st.sampled_from(ROLES)), acts=(act,), on_finding=back))
    named = st.lists(st.sampled_from([*first, *between, *between]), unique=True, min_size=2, max_size=4)
    separations = tuple(
        Separation(code=f"apart_{number}", acts=tuple(one), text="…")
        for number, one in enumerate(draw(st.lists(named, max_size=3)))
    )
    hands = draw(st.sampled_from([(), (TWO_HANDS,), (TWO_HANDS,)]))
    return a_routine(steps=tuple(steps), separations=(*separations, *hands))


@settings(max_examples=200, deadline=None)
@given(routines())
def test_the_verdict_is_that_of_a_second_opinion_which_tries_everything(routine: Routine) -> None:
    verdict, faults = prove(routine), faults_of(routine)

    if "misread" in faults:
        assert verdict.problems
        assert not any(isinstance(problem, CounterExample) for problem in verdict.problems)
        return
    assert {problem.code for problem in verdict.problems} == faults
    for problem in verdict.problems:
        assert isinstance(problem, CounterExample)
        assert replays(routine, problem)
    if verdict.proof:
        assert (verdict.proof.persons_needed, verdict.proof.fewest_persons) == persons_for(routine)
        Desk(routine).play(verdict.proof.passage)
        assert {move.act for move in verdict.proof.passage} == {act for step in routine.steps for act in step.acts}


def proof_of(routine: Routine) -> Proof:
    proof = prove(routine).proof
    assert proof is not None
    return proof


def codes(routine: Routine) -> list[str]:
    return [problem.code for problem in check(routine)]


# --- what only an exploration finds -------------------------------------------------------------------


def test_three_persons_can_break_what_two_cannot() -> None:
    """Two persons get stuck before they can cheat: only with a third does one of them both decide and release."""
    apart = (
        Separation(code="a", acts=(Act.CALCULATE, Act.DECISION_ATTEST), text="…"),
        Separation(code="b", acts=(Act.RECEIPT_ATTEST, Act.DECISION_ATTEST), text="…"),
        Separation(code="c", acts=(Act.CALCULATE, Act.RECEIPT_ATTEST), text="…"),
    )
    receipt = replace(DECISION, name="receipt", acts=(Act.RECEIPT_ATTEST,))

    (problem,) = check(a_routine(steps=(HAND_IN, REVIEW, receipt, DECISION, RELEASE, PAYMENT), separations=apart))

    assert problem.code == "same_person_decides_and_releases"
    assert isinstance(problem, CounterExample)
    assert len({move.person for move in problem.passage}) == 3


def test_two_acts_before_an_attest_kept_apart_from_it_together_are_a_dead_end() -> None:
    """Nothing stops one person from handing in and calculating; the attest then stops everybody, for ever."""
    both = Separation(code="both", acts=(Act.HAND_IN, Act.CALCULATE, Act.DECISION_ATTEST), text="…")

    (problem,) = check(a_routine(separations=(both, TWO_HANDS)))

    assert problem.code == "dead_end"
    assert problem.example.endswith("→ ingen: decision (decision_attest)")


def test_a_way_back_to_the_provider_leads_out_of_a_dead_end() -> None:
    both = Separation(code="both", acts=(Act.HAND_IN, Act.CALCULATE, Act.DECISION_ATTEST), text="…")
    returning = replace(DECISION, on_finding=OnFinding.RETURN_TO_PROVIDER)
    steps = (HAND_IN, REVIEW, returning, RELEASE, PAYMENT)

    proof = proof_of(a_routine(steps=steps, separations=(both, TWO_HANDS)))

    assert "way_back" in {note.code for note in proof.notes}


def test_a_separation_that_no_attest_guards_is_broken_before_our_eyes() -> None:
    first = Separation(code="first", acts=(Act.HAND_IN, Act.CALCULATE), text="…")
    books = Separation(code="books", acts=(Act.DECISION_ATTEST, Act.BOOK), text="…")

    problems = check(a_routine(separations=(TWO_HANDS, first, books)))

    assert [problem.code for problem in problems] == ["separation_is_not_held"] * 2
    assert "A: hand_in (hand_in) → A: review (review)" in problems[0].example
    assert "A: payment (book)" in problems[1].example, "nobody remembers who books"


def test_what_one_step_does_before_its_own_attest_need_not_be_by_the_same_hand() -> None:
    """The step reads as one person's, but only the signature is asked who gave it."""
    mixed = replace(DECISION, acts=(Act.CALCULATE, Act.DECISION_ATTEST))
    review = replace(REVIEW, acts=(Act.REVIEW, Act.GIVE_WORD))
    apart = Separation(code="apart", acts=(Act.CALCULATE, Act.PAYMENT_RELEASE), text="…")

    (problem,) = check(a_routine(steps=(HAND_IN, review, mixed, RELEASE, PAYMENT), separations=(apart,)))

    assert problem.code == "same_person_decides_and_releases"
    assert "A: decision (calculate) → B: decision (decision_attest)" in problem.example


def test_the_example_is_as_short_and_has_as_few_persons_as_can_be() -> None:
    (problem,) = check(a_routine(separations=(OWN_WORK,)))

    assert isinstance(problem, CounterExample)
    assert [move.text for move in problem.passage] == [
        "A: hand_in (hand_in)",
        "B: review (review)",
        "B: review (give_word)",
        "B: review (calculate)",
        "A: decision (decision_attest)",
        "A: release (payment_release)",
    ]


# --- what the proof tells -----------------------------------------------------------------------------


def test_the_proof_tells_how_few_can_do_it_and_with_how_many_it_always_goes() -> None:
    proof = proof_of(MOTALA)

    assert (proof.fewest_persons, proof.persons_needed) == (2, 6)
    assert {move.person for move in proof.passage} == {"A", "B"}
    (stuck,) = [note for note in proof.notes if note.code == "fewer_can_get_stuck"]
    assert {move.person for move in stuck.passage} == {"A", "B", "C", "D", "E"}
    assert proof.states > 50


def test_what_the_machine_does_is_nobodys() -> None:
    passage = proof_of(a_routine()).passage

    assert [move.person for move in passage if move.act is Act.BOOK] == [MACHINE]


def test_roles_at_both_ends_are_told_with_who_must_stand_between() -> None:
    own_books = replace(REVIEW, role=Role.FINANCE_ASSISTANT)
    register = replace(HAND_IN, role=Role.FINANCE_ASSISTANT)

    proof = proof_of(a_routine(steps=(register, own_books, DECISION, RELEASE, PAYMENT)))

    (note,) = [note for note in proof.notes if note.code == "same_role_at_both_ends"]
    assert "Redovisning och Frisläppande" in note.message
    assert "Beslutsattest (Två personer står bakom varje betalning.)" in note.message
    ends = {one.roles for one in proof.conflicts if one.both_ends}
    assert (Role.FINANCE_ASSISTANT, Role.FINANCE_ASSISTANT) in ends


def test_every_pair_of_roles_has_its_row_of_conflicts() -> None:
    proof = proof_of(MOTALA)

    roles = {role for one in proof.conflicts for role in one.roles}
    assert len(proof.conflicts) == len(roles) * (len(roles) + 1) / 2
    (row,) = [
        one
        for one in proof.conflicts
        if set(one.roles) == {Role.ADMINISTRATIVE_ASSISTANT, Role.HEAD_OF_SOCIAL_SERVICES}
    ]
    assert ((Act.DECISION_ATTEST, Act.PAYMENT_RELEASE), "decides_or_releases") in [
        (pair.acts, pair.separation) for pair in row.kept_apart
    ]


def test_a_bound_on_the_states_is_told_and_proves_nothing() -> None:
    verdict = prove(MOTALA, at_most=40)

    assert [problem.code for problem in verdict.problems] == ["too_many_states"]
    assert verdict.proof is None


def test_an_unanswered_question_keeps_from_publishing_but_not_from_proving() -> None:
    verdict = prove(a_routine(open_questions=("Vilken dag?",)))

    assert [problem.code for problem in verdict.problems] == ["open_question"]
    assert verdict.proof is not None


# --- other ends than a payment ------------------------------------------------------------------------


def test_a_substitutes_fee_ends_in_an_invoice_basis_and_asks_for_no_two_hands() -> None:
    booking = Step(name="book", label="Bokning", role=Role.CASE_OFFICER, acts=(Act.BOOK_SUBSTITUTE, Act.CALCULATE))
    basis = Step(name="basis", label="Underlag", role=Role.CASE_OFFICER, acts=(Act.SEND_INVOICE_BASIS,))
    fee = frozenset({ClaimKind.SUBSTITUTE_FEE})

    proof = proof_of(replace(a_routine(steps=(booking, basis), separations=()), claim_kinds=fee))

    assert proof.persons_needed == 1
    assert [note.code for note in proof.notes] == ["one_person_can_do_all"]
    assert codes(replace(a_routine(steps=(booking,), separations=()), claim_kinds=fee)) == ["end_cannot_be_reached"]


def test_state_assistance_ends_in_a_report_or_a_bill() -> None:
    gathers = Step(name="gather", label="Samla", role=Role.CASE_OFFICER, acts=(Act.HAND_IN, Act.REVIEW))
    bill = Step(name="bill", label="Räkning", role=Role.CASE_OFFICER, acts=(Act.SEND_BILL,))
    state = frozenset({ClaimKind.STATE_ASSISTANCE})

    assert codes(replace(a_routine(steps=(gathers, bill), separations=()), claim_kinds=state)) == []
    assert codes(replace(a_routine(steps=(gathers,), separations=()), claim_kinds=state)) == ["end_cannot_be_reached"]

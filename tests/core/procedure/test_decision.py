"""A decision cannot be made before it says what the law wants it to say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.procedure.decision import (
    NOT_WHOLLY_FAVOURABLE,
    DecisionRecord,
    Dissent,
    Outcome,
    Participant,
    amount_at_stake,
    faults_of,
    outcomes_of,
)
from timvis.core.quantities import Ore
from timvis.formats.statutes.read import load_statutes

STATUTES = load_statutes()
CECILIA = Participant(person_id=1, name="Cecilia Ceder", title="handläggare")
DAVID = Participant(person_id=2, name="David Dahl", title="socialchef")
ERIK = Participant(person_id=3, name="Erik Ek", title="jurist")
REASONS = "Vikarien arbetade 16 av de 24 sjuka timmarna. De övriga passen stod tomma, och då finns ingen merkostnad."

PARTLY = DecisionRecord(
    on=date(2026, 3, 2),
    outcome=Outcome.PARTLY_GRANTED,
    claimed_ore=Ore(500_000),
    granted_ore=Ore(320_000),
    period_from=date(2026, 1, 1),
    period_to=date(2026, 2, 1),
    reasons=REASONS,
    provisions=("LSS 9 § 2", "HFD 2015 ref 72"),
    decider=CECILIA,
)
GRANTED = replace(PARTLY, outcome=Outcome.GRANTED, granted_ore=Ore(500_000))
REFUSED = replace(PARTLY, outcome=Outcome.REFUSED, granted_ore=Ore(0))


def codes(record: DecisionRecord) -> set[str]:
    return {fault.code for fault in faults_of(record, STATUTES)}


@pytest.mark.parametrize("record", [GRANTED, PARTLY, REFUSED])
def test_a_decision_that_says_what_it_must_has_no_fault(record: DecisionRecord) -> None:
    assert faults_of(record, STATUTES) == ()


@pytest.mark.parametrize("record", [PARTLY, REFUSED])
def test_what_goes_against_somebody_has_reasons_and_a_provision(record: DecisionRecord) -> None:
    assert codes(replace(record, reasons=" ", provisions=())) == {"reasons_are_missing", "provisions_are_missing"}


def test_to_name_the_law_is_not_to_give_reasons() -> None:
    assert codes(replace(REFUSED, reasons="LSS 9 § 2, HFD 2015 ref 72.")) == {"reasons_are_missing"}


def test_what_is_wholly_favourable_may_be_short() -> None:
    assert faults_of(replace(GRANTED, reasons="", provisions=()), STATUTES) == ()


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (replace(PARTLY, decider=None), "decider_is_missing"),
        (replace(PARTLY, period_to=PARTLY.period_from), "period_has_no_day"),
        (replace(PARTLY, claimed_ore=Ore(0), granted_ore=Ore(0), outcome=Outcome.REFUSED), "claimed_is_no_amount"),
        (replace(PARTLY, granted_ore=Ore(-1)), "granted_is_negative"),
        (replace(PARTLY, outcome=Outcome.GRANTED), "outcome_is_not_what_the_amounts_say"),
        (replace(REFUSED, outcome=Outcome.PARTLY_GRANTED), "outcome_is_not_what_the_amounts_say"),
        (replace(GRANTED, outcome=Outcome.PARTLY_GRANTED), "outcome_is_not_what_the_amounts_say"),
        (replace(PARTLY, provisions=("LSS 99 §",)), "provision_is_unknown"),
        (replace(PARTLY, provisions=("HFD 2015 ref 72",), on=date(2015, 1, 7)), "provision_is_not_yet_in_force"),
        (replace(PARTLY, presenters=(CECILIA,)), "person_has_two_parts"),
        (replace(PARTLY, dissents=(Dissent(by=ERIK, opinion="Avslag."),)), "dissent_of_an_outsider"),
        (replace(PARTLY, others=(ERIK,), dissents=(Dissent(by=ERIK, opinion=" "),)), "dissent_is_empty"),
        (replace(REFUSED, is_automated=True), "automated_decision_goes_against_somebody"),
    ],
)
def test_a_decision_with_a_mistake_is_told_what_is_wrong(record: DecisionRecord, code: str) -> None:
    assert codes(record) == {code}


def test_every_mistake_is_told_at_once() -> None:
    record = replace(REFUSED, decider=None, reasons="", provisions=(), period_to=REFUSED.period_from)

    assert len(faults_of(record, STATUTES)) == 4


def test_presenters_and_others_who_took_part_stand_in_the_decision_with_their_dissent() -> None:
    record = replace(PARTLY, presenters=(DAVID,), others=(ERIK,), dissents=(Dissent(by=ERIK, opinion="Bifall."),))

    assert faults_of(record, STATUTES) == ()


def test_where_no_amount_was_asked_for_the_officer_says_whether_all_was_given() -> None:
    assert outcomes_of(None, 100) == {Outcome.GRANTED, Outcome.PARTLY_GRANTED}
    assert outcomes_of(None, 0) == {Outcome.REFUSED}


def test_a_large_refusal_is_not_small_because_little_was_granted() -> None:
    assert amount_at_stake(500_000, 100) == 500_000
    assert amount_at_stake(None, 700) == 700


@given(claimed=st.integers(1, 10**9), granted=st.integers(0, 10**9), outcome=st.sampled_from(Outcome))
def test_of_an_amount_asked_for_and_an_amount_given_one_outcome_is_right(
    claimed: int, granted: int, outcome: Outcome
) -> None:
    record = replace(PARTLY, claimed_ore=Ore(claimed), granted_ore=Ore(granted), outcome=outcome)

    (right,) = outcomes_of(claimed, granted)
    assert (outcome is right) == (codes(record) == set())


@given(
    outcome=st.sampled_from(sorted(NOT_WHOLLY_FAVOURABLE)),
    left_out=st.sets(st.sampled_from(["reasons", "provisions", "decider"]), min_size=1),
)
def test_whatever_is_left_out_of_a_decision_against_somebody_it_cannot_be_made(
    outcome: Outcome, left_out: set[str]
) -> None:
    whole = {Outcome.PARTLY_GRANTED: PARTLY, Outcome.REFUSED: REFUSED}[outcome]
    empty = {"reasons": "", "provisions": (), "decider": None}

    found = faults_of(replace(whole, **{name: empty[name] for name in left_out}), STATUTES)

    assert {fault.column for fault in found} == left_out

"""Completion: asked for with a day to answer, reminded of until it stops, and refused for only after that."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.routines import FORM, a_routine
from timvis.core.faults import Refusal
from timvis.core.routine.checklist import ChecklistRow, RowState
from timvis.core.routine.completion import (
    Asking,
    answer_day,
    may_refuse_for_missing,
    reminder_is_due,
    reminders_at_most,
)
from timvis.core.routine.records import Needed

SENT, LAST = date(2024, 3, 1), date(2024, 3, 15)
WANTED = replace(FORM, code="payslip", needed=Needed.EACH_CLAIM)


def row(state: RowState = RowState.MISSING, code: str = "payslip") -> ChecklistRow:
    """Return a row of the checklist that the decision waits for."""
    return ChecklistRow(requirement=replace(WANTED, code=code), state=state, why="Den behövs i varje ärende.")


ASKED = Asking(documents=frozenset({"payslip"}), sent_on=SENT, answer_by=LAST)


def test_the_routine_says_how_long_there_is_to_answer_or_the_officer_does() -> None:
    routine = a_routine()

    assert answer_day(replace(routine, settings=(("completion_days", 14),)), SENT) == LAST
    assert answer_day(routine, SENT) is None


def test_a_routine_that_does_not_say_how_often_reminds_of_nothing() -> None:
    routine = a_routine()

    assert reminders_at_most(replace(routine, settings=(("completion_reminders", 2),))) == 2
    assert reminders_at_most(routine) == 0


@pytest.mark.parametrize(("on", "due"), [(LAST, False), (LAST + timedelta(days=1), True)])
def test_a_reminder_is_due_the_day_after_the_last_day_to_answer(on: date, due: bool) -> None:
    assert reminder_is_due(ASKED, (row(),), on=on, at_most=1) is due


LONG_AFTER = LAST + timedelta(days=60)


def test_reminders_stop_when_it_has_come_when_the_case_is_over_and_when_enough_have_gone() -> None:
    assert reminder_is_due(ASKED, (row(),), on=LONG_AFTER, at_most=2)
    assert not reminder_is_due(ASKED, (row(RowState.IN),), on=LONG_AFTER, at_most=2)
    assert not reminder_is_due(ASKED, (row(),), on=LONG_AFTER, at_most=2, is_open=False)
    assert not reminder_is_due(replace(ASKED, reminders=2), (row(),), on=LONG_AFTER, at_most=2)


def test_nobody_is_reminded_of_what_the_letter_did_not_ask_for() -> None:
    assert not reminder_is_due(ASKED, (row(code="other"),), on=LONG_AFTER, at_most=2)


def test_a_refusal_for_a_missing_document_comes_after_it_was_asked_for_and_its_day_has_passed() -> None:
    assert may_refuse_for_missing((row(),), (), on=LONG_AFTER) is Refusal.COMPLETION_WAS_NOT_ASKED
    assert may_refuse_for_missing((row(),), (ASKED,), on=LAST) is Refusal.ANSWER_DAY_HAS_NOT_PASSED
    assert may_refuse_for_missing((row(),), (ASKED,), on=LAST + timedelta(days=1)) is None
    assert may_refuse_for_missing((row(RowState.IN),), (ASKED,), on=LONG_AFTER) is Refusal.NOTHING_IS_MISSING


def test_what_only_the_payment_waits_for_is_no_reason_to_refuse() -> None:
    paid_later = ChecklistRow(
        requirement=replace(WANTED, needed=Needed.BEFORE_FIRST_PAYMENT), state=RowState.MISSING, why="Saknas."
    )

    assert may_refuse_for_missing((paid_later,), (ASKED,), on=LONG_AFTER) is Refusal.NOTHING_IS_MISSING


def test_of_two_letters_about_the_same_document_the_later_day_counts() -> None:
    later = replace(ASKED, answer_by=LONG_AFTER)

    assert may_refuse_for_missing((row(),), (ASKED, later), on=LONG_AFTER) is Refusal.ANSWER_DAY_HAS_NOT_PASSED


rows = st.lists(st.builds(row, st.sampled_from(RowState), st.sampled_from(("payslip", "agreement"))), max_size=3).map(
    tuple
)
asked = st.lists(
    st.builds(
        Asking,
        documents=st.frozensets(st.sampled_from(("payslip", "agreement"))),
        sent_on=st.just(SENT),
        answer_by=st.dates(SENT, date(2024, 5, 1)),
        reminders=st.integers(0, 3),
    ),
    max_size=3,
).map(tuple)


@given(rows, asked, st.dates(SENT, date(2024, 6, 1)))
def test_nobody_is_refused_for_what_was_never_asked_for(
    rows: tuple[ChecklistRow, ...], asked: tuple[Asking, ...], on: date
) -> None:
    refused_for = {one.requirement.code for one in rows if one.is_missing}
    passed = {code for one in asked if one.answer_by < on for code in one.documents}
    if may_refuse_for_missing(rows, asked, on=on) is None:
        assert refused_for & passed

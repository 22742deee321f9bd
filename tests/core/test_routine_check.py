"""What keeps a routine from being published, and that nothing else does."""

from dataclasses import replace
from datetime import date

from tests.core.routines import DECISION, HAND_IN, OWN_WORK, PAYMENT, RELEASE, REVIEW, TWO_HANDS, a_routine
from timvis.core.calendar.deadlines import DayOfMonth, TimeAfterEvent, TimeUnit
from timvis.core.routine.check import check
from timvis.core.routine.due_days import due_days
from timvis.core.routine.records import Act, Routine, Separation
from timvis.formats.holiday_calendar.read import holidays_of


def codes(routine: Routine) -> list[str]:
    return [problem.code for problem in check(routine)]


def test_a_routine_with_two_hands_and_an_end_is_proved() -> None:
    assert check(a_routine()) == ()


def test_without_separations_one_person_carries_a_claim_from_registration_to_payment() -> None:
    problems = check(a_routine(separations=()))

    assert [problem.code for problem in problems] == ["one_person_can_do_all", "same_person_decides_and_releases"]
    assert problems[0].example.startswith("A: hand_in (hand_in) → A: review (review)")
    assert problems[0].example.endswith("A: release (payment_release)")


def test_keeping_registration_apart_is_not_enough_when_one_person_both_decides_and_releases() -> None:
    registrar = Separation(code="registrar", acts=(Act.HAND_IN, Act.PAYMENT_RELEASE), text="…")

    problems = check(a_routine(separations=(registrar,)))

    assert [problem.code for problem in problems] == ["same_person_decides_and_releases"]
    assert "B: decision (decision_attest) → B: release (payment_release)" in problems[0].example


def test_an_open_question_is_a_problem_wherever_it_stands() -> None:
    asking = replace(DECISION, role=None, open_question="Vem beslutar?")
    routine = a_routine(steps=(HAND_IN, REVIEW, asking, RELEASE, PAYMENT), open_questions=("Vilken dag?",))

    problems = check(routine)

    assert [(problem.code, problem.example) for problem in problems] == [
        ("open_question", "Vilken dag?"),
        ("open_question", "Vem beslutar?"),
    ]


def test_somebody_must_attest_the_decision_and_somebody_release_the_payment() -> None:
    found = codes(a_routine(steps=(HAND_IN, REVIEW, PAYMENT)))

    assert {"nobody_attests_the_decision", "nobody_releases_the_payment"} <= set(found)


def test_a_routine_that_never_archives_has_no_end() -> None:
    unending = replace(PAYMENT, acts=(Act.ORDER, Act.RUN_PAYMENTS, Act.TAKE_BANK_ANSWER, Act.BOOK))

    assert codes(a_routine(steps=(HAND_IN, REVIEW, DECISION, RELEASE, unending))) == ["end_cannot_be_reached"]


def test_a_step_that_comes_before_what_it_needs_can_never_be_reached() -> None:
    problems = check(a_routine(steps=(HAND_IN, DECISION, REVIEW, RELEASE, PAYMENT)))

    assert [(problem.code, problem.example) for problem in problems] == [("step_cannot_be_reached", "decision")]


def test_two_steps_of_one_name_and_an_act_done_twice_are_told() -> None:
    assert codes(a_routine(steps=(HAND_IN, REVIEW, DECISION, DECISION, RELEASE, PAYMENT))) == [
        "step_name_twice",
        "act_done_twice",
    ]


def test_two_signatures_in_one_step_would_be_one_signature() -> None:
    both = replace(DECISION, acts=(Act.DECISION_ATTEST, Act.PAYMENT_RELEASE))

    found = codes(a_routine(steps=(HAND_IN, REVIEW, both, PAYMENT), separations=(TWO_HANDS, OWN_WORK)))

    assert found == ["two_signatures_in_one_step"]


def test_the_due_days_of_a_month_follow_the_steps() -> None:
    by_the_fifth = replace(HAND_IN, due=DayOfMonth(day=5, months_after=1))
    after_the_start = replace(REVIEW, due=TimeAfterEvent(count=10, unit=TimeUnit.DAYS, event="starten"))
    routine = a_routine(steps=(by_the_fifth, after_the_start, DECISION, RELEASE, PAYMENT))

    first, second = due_days(routine, date(2021, 2, 1), holidays_of(2021, 2021))

    assert first.due is not None
    assert (first.step.name, first.due.on) == ("hand_in", date(2021, 3, 5))
    assert second.due is None, "no event has a day yet"
    assert second.rule == "Senast 10 dagar efter starten."

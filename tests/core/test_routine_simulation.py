"""What a new routine would have done to last year's cases: days, hands and money, each by itself."""

from dataclasses import replace
from datetime import date

from tests.core.routines import DECISION, HAND_IN, PAYMENT, RELEASE, REVIEW, TWO_HANDS, a_routine
from timvis.core.access import Role
from timvis.core.calendar.deadlines import DayOfMonth, TimeAfterEvent, TimeUnit
from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.records import Act, Limit, Routine, Separation, Step
from timvis.core.routine.simulation import PastAct, PastCase, Restated, SimulatedCase, Simulation, simulate
from timvis.core.routine.terms import AttestBy
from timvis.formats.holiday_calendar.read import holidays_around

CECILIA, DAVID, HASSE = 1, 2, 3
JANUARY = date(2021, 1, 1)

CASE = PastCase(
    number="ekstad-2021-0001",
    month_on=JANUARY,
    acts=(
        PastAct(act=Act.HAND_IN, on=date(2021, 2, 3)),
        PastAct(act=Act.REVIEW, on=date(2021, 2, 8), person_id=CECILIA, roles=frozenset({Role.CASE_OFFICER})),
        PastAct(act=Act.CALCULATE, on=date(2021, 2, 10), person_id=CECILIA, roles=frozenset({Role.CASE_OFFICER})),
        PastAct(
            act=Act.DECISION_ATTEST,
            on=date(2021, 2, 16),
            person_id=DAVID,
            roles=frozenset({Role.HEAD_OF_SOCIAL_SERVICES}),
        ),
        PastAct(
            act=Act.PAYMENT_RELEASE, on=date(2021, 2, 17), person_id=HASSE, roles=frozenset({Role.FINANCE_ASSISTANT})
        ),
    ),
    total_ore=100_000,
)
SAME = Restated(total_ore=100_000)


def through(after: Routine, *, before: Routine | None = None, restated: Restated = SAME) -> SimulatedCase:
    return simulate(before or a_routine(), after, CASE, restated, holidays_around(JANUARY))


def with_steps(*steps: Step) -> Routine:
    return a_routine(steps=steps)


def due_on_the(day: int) -> DayOfMonth:
    return DayOfMonth(day=day, months_after=1)


def test_the_same_routine_changes_nothing() -> None:
    told = through(a_routine())

    assert not told.is_changed
    assert (told.days, told.difference_ore, told.refused, told.added, told.dropped) == (0, 0, (), (), ())


# --- days -------------------------------------------------------------------------------------------------


def test_each_step_tells_when_it_was_done_and_how_long_it_waited() -> None:
    told = [(step.step, step.done_on, step.waited_days) for step in through(a_routine()).steps]

    assert told == [
        ("hand_in", date(2021, 2, 3), None),
        ("review", date(2021, 2, 10), 7),
        ("decision", date(2021, 2, 16), 6),
        ("release", date(2021, 2, 17), 1),
        ("payment", None, None),
    ]


def test_an_earlier_last_day_makes_the_same_work_late() -> None:
    before = with_steps(HAND_IN, replace(REVIEW, due=due_on_the(9)), DECISION, RELEASE, PAYMENT)
    after = with_steps(HAND_IN, replace(REVIEW, due=due_on_the(5)), DECISION, RELEASE, PAYMENT)

    told = through(after, before=before)

    review = next(step for step in told.steps if step.step == "review")
    assert (review.due_before_on, review.due_after_on) == (date(2021, 2, 9), date(2021, 2, 5))
    # Done on the 10th: one day late by the 9th, five by the 5th.
    assert (review.late_before, review.late_after, told.days) == (1, 5, 4)


def test_a_step_by_another_name_is_compared_with_the_step_that_did_the_same() -> None:
    before = with_steps(HAND_IN, REVIEW, replace(DECISION, due=due_on_the(20)), RELEASE, PAYMENT)
    renamed = replace(DECISION, name="attest", label="Attest", due=due_on_the(20))

    told = through(with_steps(HAND_IN, REVIEW, renamed, RELEASE, PAYMENT), before=before)

    attest = next(step for step in told.steps if step.step == "attest")
    assert attest.due_before_on == attest.due_after_on == date(2021, 2, 20)


def test_a_day_that_counts_from_an_event_is_not_guessed() -> None:
    by_event = replace(HAND_IN, due=TimeAfterEvent(count=10, unit=TimeUnit.DAYS))

    assert through(with_steps(by_event, REVIEW, DECISION, RELEASE, PAYMENT)).steps[0].due_after_on is None


# --- hands ------------------------------------------------------------------------------------------------


def test_a_signature_by_another_role_would_be_refused() -> None:
    budget_owner = replace(DECISION, role=Role.BUDGET_OWNER)

    (refused,) = through(with_steps(HAND_IN, REVIEW, budget_owner, RELEASE, PAYMENT)).refused

    assert (refused.step, refused.person_id, refused.refusal) == ("decision", DAVID, Refusal.ROLE_DOES_NOT_ALLOW)


def test_a_new_separation_refuses_who_did_both() -> None:
    both_by_cecilia = replace(
        CASE,
        acts=(
            *CASE.acts[:3],
            PastAct(
                act=Act.DECISION_ATTEST,
                on=date(2021, 2, 16),
                person_id=CECILIA,
                roles=frozenset({Role.HEAD_OF_SOCIAL_SERVICES}),
            ),
        ),
    )
    after = a_routine(separations=(TWO_HANDS, Separation(code="own", acts=(Act.REVIEW, Act.DECISION_ATTEST), text="")))

    told = simulate(a_routine(separations=()), after, both_by_cecilia, SAME, holidays_around(JANUARY))

    assert [(hand.step, hand.refusal) for hand in told.refused] == [("decision", Refusal.SAME_PERSON_ALREADY_SIGNED)]


def test_a_separation_falls_on_whoever_comes_last_in_the_new_order() -> None:
    same = replace(
        CASE,
        acts=(
            *CASE.acts[:3],
            *(
                PastAct(act=act, on=date(2021, 2, 16), person_id=DAVID, roles=frozenset(Role))
                for act in (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE)
            ),
        ),
    )
    turned = with_steps(HAND_IN, REVIEW, RELEASE, DECISION, PAYMENT)

    told = simulate(a_routine(), turned, same, SAME, holidays_around(JANUARY))

    assert [hand.step for hand in told.refused] == ["decision"]


def test_a_signature_that_is_still_to_come_by_either_routine_is_no_hand_more() -> None:
    not_attested = replace(CASE, acts=CASE.acts[:3])

    told = simulate(a_routine(), a_routine(), not_attested, SAME, holidays_around(JANUARY))

    assert (told.added, told.refused, told.is_changed) == ((), (), False)


def test_an_amount_above_the_new_limit_would_be_refused() -> None:
    limit = Limit(act=Act.DECISION_ATTEST, role=Role.HEAD_OF_SOCIAL_SERVICES, up_to_ore=Ore(99_999))

    (refused,) = through(replace(a_routine(), limits=(limit,))).refused
    assert (refused.step, refused.refusal) == ("decision", Refusal.ABOVE_AMOUNT_LIMIT)
    enough = replace(limit, up_to_ore=Ore(100_000))
    assert through(replace(a_routine(), limits=(enough,))).refused == ()


def test_where_an_attest_list_decides_the_role_says_nothing() -> None:
    by_list = replace(
        a_routine(steps=(HAND_IN, REVIEW, replace(DECISION, role=Role.BUDGET_OWNER), RELEASE, PAYMENT)),
        attest_by=AttestBy.ATTEST_LIST,
    )

    assert through(by_list).refused == ()


def test_a_signature_that_nobody_gave_is_one_hand_more() -> None:
    receipt = replace(DECISION, name="receipt", label="Mottagningsattest", acts=(Act.RECEIPT_ATTEST,))

    told = through(with_steps(HAND_IN, REVIEW, receipt, DECISION, RELEASE, PAYMENT))

    assert [(hand.step, hand.person_id, hand.refusal) for hand in told.added] == [("receipt", None, None)]
    assert told.refused == ()


def test_a_signature_that_is_not_asked_for_any_more_is_told() -> None:
    told = through(with_steps(HAND_IN, REVIEW, DECISION, PAYMENT))

    assert told.dropped == ("Frisläppande",)


# --- money ------------------------------------------------------------------------------------------------


def test_the_difference_is_told_to_the_ore() -> None:
    told = through(a_routine(), restated=Restated(total_ore=99_999))

    assert (told.difference_ore, told.is_changed) == (-1, True)


def test_an_amount_that_nobody_can_say_is_not_guessed_and_not_summed() -> None:
    unknown = through(a_routine(), restated=Restated(total_ore=None, gap="Ingen har bestämt beloppet."))
    more = through(a_routine(), restated=Restated(total_ore=100_500))
    simulation = Simulation(cases=(unknown, more))

    assert unknown.difference_ore is None
    assert unknown.is_changed
    assert (simulation.sum_ore, simulation.gaps, len(simulation.changed)) == (500, 1, 2)

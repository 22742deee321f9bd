"""An appeal: three weeks from service, never ending on a day off, and then step by step to the court."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.working_days import Definition, is_working_day
from timvis.core.faults import Refusal
from timvis.core.procedure.appeal import (
    AGAINST_WORDS,
    APPEAL_CITES,
    CHANGE_WORDS,
    COURT_WORDS,
    PAPER_WORDS,
    STEP_WORDS,
    TIME_WORDS,
    AgainstParty,
    AppealEvent,
    AppealStep,
    Arrival,
    Change,
    CourtAnswer,
    CourtPaper,
    TimeFinding,
    appeal_by,
    event_faults,
    final_from,
    next_steps,
    papers_to_court,
    received_on,
    time_of,
    why_not_change,
    why_not_step,
)
from timvis.formats.holiday_calendar.read import holidays_of
from timvis.formats.law.packaged import load_law
from timvis.formats.statutes.read import load_statutes

LAW = load_law()
YEARS = holidays_of(2018, 2027)
THREE_WEEKS = timedelta(days=21)
SERVED = date(2026, 3, 2)  # a Monday; three weeks later is Monday 23 March


# --- the time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("served_on", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 23)),  # an ordinary Monday
        (date(2026, 2, 28), date(2026, 3, 23)),  # served on a Saturday: Saturday 21 March → Monday
        (date(2026, 3, 13), date(2026, 4, 7)),  # Good Friday 3 April → Tuesday after Easter Monday
        (date(2026, 5, 29), date(2026, 6, 22)),  # Midsummer Eve 19 June → Monday
        (date(2025, 12, 3), date(2025, 12, 29)),  # Christmas Eve, a Wednesday → Monday 29 December
        (date(2025, 12, 10), date(2026, 1, 2)),  # New Year's Eve → 2 January, a Friday
        (date(2025, 12, 16), date(2026, 1, 7)),  # Twelfth Day 6 January → Wednesday
        (date(2026, 5, 16), date(2026, 6, 8)),  # the National Day, a Saturday → Monday
    ],
)
def test_the_last_day_moves_to_the_next_working_day(served_on: date, last: date) -> None:
    assert appeal_by(served_on, LAW, YEARS) == last


@given(st.dates(date(2018, 7, 1), date(2026, 11, 21)))
def test_the_last_day_is_a_working_day_and_never_sooner_than_three_weeks(served_on: date) -> None:
    last = appeal_by(served_on, LAW, YEARS)

    assert last >= served_on + THREE_WEEKS
    assert is_working_day(last, YEARS, Definition.MONDAY_TO_FRIDAY)
    between = [served_on + THREE_WEEKS + timedelta(days=n) for n in range((last - served_on - THREE_WEEKS).days)]
    assert not any(is_working_day(day, YEARS, Definition.MONDAY_TO_FRIDAY) for day in between)


@given(st.dates(date(2018, 7, 1), date(2026, 11, 20)))
def test_who_is_served_later_has_never_less_time(served_on: date) -> None:
    assert appeal_by(served_on, LAW, YEARS) <= appeal_by(served_on + timedelta(days=1), LAW, YEARS)


def finding(arrival: Arrival, *, served_on: date | None = SERVED, notice_was_right: bool = True) -> TimeFinding:
    return time_of(arrival, served_on=served_on, notice_was_right=notice_was_right, law=LAW, holidays=YEARS)


@pytest.mark.parametrize(
    ("arrival", "expected"),
    [
        (Arrival(came_on=date(2026, 3, 23)), TimeFinding.IN_TIME),
        (Arrival(came_on=date(2026, 3, 24)), TimeFinding.LATE),
        # A letter on the 24th can have been at the post office on the 23rd.
        (Arrival(came_on=date(2026, 3, 24), by_post=True), TimeFinding.IN_TIME),
        (Arrival(came_on=date(2026, 3, 25), by_post=True), TimeFinding.LATE),
        # Sent to the court by mistake, and there in time.
        (Arrival(came_on=date(2026, 3, 30), to_court_on=date(2026, 3, 23)), TimeFinding.IN_TIME),
        (Arrival(came_on=date(2026, 3, 30), to_court_on=date(2026, 3, 24)), TimeFinding.LATE),
    ],
)
def test_an_appeal_is_in_time_on_the_last_day_and_late_the_day_after(arrival: Arrival, expected: TimeFinding) -> None:
    assert finding(arrival) is expected


def test_a_letter_on_a_monday_counts_from_the_friday() -> None:
    assert received_on(Arrival(came_on=date(2026, 3, 30), by_post=True), YEARS) == date(2026, 3, 27)


def test_nobody_is_late_whose_day_of_service_is_not_known() -> None:
    assert finding(Arrival(came_on=date(2026, 9, 1)), served_on=None) is TimeFinding.NOT_BEGUN


def test_who_was_told_wrong_how_to_appeal_is_excused() -> None:
    assert finding(Arrival(came_on=date(2026, 4, 24)), notice_was_right=False) is TimeFinding.EXCUSED


def test_each_party_has_her_own_time_and_the_decision_is_final_after_the_last() -> None:
    later = date(2026, 3, 9)

    assert final_from([SERVED], LAW, YEARS) == date(2026, 3, 24)
    assert final_from([SERVED, later], LAW, YEARS) == date(2026, 3, 31)
    assert final_from([SERVED, None], LAW, YEARS) is None
    assert final_from([], LAW, YEARS) is None


def test_the_provisions_that_the_time_rests_on_are_known() -> None:
    assert set(APPEAL_CITES) <= load_statutes().keys()


# --- the steps -----------------------------------------------------------------------------------------

DAY = date(2026, 3, 23)
REGISTERED = AppealEvent(step=AppealStep.REGISTERED, on=DAY)
IN_TIME = AppealEvent(step=AppealStep.TIME_CHECKED, on=DAY, time=TimeFinding.IN_TIME)
LATE = replace(IN_TIME, time=TimeFinding.LATE)
REJECTED = AppealEvent(step=AppealStep.REJECTED_AS_LATE, on=DAY)
SET_ASIDE = AppealEvent(step=AppealStep.REJECTION_SET_ASIDE, on=DAY)
UNCHANGED = AppealEvent(step=AppealStep.RECONSIDERED, on=DAY, change=Change.NOT)
FORWARDED = AppealEvent(step=AppealStep.FORWARDED, on=DAY)
ANSWERED = AppealEvent(step=AppealStep.COURT_ANSWERED, on=DAY, answer=CourtAnswer.UPHELD)
WITHDRAWN = AppealEvent(step=AppealStep.WITHDRAWN, on=DAY)


@pytest.mark.parametrize(
    ("events", "steps"),
    [
        ((), {AppealStep.REGISTERED}),
        ((REGISTERED,), {AppealStep.TIME_CHECKED, AppealStep.WITHDRAWN}),
        ((REGISTERED, LATE), {AppealStep.REJECTED_AS_LATE, AppealStep.WITHDRAWN}),
        ((REGISTERED, IN_TIME), {AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
        ((REGISTERED, replace(IN_TIME, time=TimeFinding.NOT_BEGUN)), {AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
        ((REGISTERED, replace(IN_TIME, time=TimeFinding.EXCUSED)), {AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
        ((REGISTERED, LATE, REJECTED), {AppealStep.REJECTION_SET_ASIDE}),
        ((REGISTERED, LATE, REJECTED, SET_ASIDE), {AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
        ((REGISTERED, IN_TIME, UNCHANGED), {AppealStep.FORWARDED, AppealStep.WITHDRAWN}),
        ((REGISTERED, IN_TIME, UNCHANGED, FORWARDED), {AppealStep.COURT_ANSWERED}),
        ((REGISTERED, IN_TIME, UNCHANGED, FORWARDED, ANSWERED), set()),
        ((REGISTERED, WITHDRAWN), set()),
    ],
)
def test_one_step_follows_on_another(events: tuple[AppealEvent, ...], steps: set[AppealStep]) -> None:
    assert next_steps(events) == steps
    for step in AppealStep:
        assert why_not_step(events, step) is (None if step in steps else Refusal.NOT_THE_NEXT_STEP)


def test_a_wholly_changed_decision_goes_to_the_court_too_with_the_new_one() -> None:
    events = (REGISTERED, IN_TIME, replace(UNCHANGED, change=Change.WHOLLY))

    assert AppealStep.FORWARDED in next_steps(events)
    assert papers_to_court(events) == tuple(CourtPaper)
    assert CourtPaper.NEW_DECISION not in papers_to_court((REGISTERED, IN_TIME, UNCHANGED))


def test_every_way_through_the_steps_comes_to_an_end() -> None:
    ends: set[AppealStep] = set()

    def walk(events: tuple[AppealEvent, ...]) -> None:
        assert len(events) <= len(AppealStep)
        following = next_steps(events)
        if not following:
            ends.add(events[-1].step)
        for step in following:
            findings = TimeFinding if step is AppealStep.TIME_CHECKED else (None,)
            for found in findings:
                walk((*events, AppealEvent(step=step, on=DAY, time=found)))

    walk(())
    assert ends == {AppealStep.COURT_ANSWERED, AppealStep.WITHDRAWN}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (replace(IN_TIME, on=date(2026, 3, 22)), "step_is_before_the_one_before"),
        (replace(IN_TIME, time=None), "time_is_missing"),
        (replace(UNCHANGED, change=None), "change_is_missing"),
        (replace(ANSWERED, answer=None), "answer_is_missing"),
        (replace(FORWARDED, answer=CourtAnswer.UPHELD), "answer_does_not_belong"),
    ],
)
def test_a_step_with_a_mistake_is_told_what_is_wrong(event: AppealEvent, code: str) -> None:
    assert [fault.code for fault in event_faults((REGISTERED,), event)] == [code]


@pytest.mark.parametrize("event", [IN_TIME, LATE, REJECTED, UNCHANGED, FORWARDED, ANSWERED, WITHDRAWN])
def test_a_step_as_it_should_be_has_no_fault(event: AppealEvent) -> None:
    assert event_faults((REGISTERED,), event) == ()


def test_everything_has_its_words() -> None:
    assert set(TIME_WORDS) == set(TimeFinding)
    assert set(STEP_WORDS) == set(AppealStep)
    assert set(CHANGE_WORDS) == set(Change)
    assert set(COURT_WORDS) == set(CourtAnswer)
    assert set(PAPER_WORDS) == set(CourtPaper)
    assert set(AGAINST_WORDS) == set(AgainstParty)


# --- may the decision still be changed -----------------------------------------------------------------

STANDING = (REGISTERED, IN_TIME)
AT_COURT = (REGISTERED, IN_TIME, UNCHANGED, FORWARDED)


@pytest.mark.parametrize(
    ("appeals", "is_against_party", "ground", "refusal"),
    [
        ((), False, None, None),
        ((), True, None, Refusal.FAVOURABLE_DECISION_STANDS),
        ((), True, AgainstParty.MISLEADING, None),
        ((STANDING,), False, None, None),
        ((STANDING,), True, AgainstParty.MISLEADING, Refusal.FAVOURABLE_DECISION_STANDS),
        ((AT_COURT,), False, None, Refusal.WRONG_STATE),
        ((AT_COURT,), True, AgainstParty.SAFETY, Refusal.WRONG_STATE),
        (((REGISTERED, LATE, REJECTED),), True, AgainstParty.SAFETY, None),
        (((REGISTERED, WITHDRAWN),), True, AgainstParty.RESERVATION, None),
        (((*AT_COURT, ANSWERED),), False, None, None),
    ],
)
def test_a_decision_is_changed_for_the_better_until_it_lies_with_the_court(
    appeals: tuple[tuple[AppealEvent, ...], ...],
    is_against_party: bool,
    ground: AgainstParty | None,
    refusal: Refusal | None,
) -> None:
    assert why_not_change(appeals, is_against_party=is_against_party, ground=ground) is refusal


def test_no_ground_ever_opens_what_lies_with_the_court() -> None:
    for against, ground in product((False, True), (None, *AgainstParty)):
        assert why_not_change([STANDING, AT_COURT], is_against_party=against, ground=ground) is Refusal.WRONG_STATE

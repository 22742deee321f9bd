"""Nobody is decided against before she has seen what it rests on and had her time to answer."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NO_HEARING_WORDS, Hearing, NoHearing, NotHeard, hearing_faults, why_not_yet

SENT = Hearing(digest="a", sent_on=date(2026, 3, 2), way="brev", answer_by=date(2026, 3, 16))
ANSWERED = replace(SENT, answered_on=date(2026, 3, 9), answer="Assistenten arbetade visst.")
DAY_AFTER = date(2026, 3, 17)
UNNECESSARY = NotHeard(
    ground=NoHearing.OBVIOUSLY_UNNECESSARY,
    reason="Hon har själv dragit tillbaka det vi inte ger.",
    by_person_id=1,
    on=date(2026, 3, 2),
)


def why_not(heard: Hearing | NotHeard | None, on: date, outcome: Outcome = Outcome.REFUSED) -> Refusal | None:
    return why_not_yet(outcome, heard, digest="a", on=on)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.PARTLY_GRANTED])
def test_what_goes_against_somebody_is_sent_to_her_first(outcome: Outcome) -> None:
    assert why_not(None, DAY_AFTER, outcome) is Refusal.PARTY_IS_NOT_HEARD


def test_what_gives_her_all_needs_no_hearing() -> None:
    assert why_not(None, DAY_AFTER, Outcome.GRANTED) is None


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2026, 3, 3), Refusal.TIME_TO_ANSWER_IS_NOT_OVER),
        (date(2026, 3, 16), Refusal.TIME_TO_ANSWER_IS_NOT_OVER),
        (DAY_AFTER, None),
    ],
)
def test_she_has_the_whole_of_the_last_day_to_answer(on: date, refusal: Refusal | None) -> None:
    assert why_not(SENT, on) is refusal


def test_her_answer_ends_the_waiting() -> None:
    assert why_not(ANSWERED, date(2026, 3, 8)) is Refusal.TIME_TO_ANSWER_IS_NOT_OVER
    assert why_not(ANSWERED, date(2026, 3, 9)) is None


def test_she_keeps_the_rest_of_her_time_when_more_is_coming() -> None:
    waits = why_not_yet(Outcome.REFUSED, ANSWERED, digest="a", on=date(2026, 3, 10), more_is_coming=True)

    assert waits is Refusal.TIME_TO_ANSWER_IS_NOT_OVER
    assert why_not_yet(Outcome.REFUSED, ANSWERED, digest="a", on=DAY_AFTER, more_is_coming=True) is None


@pytest.mark.parametrize("heard", [SENT, ANSWERED])
def test_what_has_been_added_since_she_saw_it_is_sent_anew(heard: Hearing) -> None:
    assert why_not_yet(Outcome.REFUSED, heard, digest="b", on=DAY_AFTER) is Refusal.SHOWN_IS_NOT_CURRENT


def test_an_exception_of_the_law_is_written_down_with_why() -> None:
    assert why_not(UNNECESSARY, date(2026, 3, 2)) is None
    assert why_not(replace(UNNECESSARY, reason=" "), date(2026, 3, 2)) is Refusal.REASON_IS_MISSING


def test_every_ground_has_its_words() -> None:
    assert set(NO_HEARING_WORDS) == set(NoHearing)


@pytest.mark.parametrize(
    ("hearing", "code"),
    [
        (replace(SENT, answer_by=SENT.sent_on), "no_time_to_answer"),
        (replace(SENT, answered_on=date(2026, 3, 1)), "answered_before_it_was_sent"),
        (replace(SENT, way=""), "way_is_missing"),
    ],
)
def test_a_hearing_with_a_mistake_is_told_what_is_wrong(hearing: Hearing, code: str) -> None:
    assert [fault.code for fault in hearing_faults(hearing)] == [code]


def test_a_hearing_as_it_should_be_has_no_fault() -> None:
    assert hearing_faults(ANSWERED) == ()

"""Before a decision goes against somebody she has seen what it rests on and has had time to answer (CAS-04)."""

from datetime import date, timedelta

import pytest

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.cast import Cast, ok
from timvis.apps.claims import decision_acts
from timvis.apps.claims.models import Hearing
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.hearing import NoHearing


@pytest.fixture
def cast(db: None) -> Cast:
    return d.an_office()


def test_nothing_goes_against_somebody_who_has_not_been_heard(cast: Cast) -> None:
    number = d.partly(cast)

    assert d.decide(cast, number) is Refusal.PARTY_IS_NOT_HEARD


def test_what_is_wholly_favourable_needs_no_hearing(cast: Cast) -> None:
    number = d.granted(cast)

    ok(d.decide(cast, number))
    assert d.propose(cast, number) is Refusal.WRONG_STATE


def test_the_proposal_is_a_letter_with_the_calculation_and_a_day_to_answer(cast: Cast) -> None:
    number = d.partly(cast)

    ok(d.propose(cast, number))

    hearing = Hearing.objects.get()
    assert (hearing.sent_on, hearing.answer_by, hearing.way) == (a.LATER.date(), d.ANSWER_BY, "brev")
    assert hearing.letter.code == "proposed_decision"
    assert hearing.letter.answer_by == d.ANSWER_BY
    assert "18 mars 2019" in hearing.letter.html
    assert "Den 8 februari arbetade ingen i hans ställe." in hearing.letter.html
    assert hearing.letter.html.count("<tr>") > 4
    assert not d.claim(number).decisions.exists()


def test_she_has_the_whole_of_her_time(cast: Cast) -> None:
    number = d.partly(cast)
    ok(d.propose(cast, number))
    last = a.LATER.replace(day=d.ANSWER_BY.day)

    assert d.decide(cast, number, now=last) is Refusal.TIME_TO_ANSWER_IS_NOT_OVER
    ok(d.decide(cast, number, now=last + timedelta(days=1)))


def test_her_answer_ends_the_waiting_and_stays_in_the_file(cast: Cast) -> None:
    number = d.partly(cast)
    d.heard(cast, number)

    made = d.decided(cast, number)

    assert made.hearing is not None
    answer = made.hearing.answers.get()
    assert (answer.text, answer.received_on, answer.registered_by_id) == (
        "Det stämmer inte.",
        a.LATER.date(),
        cast.cecilia.person_id,
    )


def test_whoever_has_more_to_say_keeps_the_rest_of_her_time(cast: Cast) -> None:
    number = d.partly(cast)
    ok(d.propose(cast, number))
    ok(
        decision_acts.register_answer(
            a.at(cast.cecilia, a.LATER),
            number,
            received_on=a.LATER.date(),
            text="Jag skickar ett intyg på fredag.",
            more_is_coming=True,
            now=a.LATER,
        )
    )

    assert d.decide(cast, number) is Refusal.TIME_TO_ANSWER_IS_NOT_OVER


def test_what_was_worked_out_anew_since_is_heard_anew(cast: Cast) -> None:
    number = d.partly(cast)
    d.heard(cast, number)
    week = a.a_week()
    week["substitute"] = week["substitute"][:3]
    changed_at = a.LATER + timedelta(minutes=5)
    from_paper = decision_acts.found(a.at(cast.cecilia, changed_at), number, decision_acts.Action.REVIEW, changed_at)
    assert not isinstance(from_paper[0], Refusal)
    change = d.application_acts.change_application(
        a.at(cast.cecilia, changed_at),
        number,
        a.almas(week),
        reason="Vikarien var borta en dag till.",
        seen=d.standing(d.claim(number)),
        law=d.law(),
        now=changed_at,
    )
    assert isinstance(change, int), change
    ok(a.calculate(cast, number, now=changed_at))

    assert d.decide(cast, number, now=changed_at) is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_ground_for_not_hearing_her_is_written_down_with_its_reason(cast: Cast) -> None:
    number = d.partly(cast)

    assert d.decide(cast, number, not_heard=NoHearing.OBVIOUSLY_UNNECESSARY) is Refusal.REASON_IS_MISSING
    made = d.decide(
        cast, number, not_heard=NoHearing.OBVIOUSLY_UNNECESSARY, not_heard_because="Hon har själv räknat så."
    )

    assert isinstance(made, int), made
    decision = d.claim(number).decisions.get()
    assert (decision.not_heard, decision.not_heard_because, decision.hearing) == (
        "obviously_unnecessary",
        "Hon har själv räknat så.",
        None,
    )


@pytest.mark.parametrize("answer_by", [a.LATER.date(), date(2019, 3, 1)])
def test_a_day_that_leaves_no_time_is_a_fault_and_nothing_is_sent(cast: Cast, answer_by: date) -> None:
    number = d.partly(cast)

    faults = d.propose(cast, number, answer_by=answer_by)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults if isinstance(fault, Fault)] == ["no_time_to_answer"]
    assert not Hearing.objects.exists()


def test_an_answer_says_something_and_came_after_the_proposal(cast: Cast) -> None:
    number = d.partly(cast)
    ok(d.propose(cast, number))

    faults = decision_acts.register_answer(
        a.at(cast.cecilia, a.LATER), number, received_on=date(2019, 3, 1), text=" ", now=a.LATER
    )

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["answer_is_empty", "answer_came_another_day"]

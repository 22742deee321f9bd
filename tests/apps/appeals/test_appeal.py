"""An appeal is registered, checked for time, and the decision looked at again, before it goes to the court."""

from datetime import date, timedelta

import pytest

from tests.apps.appeals import appealing as p
from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.apps.signed_months import law
from tests.cast import Cast, in_another_town, ok
from timvis.apps.appeals import actions, records
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.models import Appeal, AppealStep
from timvis.apps.appeals.queries import standing_of
from timvis.apps.claims.decision_acts import Changed
from timvis.apps.claims.models import ChangeKind
from timvis.apps.documents.models import SentLetter
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.appeal import AppealStep as Step
from timvis.core.procedure.appeal import Change, CourtAnswer, TimeFinding


def steps(one: Appeal) -> list[str]:
    return [event.step.value for event in records.events(one)]


def letters(code: str) -> list[str]:
    return [letter.html for letter in SentLetter.objects.filter(code=code)]


# --- it comes in ----------------------------------------------------------------------------------------------


def test_an_appeal_is_kept_as_it_came_and_the_one_who_appealed_is_told(cast: Cast) -> None:
    number = p.decided(cast)

    one = p.appeal(cast, number, text="Den femte dagen arbetade min syster.")

    assert (one.text, one.came_on, one.registered_by_id) == (
        "Den femte dagen arbetade min syster.",
        p.LAST_DAY,
        cast.cecilia.person_id,
    )
    assert "Vi fick den 27 mars 2019 ditt överklagande" in letters("appeal_received")[0]


def test_an_empty_appeal_and_a_day_before_the_decision_are_told_at_once(cast: Cast) -> None:
    number = p.decided(cast)

    faults = actions.register_appeal(
        a.at(cast.cecilia, a.LATER), number, Written(came_on=date(2019, 1, 1)), name=" ", now=a.LATER
    )

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults if isinstance(fault, Fault)] == [
        "name_is_missing",
        "paper_is_empty",
        "day_is_outside",
    ]
    assert not Appeal.objects.exists()


def test_another_towns_appeal_is_as_if_it_did_not_exist(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast))

    outcome = actions.forward(a.at(in_another_town(cast.cecilia), a.LATER), one.pk, now=a.LATER)

    assert outcome is Refusal.NOT_FOUND


# --- in time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came_on", "time"), [(p.LAST_DAY, TimeFinding.IN_TIME), (p.LAST_DAY + timedelta(days=1), TimeFinding.LATE)]
)
def test_it_is_in_time_through_the_last_day_of_three_weeks(cast: Cast, came_on: date, time: TimeFinding) -> None:
    one = p.appeal(cast, p.decided(cast), on=came_on)

    assert p.judged(cast, one) is time


def test_what_came_too_late_is_rejected_by_a_letter_that_can_be_appealed(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast), on=p.LAST_DAY + timedelta(days=1))

    p.judged(cast, one)

    assert steps(one) == ["registered", "time_checked", "rejected_as_late"]
    (told,) = letters("appeal_rejected_as_late")
    assert "Tiden att överklaga gick ut den 27 mars 2019." in told
    assert "inom tre veckor" in told
    assert p.kept(cast, one) is Refusal.NOT_THE_NEXT_STEP


def test_while_nobody_knows_when_she_was_served_she_is_not_late(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast, served=False), on=date(2019, 9, 2))

    assert p.judged(cast, one) is TimeFinding.NOT_BEGUN


def test_a_day_of_service_that_was_wrong_is_told_anew(cast: Cast) -> None:
    number = p.decided(cast)
    ok(p.serve(cast, number, on=date(2019, 3, 8)))

    one = p.appeal(cast, number, on=date(2019, 3, 29))

    assert standing_of(one, law()).last_on == date(2019, 3, 29)
    assert p.judged(cast, one) is TimeFinding.IN_TIME


# --- looked at again ------------------------------------------------------------------------------------------


def test_what_is_not_changed_is_handed_over_with_the_reason(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast))
    p.judged(cast, one)

    ok(p.kept(cast, one))
    ok(p.forwarded(cast, one))

    assert steps(one) == ["registered", "time_checked", "reconsidered", "forwarded"]
    assert "Det som skrivs i överklagandet har vi redan prövat." in letters("appeal_forwarded")[0]


def test_nothing_is_handed_over_before_it_is_looked_at_again(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast))

    assert p.forwarded(cast, one) is Refusal.NOT_THE_NEXT_STEP
    p.judged(cast, one)
    assert p.forwarded(cast, one) is Refusal.NOT_THE_NEXT_STEP


def test_a_change_is_a_new_decision_and_not_a_word(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast))
    p.judged(cast, one)

    assert p.kept(cast, one, Change.WHOLLY) is Refusal.WRONG_STATE


def test_the_decision_is_changed_as_she_asked_and_she_is_told(cast: Cast) -> None:
    number = p.decided(cast)
    one = p.appeal(cast, number)
    p.judged(cast, one)
    now = p.noon(p.LAST_DAY)
    changed = d.application_acts.change_application(
        a.at(cast.cecilia, now),
        number,
        a.almas(),
        reason="Systerns tidrapport.",
        seen=d.standing(d.claim(number)),
        law=law(),
        now=now,
    )
    assert isinstance(changed, int), changed
    ok(a.calculate(cast, number, now=now))
    because = Changed(kind=ChangeKind.CHANGE, because="Systerns tidrapport visar att hon arbetade.")
    made = actions.change_decision(
        a.at(cast.cecilia, now), number, d.wanted(number), because, seen=d.standing(d.claim(number)), now=now
    )
    assert made == 2

    ok(p.kept(cast, one, Change.WHOLLY))

    step = AppealStep.objects.get(appeal=one, step=Step.RECONSIDERED)
    assert step.decision == d.claim(number).decisions.get(number=2)
    assert len(letters("appeal_reconsidered")) == 1


def test_an_appealed_decision_is_never_changed_for_the_worse(cast: Cast) -> None:
    number = p.decided(cast)
    p.appeal(cast, number)
    now = p.noon(p.LAST_DAY)
    worse = d.wanted(number, amount_ore=1)

    outcome = actions.change_decision(
        a.at(cast.cecilia, now),
        number,
        worse,
        Changed(kind=ChangeKind.CHANGE, because="Vi räknade fel."),
        seen=d.standing(d.claim(number)),
        now=now,
    )

    assert outcome is Refusal.FAVOURABLE_DECISION_STANDS


# --- the court ------------------------------------------------------------------------------------------------


def test_the_courts_answer_ends_the_appeal_and_she_is_told_what_it_means(cast: Cast) -> None:
    one = p.appeal(cast, p.decided(cast))
    p.judged(cast, one)
    ok(p.kept(cast, one))
    ok(p.forwarded(cast, one))
    now = p.noon(date(2019, 8, 5))

    ok(
        actions.register_court_answer(
            a.at(cast.cecilia, now),
            one.pk,
            CourtAnswer.UPHELD,
            Written(came_on=date(2019, 8, 5), text="Överklagandet avslogs. Vårt beslut står fast."),
            decided_on=date(2019, 8, 1),
            now=now,
        )
    )

    assert not standing_of(one, law()).is_open
    assert "Vårt beslut står fast." in letters("appeal_answered")[0]


def test_an_appeal_may_be_taken_back_until_the_court_has_it(cast: Cast) -> None:
    number = p.decided(cast)
    one = p.appeal(cast, number)
    now = p.noon(p.LAST_DAY)

    ok(actions.withdraw(a.at(cast.cecilia, now), one.pk, because="Alma ringde.", now=now))

    assert p.forwarded(cast, one) is Refusal.NOT_THE_NEXT_STEP
    other = p.appeal(cast, number)
    p.judged(cast, other)
    ok(p.kept(cast, other))
    ok(p.forwarded(cast, other))
    assert actions.withdraw(a.at(cast.cecilia, now), other.pk, because="Nej", now=now) is Refusal.NOT_THE_NEXT_STEP

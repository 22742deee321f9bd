"""A case older than six months is seen to be, its delay told, and a demand answered within four weeks (CAS-11)."""

from datetime import date, datetime

from tests.apps.appeals import appealing as p
from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.apps.signed_months import law
from tests.cast import Cast, ok
from timvis.apps.appeals import delays
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.models import DemandAnswer
from timvis.apps.appeals.queries import ages_of
from timvis.apps.documents.models import SentLetter
from timvis.core.faults import Refusal
from timvis.core.procedure.six_months import DemandAnswer as Answer
from timvis.core.procedure.six_months import Shown

OLD = date(2019, 9, 5)
"""The application came 4 March 2019, so six months are over after 4 September."""


def age(number: str, on: date) -> Shown:
    claim = d.claim(number)
    return ages_of([claim], on, law())[claim.pk]


def demand(cast: Cast, number: str, on: date) -> None:
    now = p.noon(on)
    ok(delays.register_demand(a.at(cast.cecilia, now), number, Written(came_on=on, text="Besluta nu."), now=now))


def answer(cast: Cast, number: str, now: datetime, because: str = "Vi väntar på ett intyg.") -> object:
    return delays.answer_demand(
        a.at(cast.cecilia, now), number, because=because, expected_by=date(2019, 12, 2), law=law(), now=now
    )


def test_six_months_after_it_came_a_case_is_old_and_says_so(cast: Cast) -> None:
    number = a.applied_for(cast)

    assert not age(number, date(2019, 9, 4)).is_old
    assert age(number, OLD).is_old
    assert age(number, OLD).delay_is_untold


def test_a_delay_is_told_by_letter_with_its_reason_and_a_day_that_is_watched(cast: Cast) -> None:
    number = a.applied_for(cast)
    now = p.noon(OLD)

    ok(
        delays.announce_delay(
            a.at(cast.cecilia, now), number, reason="Ett intyg dröjer.", expected_by=date(2019, 10, 1), now=now
        )
    )

    assert not age(number, OLD).delay_is_untold
    assert age(number, date(2019, 10, 2)).promise_is_broken
    assert "senast den 1 oktober 2019" in SentLetter.objects.get(code="delay_announced").html


def test_a_demand_shows_its_last_day_and_is_refused_in_a_decision_of_its_own(cast: Cast) -> None:
    number = a.applied_for(cast)
    demand(cast, number, OLD)

    assert age(number, OLD).answer_by == date(2019, 10, 3)
    assert answer(cast, number, p.noon(OLD)) is Answer.REFUSED
    assert "inom tre veckor" in SentLetter.objects.get(code="six_months_refused").html
    assert age(number, OLD).answer_by is None


def test_a_refusal_says_why(cast: Cast) -> None:
    number = a.applied_for(cast)
    demand(cast, number, OLD)

    assert answer(cast, number, p.noon(OLD), because=" ") is Refusal.REASON_IS_MISSING


def test_a_demand_that_came_too_early_is_dismissed(cast: Cast) -> None:
    number = a.applied_for(cast)
    demand(cast, number, date(2019, 6, 3))

    assert answer(cast, number, p.noon(date(2019, 6, 3))) is Answer.DISMISSED


def test_a_decision_answers_the_demand(cast: Cast) -> None:
    number = d.granted(cast)
    demand(cast, number, OLD)
    made = d.decide(cast, number, now=p.noon(OLD))
    assert isinstance(made, int), made

    assert answer(cast, number, p.noon(OLD)) is Answer.CASE_DECIDED
    assert DemandAnswer.objects.get().decision == d.claim(number).decisions.get()
    assert not age(number, OLD).is_old

"""An application on its way to an amount: what is found, what is said of it, what it comes to and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.apps.applications import sickness as a
from tests.apps.signed_months import law
from tests.cast import Cast, ok, on_stage
from timvis.apps.claims import actions as claims
from timvis.apps.claims import judging, queries, records
from timvis.apps.claims.models import Statement
from timvis.apps.claims.restating import restated
from timvis.apps.routines import records as routines
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal
from timvis.core.review.finding import WordKind


@pytest.fixture
def cast(db: None) -> Cast:
    everybody = on_stage(a.TOWN, "Östhammars kommun")
    a.adopt(everybody)
    return everybody


def test_a_week_with_a_substitute_comes_to_what_the_routine_says(cast: Cast) -> None:
    number = a.applied_for(cast)

    made = ok(a.calculate(cast, number))

    assert made.statement.total_ore == a.TOTAL_ORE
    assert a.claim(number).status == ClaimStatus.CALCULATED
    lines = {line.code: line for line in made.statement.lines}
    assert lines["sick_pay"].claimed_ore == a.SICK_PAY_ORE
    assert lines["sick_pay"].difference_ore == 0
    assert all(line.because and line.cites for line in made.statement.lines)


def test_it_comes_out_the_same_when_it_is_made_again(cast: Cast) -> None:
    number = a.applied_for(cast)
    ok(a.calculate(cast, number))

    again = queries.recompute_all(law())

    assert (again.statements, again.first_failure) == (1, None)
    kept = Statement.objects.get()
    assert judging.state(judging.thawed(kept.case), law()).digest == records.statement(kept).digest


def test_another_routine_is_tried_on_it_by_its_own_choices(cast: Cast) -> None:
    number = a.applied_for(cast)
    ok(a.calculate(cast, number))
    kept, routine = Statement.objects.get(), routines.routine(a.claim(number).routine_version)
    on_sick_pay = tuple(
        (code, "paid_sick_pay" if code == "holiday_pay_base" else value) for code, value in routine.settings
    )
    unsaid = tuple(pair for pair in routine.settings if pair[0] != "holiday_pay_base")

    assert restated(kept, routine, law()).total_ore == a.TOTAL_ORE
    assert a.SICK_PAY_ORE < (restated(kept, replace(routine, settings=on_sick_pay), law()).total_ore or 0) < a.TOTAL_ORE
    nothing = restated(kept, replace(routine, settings=unsaid), law())
    assert (nothing.total_ore, bool(nothing.gap)) == (None, True)


def test_a_day_without_a_substitute_is_not_paid_and_says_why(cast: Cast) -> None:
    week = a.a_week()
    week["substitute"] = week["substitute"][:4]
    number = a.applied_for(cast, week)

    found = a.review(cast, number)

    assert "no_substitute_worked" in a.codes(found)
    made = ok(a.calculate(cast, number))
    assert made.statement.total_ore < a.TOTAL_ORE


def test_what_the_calculation_has_refused_is_not_set_aside(cast: Cast) -> None:
    week = a.a_week()
    week["substitute"] = week["substitute"][:4]
    number = a.applied_for(cast, week)
    found = a.review(cast, number)
    refused = [one.key for one in found.findings if one.code == "no_substitute_worked"]
    others = [one.key for one in found.findings if one.severity != "informs" and one.key not in refused]
    cecilia = a.at(cast.cecilia, a.LATER)
    ok(claims.give_word(cecilia, number, others, WordKind.ACCEPT, now=a.LATER))
    ok(claims.give_word(cecilia, number, refused, WordKind.SET_ASIDE, reason="Jag tror det", now=a.LATER))

    assert claims.calculate_claim(cecilia, number, law=law(), now=a.LATER) is Refusal.FINDING_STOPS


def test_missing_papers_are_listed_and_asked_for(cast: Cast) -> None:
    number = a.applied_for(cast)

    missing = [one for one in a.review(cast, number).findings if one.code == "paper_is_missing"]

    assert {one.place for one in missing} == set(a.PAPERS)
    a.papers_come_in(cast)
    assert "paper_is_missing" not in a.codes(a.review(cast, number))


def test_a_missing_wage_stops_and_says_what_is_missing(cast: Cast) -> None:
    number = a.applied_for(cast, a.a_week(pay=[]))

    lacks = [one for one in a.review(cast, number).findings if one.code == "calculation_lacks_something"]

    assert any("lön" in one.message.lower() for one in lacks)
    assert a.calculate(cast, number) is Refusal.FINDING_STOPS


def test_the_same_shift_is_not_paid_in_two_applications(cast: Cast) -> None:
    first = a.applied_for(cast)
    second = a.applied_for(cast)

    found = a.review(cast, second)

    twice = [one for one in found.findings if one.code == "shift_is_claimed_already"]
    assert len(twice) == 5
    assert first in twice[0].message
    assert a.calculate(cast, second) is Refusal.FINDING_STOPS


def test_an_earlier_absence_that_the_office_knows_of_is_proposed(cast: Cast) -> None:
    first = a.applied_for(cast)
    ok(a.calculate(cast, first))
    relapse = a.a_week(
        spell=[{"first_on": "2019-02-12", "last_on": "2019-02-12"}],
        shift=[{"on": "2019-02-12", "from": "08.00", "to": "16.00"}],
        substitute=[{"on": "2019-02-12", "from": "08.00", "to": "16.00"}],
        claimed=[],
    )
    second = a.applied_for(cast, relapse)

    [known] = [one for one in a.review(cast, second).findings if one.code == "earlier_absence_is_known"]

    assert first in known.message
    assert "704,00" in known.message


def test_two_assistants_are_two_parts_of_one_statement(cast: Cast) -> None:
    other = a.a_week(assistant={"number": "198005142396", "name": "Karin Kvist", "born_year": 1980})
    number = a.applied_for(cast, a.a_week(), other)

    made = ok(a.calculate(cast, number))

    assert made.statement.total_ore == 2 * a.TOTAL_ORE
    assert {line.label.split(":")[0] for line in made.statement.lines} == {"Björn Berg", "Karin Kvist"}


def test_a_claim_that_came_late_is_judged_all_the_same(cast: Cast) -> None:
    number = a.applied_for(cast)

    late = [one for one in a.review(cast, number).findings if one.code == "application_is_late"]

    assert not late  # the routine sets no limit
    assert a.claim(number).received_at.date() == date(2019, 3, 4)


def test_a_paper_that_comes_after_the_review_makes_it_out_of_date(cast: Cast) -> None:
    number = a.applied_for(cast)
    found = a.review(cast, number)
    keys = [one.key for one in found.findings if one.severity != "informs"]
    cecilia = a.at(cast.cecilia, a.LATER)
    ok(claims.give_word(cecilia, number, keys, WordKind.ACCEPT, now=a.LATER))
    a.papers_come_in(cast)

    outcome = claims.calculate_claim(cecilia, number, law=law(), now=a.LATER + timedelta(minutes=1))

    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_an_application_is_not_turned_down_without_a_decision(cast: Cast) -> None:
    number = a.applied_for(cast)

    outcome = claims.reject_claim(a.at(cast.cecilia), number, reason="Nej", now=a.LATER)

    assert outcome is Refusal.WRONG_STATE

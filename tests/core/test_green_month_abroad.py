"""A bill that says the recipient was outside the EEA with an assistant hired there: what is asked, and what is not."""

from dataclasses import replace
from datetime import date

import pytest
from bench.green_months import RATE
from bench.ordinary_month import AFTERNOON, MORNING, WEEKEND, with_bill, with_case, with_first_assistant
from bench.state_months import months

from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.light import Light, Verdict, judge
from timvis.core.green_month.records import StateMonth
from timvis.core.law import LawReader
from timvis.core.review.finding import Finding
from timvis.formats.law.packaged import load_law
from timvis.formats.statutes.read import load_statutes

LAW = LawReader(load_law())
(IN_ORDER,) = [one.month for one in months(7) if one.name.endswith("clean")]
NOT_EXPLAINED = "stay_abroad_was_not_explained"
ASKED = {NOT_EXPLAINED, "no_assistant_was_known_to_live_outside_the_eea", "costs_abroad_were_not_accounted_for"}


def judged(month: StateMonth) -> Verdict:
    return judge(month, LAW, ReviewSettings(rate=RATE))


def found(month: StateMonth) -> dict[str, Finding]:
    """Return what is said of the stay, by its code."""
    codes = ("abroad", "outside_the_eea")
    return {one.code: one for one in judged(month).findings if any(code in one.code for code in codes)}


def reported(
    month: StateMonth, *, days: range = range(1, 32), of: tuple[str, ...] = (MORNING, AFTERNOON, WEEKEND)
) -> int:
    """Return the time reported on some days by some assistants."""
    reports = (one for one in month.case.reports if one.assistant_number in of)
    return sum(row.span.actual_minutes for one in reports for row in one.rows if row.span.work_on.day in days)


def test_a_bill_that_says_no_asks_nothing() -> None:
    verdict = judged(with_bill(IN_ORDER, outside_eea=False))

    assert verdict.light is Light.GREEN
    assert "K08" not in verdict.controls


def test_a_bill_that_does_not_answer_is_asked_about_and_risks_no_time() -> None:
    verdict = judged(with_bill(IN_ORDER, outside_eea=None))

    assert verdict.light is Light.YELLOW
    assert verdict.controls == ("K08",)
    assert [one.code for one in verdict.findings if one.severity == "asks"] == ["stay_abroad_was_not_answered"]
    assert verdict.at_risk_ore == 0


def test_a_stay_without_an_explanation_asks_for_it_and_says_what_limits_the_pay_and_what_is_not_known() -> None:
    told = found(with_bill(IN_ORDER, outside_eea=True))

    assert set(told) == ASKED
    for words in ("förklaring och underlag", "särskilda skäl", "skäligt belopp", "fråga Försäkringskassan"):
        assert words in told[NOT_EXPLAINED].message
    assert told[NOT_EXPLAINED].minutes == reported(IN_ORDER)


def test_only_the_days_of_the_stay_are_in_question_once_they_are_told() -> None:
    begins_on, ends_on = IN_ORDER.case.month_on.replace(day=5), IN_ORDER.case.month_on.replace(day=12)
    month = with_bill(IN_ORDER, outside_eea=True, abroad_from=begins_on, abroad_to=ends_on)

    asked = found(month)[NOT_EXPLAINED]

    assert "utanför EES 5 " in asked.message
    assert " – 11 " in asked.message
    assert asked.minutes == reported(month, days=range(5, 12)) > 0


def test_an_assistant_who_lives_there_is_asked_about_shift_by_shift_and_not_twice() -> None:
    month = with_first_assistant(with_bill(IN_ORDER, outside_eea=True), lives_outside_eea=True)
    first = month.case.assistants[0].number

    told = found(month)

    assert "no_assistant_was_known_to_live_outside_the_eea" not in told
    assert "assistant_lived_outside_the_eea" in told
    others = tuple(one.number for one in month.case.assistants if one.number != first)
    assert told[NOT_EXPLAINED].minutes == reported(month, of=others)


def test_an_explained_stay_with_its_costs_is_only_worth_knowing() -> None:
    month = with_bill(IN_ORDER, outside_eea=True, abroad_is_explained=True, has_account=True)
    there = replace(month.case.assistants[0], lives_outside_eea=True)
    without_her = tuple(one for one in month.case.reports if one.assistant_number != there.number)
    month = with_case(month, assistants=(there, *month.case.assistants[1:]), reports=without_her)

    (told,) = found(month).values()

    assert (told.code, told.severity) == ("assistance_abroad_needs_special_reasons", "informs")
    assert "fråga Försäkringskassan" in told.message


def test_the_law_that_is_cited_is_in_the_statutes_and_in_force() -> None:
    cited = {code for one in found(with_bill(IN_ORDER, outside_eea=True)).values() for code in one.cites}
    known = set(load_statutes())

    assert cited <= known
    assert date(2018, 4, 1) <= IN_ORDER.case.month_on


@pytest.mark.parametrize("code", sorted(ASKED))
def test_a_routine_may_switch_each_question_off(code: str) -> None:
    settings = ReviewSettings(rate=RATE, switched_off=frozenset({code}))

    verdict = judge(with_bill(IN_ORDER, outside_eea=True), LAW, settings)

    assert code not in {one.code for one in verdict.findings}

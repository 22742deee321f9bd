"""A month played through as the state will do it: one light, kronor at risk, and every catalogued control found."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench import ordinary_month, state_months
from bench.green_months import RATE, compared
from bench.state_months import SEEDS, Seeded, months

from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.controls import CONTROLS
from timvis.core.green_month.light import Light, Verdict, judge
from timvis.core.green_month.objections import LABELS
from timvis.core.law import LawReader
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law

LAW = load_law()
ALL = months(200)


def seeded(name: str) -> Seeded:
    """Return the first generated month with a seed."""
    return next(one for one in ALL if one.name.partition("-")[2] == name)


def judged(name: str, **says: object) -> Verdict:
    settings = replace(ReviewSettings(rate=RATE), **says)  # type: ignore[arg-type]  # a test names what it changes
    return judge(seeded(name).month, LawReader(LAW), settings)


# --- the catalogue --------------------------------------------------------------------------------------------------


def test_every_control_of_the_catalogue_has_its_codes_and_every_code_exists() -> None:
    assert list(CONTROLS) == [f"K{number:02d}" for number in range(1, 26)]
    known = set(RULES) | set(LABELS)
    assert {name: control.codes - known for name, control in CONTROLS.items() if control.codes - known} == {}
    assert all(control.codes for control in CONTROLS.values())


def test_every_month_check_carries_out_a_control() -> None:
    carried = frozenset[str]().union(*(control.codes for control in CONTROLS.values()))

    assert set(LABELS) - carried == set()


def test_the_generator_imports_no_rule_no_fact_and_no_check() -> None:
    written = (Path(module.__file__).read_text(encoding="utf-8") for module in (state_months, ordinary_month))
    nodes = [node for text in written for node in ast.walk(ast.parse(text))]
    imported = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}

    ours = {name for name in imported if name.startswith("timvis")}
    assert ours == {
        "timvis.core.calendar.local_time",
        "timvis.core.green_month.records",
        "timvis.core.quantities",
        "timvis.core.records",
    }


def test_every_control_is_seeded_and_two_hundred_months_are_found_without_a_miss_or_a_false_alarm() -> None:
    assert {key for one in ALL for key in one.key} == set(CONTROLS)
    assert {one.name.partition("-")[2] for one in ALL} == {*SEEDS, "clean"}

    found = compared(ALL)

    assert found.wrong == ()
    assert (found.months, found.recall, found.false) == (200, "100.0 %", 0)


def test_other_months_than_those_are_found_as_well() -> None:
    assert compared(months(82, seed=20_261)).wrong == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("K02", "assistant_was_with_two_recipients_at_once"),
        ("K05", "bill_differed_from_the_reports"),
        ("K21", "bill_came_after_the_final_settlement"),
    ],
)
def test_a_control_that_is_switched_off_is_missed_so_the_comparison_means_something(name: str, code: str) -> None:
    assert name in judged(name).controls
    assert name not in judged(name, switched_off=frozenset({code})).controls


# --- the light and the money -------------------------------------------------------------------------------------


def test_a_month_in_order_is_green_and_risks_nothing() -> None:
    verdict = judged("clean")

    assert verdict.light is Light.GREEN
    assert verdict.at_risk_ore == 0
    assert verdict.controls == ()


def test_one_wrong_report_puts_the_whole_month_at_risk() -> None:
    verdict = judged("K16-assistant")

    assert verdict.light is Light.RED
    assert verdict.month_ore is not None
    assert verdict.month_ore > 5_000_000
    assert verdict.at_risk_ore == verdict.month_ore


def test_a_question_about_one_shift_risks_that_shift_and_no_more() -> None:
    verdict = judged("K20-meeting")

    assert verdict.light is Light.YELLOW
    (finding,) = [each for each in verdict.findings if each.code == "row_was_for_a_meeting_or_training"]
    assert verdict.at_risk_ore == finding.money_at_risk_ore == round(finding.minutes * RATE / 60)


def test_what_is_only_worth_knowing_leaves_the_light_green() -> None:
    verdict = judged("K23")

    assert verdict.light is Light.GREEN
    assert verdict.controls == ("K23",)


def test_without_a_rate_nobody_says_what_is_at_risk() -> None:
    verdict = judged("K16-assistant", rate=None)

    assert verdict.light is Light.RED
    assert verdict.at_risk_ore is None


def test_the_night_of_the_clock_change_is_told_in_the_objection_to_a_bill_by_the_clock() -> None:
    (finding,) = [each for each in judged("K05-by-the-clock").findings if each.code == "bill_differed_from_the_reports"]

    assert "klockans omställning medräknad" in finding.message


def test_w43_an_assistant_registered_on_the_tenth_is_not_paid_for_the_eighth() -> None:
    month = seeded("clean").month
    first, *others = month.case.assistants
    day = month.case.reports[0].rows[3].span.work_on
    told = replace(month, case=replace(month.case, assistants=(replace(first, registered_on=day), *others)))

    verdict = judge(told, LawReader(LAW), ReviewSettings(rate=RATE))

    late = [each for each in verdict.findings if each.code == "assistant_was_not_registered_before_the_shift"]
    assert {each.shift.work_on < day for each in late if each.shift} == {True}
    assert len(late) == 3
    assert isinstance(day, date)

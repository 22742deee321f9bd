"""What is found of an application by what the registers know, and the shifts laid side by side."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from timvis.core.application.case import holding_back, review
from timvis.core.application.matching import Coverage, matched
from timvis.core.application.records import ApplicationCase, ClaimedBefore, KnownSpell, MissingPaper, Part
from timvis.core.calculation.sick_cost.settings import AverageWeek, DeductionMethod, HolidayBase, SickCostSettings
from timvis.core.quantities import Ore
from timvis.core.review.finding import Word, WordKind
from timvis.core.review.rule import Severity
from timvis.core.routine.terms import IfMissing
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.sick_cost import absence_of
from timvis.formats.calculation_case.sick_cost_form import WrittenAbsence
from timvis.formats.law.packaged import load_law

SETTINGS = SickCostSettings(
    deduction_method=DeductionMethod.AMOUNT,
    average_week=AverageWeek.AGREED,
    holiday_compensation_base=HolidayBase.PAID_SICK_PAY,
)


def a_part(**other: Any) -> Part:
    written = WrittenAbsence.model_validate(
        {
            "kind": "sick_cost",
            "paid_on": "2019-03-25",
            "deductions_on": [],
            "assistant": {"name": "Björn Berg", "born_year": 1983},
            "pay": [{"hourly_ore": 11_000}],
            "week": {"agreed_hours": "40"},
            "spell": [{"first_on": "2019-02-04", "last_on": "2019-02-04"}],
            "shift": [{"on": "2019-02-04", "from": "08.00", "to": "16.00"}],
            "substitute": [{"on": "2019-02-04", "from": "08.00", "to": "16.00"}],
        }
        | other
    )
    case = absence_of(written, (SETTINGS,))
    assert not isinstance(case, tuple), case
    return Part(number=1, assistant_number="", assistant_name="Björn Berg", case=case)


A_CASE = ApplicationCase(parts=(a_part(),), received_on=date(2019, 3, 4))


def found(case: ApplicationCase) -> dict[str, Severity]:
    return {one.code: one.severity for one in review(case, load_agreements(), load_law())}


def test_a_late_application_is_told_of_and_never_stopped() -> None:
    late = found(replace(A_CASE, latest_on=date(2019, 3, 3)))
    in_time = found(replace(A_CASE, latest_on=date(2019, 3, 4)))

    assert late["application_is_late"] is Severity.INFORMS
    assert "application_is_late" not in in_time


@pytest.mark.parametrize(
    ("if_missing", "severity"),
    [
        (None, Severity.ASKS),
        (IfMissing.ASK, Severity.ASKS),
        (IfMissing.PAYMENT_WAITS, Severity.INFORMS),
        (IfMissing.REFUSE, Severity.STOPS),
    ],
)
def test_a_missing_paper_weighs_what_the_routine_says(if_missing: IfMissing | None, severity: Severity) -> None:
    missing = MissingPaper(code="payslip", text="Lönebesked", if_missing=if_missing)

    assert found(replace(A_CASE, missing=(missing,)))["paper_is_missing"] is severity


def test_a_shift_in_somebody_elses_case_stops_without_saying_whose() -> None:
    shift = A_CASE.parts[0].case.shifts[0]
    twice = ClaimedBefore(part=1, work_on=shift.work_on, start_at=shift.start_at, end_at=shift.end_at, case_number="")
    case = replace(A_CASE, claimed_before=(twice,))

    [finding] = [one for one in review(case, load_agreements(), load_law()) if one.code == "shift_is_claimed_already"]

    assert finding.severity is Severity.STOPS
    assert "någon annan" in finding.message
    accepted = {finding.key: Word(kind=WordKind.ACCEPT)}
    assert holding_back([finding], accepted) == (finding,)
    assert not holding_back([finding], {finding.key: Word(kind=WordKind.SET_ASIDE, reason="Fel person")})


def test_a_deduction_that_the_office_knows_of_and_nobody_told_is_asked_about() -> None:
    known = KnownSpell(
        part=1,
        case_number="x-2018-0001",
        first_on=date(2018, 10, 1),
        last_on=date(2018, 10, 3),
        deducted_ore=Ore(70_400),
        deducted_minutes=480,
    )

    assert "earlier_deduction_is_known" in found(replace(A_CASE, known_spells=(known,)))
    told = replace(A_CASE.parts[0], case=replace(A_CASE.parts[0].case, deductions_on=(known.first_on,)))
    assert "earlier_deduction_is_known" not in found(replace(A_CASE, parts=(told,), known_spells=(known,)))


def test_a_power_that_is_missing_asks_and_a_receiver_without_one_stops() -> None:
    case = replace(A_CASE, agent_lacks="Fullmakten har inte kommit in.", receiver_lacks="Ingen fullmakt att ta emot.")

    assert found(case)["power_of_attorney_is_missing"] is Severity.ASKS
    assert found(case)["receiver_has_no_power"] is Severity.STOPS


# --- side by side ---------------------------------------------------------------------------------------------------


def test_a_substitute_for_part_of_a_shift_leaves_the_rest_vacant() -> None:
    part = a_part(substitute=[{"on": "2019-02-04", "from": "10.00", "to": "14.00"}])

    [day] = matched(part.case)

    [shift] = day.shifts
    assert [(one.coverage, one.minutes) for one in shift.pieces] == [
        (Coverage.VACANT, 120),
        (Coverage.COVERED, 240),
        (Coverage.VACANT, 120),
    ]
    assert day.vacant_minutes == 240


def test_a_sick_substitute_covers_nothing() -> None:
    part = a_part(substitute=[{"on": "2019-02-04", "from": "08.00", "to": "16.00", "was_ill": True}])

    [day] = matched(part.case)

    assert day.shifts[0].pieces[0].coverage is Coverage.SUBSTITUTE_WAS_ILL
    assert day.vacant_minutes == 480


def test_a_substitute_beside_no_sick_shift_is_shown_as_such() -> None:
    part = a_part(substitute=[{"on": "2019-02-05", "from": "08.00", "to": "16.00"}])

    first, second = matched(part.case)

    assert first.vacant_minutes == 480
    assert not second.shifts
    assert not second.substitutes[0].fits

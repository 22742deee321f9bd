"""The state's invoice for the first hours of each week, line by line: what agrees, what does not, what nobody knows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.core.invoices import invoice, line
from timvis.core.calendar.months import Period, month_after, month_on
from timvis.core.calendar.weeks import monday_of, week_number
from timvis.core.invoice.allocation import Share
from timvis.core.invoice.first_hours import (
    BilledHours,
    GrantedDays,
    KnownPerson,
    Verdict,
    Verification,
    billed_hours,
    verify,
)
from timvis.core.invoice.first_hours_letter import dispute_letter
from timvis.core.invoice.first_hours_models import CountingModel, DayWorked, Worked, counted
from timvis.core.invoice.first_hours_rate import highest_rate
from timvis.core.invoice.records import Period as WrittenPeriod
from timvis.core.law import LawReader
from timvis.core.quantities import Ore, OrePerHour, Parts
from timvis.formats.law.packaged import load_law

LAW = load_law()
HOUR = 60 * 28
MAY = Period(date(2024, 5, 1), date(2024, 6, 1))
MAY_MONTHS = (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))
FOUR_WEEKS = Period(date(2024, 2, 5), date(2024, 3, 4))
RATE_2024 = Fraction(33_260)


def worked(hours: dict[date, int], *months: date) -> Worked:
    """Return hours by day, with the months that have been accounted for."""
    days = tuple(DayWorked(on=day, parts=Parts(each * HOUR)) for day, each in sorted(hours.items()))
    return Worked(days=days, months=months or tuple(sorted({month_on(day) for day in hours})))


def weeks_of(first: date, *hours: int) -> dict[date, int]:
    """Return the hours of whole weeks, each spread over its seven days from Monday on, the rest on the Monday."""
    days: dict[date, int] = {}
    for week, each in enumerate(hours):
        for weekday in range(7):
            days[first + timedelta(days=7 * week + weekday)] = each // 7 + (each % 7 if weekday == 0 else 0)
    return days


def billed(hours: int | Fraction, period: Period = FOUR_WEEKS, **says: Any) -> BilledHours:
    """Return a line that bills hours at the year's rate."""
    exact = Fraction(hours)
    made = BilledHours(
        place="SFB-1, rad 1",
        recipient="SFB-1",
        period=period,
        hours=exact,
        ore_per_hour=RATE_2024,
        amount_ore=Ore(round(exact * RATE_2024)),
        invoice_number="FK-1",
    )
    return replace(made, **says)


def verified(*lines: BilledHours, refunds: tuple[BilledHours, ...] = (), **known: Any) -> Verification:
    """Return the verdict on lines of one person of whom something is known."""
    confirmed = known.pop("confirmed", None)
    person = KnownPerson(recipient="SFB-1", **known)
    return verify(lines, [person], LawReader(LAW), refunds=refunds, confirmed=confirmed)


def codes(found: Verification) -> list[str]:
    return [each.code for each in found.objections]


# --- W-27 and the models ---------------------------------------------------------------------------------------------

W27 = worked(weeks_of(date(2024, 2, 5), 18, 25, 40, 12), date(2024, 2, 1), date(2024, 3, 1))


def test_w27_seventy_hours_of_four_whole_weeks_agree_with_every_model_that_counts_by_the_week() -> None:
    found = verified(billed(70), worked=W27)

    assert found.lines[0].verdict is Verdict.AGREES
    assert {CountingModel.WEEK_CUT, CountingModel.WEEK_MONDAY, CountingModel.WEEK_SUNDAY} <= set(
        found.lines[0].agrees_with
    )
    assert found.lines[0].line.amount_ore == 2_328_200
    assert codes(found) == []


def test_w27_eighty_hours_have_ten_too_many_by_the_week_and_that_is_told_in_money() -> None:
    found = verified(billed(80), worked=W27)

    assert found.lines[0].agrees_with == (CountingModel.MONTH_FLAT,)
    assert codes(found) == ["first_hours_model_is_not_confirmed"]
    assert "10,00 timmar, 3326,00 kr, för mycket" in found.objections[0].message

    assert codes(verified(billed(80), worked=W27, confirmed=CountingModel.WEEK_CUT)) == [
        "first_hours_are_counted_otherwise"
    ]


def test_hours_that_no_model_comes_to_stop_and_each_models_own_hours_are_told() -> None:
    found = verified(billed(72), worked=W27)

    assert found.lines[0].verdict is Verdict.AGREES_WITH_NONE
    assert codes(found) == ["first_hours_agree_with_no_model"]
    assert "stämmer inte enligt någon modell" in found.lines[0].says
    assert "70,00" in found.lines[0].says
    assert "80,00" in found.lines[0].says


def test_a_line_nobody_has_accounted_for_cannot_be_checked_and_says_so() -> None:
    found = verified(billed(70))

    assert found.lines[0].verdict is Verdict.CANNOT_BE_CHECKED
    assert codes(found) == ["first_hours_cannot_be_checked"]


def test_a_month_in_the_middle_of_weeks_comes_out_differently_by_every_model() -> None:
    # Ten hours a day: every week is full. May 2024 begins on a Wednesday and ends on a Friday.
    days = {date(2024, 4, 1) + timedelta(days=passed): 10 for passed in range(91)}
    known = worked(days)

    found = {each.model: each.parts for each in counted(MAY, known, LawReader(LAW))}

    # cut: Monday and Tuesday 29-30 April used the first week's twenty hours; then four weeks, Monday 27th's included
    assert found[CountingModel.WEEK_CUT] == 4 * 20 * HOUR
    assert found[CountingModel.WEEK_PRORATA] == 31 * 20 * HOUR // 7
    assert found[CountingModel.WEEK_MONDAY] == 4 * 20 * HOUR
    assert found[CountingModel.WEEK_SUNDAY] == 4 * 20 * HOUR
    assert found[CountingModel.MONTH_FLAT] == 31 * 20 * HOUR // 7


def test_a_model_that_needs_days_nobody_has_told_is_not_counted() -> None:
    days = {date(2024, 5, 1) + timedelta(days=passed): 10 for passed in range(31)}

    found = {each.model: each.parts for each in counted(MAY, worked(days), LawReader(LAW))}

    assert found[CountingModel.WEEK_CUT] is None  # how much of the twenty hours April used
    assert found[CountingModel.WEEK_SUNDAY] is None  # the week of 5 May begins in April
    assert found[CountingModel.WEEK_MONDAY] is None  # the week of 27 May ends in June
    assert found[CountingModel.WEEK_PRORATA] is not None
    assert found[CountingModel.MONTH_FLAT] is not None


@pytest.mark.parametrize("hours", [3, 10])
def test_what_is_cut_at_the_end_of_a_month_is_what_the_week_comes_to_as_a_whole(hours: int) -> None:
    days = {date(2024, 4, 1) + timedelta(days=passed): hours for passed in range(122)}
    known = worked(days)
    week = week_number(date(2024, 5, 29))
    before = Period(monday_of(week), date(2024, 6, 1))
    after = Period(date(2024, 6, 1), monday_of(week + 1))

    parts = [
        next(each.parts for each in counted(period, known, LawReader(LAW)) if each.model is CountingModel.WEEK_CUT)
        for period in (before, after)
    ]

    assert sum(each or 0 for each in parts) == min(20, 7 * hours) * HOUR


def test_a_line_that_agrees_with_another_model_than_the_confirmed_one_is_asked_about() -> None:
    days = {date(2024, 4, 1) + timedelta(days=passed): 10 for passed in range(91)}
    line_of_may = billed(Fraction(8857, 100), MAY)

    found = verified(line_of_may, worked=worked(days), confirmed=CountingModel.WEEK_CUT)

    assert set(found.lines[0].agrees_with) == {CountingModel.WEEK_PRORATA, CountingModel.MONTH_FLAT}
    assert codes(found) == ["first_hours_are_counted_otherwise"]


def test_more_than_twenty_hours_in_every_week_the_period_touches_stops_without_any_report() -> None:
    assert "more_than_the_first_hours" in codes(verified(billed(81)))
    assert "more_than_the_first_hours" not in codes(verified(billed(80)))


# --- W-29 and the rate ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "ore"), [(date(2023, 5, 1), 36_344), (date(2017, 5, 1), 32_600)])
def test_w29_the_highest_rate_is_twelve_percent_above_rounded_as_the_years_law_says(day: date, ore: int) -> None:
    assert highest_rate(day, LawReader(LAW)) == ore


def test_the_highest_rate_is_the_published_one_in_every_year() -> None:
    reader = LawReader(LAW)
    rows = LAW.number("assistance.higher_rate.max_amount").rows

    assert [highest_rate(row.from_on, reader) for row in rows] == [
        reader.ore_per_hour("assistance.higher_rate.max_amount", row.from_on) for row in rows
    ]


@pytest.mark.parametrize(
    ("ore", "registered", "expected"),
    [
        (33_260, None, []),
        (33_250, None, ["rate_is_not_the_years"]),
        (35_000, None, ["higher_rate_is_not_registered"]),
        (35_000, 35_000, []),
        (33_260, 35_000, ["rate_is_not_the_registered"]),
        (37_251, 37_251, []),
        (37_252, 37_252, ["rate_is_above_the_highest"]),
    ],
)
def test_the_rate_is_the_years_or_the_registered_one_and_never_above_the_ceiling(
    ore: int, registered: int | None, expected: list[str]
) -> None:
    rate = None if registered is None else OrePerHour(registered)
    granted = GrantedDays(granted_from=date(2024, 1, 1), granted_to=None, ore_per_hour=rate)

    found = verified(billed(70, ore_per_hour=Fraction(ore)), worked=W27, granted=(granted,))

    assert codes(found) == expected


def test_a_line_over_new_year_has_to_be_split() -> None:
    over = Period(date(2024, 12, 30), date(2025, 1, 6))

    assert "line_spans_new_year" in codes(verified(billed(20, over)))


def test_a_year_without_a_known_rate_is_asked_about_and_not_let_through() -> None:
    spring = Period(date(2030, 3, 4), date(2030, 4, 1))

    assert "years_rate_is_not_known" in codes(verified(billed(20, spring)))


# --- whose the weeks were ---------------------------------------------------------------------------------------------


def test_a_week_before_the_person_moved_here_is_questioned_by_its_number() -> None:
    found = verified(billed(70), worked=W27, responsible_from=date(2024, 2, 14))

    assert codes(found) == ["week_is_not_ours"]
    assert "2024 v 6, 2024 v 7" in found.objections[0].message
    assert "v 8" not in found.objections[0].message


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"responsible_to": date(2024, 2, 26)}, "week_is_not_ours"),
        (
            {"granted": (GrantedDays(granted_from=date(2024, 1, 1), granted_to=date(2024, 2, 26)),)},
            "week_is_not_granted",
        ),
        ({"died_on": date(2024, 2, 20)}, "week_is_after_death"),
        ({"away": tuple(date(2024, 2, 26) + timedelta(days=n) for n in range(7))}, "week_was_spent_away"),
    ],
)
def test_only_the_last_week_is_questioned(known: dict[str, Any], code: str) -> None:
    found = verified(billed(70), worked=W27, **known)

    assert codes(found) == [code]
    assert "2024 v 9." in found.objections[0].message
    assert "v 8" not in found.objections[0].message


# --- twice, and back ----------------------------------------------------------------------------------------------


def test_no_week_is_paid_twice_and_a_line_that_was_wholly_paid_back_may_come_again() -> None:
    before = billed(70, invoice_number="FK-0", place="SFB-1, rad 3")
    last_week = billed(12, Period(date(2024, 2, 26), date(2024, 3, 4)))

    found = verified(last_week, worked=W27, earlier=(before,))
    assert "week_is_billed_twice" in codes(found)
    assert "2024 v 9 är redan fakturerad på faktura FK-0" in found.objections[-1].message

    assert codes(verified(billed(70), worked=W27, earlier=(before,), refunded=(before,))) == []


def test_the_same_week_on_two_lines_of_one_invoice_is_found() -> None:
    found = verified(billed(70), billed(70, place="SFB-1, rad 2"), worked=W27)

    assert codes(found) == ["week_is_billed_twice"]
    assert "samma faktura" in found.objections[0].message


def test_money_back_is_matched_with_the_line_it_is_for() -> None:
    before = billed(80, invoice_number="FK-0", place="SFB-1, rad 3")
    back = billed(10, place="SFB-1, rad 1")

    found = verified(earlier=(before,), refunds=(back,))

    assert found.refunds[0].of == before
    assert codes(found) == []


def test_money_back_for_more_than_was_billed_or_for_nothing_is_asked_about() -> None:
    before = billed(80, invoice_number="FK-0")

    assert codes(verified(earlier=(before,), refunds=(billed(81),))) == ["refund_is_more_than_billed"]
    assert codes(verified(earlier=(before,), refunded=(billed(75),), refunds=(billed(10),))) == [
        "refund_is_more_than_billed"
    ]
    assert codes(verified(earlier=(before,), refunds=(billed(10, MAY),))) == ["refund_answers_no_line"]


# --- from an invoice, and the letter --------------------------------------------------------------------------------


def test_a_line_keeps_its_own_hours_rate_and_days_and_a_shared_line_is_cut_at_the_month() -> None:
    february = WrittenPeriod(period_from=date(2024, 2, 5), period_to=date(2024, 3, 4))
    own = line(number="1", quantity=Decimal("70.25"), period=february)
    shared = line(number="2", quantity=Decimal(40), period=february)
    shares = (
        Share(number=1, recipient="A", month_on=date(2024, 2, 1), amount_ore=Ore(2_336_515), minutes=4_215, line="1"),
        Share(number=2, recipient="A", month_on=date(2024, 2, 1), amount_ore=Ore(665_200), minutes=1_200, line="2"),
        Share(number=3, recipient="B", month_on=date(2024, 3, 1), amount_ore=Ore(665_200), minutes=1_200, line="2"),
        Share(number=4, recipient="B", month_on=date(2024, 3, 1), amount_ore=Ore(100), line="3"),
    )

    found = billed_hours(invoice(own, shared), shares)

    assert [(each.hours, each.period) for each in found] == [
        (Fraction(281, 4), FOUR_WEEKS),
        (20, Period(date(2024, 2, 5), date(2024, 3, 1))),
        (20, Period(date(2024, 3, 1), date(2024, 3, 4))),
    ]
    assert {each.ore_per_hour for each in found} == {RATE_2024}


def test_a_month_without_days_on_the_invoice_is_the_shares_month() -> None:
    share = Share(number=1, recipient="A", month_on=date(2024, 5, 1), amount_ore=Ore(665_200), minutes=1_200, line="1")

    found = billed_hours(invoice(line(quantity=Decimal(20)), period=WrittenPeriod()), (share,))

    assert found[0].period == Period(date(2024, 5, 1), month_after(date(2024, 5, 1)))


def test_the_draft_of_a_dispute_tells_every_disputed_line_and_asks_how_it_was_counted() -> None:
    found = verified(billed(72), worked=W27)

    letter = dispute_letter(found, municipality="Ekköping", supplier="Staten", number="FK-1", case="EK-2024-7")

    assert "– SFB-1, rad 1: 72,00 timmar stämmer inte enligt någon modell" in letter
    assert "EK-2024-7" in letter
    assert dispute_letter(verified(billed(70), worked=W27), municipality="", supplier="", number="", case="") == ""

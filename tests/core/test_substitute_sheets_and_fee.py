"""Which report the substitute's hours stand on, and the fee that follows from them."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.rates import RateRule
from timvis.core.calculation.substitute_fee import QualifyingTime
from timvis.core.calendar.local_time import instant, spans_between
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore, OrePerHour, Parts, pay_for
from timvis.core.records import Instant
from timvis.core.substitute.fee import NO_FEE, ProviderCost, asked_costs, proposed
from timvis.core.substitute.settings import FormOnDay, Sheet
from timvis.core.substitute.time_sheets import (
    QualifyingTerms,
    SheetRow,
    WorkedPiece,
    form_of,
    objections,
    sheets,
)
from timvis.formats.law.packaged import load_law

LAW = load_law()
RATE = OrePerHour(31_500)
SUNDAY = date(2026, 10, 25)  # the clocks go back
BY_DEDUCTION = QualifyingTerms(
    sick_from=SUNDAY, by_day=False, qualifying_time=QualifyingTime.UNTIL_CONSUMED, deduction_minutes=Minutes(6 * 60)
)


def worked(on: date, start: int, end: int, *, days: int = 0) -> tuple[WorkedPiece, ...]:
    whole = spans_between(instant(on, start * 60), instant(on + timedelta(days=days), end * 60))
    return tuple(WorkedPiece(span=span) for span in whole)


def fee_of(rows: tuple[SheetRow, ...], costs: tuple[ProviderCost, ...], terms: QualifyingTerms) -> Calculated:
    found = proposed(rows, costs, terms, LawReader(LAW), rate=RateRule(ore_per_hour=RATE))
    assert isinstance(found, Calculated), found
    return found


@st.composite
def spells(draw: st.DrawFn) -> tuple[tuple[WorkedPiece, ...], QualifyingTerms]:
    sick_from = draw(st.sampled_from([date(2018, 12, 30), date(2019, 1, 1), SUNDAY]))
    at = instant(sick_from, 0)
    pieces: list[WorkedPiece] = []
    for rest, minutes in draw(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 1000)), min_size=1, max_size=8)):
        end_at = Instant(at + rest + minutes)
        pieces += [WorkedPiece(span=span) for span in spans_between(Instant(at + rest), end_at)]
        at = end_at
    return tuple(pieces), QualifyingTerms(
        sick_from=sick_from,
        by_day=sick_from.year < 2019,
        qualifying_time=draw(st.sampled_from(QualifyingTime)),
        deduction_minutes=Minutes(draw(st.integers(0, 1200))),
    )


@settings(deadline=None)
@given(spells())
def test_every_minute_stands_on_exactly_one_report(spell: tuple[tuple[WorkedPiece, ...], QualifyingTerms]) -> None:
    pieces, terms = spell

    rows = sheets(pieces, terms)

    minutes = [at for row in rows for at in range(row.span.start_at, row.span.end_at)]
    assert sorted(minutes) == [at for piece in pieces for at in range(piece.span.start_at, piece.span.end_at)]
    assert objections(rows, terms) == ()
    if not terms.by_day and terms.qualifying_time is QualifyingTime.UNTIL_CONSUMED:
        on_the_state = sum(row.span.actual_minutes for row in rows if row.sheet is Sheet.STATE)
        assert on_the_state == min(terms.deduction_minutes or 0, len(minutes))


@settings(deadline=None)
@given(spells(), st.data())
def test_fee_and_cost_are_the_hourly_amount_for_the_hours_wherever_a_fee_is_proposed(
    spell: tuple[tuple[WorkedPiece, ...], QualifyingTerms], data: st.DataObject
) -> None:
    rows = sheets(*spell)
    costs = tuple(
        ProviderCost(on=on, sheet=sheet, cost_ore=Ore(data.draw(st.integers(0, 400_000))))
        for on, sheet, _ in asked_costs(rows)
    )

    found = fee_of(rows, costs, spell[1])

    for sheet, name in ((Sheet.STATE, "in_the_qualifying_time"), (Sheet.OWN, "after_the_qualifying_time")):
        minutes = sum(row.span.actual_minutes for row in rows if row.sheet is sheet)
        cost = sum(one.cost_ore for one in costs if one.sheet is sheet)
        most = pay_for(Parts(28 * minutes), RATE)
        lines = [line for line in found.statement.lines if line.code.endswith(name)]
        if not minutes:
            assert lines == []
        elif cost > most:
            assert [line.code for line in lines] == [f"{NO_FEE}{name}"]
            assert sum(line.amount_ore for line in lines) == 0
        else:
            assert sum(line.amount_ore for line in lines) + cost == most


def test_until_the_deduction_is_consumed_the_hours_stand_on_the_states_report() -> None:
    rows = sheets(worked(SUNDAY, 0, 8), BY_DEDUCTION)

    # the clocks go back: 0.00–8.00 is nine hours, six of them end at 5.00
    assert [(row.sheet, row.span.from_text, row.span.to_text, row.span.actual_minutes) for row in rows] == [
        (Sheet.STATE, "00.00", "05.00", 360),
        (Sheet.OWN, "05.00", "08.00", 180),
    ]


def test_with_a_qualifying_day_the_first_day_stands_on_the_states_report_and_no_other() -> None:
    terms = QualifyingTerms(sick_from=date(2018, 3, 4), by_day=True)

    rows = sheets(worked(date(2018, 3, 4), 20, 6, days=1), terms)

    assert [(row.sheet, row.span.work_on.day, row.span.actual_minutes) for row in rows] == [
        (Sheet.STATE, 4, 240),
        (Sheet.OWN, 5, 360),
    ]


def test_the_same_hours_on_both_reports_are_stopped_and_told_by_clock() -> None:
    [piece] = worked(date(2026, 3, 3), 8, 12)
    rows = tuple(SheetRow(sheet=sheet, span=piece.span) for sheet in Sheet)

    found = objections(rows, BY_DEDUCTION)

    assert [finding.code for finding in found] == ["hours_stood_on_both_reports"]
    assert "2026-03-03 08.00–12.00" in found[0].message


def test_hours_on_the_wrong_report_are_told_with_the_report_they_belong_to() -> None:
    [piece] = worked(SUNDAY, 8, 12)

    found = objections((SheetRow(sheet=Sheet.OWN, span=piece.span),), BY_DEDUCTION)

    assert [finding.code for finding in found] == ["hours_stood_on_the_wrong_report"]
    assert "Försäkringskassans tidrapport" in found[0].message


def test_without_the_providers_cost_no_fee_is_proposed_and_each_missing_day_is_asked_for() -> None:
    rows = sheets(worked(SUNDAY, 0, 8), BY_DEDUCTION)

    found = proposed(rows, (), BY_DEDUCTION, LawReader(LAW))

    assert isinstance(found, tuple)
    assert [finding.code for finding in found] == ["providers_cost_was_not_stated"] * 2
    assert "i karensen" in found[0].message
    assert "efter karensen" in found[1].message


def test_where_the_cost_is_higher_than_the_amount_nothing_is_proposed_and_a_question_is_raised() -> None:
    rows = sheets(worked(SUNDAY, 0, 8), BY_DEDUCTION)
    costs = (
        ProviderCost(on=SUNDAY, sheet=Sheet.STATE, cost_ore=Ore(15_000)),
        ProviderCost(on=SUNDAY, sheet=Sheet.OWN, cost_ore=Ore(94_501)),  # 3 h × 315,00 = 945,00
    )

    found = fee_of(rows, costs, BY_DEDUCTION)

    assert found.statement.total_ore == 6 * 31_500 - 15_000
    assert [finding.code for finding in found.findings] == ["provider_cost_exceeded_the_hourly_amount"]


def test_the_form_follows_the_day() -> None:
    turn = date(2016, 1, 1)
    forms = (
        FormOnDay(sheet=Sheet.STATE, form="3057", form_from=date(2006, 6, 22), form_to=turn),
        FormOnDay(sheet=Sheet.STATE, form="3059", form_from=turn),
    )

    assert form_of(Sheet.STATE, date(2015, 12, 31), forms) == "3057"
    assert form_of(Sheet.STATE, turn, forms) == "3059"
    assert form_of(Sheet.OWN, turn, forms) == ""

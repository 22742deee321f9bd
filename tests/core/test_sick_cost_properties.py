"""What holds for every sick cost, whatever the shifts: and a second computation comes to the same öre."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.sick_cost_stories import Story, case_of, cost_of, minute_of, stories, total_by_minute
from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.settings import CompensationCovers, PartlyCovered
from timvis.core.quantities import Ore

SICK_PAY = {"sick_pay", "sick_pay_supplement", "qualifying_deduction"}
MONEY_LINES = 5
"""Lines with an amount per sick-pay period, each rounded once."""


@settings(max_examples=150, deadline=None)
@given(stories())
def test_a_second_computation_minute_by_minute_comes_to_the_same_amount(story: Story) -> None:
    assert cost_of(case_of(story)).statement.total_ore == total_by_minute(story)


@settings(max_examples=60, deadline=None)
@given(stories())
def test_the_total_is_its_lines_and_never_below_nothing(story: Story) -> None:
    statement = cost_of(case_of(story)).statement

    assert statement.total_ore == sum(line.amount_ore for line in statement.lines) >= 0
    assert all(line.amount_ore >= 0 for line in statement.lines if line.code != "qualifying_deduction")


@settings(max_examples=60, deadline=None)
@given(stories())
def test_the_deduction_is_never_more_than_the_sick_pay_of_its_period(story: Story) -> None:
    statement = cost_of(case_of(story)).statement

    by_period: dict[date | None, int] = {}
    for line in statement.lines:
        if line.code in SICK_PAY:
            by_period[line.period_from] = by_period.get(line.period_from, 0) + line.amount_ore
    assert all(amount >= -1 for amount in by_period.values())


@settings(max_examples=60, deadline=None)
@given(stories(), st.randoms())
def test_the_order_in_which_things_are_written_changes_nothing(story: Story, chance: object) -> None:
    case = case_of(story)
    shifts, substitutes, spells = list(case.shifts), list(case.substitutes), list(case.spells)
    for one in (shifts, substitutes, spells):
        chance.shuffle(one)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    mixed = replace(case, shifts=tuple(shifts), substitutes=tuple(substitutes), spells=tuple(spells))

    assert cost_of(mixed).statement.lines == cost_of(case).statement.lines


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(0, 8), st.integers(1, 20))
def test_more_substitute_hours_never_lower_the_total(story: Story, which: int, halves: int) -> None:
    start, length = story.shifts[which % len(story.shifts)]
    more = replace(story, substitutes=(*story.substitutes, (start, min(halves * 30, length))))

    assert cost_of(case_of(more)).statement.total_ore >= cost_of(case_of(story)).statement.total_ore


@settings(max_examples=60, deadline=None)
@given(stories(years=(2020,)), st.integers(0, 8), st.integers(1, 20), st.sampled_from(tuple(CompensationCovers)))
def test_nor_do_they_where_the_state_has_paid_of_the_sick_pay(
    story: Story, which: int, halves: int, covers: CompensationCovers
) -> None:
    start, length = story.shifts[which % len(story.shifts)]
    more = replace(story, substitutes=(*story.substitutes, (start, min(halves * 30, length))))

    before, after = (_compensated(case_of(one), covers) for one in (story, more))

    assert cost_of(after).statement.total_ore >= cost_of(before).statement.total_ore


def _compensated(case: core.SickCase, covers: CompensationCovers) -> core.SickCase:
    excess = core.StateCompensation(
        row=2,
        kind=core.CompensationKind.PANDEMIC_EXCESS,
        paid_from=date(2020, 8, 1),
        paid_to=date(2022, 4, 1),
        ore=Ore(1_234_56),
        of_cost_ore=Ore(20_000_00),
    )
    return replace(
        case,
        compensations=(*case.compensations, excess),
        settings=tuple(replace(one, state_compensation_covers=covers) for one in case.settings),
    )


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(1, 500))
def test_higher_pay_never_lowers_the_total(story: Story, more_ore: int) -> None:
    before = cost_of(case_of(story)).statement.total_ore
    after = cost_of(case_of(replace(story, hourly_ore=story.hourly_ore + more_ore))).statement.total_ore

    assert after >= before - MONEY_LINES * len(story.spells)


# --- cut in two ------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(stories(), st.integers(0, 40))
def test_two_claims_for_two_times_come_to_what_one_for_both_does(story: Story, days: int) -> None:
    story = replace(story, partly=PartlyCovered.FIRST_HOURS_IN_TIME_ORDER)
    cut_on = min(story.claim_from + timedelta(days=days), story.claim_to - timedelta(days=1))
    assume(story.claim_from < cut_on)

    whole = cost_of(case_of(story))
    first = cost_of(case_of(replace(story, claim_to=cut_on)))
    second = cost_of(case_of(replace(story, claim_from=cut_on)))

    apart = first.statement.total_ore + second.statement.total_ore - whole.statement.total_ore
    assert abs(apart) <= MONEY_LINES * len(whole.periods)


@settings(max_examples=80, deadline=None)
@given(stories(), st.integers(1, 16))
def test_a_spell_cut_with_days_and_deduction_carried_over_comes_to_the_same(story: Story, days: int) -> None:
    first_on, last_on = story.spells[0]
    cut_on = first_on + timedelta(days=days)
    assume(first_on < cut_on <= last_on)
    story = replace(story, spells=story.spells[:1], partly=PartlyCovered.FIRST_HOURS_IN_TIME_ORDER)
    whole = case_of(replace(story, shifts=tuple(one for one in story.shifts if _lies_in(one, last_on))))
    assume(whole.shifts)
    early = tuple(shift for shift in whole.shifts if shift.work_on < cut_on)
    late = tuple(shift for shift in whole.shifts if shift.work_on >= cut_on)
    assume(early and late)

    before = replace(whole.spells[0], last_on=cut_on - timedelta(days=1))
    first = cost_of(replace(whole, spells=(before,), shifts=early, claim_to=cut_on))
    [told] = first.periods
    carried = core.EarlierSpell(
        row=1,
        first_on=first_on,
        last_on=before.last_on,
        deducted_ore=told.deducted_ore,
        deducted_minutes=Fraction(told.deducted_minutes),
    )
    after = replace(whole.spells[0], first_on=cut_on)
    second = cost_of(replace(whole, spells=(after,), earlier=(carried,), shifts=late, claim_from=cut_on))

    apart = first.statement.total_ore + second.statement.total_ore - cost_of(whole).statement.total_ore
    assert abs(apart) <= 2 * MONEY_LINES
    assert second.periods[0].days == (last_on - first_on).days + 1


def _lies_in(shift: tuple[int, int], last_on: date) -> bool:
    return sum(shift) <= minute_of(last_on + timedelta(days=1), 0)


# --- what was claimed --------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(stories(), st.lists(st.integers(0, 900_000), min_size=4, max_size=5))
def test_nothing_is_paid_above_what_was_claimed_nor_above_the_cost(story: Story, amounts: list[int]) -> None:
    story = replace(story, spells=story.spells[:1], night_ore=0)
    case = case_of(story)
    case = replace(case, shifts=tuple(shift for shift in case.shifts if shift.work_on <= story.spells[0][1]))
    assume(case.shifts)
    items = ("sick_pay", "holiday_compensation", "employer_contributions", "administration", "qualifying_deduction")
    claimed = tuple(
        core.Claimed(row=row, item=core.CostItem(item), ore=Ore(-ore if item == "qualifying_deduction" else ore))
        for row, (item, ore) in enumerate(zip(items, amounts, strict=False), start=1)
    )

    cost, asked = cost_of(case).statement, cost_of(replace(case, claimed=claimed)).statement

    assert 0 <= asked.total_ore <= cost.total_ore + 1
    for line in asked.lines:
        assert line.claimed_ore is None or line.amount_ore <= line.claimed_ore or line.code == "qualifying_deduction"
        assert line.code != "administration" or line.amount_ore == 0


REFUSED_BY_NAME = ("sickness_insurance_charge", "administration", "interest", "training")


@settings(max_examples=40, deadline=None)
@given(stories(), st.sampled_from(REFUSED_BY_NAME), st.integers(1, 900_000))
def test_a_cost_that_is_never_owed_is_refused_by_name_and_changes_nothing_else(
    story: Story, item: str, ore: int
) -> None:
    case = case_of(story)
    claimed = core.Claimed(row=1, item=core.CostItem(item), ore=Ore(ore), occasion=1)

    cost = cost_of(replace(case, claimed=(claimed,)))

    [line] = cost.statement.lines
    [finding] = [one for one in cost.findings if one.code == "cost_is_never_an_extra_cost"]
    assert (line.code, line.amount_ore, line.claimed_ore, cost.statement.total_ore) == (item, 0, ore, 0)
    assert line.label in finding.message

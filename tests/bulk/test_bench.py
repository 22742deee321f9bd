"""The benchmark runs, and compares what finds the same. How fast it is, no test says."""

from datetime import date
from pathlib import Path

from bench import home_care_month, one_claim, population
from bench.told import markdown

from timvis.formats.home_care_visits.read import Ordered, read_visits


def test_a_population_is_measured_only_when_both_ways_find_the_same(tmp_path: Path) -> None:
    whole, one_part = population.tables(tmp_path, 3_000)

    assert [row.times is None for row in whole.rows] == [True, False, False]
    assert [row.times is None for row in one_part.rows] == [True, False, False, False]
    assert "findings are equal" in one_part.rows[-1].note


def test_the_claim_that_is_measured_has_a_hundred_shifts_and_an_amount() -> None:
    case = one_claim.month_of_shifts()

    assert sum(len(report.rows) for report in case.reports) == one_claim.SHIFTS
    assert one_claim.reviewed_and_stated(case).total_ore > 0


def test_figures_are_kept_as_a_table_for_each_comparison(tmp_path: Path) -> None:
    kept = markdown(population.tables(tmp_path, 1_000))

    assert kept.count("## ") == 2
    assert kept.count("| 1 |") == 2


def test_the_month_of_home_care_that_is_measured_is_in_order() -> None:
    persons = home_care_month.helped(recipients=30, visits=1_830)
    content = home_care_month.table(persons)
    ordered = Ordered(
        recipients=frozenset(person.number for person in persons), services=frozenset(home_care_month.SERVICES)
    )

    seen = read_visits(content, "mars.csv", ordered, today=date(2026, 4, 1))

    assert seen.faults == ()
    assert len(seen.visits) == 1_830

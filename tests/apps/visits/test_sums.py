"""What visits come to: the database sums what the core sums, and stops where the routine says nothing."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from tests.apps.visits.march import MARCH, Visited, hand_in, handed_in, row
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.apps.visits import queries
from timvis.apps.visits.queries import Counting
from timvis.core.calculation.home_care.settings import Cohabitants, Staffing
from timvis.core.home_care.reconciliation import performed_minutes
from timvis.core.routine.settings import SettingIsUnknown

HOURS = 30 * 60
"""What Alma is ordered a month."""


def chosen(staffing: Staffing | None, cohabitants: Cohabitants | None) -> Counting:
    routine = routines.routine(RoutineVersion.objects.get())
    return Counting(routine=routine, staffing=staffing, cohabitants=cohabitants)


def month_of_rows(drawn: Random) -> list[str]:
    """Return visits of a month, some at once by two, some shared, some never made, some over midnight at its ends."""
    rows = []
    for number in range(120):
        on = date(2026, 2, 28) + timedelta(days=drawn.randrange(33))
        start, minutes = drawn.choice((480, 481, 720, 1420)), drawn.choice((17, 30, 45))
        clock, day = f"{start // 60:02d}:{start % 60:02d}", on
        end = start + minutes
        if end >= 1440:
            end, day = end - 1440, on + timedelta(days=1)
        state = drawn.choices(("utfört", "planerat"), (4, 1))[0]
        rows.append(
            row(
                number,
                status=state,
                start=f"{on} {clock}",
                slut=f"{day} {end // 60:02d}:{end % 60:02d}",
                personal=f"P{number}" if state == "utfört" else "",
                delas_av=drawn.choice((1, 1, 1, 2)),
            )
        )
    return rows


@pytest.mark.parametrize("staffing", Staffing)
@pytest.mark.parametrize("cohabitants", Cohabitants)
def test_the_database_sums_what_the_core_sums(visited: Visited, staffing: Staffing, cohabitants: Cohabitants) -> None:
    later = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    outcome = hand_in(visited, *month_of_rows(Random(7)), now=later)
    assert not isinstance(outcome, tuple), outcome[:3]
    visits = queries.visits_of_month(visited.ekot_id, MARCH)
    expected = performed_minutes(visits, "Ekot", MARCH, staffing=staffing, cohabitants=cohabitants)

    found = queries.performed_month([visited.ekot_id], MARCH, chosen(staffing, cohabitants))

    assert [(key.service, minutes) for key, minutes in found.items()] == [
        (whose.service, minutes) for whose, minutes in expected.items()
    ]
    assert sum(found.values()) > 0


def test_a_month_that_needs_no_choice_is_summed_without_one(visited: Visited) -> None:
    handed_in(visited, row(1))

    assert list(queries.performed_month([visited.ekot_id], MARCH, chosen(None, None)).values()) == [Fraction(45)]


@pytest.mark.parametrize(
    ("rows", "setting"),
    [([row(1), row(2, personal="P8")], "double_staffing"), ([row(1, delas_av=2)], "cohabitants")],
)
def test_a_month_that_needs_a_choice_nobody_has_made_stops_and_names_it(
    visited: Visited, rows: list[str], setting: str
) -> None:
    handed_in(visited, *rows)

    with pytest.raises(SettingIsUnknown, match=setting):
        queries.performed_month([visited.ekot_id], MARCH, chosen(None, None))


def test_performed_of_ordered_is_told_per_provider_and_area(visited: Visited) -> None:
    rows = [row(day, start=f"2026-03-{day:02d} 08:00", slut=f"2026-03-{day:02d} 08:45") for day in range(2, 32)]
    handed_in(visited, *rows)
    rules = queries.counting_of("leksand", MARCH)
    assert rules is not None

    [share] = queries.shares_of_month("leksand", MARCH, rules)

    assert (share.provider, share.area) == (str(visited.ekot_id), "Centrum")
    # 30 visits of 45 minutes; ordered from the second of March, 30 of its 31 days.
    assert share.performed == 30 * 45
    assert share.ordered == Fraction(HOURS * 30, 31)

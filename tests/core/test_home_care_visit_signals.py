"""What in a month of visits makes somebody ask, and what does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.local_time import instant
from timvis.core.home_care.ordered import Pause
from timvis.core.home_care.visit_signals import Bounds, Signal, SignalKind, by_hand_percent, signals
from timvis.core.home_care.visits import Place, RegisteredBy, RegisteredVisit, VisitState
from timvis.core.records import Instant

BOUNDS = Bounds(
    metres_per_minute=1_500,
    fewest_visits=10,
    as_planned_percent=95,
    on_five_minutes_percent=90,
    by_hand_percent=30,
)
MONDAY = date(2026, 3, 2)
TOWN, VILLAGE = Place(northing=6_733_000, easting=492_000), Place(northing=6_763_000, easting=492_000)


def visit(
    number: int = 1, *, at: int = 8 * 60 + 3, minutes: int = 41, on: date = MONDAY, recipient: str = "Alma"
) -> RegisteredVisit:
    start_at = instant(on, at)
    return RegisteredVisit(
        key=str(number),
        system="",
        recipient=recipient,
        service="omsorg",
        state=VisitState.PERFORMED,
        start_at=start_at,
        end_at=Instant(start_at + minutes),
        staff="P7",
    )


def found(
    *visits: RegisteredVisit,
    hospital: Mapping[str, Sequence[Pause]] | None = None,
    died_at: Mapping[str, Instant] | None = None,
) -> tuple[Signal, ...]:
    return signals(visits, BOUNDS, hospital=hospital or {}, died_at=died_at or {})


def kinds(told: Sequence[Signal]) -> list[SignalKind]:
    return [signal.kind for signal in told]


def days(count: int) -> list[RegisteredVisit]:
    """Visits on as many days, as they come: never the same length, seldom on an even minute."""
    return [
        visit(number, at=8 * 60 + 1 + number % 3, minutes=38 + number % 4, on=MONDAY + timedelta(days=number))
        for number in range(count)
    ]


def test_an_ordinary_month_says_nothing() -> None:
    assert found(*days(20)) == ()


def test_one_employee_at_two_visits_at_once() -> None:
    first, second = visit(1), visit(2, at=8 * 60 + 30, recipient="Björn")
    [signal] = found(second, first)
    assert (signal.kind, signal.visits) == (SignalKind.OVERLAP, (first, second))


def test_a_long_visit_is_held_against_each_that_begins_within_it() -> None:
    visits = [
        visit(1, minutes=180),
        visit(2, at=9 * 60, minutes=10, recipient="B"),
        visit(3, at=10 * 60, recipient="C"),
    ]
    assert kinds(found(*visits)) == [SignalKind.OVERLAP, SignalKind.OVERLAP]


def test_one_visit_to_a_household_is_no_overlap_nor_are_two_employees() -> None:
    shared = [replace(visit(1), shared_by=2), replace(visit(2, recipient="Björn"), shared_by=2)]
    assert found(*shared) == ()
    assert found(visit(1), replace(visit(2), staff="P8")) == ()


def test_thirty_kilometres_take_more_than_nineteen_minutes() -> None:
    first = replace(visit(1, at=8 * 60, minutes=31), place=TOWN)
    soon = replace(visit(2, at=8 * 60 + 50, recipient="Björn"), place=VILLAGE)
    assert kinds(found(first, soon)) == [SignalKind.IMPOSSIBLE_TRAVEL]
    in_time = replace(soon, start_at=Instant(soon.start_at + 1), end_at=Instant(soon.end_at + 1))
    assert found(first, in_time) == ()
    assert found(first, replace(soon, place=None)) == ()


def test_a_visit_during_a_stay_in_hospital_but_not_on_the_way_there() -> None:
    at = visit().start_at
    assert kinds(found(visit(), hospital={"Alma": [Pause(from_at=Instant(at - 60))]})) == [SignalKind.IN_HOSPITAL]
    assert found(visit(), hospital={"Alma": [Pause(from_at=Instant(at + 20))]}) == ()
    assert found(visit(), hospital={"Alma": [Pause(from_at=Instant(at - 600), to_at=Instant(at))]}) == ()


def test_a_visit_after_death_is_told_once_and_first() -> None:
    at = visit().start_at
    told = found(
        visit(), visit(2, recipient="B"), hospital={"Alma": [Pause(from_at=Instant(at - 60))]}, died_at={"Alma": at}
    )
    assert kinds(told) == [SignalKind.AFTER_DEATH, SignalKind.OVERLAP]


def test_always_exactly_as_planned() -> None:
    as_planned = [replace(one, planned_minutes=one.minutes) for one in days(10)]
    [signal] = found(*as_planned)
    assert (signal.kind, signal.percent, len(signal.visits)) == (SignalKind.ALWAYS_AS_PLANNED, 100, 10)
    assert found(*as_planned[:9]) == ()
    assert found(replace(as_planned[0], planned_minutes=60), *as_planned[1:]) == ()


def test_always_on_even_five_minutes() -> None:
    even = [visit(number, at=8 * 60, minutes=45, on=MONDAY + timedelta(days=number)) for number in range(12)]
    assert kinds(found(*even)) == [SignalKind.REGULAR_AS_A_MACHINE]


def test_the_share_registered_by_hand() -> None:
    on_site = [replace(one, registered=RegisteredBy.ON_SITE) for one in days(10)]
    by_hand = [replace(one, registered=RegisteredBy.BY_HAND) for one in on_site]
    visits = [*by_hand[:3], *on_site[3:]]
    [signal] = found(*visits)
    assert (signal.kind, signal.percent, len(signal.visits)) == (SignalKind.REGISTERED_BY_HAND, 30, 3)
    assert by_hand_percent(visits) == 30
    assert by_hand_percent(days(3)) is None
    assert found(*by_hand[:2], *on_site[2:]) == ()


def test_what_was_only_planned_or_was_cancelled_is_no_sign_of_anything() -> None:
    others = [replace(visit(1), state=VisitState.PLANNED), replace(visit(2), state=VisitState.CANCELLED)]
    assert found(*others, died_at={"Alma": others[0].start_at}) == ()


TIMES = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 90)), max_size=15)


@given(TIMES, st.randoms())
def test_overlaps_are_found_whenever_there_are_any_and_in_whatever_order_they_come(
    times: list[tuple[int, int]], shuffle: Random
) -> None:
    visits = [visit(number, at=start, minutes=length) for number, (start, length) in enumerate(times)]
    there_are = any(
        one.start_at < other.end_at and other.start_at < one.end_at
        for number, one in enumerate(visits)
        for other in visits[:number]
    )
    told = found(*visits)
    assert (SignalKind.OVERLAP in kinds(told)) == there_are
    mixed = list(visits)
    shuffle.shuffle(mixed)
    assert found(*mixed) == told

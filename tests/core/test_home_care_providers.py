"""What a provider has agreed to, and why it can or cannot take somebody; how full it is on its fullest day to come."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.calculation.home_care.records import Granted
from timvis.core.home_care.capacity import Capacity, peak_minutes
from timvis.core.home_care.providers import CannotTake, OfferedService, Terms, Wanted, cannot_take, term_faults
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
TERMS = Terms(
    provider="7",
    begins_on=MARCH,
    ends_on=MAY,
    services=(OfferedService(name="care"), OfferedService(name="cleaning")),
    areas=frozenset({"north"}),
)
WANTED = Wanted(services=frozenset({"care"}), from_on=MARCH, minutes=Minutes(600), area="north")
ROOM = Capacity(provider="7", ordered_minutes=Minutes(0), ceiling_minutes=Minutes(600))


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({}, None),
        ({"from_on": MAY}, CannotTake.AGREEMENT_DOES_NOT_HOLD),
        ({"from_on": date(2026, 2, 28)}, CannotTake.AGREEMENT_DOES_NOT_HOLD),
        ({"leaves": frozenset({"7"})}, CannotTake.RECIPIENT_LEAVES_IT),
        ({"services": frozenset({"care", "meals"})}, CannotTake.SERVICE_IS_NOT_OFFERED),
        ({"area": "south"}, CannotTake.AREA_IS_NOT_SERVED),
        ({"minutes": Minutes(601)}, CannotTake.FULL),
    ],
)
def test_why_a_provider_cannot_take_somebody(changed: dict[str, object], because: CannotTake | None) -> None:
    assert cannot_take(TERMS, replace(WANTED, **changed), ROOM) is because  # type: ignore[arg-type]


def test_no_areas_is_the_whole_municipality() -> None:
    assert cannot_take(replace(TERMS, areas=frozenset()), replace(WANTED, area="anywhere"), ROOM) is None


def test_the_first_reason_is_the_one_that_more_room_would_not_help() -> None:
    wanted = replace(WANTED, area="south", minutes=Minutes(10**6))
    assert cannot_take(TERMS, wanted, ROOM) is CannotTake.AREA_IS_NOT_SERVED


def test_terms_that_cannot_be_are_all_told_at_once() -> None:
    wrong = Terms(
        provider="7",
        begins_on=MAY,
        ends_on=MARCH,
        services=(OfferedService(name="meals", from_minute=600, to_minute=300), OfferedService(name="meals")),
        areas=frozenset({"east"}),
        ceiling_minutes=Minutes(0),
    )
    columns = [fault.column for fault in term_faults(wrong, services=["care"], areas=["north"])]
    assert columns == ["ends_on", "ceiling", "services", "services", "services", "services", "areas"]
    assert term_faults(TERMS, services=["care", "cleaning"], areas=["north"]) == ()


def ordered(minutes: int, from_on: date, to_on: date = date.max, per: GrantUnit = GrantUnit.MONTH) -> Granted:
    return Granted(service="care", minutes=Minutes(minutes), per=per, granted_from=from_on, granted_to=to_on)


def test_the_fullest_day_to_come_is_what_is_counted() -> None:
    # March 600. In April the first ends and one of 900 begins; in May one of 300 more.
    orders = [(ordered(600, MARCH, APRIL),), (ordered(900, APRIL),), (ordered(300, MAY),)]
    assert peak_minutes(orders, MARCH) == 1200
    assert peak_minutes(orders[:2], MARCH) == 900
    assert peak_minutes(orders[:1], APRIL) == 0


def test_weekly_hours_are_counted_as_the_months_they_fall_in() -> None:
    # 70 minutes a week is 10 a day: 310 in a month of 31 days.
    assert peak_minutes([(ordered(70, MARCH, per=GrantUnit.WEEK),)], MARCH) == 310


def test_nothing_ordered_is_nothing() -> None:
    assert peak_minutes([], MARCH) == 0

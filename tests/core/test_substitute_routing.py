"""Who answers when a substitute is needed, every minute of the year."""

import itertools
from datetime import date

import pytest

from timvis.core.calendar.local_time import instant, local_day, local_minute
from timvis.core.calendar.working_days import Definition, is_working_day
from timvis.core.records import Instant
from timvis.core.substitute.routing import (
    Band,
    ContactPoint,
    Desk,
    DeskDays,
    DeskHours,
    Hole,
    Rung,
    answering,
    contact_of,
    holes,
    turn,
    watch_at,
    watches,
)
from timvis.formats.holiday_calendar.read import holidays_of

HOLIDAYS = holidays_of(2023, 2030)
OFFICE, NIGHT = Desk.STAFFING_ASSISTANT, Desk.DUTY_SUPERVISOR


def hour(clock: int, minute: int = 0) -> int:
    return clock * 60 + minute


def band(days: DeskDays, from_minute: int, to_minute: int, by: Desk) -> Band:
    return Band(days=days, from_minute=from_minute, to_minute=to_minute, by=by)


OFFICE_AND_NIGHT = DeskHours(
    bands=(
        band(DeskDays.WORKING_DAYS, hour(8), hour(16, 30), OFFICE),
        band(DeskDays.WORKING_DAYS, 0, hour(8), NIGHT),
        band(DeskDays.WORKING_DAYS, hour(16, 30), hour(24), NIGHT),
        band(DeskDays.OTHER_DAYS, 0, hour(24), NIGHT),
    ),
    holidays=HOLIDAYS,
    definition=Definition.MONDAY_TO_FRIDAY,
)
FOUR_BANDS = DeskHours(
    bands=tuple(
        band(DeskDays.EVERY_DAY, start, end, Desk.CONTRACTED_COMPANY)
        for start, end in ((hour(6), hour(8)), (hour(8), hour(17)), (hour(17), hour(23)), (hour(23), hour(6)))
    ),
    holidays=HOLIDAYS,
)


@pytest.mark.parametrize("year", [2024, 2026])
def test_somebody_answers_every_minute_of_a_year(year: int) -> None:
    for at in range(instant(date(year, 1, 1), 0), instant(date(year + 1, 1, 1), 0)):
        by_day, by_four = answering(OFFICE_AND_NIGHT, Instant(at)), answering(FOUR_BANDS, Instant(at))

        on, minute = local_day(Instant(at)), local_minute(Instant(at))
        office = is_working_day(on, HOLIDAYS, Definition.MONDAY_TO_FRIDAY) and hour(8) <= minute < hour(16, 30)
        assert by_day is not None
        assert by_day.by is (OFFICE if office else NIGHT)
        assert by_four is not None
        assert by_four.from_minute == next(
            (start for start in (hour(23), hour(17), hour(8), hour(6)) if minute >= start), hour(23)
        )


@pytest.mark.parametrize("hours", [OFFICE_AND_NIGHT, FOUR_BANDS])
def test_the_watches_of_a_year_meet_and_each_is_answered_by_the_same_all_through(hours: DeskHours) -> None:
    start, end = instant(date(2026, 1, 1), 0), instant(date(2027, 1, 1), 0)

    found = watches(hours, start, end)

    assert found[0].start_at == start
    assert found[-1].end_at == end
    for one, after in itertools.pairwise(found):
        assert one.end_at == after.start_at
        assert one.band != after.band
    for one in found:
        for at in (one.start_at, (one.start_at + one.end_at) // 2, one.end_at - 1):
            assert answering(hours, Instant(at)) == one.band


@pytest.mark.parametrize(
    ("on", "clock", "by"),
    [
        (date(2026, 3, 3), hour(7, 59), NIGHT),  # an ordinary Tuesday
        (date(2026, 3, 3), hour(8), OFFICE),
        (date(2026, 3, 3), hour(16, 29), OFFICE),
        (date(2026, 3, 3), hour(16, 30), NIGHT),
        (date(2026, 3, 7), hour(10), NIGHT),  # Saturday
        (date(2026, 4, 3), hour(10), NIGHT),  # Good Friday
        (date(2026, 6, 19), hour(10), NIGHT),  # Midsummer Eve
        (date(2026, 12, 31), hour(10), NIGHT),  # New Year's Eve
        (date(2026, 3, 29), hour(3), NIGHT),  # the minute after the clocks went forward
    ],
)
def test_holidays_and_eves_are_answered_as_nights_are(on: date, clock: int, by: Desk) -> None:
    found = answering(OFFICE_AND_NIGHT, instant(on, clock))

    assert found is not None
    assert found.by is by


def test_a_night_band_still_answers_in_the_morning_after_the_day_it_began() -> None:
    friday_night = DeskHours(
        bands=(band(DeskDays.WORKING_DAYS, hour(22), hour(6), NIGHT),),
        holidays=HOLIDAYS,
        definition=Definition.MONDAY_TO_FRIDAY,
    )

    assert answering(friday_night, instant(date(2026, 3, 7), hour(5))) is not None  # Saturday morning
    assert answering(friday_night, instant(date(2026, 3, 9), hour(5))) is None  # Monday: Sunday began no band


def test_the_night_the_clocks_go_back_is_an_hour_longer_for_the_same_band() -> None:
    night = watch_at(FOUR_BANDS, instant(date(2026, 10, 25), hour(2, 30), fold=1))

    whole = watches(FOUR_BANDS, instant(date(2026, 10, 24), hour(23)), instant(date(2026, 10, 25), hour(6)))
    assert night.band is not None
    assert night.band.from_minute == hour(23)
    assert [one.end_at - one.start_at for one in whole] == [8 * 60]


def test_bands_that_leave_a_hole_or_overlap_are_told_with_their_minutes() -> None:
    assert holes(OFFICE_AND_NIGHT.bands) == ()
    assert holes(FOUR_BANDS.bands) == ()

    without_saturdays = OFFICE_AND_NIGHT.bands[:-1]
    twice = (*OFFICE_AND_NIGHT.bands, band(DeskDays.WORKING_DAYS, hour(12), hour(13), NIGHT))

    assert {(one.is_working_day, one.from_minute, one.to_minute) for one in holes(without_saturdays)} >= {
        (False, 0, hour(8)),
        (False, hour(16, 30), hour(24)),
    }
    assert holes(twice)[0] == Hole(
        is_working_day=True, after_working_day=True, from_minute=hour(12), to_minute=hour(13), answers=2
    )


def test_an_unconfirmed_need_follows_the_clock_and_climbs_the_ladder() -> None:
    ladder = (Rung(after_minutes=30, to=Desk.SECTION_HEAD), Rung(after_minutes=60, to=Desk.AUTHORITY_HEAD))
    hours = DeskHours(
        bands=OFFICE_AND_NIGHT.bands, holidays=HOLIDAYS, definition=Definition.MONDAY_TO_FRIDAY, ladder=ladder
    )
    came_at = instant(date(2026, 3, 3), hour(16, 10))

    at_once = turn(hours, came_at=came_at, now_at=came_at)
    after_office = turn(hours, came_at=came_at, now_at=Instant(came_at + 30))
    late = turn(hours, came_at=came_at, now_at=Instant(came_at + 61))

    assert (at_once.desks, at_once.next_at) == ((OFFICE,), came_at + 30)
    assert (after_office.desks, after_office.next_at) == ((NIGHT, Desk.SECTION_HEAD), came_at + 60)
    assert (late.desks, late.next_at) == ((NIGHT, Desk.SECTION_HEAD, Desk.AUTHORITY_HEAD), None)


def test_a_number_for_just_that_band_goes_before_the_desks_own_and_each_holds_its_days() -> None:
    def point(number: str, from_minute: int | None, on: date, to: date | None = None) -> ContactPoint:
        return ContactPoint(
            desk=Desk.CONTRACTED_COMPANY,
            name="Basansvar",
            telephone=number,
            from_minute=from_minute,
            contact_from=on,
            contact_to=to,
        )

    points = (
        point("1", None, date(2026, 1, 1)),
        point("2", hour(23), date(2026, 1, 1), date(2026, 7, 1)),
        point("3", hour(23), date(2026, 7, 1)),
    )
    night, day = FOUR_BANDS.bands[3], FOUR_BANDS.bands[1]

    def telephone(at: Band, on: date) -> str | None:
        found = contact_of(at, on, points)
        return found.telephone if found else None

    assert telephone(night, date(2026, 6, 30)) == "2"
    assert telephone(night, date(2026, 7, 1)) == "3"
    assert telephone(day, date(2026, 7, 1)) == "1"
    assert telephone(day, date(2025, 7, 1)) is None

"""The substitute's time stands on one of two reports, and no hour on both."""

from typing import Any

import pytest

from tests.apps.orders.desk import MONDAY, MORNING, SUNDAY, Town, at, booking, confirmed, reported, worked
from tests.apps.signed_months import law
from timvis.apps.orders import fee_acts, queries, records
from timvis.core.access import BookingStatus
from timvis.core.calendar.local_time import instant, spans_between
from timvis.core.faults import Refusal
from timvis.core.substitute.request import Open
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import SheetRow, WorkedPiece


def report(town: Town, booking_id: int, rows: Any, *, week_minutes: int | None = 1800) -> Any:
    return fee_acts.report_time(
        at(town.ida, MORNING), booking_id, rows, law=law(), now=MORNING, average_week_minutes=week_minutes
    )


def codes(found: Any) -> list[str]:
    assert isinstance(found, tuple), found
    return [finding.code for finding in found]


def test_six_hours_of_the_night_stand_on_the_states_report_and_two_on_our_own(town: Town) -> None:
    booking_id = confirmed(town)

    reported(town, booking_id)  # 20 per cent of 30 hours a week is 6 hours

    row = booking(booking_id)
    rows = records.sheet_rows(records.newest_sheets(row))
    assert row.status == BookingStatus.WORKED
    assert [(one.sheet, one.span.work_on, one.span.from_text, one.span.to_text) for one in rows] == [
        (Sheet.STATE, SUNDAY, "23.00", "24.00"),
        (Sheet.STATE, MONDAY, "00.00", "05.00"),
        (Sheet.OWN, MONDAY, "05.00", "07.00"),
    ]
    assert Open.TIME_REPORT not in queries.on_desk(row, now=MORNING).still_open


def test_the_second_night_of_the_same_sick_period_uses_what_the_first_left_of_the_deduction(town: Town) -> None:
    reported(town, confirmed(town))
    second = confirmed(town, start_at=instant(MONDAY.replace(day=10), 540), end_at=instant(MONDAY.replace(day=10), 720))

    reported(town, second)

    assert {row.sheet for row in records.sheet_rows(records.newest_sheets(booking(second)))} == {Sheet.OWN}


def test_the_same_hours_on_both_reports_are_refused_and_nothing_is_kept(town: Town) -> None:
    booking_id = confirmed(town)
    both = [SheetRow(sheet=sheet, span=piece.span) for piece in worked(booking_id) for sheet in Sheet]

    assert set(codes(report(town, booking_id, both))) == {"hours_stood_on_both_reports"}
    assert booking(booking_id).time_sheets.count() == 0
    assert booking(booking_id).status == BookingStatus.CONFIRMED


def test_hours_on_the_wrong_report_are_told_with_the_right_one(town: Town) -> None:
    booking_id = confirmed(town)
    all_on_ours = [SheetRow(sheet=Sheet.OWN, span=piece.span) for piece in worked(booking_id)]

    assert set(codes(report(town, booking_id, all_on_ours))) == {"hours_stood_on_the_wrong_report"}


def test_without_the_average_week_nobody_can_tell_where_the_deduction_ends(town: Town) -> None:
    booking_id = confirmed(town)

    assert codes(report(town, booking_id, worked(booking_id), week_minutes=None)) == ["qualifying_time_was_not_known"]


def test_time_on_another_day_than_the_booking_and_no_time_at_all_are_stopped(town: Town) -> None:
    booking_id = confirmed(town)
    [other] = spans_between(instant(MONDAY.replace(day=12), 480), instant(MONDAY.replace(day=12), 600))

    assert codes(report(town, booking_id, [WorkedPiece(span=other)])) == ["work_was_on_another_day_than_booked"]
    assert codes(report(town, booking_id, [])) == ["no_time_was_reported"]


def test_a_report_may_be_corrected_until_it_is_charged_for(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)
    shorter = spans_between(instant(SUNDAY, 1380), instant(MONDAY, 360))

    assert report(town, booking_id, [WorkedPiece(span=span) for span in shorter]) == 2
    newest = records.sheet_rows(records.newest_sheets(booking(booking_id)))
    assert sum(row.span.actual_minutes for row in newest) == 7 * 60


@pytest.mark.parametrize("who", ["elsa", "alma", "cecilia"])
def test_only_the_desk_and_finance_hand_in_the_substitutes_time(town: Town, who: str) -> None:
    booking_id = confirmed(town)
    actor = at(getattr(town.cast, who), MORNING)

    refused = fee_acts.report_time(actor, booking_id, worked(booking_id), law=law(), now=MORNING)

    assert refused is Refusal.ROLE_DOES_NOT_ALLOW

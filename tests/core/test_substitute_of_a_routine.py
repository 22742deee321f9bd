"""The routines that come with Timvis say who answers and on which form, and can be booked by as they stand."""

from datetime import date
from pathlib import Path

import pytest

from timvis.core.calculation.substitute_fee import QualifyingTime
from timvis.core.calendar.local_time import instant
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import SettingIsUnknown
from timvis.core.routine.substitute import desk_hours, desk_problems, settings_of
from timvis.core.substitute.routing import Desk, answering, holes, turn
from timvis.core.substitute.settings import ArrangedBy, Sheet, SubstituteSettings
from timvis.core.substitute.time_sheets import form_of
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.routine.packaged import packaged_routine
from timvis.formats.routine.read import read

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD_FRIDAY = date(2026, 4, 3)


def packaged(slug: str) -> Routine:
    found = packaged_routine(slug)
    assert found is not None
    return found


def answered(slug: str) -> Routine:
    found = read((EXAMPLES / f"{slug}.toml").read_bytes(), source=slug)
    assert isinstance(found, Routine), found
    return found


def by_at(routine: Routine, on: date, minute: int) -> Desk:
    band = answering(desk_hours(routine, settings_of(routine), holidays_around(on)), instant(on, minute))
    assert band is not None
    return band.by


def settings_of_osthammar() -> SubstituteSettings:
    return settings_of(answered("osthammar/substitute"))


def test_osthammars_office_answers_on_working_days_and_the_duty_supervisor_otherwise() -> None:
    routine = answered("osthammar/substitute")

    assert by_at(routine, date(2026, 4, 2), 10 * 60) is Desk.STAFFING_ASSISTANT
    assert by_at(routine, GOOD_FRIDAY, 10 * 60) is Desk.DUTY_SUPERVISOR
    assert by_at(routine, date(2026, 4, 2), 16 * 60 + 30) is Desk.DUTY_SUPERVISOR


def test_vasteras_contracted_company_answers_in_four_bands_without_knowing_what_a_working_day_is() -> None:
    routine = packaged("vasteras/sick_cost")
    settings = settings_of(routine)

    assert {by_at(routine, GOOD_FRIDAY, hour * 60) for hour in range(24)} == {Desk.CONTRACTED_COMPANY}
    assert len(settings.bands) == 4
    assert not settings.is_booked_here
    assert settings.cancelled_is_billed is True


@pytest.mark.parametrize("routine", [answered("osthammar/substitute"), packaged("vasteras/sick_cost")])
def test_the_bands_leave_no_minute_without_an_answer(routine: Routine) -> None:
    assert holes(settings_of(routine).bands) == ()


def test_what_the_shipped_routine_does_not_say_is_asked_for_and_not_made_up() -> None:
    shipped = packaged("osthammar/substitute")
    settings = settings_of(shipped)

    assert settings.ladder == ()
    assert settings.qualifying_time is None
    with pytest.raises(SettingIsUnknown, match="working_day"):
        desk_hours(shipped, settings, holidays_around(GOOD_FRIDAY))


def test_the_answered_copy_goes_on_to_the_duty_supervisor_and_then_the_section_head() -> None:
    settings = settings_of_osthammar()
    hours = desk_hours(answered("osthammar/substitute"), settings, holidays_around(GOOD_FRIDAY))
    came_at = instant(date(2026, 4, 2), 9 * 60)

    found = turn(hours, came_at=came_at, now_at=instant(date(2026, 4, 2), 10 * 60))

    assert found.desks == (Desk.STAFFING_ASSISTANT, Desk.DUTY_SUPERVISOR, Desk.SECTION_HEAD)


def test_the_answered_copy_says_which_form_on_which_day() -> None:
    settings = settings_of_osthammar()

    assert settings.arranged_by is ArrangedBy.MUNICIPALITY_AS_LAST_RESORT
    assert settings.tries_own_routine_first
    assert settings.decided_afterwards
    assert settings.qualifying_time is QualifyingTime.UNTIL_CONSUMED
    assert form_of(Sheet.STATE, date(2013, 3, 4), settings.forms) == "Försäkringskassans blankett 3057"
    assert form_of(Sheet.STATE, date(2026, 3, 4), settings.forms) == "Försäkringskassans blankett 3059"
    assert form_of(Sheet.OWN, date(2026, 3, 4), settings.forms) == "Kommunens egen tidrapport"


def test_a_routine_whose_desk_leaves_a_hole_is_not_published() -> None:
    text = (EXAMPLES / "osthammar/substitute.toml").read_text(encoding="utf-8")
    row = '[[setting.substitute_desk]]\ndays = "other_days"\nfrom = "00.00"\nto = "24.00"\nby = "duty_supervisor"\n'
    assert row in text

    def problems(changed: str) -> list[tuple[str, str]]:
        routine = read(changed.encode(), source="rutin.toml")
        assert isinstance(routine, Routine), routine
        return [(one.code, one.example) for one in desk_problems(routine)]

    assert problems(text) == []
    assert ("nobody_answers", "en annan dag än vardag 08.00–16.30") in problems(text.replace(row, ""))
    twice = row.replace("other_days", "every_day").replace('"00.00"', '"12.00"').replace('"24.00"', '"13.00"')
    assert {code for code, _ in problems(text.replace(row, row + "\n" + twice))} == {"several_answer"}

"""What an officer says of a line decides what is paid for it, by the routine's own rules."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from timvis.core.calculation.home_care.records import Granted, Price, PriceUnit
from timvis.core.calculation.home_care.settings import Form, settings_by_day
from timvis.core.calculation.home_care.time_bands import BandDays
from timvis.core.calendar.local_time import instant
from timvis.core.home_care.paid import LineFacts, LineSaid, LineWordKind, MonthTerms, PaidLine, paid, visits_of
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit, Instant
from timvis.core.routine.home_care import choices_of
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law
from timvis.formats.routine.packaged import packaged_routine

MARCH = date(2025, 3, 1)
ROUTINE = packaged_routine("leksand/home_care")
assert ROUTINE is not None
TERMS = MonthTerms(
    month_on=MARCH,
    form=Form.PRIVATE,
    settings=settings_by_day([choices_of(ROUTINE)]),
    # What the council has set the hour at the routine does not say: 400,00 is an example.
    prices=(Price(service="home_care", unit=PriceUnit.HOUR, amount_ore=Ore(40_000)),),
    bands=(),
    days=BandDays(holidays=holidays_around(MARCH)),
)
APPROVED = LineSaid(kind=LineWordKind.APPROVED)


def visit(day: int, hours: int, *, hour: int = 8, state: VisitState = VisitState.PERFORMED) -> RegisteredVisit:
    start_at = instant(date(2025, 3, day), hour * 60)
    return RegisteredVisit(
        key=f"{day}-{hour}",
        system="mobil",
        recipient="1",
        service="home_care",
        state=state,
        start_at=start_at,
        end_at=Instant(start_at + hours * 60),
    )


def facts(*visits: RegisteredVisit, granted_hours: int = 20) -> LineFacts:
    grant = Granted(
        service="home_care",
        minutes=Minutes(granted_hours * 60),
        per=GrantUnit.MONTH,
        granted_from=MARCH,
        granted_to=date(2025, 4, 1),
    )
    return LineFacts(service="home_care", granted=(grant,), visits=visits, cites=("SoL (2001:453) 4 kap. 1 §",))


def come_to(of: LineFacts, said: LineSaid = APPROVED) -> PaidLine:
    found = paid(of, TERMS, said, LawReader(load_law()))
    assert isinstance(found, PaidLine), found
    return found


def test_what_is_approved_is_paid_as_it_was_performed() -> None:
    found = come_to(facts(visit(3, 2), visit(4, 3)))

    assert (found.minutes, found.statement.total_ore, found.undecided_minutes) == (300, 200_000, 0)


def test_when_the_basis_is_wrong_granted_time_is_paid_as_the_routine_says() -> None:
    found = come_to(facts(visit(3, 2)), LineSaid(kind=LineWordKind.GRANTED_INSTEAD, comment="Två dagar saknas"))

    assert (found.minutes, found.statement.total_ore) == (20 * 60, 800_000)


def test_what_is_not_approved_is_not_paid() -> None:
    found = come_to(facts(visit(3, 2)), LineSaid(kind=LineWordKind.NOT_APPROVED, comment="Hon var inte hemma"))

    assert (found.minutes, found.statement.lines) == (0, ())


@pytest.mark.parametrize(
    ("decided", "minutes", "undecided"), [(None, 20 * 60, 4 * 60), (False, 20 * 60, 0), (True, 24 * 60, 0)]
)
def test_time_above_the_order_waits_for_a_decision_and_is_paid_by_it(
    decided: bool | None, minutes: int, undecided: int
) -> None:
    of = facts(*(visit(day, 8) for day in (3, 4, 5)))

    found = come_to(of, replace(APPROVED, above_is_paid=decided))

    assert (found.minutes, found.undecided_minutes) == (minutes, undecided)


def test_a_visit_nobody_cancelled_in_time_is_paid_and_one_that_was_is_not() -> None:
    said_nothing = visit(5, 1, state=VisitState.CANCELLED)
    told_before = replace(visit(6, 1, state=VisitState.CANCELLED), noticed_at=instant(date(2025, 3, 4), 600))

    assert come_to(facts(said_nothing)).minutes == 60
    assert come_to(facts(told_before)).minutes == 0


def test_two_employees_at_once_are_one_visit_by_two() -> None:
    of = facts(visit(3, 1), replace(visit(3, 1), key="other", staff="2"), visit(4, 1))

    assert [(one.staff, one.minutes) for one in visits_of(of, TERMS)] == [(2, 60), (1, 60)]
    found = paid(of, TERMS, APPROVED, LawReader(load_law()))
    # The routine does not say whether both count: nothing is paid by a guess.
    assert isinstance(found, tuple)
    assert [one.column for one in found] == ["setting.double_staffing"]


def test_only_the_months_own_visits_that_happened_or_were_cancelled_count() -> None:
    before = replace(visit(3, 1), start_at=instant(date(2025, 2, 28), 600), end_at=instant(date(2025, 2, 28), 660))
    over_night = replace(visit(31, 1), start_at=instant(date(2025, 3, 31), 1380), end_at=instant(date(2025, 4, 1), 60))

    found = come_to(facts(before, visit(4, 1, state=VisitState.PLANNED), over_night))

    assert found.minutes == Fraction(120)

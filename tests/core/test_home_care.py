"""Months of home care that nobody has thought of."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.granted import granted_minutes
from timvis.core.calculation.home_care.records import (
    Absence,
    Granted,
    HomeCareCase,
    Outcome,
    Price,
    PriceUnit,
    Stretch,
    Visit,
)
from timvis.core.calculation.home_care.settings import (
    AbsenceShare,
    Basis,
    Before,
    BeyondGranted,
    Cause,
    Cohabitants,
    Concerns,
    CountedFrom,
    DatedSettings,
    Form,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    PayBasis,
    RoundingHow,
    Staffing,
    Window,
    settings_by_day,
)
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calculation.home_care.time_bands import BandDays, Days, TimeBand, band_at
from timvis.core.calculation.home_care.visits import whole_multiple
from timvis.core.calendar.months import month_period, week_pieces
from timvis.core.calendar.working_days import is_public_holiday
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law

LAW = load_law()
MONTH = date(2024, 5, 1)
HOLIDAYS = holidays_around(MONTH)
SERVICES = ("omvårdnad", "service")


@st.composite
def visits(draw: st.DrawFn, number: int) -> Visit:
    day = MONTH + timedelta(days=draw(st.integers(0, 30)))
    performed = draw(st.booleans())
    noticed = draw(st.one_of(st.none(), st.integers(0, 3)))
    return Visit(
        number=number,
        on=day,
        service=draw(st.sampled_from(SERVICES)),
        stretches=(Stretch(time_band="", minutes=Fraction(draw(st.integers(1, 600)))),),
        outcome=Outcome.PERFORMED if performed else Outcome.NOT_PERFORMED,
        noticed_on=None if noticed is None or performed else day - timedelta(days=noticed),
        staff=draw(st.sampled_from([1, 1, 2])),
        shared_by=draw(st.sampled_from([1, 1, 2, 3])),
    )


@st.composite
def months(draw: st.DrawFn) -> HomeCareCase:
    settings = HomeCareSettings(
        pay_basis=(PayBasis(form=Form.ALL, basis=Basis.PERFORMED_MEASURED),),
        granted_window=draw(st.sampled_from(Window)),
        beyond_granted=draw(st.sampled_from([BeyondGranted.NOT_PAID, BeyondGranted.AUTHORITY_DECIDES])),
        notice=(Notice(concerns=Concerns.PROVIDER_PAY, before=Before.ONGOING_DAY_PLAN),),
        absence=(
            AbsenceShare(cause=Cause.NO_NOTICE, percent=Decimal(draw(st.integers(0, 100)))),
            AbsenceShare(cause=Cause.PLANNED, percent=Decimal(draw(st.sampled_from([0, 0, 20])))),
            AbsenceShare(
                cause=Cause.HOSPITAL_UNPLANNED,
                counted_from=draw(st.sampled_from(CountedFrom)),
                last_day=draw(st.one_of(st.none(), st.integers(1, 5))),
                percent=Decimal(draw(st.integers(0, 100))),
            ),
        ),
        double_staffing=draw(st.sampled_from(Staffing)),
        cohabitants=draw(st.sampled_from(Cohabitants)),
    )
    away_on = MONTH + timedelta(days=draw(st.integers(0, 30)))
    return HomeCareCase(
        month_on=MONTH,
        form=Form.PRIVATE,
        cites=("SoL (2001:453) 4 kap. 1 §",),
        needs_assessed=True,
        is_compared=True,
        settings=settings_by_day([DatedSettings(from_on=date(2024, 1, 1), settings=settings)]),
        prices=tuple(
            Price(service=service, unit=PriceUnit.HOUR, amount_ore=Ore(draw(st.integers(1, 99_999))))
            for service in SERVICES
        ),
        granted=tuple(
            Granted(
                service=draw(st.sampled_from((*SERVICES, ""))),
                minutes=Minutes(draw(st.integers(0, 3000))),
                per=draw(st.sampled_from([GrantUnit.DAY, GrantUnit.WEEK, GrantUnit.MONTH])),
                granted_from=MONTH,
                granted_to=date(2024, 6, 1),
            )
            for _ in range(draw(st.integers(1, 3)))
        ),
        visits=tuple(draw(visits(number)) for number in range(1, draw(st.integers(1, 9)))),
        absences=draw(st.sampled_from([(), (Absence(cause=Cause.HOSPITAL_UNPLANNED, from_on=away_on, to_on=None),)])),
    )


def outcome_of(case: HomeCareCase) -> Calculated:
    outcome = calculate(case, LawReader(LAW), HOLIDAYS)
    assert isinstance(outcome, Calculated), outcome
    return outcome


def hours_of(outcome: Calculated, *codes: str) -> Fraction:
    return sum((Fraction(line.quantity) for line in outcome.statement.lines if line.code in codes), Fraction(0))


BEYOND = ("beyond_granted_not_paid", "beyond_granted_awaits_decision")


@tried(deadline=None)
@given(months(), st.randoms(use_true_random=False))
def test_the_order_in_which_visits_are_written_changes_nothing(case: HomeCareCase, random: Random) -> None:
    other = replace(case, visits=tuple(random.sample(case.visits, len(case.visits))))

    assert outcome_of(case).statement.lines == outcome_of(other).statement.lines
    assert outcome_of(case).handed_over == outcome_of(other).handed_over


@tried(deadline=None)
@given(months())
def test_no_line_is_negative_and_the_total_is_their_sum(case: HomeCareCase) -> None:
    statement = outcome_of(case).statement

    assert all(line.amount_ore >= 0 for line in statement.lines)
    assert statement.total_ore == sum(line.amount_ore for line in statement.lines)


@tried(deadline=None)
@given(months())
def test_a_line_is_its_quantity_times_its_rate_rounded_once(case: HomeCareCase) -> None:
    for line in outcome_of(case).statement.lines:
        exact = Fraction(line.quantity) * Fraction(line.rate)
        assert abs(line.amount_ore - exact) <= Fraction(1, 2)


@tried(deadline=None)
@given(months())
def test_every_performed_minute_is_paid_or_told_to_lie_beyond_the_order(case: HomeCareCase) -> None:
    outcome = outcome_of(case)

    performed = sum(
        (
            visit.minutes
            * (visit.staff if case.settings.on(MONTH).double_staffing is Staffing.EACH_COUNTS else 1)
            / (visit.shared_by if case.settings.on(MONTH).cohabitants is Cohabitants.SPLIT else 1)
            for visit in case.visits
            if visit.outcome is Outcome.PERFORMED
        ),
        Fraction(0),
    )
    assert hours_of(outcome, "performed_time", *BEYOND) * 60 == performed


@tried(deadline=None)
@given(months())
def test_no_more_is_paid_as_performed_than_was_granted_in_any_window(case: HomeCareCase) -> None:
    month = month_period(MONTH)
    by_week = case.settings.on(MONTH).granted_window is Window.WEEK
    for period in [piece.period for piece in week_pieces(month)] if by_week else [month]:
        inside = [visit for visit in case.visits if period.from_on <= visit.on < period.to_on]
        granted = sum((granted_minutes(grant, period) for grant in case.granted), Fraction(0))

        paid = hours_of(outcome_of(replace(case, visits=tuple(inside))), "performed_time")

        assert paid * 60 <= granted


@tried(deadline=None)
@given(months())
def test_a_planned_visit_gives_at_most_what_a_performed_one_would(case: HomeCareCase) -> None:
    open_case = replace(case, is_compared=False)
    kept = tuple(replace(visit, outcome=Outcome.PERFORMED, noticed_on=None) for visit in open_case.visits)

    everything = outcome_of(replace(open_case, visits=kept)).statement.total_ore

    # Each line is rounded by itself, so a month cut into more lines may differ by half an öre for each.
    lines = len(outcome_of(open_case).statement.lines) + 2
    assert outcome_of(open_case).statement.total_ore <= everything + lines


@tried(deadline=None)
@given(st.fractions(0, 600, max_denominator=6), st.integers(1, 30), st.sampled_from(RoundingHow))
def test_a_rounded_visit_is_a_multiple_less_than_one_away(minutes: Fraction, step: int, how: RoundingHow) -> None:
    rounded = whole_multiple(minutes, MinuteRounding(minutes=step, how=how))

    assert rounded % step == 0
    assert abs(rounded - minutes) < step
    assert {"up": rounded >= minutes, "down": rounded <= minutes}.get(how.value, True)


@tried(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 1439), st.randoms(use_true_random=False))
def test_every_minute_has_one_band_whatever_the_order_of_the_list(day: date, minute: int, random: Random) -> None:
    bands = [
        TimeBand(name="dag", days=Days.EVERY_DAY, from_minute=420, to_minute=1140),
        TimeBand(name="natt", days=Days.EVERY_DAY, from_minute=1140, to_minute=420),
        TimeBand(name="helg", days=Days.FRIDAY_TO_MONDAY, from_minute=1140, to_minute=420),
        TimeBand(name="helgdag", days=Days.HOLIDAYS, from_minute=0, to_minute=1440),
        TimeBand(name="storhelg", days=Days.MAJOR_HOLIDAYS, from_minute=0, to_minute=1440),
    ]
    known = BandDays(holidays=HOLIDAYS, major=frozenset({date(2024, 12, 24), date(2024, 12, 25)}))

    name = band_at(day, minute, bands, known)

    assert name == band_at(day, minute, random.sample(bands, len(bands)), known)
    if day in known.major:
        assert name == "storhelg"
    elif is_public_holiday(day, HOLIDAYS):
        assert name == "helgdag"
    elif (
        (day.weekday(), minute >= 1140) == (4, True) or day.weekday() == 5 or (day.weekday(), minute < 420) == (0, True)
    ):
        assert name == "helg"
    else:
        assert name == ("dag" if 420 <= minute < 1140 else "natt")

"""Months of home care that nobody has thought of, and what a case says when something is missing."""

from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.granted import granted_minutes
from timvis.core.calculation.home_care.records import (
    Absence,
    Granted,
    HomeCareCase,
    Outcome,
    Owner,
    Price,
    PriceUnit,
    Stretch,
    Visit,
)
from timvis.core.calculation.home_care.settings import (
    SETTINGS,
    AboveGranted,
    AbsenceShare,
    Basis,
    Cause,
    Cohabitants,
    CountedFrom,
    DatedSettings,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    NoticeRule,
    RoundingHow,
    ServiceShare,
    Staffing,
    Window,
    settings_by_day,
)
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calculation.home_care.visits import whole_multiple
from timvis.core.calendar.months import month_period, week_pieces
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit
from timvis.formats.calculation_case.home_care_form import WrittenSettings
from timvis.formats.calculation_case.read import calculated, read
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
        stretches=(Stretch(band="", minutes=Fraction(draw(st.integers(1, 600)))),),
        outcome=Outcome.PERFORMED if performed else Outcome.NOT_PERFORMED,
        noticed_on=None if noticed is None or performed else day - timedelta(days=noticed),
        staff=draw(st.sampled_from([1, 1, 2])),
        shared_by=draw(st.sampled_from([1, 1, 2, 3])),
    )


@st.composite
def months(draw: st.DrawFn) -> HomeCareCase:
    settings = HomeCareSettings(
        basis=Basis.PERFORMED_MEASURED,
        window=draw(st.sampled_from(Window)),
        above_granted=draw(st.sampled_from([AboveGranted.NOT_PAID, AboveGranted.ASKS])),
        notice=Notice(rule=NoticeRule.DAY_PLAN),
        wasted_visit=(ServiceShare(percent=Decimal(draw(st.integers(0, 100)))),),
        absence=(
            AbsenceShare(
                cause=Cause.HOSPITAL,
                counted_from=draw(st.sampled_from(CountedFrom)),
                to_day=draw(st.one_of(st.none(), st.integers(1, 5))),
                percent=Decimal(draw(st.integers(0, 100))),
            ),
        ),
        double_staffing=draw(st.sampled_from(Staffing)),
        cohabitants=draw(st.sampled_from(Cohabitants)),
    )
    away_on = MONTH + timedelta(days=draw(st.integers(0, 30)))
    return HomeCareCase(
        month_on=MONTH,
        owner=Owner.PRIVATE,
        cites=("SoL (2001:453) 4 kap. 1 §",),
        needs_assessed=True,
        settings=settings_by_day([DatedSettings(from_on=date(2024, 1, 1), settings=settings)]),
        prices=tuple(
            Price(service=service, unit=PriceUnit.HOUR, ore=Ore(draw(st.integers(1, 99_999)))) for service in SERVICES
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
        absences=draw(
            st.sampled_from([(), (Absence(cause=Cause.HOSPITAL, from_on=away_on, to_on=None, planned=False),)])
        ),
    )


def outcome_of(case: HomeCareCase) -> Calculated:
    outcome = calculate(case, LawReader(LAW), HOLIDAYS)
    assert isinstance(outcome, Calculated), outcome
    return outcome


def hours_of(outcome: Calculated, *codes: str) -> Fraction:
    return sum((Fraction(line.quantity) for line in outcome.statement.lines if line.code in codes), Fraction(0))


ABOVE = ("above_granted_not_paid", "above_granted_awaits_decision")


@given(months(), st.randoms(use_true_random=False))
def test_the_order_in_which_visits_are_written_changes_nothing(case: HomeCareCase, random: Random) -> None:
    other = replace(case, visits=tuple(random.sample(case.visits, len(case.visits))))

    assert outcome_of(case).statement.lines == outcome_of(other).statement.lines
    assert outcome_of(case).handed_over == outcome_of(other).handed_over


@given(months())
def test_no_line_is_negative_and_the_total_is_their_sum(case: HomeCareCase) -> None:
    statement = outcome_of(case).statement

    assert all(line.amount_ore >= 0 for line in statement.lines)
    assert statement.total_ore == sum(line.amount_ore for line in statement.lines)


@given(months())
def test_a_line_is_its_quantity_times_its_rate_rounded_once(case: HomeCareCase) -> None:
    for line in outcome_of(case).statement.lines:
        exact = Fraction(line.quantity) * Fraction(line.rate)
        assert abs(line.amount_ore - exact) <= Fraction(1, 2)


@given(months())
def test_every_performed_minute_is_paid_or_told_to_lie_above_the_order(case: HomeCareCase) -> None:
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
    assert hours_of(outcome, "performed_time", *ABOVE) * 60 == performed


@given(months())
def test_no_more_is_paid_as_performed_than_was_granted_in_any_window(case: HomeCareCase) -> None:
    month = month_period(MONTH)
    by_week = case.settings.on(MONTH).window is Window.WEEK
    for period in [piece.period for piece in week_pieces(month)] if by_week else [month]:
        inside = [visit for visit in case.visits if period.from_on <= visit.on < period.to_on]
        granted = sum((granted_minutes(grant, period) for grant in case.granted), Fraction(0))

        paid = hours_of(outcome_of(replace(case, visits=tuple(inside))), "performed_time")

        assert paid * 60 <= granted


@given(months())
def test_a_planned_visit_gives_at_most_what_a_performed_one_would(case: HomeCareCase) -> None:
    settings = replace(case.settings.on(MONTH), above_granted=AboveGranted.NOT_COMPARED)
    open_case = replace(case, settings=settings_by_day([DatedSettings(from_on=date.min, settings=settings)]))
    kept = tuple(replace(visit, outcome=Outcome.PERFORMED, noticed_on=None) for visit in open_case.visits)

    everything = outcome_of(replace(open_case, visits=kept)).statement.total_ore

    # Each line is rounded by itself, so a month cut into more lines may differ by half an öre for each.
    lines = len(outcome_of(open_case).statement.lines) + 2
    assert outcome_of(open_case).statement.total_ore <= everything + lines


@given(st.fractions(0, 600, max_denominator=6), st.integers(1, 30), st.sampled_from(RoundingHow))
def test_a_rounded_visit_is_a_multiple_less_than_one_away(minutes: Fraction, step: int, how: RoundingHow) -> None:
    rounded = whole_multiple(minutes, MinuteRounding(minutes=step, how=how))

    assert rounded % step == 0
    assert abs(rounded - minutes) < step
    assert {"up": rounded >= minutes, "down": rounded <= minutes}.get(how.value, True)


# --- what is missing ------------------------------------------------------------------------------------------

CASE = """kind = "home_care"
month = 2024-05-01
owner = "private"
[decision]
decided_on = 2024-01-08
[[settings]]
from = 2024-01-01
basis = "performed_measured"
{settings}
{rest}
"""


def faults_of(rest: str, settings: str = "") -> list[tuple[str, str | int | None]]:
    written = read(CASE.format(settings=settings, rest=rest), source="fall.toml")
    outcome = written if isinstance(written, tuple) else calculated(written, LawReader(LAW))
    assert isinstance(outcome, tuple), outcome
    assert all(isinstance(fault, Fault) and fault.message.endswith(".") and fault.remedy for fault in outcome)
    return [(fault.code, fault.column) for fault in outcome]


NO_ORDER = ("missing_order", "granted")


def test_a_choice_nobody_made_is_asked_for_and_all_of_them_at_once() -> None:
    assert faults_of(
        """
        [[visit]]
        on = 2024-05-02
        service = "städning"
        hours = "1"
        staff = 2
        [[visit]]
        on = 2024-05-03
        service = "städning"
        hours = "1"
        outcome = "not_performed"
        [[absence]]
        cause = "hospital"
        from = 2024-05-10
        [[visit]]
        on = 2024-05-12
        service = "städning"
        hours = "1"
        outcome = "not_performed"
        [new_recipient]
        on = 2024-05-02
        service = "städning"
        """
    ) == [
        ("missing_setting", "settings.double_staffing"),
        ("missing_setting", "settings.notice"),
        ("missing_setting", "settings.absence"),
        ("missing_setting", "settings.above_granted"),
        ("missing_price", "price"),
        ("missing_setting", "settings.new_recipient_minutes"),
    ]


@pytest.mark.parametrize(
    ("settings", "rest", "said"),
    [
        ('above_granted = "not_paid"', "", [("missing_setting", "settings.window"), NO_ORDER]),
        ('window = "month"\nabove_granted = "ceiling"', "",
         [("missing_setting", "settings.ceiling_percent"), NO_ORDER]),
        ('above_granted = "never"', "", [("unknown_word", "settings[1].above_granted")]),
        ('above_granted = "not_compared"\nowner_percent = [{ owner = "private", percent = 2 }]', "",
         [("missing_setting", "settings.price_rounding")]),
        ("wasted_visit = [{ percent = 750 }]", "", [("wrong_value", "settings[1]")]),
        ('above_granted = "not_compared"', '[[price]]\nservice = "städning"\nper = "hour"\nore = 1',
         [("two_prices", "price")]),
        ('above_granted = "not_compared"', '[[visit]]\non = 2024-06-01\nservice = "städning"\nhours = "1"',
         [("wrong_value", "visit[2].on")]),
        ('above_granted = "not_compared"', '[[visit]]\non = 2024-05-01\nservice = "städning"\ntask = "byta lampa"',
         [("missing_setting", "settings.task_minutes")]),
        ('above_granted = "not_compared"\ntask_minutes = [{ task = "tvätt", minutes = 86 }]',
         '[[visit]]\non = 2024-05-01\nservice = "städning"\ntask = "byta lampa"', [("unknown_task", "visit[2].task")]),
        ('above_granted = "not_compared"\nnotice = { rule = "hours", amount = 48 }',
         '[[visit]]\non = 2024-05-02\nservice = "städning"\nhours = "1"\noutcome = "not_performed"\n'
         "notice_at = 2024-05-01", [("clock_time_is_missing", "visit[2]")]),
        ('above_granted = "not_compared"', '[[visit]]\non = 2024-03-31\nservice = "städning"\nfrom = "02.30"\n'
         'to = "04.00"', [("does_not_exist", "visit[2]"), ("wrong_value", "visit[2].on")]),
        ('above_granted = "not_compared"', '[[visit]]\non = 2024-05-01\nservice = "städning"', [
            ("wrong_value", "visit[2]")]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_fault_with_its_place(
    settings: str, rest: str, said: list[tuple[str, str | int | None]]
) -> None:
    found = faults_of(
        f"""
        [[price]]
        service = "städning"
        per = "hour"
        ore = 40000
        [[visit]]
        on = 2024-05-02
        service = "städning"
        hours = "1"
        {rest}
        """,
        settings,
    )

    assert found == said


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("wasted_visit = [{ percent = 50 }, { percent = 75 }]", "samma insats står två gånger i wasted_visit"),
        ('absence = [{ cause = "death", counted_from = "day_after", percent = 50 }, '
         '{ cause = "death", counted_from = "event_day", from_day = 2, percent = 25, planned = false }]',
         "två rader i absence gäller samma dag"),
        ('absence = [{ cause = "death", counted_from = "day_after", from_day = 3, to_day = 2, percent = 50 }]',
         "to_day kommer inte före from_day"),
        ('owner_percent = [{ owner = "own", percent = -150 }]', "inte mellan -100 och 100 procent"),
        ('minute_rounding = { minutes = 0, how = "up" }', "minuter är större än noll"),
        ('late_fee = { kind = "amount", ore = -1 }', "ett belopp eller antal är mindre än noll"),
        ('notice = { rule = "day_plan", hours = 3 }', "settings[1].notice.hours är ett okänt fält"),
        ("ceiling_percent = 90", "settings[1].ceiling_percent är för litet"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_said_in_swedish(written: str, says: str) -> None:
    faults = read(CASE.format(settings=written, rest=""), source="fall.toml")

    assert isinstance(faults, tuple)
    assert says in " ".join(fault.message for fault in faults)


@pytest.mark.parametrize(
    ("rest", "column"),
    [
        ('[[stay]]\nservice = "boende"\nfrom = 2024-05-10\nto = 2024-05-09', "stay[1]"),
        ('[[level]]\nservice = "nivå 5"\nfrom = 2024-06-01\nto = 2024-06-30', "level[1]"),
        ('[[granted]]\nhours = "1"\nper = "week"\nfrom = 2024-06-01', "granted[1]"),
        ('[[item]]\nservice = "larm"\ncount = 1\non = 2024-04-30', "item[1].on"),
        ('[[band]]\nname = "natt"\nfrom = "22.00"\nto = "06.00"', "band[1]"),
    ],
)
def test_days_that_do_not_fit_the_month_are_faults(rest: str, column: str) -> None:
    assert faults_of(rest) == [("wrong_value", column)]


def test_a_month_whose_holidays_nobody_knows_is_a_fault() -> None:
    written = read(CASE.format(settings="", rest="").replace("2024-05-01", "9999-12-01"), source="fall.toml")
    assert not isinstance(written, tuple)

    faults = calculated(written, LawReader(LAW))

    assert isinstance(faults, tuple)
    assert [fault.column for fault in faults] == ["month"]


def test_of_two_reasons_to_be_away_the_order_in_the_file_does_not_choose() -> None:
    ill = Absence(cause=Cause.HOSPITAL, from_on=date(2024, 5, 1), to_on=None, planned=False)
    dead = Absence(cause=Cause.DEATH, from_on=date(2024, 5, 9), to_on=None, planned=False)
    case = HomeCareCase(
        month_on=MONTH,
        owner=Owner.OWN,
        cites=(),
        needs_assessed=True,
        settings=settings_by_day(()),
        absences=(ill, dead),
    )

    assert case.absence_on(date(2024, 5, 9)) == dead
    assert replace(case, absences=(dead, ill)).absence_on(date(2024, 5, 9)) == dead
    assert case.absence_on(date(2024, 5, 8)) == ill


# --- the catalogue ----------------------------------------------------------------------------------------------


def test_the_catalogue_the_core_and_the_file_name_the_same_choices() -> None:
    catalogue = [setting.name for setting in SETTINGS]

    assert catalogue == [field.name for field in fields(HomeCareSettings)]
    assert catalogue == [name for name in WrittenSettings.model_fields if name != "from_"]
    assert Counter(catalogue).most_common(1)[0][1] == 1


def test_every_choice_says_what_it_is_and_which_variation() -> None:
    for setting in SETTINGS:
        assert setting.says.endswith(".")
        assert all(number.strip()[0] == "V" for number in setting.variation.split(",") if number)

"""What a home-care case says when something is missing or cannot be."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.records import (
    Absence,
    HomeCareCase,
)
from timvis.core.calculation.home_care.settings import (
    Cause,
    Form,
    settings_by_day,
)
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.formats.calculation_case.read import calculated, read
from timvis.formats.law.packaged import load_law

LAW = load_law()
MONTH = date(2024, 5, 1)

CASE = """kind = "home_care"
month = 2024-05-01
form = "private"
[decision]
decided_on = 2024-01-08
[[setting]]
from = 2024-01-01
pay_basis = [{{ form = "all", basis = "performed_measured" }}]
{settings}
{rest}
"""
COMPARED = 'granted_window = "month"\nbeyond_granted = "not_paid"'
ORDER = '[[granted]]\nhours = "9"\nper = "month"\n'
VISIT = '[[visit]]\non = 2024-05-02\nservice = "städning"\n'
NO_ORDER = ("missing_order", "granted")


def faults_of(rest: str, settings: str = "") -> list[tuple[str, str | int | None]]:
    written = read(CASE.format(settings=settings, rest=rest), source="fall.toml")
    outcome = written if isinstance(written, tuple) else calculated(written, LawReader(LAW))
    assert isinstance(outcome, tuple), outcome
    assert all(isinstance(fault, Fault) and fault.message.endswith(".") and fault.remedy for fault in outcome)
    return [(fault.code, fault.column) for fault in outcome]


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
        cause = "hospital_unplanned"
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
        ("missing_setting", "setting.double_staffing"),
        ("missing_setting", "setting.notice"),
        ("missing_setting", "setting.absence"),
        ("missing_setting", "setting.beyond_granted"),
        ("missing_setting", "setting.granted_window"),
        NO_ORDER,
        ("missing_price", "price"),
        ("missing_setting", "setting.addition"),
    ]


@pytest.mark.parametrize(
    ("settings", "rest", "said"),
    [
        ('beyond_granted = "not_paid"', "", [("missing_setting", "setting.granted_window"), NO_ORDER]),
        ('granted_window = "month"\nbeyond_granted = "up_to_ceiling"', ORDER,
         [("missing_setting", "setting.ceiling_of_granted")]),
        ('beyond_granted = "never"', ORDER, [("unknown_word", "setting[1].beyond_granted")]),
        (f"{COMPARED}\nvat_compensation = 2", ORDER, [("missing_setting", "setting.price_rounding")]),
        ('absence = [{ cause = "death", percent = 750 }]', ORDER, [("wrong_value", "setting[1]")]),
        (COMPARED, ORDER + '[[price]]\nservice = "städning"\nunit = "hour"\namount_ore = 1', [("two_prices", "price")]),
        (COMPARED, ORDER + VISIT.replace("05", "06") + "minutes = 9", [("wrong_value", "visit[2].on")]),
        (COMPARED, ORDER + VISIT, [("length_is_missing", "visit[2]")]),
        (COMPARED, ORDER + VISIT + "safety_visit = true\nminutes = 9", [("missing_setting", "setting.addition")]),
        (f'{COMPARED}\nnotice = [{{ concerns = "provider_pay", before = "hours_before", count = 48 }}]',
         ORDER + VISIT + 'minutes = 9\noutcome = "not_performed"\nnotice_at = 2024-05-01',
         [("clock_time_is_missing", "visit[2]")]),
        (f'{COMPARED}\nnotice = [{{ concerns = "provider_pay", before = "working_day_same_time" }}]',
         ORDER + VISIT + 'from = "08.00"\nto = "09.00"\noutcome = "not_performed"\nnotice_at = 2024-05-01T08:00:00',
         [("missing_setting", "setting.working_day")]),
        (f'{COMPARED}\nnotice = [{{ concerns = "provider_pay", before = "days_before", count = 7 }}]\n'
         'absence = [{ cause = "no_notice", percent = 100 }]',
         ORDER + VISIT + 'minutes = 9\noutcome = "not_performed"\nnotice_at = 2024-04-01',
         [("missing_setting", "setting.absence")]),
        (COMPARED, ORDER + VISIT.replace("05-02", "03-31") + 'from = "02.30"\nto = "04.00"',
         [("does_not_exist", "visit[2]"), ("wrong_value", "visit[2].on")]),
        (COMPARED, ORDER + VISIT + 'minutes = 9\nhours = "1"', [("wrong_value", "visit[2]")]),
        (f'{COMPARED}\nclient_fee = "ordinary_hour_fee"\nabsence = [{{ cause = "no_notice", percent = 0 }}]\n'
         'notice = [{ concerns = "provider_pay", before = "day_before" }, '
         '{ concerns = "client_fee", before = "day_before" }]',
         ORDER + VISIT + 'minutes = 9\noutcome = "not_performed"', [("missing_fee", "fee.ore_per_hour")]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_fault_with_its_place(
    settings: str, rest: str, said: list[tuple[str, str | int | None]]
) -> None:
    price = '[[price]]\nservice = "städning"\nunit = "hour"\namount_ore = 40000\n'

    assert faults_of(f"{price}{VISIT}minutes = 60\n{rest}", settings) == said


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('absence = [{ cause = "no_notice", percent = 50 }, { cause = "no_notice", percent = 75 }]',
         "två rader i absence gäller samma orsak, insats och dag"),
        ('absence = [{ cause = "death", percent = 50, last_day = 1 }, '
         '{ cause = "death", counted_from = "day_after", first_day = 2, percent = 25 }]',
         "en orsaks dagar räknas från samma dag"),
        ('absence = [{ cause = "death", first_day = 3, last_day = 2, percent = 50 }]',
         "last_day kommer inte före first_day"),
        ("vat_compensation = 150", "setting[1].vat_compensation är för stort"),
        ('minute_rounding = { minutes = 0, how = "up" }', "minuter är större än noll"),
        ('addition = [{ kind = "quality_1", ore_per_hour = -1 }]', "ett belopp eller antal är mindre än noll"),
        ('service = [{ name = "tvätt" }, { name = "tvätt", minutes = 9 }]', "samma sak står på två rader i service"),
        ('notice = [{ concerns = "provider_pay", before = "day_before", hours = 3 }]',
         "setting[1].notice[1].hours är ett okänt fält"),
        ("ceiling_of_granted = 90", "setting[1].ceiling_of_granted är för litet"),
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
        ('[[time_band]]\nname = "natt"\ndays = "every_day"\nfrom = "22.00"\nto = "25.00"', "time_band[1]"),
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
    ill = Absence(cause=Cause.HOSPITAL_UNPLANNED, from_on=date(2024, 5, 1), to_on=None)
    dead = Absence(cause=Cause.DEATH, from_on=date(2024, 5, 9), to_on=None)
    case = HomeCareCase(
        month_on=MONTH,
        form=Form.OWN,
        cites=(),
        needs_assessed=True,
        is_compared=True,
        settings=settings_by_day(()),
        absences=(ill, dead),
    )

    assert case.absence_on(date(2024, 5, 9)) == dead
    assert replace(case, absences=(dead, ill)).absence_on(date(2024, 5, 9)) == dead
    assert case.absence_on(date(2024, 5, 8)) == ill


@pytest.mark.parametrize(
    ("decided_on", "assessed", "paragraph"),
    [
        ("2025-06-30", "true", "SoL (2001:453) 4 kap. 1 §"),
        ("2025-07-01", "true", "SoL (2025:400) 11 kap. 1 §"),
        ("2025-06-30", "false", "SoL (2001:453) 4 kap. 2 a §"),
        ("2025-07-01", "false", "SoL (2025:400) 11 kap. 5 §"),
    ],
)
def test_the_paragraph_is_that_of_the_day_of_the_decision(decided_on: str, assessed: str, paragraph: str) -> None:
    price = '[[price]]\nservice = "städning"\nunit = "hour"\namount_ore = 40000\n'
    text = CASE.format(settings=COMPARED, rest=f"{price}{ORDER}{VISIT}minutes = 60\n")
    text = text.replace("2024-01-08", f"{decided_on}\nneeds_assessed = {assessed}").replace("2024-05-0", "2025-09-0")
    written = read(text, source="fall.toml")
    assert not isinstance(written, tuple)

    outcome = calculated(written, LawReader(LAW))

    assert isinstance(outcome, Calculated), outcome
    assert outcome.statement.lines[0].cites == (paragraph,)

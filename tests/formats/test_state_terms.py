"""The state's forms and last days: dated rows, each with its source, and no form that is guessed."""

from datetime import date

import pytest

from timvis.core.calendar.deadlines import DayOfMonth, TimeAfterEvent
from timvis.core.state_duties.terms import FormKind, clock_change_in, due_in
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law
from timvis.formats.state_terms.read import load_state_terms, read_deadlines, read_forms
from timvis.formats.statutes.read import load_statutes

TERMS = load_state_terms()

FORM = """
checked_on = 2026-11-21
[[form]]
number = "3059"
kind = "time_report"
name = "Tidsredovisning"
sender = "provider"
from = 2016-01-01
source = "FK"
confidence = "verified"
"""


@pytest.mark.parametrize(
    ("number", "on", "kind", "edition"),
    [
        ("3059", date(2016, 6, 1), FormKind.TIME_REPORT, "015 F 001"),
        ("3059", date(2026, 11, 1), FormKind.TIME_REPORT, "016 F 003"),
        ("3057", date(2012, 6, 1), FormKind.BILL, "äldre, med jourtid"),
        ("3057", date(2017, 6, 1), FormKind.BILL, "016 F 001"),
        ("3066", date(2026, 11, 1), FormKind.ASSISTANT_NOTICE, "004 F 005"),
        ("3079", date(2026, 11, 1), FormKind.PAYEE_AND_PROVIDER, ""),
        ("3032", date(2026, 11, 1), FormKind.RETROACTIVE_REQUEST, ""),
        ("3064", date(2026, 11, 1), FormKind.SUPPORT_NOTICE, ""),
        ("3078", date(2026, 11, 1), FormKind.NEED_NOTICE, ""),
    ],
)
def test_what_a_form_number_means_goes_by_the_day(number: str, on: date, kind: FormKind, edition: str) -> None:
    form = TERMS.meaning(number, on)

    assert form is not None
    assert (form.kind, form.edition) == (kind, edition)
    assert TERMS.form(kind, on) == form


def test_a_number_nobody_has_seen_on_a_day_means_nothing() -> None:
    assert TERMS.meaning("3057", date(2014, 6, 1)) is None
    assert TERMS.meaning("3075", date(2026, 11, 1)) is None
    assert TERMS.form(FormKind.RETROACTIVE_REQUEST, date(2001, 1, 1)) is None


def test_every_last_day_cites_a_paragraph_and_says_what_the_law_value_says() -> None:
    law = load_law()
    cited = {paragraph for one in TERMS.deadlines for paragraph in one.cites}

    assert cited <= set(load_statutes())
    for one in TERMS.deadlines:
        assert not one.law or one.law in law.values, one.code
        if one.law and isinstance(one.rule, TimeAfterEvent) and one.rule.count:
            days = {"weeks": 7}.get(one.rule.unit.value, 1)
            assert law.count(one.law, date(2026, 11, 1)) == one.rule.count * days, one.code
        if one.law == "assistance.report_deadline":
            assert isinstance(one.rule, DayOfMonth)
            assert law.word(one.law, date(2026, 11, 1)).startswith(f"{one.rule.day}th day of the second month after")


def test_every_month_has_its_last_days_and_a_warning_on_the_last_working_day_before() -> None:
    # 5 December 2026 is a Saturday: the warning comes on Friday the 4th, the payment too.
    found = {one.deadline.code: one for one in due_in(TERMS, date(2026, 12, 1), holidays_around(date(2026, 12, 1)))}

    assert {code: (one.due.on.day, one.warn_on.day) for code, one in found.items()} == {
        "time_report": (5, 4),
        "bill": (5, 4),
        "payee_and_provider": (15, 14),
        "payment_on_the_5th": (4, 3),
        "payment_on_the_20th": (18, 17),
    }
    assert found["bill"].care_month_on == date(2026, 10, 1)
    assert found["payee_and_provider"].care_month_on == date(2027, 1, 1)


def test_the_months_in_which_the_clocks_change_are_known() -> None:
    assert clock_change_in(date(2026, 3, 1)) == date(2026, 3, 29)
    assert clock_change_in(date(2026, 10, 1)) == date(2026, 10, 25)
    assert clock_change_in(date(2026, 11, 1)) is None


def test_two_editions_of_one_thing_at_once_are_a_fault() -> None:
    twice = FORM + FORM.split("2026-11-21")[1].replace("2016-01-01", "2018-01-01")

    forms, faults = read_forms(twice, source="x.toml")

    assert forms == ()
    assert [fault.code for fault in faults] == ["two_forms_at_once"]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    wrong = FORM.replace("time_report", "tidrapport").replace('"verified"', '"säker"') + "to = 2015-01-01\nfärg = 1\n"

    forms, faults = read_forms(wrong.replace("färg", "colour"), source="x.toml")

    assert forms == ()
    assert len(faults) == 4
    assert all(fault.line and fault.message and fault.remedy for fault in faults)


def test_a_last_day_that_cannot_be_read_says_what_is_wrong_with_it() -> None:
    text = """
checked_on = 2026-11-21
[[deadline]]
code = "x"
label = "X"
roles = ["kung"]
due = { day = 40 }
from = 2016-10-01
cites = []
confidence = "verified"
"""

    deadlines, faults = read_deadlines(text + text.split("2026-11-21")[1], source="x.toml")

    assert deadlines == ()
    assert {fault.code for fault in faults} == {"due_value", "unknown_role", "code_stands_twice"}

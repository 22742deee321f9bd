"""`timvis calculate` on sick cost: what it answers, and every way in which a written case cannot be used."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from timvis.cli.main import app

CASES = Path(__file__).parents[1] / "cases" / "sick_cost"
CLOCKED = CASES / "W-13-ob-i-karensen-timmetoden.toml"
WRITTEN = CASES / "W-18-vakant-pass-tidsordning.toml"
CLAIMED = CASES / "W-13-begart-med-fel-metod.toml"


def answer(path: Path) -> tuple[int, Any]:
    result = CliRunner().invoke(app, ["calculate", str(path), "--json"])
    return result.exit_code, json.loads(result.stdout)


def changed(folder: Path, before: str, after: str, case: Path = WRITTEN) -> tuple[int, Any]:
    text = case.read_text(encoding="utf-8")
    assert before in text
    path = folder / "fall.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return answer(path)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_case_is_accepted(path: Path) -> None:
    code, told = answer(path)

    assert (code, told["faults"]) == (0, [])
    assert told["total_ore"] == sum(line["amount_ore"] for line in told["lines"])


def test_a_line_says_what_was_claimed_and_what_differs() -> None:
    _, told = answer(CLAIMED)

    [deduction] = [line for line in told["lines"] if line["code"] == "qualifying_deduction"]
    assert (deduction["claimed_ore"], deduction["amount_ore"], deduction["difference_ore"]) == (-72000, -100723, -28723)
    assert deduction["cites"] == ["sjuklönelagen 6 §", "Fremia 12 § mom 4.1"]
    assert "20 procent av en genomsnittlig veckas arbetstid: 6 timmar" in deduction["because"]


def test_the_next_claim_is_told_what_to_carry_over() -> None:
    _, told = answer(CASES / "C-26-manadsgransen.toml")

    assert told["sick_pay_periods"] == [
        {
            "number": 1,
            "first_on": "2025-01-30",
            "last_on": "2025-02-04",
            "days": 6,
            "qualifying": "deduction",
            "deducted_ore": 64000,
            "deducted_hours": "8",
        }
    ]


def test_a_person_reads_the_difference_in_a_table() -> None:
    result = CliRunner().invoke(app, ["calculate", str(CLAIMED)], env={"COLUMNS": "160"})

    assert result.exit_code == 0
    for heading in ("Begärt", "Belopp", "Skillnad", "Att betala"):
        assert heading in result.stdout


def test_what_the_state_paid_and_nobody_told_stops_the_payment(tmp_path: Path) -> None:
    case = CASES / "W-19-avgifter-fodd-1990.toml"
    text = case.read_text(encoding="utf-8").replace("ore = 0", "")

    (tmp_path / "fall.toml").write_text(text, encoding="utf-8")
    code, told = answer(tmp_path / "fall.toml")

    assert code == 1
    found = told["findings"][0]
    assert (found["code"], found["severity"]) == ("state_compensation_was_not_told", "stops")
    assert found["cites"] == ["LSS 9 § 2", "förordning (2020:244)"]


def test_a_rate_that_nobody_has_decided_stops_with_the_day(tmp_path: Path) -> None:
    code, told = changed(tmp_path, "paid_on = 2025-04-25", "paid_on = 2031-04-25")

    assert code == 1
    assert (told["gap"]["code"], told["gap"]["dates"]) == ("payroll.contribution.old", ["2031-04-25"]) or (
        told["gap"]["code"] == "payroll.contribution.full"
    )


@pytest.mark.parametrize(
    ("before", "after", "code", "column"),
    [
        ("first_on = 2025-03-03", "first_on = 2025-02-30", "not_toml", None),
        ("hourly_ore = 12000", "hourly_ore = -12000", "too_small", "pay[1].hourly_ore"),
        ("hourly_ore = 12000", "hourly_ore = 12000\nmonthly_ore = 2", "one_of_two", "pay[1]"),
        ("\non = 2025-03-05", "\non = 2025-03-06", "shift_outside_the_absence", "shift[3]"),
        ("last_on = 2025-03-05", "last_on = 2025-03-01", "ends_before_it_begins", "spell[1].last_on"),
        ("deductions_on", 'agreement = "bpa"\ndeductions_on', "unknown_agreement", "agreement"),
        ("substitute = false", "", "missing", "shift[2].substitute"),
        ('hours = "8"', 'hours = "26"', "more_than_a_day", "shift"),
        ("born_year = 1985", "born_year = 2030", "born_after_pay_out", "assistant.born_year"),
        ("born_year = 1985", "", "missing", "assistant.born_year"),
        ("hourly_ore = 12000", "hourly = 12000", "unknown_key", "pay[1].hourly"),
        ('"first_hours_in_time_order"', '"the_first"', "unknown_word", "settings[1].partly_covered"),
        ('partly_covered = "first_hours_in_time_order"', "", "missing_setting", "settings.partly_covered"),
        ('holiday_compensation_base = "paid_sick_pay"', "", "missing_setting", "settings.holiday_compensation_base"),
        ("[settings]", "[[settings]]\nvalid_from = 2026-01-01", "missing", "settings"),
        (
            "paid_on",
            "claim_from = 2025-04-01\nclaim_to = 2025-05-01\npaid_on",
            "claim_outside_the_absence",
            "claim_from",
        ),
        ("paid_on", "claim_from = 2025-03-04\nclaim_to = 2025-03-04\npaid_on", "ends_before_it_begins", "claim_to"),
        (
            "[settings]",
            '[[claimed]]\nitem = "sick_pay"\nore = 1\noccasion = 3\n[settings]',
            "no_such_occasion",
            "claimed[1].occasion",
        ),
        (
            "[settings]",
            '[[claimed]]\nitem = "sick_pay"\nore = -1\n[settings]',
            "wrong_sign",
            "claimed[1].ore",
        ),
        (
            "[settings]",
            '[[claimed]]\nitem = "state_compensation"\nore = 1\n[settings]',
            "told_elsewhere",
            "claimed[1].item",
        ),
        ("on = 2025-03-04", "on = 2025-03-03", "order_is_not_known", "shift"),
        (
            "[settings]",
            '[[agreement_cost]]\nname = "x"\ncode = "agreement.nowhere"\n[settings]',
            "unknown_code",
            "agreement_cost[1].code",
        ),
        (
            "[settings]",
            '[[agreement_cost]]\nname = "x"\ncode = "sick_pay.period_days"\n[settings]',
            "wrong_unit",
            "agreement_cost[1].code",
        ),
        ("[settings]", '[[agreement_cost]]\nname = "x"\n[settings]', "missing", "agreement_cost.x"),
        (
            "[settings]",
            "[[earlier]]\nfirst_on = 2025-02-27\nlast_on = 2025-03-03\n[settings]",
            "overlapping_spells",
            "spell[1].first_on",
        ),
        (
            "[settings]",
            "[[earlier]]\nfirst_on = 2025-02-27\nlast_on = 2025-03-01\n[settings]",
            "missing",
            "earlier[1].deducted_ore",
        ),
        (
            "[settings]",
            "[[earlier]]\nfirst_on = 2025-05-27\nlast_on = 2025-05-28\n[settings]",
            "earlier_is_later",
            "earlier[1].first_on",
        ),
        (
            "born_year = 1985",
            "born_year = 1985\nemployment = [{ from = 2025-02-01, to = 2025-01-01 }]",
            "ends_before_it_begins",
            "assistant.employment[1].to",
        ),
        (
            "[settings]",
            '[[state_compensation]]\nkind = "high_cost"\nfrom = 2025-01-01\nto = 2025-01-01\n[settings]',
            "ends_before_it_begins",
            "state_compensation[1].to",
        ),
        (
            "[settings]",
            "[settings]\nvalid_from = 2025-01-01\nvalid_to = 2024-01-01",
            "ends_before_it_begins",
            "settings[1].valid_to",
        ),
        (
            "[settings]",
            '[[shown]]\nitem = "sick_pay"\nore = 1\nevidence = "x"\n[settings]',
            "told_elsewhere",
            "shown[1].item",
        ),
        (
            "[settings]",
            '[[shown]]\nitem = "holiday_compensation"\nore = 1\nevidence = "x"\n[settings]',
            "told_elsewhere",
            "shown[1].spell",
        ),
        (
            "[settings]",
            '[[shown]]\nspell = 4\nitem = "holiday_compensation"\nore = -1\nevidence = "x"\n[settings]',
            "no_such_absence",
            "shown[1].spell",
        ),
        (
            "[settings]",
            '[[claimed]]\nspell = 1\nitem = "holiday_compensation"\nore = 1\n[settings]',
            "told_elsewhere",
            "claimed[1].spell",
        ),
        (
            "[settings]",
            "[[settings]]\nvalid_to = 2026-01-01\n[[settings]]\nvalid_from = 2025-01-01",
            "two_at_once",
            "settings[2].valid_from",
        ),
    ],
)
def test_a_case_that_cannot_be_is_told_with_its_row(
    tmp_path: Path, before: str, after: str, code: str, column: str | None
) -> None:
    exit_code, told = changed(tmp_path, before, after)

    assert exit_code == 2
    assert (code, column) in {(fault["code"], fault["column"]) for fault in told["faults"]}, told["faults"]
    assert all(fault["message"].endswith(".") and fault["remedy"].endswith(".") for fault in told["faults"])


@pytest.mark.parametrize(
    ("before", "after", "code", "column"),
    [
        ('on = 2024-05-02\nfrom = "00.00"', 'on = 2024-03-31\nfrom = "02.30"', "clock_time_does_not_exist", "shift[1]"),
        ('to = "10.00"', 'to = "25.00"', "not_a_clock_time", "shift[1]"),
        ('from = "00.00"\nto = "07.00"', 'from = "22.61"\nto = "07.00"', "not_a_clock_time", "shift[1].supplement"),
        ('name = "ob_weekend"', 'name = "ob_tuesday"', "missing", "shift[1].supplement"),
        ('from = "00.00"\nto = "07.00"', 'from = "00.00"', "wrong_value", "shift[1].supplement[1]"),
    ],
)
def test_clock_times_that_are_no_shift_are_told_with_their_row(
    tmp_path: Path, before: str, after: str, code: str, column: str
) -> None:
    exit_code, told = changed(tmp_path, before, after, CLOCKED)

    assert exit_code == 2
    assert (code, column) in {(fault["code"], fault["column"]) for fault in told["faults"]}, told["faults"]


def test_two_shifts_at_once_are_told(tmp_path: Path) -> None:
    exit_code, told = changed(
        tmp_path,
        "[[substitute]]",
        '[[shift]]\non = 2024-05-02\nfrom = "09.00"\nto = "12.00"\n\n[[substitute]]',
        CLOCKED,
    )

    assert (exit_code, [fault["code"] for fault in told["faults"]]) == (2, ["overlapping_shifts"])


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    text = WRITTEN.read_text(encoding="utf-8")
    (tmp_path / "fall.toml").write_text(
        text.replace('deduction_method = "amount"\n', "")
        .replace("born_year = 1985", "")
        .replace('holiday_compensation_base = "paid_sick_pay"', ""),
        encoding="utf-8",
    )

    _, told = answer(tmp_path / "fall.toml")

    assert {fault["column"] for fault in told["faults"]} == {
        "settings.deduction_method",
        "settings.holiday_compensation_base",
        "assistant.born_year",
    }


def test_the_examples_of_the_manual_are_accepted(tmp_path: Path) -> None:
    manual = Path(__file__).parents[2] / "docs" / "manual" / "raknefall.md"
    examples = re.findall(r"^```toml\n(.*?)^```", manual.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)

    assert len(examples) == 2
    for example in examples:
        (tmp_path / "fall.toml").write_text(example, encoding="utf-8")
        code, told = answer(tmp_path / "fall.toml")
        assert (code, told["faults"]) == (0, []), told


def test_the_format_is_given_as_json_schema() -> None:
    result = CliRunner().invoke(app, ["calculate", "--schema", "sick_cost", "--json"])

    schema = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {"spell", "shift", "substitute", "pay", "settings", "claimed"} <= schema["properties"].keys()

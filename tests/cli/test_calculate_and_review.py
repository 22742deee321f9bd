"""`timvis calculate` and `timvis review` on files that say something nobody can use."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from timvis.cli.main import app

CASES = Path(__file__).parents[1] / "cases" / "hourly"
WRITTEN = CASES / "W-24-95-procent-av-timbeloppet.toml"
FACTS = """month = 2023-03-01
received_on = 2023-04-03
due_on = 2023-04-05
recipient = { number = "199111192382", name = "Alma Alm" }
provider = { number = "5599000014", name = "Ekot AB", kind = "company" }
[[others]]
on = 2023-03-02
from = "10.00"
to = "12.00"
reference = "annat ärende"
assistant_number = "197608122391"
is_same_recipient = false
"""
REPORT = (
    "redovisningsmanad;brukare_personnummer;brukare_namn;assistent_personnummer;assistent_namn;dag;fran;till;typ\r\n"
    "2023-03;199111192382;Alma Alm;197608122391;Björn Berg;2;08.00;16.00;aktiv\r\n"
)


def calculated(folder: Path, before: str, after: str) -> Result:
    case = folder / "fall.toml"
    case.write_text(WRITTEN.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return CliRunner().invoke(app, ["calculate", str(case), "--json"])


def reviewed(folder: Path, facts: str, report: str = REPORT) -> tuple[int, Any]:
    (folder / "rapport.csv").write_text(report, encoding="utf-8-sig")
    (folder / "fakta.toml").write_text(facts, encoding="utf-8")
    result = CliRunner().invoke(
        app, ["review", str(folder / "rapport.csv"), "--facts", str(folder / "fakta.toml"), "--json"]
    )
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"local.vasteras.amount"', '"local.nowhere.amount"', "Inget tal heter ”local.nowhere.amount”."),
        ('hours = "120"', 'hours = "1/0"', "”1/0” är inget antal timmar"),
        ('hours = "120"', 'hours = "många"', "”många” är inget antal timmar"),
        ('hours = "120"', 'hours = "-5"', "-5 timmar är mindre än noll"),
        ('kind = "hourly"', "", "kind saknas."),
    ],
)
def test_a_case_nobody_can_use_is_a_fault_in_swedish(tmp_path: Path, before: str, after: str, said: str) -> None:
    result = calculated(tmp_path, before, after)

    assert result.exit_code == 2
    assert said in json.loads(result.stdout)["faults"][0]["message"]


def test_a_rate_that_no_number_has_stops_a_review_before_it_starts(tmp_path: Path) -> None:
    code, told = reviewed(tmp_path, FACTS + '[rate]\ncode = "local.nowhere.amount"\n')

    assert code == 2
    assert [fault["code"] for fault in told["faults"]] == ["unknown_code"]


def test_a_permit_nobody_wrote_about_is_unknown_and_not_missing(tmp_path: Path) -> None:
    _, told = reviewed(tmp_path, FACTS)

    codes = {finding["code"] for finding in told["findings"]}
    assert "providers_permit_was_not_known" in codes
    assert "provider_had_no_permit_that_day" not in codes


def test_a_visit_elsewhere_in_the_middle_of_a_shift_takes_only_its_own_hours(tmp_path: Path) -> None:
    _, told = reviewed(tmp_path, FACTS)

    # 10.00–12.00 with somebody else, inside 08.00–16.00 here: two hours, not the six to the end of the shift
    [finding] = [one for one in told["findings"] if one["code"] == "assistant_was_with_two_recipients_at_once"]
    assert (finding["minutes"], finding["from"][11:16], finding["to"][11:16]) == (120, "10:00", "12:00")


def test_a_finding_about_a_week_says_which_week(tmp_path: Path) -> None:
    heading, row = REPORT.splitlines()
    long_week = [row.replace(";2;08.00;", f";{day};06.00;") for day in range(6, 13)]

    _, told = reviewed(tmp_path, FACTS, "\r\n".join([heading, *long_week, ""]))

    weeks = {(one["from"][:10], one["to"][:10]) for one in told["findings"] if one["grain"] == "week"}
    assert weeks == {("2023-03-06", "2023-03-13")}

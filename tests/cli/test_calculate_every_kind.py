"""`timvis calculate` for every kind: its format can be asked for, and its cases give the contract's document."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timvis.cli.main import app
from timvis.formats.calculation_case.read import KINDS

FOLDERS = Path(__file__).parents[1] / "cases"
CASES = [path for kind in sorted(KINDS) for path in sorted((FOLDERS / kind).glob("*.toml"))]
ONE_OF_EACH = [sorted((FOLDERS / kind).glob("*.toml"))[-1] for kind in sorted(KINDS)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_format_of_a_kind_is_a_schema_that_lets_no_unknown_key_through(kind: str) -> None:
    result = CliRunner().invoke(app, ["calculate", "--schema", kind, "--json"])

    schema = json.loads(result.stdout)
    assert result.exit_code == 0
    assert schema["properties"]["kind"]["const"] == kind
    assert all(
        shape.get("additionalProperties") is False
        for shape in [schema, *schema.get("$defs", {}).values()]
        if shape.get("type") == "object"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_gives_the_document_of_the_contract(path: Path) -> None:
    result = CliRunner().invoke(app, ["calculate", str(path), "--json"])

    document = json.loads(result.stdout)
    assert document["faults"] == []
    assert {"kind", "total_ore", "lines", "findings", "settings", "law_version", "digest"} <= set(document)
    assert document["total_ore"] == sum(line["amount_ore"] for line in document["lines"])
    for line in document["lines"]:
        assert set(line) >= {"code", "label", "quantity", "unit", "rate", "amount_ore", "cites", "because"}
    stops = any(finding["severity"] == "stops" for finding in document["findings"])
    assert result.exit_code == (1 if stops or "gap" in document else 0)


@pytest.mark.parametrize("path", ONE_OF_EACH, ids=lambda path: f"{path.parent.name}")
def test_a_person_sees_lines_reasons_and_a_total(path: Path) -> None:
    result = CliRunner().invoke(app, ["calculate", str(path)], env={"COLUMNS": "200"})

    assert result.exit_code in (0, 1)
    assert "kr" in result.stdout
    assert "§" in result.stdout or "SFB" in result.stdout


def test_what_is_handed_to_the_fee_officer_stands_apart_from_the_total() -> None:
    case = FOLDERS / "home_care" / "W-40-avgift-for-sent-avbokat-besok.toml"

    document = json.loads(CliRunner().invoke(app, ["calculate", str(case), "--json"]).stdout)

    assert document["total_ore"] == 40000
    assert [line["amount_ore"] for line in document["handed_over"]] == [10000, 0]

"""`timvis policy`: the access table for those who did not write it."""

import json

from typer.testing import CliRunner

from timvis.cli.main import app
from timvis.core.access import POLICY


def test_every_row_is_told_with_its_reason() -> None:
    document = json.loads(CliRunner().invoke(app, ["policy", "--json"]).stdout)

    assert len(document["rows"]) == len(POLICY)
    assert document["faults"] == []
    row = next(row for row in document["rows"] if row["action"] == "decision_attest")
    assert row["relation"] == "own_municipality"
    assert row["states"] == ["attested", "calculated"]
    assert row["needs_fresh_login"] is True
    assert row["reason"].endswith(".")


def test_a_person_reads_it_as_a_table() -> None:
    shown = CliRunner().invoke(app, ["policy"])

    assert shown.exit_code == 0
    assert "decision_attest" in shown.stdout

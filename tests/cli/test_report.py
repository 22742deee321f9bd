"""`timvis report`: the month's changes in fixed data, and its sample."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.cast import Cast
from timvis.cli.main import app


def document(*words: str, code: int = 0) -> Any:
    ended = CliRunner().invoke(app, ["report", *words, "--json"])
    assert ended.exit_code == code
    return json.loads(ended.stdout)


def test_the_months_changes_are_told_with_who_and_when(cast: Cast) -> None:
    told = document("fixed-data", "--month", "2018-12", "--municipality", "vasteras")

    assert {"register_payee", "register_provider", "give_role"} <= {one["action"] for one in told["changes"]}
    payee = next(one for one in told["changes"] if one["action"] == "register_payee")
    assert (payee["person"], payee["about"]) == ("Greta Ström", "Ekot AB, bankgiro 9912346")
    assert document("fixed-data", "--month", "2017-12")["changes"] == []


def test_there_is_no_sample_before_the_log_is_sealed_after_the_month(cast: Cast) -> None:
    assert document("sample", "--month", "2021-01", code=1)["is_drawn"] is False
    assert CliRunner().invoke(app, ["audit", "seal"]).exit_code == 0
    assert document("sample", "--month", "2021-01")["samples"][0]["claims"] == []


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_all_at_once() -> None:
    told = document("sample", "--month", "igår", "--municipality", "ingenstans", code=2)

    assert [fault["code"] for fault in told["faults"]] == ["month_not_readable", "no_such_municipality"]

"""`timvis payment-file`, as it is typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.formats.official import official
from tests.formats.payments import batch
from timvis.cli.main import app
from timvis.formats.pain001.profile import shipped
from timvis.formats.pain001.write import write


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["payment-file", "check", *map(str, words)])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture
def our_file(tmp_path: Path) -> Path:
    content = write(batch(), shipped())
    assert isinstance(content, bytes)
    path = tmp_path / "betalning.xml"
    path.write_bytes(content)
    return path


def test_our_own_payment_file_may_be_sent(our_file: Path) -> None:
    result = run(our_file, "--json")

    # 48 239,50 kr + 0,05 kr
    assert result.exit_code == 0
    assert document(result) == {
        "valid": True,
        "message": "pain.001.001.03",
        "profile": "common",
        "schema": True,
        "count": 2,
        "sum_ore": 4_823_955,
        "faults": [],
    }


def test_a_changed_payment_file_is_objected_to_with_its_place(our_file: Path) -> None:
    our_file.write_bytes(our_file.read_bytes().replace(b"<Id>50501055</Id>", b"<Id>50501056</Id>"))

    result = run(our_file, "--json")

    assert result.exit_code == 1
    assert document(result)["valid"] is False
    assert [(fault["code"], fault["file"]) for fault in document(result)["faults"]] == [
        ("account_number_is_wrong", "betalning.xml")
    ]
    assert "ska inte skickas" in result.stderr


def test_a_person_is_told_in_swedish(our_file: Path) -> None:
    result = run(our_file)

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "betalning.xml kan skickas: 2 betalningar, 48239.55 kr" in result.stderr


@pytest.mark.parametrize("content", [b"", b"x", b"<a/>", b"<!DOCTYPE a><a/>"])
def test_a_file_that_is_no_payment_file_gives_only_faults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content)

    result = run(path, "--json")

    assert result.exit_code == 2
    assert list(document(result)) == ["faults"]


def test_a_file_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    result = run(tmp_path / "none.xml", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["file_cannot_be_opened"]


def test_an_official_sample_may_be_sent(tmp_path: Path) -> None:
    path = tmp_path / "sample.xml"
    path.write_bytes(official("iso20022/samples/se/se.plusgiro.supplier.pain.001.001.03.xml"))

    result = run(path, "--json")

    assert result.exit_code == 0
    assert (document(result)["count"], document(result)["sum_ore"]) == (1, 712_550)

"""`timvis sie`, as it is typed."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from tests.formats.test_sie import DEBT, file_of
from timvis.cli.main import app
from timvis.formats.sie.write import write


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["sie", "check", str(path), *words])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def stored(folder: Path, *, old: bytes = b"", new: bytes = b"") -> Path:
    content = write(file_of(DEBT))
    assert isinstance(content, bytes)
    path = folder / "april.si"
    path.write_bytes(content.replace(old, new) if old else content)
    return path


def test_our_own_file_is_valid_and_balanced(tmp_path: Path) -> None:
    result = run(stored(tmp_path), "--json")

    assert result.exit_code == 0
    assert document(result) == {
        "valid": True,
        "type": 4,
        "encoding": "cp437",
        "vouchers": 1,
        "rows": 2,
        "balanced": True,
        "faults": [],
    }


def test_a_voucher_out_of_balance_exits_one(tmp_path: Path) -> None:
    result = run(stored(tmp_path, old=b"-48239.50", new=b"-48239.00"), "--json")

    assert result.exit_code == 1
    assert (document(result)["valid"], document(result)["balanced"]) == (False, False)
    assert [fault["line"] for fault in document(result)["faults"]] == [13]


def test_a_file_that_cannot_be_read_exits_two_with_every_line(tmp_path: Path) -> None:
    result = run(stored(tmp_path, old=b"48239.50", new=b"48239,50"), "--json")

    assert result.exit_code == 2
    assert list(document(result)) == ["faults"]
    assert [fault["line"] for fault in document(result)["faults"]] == [15, 16]


def test_a_person_is_told_in_swedish(tmp_path: Path) -> None:
    result = run(stored(tmp_path))

    assert "april.si är av typ 4 med 1 verifikat; alla går ihop." in result.stderr

"""`timvis invoice`, as it is typed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.formats.invoices import e_invoice
from tests.formats.official import official
from timvis.cli.main import app

MOST_KB = 100 * 1024
"""What a hostile file may cost: a hundred megabytes, with everything the command itself is made of."""

COMMAND = """
import sys
from timvis.cli.main import app
try:
    app(["invoice", "check", sys.argv[1], "--json"])
except SystemExit as end:
    code = end.code
with open("/proc/self/status", encoding="ascii") as status:
    (peak,) = [line.split()[1] for line in status if line.startswith("VmHWM")]
print(code, peak, file=sys.stderr)
"""
MEGABYTE = 1024 * 1024
INVOICE = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'


def run(path: Path) -> Result:
    return CliRunner().invoke(app, ["invoice", "check", str(path), "--json"])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes our own invoice, changed, to a file."""

    def write(*changes: tuple[str, str]) -> Path:
        path = tmp_path / "faktura.xml"
        path.write_bytes(e_invoice(*changes))
        return path

    return write


@pytest.fixture
def without_official_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMVIS_STANDARDS", raising=False)


@pytest.mark.usefixtures("without_official_rules")
def test_without_official_rules_our_own_checks_run_and_the_rest_is_named(written: Callable[..., Path]) -> None:
    result = run(written())

    told = document(result)
    assert result.exit_code == 0
    assert (told["valid"], told["official"], told["failed"], told["business"]) == (True, False, [], [])
    assert (told["official_sets"], told["faults"]) == ([], [])
    assert any("EN 16931" in each for each in told["not_checked"])
    assert any("Samma faktura" in each for each in told["not_checked"])
    assert "TIMVIS_STANDARDS" in result.stderr


@pytest.mark.usefixtures("without_official_rules")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<cbc:PaymentID>20241105<", "<cbc:PaymentID>20241106<", "ocr_is_wrong"),
        (">50501055<", ">5050-1056<", "bankgiro_is_wrong"),
        (">332.60<", ">332.61<", "line_amount_is_wrong"),
    ],
)
def test_without_official_rules_what_stops_makes_the_invoice_invalid(
    written: Callable[..., Path], old: str, new: str, code: str
) -> None:
    result = run(written((old, new)))

    assert result.exit_code == 1
    assert document(result)["valid"] is False
    assert [each["code"] for each in document(result)["business"]] == [code]


@pytest.mark.usefixtures("without_official_rules")
def test_what_a_person_has_to_look_at_objects_but_does_not_make_invalid(written: Callable[..., Path]) -> None:
    result = run(written(("Avser november", "Avser 19800215-2380")))

    assert result.exit_code == 1
    assert document(result)["valid"] is True
    assert [each["code"] for each in document(result)["business"]] == ["personal_number_in_text"]
    assert "2380" not in result.stdout + result.stderr


@pytest.mark.usefixtures("without_official_rules")
def test_what_is_only_worth_knowing_does_not_object(written: Callable[..., Path]) -> None:
    result = run(written(("2026-01-04", "2025-12-20")))

    assert result.exit_code == 0
    assert [each["code"] for each in document(result)["business"]] == ["term_is_short"]


@pytest.mark.usefixtures("without_official_rules")
@pytest.mark.parametrize("content", [b"", b"x", b"<a/>", b"<!DOCTYPE a><a/>", e_invoice((">332.60<", ">x<"))])
def test_a_file_that_cannot_be_read_gives_only_faults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content)

    result = run(path)

    assert result.exit_code == 2
    assert list(document(result)) == ["faults"]


def test_a_file_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    result = run(tmp_path / "none.xml")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["file_cannot_be_opened"]


# --- with the official rules --------------------------------------------------------------------------


def test_the_official_rules_are_told_with_version_and_digest(written: Callable[..., Path]) -> None:
    official("peppol/examples/expected.json")

    result = run(written())

    told = document(result)
    assert result.exit_code == 0
    assert (told["valid"], told["official"], told["failed"]) == (True, True, [])
    assert [each["name"] for each in told["official_sets"]] == ["ubl", "en16931", "peppol-billing"]
    assert all(each["version"] and len(each["digest"]) == 64 for each in told["official_sets"])


def test_an_official_example_is_told_by_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "DataIT.xml"
    path.write_bytes(official("peppol/examples/sfti/BIS_Billing_30-DataIT.xml"))

    result = run(path)

    assert result.exit_code == 1
    assert document(result)["valid"] is False
    assert {each["rule"] for each in document(result)["failed"]} == {"PEPPOL-COMMON-R049", "SE-R-013"}
    assert {each["severity"] for each in document(result)["failed"]} == {"fatal"}


def test_the_official_verdict_and_our_own_objections_stand_side_by_side(written: Callable[..., Path]) -> None:
    official("peppol/examples/expected.json")

    result = run(written(("<cbc:PaymentID>20241105<", "<cbc:PaymentID>20241106<")))

    assert result.exit_code == 1
    assert (document(result)["valid"], document(result)["failed"]) == (True, [])
    assert [each["code"] for each in document(result)["business"]] == ["ocr_is_wrong"]


def test_what_our_reader_cannot_read_still_gets_its_official_verdict(written: Callable[..., Path]) -> None:
    official("peppol/examples/expected.json")

    result = run(written((">332.60<", ">mycket<")))

    assert result.exit_code == 1
    assert [each["code"] for each in document(result)["faults"]] == ["number_is_wrong"]
    assert {each["rule"] for each in document(result)["failed"]} == {"UBL-2.1-XSD"}


# --- hostile files ------------------------------------------------------------------------------------

HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities that grow": lambda: (
        '<!DOCTYPE a [<!ENTITY e0 "0123456789">'
        + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        + f"]>{INVOICE}&e11;</Invoice>"
    ).encode(),
    "another file": lambda: f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>{INVOICE}&x;</Invoice>'.encode(),
    "small elements": lambda: (INVOICE + "<a/>" * (19 * MEGABYTE // 4)).encode(),
    "attributes": lambda: (INVOICE + "<a " + " ".join(f'a{n}=""' for n in range(1_500_000)) + "/>").encode(),
    "depth": lambda: b"<a>" * (6 * MEGABYTE),
    "one text": lambda: INVOICE.encode() + b"x" * (19 * MEGABYTE) + b"</Invoice>",
    "one name": lambda: b"<" + b"x" * (19 * MEGABYTE) + b"/>",
    "one comment": lambda: INVOICE.encode() + b"<!--" + b"x" * (19 * MEGABYTE) + b"--></Invoice>",
    "size": lambda: INVOICE.encode() + b" " * (200 * MEGABYTE) + b"</Invoice>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_a_hostile_file_is_refused_within_a_hundred_megabytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.xml"
    path.write_bytes(HOSTILE[name]())

    # A process of its own: the peak is that of a process's whole life.
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND, str(path)], capture_output=True, text=True, env=dict(os.environ), check=True
    )

    code, peak_kb = map(int, ended.stderr.splitlines()[-1].split())
    assert (code, list(json.loads(ended.stdout))) == (2, ["faults"])
    assert peak_kb < MOST_KB

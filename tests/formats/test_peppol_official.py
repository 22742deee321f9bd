"""The official rules, run by our own compiler: every official test and example gets its official verdict."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.formats.invoices import e_credit_note, e_invoice
from tests.formats.official import official, official_names
from timvis.formats.peppol_invoice.document import parse
from timvis.formats.peppol_invoice.official import SCHEMA_RULE, OfficialRules, OfficialVerdict, RuleSeverity
from timvis.formats.schematron import engine
from timvis.formats.standards.read import wanted_files

BOTH_SETS = ("CEN-EN16931-UBL.sch", "PEPPOL-EN16931-UBL.sch")
UNIT_FOLDERS = ("cen-creditnote", "cen-invoice", "peppol", "se")
TEST = "{http://difi.no/xsd/vefa/validator/1.0}"

pytestmark = pytest.mark.skipif(
    not os.environ.get("TIMVIS_STANDARDS") or not engine.is_installed(),
    reason="the official rules for e-invoices are read where TIMVIS_STANDARDS has them and saxonche is installed",
)


@cache
def rules() -> OfficialRules:
    """Return the official rules, compiled once for the whole session."""
    root = Path(os.environ["TIMVIS_STANDARDS"])
    return OfficialRules({path: (root / path).read_bytes() for path in wanted_files() if (root / path).is_file()})


def verdict(content: bytes) -> OfficialVerdict:
    root = parse(content)
    assert isinstance(root, etree._Element), root
    return rules().judge(root)


def names(found: OfficialVerdict, severity: RuleSeverity) -> set[str]:
    return {each.rule for each in found.failed if each.severity is severity}


# --- the official tests of single rules ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["PEPPOL-EN16931-UBL-SB.sch", "PEPPOLBIS-T111.sch"])
def test_the_rule_sets_beside_it_compile_as_well(name: str) -> None:
    assert engine.rules_of(official(f"peppol/schematron/{name}"))


@pytest.mark.parametrize("folder", UNIT_FOLDERS)
def test_every_official_test_of_a_rule_gets_its_expected_result(folder: str) -> None:
    files = official_names(f"peppol/unit/{folder}", "*.xml")

    wrong = [f"{name}: {each}" for name in files for each in _wrong_in(official(f"peppol/unit/{folder}/{name}"))]

    assert files
    assert wrong == []


def test_there_are_as_many_official_tests_as_we_say() -> None:
    files = [name for folder in UNIT_FOLDERS for name in official_names(f"peppol/unit/{folder}", "*.xml")]

    assert len(files) == 225


def _wrong_in(content: bytes) -> Iterator[str]:
    """Yield each expectation of a file of official tests that is not met."""
    root = etree.fromstring(content, etree.XMLParser(remove_comments=True))
    for test in root.iter(f"{TEST}test"):
        (document,) = [child for child in test if not str(child.tag).startswith(TEST)]
        fired = _fired(document)
        for expected in test.iterfind(f"{TEST}assert/*"):
            kind, rule = str(expected.tag).removeprefix(TEST), (expected.text or "").strip()
            if kind != "description" and (rule in fired) == (kind == "success"):
                yield f"{kind} {rule}, line {expected.sourceline}"


def _fired(document: etree._Element) -> set[str]:
    alone = etree.fromstring(etree.tostring(document, with_tail=False))
    judged = [engine.rules_of(official(f"peppol/schematron/{name}")).judge(alone) for name in BOTH_SETS]
    return {failure.rule_id for each in judged for failure in each.failures}


# --- the examples -------------------------------------------------------------------------------------


def test_every_official_example_gets_exactly_its_verdict() -> None:
    expected: dict[str, dict[str, Any]] = json.loads(official("peppol/examples/expected.json"))["documents"]

    got = {name: verdict(official(f"peppol/examples/{name}")) for name in expected}

    assert len(expected) == 43
    assert {
        name: {
            "document": each["document"],
            "xsd_valid": SCHEMA_RULE not in names(got[name], RuleSeverity.FATAL),
            "fatal": sorted(names(got[name], RuleSeverity.FATAL)),
            "warning": sorted(names(got[name], RuleSeverity.WARNING)),
        }
        for name, each in expected.items()
    } == expected
    assert all(found.is_complete for found in got.values())


@pytest.mark.parametrize("content", [e_invoice(), e_credit_note()])
def test_our_own_invoice_follows_every_official_rule(content: bytes) -> None:
    found = verdict(content)

    assert (found.failed, found.not_run, found.is_valid) == ((), (), True)
    assert [each.name for each in found.sets] == ["ubl", "en16931", "peppol-billing"]
    assert all(each.version and each.digest for each in found.sets)


def test_a_krona_of_vat_is_let_through_by_the_official_rules() -> None:
    """Why we count by ourselves: BR-S-09 has a tolerance of a krona in each category."""
    standard = (
        ("<cbc:ID>E</cbc:ID><cbc:Percent>0<", "<cbc:ID>S</cbc:ID><cbc:Percent>25<"),
        ("\n<cbc:TaxExemptionReasonCode>VATEX-EU-132-1G</cbc:TaxExemptionReasonCode>", ""),
        # 25 % of 70 677,50 kr = 17 669,38 kr; here 17 670,00 kr
        (">0.00<", ">17670.00<"),
        ('<cbc:TaxInclusiveAmount currencyID="SEK">70677.50', '<cbc:TaxInclusiveAmount currencyID="SEK">88347.50'),
        ('<cbc:PayableAmount currencyID="SEK">70677.50', '<cbc:PayableAmount currencyID="SEK">88347.50'),
    )

    assert verdict(e_invoice(*standard)).failed == ()


# --- what is judged by what ---------------------------------------------------------------------------


def test_what_the_schema_objects_to_is_not_judged_further() -> None:
    found = verdict(e_invoice(("<cbc:ID>2025-1001</cbc:ID>\n", "")))

    assert {each.rule for each in found.failed} == {SCHEMA_RULE}
    assert [each.name for each in found.sets] == ["ubl"]
    assert not found.is_valid


def test_the_schemas_words_never_repeat_a_personal_number() -> None:
    found = verdict(e_invoice(("2025-12-05", "19800215-2380")))

    assert found.failed
    assert all("2380" not in each.message for each in found.failed)


def test_a_self_billed_invoice_is_judged_by_the_rules_for_one() -> None:
    found = verdict(e_invoice(("billing:3.0", "selfbilling:3.0"), ("billing:01:1.0", "selfbilling:01:1.0")))

    assert [each.name for each in found.sets] == ["ubl", "en16931", "peppol-self-billing"]


def test_rules_that_are_not_installed_are_named() -> None:
    root = parse(e_invoice())
    assert isinstance(root, etree._Element)

    found = OfficialRules({}).judge(root)

    assert (found.failed, found.sets, found.is_complete) == ((), (), False)
    assert len(found.not_run) == 3
    assert all("TIMVIS_STANDARDS" in each for each in found.not_run)


def test_without_the_engine_the_schema_alone_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_saxon", None)

    found = verdict(e_invoice())

    assert [each.name for each in found.sets] == ["ubl"]
    assert [each.partition("paketet ")[2].partition(" ")[0] for each in found.not_run] == ["saxonche", "saxonche"]

"""The message that sends an invoice back follows the network's rules and says nobody's number."""

from datetime import date

import pytest
from lxml import etree

from tests.formats.official import official
from timvis.core.invoice.records import DocumentKind
from timvis.formats.invoice_response.write import Answer, Asked, Party, Reason, write
from timvis.formats.schematron import engine


def an_answer(**says: object) -> Answer:
    values: dict[str, object] = {
        "number": "TIMVIS-1-2",
        "issued_on": date(2024, 4, 5),
        "sender": Party(endpoint="2120009010", name="Motala kommun"),
        "receiver": Party(endpoint="5599000105", name="Ekot AB"),
        "invoice_number": "E-1002",
        "invoice_issued_on": date(2024, 4, 3),
        "kind": DocumentKind.INVOICE,
        "reason": Reason.QUANTITIES,
        "asked": Asked.NEW_INVOICE,
        "why": "motala-2024-0001: Timmarna stämmer inte.",
        **says,
    }
    return Answer(**values)  # type: ignore[arg-type]  # a test names the fields it changes


@pytest.mark.skipif(not engine.is_installed(), reason="the official rules are run by saxonche")
@pytest.mark.parametrize("asked", Asked)
@pytest.mark.parametrize("kind", DocumentKind)
def test_every_answer_follows_the_official_rules(asked: Asked, kind: DocumentKind) -> None:
    message = etree.fromstring(write(an_answer(asked=asked, kind=kind)))

    assert engine.rules_of(official("peppol/schematron/PEPPOLBIS-T111.sch")).judge(message).failures == ()


def test_the_same_answer_is_the_same_bytes() -> None:
    assert write(an_answer()) == write(an_answer())


def test_a_personal_number_in_the_reason_is_masked() -> None:
    assert b"2380" not in write(an_answer(why="Fakturan nämner 19800215-2380."))

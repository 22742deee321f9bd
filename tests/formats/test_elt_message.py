"""The message to Försäkringskassan: the report's own bytes inside, and an answer never read as more than it is."""

import base64
from datetime import date

import pytest
from lxml import etree

from tests.formats.handed_in_months import elt_bytes
from timvis.core.faults import Fault
from timvis.formats.elt_message.read import Answer, AnswerKind, read
from timvis.formats.elt_message.write import MESSAGE, SOAP, MessageSignature, envelope

SIGNED = MessageSignature(signature=b"<sig/>", ocsp_response=b"\x30\x82", signed_on=date(2025, 4, 2))


def test_the_reports_own_bytes_travel_untouched_between_the_signatures_in_order() -> None:
    report = elt_bytes()

    root = etree.fromstring(envelope(report, assistant=SIGNED, provider=SIGNED))

    (operation,) = root.find(f"{{{SOAP}}}Body")
    assert operation.tag == f"{{{MESSAGE}}}SkickaTidredovisning"
    assert [etree.QName(child).localname for child in operation] == [
        "tidredovisning",
        "assistent-signatur",
        "anordnare-signatur",
    ]
    assert base64.b64decode(operation[0].text or "") == report
    assert [etree.QName(child).localname for child in operation[1]] == ["signature", "ocspResponse", "datumForSignatur"]
    assert operation[1][2].text == "2025-04-02"


def test_the_same_report_always_gives_the_same_bytes() -> None:
    first, second = (envelope(elt_bytes(), assistant=SIGNED, provider=SIGNED) for _ in range(2))

    assert first == second


def answer(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


def fault(name: str) -> str:
    detail = f'<detail><m:{name} xmlns:m="{MESSAGE}"><message>Fel på rad 3</message></m:{name}></detail>'
    return f"<s:Fault><faultcode>s:Client</faultcode><faultstring>Något</faultstring>{detail}</s:Fault>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f'<SkickaTidredovisningResponse xmlns="{MESSAGE}"><tx-id> a-1 </tx-id></SkickaTidredovisningResponse>',
            Answer(kind=AnswerKind.RECEIPT, transaction_id="a-1"),
        ),
        (fault("XmlValidationError"), Answer(kind=AnswerKind.XML_FAULT, message="Fel på rad 3")),
        (fault("SignatureValidationError"), Answer(kind=AnswerKind.SIGNATURE_FAULT, message="Fel på rad 3")),
        (fault("Busy"), Answer(kind=AnswerKind.OTHER_FAULT, message="Något")),
    ],
)
def test_a_receipt_and_each_fault_are_told_apart(body: str, expected: Answer) -> None:
    assert read(answer(body)) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>502</html>",
        answer("<x/>"),
        answer(f'<SkickaTidredovisningResponse xmlns="{MESSAGE}"><tx-id/></SkickaTidredovisningResponse>'),
    ],
)
def test_what_is_no_answer_is_never_taken_for_a_receipt(content: bytes) -> None:
    assert isinstance(read(content), Fault)

"""XML from outside, and schemas out of bytes."""

import pytest
from lxml import etree

from timvis.core.faults import Fault
from timvis.formats import safe_xml, xml_schema

MAIN = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="../common/day.xsd"/>
<xs:element name="month"><xs:complexType><xs:sequence><xs:element name="day" type="day"/></xs:sequence></xs:complexType>
</xs:element></xs:schema>"""
DAY = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="day">
<xs:restriction base="xs:date"/></xs:simpleType></xs:schema>"""


def test_a_plain_document_is_read_without_its_comments() -> None:
    root = safe_xml.parse(b"<a><!-- c --><b>&lt;&#229;</b><?p i?></a>")

    assert isinstance(root, etree._Element)
    assert [child.text for child in root] == ["<å"]


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><a/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused_whatever_it_says(content: bytes) -> None:
    outcome = safe_xml.parse(content)

    assert isinstance(outcome, Fault)
    assert outcome.code == "document_type_is_not_allowed"


def test_a_document_that_grows_without_end_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<!DOCTYPE a [<!ENTITY e0 "0123456789">{entities}]><a b="&e11;">&e11;</a>'

    assert isinstance(safe_xml.parse(content.encode()), Fault)


@pytest.mark.parametrize("content", [b"", b"\xff", b"<a>", b"<a></b>", b"<a>\x00</a>", b"<a>&x;</a>"])
def test_what_is_not_whole_is_told_with_its_place(content: bytes) -> None:
    outcome = safe_xml.parse(content)

    assert isinstance(outcome, Fault)
    assert outcome.code == "xml_is_not_well_formed"
    assert outcome.line == 1


def test_a_file_without_end_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_BYTES", 10)

    outcome = safe_xml.parse(b"<a>12345678</a>")

    assert isinstance(outcome, Fault)
    assert outcome.code == "file_is_too_large"


def test_a_schema_finds_its_parts_in_its_own_set() -> None:
    schema = xml_schema.compiled({"main/month.xsd": MAIN, "common/day.xsd": DAY}, "main/month.xsd")

    right, wrong = (
        etree.fromstring("<month><day>2021-03-28</day></month>"),
        etree.fromstring("<month>\n<day>28 mars</day></month>"),
    )

    assert xml_schema.faults_of(right, schema) == ()
    assert {(fault.code, fault.line) for fault in xml_schema.faults_of(wrong, schema)} == {
        ("does_not_follow_schema", 2)
    }


def test_a_schema_with_a_part_missing_is_our_mistake() -> None:
    with pytest.raises(xml_schema.SchemaIsBroken):
        xml_schema.compiled({"main/month.xsd": MAIN}, "main/month.xsd")

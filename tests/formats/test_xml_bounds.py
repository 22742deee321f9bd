"""What XML from outside may hold, counted before any tree of it is built."""

import pytest

from timvis.core.faults import Fault
from timvis.formats.xml_bounds import fault_of


def code_of(content: bytes, *, most_bytes: int = 5_000_000, most_nodes: int = 100) -> str:
    fault = fault_of(content, most_bytes=most_bytes, most_nodes=most_nodes)
    assert isinstance(fault, Fault), content[:40]
    return fault.code


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        "<a b='å'>ö</a>".encode(),
        "<a>å</a>".encode("utf-16"),
        b'<?xml version="1.0" encoding="windows-1252"?><a>\xe5</a>',
        b"<a>" + b"x" * 4_000_000 + b"</a>",
    ],
)
def test_an_ordinary_document_is_let_through(content: bytes) -> None:
    assert fault_of(content, most_bytes=5_000_000, most_nodes=100) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<a>" + b"<b/>" * 100 + b"</a>", "file_has_too_many_parts"),
        (b"<a>" * 101, "file_has_too_many_parts"),
        (("<a " + " ".join(f'b{n}=""' for n in range(100)) + "/>").encode(), "file_has_too_many_parts"),
        (b'<a b="' + b"x" * 2_000_000 + b'"/>', "tag_is_too_long"),
        (b"<!--" + b"x" * 2_000_000 + b"--><a/>", "tag_is_too_long"),
        (b"<" + b"x" * 2_000_000, "tag_is_too_long"),
        (b"<!DOCTYPE a><a/>", "document_type_is_not_allowed"),
        ("<!DOCTYPE a><a/>".encode("utf-16"), "document_type_is_not_allowed"),
        (b"", "xml_is_not_well_formed"),
        (b"<a>&x;</a>", "xml_is_not_well_formed"),
        ("<a/>".encode("utf-32"), "xml_is_not_well_formed"),
        (b'<?xml version="1.0" encoding="euc-jp"?><a/>', "encoding_is_not_supported"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding_is_not_supported"),
    ],
)
def test_what_could_grow_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_the_limits_themselves_are_let_through() -> None:
    content = b"<a>" + b"<b/>" * 99 + b"</a>"

    assert fault_of(content, most_bytes=len(content), most_nodes=100) is None
    assert code_of(content, most_bytes=len(content) - 1) == "file_is_too_large"
    assert code_of(content, most_nodes=99) == "file_has_too_many_parts"

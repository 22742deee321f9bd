"""Schematron of our own making through our compiler: which rule fires on which node, and what is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from timvis.formats.schematron import engine
from timvis.formats.schematron.engine import Judged
from timvis.formats.schematron.read import read
from timvis.formats.schematron.records import SchematronIsNotUnderstood
from timvis.formats.schematron.stylesheet import stylesheet_of

pytestmark = pytest.mark.skipif(not engine.is_installed(), reason="Schematron is run where saxonche is installed")

HEAD = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">'
XS = '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'


def schema(body: str) -> bytes:
    return f"{HEAD}{XS}{body}</schema>".encode()


def judge(body: str, document: str) -> Judged:
    return engine.rules_of(schema(body)).judge(etree.fromstring(document))


def rules(judged: Judged) -> list[str]:
    return [each.rule_id for each in judged.failures]


def an_assert(rule_id: str, test: str = "false()", flag: str = "fatal") -> str:
    return f'<assert id="{rule_id}" flag="{flag}" test="{test}">Text of {rule_id}</assert>'


def test_a_failed_assertion_tells_rule_flag_text_and_place() -> None:
    judged = judge(
        f'<pattern><rule context="b">{an_assert("X-1", "@c = 1", "warning")}</rule></pattern>', "<a><b c='1'/><b/></a>"
    )

    (failure,) = judged.failures
    assert (failure.rule_id, failure.flag, failure.text, failure.at) == ("X-1", "warning", "Text of X-1", "/a[1]/b[2]")


def test_only_the_first_rule_of_a_pattern_fires_on_a_node() -> None:
    pattern = (
        f'<pattern><rule context="b[@c]">{an_assert("first")}</rule><rule context="b">{an_assert("second")}</rule>'
    )

    assert rules(judge(f"{pattern}</pattern>", "<a><b c='1'/><b/></a>")) == ["first", "second"]


def test_the_first_rule_shadows_the_next_also_when_nothing_fails_in_it() -> None:
    pattern = f'<pattern><rule context="b">{an_assert("X", "true()")}</rule><rule context="a/b">{an_assert("Y")}</rule>'

    assert rules(judge(f"{pattern}</pattern>", "<a><b/></a>")) == []


def test_each_pattern_looks_at_every_node_anew() -> None:
    patterns = "".join(f'<pattern><rule context="b">{an_assert(name)}</rule></pattern>' for name in ("X", "Y"))

    assert rules(judge(patterns, "<a><b><b/></b></a>")) == ["X", "X", "Y", "Y"]


def test_a_rule_may_be_about_an_attribute() -> None:
    assert rules(judge(f'<pattern><rule context="@c">{an_assert("X", ". = 1")}</rule></pattern>', "<a c='2'/>")) == [
        "X"
    ]


def test_lets_are_seen_where_they_stand() -> None:
    body = (
        '<let name="of_all" value="/a/@n"/><pattern><let name="of_pattern" value="count(//b)"/>'
        '<rule context="b[$of_pattern = 2]"><let name="own" value="@n"/>'
        f"{an_assert('X', '$own = $of_all')}</rule></pattern>"
    )

    assert rules(judge(body, "<a n='1'><b n='1'/><b n='2'/></a>")) == ["X"]


def test_a_function_of_the_schema_can_be_called() -> None:
    function = (
        '<ns prefix="u" uri="utils"/><function xmlns="http://www.w3.org/1999/XSL/Transform" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:u="utils" name="u:twice" as="xs:integer">'
        '<param name="n" as="xs:integer"/><sequence select="2 * $n"/></function>'
    )
    rule = f'<rule context="a">{an_assert("X", "u:twice(xs:integer(@n)) = 4")}</rule>'

    assert rules(judge(f"{function}<pattern>{rule}</pattern>", "<a n='3'/>")) == ["X"]
    assert rules(judge(f"{function}<pattern>{rule}</pattern>", "<a n='2'/>")) == []


def test_braces_in_a_text_are_only_text() -> None:
    body = '<pattern><rule context="a"><assert id="{1}" flag="fatal" test="false()">a {b} c</assert></rule></pattern>'

    (failure,) = judge(body, "<a/>").failures

    assert (failure.rule_id, failure.text) == ("{1}", "a {b} c")


def test_a_pattern_that_breaks_is_told_and_the_others_still_judge(capfd: pytest.CaptureFixture[str]) -> None:
    body = (
        f'<pattern><rule context="b">{an_assert("X", "xs:decimal(.) = 1")}</rule></pattern>'
        f'<pattern><rule context="b">{an_assert("Y")}</rule></pattern>'
    )

    judged = judge(body, "<a><b>800215-2380</b></a>")

    assert judged.broken == ("FORG0001",)
    assert rules(judged) == ["Y"]
    assert "2380" not in capfd.readouterr().err


def test_rules_open_no_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("other") / "secret.txt"
    secret.write_text("hemligt", encoding="utf-8")
    body = (
        f"""<pattern><rule context="a">{an_assert("X", f"unparsed-text('{secret.as_uri()}') = ''")}</rule></pattern>"""
    )

    assert judge(body, "<a/>").broken


def test_the_same_bytes_are_compiled_once() -> None:
    content = schema(f'<pattern><rule context="a">{an_assert("X")}</rule></pattern>')

    assert engine.rules_of(content) is engine.rules_of(bytes(bytearray(content)))
    assert engine.rules_of(content) is not engine.rules_of(content.replace(b"X", b"Y"))


def test_many_threads_may_share_the_rules() -> None:
    shared = engine.rules_of(schema(f'<pattern><rule context="b">{an_assert("X", "@c = 1")}</rule></pattern>'))
    documents = [etree.fromstring(f"<a>{'<b/>' * number}</a>") for number in range(40)]

    with ThreadPoolExecutor(max_workers=4) as pool:
        counts = [len(judged.failures) for judged in pool.map(shared.judge, documents)]

    assert counts == list(range(40))


@pytest.mark.parametrize(
    "body",
    [
        '<include href="other.sch"/>',
        '<pattern abstract="true"/>',
        '<pattern is-a="other"/>',
        '<pattern><rule abstract="true" id="r"/></pattern>',
        '<pattern><rule context="a"><extends rule="r"/></rule></pattern>',
        '<pattern><rule context="a"><report id="X" test="true()">x</report></rule></pattern>',
        '<pattern><rule context="a"><assert id="X" test="true()">x <value-of select="."/></assert></rule></pattern>',
        '<pattern><rule context="a"><assert test="true()">x</assert></rule></pattern>',
        "<pattern><rule><assert id='X' test='true()'>x</assert></rule></pattern>",
    ],
)
def test_a_part_of_schematron_that_is_not_supported_stops_the_reading(body: str) -> None:
    with pytest.raises(SchematronIsNotUnderstood):
        read(schema(body))


def test_two_lets_of_one_name_are_not_guessed_between() -> None:
    body = "".join(f'<pattern><let name="n" value="{number}"/></pattern>' for number in (1, 2))

    with pytest.raises(SchematronIsNotUnderstood):
        stylesheet_of(read(schema(body)))


@pytest.mark.parametrize("content", [b"", b"<a/>", HEAD.replace("xslt2", "xslt").encode() + b"</schema>"])
def test_what_is_no_schema_for_this_engine_is_refused(content: bytes) -> None:
    with pytest.raises(SchematronIsNotUnderstood):
        read(content)


def test_an_expression_that_is_none_is_refused_when_it_is_compiled() -> None:
    with pytest.raises(SchematronIsNotUnderstood):
        engine.rules_of(schema(f'<pattern><rule context="a">{an_assert("X", "$$ =")}</rule></pattern>'))

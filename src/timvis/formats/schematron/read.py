"""Schematron from bytes to records. What is not understood stops the reading: a rule left out is a wrong verdict."""

from collections.abc import Iterable

from lxml import etree

from timvis.formats.schematron.records import Assertion, Let, Pattern, Rule, Schema, SchematronIsNotUnderstood

_SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
_XSLT = "{http://www.w3.org/1999/XSL/Transform}"
_BINDINGS = frozenset({"xslt2", "xslt3"})
# A phase is a choice of patterns by whoever runs the schema; here all of them always run.
_WITHOUT_EFFECT = frozenset({f"{_SCHEMATRON}title", f"{_SCHEMATRON}phase"})


def read(content: bytes) -> Schema:
    """Return the schema. Raises `SchematronIsNotUnderstood` at the first thing outside the supported part."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SchematronIsNotUnderstood(f"not well-formed: {error}") from error
    if root.tag != f"{_SCHEMATRON}schema":
        raise SchematronIsNotUnderstood(f"{root.tag} is not a schema")
    if root.get("queryBinding") not in _BINDINGS:
        raise SchematronIsNotUnderstood(f"queryBinding is {root.get('queryBinding')}, not one of {sorted(_BINDINGS)}")
    _refuse_all_but(root, {"ns", "let", "pattern"}, also={f"{_XSLT}function"})
    return Schema(
        namespaces=tuple((_said(each, "prefix"), _said(each, "uri")) for each in _children(root, "ns")),
        lets=_lets(root),
        functions=tuple(
            etree.tostring(each, encoding="unicode", with_tail=False) for each in root.iterchildren(f"{_XSLT}function")
        ),
        patterns=tuple(_pattern(each) for each in _children(root, "pattern")),
    )


def _pattern(element: etree._Element) -> Pattern:
    _refuse_all_but(element, {"let", "rule"})
    _refuse_attributes(element, {"abstract", "is-a", "documents"})
    return Pattern(lets=_lets(element), rules=tuple(_rule(each) for each in _children(element, "rule")))


def _rule(element: etree._Element) -> Rule:
    _refuse_all_but(element, {"let", "assert"})
    _refuse_attributes(element, {"abstract"})
    own_flag = element.get("flag") or "fatal"
    return Rule(
        context=_said(element, "context"),
        lets=_lets(element),
        assertions=tuple(_assertion(each, own_flag) for each in _children(element, "assert")),
    )


def _assertion(element: etree._Element, flag_of_rule: str) -> Assertion:
    _refuse_all_but(element, set())
    return Assertion(
        rule_id=_said(element, "id"),
        flag=element.get("flag") or flag_of_rule,
        test=_said(element, "test"),
        text=" ".join((element.text or "").split()),
    )


def _lets(element: etree._Element) -> tuple[Let, ...]:
    return tuple(Let(name=_said(each, "name"), value=_said(each, "value")) for each in _children(element, "let"))


def _children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.iterchildren(f"{_SCHEMATRON}{name}")


def _said(element: etree._Element, attribute: str) -> str:
    """Return an attribute that has to be there."""
    value = element.get(attribute)
    if value is None:
        raise SchematronIsNotUnderstood(f"line {element.sourceline}: {attribute} is missing")
    return value


def _refuse_all_but(element: etree._Element, known: set[str], *, also: set[str] | None = None) -> None:
    allowed = {f"{_SCHEMATRON}{name}" for name in known} | (also or set()) | _WITHOUT_EFFECT
    for child in element:
        if child.tag not in allowed:
            raise SchematronIsNotUnderstood(f"line {child.sourceline}: {child.tag} is not supported")


def _refuse_attributes(element: etree._Element, names: set[str]) -> None:
    for name in sorted(names & set(map(str, element.attrib))):
        raise SchematronIsNotUnderstood(f"line {element.sourceline}: {name} is not supported")

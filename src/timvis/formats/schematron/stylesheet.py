"""A Schematron schema as one XSLT 3.0 stylesheet that lists the assertions a document fails.

Each pattern is a mode that walks the whole document. Each rule is a template in it; the earlier rule has the
higher priority, so that only the first that matches a node fires. Lets of the schema and of patterns are
global variables, those of a rule are local. The result is `verdict` with one `failure` per failed assertion,
and one `broken` with the error's code for each pattern whose expressions broke on the document.
"""

from lxml import etree

from timvis.formats.schematron.records import Assertion, Let, Pattern, Rule, Schema, SchematronIsNotUnderstood

XSLT = "http://www.w3.org/1999/XSL/Transform"
_XS = "http://www.w3.org/2001/XMLSchema"
_ERRORS = "http://www.w3.org/2005/xqt-errors"
_EVERY_NODE = "@*|node()"
# Local names with their places are enough to find a node; the namespaces would fill the line.
_PATH = r"replace(path(.), 'Q\{[^}]*\}', '')"


def stylesheet_of(schema: Schema) -> str:
    """Return the stylesheet. Raises `SchematronIsNotUnderstood` when two patterns use one name for two things."""
    root = etree.Element(
        f"{{{XSLT}}}stylesheet",
        {"version": "3.0"},
        nsmap={"xs": _XS, **dict(schema.namespaces), "err": _ERRORS, "xsl": XSLT},
    )
    _add(root, "output", method="xml", encoding="UTF-8")
    for function in schema.functions:
        root.append(etree.fromstring(function))
    for let in _global_lets(schema):
        _add(root, "variable", name=let.name, select=let.value)
    _add_start(root, len(schema.patterns))
    for number, pattern in enumerate(schema.patterns):
        _add_pattern(root, _mode(number), pattern)
    return etree.tostring(root, encoding="unicode")


def _global_lets(schema: Schema) -> list[Let]:
    """Return the lets of the schema and of its patterns; a stylesheet has one room for all of them."""
    lets = [*schema.lets, *(let for pattern in schema.patterns for let in pattern.lets)]
    names = [let.name for let in lets]
    for name in names:
        if names.count(name) > 1:
            raise SchematronIsNotUnderstood(f"the name {name} is given to two lets outside the rules")
    return lets


def _add_start(root: etree._Element, patterns: int) -> None:
    """Add the template that walks the document once per pattern, whatever becomes of the pattern before.

    Of an error only the code is kept: its words may quote the document.
    """
    verdict = etree.SubElement(_add(root, "template", match="/"), "verdict")
    for number in range(patterns):
        attempt = _add(verdict, "try")
        _add(attempt, "apply-templates", select=".", mode=_mode(number))
        broken = etree.SubElement(_add(attempt, "catch"), "broken")
        _add(broken, "attribute", name="code", select="local-name-from-QName($err:code)")


def _add_pattern(root: etree._Element, mode: str, pattern: Pattern) -> None:
    """Add a pattern's mode: a node that no rule matches is only passed on the way to what it holds."""
    _add(root, "mode", **{"name": mode, "on-no-match": "shallow-skip"})
    for place, rule in enumerate(pattern.rules):
        _add_rule(root, mode, priority=len(pattern.rules) - place, rule=rule)


def _add_rule(root: etree._Element, mode: str, *, priority: int, rule: Rule) -> None:
    """Add a rule's template: its lets, its assertions, and on to the nodes below."""
    template = _add(root, "template", match=rule.context, mode=mode, priority=str(priority))
    for let in rule.lets:
        _add(template, "variable", name=let.name, select=let.value)
    for assertion in rule.assertions:
        _add_assertion(template, assertion)
    _add(template, "apply-templates", select=_EVERY_NODE, mode=mode)


def _add_assertion(template: etree._Element, assertion: Assertion) -> None:
    """Add what is written when an assertion does not hold; its text is given, never evaluated."""
    unless = _add(template, "if", test=f"not({assertion.test})")
    failure = etree.SubElement(unless, "failure", {"rule": _literal(assertion.rule_id), "flag": assertion.flag})
    _add(_add(failure, "attribute", name="at"), "value-of", select=_PATH)
    _add(failure, "text").text = assertion.text


def _literal(text: str) -> str:
    """Return a text for an attribute of a literal element, where braces would begin an expression."""
    return text.replace("{", "{{").replace("}", "}}")


def _mode(number: int) -> str:
    return f"pattern-{number}"


def _add(parent: etree._Element, element: str, /, **attributes: str) -> etree._Element:
    """Return a new XSLT element below another."""
    return etree.SubElement(parent, f"{{{XSLT}}}{element}", attributes)

"""Runs a compiled Schematron on a document that has already been read safely.

The engine (Saxon) follows document types and resolves names of files by default, so it is never handed what
somebody sent in: it gets the text of the tree our own reader made, and may open nothing by itself.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from lxml import etree

from timvis.formats.schematron.read import read
from timvis.formats.schematron.records import SchematronIsNotUnderstood
from timvis.formats.schematron.stylesheet import stylesheet_of

PACKAGE = "saxonche"
_saxon: Any = import_module(PACKAGE) if find_spec(PACKAGE) else None
_ALLOWED_PROTOCOLS = "http://saxon.sf.net/feature/allowedProtocols"


class EngineIsNotInstalled(RuntimeError):
    """Schematron was to be run without the package that runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAssertion:
    """An assertion that does not hold: `at` is the path of the node, `text` the rule's own words."""

    rule_id: str
    flag: str
    text: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What rules say of one document.

    `broken` are the error codes of the patterns that broke instead of judging, which happens when a document
    lacks what they take for granted; what such a pattern would have said is not among the failures.
    """

    failures: tuple[FailedAssertion, ...]
    broken: tuple[str, ...] = ()


class Rules:
    """A Schematron schema, ready to judge any number of documents; may be shared between threads."""

    def __init__(self, executable: Any, processor: Any) -> None:
        self._executable = executable
        self._processor = processor

    def judge(self, root: etree._Element) -> Judged:
        """Return what a document fails, in the order of patterns and then of the document."""
        try:
            document = self._processor.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
            # A clone per document: what is set for one run must not be seen by the next.
            result = self._executable.clone().transform_to_string(xdm_node=document)
        except _saxon.PySaxonApiError as error:
            # Outside the patterns: a let of the whole schema, or nesting deeper than the engine follows.
            return Judged(failures=(), broken=(type(error).__name__,))
        verdict = etree.fromstring(result.encode("utf-8"))
        return Judged(
            failures=tuple(_failed(each) for each in verdict.iterchildren("failure")),
            broken=tuple(each.get("code", "") for each in verdict.iterchildren("broken")),
        )


def _failed(failure: etree._Element) -> FailedAssertion:
    return FailedAssertion(
        rule_id=failure.get("rule", ""),
        flag=failure.get("flag", ""),
        text=failure.text or "",
        at=failure.get("at", ""),
    )


def is_installed() -> bool:
    """Return whether Schematron can be run here at all."""
    return _saxon is not None


def rules_of(content: bytes) -> Rules:
    """Return a schema's rules, compiled once per process for each digest of their bytes.

    Raises `EngineIsNotInstalled`, or `SchematronIsNotUnderstood` when the schema cannot be compiled.
    """
    if _saxon is None:
        raise EngineIsNotInstalled(f"the package {PACKAGE} is not installed")
    digest = hashlib.sha256(content).hexdigest()
    if digest not in _compiled:
        _compiled[digest] = _compile(content)
    return _compiled[digest]


_compiled: dict[str, Rules] = {}


def _compile(content: bytes) -> Rules:
    compiler = _processor().new_xslt30_processor()
    try:
        executable = compiler.compile_stylesheet(stylesheet_text=stylesheet_of(read(content)))
    except _saxon.PySaxonApiError as error:
        raise SchematronIsNotUnderstood(f"the stylesheet does not compile: {error}") from error
    return Rules(executable, _processor())


@cache
def _processor() -> Any:
    """Return the one engine of the process; it opens no address of any kind."""
    processor = _saxon.PySaxonProcessor(license=False)
    processor.set_configuration_property(_ALLOWED_PROTOCOLS, "none")
    return processor

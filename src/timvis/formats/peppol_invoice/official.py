"""The official verdict on an invoice: the UBL schema, then EN 16931, then Peppol with the Swedish rules.

The rule sets are not ours to ship. They come in as bytes from the standards folder, and the verdict says which
of them were run, in which version and with which digest, so that it can be understood when they have changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lxml import etree

from timvis.core.identity import shown_text
from timvis.core.invoice.records import DocumentKind
from timvis.formats import xml_schema
from timvis.formats.peppol_invoice.document import kind_of
from timvis.formats.peppol_invoice.elements import text_at
from timvis.formats.schematron import engine
from timvis.formats.standards.read import SETS, InstalledSet, StandardSet, installed_of

SCHEMA_RULE = "UBL-2.1-XSD"
"""What a breach of the schema is called among the rules; schemas give no names of their own."""

_MAIN = {DocumentKind.INVOICE: "UBL-Invoice-2.1.xsd", DocumentKind.CREDIT_NOTE: "UBL-CreditNote-2.1.xsd"}
_SET = {each.name: each for each in SETS}
_SCHEMA_SET, _EN_SET, _BILLING_SET, _SELF_BILLING_SET = "ubl", "en16931", "peppol-billing", "peppol-self-billing"


class RuleSeverity(StrEnum):
    """What the official rules ask of the receiver."""

    FATAL = "fatal"  # must not have been sent
    WARNING = "warning"  # is accepted, and shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRule:
    """An official rule that an invoice does not follow: the rule's own words, and the path of the place."""

    rule: str
    severity: RuleSeverity
    message: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialVerdict:
    """What the rules that were run say. `not_run` are Swedish sentences about those that were not."""

    failed: tuple[FailedRule, ...]
    sets: tuple[InstalledSet, ...]
    not_run: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every rule that is meant for the document was run."""
        return not self.not_run

    @property
    def is_valid(self) -> bool:
        """Whether nothing that was run forbids the document."""
        return all(each.severity is not RuleSeverity.FATAL for each in self.failed)


class OfficialRules:
    """The rule sets of a standards folder, each compiled the first time it is asked for."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Take the folder's files by path relative to it; none at all is a folder that is not there."""
        self._contents = contents
        self._schemas: dict[DocumentKind, etree.XMLSchema] = {}

    def judge(self, root: etree._Element) -> OfficialVerdict:
        """Return the verdict on a document.

        What the schema objects to is not judged further: the rules above it take the schema for granted.
        """
        wanted = (_SCHEMA_SET, _EN_SET, _SELF_BILLING_SET if _is_self_billed(root) else _BILLING_SET)
        ready = [name for name in wanted if self._can_run(name)]
        failed: list[FailedRule] = []
        ran: list[str] = []
        for name in ready:
            if failed and ran[-1] == _SCHEMA_SET:
                break
            failed.extend(self._failed(name, root))
            ran.append(name)
        return OfficialVerdict(
            failed=tuple(failed),
            sets=tuple(self._installed[name] for name in ran),
            not_run=tuple(self._why_not(name) for name in wanted if name not in ready),
        )

    @cached_property
    def _installed(self) -> dict[str, InstalledSet]:
        names = (_SCHEMA_SET, _EN_SET, _BILLING_SET, _SELF_BILLING_SET)
        return {name: installed_of(_SET[name], self._contents) for name in names}

    def _can_run(self, name: str) -> bool:
        return self._installed[name].is_complete and (name == _SCHEMA_SET or engine.is_installed())

    def _why_not(self, name: str) -> str:
        label = _SET[name].label
        if not self._installed[name].is_complete:
            return f"{label}: regelverket är inte installerat (sätt TIMVIS_STANDARDS, se `timvis standards check`)."
        return f"{label}: paketet {engine.PACKAGE} saknas (installera timvis[peppol])."

    def _failed(self, name: str, root: etree._Element) -> Iterator[FailedRule]:
        if name == _SCHEMA_SET:
            return self._against_schema(root)
        return _against_rules(_SET[name], self._contents, root)

    def _against_schema(self, root: etree._Element) -> Iterator[FailedRule]:
        kind = kind_of(root)
        if kind not in self._schemas:
            files = {path.partition("xsdrt/")[2]: self._contents[path] for path in _SET[_SCHEMA_SET].files}
            self._schemas[kind] = xml_schema.compiled(files, f"maindoc/{_MAIN[kind]}")
        for fault in xml_schema.faults_of(root, self._schemas[kind]):
            yield FailedRule(
                rule=SCHEMA_RULE,
                severity=RuleSeverity.FATAL,
                message=shown_text(fault.message),
                at=f"rad {fault.line}",
            )


def _against_rules(each: StandardSet, contents: Mapping[str, bytes], root: etree._Element) -> Iterator[FailedRule]:
    """Yield what one Schematron set objects to; where its rules break on the document, that is told as a failure."""
    judged = engine.rules_of(contents[each.files[0]]).judge(root)
    for failure in judged.failures:
        yield FailedRule(
            rule=failure.rule_id,
            severity=RuleSeverity.WARNING if failure.flag == "warning" else RuleSeverity.FATAL,
            message=failure.text,
            at=failure.at,
        )
    for code in judged.broken:
        yield FailedRule(
            rule=each.name,
            severity=RuleSeverity.FATAL,
            message=f"{each.label}: reglerna kunde inte räknas ut för dokumentet ({code}).",
        )


def _is_self_billed(root: etree._Element) -> bool:
    """Return whether the buyer has written the invoice; then it follows a profile and rules of its own."""
    return "selfbilling" in text_at(root, "CustomizationID") or "selfbilling" in text_at(root, "ProfileID")

"""Which official sets lie in a standards folder: complete or not, which version, one digest for each set.

The outer layer reads the files that `SETS` names, as far as they exist; what is told of them here depends on
their bytes alone, so that a verdict can say for ever which rules it was given under.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

_UBL = "peppol/xsd/ubl-2.1-xsdrt/"
_UBL_COMMON = (
    "CCTS_CCT_SchemaModule",
    "UBL-CommonAggregateComponents",
    "UBL-CommonBasicComponents",
    "UBL-CommonExtensionComponents",
    "UBL-CommonSignatureComponents",
    "UBL-CoreComponentParameters",
    "UBL-ExtensionContentDataType",
    "UBL-QualifiedDataTypes",
    "UBL-SignatureAggregateComponents",
    "UBL-SignatureBasicComponents",
    "UBL-UnqualifiedDataTypes",
    "UBL-XAdESv132",
    "UBL-XAdESv141",
    "UBL-xmldsig-core-schema",
)
_PAYMENT_MESSAGES = (
    "pain.001.001.03",
    "pain.001.001.09",
    "pain.002.001.03",
    "pain.002.001.12",
    "camt.053.001.02",
    "camt.053.001.08",
    "camt.054.001.02",
    "camt.054.001.08",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardSet:
    """One official set: its files by path, and where its version stands.

    `version_in` is the pattern whose first group tells the version in `version_file`. Where it is empty the
    version is part of the files' names, and stands in `version`.
    """

    name: str
    label: str
    files: tuple[str, ...]
    version: str = ""
    version_file: str = ""
    version_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledSet:
    """What is installed of a set; `version` and `digest` only when it is complete."""

    name: str
    label: str
    version: str | None
    digest: str | None
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every file of the set is there."""
        return not self.missing


SETS = (
    StandardSet(
        name="en16931",
        label="EN 16931, regler för e-fakturor i UBL",
        files=("peppol/schematron/CEN-EN16931-UBL.sch",),
        version_file="peppol/schematron/CEN-EN16931-UBL.sch",
        version_in=r"Schematron version ([0-9.]+[0-9])",
    ),
    StandardSet(
        name="peppol-billing",
        label="Peppol BIS Billing 3, med de svenska reglerna",
        files=("peppol/schematron/PEPPOL-EN16931-UBL.sch",),
        version_file="peppol/schematron/PEPPOL-EN16931-UBL.sch",
        version_in=r"Last update: ([^\r\n]*[0-9])",
    ),
    StandardSet(
        name="peppol-self-billing",
        label="Peppol BIS Self-Billing 3",
        files=("peppol/schematron/PEPPOL-EN16931-UBL-SB.sch",),
        version_file="peppol/schematron/PEPPOL-EN16931-UBL-SB.sch",
        version_in=r"Last update: ([^\r\n]*[0-9])",
    ),
    StandardSet(
        name="peppol-invoice-response",
        label="Peppol Invoice Response",
        files=("peppol/schematron/PEPPOLBIS-T111.sch",),
        version_file="peppol/schematron/PEPPOLBIS-T111.sch",
        version_in=r"Invoice Response transaction ([0-9.]+[0-9])",
    ),
    StandardSet(
        name="ubl",
        label="UBL, scheman för faktura, kreditfaktura och svar",
        files=(
            *(f"{_UBL}common/{name}-2.1.xsd" for name in _UBL_COMMON),
            *(f"{_UBL}maindoc/UBL-{name}-2.1.xsd" for name in ("ApplicationResponse", "CreditNote", "Invoice")),
        ),
        version="2.1",
    ),
    *(
        StandardSet(
            name=message,
            label=f"ISO 20022, {message}",
            files=(f"iso20022/xsd/{message}.xsd",),
            version=message.rpartition(".")[2],
        )
        for message in _PAYMENT_MESSAGES
    ),
    StandardSet(
        name="csip",
        label="E-ARK CSIP: METS med tillägg",
        files=(
            "archive/csip/mets.xsd",
            "archive/csip/xlink.xsd",
            "archive/csip/DILCISExtensionMETS.xsd",
        ),
        version_file="archive/csip/mets.xsd",
        version_in=r"<!-- Version ([0-9.]+[0-9])",
    ),
    StandardSet(
        name="erms",
        label="E-ARK CITS ERMS",
        files=("archive/erms/ERMS-2.1.2.xsd",),
        version="2.1.2",
    ),
    StandardSet(
        name="erms-3",
        label="E-ARK CITS ERMS",
        files=("archive/erms/ERMS-3.0.xsd",),
        version="3.0",
    ),
)
"""Every set the program can use, and the files it needs of it."""


def wanted_files() -> tuple[str, ...]:
    """Return the paths of all sets' files, relative to the standards folder."""
    return tuple(path for standard in SETS for path in standard.files)


def installed(contents: Mapping[str, bytes]) -> tuple[InstalledSet, ...]:
    """Return what is installed of every set, from the files that exist, by path."""
    return tuple(installed_of(standard, contents) for standard in SETS)


def installed_of(standard: StandardSet, contents: Mapping[str, bytes]) -> InstalledSet:
    """Return what is installed of one set; an empty file counts as missing."""
    missing = tuple(path for path in standard.files if not contents.get(path))
    return InstalledSet(
        name=standard.name,
        label=standard.label,
        version=None if missing else _version_of(standard, contents),
        digest=None if missing else _digest_of(standard, contents),
        missing=missing,
    )


def _version_of(standard: StandardSet, contents: Mapping[str, bytes]) -> str | None:
    """Return the version a set says it has, None when its file does not say."""
    if not standard.version_in:
        return standard.version
    text = contents[standard.version_file].decode("utf-8", errors="replace")
    found = re.search(standard.version_in, text)
    return None if found is None else found[1]


def _digest_of(standard: StandardSet, contents: Mapping[str, bytes]) -> str:
    """Return one SHA-256 over the set's paths and their contents, in the order of the paths."""
    lines = (f"{path} {hashlib.sha256(contents[path]).hexdigest()}\n" for path in sorted(standard.files))
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()

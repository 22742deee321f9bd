"""The format's names, its schema, and in which order its elements stand."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from timvis.formats.packaged import packaged_text
from timvis.formats.xml_schema import compiled

NAMESPACE = "http://schema.forsakringskassan.se/integration/isassistansersattning/tidredovisning/1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ROOT = "Tidredovisning"

_FILE = "elt-1.0.2.xsd"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a sequence: the elements of which one may stand there, and how many times."""

    names: tuple[str, ...]
    at_least: int = 1
    at_most: int | None = 1


def _one(*names: str) -> Slot:
    return Slot(names)


def _perhaps(name: str) -> Slot:
    return Slot((name,), at_least=0)


def _any(name: str) -> Slot:
    return Slot((name,), at_least=0, at_most=None)


TIME_REPORT = (
    _one("id"),
    _one("redovisningsmanad"),
    _one("personSomHarAssistans"),
    _one("assistent"),
    _any("berakningsperiod"),
    _one("anstalldAvPersonSomHarAssistans", "assistansanordnare"),
    _one("tidrapport"),
    _one("telefonnummerAnordnare"),
    _perhaps("telefonnummerAssistent"),
)
RECIPIENT = (_one("personnummer"), _one("fornamn"), _one("efternamn"))
ASSISTANT = (
    _one("personnummer", "samordningsnummer"),
    _one("fornamn"),
    _one("efternamn"),
    _one("kollektivavtal"),
)
PERIOD = (_one("fromDag"), _one("tomDag"))
PROVIDER = (
    _perhaps("anordnareNamn"),
    _one("organisationsnummer"),
    _perhaps("kontaktperson"),
    _perhaps("telefonnummer"),
    _one("assistentAnstalldAvAnordnare", "annanArbetsgivare", "assistentEgenForetagare"),
)
OTHER_EMPLOYER = (_perhaps("arbetsgivareNamn"), _one("organisationsnummer"))
ROWS = (_any("rapportRad"),)
ROW = (_one("dag"), _one("fromTid"), _one("tomTid"), _one("aktivTid", "vanteTid", "beredskapsTid"))


@cache
def schema() -> etree.XMLSchema:
    """Return the compiled schema. Raises `SchemaIsBroken` when the package's own file is."""
    return compiled({_FILE: (packaged_text("schemas", _FILE) or "").encode()}, _FILE)

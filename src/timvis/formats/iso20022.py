"""What the ISO 20022 messages have in common: elements by path of local names, öre, days and instants."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from timvis.core.quantities import Ore

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0{0,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BANKS_CLOCK = ZoneInfo("Europe/Stockholm")


def message_of(root: etree._Element) -> str:
    """Return which message a document is (`pain.001.001.03`), empty when it is none of ISO 20022."""
    name = etree.QName(root)
    namespace = name.namespace or ""
    if name.localname != "Document" or not namespace.startswith(_NAMESPACE):
        return ""
    return namespace.removeprefix(_NAMESPACE)


def namespace_of(message: str) -> str:
    """Return the XML namespace of a message."""
    return _NAMESPACE + message


def all_at(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements at a path of local names (`NtryDtls/TxDtls`), in document order."""
    first, _, rest = path.partition("/")
    for child in element:
        if etree.QName(child).localname == first:
            if rest:
                yield from all_at(child, rest)
            else:
                yield child


def at(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path, None where there is none."""
    return next(all_at(element, path), None)


def text_at(element: etree._Element, *paths: str) -> str:
    """Return the text at the first of the paths that has one, without space at its ends; else empty."""
    for path in paths:
        found = at(element, path)
        if found is not None and found.text and found.text.strip():
            return found.text.strip()
    return ""


def line_of(element: etree._Element) -> int | None:
    """Return the line an element stands on."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def ore_from(text: str) -> Ore | None:
    """Return a decimal amount in whole öre, None when it is no amount or has parts of an öre."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    kronor, decimals = found.groups()
    return Ore(int(kronor) * 100 + int((decimals or "0").ljust(2, "0")))


def amount_text(amount: Ore) -> str:
    """Return whole öre as kronor with two decimals.

    >>> amount_text(712550)
    '7125.50'
    """
    return f"{amount // 100}.{amount % 100:02d}"


def day_from(text: str) -> date | None:
    """Return a day from an ISO day or date-time, None when it is neither."""
    found = _DAY.match(text)
    try:
        return None if found is None else date.fromisoformat(found[0])
    except ValueError:
        return None


def instant_from(text: str) -> datetime | None:
    """Return an instant in UTC, None when it is no date-time; without offset it is Swedish time."""
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=_BANKS_CLOCK)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

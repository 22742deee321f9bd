"""Texts, days, decimals and amounts out of UBL elements, and every fault found on the way.

A reading never stops at a fault: it goes on with a stand-in, and what it made is used only when there are none.
No fault repeats what stands in the document, since that may be somebody's personal number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.invoice.records import Period
from timvis.core.quantities import Ore

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"

# No exponent, and no more digits than any invoice has: what a decimal may be must not depend on who wrote it.
_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,15}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[-+][0-9]{2}:[0-9]{2})?")
_YEARS = range(1900, 2200)
_STAND_IN_DAY = date(2000, 1, 1)
_REMEDY = "Be säljaren om en ny faktura; en e-faktura ändras inte för hand."


def all_at(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements at a path of local names; the last is a field (cbc), the others are groups (cac).

    A path that ends with a slash ends with a group.
    """
    *groups, last = path.split("/")
    steps = [CAC + name for name in groups] + ([CBC + last] if last else [])
    found = [element]
    for step in steps:
        found = [child for each in found for child in each.iterchildren(step)]
    yield from found


def at(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path, None where there is none."""
    return next(all_at(element, path), None)


def text_of(element: etree._Element) -> str:
    """Return an element's own text with single spaces, empty when it has none."""
    return " ".join((element.text or "").split())


def text_at(element: etree._Element, *paths: str) -> str:
    """Return the text at the first of the paths that has one, else empty."""
    texts = (text_of(found) for path in paths for found in all_at(element, path))
    return next((text for text in texts if text), "")


def texts_at(element: etree._Element, *paths: str) -> tuple[str, ...]:
    """Return every text at the paths that is not empty."""
    texts = (text_of(found) for path in paths for found in all_at(element, path))
    return tuple(text for text in texts if text)


def _is_missing(element: etree._Element, path: str) -> bool:
    """Return whether the first element at a path is not there, or empty."""
    found = at(element, path)
    return found is None or not text_of(found)


def line_of(element: etree._Element) -> int | None:
    """Return the line an element stands on."""
    line = element.sourceline
    return line if isinstance(line, int) else None


@dataclass(slots=True)
class Reading:
    """One document being read: its currency, and the faults so far."""

    currency: str = ""
    faults: list[Fault] = field(default_factory=list)

    def object_to(self, element: etree._Element, code: str, name: str, message: str) -> None:
        """Add a fault at an element."""
        self.faults.append(
            Fault(code=code, message=message, remedy=_REMEDY, line=line_of(element), column=name.rpartition("/")[2])
        )

    def required(self, element: etree._Element, *paths: str) -> str:
        """Return a text that has to be there."""
        text = text_at(element, *paths)
        if not text:
            self._miss(element, paths[0])
        return text

    def required_day(self, element: etree._Element, path: str) -> date:
        """Return a day that has to be there."""
        if _is_missing(element, path):
            self._miss(element, path)
        return self.day(element, path) or _STAND_IN_DAY

    def day(self, element: etree._Element, path: str) -> date | None:
        """Return a day, None where there is none; a time zone behind it does not move it."""
        found = at(element, path)
        if found is None or _is_missing(element, path):
            return None
        match = _DAY.fullmatch(text_of(found))
        try:
            day = date.fromisoformat(match[1]) if match else None
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            self.object_to(found, "day_is_wrong", path, f"{path.rpartition('/')[2]} är ingen dag (ÅÅÅÅ-MM-DD).")
            return None
        return day

    def period(self, element: etree._Element) -> Period:
        """Return the billed days of a document or a line, half-open: its period, else the day of delivery."""
        begins, ends = self.day(element, "InvoicePeriod/StartDate"), self.day(element, "InvoicePeriod/EndDate")
        if begins is None and ends is None:
            begins = ends = self.day(element, "Delivery/ActualDeliveryDate")
        return Period(period_from=begins, period_to=None if ends is None else ends + timedelta(days=1))

    def decimal(self, element: etree._Element, path: str) -> Decimal | None:
        """Return a number exactly as written, None where there is none."""
        found = at(element, path)
        if found is None or _is_missing(element, path):
            return None
        if not _DECIMAL.fullmatch(text_of(found)):
            self.object_to(found, "number_is_wrong", path, f"{path.rpartition('/')[2]} är inget tal.")
            return None
        return Decimal(text_of(found))

    def required_decimal(self, element: etree._Element, path: str) -> Decimal:
        """Return a number that has to be there."""
        if _is_missing(element, path):
            self._miss(element, path)
        return self.decimal(element, path) or Decimal(0)

    def ore(self, element: etree._Element, path: str) -> Ore:
        """Return an amount in whole öre, nothing where there is none."""
        amount = self.decimal(element, path)
        found = at(element, path)
        if amount is None or found is None:
            return Ore(0)
        if found.get("currencyID", self.currency) != self.currency:
            message = f"{path.rpartition('/')[2]} är i en annan valuta än fakturan."
            self.object_to(found, "amount_is_in_other_currency", path, message)
        if amount * 100 % 1:
            message = f"{path.rpartition('/')[2]} har delar av ett öre."
            self.object_to(found, "amount_is_not_whole_ore", path, message)
        return Ore(int(amount * 100))

    def required_ore(self, element: etree._Element, path: str) -> Ore:
        """Return an amount that has to be there."""
        if _is_missing(element, path):
            self._miss(element, path)
        return self.ore(element, path)

    def _miss(self, element: etree._Element, path: str) -> None:
        name = path.rstrip("/").rpartition("/")[2]
        self.object_to(element, "field_is_missing", path, f"{name} saknas i {etree.QName(element).localname}.")

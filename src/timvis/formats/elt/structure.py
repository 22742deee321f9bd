"""Elements in their places: every departure from a sequence, with the line it stands on."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from lxml import etree

from timvis.core.faults import Fault
from timvis.formats.elt.schema import NAMESPACE, XSI, Slot
from timvis.formats.handed_in import Wrong, shown

T = TypeVar("T")
Children = dict[str, list[etree._Element]]

_MEND = "Rätta i systemet som skrev filen."
_HARMLESS = frozenset({f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"})


def name_of(element: etree._Element) -> str:
    """Return an element's name without namespace."""
    return etree.QName(element).localname


class Document:
    """Walks a document and gathers what is wrong with it in `faults`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def object(self, element: etree._Element, wrong: Wrong, *, column: str | None = None) -> None:
        """Note that something is wrong with an element, or with the one named `column` inside it."""
        self.faults.append(wrong.at(line_of(element), column or name_of(element)))

    def children(self, parent: etree._Element, sequence: tuple[Slot, ...]) -> Children:
        """Return the children by name; unknown, misplaced, missing and superfluous ones are faults."""
        self._no_attributes(parent)
        if any(text and text.strip() for text in (parent.text, *(child.tail for child in parent))):
            self.object(parent, Wrong("text_between_elements", "Här står text mellan elementen.", _MEND))
        place_of = {name: place for place, slot in enumerate(sequence) for name in slot.names}
        found: Children = {}
        standing: list[list[etree._Element]] = [[] for _ in sequence]
        furthest = 0
        for child in parent:
            name = name_of(child)
            place = place_of.get(name)
            if place is None or etree.QName(child).namespace != NAMESPACE:
                wrong = Wrong("unknown_element", f"Elementet {shown(name)} hör inte hemma i {name_of(parent)}.", _MEND)
                self.object(child, wrong, column=shown(name))
                continue
            if place < furthest:
                wrong = Wrong("element_out_of_order", f"{name} står på fel plats i {name_of(parent)}.", _MEND)
                self.object(child, wrong)
            furthest = max(furthest, place)
            found.setdefault(name, []).append(child)
            standing[place].append(child)
        self._count(parent, sequence, standing)
        return found

    def _count(self, parent: etree._Element, sequence: tuple[Slot, ...], standing: list[list[etree._Element]]) -> None:
        for slot, there in zip(sequence, standing, strict=True):
            names = " eller ".join(slot.names)
            if len(there) < slot.at_least:
                wrong = Wrong("element_is_missing", f"{names} saknas i {name_of(parent)}.", _MEND)
                self.object(parent, wrong, column=slot.names[0])
            if slot.at_most is not None and len(there) > slot.at_most:
                many = Wrong("element_too_often", f"{names} får stå en enda gång i {name_of(parent)}.", _MEND)
                self.object(there[-1], many)

    def value(self, found: Children, names: str | Iterable[str], reader: Callable[[str], T | Wrong]) -> T | None:
        """Return the value of the first element of these names, None when it is missing or cannot be read."""
        for name in (names,) if isinstance(names, str) else names:
            for element in found.get(name, ())[:1]:
                return self._leaf(element, reader)
        return None

    def _leaf(self, element: etree._Element, reader: Callable[[str], T | Wrong]) -> T | None:
        self._no_attributes(element)
        if len(element):
            self.object(element, Wrong("element_has_elements", "Här ska bara stå ett värde.", _MEND))
            return None
        value = reader(element.text or "")
        if isinstance(value, Wrong):
            self.object(element, value)
            return None
        return value

    def _no_attributes(self, element: etree._Element) -> None:
        if any(name not in _HARMLESS for name in element.attrib):
            self.object(element, Wrong("attribute_is_not_allowed", "Formatet har inga attribut.", _MEND))


def line_of(element: etree._Element) -> int:
    """Return the line an element begins on, from 1."""
    return element.sourceline if isinstance(element.sourceline, int) else 1

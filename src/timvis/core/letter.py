"""A letter: a template with named places, and the letter that came of it once every place was filled.

A template holds no condition. A list or a table that turns out empty leaves its part out, heading and all; the
day a letter wants an `if`, it is two letters.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Fault

Value = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""What a place is filled with: a text, the items of a list, or the rows of a table."""

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")

PLACES: Mapping[str, str] = {
    "recipient": "brukarens namn, eller ärendets beteckning där namnet inte får stå",
    "provider": "utförarens namn",
    "municipality": "kommunens namn",
    "case_number": "ärendets nummer",
    "period": "den tid det gäller",
    "amount": "beloppet i kronor",
    "granted": "det som är beviljat",
    "claimed": "det som är begärt, redovisat eller fakturerat",
    "paid": "det som ersätts",
    "reason": "skälen, med lagrum",
    "reasons": "skälen, ett i varje punkt",
    "lines": "beräkningen, rad för rad",
    "sums": "det som får faktureras, rad för rad",
    "provisions": "bestämmelserna som beslutet vilar på",
    "dissent": "den mening som var skiljaktig",
    "deciders": "vilka som beslutade, föredrog och deltog",
    "changes": "vilket tidigare beslut det ersätter, och varför",
    "payment": "hur pengarna kommer, och hur de känns igen",
    "decided_on": "beslutets dag",
    "served_on": "den dag någon fick del av beslutet",
    "came_on": "den dag något kom in",
    "last_on": "den dag tiden gick ut",
    "reference": "referensnumret",
    "invoice_number": "fakturans nummer",
    "invoice_on": "fakturans datum",
    "hours": "timmarna, månad för månad",
    "documents": "de handlingar det gäller",
    "documents_at_times": "de handlingar som bara behövs ibland",
    "asked_on": "dagen då handlingarna begärdes",
    "due_on": "sista dag",
    "services": "de insatser det gäller",
    "providers": "utförarna att välja mellan, en på varje rad",
    "no_choice": "hur den som inte väljer får en utförare",
    "change_rule": "när ett byte av utförare gäller",
    "officer": "handläggarens namn",
    "substitute": "vikariens namn",
    "form": "blanketten som tiden hör till",
    "worked": "vikariens tid, pass för pass",
    "hours_worked": "vikariens tid, sammanlagt",
    "contact": "vart man vänder sig",
}
"""Every place a letter can have, and what stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; numbers stand to the right, and texts share what is left by `width`."""

    label: str
    is_number: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and what stands below it: paragraphs, then a list, then a table; each may be left out."""

    heading: str = ""
    text: str = ""
    items: str | None = None
    rows: str | None = None
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """A letter before it is about anybody; its places are among `PLACES`."""

    code: str
    label: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whom a letter is from and to. `receiver` is name and address, a line each."""

    sender: str
    receiver: tuple[str, ...]
    reference: str
    written_on: date
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part that has been filled."""

    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it is sent. `bars` are the widths of bars and gaps at its head, for a paper that comes back."""

    code: str
    head: Head
    title: str
    sections: tuple[Section, ...]
    bars: tuple[int, ...] = ()


def places_in(template: LetterTemplate) -> frozenset[str]:
    """Return every name that a template's texts, lists and tables ask for."""
    texts = (template.title, *(text for part in template.parts for text in (part.heading, part.text)))
    named = {name for text in texts for name in PLACE.findall(text)}
    return frozenset(named | {name for part in template.parts for name in (part.items, part.rows) if name})


def fill(template: LetterTemplate, head: Head, values: Mapping[str, Value]) -> Letter | tuple[Fault, ...]:
    """Return the letter, or every place that has no value or one of the wrong shape; never a letter with holes."""
    if faults := tuple(_faults(template, values)):
        return faults
    return Letter(
        code=template.code,
        head=head,
        title=_filled(template.title, values),
        sections=tuple(section for part in template.parts if (section := _section(part, values)) is not None),
    )


def _section(part: Part, values: Mapping[str, Value]) -> Section | None:
    items, rows = values.get(part.items or "", ()), values.get(part.rows or "", ())
    if (part.items and not items) or (part.rows and not rows):
        return None
    return Section(
        heading=_filled(part.heading, values),
        # Filled first: what is put in may have paragraphs of its own, such as an officer's reasons.
        paragraphs=_paragraphs(_filled(part.text, values)),
        items=tuple(item for item in items if isinstance(item, str)),
        columns=part.columns,
        rows=tuple(row for row in rows if isinstance(row, tuple)),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return a text's paragraphs, which an empty line parts; a line's end within one is only a space."""
    return tuple(" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip())


def _filled(text: str, values: Mapping[str, Value]) -> str:
    return PLACE.sub(lambda found: str(values[found[1]]), text)


def _faults(template: LetterTemplate, values: Mapping[str, Value]) -> Iterator[Fault]:
    lists = {part.items for part in template.parts if part.items}
    widths = {part.rows: len(part.columns) for part in template.parts if part.rows}
    for name in sorted(places_in(template)):
        value = values.get(name)
        if name in widths:
            fits = isinstance(value, tuple) and all(
                isinstance(row, tuple) and len(row) == widths[name] for row in value
            )
        elif name in lists:
            fits = isinstance(value, tuple) and all(isinstance(item, str) for item in value)
        else:
            fits = isinstance(value, str) and bool(value.strip())
        if not fits:
            yield Fault(
                code="letter_place_is_empty",
                message=f"Brevet {template.label} saknar {PLACES.get(name, name)}.",
                remedy="Fyll i uppgiften i ärendet innan brevet skrivs.",
                column=name,
            )

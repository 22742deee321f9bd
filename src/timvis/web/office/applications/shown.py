"""The parts of the form as the template draws them: every field with its name, its value and what is wrong in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timvis.web.office.applications.entry import EXTRA, Part, beside
from timvis.web.office.applications.fields import SECTIONS, Field, Kind, Rows, Section, Text, agreements

_INPUT = {Kind.DAY: "date"}
_AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """One field: `name` as it is sent, `id` of its own in the page."""

    id: str
    name: str
    field: Field
    value: str
    error: str
    choices: tuple[tuple[str, Text], ...]

    @property
    def input_type(self) -> str:
        """The kind of input a browser shows."""
        return _INPUT.get(self.field.kind, "text")

    @property
    def input_mode(self) -> str:
        """Which keys a telephone shows."""
        numbers = (Kind.KRONOR, Kind.HOURS, Kind.NUMBER, Kind.CLOCK, Kind.WHOLE)
        return "decimal" if self.field.kind in numbers else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row of a table."""

    number: int
    fields: tuple[ShownField, ...]
    extra_name: str
    extra: str
    supplement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table with its rows; `is_open` when something stands in it that is mostly left out."""

    table: Rows
    name: str
    rows: tuple[ShownRow, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section with its fields and tables."""

    section: Section
    fields: tuple[ShownField, ...]
    tables: tuple[ShownTable, ...]

    @property
    def is_one_table(self) -> bool:
        """Whether its heading says what the table's would say again."""
        return not self.fields and len(self.tables) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """One assistant's part."""

    number: int
    name: str
    extra: str
    sections: tuple[ShownSection, ...]


def shown_parts(parts: Sequence[Part], wrong: Mapping[str, str]) -> tuple[ShownPart, ...]:
    """Return the parts as they are drawn; `wrong` says by a field's id what is wrong in it."""
    return tuple(
        ShownPart(
            number=number,
            name=part.cells.get("assistant.name", ""),
            extra=part.extra,
            sections=tuple(_section(section, part, number, wrong) for section in SECTIONS),
        )
        for number, part in enumerate(parts, start=1)
    )


def _section(section: Section, part: Part, number: int, wrong: Mapping[str, str]) -> ShownSection:
    return ShownSection(
        section=section,
        fields=tuple(
            _field(one, f"p{number}.{one.key}", f"p{number}.{one.key}", part.cells.get(one.key, ""), wrong)
            for one in section.fields
        ),
        tables=tuple(_table(table, part, number, wrong) for table in section.rows),
    )


def _table(table: Rows, part: Part, number: int, wrong: Mapping[str, str]) -> ShownTable:
    name = f"p{number}.{table.key}"
    rows = part.rows.get(table.key, [])
    shown = tuple(
        ShownRow(
            number=row_number,
            fields=tuple(
                _field(one, f"{name}.{row_number}.{one.key}", f"{name}.{one.key}", row.get(one.key, ""), wrong)
                for one in table.fields
            ),
            extra_name=f"{name}.{EXTRA}",
            extra=row.get(EXTRA, ""),
            supplement=", ".join(_supplements(row.get(EXTRA, ""))),
        )
        for row_number, row in enumerate(_at_least(rows, table.at_least), start=1)
    )
    return ShownTable(table=table, name=name.removeprefix("p"), rows=shown, is_open=bool(rows) or not table.is_rare)


def _at_least(rows: Sequence[dict[str, str]], count: int) -> list[dict[str, str]]:
    return [*rows, *({} for _ in range(count - len(rows)))]


def _field(one: Field, identity: str, name: str, value: str, wrong: Mapping[str, str]) -> ShownField:
    choices = agreements() if one.key == _AGREEMENT else one.choices
    return ShownField(id=identity, name=name, field=one, value=value, error=wrong.get(identity, ""), choices=choices)


def _supplements(extra: str) -> Iterator[str]:
    """Yield the names of what is paid on top of a shift, as the schedule said it."""
    said = beside(extra).get("supplement", [])
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict) and one.get("name"):
            window = f" {one['from']}–{one['to']}" if one.get("from") and one.get("to") else ""
            yield f"{one['name']}{window}"

"""A file to the rows of a paper under its headings, or why it is not one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from timvis.core.faults import Fault
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.intake import ZIP, not_even_tried
from timvis.formats.sick_cost_papers.columns import Layout, PaperColumn
from timvis.formats.time_report_csv.lines import lines_of
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.heading import LINES_SEARCHED, Line, letters
from timvis.formats.time_report_table.rows import Taken
from timvis.formats.time_report_xlsx.sheets import Sheet, sheets_of

_FEWEST_KNOWN = 2


@dataclass(slots=True, kw_only=True)
class Opened:
    """The rows of a paper; what is found wrong with them, and what is left out, is gathered here."""

    file_name: str
    columns: tuple[StrEnum | None, ...]
    lines: tuple[Line, ...]
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def rows(self) -> tuple[Taken, ...]:
        """Return the cells of each row by column; of two columns with the same meaning the first that says anything."""
        return tuple(self._taken(line) for line in self.lines)

    def has(self, column: StrEnum) -> bool:
        """Return whether the paper has a column."""
        return column in self.columns

    def remark(self, line: int, column: str | None, wrong: Wrong) -> None:
        """Note what is left out, and why."""
        self.remarks.append(wrong.at(line, column))

    def told(self, gathered: Sequence[Fault]) -> tuple[Fault, ...]:
        """Return faults or remarks once each, by row, with the file's name."""
        return _named(self.file_name, sorted(dict.fromkeys(gathered), key=lambda fault: fault.line or 0))

    def _taken(self, line: Line) -> Taken:
        values: dict[str, Cell] = {}
        for column, cell in zip(self.columns, line.cells, strict=False):
            if column is not None and not cells.is_blank(cell):
                values.setdefault(column, cell)
        return Taken(line.number, values, {}, self.faults)


def opened(content: bytes, file_name: str, layout: Layout) -> Opened | tuple[Fault, ...]:
    """Return the paper of a file, or every reason why its rows cannot be told apart."""
    refused = not_even_tried(content)
    if refused is not None:
        return _named(file_name, (refused,))
    lines = _lines(content, layout)
    if isinstance(lines, tuple):
        return _named(file_name, lines)
    position = _position(lines.lines, layout)
    heading = lines.lines[position]
    paper = Opened(
        file_name=file_name,
        columns=tuple(layout.column_of(cell) if isinstance(cell, str) else None for cell in heading.cells),
        lines=tuple(line for line in lines.lines[position + 1 :] if not all(map(cells.is_blank, line.cells))),
    )
    faults = [*_heading_faults(paper, heading, layout), *_row_faults(paper, heading, layout)]
    if faults:
        return paper.told(faults)
    _unused_columns(paper, heading)
    return paper


@dataclass(frozen=True, slots=True)
class _Lines:
    lines: tuple[Line, ...]


def _lines(content: bytes, layout: Layout) -> _Lines | tuple[Fault, ...]:
    """Return the lines among which the headings are: of the text, or of the one visible sheet that has them."""

    def known(line: Line) -> int:
        return _known(line, layout)

    if not content.startswith(ZIP):
        lines = lines_of(content, known, layout.most_rows)
        if isinstance(lines, Fault):
            return (lines,)
        return _Lines(lines) if _has_headings(lines, layout) else (_not_found(layout),)
    sheets = sheets_of(content)
    if isinstance(sheets, Fault):
        return (sheets,)
    with_rows = [sheet for sheet in sheets if _has_headings(sheet.lines, layout)]
    return _one_sheet(with_rows, layout)


def _one_sheet(sheets: Sequence[Sheet], layout: Layout) -> _Lines | tuple[Fault, ...]:
    hidden = [
        Wrong(
            "hidden_sheet",
            f"Det dolda bladet ”{shown(sheet.name)}” har rader.",
            "Visa bladet och skicka det i en egen fil, eller ta bort det.",
        ).at(1, shown(sheet.name))
        for sheet in sheets
        if not sheet.is_visible
    ]
    visible = [sheet for sheet in sheets if sheet.is_visible]
    if hidden:
        return tuple(hidden)
    if not visible:
        return (_not_found(layout),)
    if len(visible) > 1:
        names = ", ".join(shown(sheet.name) for sheet in visible)
        wrong = Wrong(
            "several_sheets",
            f"Flera blad har rader: {names}.",
            "Lägg alla rader på ett blad, eller skicka flera filer.",
        )
        return (wrong.at(1, shown(visible[1].name)),)
    return _Lines(visible[0].lines)


# --- headings --------------------------------------------------------------------------------------------


def _known(line: Line, layout: Layout) -> int:
    found = {layout.column_of(cell) for cell in line.cells if isinstance(cell, str)}
    return len(found - {None, PaperColumn.IGNORED})


def _has_headings(lines: Sequence[Line], layout: Layout) -> bool:
    return any(_known(line, layout) >= _FEWEST_KNOWN for line in lines[:LINES_SEARCHED])


def _position(lines: Sequence[Line], layout: Layout) -> int:
    counts = [_known(line, layout) for line in lines[:LINES_SEARCHED]]
    return counts.index(max(counts))


def _not_found(layout: Layout) -> Fault:
    needed = ", ".join("/".join(group) for group in layout.needed)
    return Wrong(
        "headings_not_found",
        f"Här finns ingen rad med rubriker för {layout.name}.",
        f"Börja med en rad med minst rubrikerna {needed}.",
    ).at(1, None)


def _heading_faults(paper: Opened, heading: Line, layout: Layout) -> list[Fault]:
    faults = [
        Wrong(
            "column_is_missing",
            f"Kolumnen {' eller '.join(group)} saknas.",
            f"Lägg till en kolumn med rubriken {group[0]}.",
        ).at(heading.number, group[0])
        for group in layout.needed
        if not any(map(paper.has, group))
    ]
    seen: set[StrEnum] = set()
    for column in paper.columns:
        if column in seen and column is not PaperColumn.IGNORED:
            wrong = Wrong("column_twice", f"Två kolumner betyder {column}.", "Ta bort den ena, eller döp om den.")
            faults.append(wrong.at(heading.number, column))
        if column is not None:
            seen.add(column)
    return faults


def _row_faults(paper: Opened, heading: Line, layout: Layout) -> list[Fault]:
    if not paper.lines:
        wrong = Wrong("no_rows", "Filen har inga rader under rubrikerna.", "Fyll i minst en rad.")
        return [wrong.at(heading.number, None)]
    if len(paper.lines) > layout.most_rows:
        wrong = Wrong("too_many_rows", f"Filen har fler än {layout.most_rows} rader.", "Dela upp filen.")
        return [wrong.at(paper.lines[layout.most_rows].number, None)]
    return []


def _unused_columns(paper: Opened, heading: Line) -> None:
    """Remark on every column with content that the paper has no use for."""
    widest = max(len(line.cells) for line in paper.lines)
    for index in range(max(widest, len(heading.cells))):
        column = paper.columns[index] if index < len(paper.columns) else None
        filled = any(len(line.cells) > index and not cells.is_blank(line.cells[index]) for line in paper.lines)
        if column is None and filled:
            cell = heading.cells[index] if index < len(heading.cells) else ""
            name = letters(index) if cells.is_blank(cell) else shown(str(cell))
            wrong = Wrong(
                "column_is_not_used",
                f"Kolumnen ”{name}” används inte.",
                "Behövs den: ge den en av rubrikerna i handboken.",
            )
            paper.remark(heading.number, name, wrong)


def _named(file_name: str, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(replace(fault, file=file_name) for fault in faults)

"""Which cells of a workbook have a formula, by sheet, row and column: the library only gives their saved values."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def formulas_of(plain: bytes, *, most: int) -> tuple[tuple[str, int, int], ...]:
    """Return sheet, row from 1 and column from 0 of each formula, `most` of a sheet at the most.

    `plain` is what `unpack.harmless` gave: its parts are measured and have no document type.
    """
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        names = set(archive.namelist())
        return tuple(
            (sheet, row, column)
            for sheet, part in _parts(archive, names)
            if part in names
            for row, column in _Formulas(most).of(archive.read(part))
        )


def _parts(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part it is kept in."""
    if _RELATIONS not in names:
        return
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _plain(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _plain(name) == "sheet":
            its = next((value for key, value in attributes.items() if _plain(key) == "id"), "")
            sheets.append((attributes.get("name", ""), its))

    _walk(archive.read(_RELATIONS), relation)
    _walk(archive.read(_WORKBOOK), sheet)
    for name, its in sheets:
        if its in targets:
            yield name, posixpath.normpath(posixpath.join("/xl", targets[its])).lstrip("/")


class _Formulas:
    """Walks a sheet; a cell that does not say where it is follows the one before."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._row, self._column = 0, -1
        self._found: list[tuple[int, int]] = []

    def of(self, part: bytes) -> list[tuple[int, int]]:
        """Return the row and column of each cell with a formula."""
        _walk(part, self._start)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _plain(name):
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), -1
            case "c":
                found = _REFERENCE.fullmatch(attributes.get("r", ""))
                self._row, self._column = (int(found[2]), _index(found[1])) if found else (self._row, self._column + 1)
            case "f" if len(self._found) < self._most:
                self._found.append((self._row, self._column))


def _walk(part: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(part, True)


def _plain(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _index(column: str) -> int:
    index = 0
    for letter in column:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1

"""Visits as JSON, or as somebody typed them: the same columns, the same checks, the same words."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from timvis.core.faults import Fault
from timvis.formats.handed_in import MAX_BYTES, Wrong, shown
from timvis.formats.home_care_visits.columns import MOST_ROWS, VisitColumn
from timvis.formats.home_care_visits.read import Ordered, ReadVisits, judged
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.rows import Taken

VISITS, CORRECTION = "visits", "correction"
_TOP = frozenset({VISITS, CORRECTION})
_COLUMNS = frozenset(VisitColumn)


def read_json(content: bytes, ordered: Ordered, *, today: date) -> ReadVisits:
    """Return the visits of a document, or every fault of it; `line` is the visit, from 1.

    The document is `{"visits": [{"besoks_id": "1", …}, …], "correction": "…"}`; values are texts or whole numbers.
    """
    document = _document(content)
    if isinstance(document, Wrong):
        return ReadVisits(faults=(document.at(None, None),))
    found, faults = document[VISITS], [_unknown(name).at(None, None) for name in document if name not in _TOP]
    if not isinstance(document.get(CORRECTION, ""), str):
        faults.append(_NOT_A_TEXT.at(None, CORRECTION))
    rows = []
    for line, one in enumerate(found, start=1):
        if not isinstance(one, dict):
            faults.append(_NOT_A_VISIT.at(line, None))
            continue
        faults += [_unknown(name).at(line, None) for name in one if name not in _COLUMNS]
        faults += [_NOT_A_VALUE.at(line, name) for name in _COLUMNS & one.keys() if not _is_value(one[name])]
        rows.append((line, one))
    if faults:
        return ReadVisits(faults=tuple(faults))
    return _read(rows, ordered, today)


def correction_of(content: bytes) -> str:
    """Return why a document corrects earlier visits, empty when it does not say."""
    document = _document(content)
    said = "" if isinstance(document, Wrong) else document.get(CORRECTION, "")
    return said.strip() if isinstance(said, str) else ""


def read_rows(
    rows: Sequence[Mapping[str, str]], ordered: Ordered, *, today: date, stated_minutes: int | None = None
) -> ReadVisits:
    """Return the visits of rows that somebody typed under the headings of the table, or every fault of them.

    `stated_minutes` is what the paper says that the rows come to.
    """
    found = _read(list(enumerate(rows, start=1)), ordered, today)
    minutes = sum(visit.minutes for visit in found.visits)
    if found.faults or stated_minutes in (None, minutes):
        return found
    return ReadVisits(faults=(_sum_differs(stated_minutes or 0, minutes).at(None, None),))


def _read(rows: Sequence[tuple[int, Mapping[str, Cell | None]]], ordered: Ordered, today: date) -> ReadVisits:
    faults: list[Fault] = []
    taken = [Taken(line, _values(row), {}, faults) for line, row in rows]
    visits = judged(taken, faults, ordered, today=today)
    if faults:
        return ReadVisits(faults=tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)))
    return ReadVisits(visits=visits)


def _values(row: Mapping[str, Cell | None]) -> dict[str, Cell]:
    return {name: cell for name, cell in row.items() if cell is not None and not cells.is_blank(cell)}


def _document(content: bytes) -> dict[str, Any] | Wrong:
    if len(content) > MAX_BYTES:
        return Wrong(
            "file_is_too_large", f"Anropet är större än {MAX_BYTES // (1024 * 1024)} MB.", "Dela upp besöken på flera."
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return Wrong("not_json", "Anropets innehåll är inte JSON.", 'Skicka {"visits": […]} som UTF-8.')
    if not isinstance(document, dict) or not isinstance(document.get(VISITS), list) or not document[VISITS]:
        return Wrong("visits_are_missing", "Dokumentet har inga besök.", 'Skicka {"visits": […]} med minst ett besök.')
    if len(document[VISITS]) > MOST_ROWS:
        return Wrong("too_many_rows", f"Anropet har fler än {MOST_ROWS} besök.", "Dela upp besöken på flera anrop.")
    return document


def _is_value(value: object) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _unknown(name: str) -> Wrong:
    known = ", ".join(VisitColumn)
    return Wrong("unknown_field", f"Fältet ”{shown(name)}” finns inte.", f"Besökets fält är {known}.")


_NOT_A_VISIT = Wrong("not_a_visit", "Besöket är inget objekt med fält.", "Skriv varje besök som {…}.")
_NOT_A_VALUE = Wrong("not_a_value", "Värdet är varken text eller heltal.", "Skriv en text eller ett heltal.")
_NOT_A_TEXT = Wrong("not_a_text_value", "Skälet är ingen text.", "Skriv varför besöken rättas, eller utelämna fältet.")


def _sum_differs(stated: int, by_the_rows: int) -> Wrong:
    return Wrong(
        "sum_differs",
        f"Blanketten säger {stated} minuter tillsammans, men raderna blir {by_the_rows}.",
        "Se om en rad saknas eller är fel avskriven; stämmer raderna är det summan som ska rättas.",
    )

"""The document of a slip → the slip, with every field that was changed since it was written."""

import json
from typing import Any

from pydantic import ValidationError

from timvis.core.faults import Fault
from timvis.core.routine.attest_slip import Slip, SlipProblem
from timvis.core.statement import digest_of
from timvis.formats.attest_slip.write import FORMAT, field_digests
from timvis.formats.frozen import freeze, thaw

_CHANGED = "Fältet är ändrat, tillagt eller borttaget sedan intyget skrevs."
_OPENED = "Intygets egen kontrollsumma stämmer inte."


def read(content: bytes) -> tuple[Slip | None, tuple[SlipProblem, ...]] | Fault:
    """Return the slip and what was changed in its document, or why it is no slip at all.

    A change that keeps the slip from being read gives None in its place, and the field that was changed.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _fault("är inte JSON")
    if not isinstance(document, dict) or not isinstance(document.get("field_digests"), dict):
        return _fault("har inte de fält som ett intyg har")
    told, digest = document.pop("field_digests"), document.pop("digest", None)
    changed = _changed(document, told)
    if document.pop("format", None) != FORMAT and "format" not in changed:
        return _fault(f"är inte skriven som {FORMAT}")
    try:
        slip: Slip | None = thaw(Slip, document)
    except ValidationError:
        slip = None
    if slip is None and not changed:
        return _fault("har inte de fält som ett intyg har")
    if not changed and digest_of({"format": FORMAT, **document, "field_digests": told}) != digest:
        changed = {"digest"}
    if not changed and freeze(Slip, slip) != document:
        return _fault("har fält som ett intyg inte har")
    return slip, tuple(
        SlipProblem(field=field, message=_OPENED if field == "digest" else _CHANGED) for field in sorted(changed)
    )


def _changed(body: Any, told: dict[str, Any]) -> set[str]:
    found = field_digests(body)
    return {path for path in found.keys() | told.keys() if found.get(path) != told.get(path)}


def _fault(what: str) -> Fault:
    return Fault(
        code="slip_is_unreadable",
        message=f"Filen är inget attestintyg: den {what}.",
        remedy="Hämta intyget på nytt från ärendets sida.",
    )

"""A slip → its JSON document, with a digest of every field and one over the whole."""

import json
from collections.abc import Iterator
from typing import Any

from timvis.core.routine.attest_slip import Slip
from timvis.core.statement import digest_of
from timvis.formats.frozen import freeze

FORMAT = "timvis-attest-slip-1"
SHORT = 16


def write(slip: Slip) -> bytes:
    """Return the document of a slip."""
    body = {"format": FORMAT, **freeze(Slip, slip)}
    document = {**body, "field_digests": field_digests(body)}
    document["digest"] = digest_of(document)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def field_digests(body: Any) -> dict[str, str]:
    """Return the short digest of every field by its path, as `statement.lines[3].amount_ore`."""
    return {path: digest_of(value)[:SHORT] for path, value in _leaves(body, "")}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from _leaves(value[key], f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for nth, one in enumerate(value):
            yield from _leaves(one, f"{path}[{nth}]")
    else:
        yield path, value

"""How every command answers: one JSON document or a table on standard output, messages on standard error.

Exit 0 all well · 1 it ran and objects · 2 the input or the call cannot be read · 3 our own mistake.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, NoReturn

import typer
from rich.console import Console

from timvis.core.faults import Fault
from timvis.core.law import LawGap

AS_JSON = typer.Option(False, "--json", help="Ett enda JSON-dokument på standard ut.")

ALL_WELL, OBJECTS, UNREADABLE, OUR_MISTAKE = 0, 1, 2, 3

messages = Console(stderr=True, highlight=False, soft_wrap=True)
tables = Console(highlight=False)


def give(
    document: dict[str, Any],
    *,
    as_json: bool,
    show: Callable[[], None] | None = None,
    objects: bool = False,
) -> NoReturn:
    """Answer and end: the document with `faults: []`, or what `show` prints; exit 1 when something objects."""
    if as_json:
        print_json({**document, "faults": document.get("faults", [])})
    elif show is not None:
        show()
    raise typer.Exit(OBJECTS if objects else ALL_WELL)


def refuse_input(faults: Sequence[Fault], *, as_json: bool) -> NoReturn:
    """Answer with every fault at once, and nothing else; exit 2."""
    if as_json:
        print_json({"faults": [asdict(fault) for fault in faults]})
    say(faults)
    raise typer.Exit(UNREADABLE)


def say(faults: Sequence[Fault]) -> None:
    """Tell a person every fault, one per line: where, what and why, what to do."""
    for fault in faults:
        place = ", ".join(
            text
            for text in (
                fault.file or "",
                f"rad {fault.line}" if fault.line is not None else "",
                f"kolumn {fault.column}" if fault.column is not None else "",
            )
            if text
        )
        messages.print(f"{place + ': ' if place else ''}{fault.message} {fault.remedy}", markup=False)


def stop_at_gap(gap: LawGap, *, as_json: bool) -> NoReturn:
    """Answer that the law's data has no value for the day; exit 1."""
    if as_json:
        print_json({"faults": [], "gap": {"code": gap.code, "dates": [gap.on.isoformat()], "message": gap.message}})
    messages.print(gap.message, markup=False)
    raise typer.Exit(OBJECTS)


def print_json(document: dict[str, Any]) -> None:
    """Write one JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")

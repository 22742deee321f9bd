"""`timvis calculate CASE.toml`: an amount worked out and explained, without a database."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from timvis.cli.answer import AS_JSON, give, messages, print_json, refuse_input, stop_at_gap, tables
from timvis.core.calculation.first_twenty_hours import calculate as calculate_first_hours
from timvis.core.calculation.hourly import calculate as calculate_hourly
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.statement import Statement
from timvis.formats.calculation_case.first_twenty_hours import WrittenFirstHours
from timvis.formats.calculation_case.first_twenty_hours import case_of as first_hours_case
from timvis.formats.calculation_case.hourly import WrittenHourly
from timvis.formats.calculation_case.hourly import case_of as hourly_case
from timvis.formats.calculation_case.read import KINDS, read, schema
from timvis.formats.law.packaged import load_law

app = typer.Typer(add_completion=False)

UNITS = {"hour": "tim"}
"""How a line's unit is written for people; the JSON keeps the code."""


@app.command()
def calculate(
    case: Annotated[Path | None, typer.Argument(metavar="CASE.toml", help="Fallet, som TOML.")] = None,
    kind: Annotated[
        str, typer.Option("--schema", metavar="KIND", help="Skriv ut formatet för ett slags beräkning.")
    ] = "",
    as_json: bool = AS_JSON,
) -> None:
    """Räkna ut ett belopp och förklara det rad för rad."""
    if kind:
        _give_schema(kind, as_json=as_json)
    if case is None:
        refuse_input((_no_case(),), as_json=as_json)
    try:
        text = case.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        refuse_input((_unreadable(case),), as_json=as_json)
    written = read(text, source=case.name)
    if isinstance(written, tuple):
        refuse_input(written, as_json=as_json)
    law = LawReader(load_law())
    try:
        outcome = _statement(written, law)
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    if isinstance(outcome, tuple):
        refuse_input(outcome, as_json=as_json)
    unconfirmed = law.unconfirmed
    give(
        document_of(outcome, law),
        as_json=as_json,
        show=lambda: _show(outcome, law),
        objects=bool(unconfirmed),
    )


def document_of(statement: Statement, law: LawReader) -> dict[str, Any]:
    """Return a statement as the JSON of the command contract."""
    document: dict[str, Any] = {
        "kind": statement.kind,
        "total_ore": statement.total_ore,
        "lines": [asdict(line) for line in statement.lines],
        "findings": [],
        "settings": dict(statement.settings),
        "law_version": load_law().version,
        "digest": statement.digest,
    }
    if law.unconfirmed:
        first = law.unconfirmed[0]
        document["gap"] = {"code": first.code, "dates": [row.from_on.isoformat() for row in law.unconfirmed]}
    return document


def _statement(written: object, law: LawReader) -> Statement | tuple[Fault, ...]:
    if isinstance(written, WrittenHourly):
        case = hourly_case(written, law)
        return case if isinstance(case, tuple) else calculate_hourly(case, law)
    if isinstance(written, WrittenFirstHours):
        return calculate_first_hours(first_hours_case(written), law)
    raise TypeError(f"no calculation for {type(written).__name__}")


def _give_schema(kind: str, *, as_json: bool) -> None:
    found = schema(kind)
    if found is None:
        fault = Fault(
            code="unknown_kind",
            message=f"Timvis känner ingen beräkning som heter {kind}.",
            remedy=f"Välj något av: {', '.join(sorted(KINDS))}.",
        )
        refuse_input((fault,), as_json=as_json)
    print_json({**found, "faults": []} if as_json else found)
    raise typer.Exit


def _show(statement: Statement, law: LawReader) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Rad", "Antal", "À", "Belopp"):
        table.add_column(heading, justify="left" if heading == "Rad" else "right")
    for line in statement.lines:
        rate = kronor_text(int(line.rate)) if line.rate.isdigit() and line.rate != "0" else ""
        table.add_row(
            line.label, f"{line.quantity} {UNITS.get(line.unit, line.unit)}", rate, kronor_text(line.amount_ore)
        )
        table.add_row(f"[dim]  {line.because} {', '.join(line.cites)}[/dim]", "", "", "")
    table.add_row("[bold]Att betala[/bold]", "", "", f"[bold]{kronor_text(statement.total_ore)}[/bold]")
    tables.print(table)
    for row in law.unconfirmed:
        messages.print(
            f"{row.code} från {row.from_on} bygger på minne och får inte betalas på förrän någon har bekräftat det.",
            markup=False,
        )


def _no_case() -> Fault:
    return Fault(
        code="no_case",
        message="Ingen fil angavs.",
        remedy="Skriv timvis calculate FALL.toml, eller --schema med ett slags beräkning.",
    )


def _unreadable(path: Path) -> Fault:
    return Fault(
        code="unreadable",
        message=f"Filen {path.name} finns inte eller är inte text i UTF-8.",
        remedy="Kontrollera sökvägen och spara filen som UTF-8.",
        file=path.name,
    )

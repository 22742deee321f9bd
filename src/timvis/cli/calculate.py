"""`timvis calculate CASE`: an amount worked out and explained, without a database; the case as TOML or a workbook."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.table import Table

from timvis.cli.answer import AS_JSON, give, messages, print_json, refuse_input, stop_at_gap, tables
from timvis.cli.review import finding_document
from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calculation.sick_cost.calculate import PeriodTold
from timvis.core.calculation.sick_cost.rounding import number_text
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.review.rule import Severity
from timvis.core.statement import Line
from timvis.formats.calculation_case.read import KINDS, calculated, read, schema
from timvis.formats.calculation_workbook.read import read as read_workbook
from timvis.formats.calculation_workbook.write import write as workbook_of
from timvis.formats.intake import ZIP
from timvis.formats.law.packaged import load_law

app = typer.Typer(add_completion=False)

AMOUNT = "Belopp"

UNITS = {
    "hour": "tim",
    "assistance_hour": "tim",
    "occasion": "ggr",
    "day": "dygn",
    "month": "mån",
    "cost": "",
    "payment": "",
    "krona": "kr",
    "deduction": "avdrag",
    "claimed": "begärd",
}
"""How a line's unit is written for people; the JSON keeps the code."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A case that was read, and how its faults are told: by key, or by sheet, row and column."""

    written: BaseModel
    placed: Callable[[tuple[Fault, ...]], tuple[Fault, ...]]


@app.command()
def calculate(
    case: Annotated[
        Path | None, typer.Argument(metavar="CASE", help="Fallet, som TOML eller arbetsbok (XLSX).")
    ] = None,
    kind: Annotated[
        str, typer.Option("--schema", metavar="KIND", help="Skriv ut formatet för ett slags beräkning.")
    ] = "",
    workbook: Annotated[
        str, typer.Option("--workbook", metavar="KIND", help="Skriv en tom arbetsbok för ett slags beräkning.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Arbetsboken som skrivs.")] = None,
    as_json: bool = AS_JSON,
) -> None:
    """Räkna ut ett belopp och förklara det rad för rad."""
    if kind:
        _give_schema(kind, as_json=as_json)
    if workbook:
        _give_workbook(workbook, out, as_json=as_json)
    if case is None:
        refuse_input((_no_case(),), as_json=as_json)
    read_case = _read(case)
    if isinstance(read_case, tuple):
        refuse_input(read_case, as_json=as_json)
    law = LawReader(load_law())
    try:
        outcome = calculated(read_case.written, law)
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    if isinstance(outcome, tuple):
        refuse_input(read_case.placed(outcome), as_json=as_json)
    give(
        document_of(outcome, law),
        as_json=as_json,
        show=lambda: _show(outcome, law),
        objects=_objects(outcome, law),
    )


def _read(path: Path) -> _Case | tuple[Fault, ...]:
    """Return the case of a file, known as workbook or text by its content."""
    try:
        content = path.read_bytes()
    except OSError:
        return (_unreadable(path),)
    if content.startswith(ZIP):
        found = read_workbook(content, source=path.name)
        return found if isinstance(found, tuple) else _Case(found.written, found.placed)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (_unreadable(path),)
    written = read(text, source=path.name)
    return written if isinstance(written, tuple) else _Case(written, lambda faults: faults)


def document_of(outcome: Calculated, law: LawReader) -> dict[str, Any]:
    """Return a statement and what is said beside it as the JSON of the command contract."""
    statement = outcome.statement
    document: dict[str, Any] = {
        "kind": statement.kind,
        "total_ore": statement.total_ore,
        "lines": [_line(line) for line in statement.lines],
        "findings": [finding_document(finding) for finding in outcome.findings],
        "settings": dict(statement.settings),
        "law_version": load_law().version,
        "digest": statement.digest,
    }
    if outcome.sums:
        document["sums"] = dict(outcome.sums)
    if outcome.handed_over:
        document["handed_over"] = [_line(line) for line in outcome.handed_over]
    if outcome.sick_pay_periods:
        document["sick_pay_periods"] = [_period(period) for period in outcome.sick_pay_periods]
    if law.unconfirmed:
        first = law.unconfirmed[0]
        document["gap"] = {"code": first.code, "dates": [row.from_on.isoformat() for row in law.unconfirmed]}
    return document


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "difference_ore": line.difference_ore}


def _period(period: PeriodTold) -> dict[str, Any]:
    """Return a sick-pay period as the next claim in it has to tell it (`[[earlier]]`)."""
    return {
        "number": period.number,
        "first_on": period.start_on,
        "last_on": period.last_on,
        "days": period.days,
        "qualifying": period.qualifying,
        "deducted_ore": period.deducted_ore,
        "deducted_hours": number_text(Fraction(period.deducted_minutes) / MINUTES_PER_HOUR),
    }


def _objects(outcome: Calculated, law: LawReader) -> bool:
    """Return whether nothing may be paid on this yet: a question may leave a good answer, a stop may not."""
    return bool(law.unconfirmed) or any(one.severity is Severity.STOPS for one in outcome.findings)


def _give_schema(kind: str, *, as_json: bool) -> None:
    found = schema(kind)
    if found is None:
        refuse_input((_unknown_kind(kind),), as_json=as_json)
    print_json({**found, "faults": []} if as_json else found)
    raise typer.Exit


def _give_workbook(kind: str, out: Path | None, *, as_json: bool) -> None:
    """Write the empty workbook of a kind where there is no file yet, and end."""
    if kind not in KINDS:
        refuse_input((_unknown_kind(kind),), as_json=as_json)
    if out is None or out.exists():
        refuse_input((_no_place(out),), as_json=as_json)
    try:
        out.write_bytes(workbook_of(kind))
    except OSError:
        refuse_input((_no_place(out),), as_json=as_json)
    give({"file": str(out)}, as_json=as_json, show=lambda: messages.print(f"Skrev {out}.", markup=False))


def _show(outcome: Calculated, law: LawReader) -> None:
    table = _lines_table(outcome.statement.lines)
    at = [str(column.header) for column in table.columns].index(AMOUNT)
    total = [f"[bold]{outcome.total_label}[/bold]", *("" for _ in table.columns[1:])]
    total[at] = f"[bold]{kronor_text(outcome.statement.total_ore)}[/bold]"
    table.add_row(*total)
    tables.print(table)
    if outcome.handed_over:
        tables.print("\n[bold]Lämnas över, betalas inte här[/bold]")
        tables.print(_lines_table(outcome.handed_over))
    for finding in outcome.findings:
        messages.print(f"{finding.label}: {finding.message} {', '.join(finding.cites)}", markup=False)
    for row in law.unconfirmed:
        messages.print(
            f"{row.code} från {row.from_on} bygger på minne och får inte betalas på förrän någon har bekräftat det.",
            markup=False,
        )


def _lines_table(lines: tuple[Line, ...]) -> Table:
    """Return the lines as a table, with what was claimed and how it differs where something was."""
    has_claims = any(line.claimed_ore is not None for line in lines)
    claimed, difference = (("Begärt",), ("Skillnad",)) if has_claims else ((), ())
    table = Table(box=None, pad_edge=False)
    for heading in ("Rad", "Antal", "À", *claimed, AMOUNT, *difference):
        table.add_column(heading, justify="left" if heading == "Rad" else "right")
    for line in lines:
        table.add_row(*_cells(line, has_claims=has_claims))
        table.add_row(f"[dim]  {line.because} {', '.join(line.cites)}[/dim]", *("" for _ in table.columns[1:]))
    return table


def _cells(line: Line, *, has_claims: bool) -> tuple[str, ...]:
    rate = kronor_text(int(line.rate)) if line.rate.isdigit() and line.rate != "0" else ""
    rate = f"{line.rate.replace('.', ',')} %" if line.unit == "krona" else rate
    claimed = "" if line.claimed_ore is None else kronor_text(line.claimed_ore)
    difference = "" if line.difference_ore is None else kronor_text(line.difference_ore)
    return (
        line.label,
        f"{line.quantity.replace('.', ',')} {UNITS.get(line.unit, line.unit)}",
        rate,
        *((claimed,) if has_claims else ()),
        kronor_text(line.amount_ore),
        *((difference,) if has_claims else ()),
    )


def _unknown_kind(kind: str) -> Fault:
    return Fault(
        code="unknown_kind",
        message=f"Timvis känner ingen beräkning som heter {kind}.",
        remedy=f"Välj något av: {', '.join(sorted(KINDS))}.",
    )


def _no_place(out: Path | None) -> Fault:
    return Fault(
        code="no_place_to_write",
        message="Ingen fil angavs." if out is None else f"{out} finns redan eller går inte att skriva.",
        remedy="Skriv --out med ett nytt filnamn, till exempel fall.xlsx.",
        column="--out",
    )


def _no_case() -> Fault:
    return Fault(
        code="no_case",
        message="Ingen fil angavs.",
        remedy="Skriv timvis calculate FALL.toml (eller FALL.xlsx), --schema eller --workbook med ett slags beräkning.",
    )


def _unreadable(path: Path) -> Fault:
    return Fault(
        code="unreadable",
        message=f"Filen {path.name} finns inte, eller är varken en arbetsbok (XLSX) eller text i UTF-8.",
        remedy="Kontrollera sökvägen och spara filen som XLSX eller som text i UTF-8.",
        file=path.name,
    )

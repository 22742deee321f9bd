"""`timvis calculate CASE.toml`: an amount worked out and explained, without a database."""

from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from timvis.cli.answer import AS_JSON, give, messages, print_json, refuse_input, stop_at_gap, tables
from timvis.core.calculation.hourly import calculate as calculate_hourly
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calculation.sick_cost.calculate import PeriodTold
from timvis.core.calculation.sick_cost.calculate import calculate as calculate_sick_cost
from timvis.core.calculation.sick_cost.rounding import number_text
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.statement import Line, Statement
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.hourly import WrittenHourly
from timvis.formats.calculation_case.hourly import case_of as hourly_case
from timvis.formats.calculation_case.read import KINDS, read, schema
from timvis.formats.calculation_case.sick_cost import case_of as sick_case
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.law.packaged import load_law

app = typer.Typer(add_completion=False)

UNITS = {"hour": "tim", "krona": "kr", "deduction": "avdrag", "claimed": "begärd"}
"""How a line's unit is written for people; the JSON keeps the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a calculation of any kind answers: its statement, and what is objected to."""

    statement: Statement
    findings: tuple[Finding, ...] = ()
    periods: tuple[PeriodTold, ...] = ()


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
        outcome = _answer(written, law)
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    if isinstance(outcome, tuple):
        refuse_input(outcome, as_json=as_json)
    # A refused cost is the answer to the case; only what nothing may be paid on is an objection to it.
    stops = any(finding.severity is Severity.STOPS for finding in outcome.findings)
    give(
        document_of(outcome, law),
        as_json=as_json,
        show=lambda: _show(outcome, law),
        objects=stops or bool(law.unconfirmed),
    )


def document_of(answer: Answer, law: LawReader) -> dict[str, Any]:
    """Return a calculation as the JSON of the command contract."""
    statement = answer.statement
    document: dict[str, Any] = {
        "kind": statement.kind,
        "total_ore": statement.total_ore,
        "lines": [_line(line) for line in statement.lines],
        "findings": [_finding(finding) for finding in answer.findings],
        "settings": dict(statement.settings),
        "law_version": load_law().version,
        "digest": statement.digest,
    }
    if answer.periods:
        document["sick_pay_periods"] = [_period(period) for period in answer.periods]
    if law.unconfirmed:
        first = law.unconfirmed[0]
        document["gap"] = {"code": first.code, "dates": [row.from_on.isoformat() for row in law.unconfirmed]}
    return document


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "difference_ore": line.difference_ore}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "label": finding.label,
        "message": finding.message,
        "cites": list(finding.cites),
        "minutes": finding.minutes,
        "money_at_risk_ore": finding.money_at_risk_ore,
    }


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


def _answer(written: object, law: LawReader) -> Answer | tuple[Fault, ...]:
    if isinstance(written, WrittenHourly):
        hourly = hourly_case(written, law)
        return hourly if isinstance(hourly, tuple) else Answer(statement=calculate_hourly(hourly, law))
    if isinstance(written, WrittenSickCost):
        sick = sick_case(written)
        cost = sick if isinstance(sick, tuple) else calculate_sick_cost(sick, load_agreements(), law)
        if isinstance(cost, tuple):
            return cost
        return Answer(statement=cost.statement, findings=cost.findings, periods=cost.periods)
    raise TypeError(f"no calculation for {type(written).__name__}; {', '.join(sorted(KINDS))} are what there is")


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


def _show(answer: Answer, law: LawReader) -> None:
    statement = answer.statement
    has_claims = any(line.claimed_ore is not None for line in statement.lines)
    table = Table(box=None, pad_edge=False)
    headings = (
        "Rad",
        "Antal",
        "À",
        *(("Begärt",) if has_claims else ()),
        "Belopp",
        *(("Skillnad",) if has_claims else ()),
    )
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "Rad" else "right")
    for line in statement.lines:
        table.add_row(*_cells(line, has_claims=has_claims))
        table.add_row(f"[dim]  {line.because} {', '.join(line.cites)}[/dim]", *("" for _ in headings[1:]))
    at = headings.index("Belopp")
    total = ["[bold]Att betala[/bold]", *("" for _ in headings[1:])]
    total[at] = f"[bold]{kronor_text(statement.total_ore)}[/bold]"
    table.add_row(*total)
    tables.print(table)
    for finding in answer.findings:
        messages.print(f"{finding.label}: {finding.message} {', '.join(finding.cites)}", markup=False)
    for row in law.unconfirmed:
        messages.print(
            f"{row.code} från {row.from_on} bygger på minne och får inte betalas på förrän någon har bekräftat det.",
            markup=False,
        )


def _cells(line: Line, *, has_claims: bool) -> tuple[str, ...]:
    rate = kronor_text(int(line.rate)) if line.unit == "hour" and line.rate.isdigit() and line.rate != "0" else ""
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

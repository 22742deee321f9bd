"""`timvis review FILE --facts FACTS.toml`: a time report judged against decision and assistants, without a database."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from timvis.cli.answer import AS_JSON, give, print_json, refuse_input, stop_at_gap, tables
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calculation.rates import rate_on
from timvis.core.calendar.local_time import instant, local_iso
from timvis.core.calendar.weeks import monday_of
from timvis.core.facts.settings import ReviewSettings
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.records import Case
from timvis.core.review.finding import Finding
from timvis.core.review.review import Review, hours_text, review
from timvis.core.review.rule import Severity
from timvis.formats.calculation_case.hourly import unknown_code
from timvis.formats.case_facts.read import CaseFacts, schema, with_reports
from timvis.formats.case_facts.read import read as read_facts
from timvis.formats.intake import read as read_report
from timvis.formats.law.packaged import load_law

app = typer.Typer(add_completion=False)

COLOUR = {
    Severity.REFUSES: "red",
    Severity.STOPS: "red",
    Severity.ASKS: "yellow",
    Severity.INFORMS: "cyan",
}


@app.command("review")
def review_file(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Tidrapporten: ELT XML, CSV eller XLSX.")] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="FACTS.toml", help="Det som rapporten prövas mot.")
    ] = None,
    give_schema: Annotated[bool, typer.Option("--schema", help="Skriv ut formatet för FACTS.toml.")] = False,
    as_json: bool = AS_JSON,
) -> None:
    """Granska en tidrapport mot beslut, anordnare och assistenter."""
    if give_schema:
        print_json({**schema(), "faults": []} if as_json else schema())
        raise typer.Exit
    if file is None or facts is None:
        refuse_input((_incomplete(),), as_json=as_json)
    known = _facts_in(facts)
    if isinstance(known, tuple):
        refuse_input(known, as_json=as_json)
    case = _case_in(file, known)
    if isinstance(case, tuple):
        refuse_input(case, as_json=as_json)
    law = LawReader(load_law())
    unknown = unknown_code(known.rate.code, law, source=facts.name) if known.rate else ()
    if unknown:
        refuse_input(unknown, as_json=as_json)
    try:
        outcome = review(case, law, _settings(known, case, law))
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    give(_document(outcome), as_json=as_json, show=lambda: _show(outcome), objects=bool(outcome.findings))


def _facts_in(path: Path) -> CaseFacts | tuple[Fault, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return (_unreadable(path),)
    return read_facts(text, source=path.name)


def _case_in(path: Path, known: CaseFacts) -> Case | tuple[Fault, ...]:
    try:
        content = path.read_bytes()
    except OSError:
        return (_unreadable(path),)
    read = read_report(content, file_name=path.name, today=known.case.received_on)
    if read.faults:
        return read.faults
    other_months = [report for report in read.reports if report.month_on != known.case.month_on]
    if other_months:
        return tuple(_other_month(path, known.case.month_on, report.month_on) for report in other_months)
    return with_reports(known, read.reports)


def _settings(known: CaseFacts, case: Case, law: LawReader) -> ReviewSettings:
    """Return the file's settings with the rate of the month, when the file says what an hour is worth."""
    if known.rate is None:
        return known.settings
    rate = rate_on(known.rate, case.month_on, law)
    chosen = known.settings
    return ReviewSettings(
        switched_off=chosen.switched_off,
        severities=chosen.severities,
        counts_by_month=chosen.counts_by_month,
        alike_days=chosen.alike_days,
        rate=rate.ore_per_hour,
    )


def _document(outcome: Review) -> dict[str, Any]:
    return {
        "findings": [finding_document(finding) for finding in outcome.findings],
        "sums": asdict(outcome.sums),
        "rules": outcome.rules,
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """Return a finding as the JSON of the command contract; times are local, with their offset.

    A finding about a week is about all of it: from its Monday to the Monday after.
    """
    part_from, part_to = finding.part_from, finding.part_to
    if finding.part_from is None and finding.week is not None:
        part_from, part_to = (instant(monday_of(week), 0) for week in (finding.week, finding.week + 1))
    return {
        "code": finding.code,
        "severity": finding.severity,
        "grain": finding.grain,
        "label": finding.label,
        "message": finding.message,
        "cites": finding.cites,
        "from": None if part_from is None else local_iso(part_from),
        "to": None if part_to is None else local_iso(part_to),
        "minutes": finding.minutes,
        "money_at_risk_ore": finding.money_at_risk_ore,
        "line": None if finding.shift is None else finding.shift.line,
        "week": finding.week,
        "evidence": dict(finding.evidence),
        "key": finding.key,
    }


def _show(outcome: Review) -> None:
    sums = outcome.sums
    tables.print(
        f"Aktiv {hours_text(sums.active_minutes)} · väntetid {hours_text(sums.waiting_minutes)} · "
        f"beredskap {hours_text(sums.standby_minutes)} · {outcome.rules} regler"
    )
    if not outcome.findings:
        tables.print("[green]Inga iakttagelser.[/green]")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Rad", "Iakttagelse", "Tid", "I fara"):
        table.add_column(heading, justify="left" if heading == "Iakttagelse" else "right")
    for finding in outcome.findings:
        colour = COLOUR[finding.severity]
        risk = finding.money_at_risk_ore
        table.add_row(
            "" if finding.shift is None else str(finding.shift.line),
            f"[{colour}]{finding.label}[/{colour}]\n[dim]{finding.message} {', '.join(finding.cites)}[/dim]",
            hours_text(finding.minutes),
            "" if risk is None else kronor_text(risk),
        )
    tables.print(table)


def _incomplete() -> Fault:
    return Fault(
        code="incomplete_call",
        message="Det behövs både en tidrapport och en fil med fakta.",
        remedy="Skriv timvis review RAPPORT --facts FAKTA.toml; --schema visar formatet för fakta.",
    )


def _unreadable(path: Path) -> Fault:
    return Fault(
        code="unreadable",
        message=f"Filen {path.name} finns inte eller går inte att läsa.",
        remedy="Kontrollera sökvägen, och att text är sparad som UTF-8.",
        file=path.name,
    )


def _other_month(path: Path, expected_on: date, found_on: date) -> Fault:
    return Fault(
        code="other_month",
        message=f"Rapporten gäller {found_on:%Y-%m}, men fakta gäller {expected_on:%Y-%m}.",
        remedy="Lämna in en rapport för samma månad, eller rätta month i fakta.",
        file=path.name,
    )

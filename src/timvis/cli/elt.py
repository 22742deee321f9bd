"""`timvis elt`: Försäkringskassan's electronic time report, checked, written, and made ready to sign."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON, give, messages, refuse_input, tables
from timvis.cli.checked_file import content_of, give_verdict, refuse_file
from timvis.cli.written_file import write_files
from timvis.config.environment import fixed_now, mode
from timvis.core.calendar.local_time import SWEDEN
from timvis.core.faults import Fault
from timvis.core.records import TimeReport
from timvis.formats import intake
from timvis.formats.elt.check import check as faults_in
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt.read import document_in
from timvis.formats.elt.read import read as read_elt
from timvis.formats.elt.write import NOT_STATED
from timvis.formats.elt.write import write as elt_bytes

FILE = typer.Argument(..., metavar="FILE.xml", help="Tidredovisningen (ELT).")
REPORT = typer.Argument(..., metavar="REPORT", help="Tidrapporten: CSV eller XLSX.")
OUT = typer.Option(..., "--out", metavar="DIR", help="Mappen där en fil per tidrapport läggs.")
PHONE = typer.Option(NOT_STATED, "--phone", help="Anordnarens telefonnummer, som ELT kräver.")
CROSSES = typer.Option(False, "--crosses-midnight", help="22.00–06.00 på en rad slutar nästa dag.")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def elt() -> None:
    """Elektronisk tidsredovisning till Försäkringskassan."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Prövar en tidredovisning: schema, kalender, klockslag, nummer och överlapp."""
    content = content_of(file, as_json=as_json)
    document = document_in(content)
    if isinstance(document, Fault):
        refuse_file(file, [document], as_json=as_json)
    faults = faults_in(content, today=_today())
    judged = "har fel och ska inte skickas" if faults else "stämmer"
    give_verdict(file, {}, faults, summary=f"{file.name} {judged}.", as_json=as_json)


@app.command()
def digest(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Skriver ut texten som assistenten och anordnaren skriver under: id och kontrollsumma."""
    content = content_of(file, as_json=as_json)
    result = read_elt(content, today=_today())
    if result.faults:
        refuse_file(file, result.faults, as_json=as_json)
    text = text_to_sign(content)
    give({"text": text}, as_json=as_json, show=lambda: tables.print(text, markup=False, soft_wrap=True))


@app.command()
def write(
    report: Path = REPORT,
    out: Path = OUT,
    phone: str = PHONE,
    crosses_midnight: bool = CROSSES,
    as_json: bool = AS_JSON,
) -> None:
    """Skriver en tidrapport som ELT, en fil per assistent, brukare och månad."""
    content = content_of(report, as_json=as_json)
    result = intake.read(content, file_name=report.name, today=_today(), crosses_midnight=crosses_midnight)
    if result.faults:
        refuse_input(result.faults, as_json=as_json)
    contents, faults = _written(result.reports, phone=phone)
    if faults:
        refuse_file(report, faults, as_json=as_json)
    files = write_files(out, contents)
    if isinstance(files, Fault):
        refuse_input([files], as_json=as_json)
    if phone == NOT_STATED:
        messages.print(f"Anordnarens telefonnummer står som ”{NOT_STATED}”. Ange det med --phone innan filen skickas.")
    names = [str(path) for path in files]
    give({"files": names}, as_json=as_json, show=lambda: tables.print("\n".join(names), markup=False, soft_wrap=True))


def _written(reports: tuple[TimeReport, ...], *, phone: str) -> tuple[dict[str, bytes], list[Fault]]:
    """Return every report as a file by name, and what any of them lacks.

    No personal number stands in a name: names travel in logs and in the subjects of letters.
    """
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    for report in reports:
        written = elt_bytes(report, provider_phone=phone)
        if isinstance(written, bytes):
            contents[f"{report.month_on:%Y-%m}_{report.key}.xml"] = written
        else:
            faults.extend(written)
    return contents, faults


def _today() -> date:
    """Return the Swedish day it is. Asked of the environment, not of the settings: this noun starts no database."""
    moment = fixed_now(os.environ, mode(os.environ)) or datetime.now(UTC)
    return moment.astimezone(SWEDEN).date()

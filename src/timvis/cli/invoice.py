"""`timvis invoice`: an e-invoice against the official rules, as far as they are installed, and always our own."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import typer
from lxml import etree

from timvis.cli.answer import AS_JSON, give, messages, say
from timvis.cli.checked_file import content_of, refuse_file
from timvis.cli.standards import contents_in, standards_folder
from timvis.core.faults import Fault
from timvis.core.invoice.checks import may_be_paid, objections
from timvis.core.invoice.known import Known, not_asked
from timvis.core.invoice.objection import Objection
from timvis.core.review.finding import NEEDS_WORD
from timvis.core.review.rule import Severity
from timvis.formats import xml_bounds
from timvis.formats.peppol_invoice.document import MAX_BYTES, parse
from timvis.formats.peppol_invoice.official import OfficialRules, OfficialVerdict
from timvis.formats.peppol_invoice.read import read_document

FILE = typer.Argument(..., metavar="FILE.xml", help="E-fakturan (Peppol BIS Billing 3: Invoice eller CreditNote).")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def invoice() -> None:
    """Leverantörens e-faktura."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Prövar en e-faktura: officiella regler där de är installerade, och alltid våra egna kontroller."""
    root = _root_of(file, as_json=as_json)
    folder = standards_folder()
    official = OfficialRules(contents_in(folder) if folder else {}).judge(root)
    bill = read_document(root)
    faults: tuple[Fault, ...] = bill if isinstance(bill, tuple) else ()
    if faults and not official.sets:
        refuse_file(file, faults, as_json=as_json)
    business = () if isinstance(bill, tuple) else objections(bill)
    _tell(file, official, business, faults)
    # Where nobody has judged by the official rules, our own have to stand in for them.
    is_valid = official.is_valid and not faults and (official.is_complete or may_be_paid(business))
    give(
        {
            "valid": is_valid,
            "official": official.is_complete,
            "official_sets": [
                {"name": each.name, "version": each.version, "digest": each.digest} for each in official.sets
            ],
            "failed": [asdict(each) for each in official.failed],
            "business": [asdict(each) for each in business],
            "not_checked": _not_checked(official),
            "faults": [asdict(replace(fault, file=file.name)) for fault in faults],
        },
        as_json=as_json,
        objects=not is_valid or any(each.severity in NEEDS_WORD for each in business),
    )


def _root_of(file: Path, *, as_json: bool) -> etree._Element:
    """Return the document's root, or answer why it cannot be read and end; what is too large is not opened."""
    if file.is_file() and file.stat().st_size > MAX_BYTES:
        refuse_file(file, [xml_bounds.too_large(MAX_BYTES)], as_json=as_json)
    root = parse(content_of(file, as_json=as_json))
    if isinstance(root, Fault):
        refuse_file(file, [root], as_json=as_json)
    return root


def _not_checked(official: OfficialVerdict) -> list[str]:
    """Return what nobody has judged, in Swedish: rules that are not installed, registers that are not at hand."""
    return [*official.not_run, *(f"{each}: prövas först när fakturan har tagits emot." for each in not_asked(Known()))]


_WEIGHTS: dict[Severity, str] = {
    Severity.STOPS: "Stoppar",
    Severity.ASKS: "Fråga",
    Severity.INFORMS: "Att veta",
}


def _tell(file: Path, official: OfficialVerdict, business: tuple[Objection, ...], faults: tuple[Fault, ...]) -> None:
    """Tell a person everything, one line each, and last the verdict."""
    say([replace(fault, file=file.name) for fault in faults])
    told: list[Any] = [f"{each.severity}: {each.rule}: {each.message}" for each in official.failed]
    told += [f"{_WEIGHTS.get(each.severity, each.severity)}: {each.message}" for each in business]
    told += [f"Inte prövat: {each}" for each in official.not_run]
    broken = sum(each.severity == "fatal" for each in official.failed) + len(faults)
    told.append(
        f"{file.name}: {broken} fel mot de officiella reglerna, "
        f"{sum(each.severity in NEEDS_WORD for each in business)} anmärkningar av våra egna kontroller."
    )
    for line in told:
        messages.print(line, markup=False)

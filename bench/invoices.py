"""E-invoices: in from bytes, through the official rules and our own checks."""

from lxml import etree

from bench.told import Row, Table, best, ms
from timvis.cli.standards import contents_in, standards_folder
from timvis.core.invoice.checks import objections
from timvis.core.invoice.objection import Objection
from timvis.core.invoice.records import Invoice
from timvis.formats.peppol_invoice.document import parse
from timvis.formats.peppol_invoice.official import OfficialRules
from timvis.formats.peppol_invoice.read import read_document

EXAMPLES, RUNS = "peppol/examples", 5
GOAL = 60
"""Invoices a second in one process, all layers."""


def tables() -> tuple[Table, ...]:
    """Return what the official examples take, nothing where the official rules are not installed."""
    folder = standards_folder()
    invoices = [path.read_bytes() for path in sorted((folder / EXAMPLES).glob("*/*.xml"))] if folder else []
    rules = OfficialRules(contents_in(folder) if folder else {})
    if not invoices or not rules.judge(_root(invoices[0])).is_complete:
        return ()
    own = best(lambda: [_checked(each) for each in invoices], times=RUNS)
    every = best(lambda: [(_checked(each), rules.judge(_root(each))) for each in invoices], times=RUNS)
    return (
        Table(
            title=f"{len(invoices)} e-invoices (the official examples)",
            rows=(
                Row(what="read, and our own checks", took=ms(own), note=_a_second(len(invoices) / own)),
                Row(
                    what="the same, and every official rule",
                    took=ms(every),
                    times=every / own,
                    note=f"{_a_second(len(invoices) / every)}, goal {GOAL}",
                ),
            ),
        ),
    )


def _checked(content: bytes) -> tuple[Objection, ...]:
    invoice = read_document(_root(content))
    assert isinstance(invoice, Invoice)
    return objections(invoice)


def _root(content: bytes) -> etree._Element:
    root = parse(content)
    assert isinstance(root, etree._Element)
    return root


def _a_second(count: float) -> str:
    return f"{count:.0f} invoices a second"

"""`timvis payment-file`: a pain.001 file against its official schema and the bank's profile."""

from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON
from timvis.cli.checked_file import content_of, give_verdict, refuse_file
from timvis.cli.standards import standard_file
from timvis.core.faults import Fault
from timvis.formats.iso20022 import amount_text
from timvis.formats.pain001 import check as pain001
from timvis.formats.pain001 import profile as bank_profile

FILE = typer.Argument(..., metavar="FILE.xml", help="Betalfilen (pain.001).")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def payment_file() -> None:
    """Betalfilen till banken."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Prövar en betalfil mot formatets schema, bankens koder, antal, summor och kontrollsiffror."""
    content = content_of(file, as_json=as_json)
    profile = bank_profile.shipped()
    message = pain001.message_in(content, profile)
    if isinstance(message, Fault):
        refuse_file(file, [message], as_json=as_json)
    verdict = pain001.check(content, profile, schema_of(message))
    if isinstance(verdict, tuple):
        refuse_file(file, verdict, as_json=as_json)
    without = "" if verdict.schema_was_run else " Det officiella schemat är inte installerat och har inte prövats."
    total = f"{verdict.count} betalningar, {amount_text(verdict.sum_ore)} kr"
    judged = "kan skickas" if verdict.is_valid else "ska inte skickas"
    give_verdict(
        file,
        {
            "message": verdict.message,
            "profile": profile.name,
            "schema": verdict.schema_was_run,
            "count": verdict.count,
            "sum_ore": verdict.sum_ore,
        },
        verdict.faults,
        summary=f"{file.name} {judged}: {total}.{without}",
        as_json=as_json,
    )


def schema_of(message: str) -> bytes | None:
    """Return a message's official schema: from the standards folder, else from a package that carries it."""
    return standard_file(f"iso20022/xsd/{message}.xsd") or pain001.packaged_schema(message)

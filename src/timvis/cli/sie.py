"""`timvis sie`: a SIE file, read and balanced."""

from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON
from timvis.cli.checked_file import content_of, give_verdict, refuse_file
from timvis.formats.sie import check as sie_check

FILE = typer.Argument(..., metavar="FILE", help="SIE-filen (typ 1–4).")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def sie() -> None:
    """Verifikat till ekonomisystemet."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Prövar en SIE-fil: går den att läsa, har den det den ska ha, går varje verifikat ihop?"""
    content = content_of(file, as_json=as_json)
    verdict = sie_check.check(content)
    if isinstance(verdict, tuple):
        refuse_file(file, verdict, as_json=as_json)
    balanced = "alla går ihop" if verdict.is_balanced else "alla går inte ihop"
    give_verdict(
        file,
        {
            "type": verdict.sie_type,
            "encoding": verdict.encoding,
            "vouchers": verdict.vouchers,
            "rows": verdict.rows,
            "balanced": verdict.is_balanced,
        },
        verdict.faults,
        summary=f"{file.name} är av typ {verdict.sie_type} med {verdict.vouchers} verifikat; {balanced}.",
        as_json=as_json,
    )

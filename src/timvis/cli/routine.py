"""`timvis routine`: a municipality's routine, proved or shown how it can be broken."""

import sys
from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON, give
from timvis.cli.checked_file import content_of, refuse_file
from timvis.cli.proof_told import document_of, show
from timvis.core.routine.check import prove
from timvis.formats.routine.draw import draw
from timvis.formats.routine.read import read
from timvis.formats.routine.shelf import packaged_shelf

FILE = typer.Argument(..., metavar="FILE", help="Rutinen, som TOML.")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def routine() -> None:
    """Kommunens rutiner: vem som gör vad, i vilken ordning."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Bevisar en rutin: den når alltid sitt slut, och ingen för ensam ett ärende till betalning. Eller visar hur."""
    found = read(content_of(file, as_json=as_json), source=file.name)
    if isinstance(found, tuple):
        refuse_file(file, found, as_json=as_json)
    verdict = prove(found, packaged_shelf())
    give(
        document_of(verdict),
        as_json=as_json,
        show=lambda: show(file.name, found, verdict),
        objects=bool(verdict.problems),
    )


@app.command("draw")
def draw_file(file: Path = FILE) -> None:
    """Ritar en rutin som SVG på standard ut: stegen i ordning och vilka som måste vara olika personer."""
    found = read(content_of(file, as_json=False), source=file.name)
    if isinstance(found, tuple):
        refuse_file(file, found, as_json=False)
    sys.stdout.write(draw(found))

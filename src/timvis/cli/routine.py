"""`timvis routine`: a municipality's routine, proved or shown how it can be broken."""

import sys
from dataclasses import asdict
from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON, give, messages
from timvis.cli.checked_file import content_of, refuse_file
from timvis.core.routine import check as proof
from timvis.core.routine.records import Problem
from timvis.formats.routine.draw import draw
from timvis.formats.routine.read import read

FILE = typer.Argument(..., metavar="FILE", help="Rutinen, som TOML.")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def routine() -> None:
    """Kommunens rutiner: vem som gör vad, i vilken ordning."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Prövar en rutin: når den sitt slut, och kan ingen ensam föra ett ärende till betalning?"""
    found = read(content_of(file, as_json=as_json), source=file.name)
    if isinstance(found, tuple):
        refuse_file(file, found, as_json=as_json)
    problems = proof.check(found)
    document = {"valid": not problems, "problems": [asdict(problem) for problem in problems]}
    give(document, as_json=as_json, show=lambda: _show(file.name, problems), objects=bool(problems))


@app.command("draw")
def draw_file(file: Path = FILE) -> None:
    """Ritar en rutin som SVG på standard ut: stegen i ordning och vilka som måste vara olika personer."""
    found = read(content_of(file, as_json=False), source=file.name)
    if isinstance(found, tuple):
        refuse_file(file, found, as_json=False)
    sys.stdout.write(draw(found))


def _show(name: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        messages.print(f"{problem.message} Exempel: {problem.example}", markup=False)
    judged = "kan inte publiceras" if problems else "håller: ingen kan ensam föra ett ärende till betalning"
    messages.print(f"{name} {judged}.", markup=False)

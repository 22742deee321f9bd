"""How the verdict on a routine is told: as one JSON document, or in Swedish with the passage as a table."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from timvis.cli.answer import messages, tables
from timvis.core.routine.check import CounterExample, Proof, Verdict
from timvis.core.routine.passages import Move
from timvis.core.routine.records import Routine
from timvis.core.routine.words import said


def document_of(verdict: Verdict) -> dict[str, Any]:
    """Return the verdict as a document; every problem has a `passage`, empty when nobody needs to act in it."""
    return {
        "valid": not verdict.problems,
        "problems": [{"passage": [], **asdict(problem)} for problem in verdict.problems],
        "proof": asdict(verdict.proof) if verdict.proof else None,
    }


def show(name: str, routine: Routine, verdict: Verdict) -> None:
    """Tell a person every problem with its counter-example, or what was proved and how a claim passes."""
    for problem in verdict.problems:
        if isinstance(problem, CounterExample):
            messages.print(f"{problem.message} Så här:", markup=False)
            _print(routine, problem.passage)
        elif problem.example in problem.message:
            messages.print(problem.message, markup=False)
        else:
            messages.print(f"{problem.message} Exempel: {problem.example}", markup=False)
    if verdict.proof and not verdict.problems:
        _show_proof(name, routine, verdict.proof)
    else:
        messages.print(f"{name} kan inte publiceras.", markup=False)


def _show_proof(name: str, routine: Routine, proof: Proof) -> None:
    messages.print(
        f"{name} håller: alla {proof.states} lägen har prövats, och slutet nås från vart och ett av dem. "
        f"{_hands(proof)} Med så få personer som möjligt går det till så här:",
        markup=False,
    )
    _print(routine, proof.passage)
    for note in proof.notes:
        messages.print(f"Att veta: {note.message}", markup=False)


def _hands(proof: Proof) -> str:
    if proof.persons_needed == 1:
        return "En person räcker."
    return (
        "Ingen kan ensam föra ett ärende till slutet, inte ens den som har alla roller; "
        f"{proof.persons_needed} personer räcker alltid."
    )


def _print(routine: Routine, passage: Sequence[Move]) -> None:
    table = Table("Vem", "Gör", "Steg")
    for move in passage:
        step = routine.step(move.step)
        table.add_row(move.person, said(move.act), step.label if step else move.step)
    tables.print(table)

"""`timvis delegation`: who could decide for a board on a day, in which cases and for how much."""

from typing import Any

import typer

from timvis.apps.routines.queries import CouldUse, who_could_decide
from timvis.cli.answer import AS_JSON, give, tables
from timvis.cli.rights_asked_for import KNOWN_AT, MUNICIPALITY, ON, right_held, right_text, rights_asked_for
from timvis.core.procedure.decision import OUTCOME_WORDS, Outcome
from timvis.core.procedure.delegation import DelegationRow

app = typer.Typer(no_args_is_help=True)


@app.callback()
def delegation() -> None:
    """Delegation: vem som beslutar på nämndens vägnar."""


@app.command()
def who(
    on: str = ON,
    municipality: str = MUNICIPALITY,
    known_at: str = KNOWN_AT,
    as_json: bool = AS_JSON,
) -> None:
    """Visar vem som kunde besluta vad en viss dag, som det var känt då."""
    asked = rights_asked_for(on, known_at, municipality, as_json=as_json)
    found = [
        (town, one) for town in asked.towns for one in who_could_decide(town, on=asked.on, known_at=asked.known_at)
    ]
    document = {"on": asked.on, "known_at": asked.known_at, "delegations": [_told(town, one) for town, one in found]}
    give(document, as_json=as_json, show=lambda: _show([one for _, one in found]))


def _told(town: str, one: CouldUse[DelegationRow]) -> dict[str, Any]:
    row = one.held.right
    return {
        **right_held(town, one),
        "kind": row.kind,
        "outcomes": [outcome for outcome in Outcome if outcome in row.outcomes],
        "may_be_passed_on": row.may_be_passed_on,
        "may_be_automated": row.may_be_automated,
    }


def _show(found: list[CouldUse[DelegationRow]]) -> None:
    for one in found:
        row = one.held.right
        words = ", ".join(OUTCOME_WORDS[outcome] for outcome in Outcome if outcome in row.outcomes)
        tables.print(right_text(row.kind, one, words, "delegationsordning"), markup=False)
    if not found:
        tables.print("Ingen antagen delegationsordning gav någon rätt att besluta den dagen.")

"""`timvis policy`: the access table, row by row."""

import typer
from rich.table import Column, Table

from timvis.cli.answer import AS_JSON, give, tables
from timvis.core.access import NEEDS_FRESH_LOGIN, POLICY

app = typer.Typer()

EVERY_STATE = "alla"


@app.command()
def policy(as_json: bool = AS_JSON) -> None:
    """Visar vem som får göra vad, i vilken relation och i vilket läge, och varför."""
    rows = [
        {
            "role": row.role.value,
            "action": row.action.value,
            "relation": row.relation.value,
            "states": sorted(row.states),
            "needs_fresh_login": row.action in NEEDS_FRESH_LOGIN,
            "reason": row.reason,
        }
        for row in POLICY
    ]
    give({"rows": rows}, as_json=as_json, show=_show)


def _show() -> None:
    table = Table("Roll", Column("Handling", no_wrap=True), "Relation", "Läge", "Skäl")
    for row in POLICY:
        states = ", ".join(sorted(state or "ny" for state in row.states)) or EVERY_STATE
        table.add_row(row.role, row.action, row.relation, states, row.reason)
    tables.print(table)

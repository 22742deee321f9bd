"""`timvis migrate`: the schema, and after it the guards on what may never be changed."""

import typer
from django.core.management import call_command
from django.db import connection

from timvis.apps.audit import guards
from timvis.cli.answer import AS_JSON, give, messages

app = typer.Typer()


@app.command()
def migrate(as_json: bool = AS_JSON) -> None:
    """Lägger upp eller uppdaterar databasen, och sätter sedan skydden. Att köra den igen ändrar ingenting."""
    call_command("migrate", interactive=False, verbosity=0)
    guards.install(connection)
    unguarded = guards.missing(connection)
    guarded = len(guards.GUARDED) - len(unguarded)

    def show() -> None:
        for table in unguarded:
            messages.print(f"Tabellen {table} saknar skydd mot ändring. Kör `timvis doctor`.", markup=False)
        messages.print(f"Databasen är uppdaterad. {guarded} tabeller är skyddade mot ändring.", markup=False)

    document = {"ok": not unguarded, "guarded": guarded, "unguarded": list(unguarded)}
    give(document, as_json=as_json, show=show, objects=bool(unguarded))

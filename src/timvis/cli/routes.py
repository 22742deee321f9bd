"""`timvis routes`: every address of the web, how it may be called, and which row of the access table opens it."""

import typer
from rich.table import Column, Table

from timvis.cli.answer import AS_JSON, give, tables
from timvis.web.routes import ROUTES
from timvis.web.shared.asking import Route

app = typer.Typer()

PUBLIC, LOGGED_IN = "öppen för alla", "alla som är inloggade"


@app.command()
def routes(as_json: bool = AS_JSON) -> None:
    """Visar varje adress, dess metoder, raden i behörighetstabellen, och ett exempel ur övningsdata."""
    rows = [
        {
            "name": route.name,
            "path": f"/{route.path}",
            "methods": methods(route),
            "policy": route.action.value if route.action else None,
            "public": route.public,
            "needs_fresh_login": route.needs_fresh_login,
            "example": dict(route.example),
        }
        for route in ROUTES
    ]
    give({"routes": rows}, as_json=as_json, show=_show)


def methods(route: Route) -> list[str]:
    """Return the methods an address answers to; what can be got can be asked for by its head alone."""
    return [*route.methods, *(["HEAD"] if "GET" in route.methods else [])]


def _show() -> None:
    table = Table(Column("Adress", no_wrap=True), "Metoder", "Öppnas av", "Ny inloggning", "Exempel")
    for route in ROUTES:
        opened_by = PUBLIC if route.public else route.action or LOGGED_IN
        example = ", ".join(f"{name}={value}" for name, value in route.example)
        fresh = "ja" if route.needs_fresh_login else ""
        table.add_row(f"/{route.path}", " ".join(route.methods), opened_by, fresh, example)
    tables.print(table)

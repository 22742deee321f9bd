"""`timvis routes`: the addresses of the web for those who want to try them all."""

import json

from typer.testing import CliRunner

from timvis.cli.main import app
from timvis.core.access import Action
from timvis.web.routes import ROUTES


def test_every_route_is_told_with_what_opens_it() -> None:
    document = json.loads(CliRunner().invoke(app, ["routes", "--json"]).stdout)

    assert document["faults"] == []
    assert [row["name"] for row in document["routes"]] == [route.name for route in ROUTES]
    by_name = {row["name"]: row for row in document["routes"]}
    assert by_name["search"] == {
        "name": "search",
        "path": "/sok/",
        "methods": ["GET", "POST", "HEAD"],
        "policy": "look_at_claim",
        "public": False,
        "needs_fresh_login": False,
        "example": {},
    }
    assert {row["policy"] for row in document["routes"]} <= {None, *Action}


def test_a_person_reads_them_as_a_table() -> None:
    shown = CliRunner().invoke(app, ["routes"])

    assert shown.exit_code == 0
    assert "/logga-in/" in shown.stdout

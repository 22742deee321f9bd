"""`timvis migrate` and `timvis doctor`: a sound installation, and one that is not."""

import json
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from tests.apps.audit.rows import rows_of
from timvis.apps.audit import guards
from timvis.cli.main import app

pytestmark = pytest.mark.django_db

RUNS_WITHOUT_SYNC = "durability"
"""The PostgreSQL of the tests never syncs, and the doctor is right to say so."""


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def checks() -> dict[str, Any]:
    document = json.loads(run("doctor", "--json").stdout)
    return {check["name"]: check for check in document["checks"]}


def drop_guard(table: str) -> None:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in guards.trigger_names(connection, table):
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def test_a_fresh_installation_is_sound() -> None:
    rows_of(guards.GUARDED)

    found = checks()

    unsound = [name for name, check in found.items() if not check["ok"]]
    assert unsound in ([], [RUNS_WITHOUT_SYNC])
    assert list(found) == [
        "mode",
        "law",
        "standards",
        "database",
        "migrations",
        "durability",
        "guards",
        "append_only",
    ]


def test_sqlite_is_durable() -> None:
    durability = checks()["durability"]

    if connection.vendor == "sqlite":
        assert durability["message"] == "journal_mode wal, synchronous 2, recursive_triggers 1"
    else:
        assert "fsync" in durability["message"]


def test_a_table_that_lost_its_guard_is_told_with_what_to_do() -> None:
    rows_of(["accounting_transfer"])
    drop_guard("accounting_transfer")

    found, ended = checks(), run("doctor")

    assert ended.exit_code == 1
    assert "accounting_transfer" in found["guards"]["message"]
    assert "timvis migrate" in found["guards"]["message"]
    assert "accounting_transfer (UPDATE, DELETE)" in found["append_only"]["message"]


def test_migrating_again_puts_a_lost_guard_back() -> None:
    drop_guard("audit_seal")

    ended = run("migrate", "--json")

    assert ended.exit_code == 0
    document = json.loads(ended.stdout)
    assert document == {
        "ok": True,
        "guarded": len(guards.GUARDED),
        "unguarded": [],
        "faults": [],
    }
    assert guards.missing(connection) == ()


def test_a_standards_folder_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMVIS_STANDARDS", "/nowhere/at/all")

    assert checks()["standards"]["ok"] is False

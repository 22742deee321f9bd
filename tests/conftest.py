"""The database of the tests: the one DATABASE_URL names, guarded like a real installation's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, on_stage
from timvis.apps.audit import guards


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Give SQLite a file of its own per run and process: a real file has real pragmas and real locks."""
    if connection.vendor == "sqlite":
        folder: Path = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Install the guards after the migrations, as `timvis migrate` does.

    A test that really commits ends with a flush, which the guards refuse like any other DELETE: only then, and
    only here, do they step aside.
    """
    empty_tables = connection.ops.execute_sql_flush

    def empty_tables_without_guards(statements: list[str]) -> None:
        _remove_guards()
        empty_tables(statements)
        guards.install(connection)

    with django_db_blocker.unblock():
        guards.install(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "execute_sql_flush", empty_tables_without_guards)
        yield


def _remove_guards() -> None:
    with connection.cursor() as cursor:
        for table in guards.GUARDED:
            for name in guards.trigger_names(connection, table):
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody, registered and logged in."""
    return on_stage()

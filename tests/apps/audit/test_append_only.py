"""What is written once: the database itself refuses everybody, also past Timvis, on every such table."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.apps.audit.rows import rows_of
from timvis.apps.audit import guards

pytestmark = pytest.mark.django_db


def tries(statement: str, *values: int) -> None:
    """Run one statement of plain SQL in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_update_and_delete_by_plain_sql_are_refused(table: str) -> None:
    [row] = rows_of([table])

    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'UPDATE "{table}" SET "id" = "id" + 1')
    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'DELETE FROM "{table}" WHERE "id" = %s', row.pk)
    assert type(row)._default_manager.filter(pk=row.pk).count() == 1


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_a_row_cannot_be_overwritten_by_writing_it_again(table: str) -> None:
    [row] = rows_of([table])
    columns = ", ".join(f'"{field.column}"' for field in row._meta.concrete_fields)
    if connection.vendor == "sqlite":
        statement = f'REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"'
    else:
        statement = (
            f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM "{table}" '
            'ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id"'
        )

    with pytest.raises(IntegrityError, match="append-only"):
        tries(statement)


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_a_table_cannot_be_emptied_in_one_go(table: str) -> None:
    rows_of([table])
    connection.check_constraints()  # what waits for the end of the transaction would stop a TRUNCATE too

    statement = f'TRUNCATE "{table}" CASCADE' if connection.vendor == "postgresql" else f'DELETE FROM "{table}"'

    with pytest.raises(IntegrityError, match="append-only"):
        tries(statement)


def test_nothing_is_missing_and_nothing_is_let_through() -> None:
    rows_of(guards.GUARDED)

    assert guards.missing(connection) == ()
    assert [guards.lets_through(connection, table) for table in guards.GUARDED] == [()] * len(guards.GUARDED)


def test_installing_the_guards_again_changes_nothing() -> None:
    guards.install(connection)

    assert guards.missing(connection) == ()


def test_a_guard_that_somebody_took_away_is_missed_and_the_table_lets_through() -> None:
    rows_of(["audit_logentry"])
    on = ' ON "audit_logentry"' if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        for name in guards.trigger_names(connection, "audit_logentry"):
            cursor.execute(f'DROP TRIGGER "{name}"{on}')

    assert guards.missing(connection) == ("audit_logentry",)
    assert guards.lets_through(connection, "audit_logentry") == ("UPDATE", "DELETE")


def test_a_guard_that_somebody_switched_off_is_missed() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no way to switch a trigger off

    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE "audit_seal" DISABLE TRIGGER timvis_append_only')

    assert guards.missing(connection) == ("audit_seal",)


def test_every_table_that_calls_itself_append_only_is_guarded() -> None:
    says_so = {
        model._meta.db_table
        for model in apps.get_models()
        if "Append-only" in (model.__doc__ or "") or model._meta.db_table.endswith("version")
    }

    assert says_so <= set(guards.GUARDED)

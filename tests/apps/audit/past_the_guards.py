"""Changing what is written once, as only somebody who owns the database can."""

from django.db import connection

from timvis.apps.audit import guards


def behind_the_guards(table: str, statement: str, *values: object) -> None:
    """Run plain SQL as somebody who owns the database and has taken the guard away first."""
    with connection.cursor() as cursor:
        for name in guards.trigger_names(connection, table):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')
        cursor.execute(statement, values)

"""What is written once: tables whose rows the database itself refuses to change, remove or overwrite.

The guard is for everybody who reaches the database, also past Timvis. It is installed after Django's own
migrations, because SQLite loses the triggers of a table that a migration rebuilds.
"""

from collections.abc import Iterator

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = (
    "audit_logentry",
    "audit_seal",
    "parties_recipientversion",
    "parties_providerversion",
    "parties_agreementversion",
    "parties_assistantversion",
    "parties_incapacity",
    "parties_powerofattorneyversion",
    "parties_payeeversion",
    "parties_absence",
    "documents_original",
    "documents_evidence",
    "decisions_decisionversion",
    "invoices_allocation",
    "invoices_share",
    "invoices_return",
    "claims_shift",
    "claims_review",
    "claims_finding",
    "claims_word",
    "claims_statement",
    "claims_stamp",
    "claims_stampedpart",
    "claims_claimdecision",
    "attestation_signedact",
    "attestation_separationrow",
    "accounting_entry",
    "accounting_transfer",
    "accounting_bankanswerfile",
    "accounting_export",
    "archive_package",
)
"""Every append-only table, upstream first."""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION timvis_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % is written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on every append-only table there is; doing it again changes nothing."""
    present = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in APPEND_ONLY:
            if table in present:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the append-only tables that stand without their whole guard, or do not exist."""
    found = _triggers(connection)
    return tuple(
        table for table in APPEND_ONLY if any((table, name) not in found for name in trigger_names(connection, table))
    )


def lets_through(connection: BaseDatabaseWrapper, table: str) -> tuple[str, ...]:
    """Return which of UPDATE and DELETE a table lets through, tried by plain SQL and rolled back.

    On SQLite a trigger is asked per row: an empty table lets nothing through, because there is nothing.
    """
    tried = {
        "UPDATE": f'UPDATE "{table}" SET "id" = "id" WHERE "id" = (SELECT MAX("id") FROM "{table}")',
        "DELETE": f'DELETE FROM "{table}" WHERE "id" = (SELECT MAX("id") FROM "{table}")',
    }
    return tuple(verb for verb, statement in tried.items() if _changes(connection, statement))


def trigger_names(connection: BaseDatabaseWrapper, table: str) -> tuple[str, ...]:
    """Return the names of the triggers that make up a table's guard."""
    if connection.vendor == "postgresql":
        return ("timvis_append_only",)
    return tuple(f"timvis_{table}_no_{verb}" for verb in ("update", "delete", "replace"))


def _changes(connection: BaseDatabaseWrapper, statement: str) -> bool:
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(statement)
            changed = bool(cursor.rowcount > 0)
            transaction.set_rollback(True, using=connection.alias)
    except DatabaseError:
        return False
    return changed


def _triggers(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    catalogue = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        # A trigger that somebody has switched off (tgenabled D) or that replication skips is no guard.
        "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {(table.strip('"'), name) for table, name in cursor.fetchall()}


def _statements(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        # Per statement: then TRUNCATE is caught too, and an UPDATE that happens to find no row.
        yield (
            f'CREATE OR REPLACE TRIGGER timvis_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION timvis_append_only()"
        )
        yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER timvis_append_only'
        return
    update, delete, replace = trigger_names(connection, table)
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} is written once'); END"
    for name, event in (
        (update, f'BEFORE UPDATE ON "{table}"'),
        (delete, f'BEFORE DELETE ON "{table}"'),
        (replace, f'BEFORE INSERT ON "{table}" WHEN {_is_there_already(connection, table)}'),
    ):
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield f'CREATE TRIGGER "{name}" {event} {refuse}'


def _is_there_already(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return the SQL condition that an inserted row's key is taken: what REPLACE would silently remove."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    keys = {
        tuple(constraint["columns"])
        for constraint in constraints
        if constraint["columns"] and (constraint["primary_key"] or constraint["unique"])
    }
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" WHERE ' + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"
        for key in sorted(keys)
    )

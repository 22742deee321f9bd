"""What is written once: tables whose rows the database itself refuses to change, remove or overwrite.

The guard is for everybody who reaches the database, also past Timvis. It is installed after Django's own
migrations, because SQLite loses the triggers of a table that a migration rebuilds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = (
    "audit_logentry",
    "audit_seal",
    "audit_roleconfirmed",
    "parties_recipientversion",
    "parties_providerversion",
    "parties_agreementversion",
    "parties_assistantversion",
    "parties_incapacity",
    "parties_powerofattorneyversion",
    "parties_payeeversion",
    "parties_absence",
    "parties_interestversion",
    "documents_original",
    "documents_evidence",
    "documents_sentletter",
    "documents_casenote",
    "documents_noteobjection",
    "routines_attestlist",
    "routines_attestright",
    "routines_attestlistadoption",
    "routines_delegationorder",
    "routines_delegationrow",
    "routines_delegationorderadoption",
    "routines_positionheldversion",
    "routines_positionconfirmed",
    "routines_offdutyversion",
    "decisions_decisionversion",
    "decisions_responsibilityversion",
    "decisions_homecaredecisionversion",
    "applications_applicationversion",
    "state_registers_providernotice",
    "state_registers_assignmentversion",
    "state_registers_placementversion",
    "state_registers_assistantnotice",
    "state_registers_noticereceived",
    "state_registers_dutystep",
    "state_registers_assistantaway",
    "state_registers_notedtime",
    "state_registers_finalsettlement",
    "orders_poolmemberversion",
    "orders_otherwork",
    "orders_contactpointversion",
    "orders_procedureversion",
    "orders_bookingstep",
    "orders_bookingpaper",
    "orders_substitutehearing",
    "orders_substitutehearinganswer",
    "orders_substitutedecision",
    "orders_substitutedecisionletter",
    "orders_timesheets",
    "orders_statedcost",
    "orders_fee",
    "orders_feereview",
    "orders_invoicebasis",
    "home_orders_homeorderstep",
    "home_orders_orderedservice",
    "home_orders_homeevent",
    "home_orders_homenotice",
    "home_orders_homenoticedone",
    "home_orders_homepaper",
    "home_choices_homeagreementversion",
    "home_choices_turnentry",
    "home_choices_homechoice",
    "visits_delivery",
    "visits_visit",
    "visits_replaced",
    "visits_deviationform",
    "visits_deviationrow",
    "visits_signalnote",
    "visits_systemkey",
    "visits_systemkeywithdrawn",
    "reconciliation_lineword",
    "reconciliation_linequestion",
    "reconciliation_lineanswer",
    "reconciliation_abovedecision",
    "reconciliation_monthsignature",
    "reconciliation_summary",
    "reconciliation_summarypart",
    "reconciliation_feehandover",
    "reconciliation_chargedtime",
    "reconciliation_selfbilling",
    "invoices_allocation",
    "invoices_share",
    "invoices_return",
    "invoices_countingmodelconfirmed",
    "claims_shift",
    "claims_review",
    "claims_finding",
    "claims_word",
    "claims_statement",
    "grant_periods_grantperiodversion",
    "grant_periods_statepayment",
    "state_reports_frozenreport",
    "state_reports_reportsignature",
    "state_reports_queued",
    "state_reports_sendattempt",
    "state_reports_sendresult",
    "state_reports_recipientbill",
    "state_reports_returnedpaper",
    "schedules_plan",
    "schedules_plannedshift",
    "schedules_struck",
    "attestation_attestbatch",
    "attestation_attestbatchline",
    "claims_stamp",
    "claims_stampedpart",
    "claims_hearing",
    "claims_hearinganswer",
    "claims_claimdecision",
    "claims_decisionletter",
    "appeals_service",
    "appeals_appeal",
    "appeals_appealstep",
    "appeals_courtpackage",
    "appeals_delay",
    "appeals_demand",
    "appeals_demandanswer",
    "attestation_signedact",
    "attestation_separationrow",
    "accounting_banknotification",
    "accounting_feepayment",
    "accounting_entry",
    "accounting_transfer",
    "accounting_bankanswerfile",
    "accounting_export",
    "accounting_aftercontrol",
    "archive_package",
)
"""Every append-only table, upstream first."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step of an adopted row from one status to the next, and the columns that are told by it."""

    of: str
    to: str
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptedOnce:
    """A table whose rows are free as drafts; its keys, and the moves that are left to a row once it is adopted."""

    keys: tuple[tuple[str, ...], ...]
    moves: tuple[Move, ...]


DRAFT = "draft"

ADOPTED_ONCE = {
    "routines_routineversion": AdoptedOnce(
        keys=(("id",), ("slug", "number")),
        moves=(
            Move(DRAFT, "published", ("adopted_by_id", "adopted_on")),
            Move("published", "superseded", ("valid_to",)),
        ),
    ),
}
"""Tables whose rows are free as drafts. Once adopted a row only moves on, and nothing else in it ever changes."""

GUARDED = (*APPEND_ONLY, *ADOPTED_ONCE)
"""Every table with a guard."""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION timvis_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % is written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

# A row is compared as a whole, so a column that a later migration brings is guarded from its first day.
_POSTGRESQL_ADOPTED_ONCE = f"""
CREATE OR REPLACE FUNCTION timvis_adopted_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status = '{DRAFT}' THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.status = '{DRAFT}' THEN RETURN OLD; END IF;
    ELSIF OLD.status = '{DRAFT}' AND NEW.status = '{DRAFT}' THEN
        RETURN NEW;
    ELSE
        FOR nth IN 0 .. TG_NARGS / 3 - 1 LOOP
            IF OLD.status = TG_ARGV[3 * nth] AND NEW.status = TG_ARGV[3 * nth + 1]
                AND to_jsonb(OLD) - 'status' - string_to_array(TG_ARGV[3 * nth + 2], ' ')
                  = to_jsonb(NEW) - 'status' - string_to_array(TG_ARGV[3 * nth + 2], ' ')
            THEN RETURN NEW; END IF;
        END LOOP;
    END IF;
    RAISE EXCEPTION 'append-only: % is adopted once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on every append-only table there is; doing it again changes nothing."""
    present = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            cursor.execute(_POSTGRESQL_ADOPTED_ONCE)
        for table in GUARDED:
            if table in present:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the guarded tables that stand without their whole guard, or do not exist."""
    found = _triggers(connection)
    return tuple(
        table for table in GUARDED if any((table, name) not in found for name in trigger_names(connection, table))
    )


def lets_through(connection: BaseDatabaseWrapper, table: str) -> tuple[str, ...]:
    """Return which of UPDATE and DELETE a table lets through, tried by plain SQL and rolled back.

    On SQLite a trigger is asked per row: an empty table lets nothing through, because there is nothing.
    """
    adopted = f""" WHERE "status" <> '{DRAFT}'""" if table in ADOPTED_ONCE else ""
    last = f'(SELECT MAX("id") FROM "{table}"{adopted})'
    tried = {
        "UPDATE": f'UPDATE "{table}" SET "id" = "id" WHERE "id" = {last}',
        "DELETE": f'DELETE FROM "{table}" WHERE "id" = {last}',
    }
    return tuple(verb for verb, statement in tried.items() if _changes(connection, statement))


def trigger_names(connection: BaseDatabaseWrapper, table: str) -> tuple[str, ...]:
    """Return the names of the triggers that make up a table's guard."""
    if connection.vendor == "postgresql":
        if table in ADOPTED_ONCE:
            return ("timvis_adopted_once", "timvis_adopted_once_truncate")
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
    if table in ADOPTED_ONCE:
        yield from _adopted_once(connection, table)
        return
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


def _adopted_once(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    """Yield the guard of a table whose rows are free as drafts. A row is born a draft, so none slips in adopted."""
    if connection.vendor == "postgresql":
        row, truncate = trigger_names(connection, table)
        moves = ", ".join(f"'{move.of}', '{move.to}', '{' '.join(move.tells)}'" for move in ADOPTED_ONCE[table].moves)
        for name, event in (
            (
                row,
                f'INSERT OR UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION timvis_adopted_once({moves})',
            ),
            (truncate, f'TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION timvis_append_only()'),
        ):
            yield f"CREATE OR REPLACE TRIGGER {name} BEFORE {event}"
            yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}'
        return
    update, delete, insert = trigger_names(connection, table)
    is_adopted = f""""status" <> '{DRAFT}'"""
    taken = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" WHERE {is_adopted} AND {_has_the_same(key)})'
        for key in ADOPTED_ONCE[table].keys
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} is adopted once'); END"
    for name, event in (
        (update, f'UPDATE ON "{table}" WHEN NOT ({_may_change(connection, table)})'),
        (delete, f'DELETE ON "{table}" WHEN OLD.{is_adopted}'),
        (insert, f'INSERT ON "{table}" WHEN NEW.{is_adopted} OR {taken}'),
    ):
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield f'CREATE TRIGGER "{name}" BEFORE {event} {refuse}'


def _may_change(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return the SQL condition that an update keeps a draft a draft, or makes one of the moves and nothing else."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    ways = [f"""OLD."status" = '{DRAFT}' AND NEW."status" = '{DRAFT}'"""]
    for move in ADOPTED_ONCE[table].moves:
        kept = [column for column in columns if column not in ("status", *move.tells)]
        same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in kept)
        ways.append(f"""OLD."status" = '{move.of}' AND NEW."status" = '{move.to}' AND {same}""")
    return " OR ".join(f"({way})" for way in ways)


def _is_there_already(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return the SQL condition that an inserted row's key is taken: what REPLACE would silently remove."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    keys = {
        tuple(constraint["columns"])
        for constraint in constraints
        if constraint["columns"] and (constraint["primary_key"] or constraint["unique"])
    }
    return " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE {_has_the_same(key)})' for key in sorted(keys))


def _has_the_same(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in key)

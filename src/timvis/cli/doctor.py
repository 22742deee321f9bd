"""`timvis doctor`: is this installation sound? Every check says what it saw, and what to do if it is not."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import typer
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from rich.table import Table

from timvis.apps.audit import guards
from timvis.cli.answer import AS_JSON, give, tables
from timvis.cli.standards import contents_in, standards_folder
from timvis.config.environment import Mode
from timvis.formats.law.packaged import load_law
from timvis.formats.packaged import PackagedDataIsFaulty
from timvis.formats.standards.read import installed

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and how it stands."""

    name: str
    ok: bool
    message: str


@app.command()
def doctor(as_json: bool = AS_JSON) -> None:
    """Prövar om installationen är sund: databasen, skydden, lagens tal, regelverken."""
    checks = [*_about_the_house(), *_about_the_database()]
    ok = all(check.ok for check in checks)
    document = {"ok": ok, "checks": [asdict(check) for check in checks]}
    give(document, as_json=as_json, show=lambda: _show(checks), objects=not ok)


def _about_the_house() -> Iterator[Check]:
    mode: Mode = settings.MODE
    says = {
        Mode.DEMO: "Demoläge: påhittade personer, ingen riktig bank, ingen riktig e-legitimation.",
        Mode.TEST: "Testläge: klocka, bank och e-legitimation kan vara utbytta.",
        Mode.PRODUCTION: "Produktion.",
    }
    yield Check("mode", True, says[mode])
    yield _law()
    yield _standards()


def _law() -> Check:
    try:
        book = load_law()
    except PackagedDataIsFaulty as error:
        return Check("law", False, f"Lagens tal går inte att läsa: {error}. Installera om Timvis.")
    return Check("law", True, f"{len(book.values)} tal, kontrollerade till och med {book.reaches_to}.")


def _standards() -> Check:
    folder = standards_folder()
    if folder is None:
        return Check("standards", True, "Inga officiella regelverk: bara våra egna kontroller körs.")
    if not folder.is_dir():
        return Check("standards", False, f"TIMVIS_STANDARDS är {folder}, som inte finns. Rätta eller ta bort den.")
    sets = installed(contents_in(folder))
    whole = sum(1 for each in sets if each.is_complete)
    return Check("standards", True, f"{whole} av {len(sets)} regelverk är hela; se `timvis standards check`.")


def _about_the_database() -> Iterator[Check]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        told = f"Databasen svarar inte ({type(error).__name__}). Kontrollera DATABASE_URL eller TIMVIS_HOME."
        yield Check("database", False, told)
        return
    yield Check("database", True, f"{connection.display_name} {'.'.join(map(str, _database_version()))} svarar.")
    yield _migrations()
    yield _durability()
    yield _guards_are_there()
    yield _guards_refuse()


def _database_version() -> tuple[int, ...]:
    version: tuple[int, ...] = connection.get_database_version()
    return version


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Check("migrations", False, f"{len(waiting)} ändringar av databasen väntar. Kör `timvis migrate`.")
    return Check("migrations", True, "Databasen har den form som den här versionen väntar sig.")


WANTED_OF_SQLITE = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "recursive_triggers": ("1",)}
WANTED_OF_POSTGRESQL = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def _durability() -> Check:
    """Whether what is committed is also on the disk."""
    is_sqlite = connection.vendor == "sqlite"
    wanted = WANTED_OF_SQLITE if is_sqlite else WANTED_OF_POSTGRESQL
    ask = "PRAGMA {}" if is_sqlite else "SHOW {}"
    found = {name: _ask(ask.format(name)) for name in wanted}
    wrong = [f"{name} är {found[name]}" for name in wanted if found[name] not in wanted[name]]
    if wrong:
        told = f"Databasen kan tappa det som är sparat: {', '.join(wrong)}. Slå på det igen."
        return Check("durability", False, told)
    return Check("durability", True, ", ".join(f"{name} {value}" for name, value in found.items()))


def _ask(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def _guards_are_there() -> Check:
    unguarded = guards.missing(connection)
    if unguarded:
        told = f"Skydd mot ändring saknas på {', '.join(unguarded)}. Kör `timvis migrate`."
        return Check("guards", False, told)
    return Check("guards", True, f"{len(guards.GUARDED)} tabeller har skydd mot ändring.")


def _guards_refuse() -> Check:
    present = set(connection.introspection.table_names())
    found = {table: guards.lets_through(connection, table) for table in guards.GUARDED if table in present}
    open_ones = [f"{table} ({', '.join(verbs)})" for table, verbs in found.items() if verbs]
    if open_ones:
        told = f"Går att ändra fast det inte får gå: {', '.join(open_ones)}. Stoppa utbetalningar och larma."
        return Check("append_only", False, told)
    return Check("append_only", True, f"UPDATE och DELETE prövades på {len(found)} tabeller; ingen rad gick att röra.")


def _show(checks: list[Check]) -> None:
    table = Table("", "Prövat", "Besked")
    for check in checks:
        table.add_row("✓" if check.ok else "✗", check.name, check.message)
    tables.print(table)

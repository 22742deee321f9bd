"""`timvis demo`: the straight path on an embedded database of its own, made anew each time."""

import os
import shutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON, OBJECTS, give, messages, refuse_input, tables
from timvis.cli.demonstration.told import DemonstrationStopped, MonthTold, Told
from timvis.config.environment import DEMO_HOME
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Fault
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.review.review import hours_text

app = typer.Typer()

MARK, SECRET_KEY = ".timvis-demo", "secret-key"
EXAMPLES = typer.Option(None, "--examples", help="Mappen med exempelkommunerna; annars den som följer med.")


@app.command()
def demo(examples: Path | None = EXAMPLES, as_json: bool = AS_JSON) -> None:
    """Tar exempelkommunernas månader genom de sju stationerna, med de vanliga handlingarna och olika personer."""
    found = examples_in(examples)
    if found is None or os.environ.get("TIMVIS_MODE") == "production":
        refuse_input((_NO_EXAMPLES if found is None else _PRODUCTION,), as_json=as_json)
    home = Path(os.environ.get("TIMVIS_HOME") or DEMO_HOME).resolve()
    if not make_anew(home):
        refuse_input((_NOT_OURS,), as_json=as_json)
    # Settings are read once, when Django starts: so the demonstration's own are set before it does.
    os.environ |= {"TIMVIS_HOME": str(home), "TIMVIS_MODE": "demo"}
    os.environ.pop("DATABASE_URL", None)
    import_module("timvis.cli.database")
    try:
        told: Told = import_module("timvis.cli.demonstration.run").run(found, _silent if as_json else show_month)
    except DemonstrationStopped as stopped:
        messages.print(f"Demonstrationen stannade: {stopped}", markup=False)
        raise typer.Exit(OBJECTS) from stopped
    give(told.document(), as_json=as_json, show=lambda: show_all(told), objects=not told.ok)


def examples_in(chosen: Path | None) -> Path | None:
    """Return the folder of the example municipalities: the chosen one, else the one that came along."""
    beside_the_source = Path(__file__).resolve().parents[3] / "examples"
    places = [chosen] if chosen else [Path("examples"), beside_the_source]
    return next((place for place in places if any(place.glob("*/municipality.toml"))), None)


def make_anew(home: Path) -> bool:
    """Empty the demonstration's folder; False when something else lies there."""
    others = {file.name for file in home.iterdir() if not _is_nobodys(file)} if home.exists() else set()
    if others and MARK not in others:
        return False
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, mode=0o700)
    (home / MARK).touch()
    return True


def _is_nobodys(file: Path) -> bool:
    """Whether a file is what any command leaves behind: the key, or a database without a single table."""
    if file.name == SECRET_KEY:
        return True
    if file.suffix != ".sqlite3":
        return False
    with closing(sqlite3.connect(file)) as database:
        try:
            return bool(database.execute("SELECT COUNT(*) = 0 FROM sqlite_master").fetchone()[0])
        except sqlite3.DatabaseError:
            return False


def _silent(month: MonthTold) -> None:
    """Tell nothing: the document tells it all at the end."""


# --- for people -----------------------------------------------------------------------------------------------


def show_month(month: MonthTold) -> None:
    """Print a month: a line per station, and a row per claim."""
    _line(f"\n{month.name}, {month.month_on:%Y-%m}", style="bold")
    for station in month.stations:
        _line(f"  {station.station:<11} {station.text}")
        for detail in station.details:
            _line(f"  {'':<11} · {detail}")
    _line(f"  {'Ärende':<19} {'Läge':<16} {'Beviljat':>9} {'Redovisat':>9} {'Ersätts':>8} {'Nekas':>7} {'Belopp':>16}")
    for claim in month.claims:
        times = (claim.granted_28ths, claim.reported_28ths, claim.payable_28ths, claim.refused_28ths)
        granted, reported, payable, refused = (_hours(parts) for parts in times)
        _line(
            f"  {claim.number:<19} {claim.status_label:<16} {granted:>9} {reported:>9} {payable:>8} {refused:>7} "
            f"{kronor_text(claim.total_ore):>16}"
        )


def show_all(told: Told) -> None:
    """Print the sums, the findings by rule, and where every file lies."""
    _line("\nAllt tillsammans, i timmar och minuter (omräknad tid)", style="bold")
    for label, value in _sums(told):
        _line(f"  {label:<11}{value:>16}")
    _line("\nIakttagelser per regel", style="bold")
    for code, count in told.findings.items():
        _line(f"  {count:>4}  {told.labels[code]} ({code})")
    _line("\nFiler", style="bold")
    _line(f"  {told.database}")
    for month in told.months:
        for file in month.files:
            _line(f"  {told.database.parent / file.path}")
    _line(f"\nLoggen är hel, böckerna stämmer och varje belopp går att räkna om: {'ja' if told.ok else 'NEJ'}.")
    _line(f"Samma körning igen ger samma fingeravtryck: {told.digest}")


def _line(text: str, *, style: str | None = None) -> None:
    tables.print(text, markup=False, soft_wrap=True, style=style)


def _sums(told: Told) -> list[tuple[str, str]]:
    claims = [claim for month in told.months for claim in month.claims]
    return [
        ("Beviljat", _hours(sum(claim.granted_28ths for claim in claims))),
        ("Redovisat", _hours(sum(claim.reported_28ths for claim in claims))),
        ("Ersätts", _hours(sum(claim.payable_28ths for claim in claims))),
        ("Nekas", _hours(sum(claim.refused_28ths for claim in claims))),
        ("Belopp", kronor_text(sum(claim.total_ore for claim in claims))),
    ]


def _hours(parts: int) -> str:
    return hours_text(parts // PARTS_PER_MINUTE)


_NO_EXAMPLES = Fault(
    code="examples_not_found",
    message="Mappen med exempelkommuner finns inte.",
    remedy="Kör från en klon av Timvis, eller ange mappen med --examples.",
)
_PRODUCTION = Fault(
    code="demo_in_production",
    message="TIMVIS_MODE är production; demonstrationen har en påhittad bank och körs inte där.",
    remedy="Kör demonstrationen på en annan dator, eller ta bort TIMVIS_MODE.",
)
_NOT_OURS = Fault(
    code="folder_is_not_the_demos",
    message="Mappen som TIMVIS_HOME pekar på innehåller något annat än en demonstration.",
    remedy="Flytta det, eller välj en annan mapp med TIMVIS_HOME.",
)

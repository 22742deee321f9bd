"""`timvis`: every noun of the command line, in the order a month travels.

A noun's module is imported when somebody asks for the noun, so that `timvis law show` never pays for the
database and `timvis --help` pays for nothing. To add a noun: write `cli/<noun>.py` with a `typer.Typer` named
`app`, and add one row to `NOUNS`. A noun with a single verb that must be written out (`timvis audit verify`)
needs an `@app.callback()`; without it Typer takes the only command for the noun itself (`timvis migrate`).
A noun that needs the database says `database=True` in its row: then Django is started before its module is
imported, and the module may import models at its top like any other. A noun that rests on an optional package
names it as `extra`.
"""

import sys
import traceback
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from timvis.cli.answer import OUR_MISTAKE, UNREADABLE, messages, print_json
from timvis.config.environment import WrongEnvironment
from timvis.core.faults import Fault
from timvis.formats.packaged import PackagedDataIsFaulty


@dataclass(frozen=True, slots=True)
class Noun:
    """One row of the command line: what is written, where it lives, and what `--help` says about it."""

    name: str
    module: str
    help: str
    database: bool = False
    extra: str = ""


NOUNS = (
    Noun("demo", "timvis.cli.demo", "Exempelkommunernas månader genom de sju stationerna."),
    Noun("law", "timvis.cli.law", "Lagens tal: vad som gäller en viss dag, och varför."),
    Noun("review", "timvis.cli.review", "Granskar en tidrapport utan databas."),
    Noun("calculate", "timvis.cli.calculate", "Räknar ut ett belopp ur ett fall och förklarar det."),
    Noun("calendar", "timvis.cli.calendar", "Vardagar, förfallodagar och tider."),
    Noun("elt", "timvis.cli.elt", "Elektronisk tidsredovisning: skriver, prövar och gör redo att skriva under."),
    Noun("payment-file", "timvis.cli.payment_file", "Prövar en betalfil mot schema och bankens regler."),
    Noun("invoice", "timvis.cli.invoice", "Prövar en e-faktura mot de officiella reglerna och våra egna."),
    Noun("sie", "timvis.cli.sie", "Prövar en SIE-fil: går den att läsa, går verifikaten ihop?"),
    Noun("standards", "timvis.cli.standards", "Officiella regelverk och scheman som är installerade."),
    Noun("routine", "timvis.cli.routine", "Prövar en kommuns rutin, eller visar hur den kan brytas."),
    Noun("policy", "timvis.cli.policy", "Vem som får göra vad, med skäl."),
    Noun("bulk", "timvis.cli.bulk", "Samma regler över en hel befolkning.", extra="duckdb"),
    Noun(
        "migrate",
        "timvis.cli.migrate",
        "Lägger upp databasen och skydden för det som aldrig får ändras.",
        database=True,
    ),
    Noun(
        "seed",
        "timvis.cli.seed",
        "En påhittad kommun i verklig storlek, att pröva med.",
        database=True,
        extra="duckdb",
    ),
    Noun("serve", "timvis.cli.serve", "Startar webbplatsen; i övningsläge med egna data och egen inloggning."),
    Noun("work", "timvis.cli.work", "Det klockan gör: påminner om handlingar och förseglar loggen.", database=True),
    Noun("routes", "timvis.cli.routes", "Webbens adresser, och vem som kommer in på var och en.", database=True),
    Noun("doctor", "timvis.cli.doctor", "Prövar om installationen är sund.", database=True),
    Noun(
        "attest",
        "timvis.cli.attest",
        "Vem som kunde attestera en viss dag, och intyg på det som är attesterat.",
        database=True,
    ),
    Noun("delegation", "timvis.cli.delegation", "Vem som kunde besluta för nämnden en viss dag.", database=True),
    Noun("visits", "timvis.cli.visits", "Besök i hemtjänsten: läser in det utförarna har registrerat.", database=True),
    Noun("decisions", "timvis.cli.decisions", "Räknar om varje belopp som någonsin beslutats.", database=True),
    Noun("payments", "timvis.cli.payments", "Betalningar till banken, och bankens svar.", database=True),
    Noun("turns", "timvis.cli.turns", "Turordningen för den som inte väljer utförare av hemtjänst.", database=True),
    Noun(
        "state-reports",
        "timvis.cli.state_reports",
        "Kön av tidsredovisningar till Försäkringskassan.",
        database=True,
    ),
    Noun("ledger", "timvis.cli.ledger", "Prövar att bokföringen går ihop.", database=True),
    Noun("report", "timvis.cli.report", "Listor för den som kontrollerar i efterhand.", database=True),
    Noun(
        "audit",
        "timvis.cli.audit",
        "Loggen: försegla, spara en kontrollpunkt, pröva att den är hel.",
        database=True,
    ),
)
"""Every noun, in the order `--help` lists them."""


class LazyGroup(TyperGroup):
    """A group that lists its nouns from `NOUNS` and imports a noun's module when it is run."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        for noun in NOUNS:
            self.commands.setdefault(noun.name, TyperCommand(noun.name, help=noun.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name, the noun's own command and the rest of the arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        for noun in NOUNS:
            if noun.name == name:
                command = load(noun)
        return name, command, rest


def load(noun: Noun) -> Any:
    """Return a noun's command, its module imported now, and the models ready where it needs them.

    Raises `WrongEnvironment` when the noun rests on a package that is not installed.
    """
    if noun.extra and find_spec(noun.extra) is None:
        raise WrongEnvironment(
            f"`timvis {noun.name}` behöver paketet {noun.extra}. Installera det med `pip install timvis[bulk]`."
        )
    if noun.database:
        import_module("timvis.cli.database")
    return typer.main.get_command(import_module(noun.module).app)


app = typer.Typer(
    name="timvis",
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Timvis tar en timme omsorg från beviljad till utförd till betald.",
)


@app.callback()
def timvis() -> None:
    """Hold the nouns together; Typer asks for a callback when every command is loaded later."""


def run() -> None:
    """Run the command line. Whatever goes wrong ends with a sentence and an exit code, never a stack trace."""
    try:
        # Outside Typer's own mode the exit code comes back, and a call that cannot be read is raised.
        code = app(standalone_mode=False)
    except WrongEnvironment as wrong:
        code = _say("environment", str(wrong), UNREADABLE)
    except Exception as error:
        code = _say_error(error)
    sys.exit(code or 0)


def _say_error(error: Exception) -> int:
    """Return the exit code after one sentence: about the call if Typer could not read it, else about us."""
    format_message = getattr(error, "format_message", None)
    if format_message is not None:
        told = str(format_message())
        return _say("call", f"Anropet går inte att läsa: {told} Kör `timvis --help`.", UNREADABLE, quiet=not told)
    if isinstance(error, PackagedDataIsFaulty):
        # The package's own files name no person, and who just wrote one needs the line.
        return _say("packaged_data", f"En av Timvis egna datafiler går inte att läsa. {error}", OUR_MISTAKE)
    frames = traceback.extract_tb(error.__traceback__)
    where = next(frame for frame in reversed(frames) if "timvis" in Path(frame.filename).parts)
    # Not the error's own text: a database's may quote the row, and with it a person.
    return _say(
        "our_mistake",
        f"Timvis gjorde fel ({type(error).__name__} i {Path(where.filename).name} rad {where.lineno}). "
        "Inget av det påbörjade steget sparades. Kör `timvis doctor` och lämna meddelandet till förvaltningen.",
        OUR_MISTAKE,
    )


def _say(code: str, message: str, exit_code: int, *, quiet: bool = False) -> int:
    if "--json" in sys.argv:
        print_json({"faults": [asdict(Fault(code=code, message=message, remedy=""))]})
    if not quiet:
        messages.print(message, markup=False)
    return exit_code

"""March 2026 in the town: Alma's help is ordered of Ekot, and Elsa hands in what was done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from tests.apps.home_orders.town import Town, a_town, at, placed
from tests.cast import ALMA_NUMBER
from timvis.apps.home_orders import actions as home_orders
from timvis.apps.visits import actions
from timvis.apps.visits.actions import HandedIn, VisitsFile
from timvis.apps.visits.models import Way
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of, instant
from timvis.core.faults import Fault, Refusal
from timvis.formats.home_care_visits.read import read_visits

MARCH = date(2026, 3, 1)
STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
APRIL_FIRST = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
HEADINGS = (
    "besoks_id;system;personnummer;insats;status;start;slut;planerad_start;planerat_slut;personal;registrering;orsak;"
    "delas_av;sweref_n;sweref_e;minuter"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """The town, and Alma's order at Ekot, begun on Monday 2 March."""

    town: Town
    order_id: int

    @property
    def elsa(self) -> Actor:
        """Ekot's administrator, who has just logged in."""
        return at(self.town.cast.elsa, APRIL_FIRST)

    @property
    def ekot_id(self) -> int:
        """The provider."""
        return self.town.cast.ekot_id


def a_visited_town() -> Visited:
    """Return the town with Alma's order begun."""
    town = a_town()
    order_id = placed(town)
    elsa = at(town.cast.elsa, STARTED)
    began = home_orders.start_service(elsa, order_id, started_at=instant(STARTED.date(), 10 * 60), now=STARTED)
    assert not isinstance(began, Refusal), began
    return Visited(town=town, order_id=order_id)


def row(key: object = 1, **says: object) -> str:
    """Return a row of the table: Alma visited for three quarters of an hour by P7, unless it says otherwise."""
    told: dict[str, object] = {
        "besoks_id": key,
        "system": "Mobil",
        "personnummer": ALMA_NUMBER,
        "insats": "home_care",
        "status": "utfört",
        "start": "2026-03-03 08:05",
        "slut": "2026-03-03 08:50",
        "personal": "P7",
        "registrering": "mobil",
        **says,
    }
    return ";".join(str(told.get(heading, "")) for heading in HEADINGS.split(";"))


def file_of(*rows: str, now: datetime = APRIL_FIRST) -> VisitsFile:
    """Return a file with some rows."""
    content = "\n".join((HEADINGS, *rows)).encode()
    return VisitsFile(
        way=Way.FILE,
        read=partial(_read, content, now),
        content=content,
        name="mars.csv",
        media_type="text/csv",
    )


def _read(content: bytes, now: datetime, ordered: object) -> object:
    return read_visits(content, "mars.csv", ordered, today=day_of(now))  # type: ignore[arg-type]


def hand_in(
    visited: Visited, *rows: str, correction: str = "", actor: Actor | None = None, now: datetime = APRIL_FIRST
) -> HandedIn | Refusal | tuple[Fault, ...]:
    """Return what becomes of some rows that Elsa hands in."""
    return actions.hand_in_visits(
        actor or visited.elsa, visited.ekot_id, file_of(*rows), now=now, correction=correction
    )


def handed_in(visited: Visited, *rows: str, correction: str = "") -> HandedIn:
    """Return what came of rows that are in order."""
    outcome = hand_in(visited, *rows, correction=correction)
    assert isinstance(outcome, HandedIn), outcome
    return outcome


def faults(visited: Visited, *rows: str, correction: str = "") -> list[tuple[str, int | None]]:
    """Return the codes and lines of what is wrong with some rows."""
    outcome = hand_in(visited, *rows, correction=correction)
    assert isinstance(outcome, tuple), outcome
    return [(fault.code, fault.line) for fault in outcome]

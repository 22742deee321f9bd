"""A month of home care in a city: who has help, from whom, and every visit as the providers' systems would tell it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from timvis.cli.seeding.invented import nobodys_number

RECIPIENTS, VISITS, PROVIDERS = 3_450, 210_000, 15
"""A city of some 150 000 inhabitants: 61 visits a month to each who has help."""

MONTH_ON = date(2026, 3, 1)
SERVICES = ("home_care", "service")
HEADINGS = (
    "besoks_id;system;personnummer;insats;status;start;slut;planerad_start;planerat_slut;personal;registrering;orsak"
)

_DAYS = 31
_EACH_CARER, _FIRST_HOUR = 4, 7
_SEED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """Somebody who has help from a provider, by their numbers in the month, and how many visits she gets of whom."""

    number: str
    provider: int
    visits: int
    carer: int
    first_hour: int


def helped(recipients: int = RECIPIENTS, visits: int = VISITS) -> tuple[Helped, ...]:
    """Return who has help: the visits are spread as evenly as they can be."""
    each, over = divmod(visits, recipients)
    return tuple(
        Helped(
            number=nobodys_number(nth),
            provider=nth % PROVIDERS,
            visits=each + (nth < over),
            carer=nth // PROVIDERS // _EACH_CARER,
            first_hour=_FIRST_HOUR + nth // PROVIDERS % _EACH_CARER,
        )
        for nth in range(recipients)
    )


def table(persons: tuple[Helped, ...], seed: int = _SEED) -> bytes:
    """Return the visits to some persons in the open layout, as text: the file that a provider's system hands in."""
    drawn = Random(seed)
    rows = (row for person in persons for row in _rows(person, drawn))
    return "\n".join((HEADINGS, *rows)).encode()


def _rows(person: Helped, drawn: Random) -> Iterator[str]:
    told = 0
    for day in range(_DAYS):
        on = MONTH_ON + timedelta(days=day)
        upto = (day + 1) * person.visits // _DAYS
        # Each of a carer's persons has hours of her own, so that nobody is in two places at once.
        for hour in range(person.first_hour, person.first_hour + _EACH_CARER * (upto - told), _EACH_CARER):
            yield f"{person.number[-6:]}-{told};Mobil;{person.number};{_visit(person, f'{on} {hour:02d}', drawn)}"
            told += 1


def _visit(person: Helped, hour: str, drawn: Random) -> str:
    start, minutes = drawn.randrange(0, 20), drawn.randrange(15, 40)
    when = f"{hour}:{start:02d};{hour}:{start + minutes:02d};{hour}:00;{hour}:{drawn.choice((15, 30, 30, 45)):02d}"
    service, state = drawn.choice(SERVICES), drawn.choices(("utfört", "avbokat", "planerat"), (95, 4, 1))[0]
    carer = f"P{person.carer};{drawn.choices(('mobil', 'hand'), (9, 1))[0]};"
    told = {"utfört": carer, "avbokat": ";;Läkarbesök", "planerat": ";;"}
    return f"{service};{state};{when};{told[state]}"

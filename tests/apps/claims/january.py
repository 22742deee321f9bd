"""Alma's January 2021 as Ekot AB hands it in: a table of Björn's shifts, with or without something wrong."""

from datetime import date, datetime, timedelta

from tests.apps.signed_months import JANUARY, law
from tests.cast import ALMA_NUMBER, BJORN_NUMBER, EKOT_NUMBER, ELSA_NUMBER, NOW, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.actions import Reviewed
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month
from timvis.apps.claims.models import Claim
from timvis.core.faults import Fault, Refusal

HEADINGS = (
    "redovisningsmanad;brukare_personnummer;brukare_namn;assistent_personnummer;assistent_namn;dag;fran;till;typ;"
    "organisationsnummer;assistent_underskrift_datum;chef_underskrift_datum;chef_personnummer;chef_namn"
)
EIGHT_TO_FOUR = ("08.00", "16.00")


def a_file(
    *days: int,
    times: tuple[str, str] = EIGHT_TO_FOUR,
    assistant: str = BJORN_NUMBER,
    month: date = JANUARY,
    is_signed: bool = True,
    name: str = "bjorn.csv",
) -> HandedFile:
    """Return a file with one shift on each day."""
    signed = f"{month + timedelta(days=31)}" if is_signed else ""
    rows = [
        f"{month:%Y-%m};{ALMA_NUMBER};Alma Åkesson;{assistant};Björn Berg;{day};{times[0]};{times[1]};aktiv;"
        f"{EKOT_NUMBER};{signed};{month + timedelta(days=31)};{ELSA_NUMBER};Elsa Ek"
        for day in days
    ]
    return HandedFile(name=name, content="\r\n".join([HEADINGS, *rows, ""]).encode("utf-8-sig"))


def january_of(
    cast: Cast, *files: HandedFile, corrects: bool = False, refers_to: str | None = None, month: date = JANUARY
) -> Month:
    """Return the month with some files."""
    return Month(
        recipient_id=cast.recipient_id,
        provider_id=cast.ekot_id,
        month_on=month,
        files=files,
        corrects=corrects,
        refers_to=refers_to,
    )


def elsa_hands_in(
    cast: Cast, *files: HandedFile, corrects: bool = False, refers_to: str | None = None, now: datetime = NOW
) -> HandedIn | Refusal | tuple[Fault, ...]:
    """Return what comes of Elsa's handing in files for January."""
    month = january_of(cast, *files, corrects=corrects, refers_to=refers_to)
    return claims.hand_in(cast.elsa, month, now=now)


def a_handed_in_claim(cast: Cast, *files: HandedFile) -> str:
    """Return the number of Alma's January, handed in."""
    handed = elsa_hands_in(cast, *(files or (a_file(4),)))
    assert isinstance(handed, HandedIn), handed
    return handed.claim_number


def review(cast: Cast, number: str, *, now: datetime = NOW) -> Reviewed:
    """Return Cecilia's review."""
    return ok(claims.review_claim(cast.cecilia, number, law=law(), now=now))


def in_the_register(number: str) -> Claim:
    """Return a claim as it stands now."""
    return Claim.objects.get(number=number)

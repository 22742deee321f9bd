"""The columns of a time report as a table, and the headings they are known by."""

import difflib
import re
import unicodedata
from enum import StrEnum

PERIODS = 6
"""The paper form has room for six reference periods."""


class Column(StrEnum):
    """A column; its value is the heading we write."""

    MONTH = "redovisningsmanad"
    RECIPIENT_NUMBER = "brukare_personnummer"
    RECIPIENT_NAME = "brukare_namn"
    ASSISTANT_NUMBER = "assistent_personnummer"
    ASSISTANT_NAME = "assistent_namn"
    DAY = "dag"
    FROM = "fran"
    TO = "till"
    KIND = "typ"
    ACTIVE = "aktiv"
    WAITING = "vantetid"
    STANDBY = "beredskap"
    AGREEMENT = "kollektivavtal"
    EMPLOYER_KIND = "arbetsgivare_typ"
    EMPLOYER_NUMBER = "organisationsnummer"
    PERIOD_1_FROM = "berakningsperiod_fran"
    PERIOD_1_TO = "berakningsperiod_till"
    PERIOD_2_FROM = "berakningsperiod_2_fran"
    PERIOD_2_TO = "berakningsperiod_2_till"
    PERIOD_3_FROM = "berakningsperiod_3_fran"
    PERIOD_3_TO = "berakningsperiod_3_till"
    PERIOD_4_FROM = "berakningsperiod_4_fran"
    PERIOD_4_TO = "berakningsperiod_4_till"
    PERIOD_5_FROM = "berakningsperiod_5_fran"
    PERIOD_5_TO = "berakningsperiod_5_till"
    PERIOD_6_FROM = "berakningsperiod_6_fran"
    PERIOD_6_TO = "berakningsperiod_6_till"
    ASSISTANT_SIGNED_ON = "assistent_underskrift_datum"
    MANAGER_SIGNED_ON = "chef_underskrift_datum"
    MANAGER_NUMBER = "chef_personnummer"
    MANAGER_NAME = "chef_namn"
    SUM_ACTIVE_HOURS = "summa_aktiv_tim"
    SUM_ACTIVE_MINUTES = "summa_aktiv_min"
    SUM_WAITING_HOURS = "summa_vantetid_tim"
    SUM_WAITING_MINUTES = "summa_vantetid_min"
    SUM_STANDBY_HOURS = "summa_beredskap_tim"
    SUM_STANDBY_MINUTES = "summa_beredskap_min"
    NOTE = "anteckning"


PERIOD_COLUMNS: tuple[tuple[Column, Column], ...] = tuple(
    (Column[f"PERIOD_{number}_FROM"], Column[f"PERIOD_{number}_TO"]) for number in range(1, PERIODS + 1)
)

_OTHER_HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.MONTH: ("År och månad", "Månad", "Redovisningsmånad", "År-månad"),
    Column.RECIPIENT_NUMBER: (
        "Personnummer",
        "Brukarens personnummer",
        "Personnummer brukare",
        "Brukare pnr",
    ),
    Column.RECIPIENT_NAME: ("Brukare", "Brukarens namn", "Namn brukare", "Förnamn och efternamn"),
    Column.ASSISTANT_NUMBER: ("Assistentens personnummer", "Personnummer assistent", "Assistent pnr"),
    Column.ASSISTANT_NAME: ("Assistent", "Assistentens namn", "Namn assistent"),
    Column.DAY: ("Datum",),
    Column.FROM: ("Från och med klockan", "Från tid", "Från kl", "Starttid", "Start", "Klockan från"),
    Column.TO: ("Till tid", "Till kl", "Sluttid", "Slut", "Klockan till"),
    Column.KIND: ("Tidstyp", "Typ av tid", "Slag av tid"),
    Column.ACTIVE: ("Aktiv tid",),
    Column.WAITING: ("Jour", "Jourtid"),
    Column.STANDBY: ("Beredskapstid",),
    Column.AGREEMENT: ("Omfattas av kollektivavtal",),
    Column.EMPLOYER_KIND: ("Arbetsgivartyp", "Typ av arbetsgivare"),
    Column.EMPLOYER_NUMBER: (
        "Organisationsnummer anordnare",
        "Anordnarens organisationsnummer",
        "Orgnr",
        "Org nr",
    ),
    Column.PERIOD_1_FROM: ("Beräkningsperiod från och med", "Beräkningsperiod 1 från"),
    Column.PERIOD_1_TO: ("Beräkningsperiod till och med", "Beräkningsperiod 1 till"),
    Column.ASSISTANT_SIGNED_ON: ("Assistentens underskrift datum", "Underskrift assistent"),
    Column.MANAGER_SIGNED_ON: ("Chefens underskrift datum", "Underskrift chef", "Underskrift anordnare"),
    Column.MANAGER_NUMBER: ("Chefens personnummer",),
    Column.MANAGER_NAME: ("Chef", "Chefens namn"),
    Column.SUM_ACTIVE_HOURS: ("Summa aktiv tid timmar", "Summa aktiv timmar"),
    Column.SUM_ACTIVE_MINUTES: ("Summa aktiv tid minuter", "Summa aktiv minuter"),
    Column.SUM_WAITING_HOURS: ("Summa väntetid timmar", "Summa jour tim"),
    Column.SUM_WAITING_MINUTES: ("Summa väntetid minuter", "Summa jour min"),
    Column.SUM_STANDBY_HOURS: ("Summa beredskap timmar", "Summa beredskapstid timmar"),
    Column.SUM_STANDBY_MINUTES: ("Summa beredskap minuter", "Summa beredskapstid minuter"),
    Column.NOTE: ("Kommentar", "Anmärkning"),
}


def plain(heading: str) -> str:
    """Return a heading as it is compared: without case, accents, and what separates its words."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"[^a-z0-9]+", "_", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip(
        "_"
    )


_BY_HEADING: dict[str, Column] = {
    plain(heading): column for column in Column for heading in (column.value, *_OTHER_HEADINGS.get(column, ()))
}


def column_of(heading: str) -> Column | None:
    """Return the column that a heading names, or None."""
    return _BY_HEADING.get(plain(heading))


def nearest(heading: str) -> Column | None:
    """Return the column whose heading looks most like this one, or None when nothing comes close."""
    close = difflib.get_close_matches(plain(heading)[:60], _BY_HEADING, n=1)
    return _BY_HEADING[close[0]] if close else None

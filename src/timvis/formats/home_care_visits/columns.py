"""The columns of a table of visits, and the headings they are known by."""

from collections.abc import Mapping
from enum import StrEnum

from timvis.formats.sick_cost_papers.columns import Layout
from timvis.formats.time_report_table.columns import plain

MOST_ROWS = 250_000
"""A month of visits in a large municipality is some two hundred thousand."""


class VisitColumn(StrEnum):
    """A column; its value is the heading we write."""

    KEY = "besoks_id"
    SYSTEM = "system"
    RECIPIENT = "personnummer"
    SERVICE = "insats"
    STATE = "status"
    START = "start"
    END = "slut"
    PLANNED_START = "planerad_start"
    PLANNED_END = "planerat_slut"
    MINUTES = "minuter"
    STAFF = "personal"
    REGISTERED = "registrering"
    REASON = "orsak"
    NOTICED = "besked"
    SHARED_BY = "delas_av"
    NORTHING = "sweref_n"
    EASTING = "sweref_e"
    NOTE = "anteckning"


_OTHERS: Mapping[VisitColumn, tuple[str, ...]] = {
    VisitColumn.KEY: ("Besöksnummer", "Besök", "Id"),
    VisitColumn.SYSTEM: ("Källsystem", "Från system"),
    VisitColumn.RECIPIENT: ("Kundens personnummer", "Brukarens personnummer", "Kund pnr", "Brukare pnr"),
    VisitColumn.SERVICE: ("Tjänst", "Aktivitet"),
    VisitColumn.STATE: ("Besöksstatus", "Utfall"),
    VisitColumn.START: ("Utförd start", "Starttid"),
    VisitColumn.END: ("Utfört slut", "Sluttid"),
    VisitColumn.PLANNED_START: ("Planerad starttid",),
    VisitColumn.PLANNED_END: ("Planerad sluttid",),
    VisitColumn.MINUTES: ("Antal minuter", "Tid (min)"),
    VisitColumn.STAFF: ("Anställd", "Medarbetare", "Personal-id"),
    VisitColumn.REGISTERED: ("Registreringssätt", "Registrerat"),
    VisitColumn.REASON: ("Avbokningsorsak", "Avvikelseorsak"),
    VisitColumn.NOTICED: ("Avbokat", "Besked lämnat", "Avbokningstid"),
    VisitColumn.SHARED_BY: ("Antal i hushållet",),
    VisitColumn.NORTHING: ("N", "Northing"),
    VisitColumn.EASTING: ("E", "Easting"),
    VisitColumn.NOTE: ("Kommentar", "Anmärkning"),
}

VISITS = Layout(
    name="besök i hemtjänsten",
    by_heading={
        plain(heading): column for column in VisitColumn for heading in (column.value, *_OTHERS.get(column, ()))
    },
    needed=tuple(
        (column,)
        for column in (
            VisitColumn.KEY,
            VisitColumn.RECIPIENT,
            VisitColumn.SERVICE,
            VisitColumn.STATE,
            VisitColumn.START,
            VisitColumn.END,
        )
    ),
    most_rows=MOST_ROWS,
)

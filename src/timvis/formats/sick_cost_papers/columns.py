"""The columns of each paper and the headings that employers' systems give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from timvis.formats.time_report_table.columns import plain


class PaperColumn(StrEnum):
    """A column of a paper; its value is the heading we would write."""

    ON = "datum"
    FROM = "från"
    TO = "till"
    ENDS_ON = "slutdatum"
    SPAN = "tid"
    HOURS = "timmar"
    KIND = "typ"
    WHO_NUMBER = "personnummer"
    WHO_NAME = "namn"
    ABSENCE = "frånvaro"
    SUBSTITUTE = "vikarie"
    ELSEWHERE = "annan brukare"
    SUPPLEMENT = "tillägg"
    SUPPLEMENT_RATE = "tillägg kr per timme"
    ILL = "sjuk"
    PAY_KIND = "benämning"
    PAY_CODE = "löneart"
    QUANTITY = "antal"
    UNIT = "enhet"
    RATE = "à-pris"
    AMOUNT = "belopp"
    PERIOD = "period"
    PERIOD_FROM = "från och med"
    PERIOD_TO = "till och med"
    IGNORED = "anteckning"
    """What everybody has and nobody needs; left out without a word."""


MOST_ROWS = 10_000
"""Half a year's substitutes for one recipient are some hundred rows."""

Headings = Mapping[PaperColumn, tuple[str, ...]]

_WHEN: Headings = {
    PaperColumn.ON: ("Dag", "Arbetsdag", "Arbetsdatum", "Datum för pass", "Passdatum", "Startdatum", "Date"),
    PaperColumn.FROM: ("Från kl", "Från tid", "Fr", "Start", "Starttid", "Börjar", "Klockan från", "Passets start"),
    PaperColumn.TO: ("Till kl", "Till tid", "T", "Slut", "Sluttid", "Slutar", "Klockan till", "Passets slut"),
    PaperColumn.ENDS_ON: ("Till datum", "Slutdag", "Datum slut"),
    PaperColumn.SPAN: ("Arbetspass", "Pass", "Klockslag", "Schemalagd tid", "Arbetstid", "Från–till"),
    PaperColumn.KIND: ("Tidstyp", "Typ av tid", "Slag av tid", "Passtyp"),
    PaperColumn.WHO_NUMBER: ("Pnr", "Anställningsnummer", "Anst nr", "Anstnr", "Assistentens personnummer"),
    PaperColumn.WHO_NAME: ("Assistent", "Assistentens namn", "Anställd", "Personal", "Medarbetare"),
    PaperColumn.IGNORED: ("Veckodag", "Vecka", "Kommentar", "Anmärkning", "Nr", "Rad", "Brukare", "Kund"),
}

SCHEDULE_HEADINGS: Headings = {
    **_WHEN,
    PaperColumn.HOURS: ("Tim", "Antal timmar", "Arbetade timmar", "Schemalagda timmar", "Passets timmar"),
    PaperColumn.ABSENCE: ("Frånvaroorsak", "Orsak", "Status", "Sjuk", "Sjukfrånvaro"),
    PaperColumn.SUBSTITUTE: ("Vikarie fanns", "Täckt av vikarie", "Ersatt av vikarie"),
    PaperColumn.ELSEWHERE: ("Hos annan brukare", "Annan kund"),
    PaperColumn.SUPPLEMENT: ("OB", "OB-tillägg", "OB-slag", "Tilläggets namn"),
    PaperColumn.SUPPLEMENT_RATE: (
        "OB kr/tim",
        "OB per timme",
        "OB kr per timme",
        "Tillägg per timme",
        "Tillägg kr/tim",
    ),
}

SUBSTITUTE_HEADINGS: Headings = {
    **_WHEN,
    PaperColumn.WHO_NUMBER: (*_WHEN[PaperColumn.WHO_NUMBER], "Vikariens personnummer", "Vikarie pnr"),
    PaperColumn.WHO_NAME: (*_WHEN[PaperColumn.WHO_NAME], "Vikarie", "Vikariens namn"),
    PaperColumn.ILL: ("Var sjuk", "Vikarien sjuk", "Frånvaro", "Sjukfrånvaro"),
    PaperColumn.IGNORED: (*_WHEN[PaperColumn.IGNORED], "Timmar", "Antal timmar", "Tim", "Ersätter", "Vikarie för"),
}

PAYSLIP_HEADINGS: Headings = {
    PaperColumn.PAY_KIND: ("Lönearttext", "Löneartsbenämning", "Text", "Beskrivning", "Specifikation", "Avser"),
    PaperColumn.PAY_CODE: ("Lart", "Löneartsnummer", "Löneartsnr", "Löneartskod", "Kod"),
    PaperColumn.HOURS: ("Antal timmar", "Antal tim", "Tim", "Tid"),
    PaperColumn.QUANTITY: ("Kvantitet", "Mängd"),
    PaperColumn.UNIT: ("Sort", "Enh"),
    PaperColumn.RATE: ("A-pris", "Apris", "Á-pris", "Pris", "À", "Timpris", "Pris per timme"),
    PaperColumn.AMOUNT: ("Summa", "Belopp kr", "Summa kr", "Lön", "Kronor"),
    PaperColumn.PERIOD: ("Datum", "Löneperiod", "Avser period", "Datum/period"),
    PaperColumn.PERIOD_FROM: ("Fr o m", "From", "Fr.o.m", "Från", "Datum från", "Från datum"),
    PaperColumn.PERIOD_TO: ("T o m", "Tom", "T.o.m", "Till", "Datum till", "Till datum"),
    PaperColumn.IGNORED: ("Kommentar", "Anmärkning", "Konto", "Kostnadsställe", "Projekt", "Nr", "Rad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a paper is called, the column of each heading, and the columns of which each group needs one."""

    name: str
    by_heading: Mapping[str, StrEnum]
    needed: tuple[tuple[StrEnum, ...], ...]
    most_rows: int = MOST_ROWS

    def column_of(self, heading: str) -> StrEnum | None:
        """Return the column that a heading names in this paper, or None."""
        return self.by_heading.get(plain(heading))


def layout(name: str, headings: Headings, *needed: tuple[PaperColumn, ...]) -> Layout:
    """Return a paper's layout; of two columns with the same heading the first has it."""
    by_heading: dict[str, PaperColumn] = {}
    for column, others in headings.items():
        for heading in (column.value, *others):
            by_heading.setdefault(plain(heading), column)
    return Layout(name=name, by_heading=by_heading, needed=needed)


SCHEDULE = layout(
    "ett schema",
    SCHEDULE_HEADINGS,
    (PaperColumn.ON, PaperColumn.FROM),
    (PaperColumn.FROM, PaperColumn.SPAN, PaperColumn.HOURS),
)
SUBSTITUTES = layout(
    "vikariers pass",
    SUBSTITUTE_HEADINGS,
    (PaperColumn.ON, PaperColumn.FROM),
    (PaperColumn.FROM, PaperColumn.SPAN),
)
PAYSLIP = layout(
    "ett lönebesked",
    PAYSLIP_HEADINGS,
    (PaperColumn.PAY_KIND, PaperColumn.PAY_CODE),
    (PaperColumn.AMOUNT, PaperColumn.HOURS, PaperColumn.QUANTITY, PaperColumn.RATE),
)

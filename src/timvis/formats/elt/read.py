"""ELT bytes to a time report, or every fault: what the schema refuses, and what it wrongly lets through."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from lxml import etree

from timvis.core.calendar.local_time import ClockProblem, span
from timvis.core.faults import Fault
from timvis.core.records import ReportRow, TimeKind, TimeReport
from timvis.formats import numbers, safe_xml
from timvis.formats.clock_faults import ORDINARY_DAY, is_about_start, month_wrong
from timvis.formats.elt import schema, values
from timvis.formats.elt.structure import Children, Document, line_of, name_of
from timvis.formats.handed_in import MAX_ROWS, Read, Wrong, shown
from timvis.formats.xml_schema import faults_of

_KINDS = {"aktivTid": TimeKind.ACTIVE, "vanteTid": TimeKind.WAITING, "beredskapsTid": TimeKind.STANDBY}
_MARKS_PER_ROW = 16
"""A row is five elements, so ten "<": a document with more marks than this per allowed row is refused unread."""


def document_in(content: bytes) -> etree._Element | Fault:
    """Return the root of a document that says it is a time report, or why there is none to look at."""
    if content.count(b"<") + content.count(b"=") > MAX_ROWS * _MARKS_PER_ROW:
        wrong = Wrong("too_many_rows", f"Filen har fler än {MAX_ROWS} rader.", "Skriv en rapport per månad.")
        return wrong.at(1, None)
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return root
    return root if root.tag == f"{{{schema.NAMESPACE}}}{schema.ROOT}" else _not_elt(root)


def read(content: bytes, *, today: date) -> Read:
    """Return the one report of a document, or everything that is wrong with it.

    The reference periods come back half-open, the two names as one, and the telephone numbers not at all.
    ELT holds no signatures: they travel beside the report.
    """
    root = document_in(content)
    if isinstance(root, Fault):
        return Read(faults=(root,))
    document = Document()
    report = _report(document, root, today=today)
    if report is not None:
        # Whatever we overlook, the receiver's schema does not: what passes here must pass there.
        faults = faults_of(root, schema.schema())
        return Read(faults=faults) if faults else Read(reports=(report,))
    return Read(faults=tuple(sorted(document.faults, key=lambda fault: fault.line or 0)))


def _not_elt(root: etree._Element) -> Fault:
    return Wrong(
        "not_a_time_report",
        f"Filen är XML men ingen tidredovisning: den börjar med {shown(name_of(root))}.",
        f"Lämna in en fil som börjar med {schema.ROOT} i Försäkringskassans namnrymd.",
    ).at(1, shown(name_of(root)))


def _report(document: Document, root: etree._Element, *, today: date) -> TimeReport | None:
    """Return the report; None, with the faults in the document, when something was wrong."""
    found = document.children(root, schema.TIME_REPORT)
    key = document.value(found, "id", values.identity)
    month_on = document.value(found, "redovisningsmanad", values.month)
    recipient = _inside(document, found, "personSomHarAssistans", schema.RECIPIENT)
    assistant = _inside(document, found, "assistent", schema.ASSISTANT)
    recipient_number = document.value(recipient, "personnummer", partial(numbers.twelve_digits, today=today))
    assistant_number = _assistant_number(document, assistant, today=today)
    has_agreement = document.value(assistant, "kollektivavtal", values.boolean)
    recipient_name, assistant_name = _name(document, recipient), _name(document, assistant)
    is_own_employer = document.value(found, "anstalldAvPersonSomHarAssistans", values.flag)
    employer_number = _employer_number(document, found, today=today)
    periods = _periods(document, found.get("berakningsperiod", ()))
    rows = _rows(document, found, month_on)
    for phone in ("telefonnummerAnordnare", "telefonnummerAssistent"):
        document.value(found, phone, values.phone)
    if document.faults or key is None or month_on is None:
        return None
    return TimeReport(
        key=key,
        month_on=month_on,
        recipient_number=recipient_number,
        recipient_name=recipient_name,
        assistant_number=assistant_number,
        assistant_name=assistant_name,
        rows=rows,
        employer_number=employer_number,
        is_own_employer=bool(is_own_employer),
        has_agreement=has_agreement,
        reference_periods=periods,
    )


def _inside(document: Document, found: Children, name: str, sequence: tuple[schema.Slot, ...]) -> Children:
    """Return the children of the first element of a name, none when it is missing."""
    return document.children(found[name][0], sequence) if name in found else {}


def _name(document: Document, person: Children) -> str | None:
    """Return first and last name as one text, None when the report gives neither."""
    parts = [document.value(person, part, values.name) for part in ("fornamn", "efternamn")]
    return " ".join(part for part in parts if part) or None


def _assistant_number(document: Document, assistant: Children, *, today: date) -> str | None:
    number = document.value(assistant, "personnummer", partial(numbers.twelve_digits, today=today))
    other = document.value(assistant, "samordningsnummer", partial(numbers.coordination, today=today))
    return number or other


def _employer_number(document: Document, found: Children, *, today: date) -> str | None:
    """Return the provider's number, also where somebody else is the assistant's employer.

    The number says who answers for the report; the other employer's is checked and left in the original.
    """
    provider = _inside(document, found, "assistansanordnare", schema.PROVIDER)
    organisation = partial(numbers.ten_digits, today=today)
    number = document.value(provider, "organisationsnummer", organisation)
    other = _inside(document, provider, "annanArbetsgivare", schema.OTHER_EMPLOYER)
    document.value(other, "organisationsnummer", organisation)
    for place, names in ((provider, ("anordnareNamn", "kontaktperson")), (other, ("arbetsgivareNamn",))):
        for name in names:
            document.value(place, name, values.name)
    document.value(provider, "telefonnummer", values.phone)
    for flag in ("assistentAnstalldAvAnordnare", "assistentEgenForetagare"):
        document.value(provider, flag, values.flag)
    return number


def _periods(document: Document, elements: Sequence[etree._Element]) -> tuple[tuple[date, date], ...]:
    """Return the reference periods, half-open; the document writes the last day, not the day after."""
    periods: list[tuple[date, date]] = []
    for element in elements:
        inside = document.children(element, schema.PERIOD)
        first = document.value(inside, "fromDag", values.iso_day)
        last = document.value(inside, "tomDag", values.iso_day)
        if first is None or last is None:
            continue
        period = (first, last + timedelta(days=1))
        if last < first:
            wrong = Wrong("period_ends_before_it_begins", "Beräkningsperioden slutar före den börjar.", "Rätta den.")
            document.object(element, wrong)
        if period in periods:
            wrong = Wrong("period_twice", "Samma beräkningsperiod står två gånger.", "Ta bort den ena.")
            document.object(element, wrong)
        periods.append(period)
    return tuple(periods)


# --- rows ---------------------------------------------------------------------------------------------


def _rows(document: Document, found: Children, month_on: date | None) -> tuple[ReportRow, ...]:
    inside = _inside(document, found, "tidrapport", schema.ROWS)
    elements = inside.get("rapportRad", [])
    if "tidrapport" in found and not elements:
        wrong = Wrong("no_rows", "Tidrapporten har inga rader med tid.", "Skicka bara rapporter med minst ett pass.")
        document.object(found["tidrapport"][0], wrong)
    if len(elements) > MAX_ROWS:
        wrong = Wrong("too_many_rows", f"Rapporten har fler än {MAX_ROWS} rader.", "Skriv en rapport per månad.")
        document.object(elements[MAX_ROWS], wrong)
        elements = elements[:MAX_ROWS]
    # A document on a single line has no lines to tell its rows apart by; then they are counted instead.
    lines = [line_of(element) for element in elements]
    if len(set(lines)) < len(lines):
        lines = list(range(1, len(lines) + 1))
    rows = (_row(document, element, month_on, line=line) for element, line in zip(elements, lines, strict=True))
    return tuple(row for row in rows if row is not None)


def _row(document: Document, element: etree._Element, month_on: date | None, *, line: int) -> ReportRow | None:
    found = document.children(element, schema.ROW)
    number = document.value(found, "dag", values.day_number)
    from_text = document.value(found, "fromTid", values.clock)
    to_text = document.value(found, "tomTid", values.clock)
    kinds = [kind for name, kind in _KINDS.items() if document.value(found, name, values.flag)]
    day = _day(document, found, month_on, number)
    if from_text is None or to_text is None:
        return None
    on = day or ORDINARY_DAY
    piece = span(on, from_text, to_text)
    if isinstance(piece, ClockProblem):
        name = "fromTid" if is_about_start(piece, on, from_text) else "tomTid"
        document.object(found[name][0], month_wrong(piece, on=on, from_text=from_text, to_text=to_text))
        return None
    if day is None or len(kinds) != 1:
        return None
    return ReportRow(line=line, kind=kinds[0], span=piece)


def _day(document: Document, found: Children, month_on: date | None, number: int | None) -> date | None:
    """Return the day of a row, None and a fault when the month has no such day."""
    if month_on is None or number is None:
        return None
    day = month_on + timedelta(days=number - 1)
    if day.month == month_on.month:
        return day
    wrong = Wrong("day_does_not_exist", f"Dag {number} finns inte i {month_on:%Y-%m}.", "Rätta dagen.")
    document.object(found["dag"][0], wrong)
    return None

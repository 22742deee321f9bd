"""A time report to ELT bytes in their canonical form, so that the file's own SHA-256 is the one to sign."""

from datetime import date, timedelta
from typing import Any

from lxml import etree

from timvis.core.calendar.local_time import clock_text
from timvis.core.faults import Fault
from timvis.core.identity import PERSONAL_DIGITS, is_coordination_number
from timvis.core.records import ReportRow, TimeKind, TimeReport
from timvis.formats.elt import values
from timvis.formats.elt.digest import canonical
from timvis.formats.elt.schema import NAMESPACE, ROOT
from timvis.formats.handed_in import Wrong

NOT_STATED = "Uppgift saknas"
"""What stands for the provider's telephone number, which the format demands and a table does not have."""

_PREFIXES: dict[Any, str] = {None: NAMESPACE}
_KIND_NAMES = {TimeKind.ACTIVE: "aktivTid", TimeKind.WAITING: "vanteTid", TimeKind.STANDBY: "beredskapsTid"}


def missing(report: TimeReport) -> tuple[Fault, ...]:
    """Return what the format demands and the report does not say: a report without them cannot be written."""
    lacks: list[tuple[str, str]] = []
    if report.recipient_number is None or is_coordination_number(report.recipient_number):
        lacks.append(("brukare_personnummer", "brukarens personnummer"))
    if report.assistant_number is None:
        lacks.append(("assistent_personnummer", "assistentens personnummer"))
    if report.has_agreement is None:
        lacks.append(("kollektivavtal", "om assistenten omfattas av kollektivavtal"))
    if not report.is_own_employer and report.employer_number is None:
        lacks.append(("organisationsnummer", "anordnarens organisationsnummer, eller att brukaren är arbetsgivare"))
    line = report.rows[0].line if report.rows else None
    faults = [
        Wrong("elt_needs_a_value", f"ELT kräver uppgift om {what}.", f"Fyll i kolumnen {column}.").at(line, column)
        for column, what in lacks
    ]
    faults += [_backwards(row) for row in report.rows if row.span.end_minute <= row.span.start_minute]
    return tuple(faults)


def write(report: TimeReport, *, provider_phone: str = NOT_STATED) -> bytes | tuple[Fault, ...]:
    """Return the report as canonical ELT, or what it lacks.

    Every row is a piece of one day, so a night is two rows that meet at 24.00 and 00.00. Signatures and
    control totals have no place in the format. A name's last word is written as the last name.
    """
    phone = values.phone(provider_phone)
    faults = missing(report)
    if isinstance(phone, Wrong):
        faults = (*faults, phone.at(None, "telefonnummerAnordnare"))
    if faults:
        return faults
    root = etree.Element(f"{{{NAMESPACE}}}{ROOT}", nsmap=_PREFIXES)
    _add(root, "id", report.key)
    _add(root, "redovisningsmanad", f"{report.month_on:%Y-%m}")
    recipient = _add(root, "personSomHarAssistans")
    _add(recipient, "personnummer", report.recipient_number or "")
    _add_name(recipient, report.recipient_name)
    _add_assistant(root, report)
    for period_from, period_to in report.reference_periods:
        _add_period(root, period_from, period_to)
    _add_employer(root, report)
    rows = _add(root, "tidrapport")
    for row in report.rows:
        _add_row(rows, row)
    _add(root, "telefonnummerAnordnare", provider_phone)
    etree.indent(root)
    return canonical(root)


def _backwards(row: ReportRow) -> Fault:
    return Wrong(
        "elt_cannot_tell_the_hours_apart",
        f"Passet {row.span.from_text}–{row.span.to_text} går bara att skriva med S och V, som ELT inte har.",
        "Redovisa passet på papper.",
    ).at(row.line, "till")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element


def _add_name(person: etree._Element, name: str | None) -> None:
    first, _, last = (name or "").rpartition(" ")
    _add(person, "fornamn", first)
    _add(person, "efternamn", last)


def _add_assistant(root: etree._Element, report: TimeReport) -> None:
    assistant = _add(root, "assistent")
    number = report.assistant_number or ""
    _add(assistant, "samordningsnummer" if is_coordination_number(number) else "personnummer", number)
    _add_name(assistant, report.assistant_name)
    _add(assistant, "kollektivavtal", "true" if report.has_agreement else "false")


def _add_period(root: etree._Element, period_from: date, period_to: date) -> None:
    period = _add(root, "berakningsperiod")
    _add(period, "fromDag", period_from.isoformat())
    _add(period, "tomDag", (period_to - timedelta(days=1)).isoformat())


def _add_employer(root: etree._Element, report: TimeReport) -> None:
    if report.is_own_employer:
        _add(root, "anstalldAvPersonSomHarAssistans", "true")
        return
    provider = _add(root, "assistansanordnare")
    number = report.employer_number or ""
    # A sole trader's organisation number is her personal number without the century.
    _add(provider, "organisationsnummer", number[2:] if len(number) == PERSONAL_DIGITS else number)
    _add(provider, "assistentAnstalldAvAnordnare", "true")


def _add_row(rows: etree._Element, row: ReportRow) -> None:
    element = _add(rows, "rapportRad")
    _add(element, "dag", str(row.span.work_on.day))
    _add(element, "fromTid", clock_text(row.span.start_minute))
    _add(element, "tomTid", clock_text(row.span.end_minute))
    _add(element, _KIND_NAMES[row.kind], "true")

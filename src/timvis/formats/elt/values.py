"""The simple types of ELT, read strictly: what the schema lets through and a calendar does not is refused."""

import re
from datetime import date

from timvis.formats.handed_in import Wrong, hidden_mark
from timvis.formats.time_report_table import cells

_UUID = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")
_SHORTEST_PHONE = 7
_LONGEST_PHONE = 40


def identity(text: str) -> str | Wrong:
    """Return a report's id."""
    if _UUID.fullmatch(text):
        return text
    if _UUID.fullmatch(text.lower()):
        return Wrong("id_is_in_upper_case", "id är skrivet med stora bokstäver.", "Skriv samma id med små bokstäver.")
    return Wrong(
        "not_an_id",
        "id är inte ett UUID.",
        "Skriv 32 siffror och bokstäver a–f i grupper om 8-4-4-4-12, med små bokstäver.",
    )


def month(text: str) -> date | Wrong:
    """Return the first day of the month of the report."""
    found = cells.month(text.strip()) if re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}\s*", text) else None
    return found if isinstance(found, date) else Wrong("not_a_month", "Månaden finns inte.", "Skriv ÅÅÅÅ-MM.")


def iso_day(text: str) -> date | Wrong:
    """Return a day."""
    found = cells.iso_day(text.strip()) if re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", text) else None
    return found if isinstance(found, date) else Wrong("not_a_day", "Dagen finns inte.", "Skriv ÅÅÅÅ-MM-DD.")


def day_number(text: str) -> int | Wrong:
    """Return a day of a month, 1–31; whether the month has it is asked later."""
    match = re.fullmatch(r"\s*(0?[1-9]|[12][0-9]|3[01])\s*", text)
    return int(match[1]) if match else Wrong("not_a_day_number", "Dagen är inte 1–31.", "Rätta dagen.")


def clock(text: str) -> str | Wrong:
    """Return a clock time in the format's own way of writing; whether it exists is asked later."""
    if re.fullmatch(r"\s*[0-9]{2}\.[0-9]{2}\s*", text):
        return text.strip()
    return Wrong("not_a_clock_time", "Klockslaget är inte skrivet som TT.MM.", "Skriv med punkt, till exempel 08.30.")


def flag(text: str) -> bool | Wrong:
    """Return True; the format knows no other value where it says True."""
    return text == "true" or Wrong("not_true", "Här får bara true stå.", "Skriv true, med små bokstäver.")


def boolean(text: str) -> bool | Wrong:
    """Return a truth value of XML Schema."""
    known = {"true": True, "1": True, "false": False, "0": False}
    value = known.get(text.strip(" \t\r\n"))
    return Wrong("neither_true_nor_false", "Här ska stå true eller false.", "Rätta värdet.") if value is None else value


def name(text: str) -> str | Wrong:
    """Return a name, composed and trimmed; empty when none is given."""
    return cells.one_line(text)


def phone(text: str) -> str | Wrong:
    """Return a telephone number; the format only asks that it has seven characters."""
    if _SHORTEST_PHONE <= len(text) <= _LONGEST_PHONE and hidden_mark(text) is None:
        return text
    return Wrong(
        "not_a_telephone_number",
        f"Telefonnumret har inte {_SHORTEST_PHONE}–{_LONGEST_PHONE} tecken.",
        "Skriv hela numret med riktnummer.",
    )

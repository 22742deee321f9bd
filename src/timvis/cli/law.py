"""`timvis law`: every number of the law, and what one of them was on a day, with its grounds."""

import difflib
import re
from datetime import date
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from timvis.cli.answer import AS_JSON, give, refuse_input, stop_at_gap, tables
from timvis.cli.law_words import CONFIDENCE, CONFIDENCE_AT_LENGTH, Speech
from timvis.core.faults import Fault
from timvis.core.law import (
    AgeIsNeeded,
    Confidence,
    LawBook,
    LawGap,
    LawRow,
    LawValue,
    Value,
    row_used,
    text_of,
)
from timvis.core.law_terms import UNITS, Shape
from timvis.formats.law.packaged import load_law

app = typer.Typer(no_args_is_help=True, add_completion=False)

LANG = typer.Option("sv", "--lang", help="Språk: sv eller en.", metavar="sv|en")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STYLE = {Confidence.VERIFIED: "green", Confidence.SINGLE_SOURCE: "yellow", Confidence.FROM_MEMORY: "red"}


@app.callback()
def law() -> None:
    """Lagens tal: vad som gäller en viss dag, och varför."""


@app.command("list")
def list_numbers(as_json: bool = AS_JSON, lang: str = LANG) -> None:
    """Visar alla tal med kod, namn, enhet och vilka år de täcker."""
    speech, faults = _speech(lang)
    if faults:
        refuse_input(faults, as_json=as_json)
    book = load_law()
    document = {
        "codes": sorted(book.values),
        "numbers": [_in_short(book, number) for _, number in sorted(book.values.items())],
        "reaches_to": book.reaches_to,
        "doubt": book.doubt,
        "law_version": book.version,
    }
    give(document, as_json=as_json, show=lambda: _show_list(book, speech))


@app.command("show")
def show_number(
    code: str = typer.Argument(help="Talets kod, som assistance.hourly_rate.", metavar="KOD"),
    on: str = typer.Option("", "--on", help="Dagen som avgör, som 2026-10-01.", metavar="ÅÅÅÅ-MM-DD"),
    known: str = typer.Option("", "--known", help="Så som det var känt den dagen.", metavar="ÅÅÅÅ-MM-DD"),
    age: str = typer.Option("", "--age", help="Ålder vid årets ingång, där satsen beror på den.", metavar="N"),
    as_json: bool = AS_JSON,
    lang: str = LANG,
) -> None:
    """Visar ett tal en viss dag: värde, giltighet, lagrum, källa och hur säkert det är."""
    book = load_law()
    speech, faults = _speech(lang)
    number = book.values.get(code)
    if number is None:
        faults.append(_unknown_code(code, book, speech))
    day = _day_in(on, "--on", speech, faults)
    known_on = _day_in(known, "--known", speech, faults) if known else None
    years = _age_in(age, speech, faults)
    if number is None or day is None or faults:
        refuse_input(faults, as_json=as_json)
    try:
        row = book.on(code, day, known_on=known_on, age=years)
    except LawGap as gap:
        told = LawGap(gap.code, gap.on, speech.gap(gap, book), before=gap.before, after=gap.after)
        stop_at_gap(told, as_json=as_json)
    except AgeIsNeeded as needed:
        message, remedy = speech.needs_age(needed, number)
        refuse_input([Fault(code="age_is_needed", message=message, remedy=remedy)], as_json=as_json)
    give(_document(book, number, row), as_json=as_json, show=lambda: _show(book, number, row, speech))


def _speech(lang: str) -> tuple[Speech, list[Fault]]:
    if lang in ("sv", "en"):
        return Speech(is_english=lang == "en"), []
    fault = Fault(code="unknown_language", message=f"Språket {lang!r} finns inte.", remedy="Välj --lang sv eller en.")
    return Speech(is_english=False), [fault]


def _day_in(written: str, option: str, speech: Speech, faults: list[Fault]) -> date | None:
    """Return the day written after an option; None, with a fault noted, when there is none."""
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:  # 2026-02-30
        pass
    told = repr(written) if written else speech.say("ingenting", "nothing")
    faults.append(
        Fault(
            code="unreadable_date" if written else "day_is_missing",
            message=speech.say(f"{option} ska vara en dag men är {told}.", f"{option} must be a day but is {told}."),
            remedy=speech.say(
                "Skriv en dag som finns i kalendern, som 2026-10-01.", "Write a real day, such as 2026-10-01."
            ),
        )
    )
    return None


def _age_in(written: str, speech: Speech, faults: list[Fault]) -> int | None:
    if not written:
        return None
    if written.isascii() and written.isdigit():
        return int(written)
    faults.append(
        Fault(
            code="unreadable_age",
            message=speech.say(
                f"--age ska vara hela år men är {written!r}.",
                f"--age must be whole years but is {written!r}.",
            ),
            remedy=speech.say("Skriv åldern med siffror, som 17.", "Write the age in digits, such as 17."),
        )
    )
    return None


def _unknown_code(code: str, book: LawBook, speech: Speech) -> Fault:
    near = difflib.get_close_matches(code, book.values, n=3)
    ask = speech.say(f"Menade du {', '.join(near)}? ", f"Did you mean {', '.join(near)}? ") if near else ""
    return Fault(
        code="unknown_code",
        message=speech.say(f"Inget tal heter {code!r}.", f"No number is called {code!r}."),
        remedy=ask + speech.say("timvis law list visar alla.", "timvis law list shows them all."),
    )


def _in_short(book: LawBook, number: LawValue) -> dict[str, Any]:
    """Return a number as `law list` tells it; `to` is null while its last row is open."""
    return {
        "code": number.code,
        "label": number.label,
        "label_en": number.label_en,
        "unit": number.unit,
        "kind": number.kind,
        "select_by": number.select_by,
        "rows": len(number.rows),
        "from": min(row.from_on for row in number.rows),
        "to": _last_day(number),
        "unconfirmed": sum(not _is_confirmed(book, number, row) for row in number.rows),
    }


def _document(book: LawBook, number: LawValue, row: LawRow) -> dict[str, Any]:
    """Return a row as `law show` tells it; an unconfirmed one adds `gap`, as everywhere."""
    document: dict[str, Any] = {
        "code": number.code,
        "label": number.label,
        "label_en": number.label_en,
        "value": _in_json(number, row),
        "unit": number.unit_of(row),
        "from": row.from_on,
        "to": row.to_on,
        "holds_to": row.to_on or book.reaches_to,
        "law": row.law,
        "source": row.source,
        "confidence": row.confidence,
        "confirmed": _is_confirmed(book, number, row),
        "checked_on": row.checked_on,
        "known_on": row.known_on,
        "kind": number.kind,
        "select_by": number.select_by,
        "min_age": row.min_age,
        "max_age": row.max_age,
        "monthly_cap_ore": row.monthly_cap_ore,
        "max_employees": row.max_employees,
        "note": row.note,
        "about": number.note,
        "reaches_to": book.reaches_to,
        "doubt": book.doubt,
        "law_version": book.version,
    }
    if not document["confirmed"]:
        document["gap"] = {"code": number.code, "dates": [row.from_on]}
    return document


def _in_json(number: LawValue, row: LawRow) -> bool | int | str:
    """Return a value for JSON: flags and counts as they are, every decimal and factor as text."""
    value: Value = row.value
    if isinstance(value, bool):
        return value
    is_count = UNITS[number.unit_of(row)].shape in (Shape.COUNT, Shape.COUNTS)
    return value if is_count and isinstance(value, int) else text_of(value)


def _is_confirmed(book: LawBook, number: LawValue, row: LawRow) -> bool:
    return book.is_confirmed(row_used(number.code, row))


def _last_day(number: LawValue) -> date | None:
    ends = [row.to_on for row in number.rows]
    return None if None in ends else max(end for end in ends if end is not None)


def _show_list(book: LawBook, speech: Speech) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(speech.say("Kod, namn och enhet", "Code, name and unit"), overflow="fold")
    table.add_column(speech.say("Från", "From"), no_wrap=True)
    table.add_column(speech.say("Till", "To"), no_wrap=True)
    for _, number in sorted(book.values.items()):
        last = _last_day(number)
        table.add_row(
            Text.assemble((number.code, "cyan"), "\n", (f"{speech.label(number)} ({number.unit})", "dim")),
            str(min(row.from_on for row in number.rows)),
            str(last) if last else speech.say("tills vidare", "open"),
        )
    tables.print(table)
    tables.print()
    tables.print(Text(f"{len(book.values)} {speech.say('tal', 'numbers')}. {book.doubt}", style="dim"))


def _show(book: LawBook, number: LawValue, row: LawRow, speech: Speech) -> None:
    tables.print(Text(speech.label(number), style="bold"))
    tables.print(Text(number.code, style="cyan"))
    tables.print()
    tables.print(Text(f"  {speech.quantity(number, row)}", style="bold green"))
    tables.print(Text(f"  {speech.span(row, book.reaches_to)}"))
    tables.print()
    tables.print(_grounds(book, number, row, speech))
    for source in row.source:  # unbroken, so that an address can be followed or copied
        tables.print(Text.assemble("  ", (speech.say("Källa: ", "Source: "), "dim"), source), soft_wrap=True)
    if len(number.rows) > 1:
        tables.print()
        tables.print(_through_time(number, row, speech))
    tables.print()
    tables.print(Text(book.doubt, style="dim"))


def _grounds(book: LawBook, number: LawValue, row: LawRow, speech: Speech) -> Table:
    """Return what a row rests on, as a table of two columns."""
    checked = speech.say(
        f"{row.checked_on}, känt sedan {row.known_on}", f"{row.checked_on}, known since {row.known_on}"
    )
    is_confirmed = row.confidence is Confidence.FROM_MEMORY and _is_confirmed(book, number, row)
    confirmed = speech.say(" (bekräftad av operatören)", " (confirmed by the operator)") if is_confirmed else ""
    lines = (
        (speech.say("Lagrum", "Law"), Text(row.law)),
        (speech.say("Slag", "Kind"), Text(speech.kind(number))),
        (speech.say("Väljs efter", "Selected by"), Text(speech.select_by(number))),
        (speech.say("Gäller för", "Applies to"), Text(speech.ages(row))),
        (speech.say("Kontrollerat", "Checked"), Text(checked)),
        (
            speech.say("Säkerhet", "Confidence"),
            Text(speech.of(CONFIDENCE_AT_LENGTH[row.confidence]) + confirmed, style=_STYLE[row.confidence]),
        ),
        (speech.say("Att veta", "Note"), Text("\n".join(note for note in (row.note, number.note) if note))),
    )
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for heading, text in lines:
        if text.plain:
            table.add_row(heading, text)
    return table


def _through_time(number: LawValue, current: LawRow, speech: Speech) -> Table:
    """Return every row of a number in order, the current one marked."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in (("", ""), ("Från", "From"), ("Till och med", "To"), ("Värde", "Value"), ("", ""), ("", "")):
        table.add_column(speech.say(*heading))
    for row in number.rows:
        is_current = row is current
        table.add_row(
            "▸" if is_current else " ",
            str(row.from_on),
            str(row.to_on or speech.say("tills vidare", "open")),
            Text(speech.value(row.value)),
            Text(speech.ages(row)),
            Text(speech.of(CONFIDENCE[row.confidence]), style=_STYLE[row.confidence]),
            style="bold" if is_current else None,
        )
    return table

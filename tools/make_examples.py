#!/usr/bin/env python3
"""Write the time reports of `examples/` again, byte for byte, from the rows in every `month.toml`.

    python tools/make_examples.py [FOLDER]

A row is `DAYS FROM-TO [KIND]`: days are `daily`, weekdays (`mon,wed,fri`) or days of the month (`1-4,9`); a
row whose end is not after its start goes over midnight and becomes two, as every format wants it. In life
somebody else's programme writes such files: so they are written here, and not by the code that reads them.
"""

import io
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = {"active": "aktiv", "waiting": "väntetid", "standby": "beredskap"}
ELT_KINDS = {"active": "aktivTid", "waiting": "vanteTid", "standby": "beredskapsTid"}
ELT_NAMESPACE = "http://schema.forsakringskassan.se/integration/isassistansersattning/tidredovisning/1"
KEYS = uuid.UUID("0f2f5c0e-6a0c-5d0e-9a37-6d0f4a1b7c52")
HEADINGS = (
    "redovisningsmanad",
    "brukare_personnummer",
    "brukare_namn",
    "assistent_personnummer",
    "assistent_namn",
    "dag",
    "fran",
    "till",
    "typ",
    "organisationsnummer",
    "arbetsgivare_typ",
    "assistent_underskrift_datum",
    "chef_underskrift_datum",
    "chef_personnummer",
    "chef_namn",
    "summa_aktiv_tim",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a report on one day."""

    day: date
    begins: str
    ends: str
    kind: str

    @property
    def minutes(self) -> int:
        """What the clock shows."""
        return clock(self.ends) - clock(self.begins)


@dataclass(frozen=True, slots=True)
class Report:
    """One assistant's month, with everybody it names."""

    month_on: date
    recipient: dict[str, Any] | None
    assistant: dict[str, Any]
    provider: dict[str, Any]
    manager: dict[str, Any] | None
    assistant_signed_on: date | None
    manager_signed_on: date | None
    rows: tuple[Row, ...]


def clock(text: str) -> int:
    """Return the minute of the day of `HH.MM`."""
    hour, minute = text.split(".")
    return int(hour) * 60 + int(minute)


def month_end(month_on: date) -> date:
    """Return the first day of the month after."""
    return (month_on + timedelta(days=31)).replace(day=1)


def days_of(text: str, month_on: date) -> Iterator[date]:
    """Yield the days that `text` names in a month."""
    every = [month_on + timedelta(days=n) for n in range((month_end(month_on) - month_on).days)]
    for part in text.split(","):
        if part == "daily":
            yield from every
        elif part in WEEKDAYS:
            yield from (day for day in every if day.weekday() == WEEKDAYS.index(part))
        else:
            first, _, last = part.partition("-")
            yield from every[int(first) - 1 : int(last or first)]


def rows_of(patterns: list[str], month_on: date) -> tuple[Row, ...]:
    """Return the rows in the order of time, split at midnight."""
    rows: list[Row] = []
    for pattern in patterns:
        days, span, *kind = pattern.split()
        begins, ends = span.split("-")
        name = kind[0] if kind else "active"
        for day in days_of(days, month_on):
            if clock(ends) > clock(begins):
                rows.append(Row(day, begins, ends, name))
                continue
            rows.append(Row(day, begins, "24.00", name))
            rows.append(Row(day + timedelta(days=1), "00.00", ends, name))
    return tuple(sorted(rows, key=lambda row: (row.day, row.begins, row.ends)))


# --- the formats ----------------------------------------------------------------------------------------


def elt(report: Report, key: str) -> bytes:
    """Return the report as Försäkringskassan's XML, which bears no signatures and no totals."""
    recipient = report.recipient or {}
    rows = "\n".join(
        f"    <rapportRad><dag>{row.day.day}</dag><fromTid>{row.begins}</fromTid><tomTid>{row.ends}</tomTid>"
        f"<{ELT_KINDS[row.kind]}>true</{ELT_KINDS[row.kind]}></rapportRad>"
        for row in report.rows
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Tidredovisning xmlns="{ELT_NAMESPACE}">
  <id>{uuid.uuid5(KEYS, key)}</id>
  <redovisningsmanad>{report.month_on:%Y-%m}</redovisningsmanad>
  <personSomHarAssistans>{_person(recipient)}</personSomHarAssistans>
  <assistent>{_person(report.assistant)}<kollektivavtal>false</kollektivavtal></assistent>
  <assistansanordnare>
    <anordnareNamn>{escape(report.provider["name"])}</anordnareNamn>
    <organisationsnummer>{report.provider["number"]}</organisationsnummer>
    <assistentAnstalldAvAnordnare>true</assistentAnstalldAvAnordnare>
  </assistansanordnare>
  <tidrapport>
{rows}
  </tidrapport>
  <telefonnummerAnordnare>021-000000</telefonnummerAnordnare>
</Tidredovisning>
""".encode()


def _person(who: dict[str, Any]) -> str:
    first, _, last = who["name"].partition(" ")
    return (
        f"<personnummer>{who['number']}</personnummer>"
        f"<fornamn>{escape(first)}</fornamn><efternamn>{escape(last)}</efternamn>"
    )


def cells(report: Report, row: Row, stated: str) -> list[str]:
    """Return one line of a table, in the order of `HEADINGS`."""
    recipient, manager = report.recipient or {}, report.manager or {}
    own = report.provider["kind"] == "own_employer"
    return [
        f"{report.month_on:%Y-%m}",
        recipient.get("number", ""),
        recipient.get("name", ""),
        report.assistant["number"],
        report.assistant["name"],
        str(row.day.day),
        row.begins,
        row.ends,
        KINDS[row.kind],
        report.provider["number"],
        "egen" if own else "anordnare",
        _day(report.assistant_signed_on),
        _day(report.manager_signed_on),
        manager.get("number", ""),
        manager.get("name", ""),
        stated,
    ]


def csv(reports: list[Report], encoding: str, stated: str | None) -> bytes:
    """Return the reports as a Swedish spreadsheet exports them: semicolons and decimal commas."""
    lines = [";".join(HEADINGS)]
    for report in reports:
        total = stated or _hours(report)
        lines += [";".join(cells(report, row, total)) for row in report.rows]
    return "\r\n".join([*lines, ""]).encode(encoding)


def xlsx(reports: list[Report]) -> bytes:
    """Return the reports as a workbook with Excel's own times; the dates inside are fixed."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2021, 1, 1)})  # noqa: DTZ001 - a workbook's times have no zone
    sheet = book.add_worksheet("Tidredovisning")
    times = book.add_format({"num_format": "hh:mm"})
    sheet.write_row(0, 0, HEADINGS)
    number = 0
    for report in reports:
        for row in report.rows:
            number += 1
            sheet.write_row(number, 0, cells(report, row, _hours(report)))
            for column, text in ((6, row.begins), (7, row.ends)):
                sheet.write_number(number, column, clock(text) / 1440, times)
    book.close()
    return stream.getvalue()


def paper(report: Report) -> bytes:
    """Return the report as somebody at the office typed it from paper."""
    manager, recipient = report.manager or {}, report.recipient or {}
    own = report.provider["kind"] == "own_employer"
    head = {
        "redovisningsmanad": f"{report.month_on:%Y-%m}",
        "brukare_personnummer": recipient.get("number", ""),
        "brukare_namn": recipient.get("name", ""),
        "assistent_personnummer": report.assistant["number"],
        "assistent_namn": report.assistant["name"],
        "arbetsgivare_typ": "egen" if own else "anordnare",
        "assistent_underskrift_datum": _day(report.assistant_signed_on),
        "chef_underskrift_datum": _day(report.manager_signed_on),
        "chef_personnummer": manager.get("number", ""),
        "chef_namn": manager.get("name", ""),
    }
    lines = ["# Avskrivet för hand från papper."]
    lines += [f'{key} = "{value}"' for key, value in head.items() if value]
    for row in report.rows:
        lines += [
            "",
            "[[rader]]",
            f'dag = "{row.day.day}"',
            f'fran = "{row.begins}"',
            f'till = "{row.ends}"',
            f'typ = "{KINDS[row.kind]}"',
        ]
    return "\n".join([*lines, ""]).encode()


def _hours(report: Report) -> str:
    minutes = sum(row.minutes for row in report.rows if row.kind == "active")
    return f"{minutes // 60},{minutes % 60 * 100 // 60:02d}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- from month.toml to files ------------------------------------------------------------------------------


def everyone(municipality: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every person and provider of an example by number."""
    found = {one["number"]: one for one in [*municipality["recipient"], *municipality["staff"]]}
    for provider in municipality["provider"]:
        found |= {one["number"]: one for one in provider.get("assistant", [])}
        found |= {one["number"]: one for one in provider.get("agent", [])}
        found.setdefault(provider["number"], provider)
    return found


def reports_of(
    file: dict[str, Any], claim: dict[str, Any], month_on: date, municipality: dict[str, Any]
) -> list[Report]:
    """Return the reports of one file."""
    people = everyone(municipality)
    provider = next(one for one in municipality["provider"] if one["number"] == claim["provider"])
    signed_on = month_end(month_on)
    manager = people[file.get("manager", provider["managers"][0])]
    if file.get("without_manager_number"):
        manager = {"name": manager["name"]}
    return [
        Report(
            month_on=month_on,
            recipient=None if file.get("without_recipient") else people[claim["recipient"]],
            assistant=people[report["assistant"]],
            provider=provider,
            manager=None if file.get("without_manager_signature") else manager,
            assistant_signed_on=None if file.get("without_assistant_signature") else signed_on,
            manager_signed_on=None if file.get("without_manager_signature") else signed_on,
            rows=rows_of(report["rows"], month_on),
        )
        for report in file["report"]
    ]


def write_month(folder: Path, municipality: dict[str, Any]) -> Iterator[Path]:
    """Write the files of one month and yield their names."""
    month = tomllib.loads((folder / "month.toml").read_text(encoding="utf-8"))
    for claim in month["claim"]:
        for file in claim.get("file", []):
            reports = reports_of(file, claim, month["month"], municipality)
            target = folder / file["name"]
            match file["format"]:
                case "elt":
                    content = elt(reports[0], f"{folder.parent.name}/{folder.name}/{file['name']}")
                case "csv":
                    content = csv(reports, file["encoding"], file.get("stated_active"))
                case "xlsx":
                    content = xlsx(reports)
                case _:
                    content = paper(reports[0])
            target.write_bytes(content)
            yield target


def main(examples: Path) -> None:
    """Write every month of every municipality under a folder."""
    for register in sorted(examples.glob("*/municipality.toml")):
        municipality = tomllib.loads(register.read_text(encoding="utf-8"))
        for month in sorted(register.parent.glob("*/month.toml")):
            for written in write_month(month.parent, municipality):
                sys.stdout.write(f"{written}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "examples")

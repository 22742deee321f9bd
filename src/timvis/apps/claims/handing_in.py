"""What is handed in, and what of it is new: read whole, judged whole, or not used at all."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from timvis.apps.claims.models import Claim, Report
from timvis.core.faults import Fault
from timvis.core.records import Regime, Signature, TimeReport
from timvis.formats.handed_in import Read, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFile:
    """One file as it came. Signatures travel beside a format that has no place for them, as ELT.

    `scan` is the picture of the paper that somebody typed the file from.
    """

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    assistant_signature: Signature | None = None
    manager_signature: Signature | None = None
    scan: "HandedFile | None" = None


def typed(name: str, form: Mapping[str, object], *, scan: HandedFile | None = None) -> HandedFile:
    """Return a paper form as somebody typed it, in one writing: the same form is the same bytes."""
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1, default=str)
    return HandedFile(name=name, content=text.encode(), media_type="application/json", scan=scan)


Reader = Callable[[HandedFile, date], Read]
"""What reads a file on a day: `today` tells the century of ten-digit numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month as somebody hands it in.

    `refers_to` is the number of a claim whose reports came earlier and are not asked for again. With `corrects`
    a report takes the place of the one the same assistant already has in the claim; without it they stand side
    by side, and a row that stands in both is an objection.
    """

    recipient_id: int
    provider_id: int
    month_on: date
    files: tuple[HandedFile, ...] = ()
    regime: Regime = Regime.LSS
    refers_to: str | None = None
    corrects: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What came of it: the claim's number, and how many reports were new to it."""

    claim_number: str
    new_reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file and the reports in it."""

    file: HandedFile
    digest: str
    reports: tuple[TimeReport, ...]


def read_files(month: Month, reader: Reader, *, today: date) -> tuple[tuple[ReadFile, ...], tuple[Fault, ...]]:
    """Return every file with its reports and no fault, or no file and every fault of every file."""
    found: list[ReadFile] = []
    faults: list[Fault] = [] if month.files or month.refers_to else [_NOTHING]
    for file in month.files:
        seen = reader(file, today)
        wrong = seen.faults or tuple(_outside_the_month(seen.reports, month))
        faults += [replace(fault, file=file.name) for fault in wrong]
        reports = tuple(_signed(report, file) for report in seen.reports)
        found.append(ReadFile(file=file, digest=digest_of(file.content), reports=reports))
    return ((), tuple(faults)) if faults else (tuple(found), ())


_NOTHING = Fault(
    code="nothing_was_handed_in",
    message="Ingen tidrapport är bifogad.",
    remedy="Bifoga tidrapporterna, eller ange vilken tidigare redovisning de redan finns i.",
)


def _outside_the_month(reports: Iterable[TimeReport], month: Month) -> Iterator[Fault]:
    for report in reports:
        if report.month_on != month.month_on:
            yield Fault(
                code="report_is_for_another_month",
                message=f"Tidrapporten gäller {report.month_on:%Y-%m}, redovisningen {month.month_on:%Y-%m}.",
                remedy="Lämna in rapporten med den månad den gäller.",
                line=report.rows[0].line if report.rows else None,
            )


def _signed(report: TimeReport, file: HandedFile) -> TimeReport:
    return replace(
        report,
        assistant_signature=report.assistant_signature or file.assistant_signature,
        manager_signature=report.manager_signature or file.manager_signature,
    )


def new_to(claim: Claim | None, files: Iterable[ReadFile]) -> tuple[ReadFile, ...]:
    """Return the files that a claim does not already have, told by their bytes."""
    if claim is None:
        return tuple(files)
    known = set(Report.objects.filter(claim=claim).values_list("original__digest", flat=True))
    return tuple(file for file in files if file.digest not in known)


def version_in(claim: Claim, report: TimeReport, *, corrects: bool) -> tuple[str, int]:
    """Return the key and version number that a report gets in a claim, and make the one it replaces step back."""
    mine = Report.objects.filter(claim=claim)
    same = mine.filter(key=report.key)
    if corrects and not same.exists():
        same = mine.filter(assistant_number=report.assistant_number)
    latest = same.order_by("-number", "-id").first()
    if latest is None:
        return report.key, 1
    mine.filter(key=latest.key, is_current=True).update(is_current=False)
    return latest.key, latest.number + 1

"""Time reports to the cells of a table, as text that a spreadsheet never takes for a formula."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from timvis.core.records import ReportRow, TimeKind, TimeReport
from timvis.formats.csv_table.write import harmless
from timvis.formats.time_report_table.columns import PERIOD_COLUMNS, Column

KIND_WORDS: Mapping[TimeKind, str] = {
    TimeKind.ACTIVE: "aktiv",
    TimeKind.WAITING: "väntetid",
    TimeKind.STANDBY: "beredskap",
}


def values(report: TimeReport) -> Iterator[dict[Column, str]]:
    """Yield the filled cells of each row; what concerns the whole report stands on all of them."""
    about = _about(report)
    for row in report.rows:
        yield {**about, **_of_row(row)}


def _of_row(row: ReportRow) -> dict[Column, str]:
    return {
        Column.DAY: row.span.work_on.isoformat(),
        Column.FROM: row.span.from_text,
        Column.TO: row.span.to_text,
        Column.KIND: KIND_WORDS[row.kind],
    }


def _about(report: TimeReport) -> dict[Column, str]:
    said: dict[Column, str | None] = {
        Column.MONTH: f"{report.month_on:%Y-%m}",
        Column.RECIPIENT_NUMBER: report.recipient_number,
        Column.RECIPIENT_NAME: _harmless(report.recipient_name),
        Column.ASSISTANT_NUMBER: report.assistant_number,
        Column.ASSISTANT_NAME: _harmless(report.assistant_name),
        Column.AGREEMENT: _yes_no(report.has_agreement, "ja", "nej"),
        Column.EMPLOYER_KIND: _yes_no(report.is_own_employer, "egen", "anordnare"),
        Column.EMPLOYER_NUMBER: report.employer_number,
    }
    for (from_column, to_column), (period_from, period_to) in zip(
        PERIOD_COLUMNS, report.reference_periods, strict=False
    ):
        said[from_column] = period_from.isoformat()
        said[to_column] = _day_before(period_to)
    if report.assistant_signature is not None:
        said[Column.ASSISTANT_SIGNED_ON] = report.assistant_signature.signed_on.isoformat()
    if report.manager_signature is not None:
        said[Column.MANAGER_SIGNED_ON] = report.manager_signature.signed_on.isoformat()
        said[Column.MANAGER_NUMBER] = report.manager_signature.number
        said[Column.MANAGER_NAME] = _harmless(report.manager_signature.name)
    said.update(_sums(report))
    return {column: text for column, text in said.items() if text}


def _sums(report: TimeReport) -> dict[Column, str]:
    sums = report.stated_sums
    if sums is None:
        return {}
    said: dict[Column, str] = {}
    for hours, minutes, stated in (
        (Column.SUM_ACTIVE_HOURS, Column.SUM_ACTIVE_MINUTES, sums.active_minutes),
        (Column.SUM_WAITING_HOURS, Column.SUM_WAITING_MINUTES, sums.waiting_minutes),
        (Column.SUM_STANDBY_HOURS, Column.SUM_STANDBY_MINUTES, sums.standby_minutes),
    ):
        said[hours], said[minutes] = str(stated // 60), str(stated % 60)
    return said


def _harmless(text: str | None) -> str | None:
    """Return a text that a spreadsheet never calculates; the reader takes the apostrophe off."""
    return harmless(text) if text else text


def _yes_no(answer: bool | None, yes: str, no: str) -> str | None:
    return None if answer is None else yes if answer else no


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()

"""A recipient's month as the state sees it: the time reports with everything that is known, and the bill beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.records import AbsenceKind, Case, Instant, ReportRow, TimeReport


class AwayKind(StrEnum):
    """Why an assistant could not have been at work."""

    SICK = "sick"
    PARENTAL_LEAVE = "parental_leave"
    CHILD_CARE = "child_care"  # vård av barn
    UNEMPLOYED = "unemployed"


class RowPurpose(StrEnum):
    """What a row was for, where somebody has noted that it was no ordinary assistance."""

    MEETING = "meeting"
    TRAINING = "training"
    NOT_WITH_RECIPIENT = "not_with_recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay in hospital as the bill states it, in instants."""

    start_at: Instant
    end_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The recipient's bill for a month: time that really passed, per kind, and what else it declares.

    `signer_number` is None when nobody has signed. `in_activity` is whether it says that assistance was given in
    childcare, school or daily activity. `outside_eea` is whether it says that she stayed outside the EEA and hired an
    assistant there, None when it does not answer; the stay is from `abroad_from` up to but not including `abroad_to`,
    None while nobody has told its days, and `abroad_is_explained` once explanation and proof go with the bill.
    `has_account` is whether an account of costs does.
    """

    active_minutes: int
    waiting_minutes: int
    standby_minutes: int
    signer_number: str | None
    signed_on: date | None
    received_on: date
    stays: tuple[Stay, ...] = ()
    in_activity: bool = False
    outside_eea: bool | None = False
    abroad_from: date | None = None
    abroad_to: date | None = None
    abroad_is_explained: bool = False
    has_account: bool = False
    is_current_form: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days, half-open, when an assistant was away from all work, and why."""

    assistant_number: str
    kind: AwayKind
    away_from: date
    away_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSpan:
    """Time of an assistant's with the recipient that was no ordinary assistance, whether it is reported or not."""

    assistant_number: str
    purpose: RowPurpose
    start_at: Instant
    end_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRow:
    """A row of a report that somebody has noted to be no ordinary assistance."""

    report_key: str
    line: int
    purpose: RowPurpose


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMonth:
    """Everything a recipient's month is judged on before it is sent.

    `case` holds the reports, and what is known of everybody. `close_to_recipient` are the numbers of assistants who
    are her kin or household and whom somebody else than the municipality employs. `altered` and
    `on_old_form` are keys of reports. `pay_on` is the day the state pays; what is not known of the provider then is
    None. `settled_on` is the day of the final settlement of the month's grant period, where there has been one.
    """

    case: Case
    bill: Bill | None
    representatives: tuple[str, ...] = ()
    close_to_recipient: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()
    noted: tuple[NotedRow, ...] = ()
    altered: tuple[str, ...] = ()
    on_old_form: tuple[str, ...] = ()
    pay_on: date | None = None
    f_tax_from: date | None = None
    f_tax_to: date | None = None
    employer_from: date | None = None
    employer_to: date | None = None
    f_tax_is_known: bool = True
    settled_on: date | None = None


def noted_rows(reports: Iterable[TimeReport], spans: Iterable[NotedSpan]) -> tuple[NotedRow, ...]:
    """Return the reported rows that some noted time falls in, each once."""
    told = tuple(spans)
    return tuple(
        NotedRow(report_key=report.key, line=row.line, purpose=purpose)
        for report in reports
        for row in report.rows
        if (purpose := _purpose(report, row, told)) is not None
    )


def _purpose(report: TimeReport, row: ReportRow, spans: Iterable[NotedSpan]) -> RowPurpose | None:
    return next(
        (
            each.purpose
            for each in spans
            if each.assistant_number == report.assistant_number
            and each.start_at < row.span.end_at
            and row.span.start_at < each.end_at
        ),
        None,
    )


STAYS_IN_ACTIVITY = frozenset({AbsenceKind.SCHOOL, AbsenceKind.DAILY_ACTIVITY})

"""Which report each of the substitute's hours goes on: the state's in the qualifying time, the municipality's after.

The allowance pays the hours that stand on the state's report, so no hour may stand on both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from timvis.core.calculation.calculated import doubt
from timvis.core.calculation.substitute_fee import DEDUCTION, FEE, QualifyingTime
from timvis.core.calendar.local_time import spans_between
from timvis.core.quantities import Minutes
from timvis.core.records import ClockSpan, Instant, TimeKind
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.substitute.settings import FormOnDay, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedPiece:
    """A piece of one day that the substitute worked."""

    span: ClockSpan
    kind: TimeKind = TimeKind.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyingTerms:
    """Which of the hours lie in the qualifying time.

    `by_day`: the sick period has a qualifying day. Else `qualifying_time` says what stands in for it, and
    `deduction_minutes` how much time the deduction consumes (None where the first day stands in).
    """

    sick_from: date
    by_day: bool
    qualifying_time: QualifyingTime | None = None
    deduction_minutes: Minutes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of one of the two reports."""

    sheet: Sheet
    span: ClockSpan
    kind: TimeKind = TimeKind.ACTIVE

    @property
    def is_qualifying(self) -> bool:
        """Whether the row lies in the qualifying time."""
        return self.sheet is Sheet.STATE


def sheets(worked: Sequence[WorkedPiece], terms: QualifyingTerms) -> tuple[SheetRow, ...]:
    """Return each worked piece on its one report, in time order; a piece that the deduction ends in is cut there."""
    pieces = sorted(worked, key=lambda piece: (piece.span.start_at, piece.span.end_at))
    return tuple(row for row in _rows(pieces, terms))


def form_of(sheet: Sheet, on: date, forms: Sequence[FormOnDay]) -> str:
    """Return which form a report is on a day, empty where the routine does not say."""
    holding = [
        form
        for form in forms
        if form.sheet is sheet and form.form_from <= on and (form.form_to is None or on < form.form_to)
    ]
    return max(holding, key=lambda form: form.form_from).form if holding else ""


def objections(rows: Sequence[SheetRow], terms: QualifyingTerms) -> tuple[Finding, ...]:
    """Return what is wrong with two reports as they were handed in: hours on both, and hours on the wrong one."""
    twice = tuple(_twice(rows))
    # An hour that stands on both is told once, as just that.
    return twice or tuple(_on_the_wrong_sheet(rows, terms))


def _rows(pieces: Sequence[WorkedPiece], terms: QualifyingTerms) -> Iterator[SheetRow]:
    left = terms.deduction_minutes or 0
    for piece in pieces:
        span = piece.span
        if terms.by_day or terms.qualifying_time is not QualifyingTime.UNTIL_CONSUMED:
            yield _row(span.work_on == terms.sick_from, span, piece.kind)
            continue
        before = min(left, span.actual_minutes)
        left -= before
        cut_at = Instant(span.start_at + before)
        if before == span.actual_minutes or not before:
            yield _row(bool(before), span, piece.kind)
        else:
            yield from (_row(True, part, piece.kind) for part in spans_between(span.start_at, cut_at))
            yield from (_row(False, part, piece.kind) for part in spans_between(cut_at, span.end_at))


def _row(is_qualifying: bool, span: ClockSpan, kind: TimeKind) -> SheetRow:
    return SheetRow(sheet=Sheet.STATE if is_qualifying else Sheet.OWN, span=span, kind=kind)


def _twice(rows: Sequence[SheetRow]) -> Iterator[Finding]:
    for one, other in combinations(rows, 2):
        start = max(one.span.start_at, other.span.start_at)
        end = min(one.span.end_at, other.span.end_at)
        if start >= end:
            continue
        on_both = one.sheet is not other.sheet
        where = "på båda tidrapporterna" if on_both else "två gånger på samma tidrapport"
        yield doubt(
            "hours_stood_on_both_reports" if on_both else "hours_stood_twice",
            Severity.STOPS,
            label="Samma tid är redovisad två gånger",
            message=f"{_when(start, end)} står {where}. Stryk tiden på den ena: varje timme betalas en gång.",
            cites=FEE,
        )


def _on_the_wrong_sheet(rows: Sequence[SheetRow], terms: QualifyingTerms) -> Iterator[Finding]:
    worked = [WorkedPiece(span=row.span, kind=row.kind) for row in rows]
    right = sheets(worked, terms)
    for row in rows:
        wrong = [
            one
            for one in right
            if one.sheet is not row.sheet
            and one.span.start_at >= row.span.start_at
            and one.span.end_at <= row.span.end_at
        ]
        for one in wrong:
            belongs = "Försäkringskassans tidrapport" if one.sheet is Sheet.STATE else "kommunens egen tidrapport"
            yield doubt(
                "hours_stood_on_the_wrong_report",
                Severity.STOPS,
                label="Tiden står på fel tidrapport",
                message=f"{_when(one.span.start_at, one.span.end_at)} hör till {belongs}. Flytta tiden dit.",
                cites=FEE if terms.by_day else (*FEE, DEDUCTION),
            )


def _when(start_at: Instant, end_at: Instant) -> str:
    return ", ".join(f"{span.work_on} {span.from_text}–{span.to_text}" for span in spans_between(start_at, end_at))

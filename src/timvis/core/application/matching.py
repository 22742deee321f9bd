"""The sick shift laid beside the substitute's: which minutes somebody stood in for, and which nobody did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from timvis.core.calculation.sick_cost.records import SickCase, SickShift
from timvis.core.calendar.local_time import local_day
from timvis.core.records import Instant, TimeKind


class Coverage(StrEnum):
    """What became of a piece of a sick shift."""

    COVERED = "covered"
    VACANT = "vacant"
    SUBSTITUTE_WAS_ILL = "substitute_was_ill"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a sick shift, [`start_at`, `end_at`), all of it with one coverage."""

    start_at: Instant
    end_at: Instant
    coverage: Coverage

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end_at - self.start_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedShift:
    """One day's piece of a sick shift with its pieces; not `is_by_clock` where only the length is known."""

    row: int
    work_on: date
    start_at: Instant
    end_at: Instant
    kind: TimeKind
    is_by_clock: bool
    pieces: tuple[Piece, ...]

    @property
    def vacant_minutes(self) -> int:
        """How much of it nobody worked."""
        return sum(one.minutes for one in self.pieces if one.coverage in (Coverage.VACANT, Coverage.SUBSTITUTE_WAS_ILL))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodIn:
    """One day's piece of a substitute's shift; `fits` when some of it lies beside a sick shift."""

    row: int
    start_at: Instant
    end_at: Instant
    was_ill: bool
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedDay:
    """One day: what was missed, and who stood in."""

    on: date
    shifts: tuple[MatchedShift, ...]
    substitutes: tuple[StoodIn, ...]

    @property
    def vacant_minutes(self) -> int:
        """How much of the day's sick time nobody worked."""
        return sum(shift.vacant_minutes for shift in self.shifts)


def matched(case: SickCase) -> tuple[MatchedDay, ...]:
    """Return each day with a sick shift or a substitute, in order."""
    shifts = [_matched(shift, case) for shift in case.shifts]
    stood_in = [
        StoodIn(
            row=one.row,
            start_at=one.start_at,
            end_at=one.end_at,
            was_ill=one.was_ill,
            fits=any(one.start_at < shift.end_at and shift.start_at < one.end_at for shift in case.shifts),
        )
        for one in case.substitutes
    ]
    days = sorted({shift.work_on for shift in shifts} | {local_day(one.start_at) for one in stood_in})
    return tuple(
        MatchedDay(
            on=on,
            shifts=tuple(sorted((one for one in shifts if one.work_on == on), key=lambda one: one.start_at)),
            substitutes=tuple(
                sorted((one for one in stood_in if local_day(one.start_at) == on), key=lambda one: one.start_at)
            ),
        )
        for on in days
    )


def _matched(shift: SickShift, case: SickCase) -> MatchedShift:
    return MatchedShift(
        row=shift.row,
        work_on=shift.work_on,
        start_at=shift.start_at,
        end_at=shift.end_at,
        kind=shift.kind,
        is_by_clock=shift.is_by_clock,
        pieces=tuple(_pieces(shift, case)),
    )


def _pieces(shift: SickShift, case: SickCase) -> Iterator[Piece]:
    said = _said(shift)
    if said is not None:
        yield Piece(start_at=shift.start_at, end_at=shift.end_at, coverage=said)
        return
    edges = {shift.start_at, shift.end_at}
    for one in case.substitutes:
        edges |= {edge for edge in (one.start_at, one.end_at) if shift.start_at < edge < shift.end_at}
    for start_at, end_at in pairwise(sorted(edges)):
        there = [one for one in case.substitutes if one.start_at <= start_at < one.end_at]
        if any(not one.was_ill for one in there):
            coverage = Coverage.COVERED
        else:
            coverage = Coverage.SUBSTITUTE_WAS_ILL if there else Coverage.VACANT
        yield Piece(start_at=start_at, end_at=end_at, coverage=coverage)


def _said(shift: SickShift) -> Coverage | None:
    """Return what was said of a whole shift, None where the substitutes' own shifts tell."""
    if shift.is_elsewhere:
        return Coverage.ELSEWHERE
    if shift.is_covered is None:
        return None if shift.is_by_clock else Coverage.VACANT
    return Coverage.COVERED if shift.is_covered else Coverage.VACANT

"""What is left of the reported time: pieces, and what each word and limit takes from them.

Refusals are united per shift, never per clock: two assistants may work at once. A limit on a quantity takes
the latest minutes in time order, so an hour that is refused anyway uses up nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timvis.core.calendar.months import month_period, week_pieces
from timvis.core.calendar.weeks import day_of
from timvis.core.facts.granted import granted_parts
from timvis.core.facts.load import EMPLOYER_ID, Loaded, Row
from timvis.core.facts.two_payers import covers, states_grants, states_part
from timvis.core.records import Case, Grant, TimeKind
from timvis.core.review.finding import Finding, Word, WordKind
from timvis.core.review.rule import Grain, Quantity, Severity

FOUR_WEEKS, AVERAGE_WEEKS = 4, 17

BEYOND_THE_GRANT = "hours_were_beyond_the_granted_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one shift that nothing has taken yet. `parts_per_minute` converts it."""

    shift_id: int
    assistant_id: int
    kind: TimeKind
    work_on: date
    week: int
    start_at: int
    minutes: int
    parts_per_minute: int

    @property
    def parts(self) -> int:
        """Its converted time, in 28ths of a minute."""
        return self.minutes * self.parts_per_minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Converted time that a finding or a limit took, by the code of what took it."""

    code: str
    parts: int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left, and what was taken on the way."""

    pieces: tuple[Piece, ...]
    taken: tuple[Taken, ...]


def takes(finding: Finding, word: Word | None) -> bool:
    """Return whether an answered finding takes time away."""
    return word is not None and word.kind is WordKind.ACCEPT and finding.severity is not Severity.INFORMS


def left_of(case: Case, loaded: Loaded, findings: Sequence[Finding], words: Mapping[str, Word], window: str) -> Left:
    """Return what is left of a case's time after the officer's words, working time and the grant, in that order."""
    accepted = [finding for finding in findings if takes(finding, words.get(finding.key))]
    left = _without_refused(loaded, [finding for finding in accepted if finding.quantity is Quantity.NONE])
    limits = {finding.quantity: finding.code for finding in accepted if finding.quantity is not Quantity.NONE}
    taken = list(left.taken)
    pieces = left.pieces
    for quantity in (Quantity.FOUR_WEEKS, Quantity.MONTH, Quantity.YEAR, Quantity.AVERAGE):
        if quantity in limits:
            names = {f.assistant_number for f in accepted if f.quantity is quantity}
            whose = {n for n, assistant in loaded.assistants.items() if assistant.number in names}
            pieces, lost = _within_working_time(pieces, loaded, quantity, whose)
            taken.append(Taken(code=limits[quantity], parts=lost))
    if Quantity.BY_STATE in limits:
        pieces, lost = _without_the_states(pieces, case)
        taken.append(Taken(code=limits[Quantity.BY_STATE], parts=lost))
    if not _is_set_aside(findings, words, Quantity.GRANTED):
        pieces, lost = within_pools(pieces, pools(case.month_on, grants_of(case), window))
        taken.append(Taken(code=BEYOND_THE_GRANT, parts=lost))
    return Left(pieces, tuple(one for one in taken if one.parts))


def _is_set_aside(findings: Iterable[Finding], words: Mapping[str, Word], quantity: Quantity) -> bool:
    said = [words.get(finding.key) for finding in findings if finding.quantity is quantity]
    return any(word is not None and word.kind is WordKind.SET_ASIDE for word in said)


def _judged(loaded: Loaded) -> list[Row]:
    rows = [row for row in loaded.relations["shift"] if row["is_judged"]]
    return sorted(rows, key=lambda row: (row["start_at"], row["end_at"], row["shift_id"]))


def _without_refused(loaded: Loaded, accepted: Sequence[Finding]) -> Left:
    """Cut the accepted minutes out of each shift; a minute two findings want is counted on the first of them."""
    by_shift: dict[tuple[str, int, date, int], list[Finding]] = {}
    whole_claim = [finding for finding in accepted if finding.grain is Grain.CLAIM]
    for finding in accepted:
        if finding.shift is not None:
            ref = finding.shift
            by_shift.setdefault((ref.report_key, ref.line, ref.work_on, ref.start_minute), []).append(finding)
    pieces: list[Piece] = []
    taken: dict[str, int] = {}
    for row in _judged(loaded):
        report, line = loaded.shifts[row["shift_id"]]
        key = (report.key, line.line, line.span.work_on, line.span.start_minute)
        per_minute = row["parts"] // row["minutes"] if row["minutes"] else 0
        open_spans = [(row["start_at"], row["end_at"])]
        for finding in [*whole_claim, *by_shift.get(key, ())]:
            cut_from = row["start_at"] if finding.part_from is None else int(finding.part_from)
            cut_to = row["end_at"] if finding.part_to is None else int(finding.part_to)
            open_spans, lost = _cut(open_spans, cut_from, cut_to)
            taken[finding.code] = taken.get(finding.code, 0) + lost * per_minute
        pieces += [
            Piece(
                shift_id=row["shift_id"],
                assistant_id=row["assistant_id"],
                kind=line.kind,
                work_on=line.span.work_on,
                week=row["week"],
                start_at=start,
                minutes=end - start,
                parts_per_minute=per_minute,
            )
            for start, end in open_spans
        ]
    return Left(tuple(pieces), tuple(Taken(code=code, parts=parts) for code, parts in taken.items()))


def _cut(spans: list[tuple[int, int]], cut_from: int, cut_to: int) -> tuple[list[tuple[int, int]], int]:
    """Return the spans without [cut_from, cut_to), and how many minutes that took."""
    kept = [
        piece
        for start, end in spans
        for piece in ((start, min(end, cut_from)), (max(start, cut_to), end))
        if piece[0] < piece[1]
    ]
    return kept, sum(end - start for start, end in spans) - sum(end - start for start, end in kept)


# --- working time ----------------------------------------------------------------------------------------


def _within_working_time(
    pieces: tuple[Piece, ...], loaded: Loaded, quantity: Quantity, whose: set[int]
) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces that fit the limit of each named assistant, and the converted time that did not."""
    limits = {
        (day_of(row["law_from"]).year, day_of(row["law_from"]).month): row
        for row in loaded.relations["law"]
        if row["employer_id"] == EMPLOYER_ID
    }
    outside = [row for row in loaded.relations["shift"] if not row["is_judged"] and row["employer_id"] == EMPLOYER_ID]
    kept: list[Piece] = []
    lost = 0
    for assistant_id in sorted({piece.assistant_id for piece in pieces}):
        own = [piece for piece in pieces if piece.assistant_id == assistant_id]
        if assistant_id not in whose:
            kept += own
            continue
        worked = [_worked(row) for row in outside if row["assistant_id"] == assistant_id]
        for piece in own:
            limit = limits[piece.work_on.year, piece.work_on.month]
            room = piece.minutes if piece.kind is TimeKind.STANDBY else _room(piece, worked, limit, quantity)
            stays = max(min(piece.minutes, room), 0)
            lost += (piece.minutes - stays) * piece.parts_per_minute
            if stays:
                shorter = replace(piece, minutes=stays)
                kept.append(shorter)
                worked.append(_worked_piece(shorter))
    return _in_time_order(kept), lost


@dataclass(frozen=True, slots=True)
class _Worked:
    week: int
    month: tuple[int, int]
    minutes: int
    waiting: int


def _worked(row: Row) -> _Worked:
    on = day_of(row["work_on"])
    return _Worked(row["week"], (on.year, on.month), row["working_minutes"], row["waiting_minutes"])


def _worked_piece(piece: Piece) -> _Worked:
    working = 0 if piece.kind is TimeKind.STANDBY else piece.minutes
    waiting = piece.minutes if piece.kind is TimeKind.WAITING else 0
    return _Worked(piece.week, (piece.work_on.year, piece.work_on.month), working, waiting)


def _room(piece: Piece, worked: Sequence[_Worked], limit: Row, quantity: Quantity) -> int:
    """Return how many minutes of a piece the limit still has room for."""

    def total(counts: Callable[[_Worked], bool]) -> int:
        return sum(one.minutes for one in worked if counts(one))

    def weeks(count: int) -> Callable[[_Worked], bool]:
        return lambda one: piece.week - count < one.week <= piece.week

    match quantity:
        case Quantity.FOUR_WEEKS:
            inside = weeks(FOUR_WEEKS)
            waited = sum(one.waiting for one in worked if inside(one))
            return _room_with_waiting(piece, limit, total(inside), waited)
        case Quantity.MONTH:
            month = (piece.work_on.year, piece.work_on.month)
            return limit["month_limit_minutes"] - total(lambda one: one.month == month)
        case Quantity.YEAR:
            return limit["year_limit_minutes"] - total(lambda one: one.month[0] == piece.work_on.year)
        case _:
            return limit["average_limit_minutes"] - total(weeks(AVERAGE_WEEKS))


def _room_with_waiting(piece: Piece, limit: Row, worked: int, waited: int) -> int:
    """Return the room under the four weeks' limit, which waiting time raises up to its own allowance."""
    allowance = limit["waiting_four_weeks_limit_minutes"]
    room = limit["four_weeks_limit_minutes"] + min(waited, allowance) - worked
    if piece.kind is TimeKind.WAITING and room >= 0:
        room += max(allowance - waited, 0)
    return room


# --- the other payer --------------------------------------------------------------------------------------


def _without_the_states(pieces: tuple[Piece, ...], case: Case) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces that the state's hours for the same days have no room for, and the converted time they have.

    Of the state's days the latest minutes are the state's, as the latest are what lies beyond any other quantity.
    """
    grants = states_grants(case)
    on_its_days = [piece for piece in pieces if covers(grants, piece.work_on)]
    parts: dict[date, int] = {}
    for piece in on_its_days:
        parts[piece.work_on] = parts.get(piece.work_on, 0) + piece.parts
    month = month_period(case.month_on)
    ours = sum(parts.values()) - states_part(parts, case)
    pool = Pool(reference="", usable_from=month.from_on, usable_to=month.to_on, parts=ours)
    kept, lost = within_pools(on_its_days, [pool])
    others = (piece for piece in pieces if not covers(grants, piece.work_on))
    return _in_time_order([*others, *kept]), lost


# --- the grant -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Granted time that may be used on some days: half-open, in 28ths of a minute."""

    reference: str
    usable_from: date
    usable_to: date
    parts: int


def grants_of(case: Case) -> tuple[Grant, ...]:
    """Return the grants of the regime that the claim is made under: one regime never replaces the other."""
    return tuple(grant for grant in case.grants if grant.regime is case.regime)


def pools(month_on: date, grants: Iterable[Grant], window: str) -> tuple[Pool, ...]:
    """Return what was granted for a month, as pools per window: the month, or each week's part of it."""
    month = month_period(month_on)
    windows = [piece.period for piece in week_pieces(month)] if window == "week" else [month]
    return tuple(
        Pool(
            reference=grant.reference,
            usable_from=max(grant.granted_from, period.from_on),
            usable_to=min(grant.granted_to or period.to_on, period.to_on),
            parts=granted_parts(grant, period.from_on, period.to_on),
        )
        for period in windows
        for grant in grants
        if grant.granted_from < period.to_on and (grant.granted_to is None or grant.granted_to > period.from_on)
    )


def within_pools(pieces: Sequence[Piece], granted: Sequence[Pool]) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces that the grant covers, in time order, and the converted time beyond it.

    Of several pools that a day may use, the one that ends first is used first: a temporary increase before the
    ordinary hours, which may still be used on another day.
    """
    room = {index: pool.parts for index, pool in enumerate(granted)}
    kept: list[Piece] = []
    beyond = 0
    for piece in _in_time_order(pieces):
        usable = sorted(
            (index for index, pool in enumerate(granted) if pool.usable_from <= piece.work_on < pool.usable_to),
            key=lambda index: (granted[index].usable_to, granted[index].usable_from, index),
        )
        has_room = sum(room[index] for index in usable)
        stays = min(piece.minutes, has_room // piece.parts_per_minute) if piece.parts_per_minute else 0
        beyond += (piece.minutes - stays) * piece.parts_per_minute
        rest = stays * piece.parts_per_minute
        for index in usable:
            used = min(rest, room[index])
            room[index] -= used
            rest -= used
        if stays:
            kept.append(replace(piece, minutes=stays))
    return tuple(kept), beyond


def _in_time_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(pieces, key=lambda piece: (piece.start_at, piece.shift_id)))

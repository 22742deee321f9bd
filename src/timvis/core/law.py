"""Dated numbers of the law: asked for a day, answered with a row, or stopped with a gap.

The rows are data (`data/law/`, `data/agreements/`, `data/routines/*/numbers.toml`, read by `formats.law`).
Nothing here carries a value forward past what somebody has checked, and nothing here answers 0 or None for
"unknown".
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from timvis.core.law_terms import HOUR_UNITS, ORE_PER_HOUR_UNITS, ORE_UNITS, PERCENT_UNITS, UNITS, Shape
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes, Ore, OrePerHour
from timvis.core.statement import LawRowUsed, digest_of

Value: TypeAlias = Decimal | Fraction | int | bool | str
"""What a row holds. The unit's shape decides which: money, rates, percentages and hours are `Decimal`."""

ORE_PER_SEK = 100


class Confidence(StrEnum):
    """How sure somebody is of a row."""

    VERIFIED = "verified"
    SINGLE_SOURCE = "single-source"
    FROM_MEMORY = "from-memory"


class LawGap(LookupError):
    """No row of the law is in force, or known, on the day asked for. Stops the job.

    `before` is the last day with a value before the gap, `after` the first day after it; None: there is none.
    """

    def __init__(
        self, code: str, on: date, message: str, *, before: date | None = None, after: date | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.on = on
        self.message = message
        self.before = before
        self.after = after


class WrongUnit(ValueError):
    """A number of the law was asked for in a unit it does not have. Our own mistake."""


class AgeIsNeeded(ValueError):
    """Several rows are in force, for different ages, and no age was given."""

    def __init__(self, code: str, on: date, rows: tuple["LawRow", ...]) -> None:
        super().__init__(f"{code} has {len(rows)} rows in force on {on}, for different ages: an age is needed")
        self.code = code
        self.on = on
        self.rows = rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """One value with the days it is in force (`to_on` inclusive, None: until `reaches_to`) and its grounds.

    `unit` is empty when it is the number's own. The ages are those at the start of the year of payment, both
    inclusive; `monthly_cap_ore` is the pay per month that a reduced rate covers at most.
    """

    from_on: date
    to_on: date | None
    value: Value
    law: str
    source: tuple[str, ...]
    confidence: Confidence
    checked_on: date
    known_on: date
    note: str = ""
    unit: str = ""
    min_age: int | None = None
    max_age: int | None = None
    monthly_cap_ore: Ore | None = None
    max_employees: int | None = None

    def covers(self, day: date, reaches_to: date) -> bool:
        """Whether the row is in force on a day."""
        return self.from_on <= day <= (self.to_on or reaches_to)

    def covers_age(self, age: int) -> bool:
        """Whether the row is for somebody of this age."""
        return (self.min_age is None or self.min_age <= age) and (self.max_age is None or age <= self.max_age)

    def shares_ages_with(self, other: "LawRow") -> bool:
        """Whether some age is covered by both rows."""
        floor = max(self.min_age or 0, other.min_age or 0)
        ceilings = [age for age in (self.max_age, other.max_age) if age is not None]
        return all(floor <= ceiling for ceiling in ceilings)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawValue:
    """One number of the law through time."""

    code: str
    label: str
    label_en: str
    unit: str
    kind: str
    select_by: str
    rows: tuple[LawRow, ...]
    note: str = ""

    def unit_of(self, row: LawRow) -> str:
        """The unit of a row: its own when the unit has changed over time."""
        return row.unit or self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """Something that was looked for and not found, and where to look next. `code` may be a group of codes."""

    code: str
    what: str
    look_in: str
    from_on: date = date.min
    to_on: date = date.max


def text_of(value: Value) -> str:
    """Return a value in its one exact writing: "347.70", "1/4", "true", or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class LawByDay(ABC):
    """What a calculation asks: a number, a day, and the answer in the unit it needs.

    The typed questions raise `LawGap` when nothing is in force and `WrongUnit` when the number is of another
    kind or does not come out whole.
    """

    __slots__ = ()

    def on(self, code: str, day: date, *, known_on: date | None = None, age: int | None = None) -> LawRow:
        """Return the row of `code` in force on `day` as known on `known_on` (default: all that is known).

        Raises `LawGap` when there is none, naming the nearest dates that do have a value, and `AgeIsNeeded`
        when the row depends on an age that was not given.
        """
        return self.in_force(code, day, known_on=known_on, age=age).row

    @abstractmethod
    def number(self, code: str) -> LawValue:
        """Return a number with all its rows; KeyError when no number has that code."""

    def ore_per_hour(self, code: str, day: date) -> OrePerHour:
        """Return a rate as whole öre per hour."""
        return OrePerHour(_whole(code, self._decimal(code, day, ORE_PER_HOUR_UNITS) * ORE_PER_SEK))

    def ore(self, code: str, day: date) -> Ore:
        """Return an amount as whole öre."""
        return Ore(_whole(code, self._decimal(code, day, ORE_UNITS) * ORE_PER_SEK))

    def minutes(self, code: str, day: date) -> Minutes:
        """Return a time given in hours (per day, week, four weeks …) as whole minutes."""
        return Minutes(_whole(code, self._decimal(code, day, HOUR_UNITS) * MINUTES_PER_HOUR))

    def percent(self, code: str, day: date, *, age: int | None = None) -> Decimal:
        """Return a percentage, exactly as the data has it."""
        return self._decimal(code, day, PERCENT_UNITS, age=age)

    def fraction(self, code: str, day: date) -> Fraction:
        """Return a conversion factor, such as 1/4."""
        value = self._shaped(code, day, Shape.FRACTION)
        assert isinstance(value, Fraction)
        return value

    def count(self, code: str, day: date) -> int:
        """Return a number of whole days, weeks, months, years or times."""
        value = self._shaped(code, day, Shape.COUNT, Shape.COUNTS)
        if not isinstance(value, int):
            raise WrongUnit(f"{code} holds several whole numbers on {day}, not one")
        return value

    def flag(self, code: str, day: date) -> bool:
        """Return whether something holds."""
        value = self._shaped(code, day, Shape.FLAG)
        assert isinstance(value, bool)
        return value

    def word(self, code: str, day: date) -> str:
        """Return a code or a rule that is written as text."""
        return text_of(self._shaped(code, day, Shape.TEXT))

    @abstractmethod
    def in_force(self, code: str, day: date, *, known_on: date | None = None, age: int | None = None) -> "InForce":
        """Return what `on` does, with its unit and what a statement keeps of it."""

    def _decimal(self, code: str, day: date, units: frozenset[str], *, age: int | None = None) -> Decimal:
        found = self.in_force(code, day, age=age)
        row, unit = found.row, found.unit
        if unit not in units or not isinstance(row.value, Decimal):
            raise WrongUnit(f"{code} is given in {unit} on {day}, not in {' or '.join(sorted(units))}")
        return row.value

    def _shaped(self, code: str, day: date, *shapes: Shape) -> Value:
        found = self.in_force(code, day)
        row, unit = found.row, found.unit
        if UNITS[unit].shape not in shapes:
            raise WrongUnit(f"{code} is a {UNITS[unit].shape} ({unit}) on {day}, not a {shapes[0]}")
        return row.value


@dataclass(frozen=True, slots=True)
class InForce:
    """A row in force, its unit, and what a statement keeps of it."""

    row: LawRow
    unit: str
    used: LawRowUsed


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What is in force from each of some days, in order, until the next: no row, one, or one per group of ages."""

    from_days: tuple[date, ...]
    rows: tuple[tuple[InForce, ...], ...]


def _cut(number: LawValue, rows: Sequence[LawRow], reaches_to: date) -> _Pieces:
    """Return the rows cut at every day on which one of them begins or has ended."""
    ends = (row.to_on or reaches_to for row in rows)
    days = {row.from_on for row in rows} | {end + timedelta(days=1) for end in ends if end < date.max}
    from_days = tuple(sorted(days))
    return _Pieces(from_days, tuple(_latest(number, rows, day, reaches_to) for day in from_days))


def _latest(number: LawValue, rows: Sequence[LawRow], day: date, reaches_to: date) -> tuple[InForce, ...]:
    covering = [row for row in rows if row.covers(day, reaches_to)]
    return tuple(
        InForce(row, number.unit_of(row), row_used(number.code, row))
        for row in covering
        if not any(other.known_on > row.known_on and other.shares_ages_with(row) for other in covering)
    )


@dataclass(frozen=True, slots=True)
class LawBook(LawByDay):
    """All numbers, and the last day the data reaches to."""

    values: Mapping[str, LawValue]
    reaches_to: date
    confirmed: frozenset[tuple[str, date]] = frozenset()
    """(code, from_on) of from-memory rows that an operator has confirmed."""
    doubt: str = ""
    """What a user must know about the data as a whole."""
    not_found: tuple[NotFound, ...] = ()
    _pieces: dict[tuple[str, date | None], "_Pieces"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Numbers asked for so far, cut at the days on which they change. The rows never do, so no answer does."""

    def number(self, code: str) -> LawValue:
        """Return a number with all its rows; KeyError when no number has that code."""
        return self.values[code]

    def in_force(self, code: str, day: date, *, known_on: date | None = None, age: int | None = None) -> InForce:
        """Return what `on` does, with its unit and what a statement keeps of it."""
        rows = self._found(code, day, known_on)
        if age is not None:
            rows = tuple(one for one in rows if one.row.covers_age(age))
            if not rows:
                raise LawGap(code, day, f"{code} har inget värde som gäller {day} för den som är {age} år.")
        if len(rows) > 1:
            raise AgeIsNeeded(code, day, tuple(one.row for one in rows))
        return rows[0]

    def rows_on(self, code: str, day: date, *, known_on: date | None = None) -> tuple[LawRow, ...]:
        """Return every row in force on `day`: one, or one per group of ages.

        Where rows of different `known_on` cover the day, the latest known one holds: it corrects the others.
        """
        return tuple(one.row for one in self._found(code, day, known_on))

    def _found(self, code: str, day: date, known_on: date | None) -> tuple[InForce, ...]:
        pieces = self._pieces.get((code, known_on))
        if pieces is None:
            pieces = self._pieces[code, known_on] = _cut(
                self.number(code), self._known(code, known_on), self.reaches_to
            )
        at = bisect_right(pieces.from_days, day) - 1
        rows = pieces.rows[at] if at >= 0 else ()
        if not rows:
            raise self._gap(code, day, self._known(code, known_on), known_on)
        return rows

    def _known(self, code: str, known_on: date | None) -> list[LawRow]:
        return [row for row in self.number(code).rows if known_on is None or row.known_on <= known_on]

    def unconfirmed(self, used: Iterable[LawRowUsed]) -> tuple[LawRowUsed, ...]:
        """Return those of the used rows that rest on memory and that no operator has confirmed."""
        return tuple(row for row in used if not self.is_confirmed(row))

    def is_confirmed(self, used: LawRowUsed) -> bool:
        """Whether money may be paid on a row: it has a source, or an operator has confirmed it.

        A row that this data does not have is nobody's, and not confirmed.
        """
        if (used.code, used.from_on) in self.confirmed:
            return True
        number = self.values.get(used.code)
        return number is not None and any(
            row.confidence is not Confidence.FROM_MEMORY for row in number.rows if row_used(used.code, row) == used
        )

    def where_to_look(self, code: str, day: date) -> tuple[NotFound, ...]:
        """Return what is known to be missing on a day for a code, or for a group it belongs to."""
        return tuple(
            missing
            for missing in self.not_found
            if f"{code}.".startswith(f"{missing.code}.") and missing.from_on <= day <= missing.to_on
        )

    def looking_ahead_to(self, day: date) -> "LawBook":
        """Return the book as if what holds until further notice were checked to hold until a day.

        For judging a plan, which nobody is paid on: whoever shows the answer says to which day the book really reaches.
        """
        return self if day <= self.reaches_to else replace(self, reaches_to=day)

    @property
    def version(self) -> str:
        """The day the data reaches to and a digest of every row: changes as soon as a number does."""
        rows = [
            (
                code,
                number.unit_of(row),
                text_of(row.value),
                row.from_on,
                row.to_on,
                row.known_on,
                row.confidence,
            )
            for code, number in sorted(self.values.items())
            for row in number.rows
        ]
        return f"{self.reaches_to}-{digest_of(rows)[:12]}"

    def _gap(self, code: str, day: date, known: list[LawRow], known_on: date | None) -> LawGap:
        """Say that nothing is in force, and between which days."""
        if not known:
            first = min(row.known_on for row in self.number(code).rows)
            return LawGap(code, day, f"{code} var inte känt {known_on}; den första raden fördes in {first}.")
        ends = [(row.to_on or self.reaches_to, row.to_on is None) for row in known]
        before, is_open = max((end for end in ends if end[0] < day), default=(None, False))
        after = min((row.from_on for row in known if row.from_on > day), default=None)
        if before is None:
            near = f"det första gäller från och med {after}"
        elif after is not None:
            near = f"det närmaste före gäller till och med {before}, det närmaste efter från och med {after}"
        elif is_open:
            near = f"det sista gäller tills vidare men är bara kontrollerat till och med {before}"
        else:
            near = f"det sista gäller till och med {before}"
        message = f"{code} har inget värde som gäller {day}; {near}."
        return LawGap(code, day, message, before=before, after=after)


class LawReader(LawByDay):
    """A law book that remembers which rows were used, so that a statement can list them."""

    __slots__ = ("_book", "_known_on", "_used")

    def __init__(self, book: LawBook, *, known_on: date | None = None) -> None:
        self._book = book
        self._known_on = known_on
        self._used: dict[int, LawRowUsed] = {}

    def number(self, code: str) -> LawValue:
        """Return a number with all its rows; that is not yet to use one."""
        return self._book.number(code)

    def in_force(self, code: str, day: date, *, known_on: date | None = None, age: int | None = None) -> InForce:
        """Return what is in force, as known on the reader's day unless another is given, and remember it."""
        found = self._book.in_force(code, day, known_on=known_on or self._known_on, age=age)
        self._used[id(found.used)] = found.used
        return found

    @property
    def rows_used(self) -> tuple[LawRowUsed, ...]:
        """Every row used so far, once each, in the order of code and day."""
        return tuple(sorted(set(self._used.values()), key=lambda row: (row.code, row.from_on, row.known_on, row.value)))

    @property
    def unconfirmed(self) -> tuple[LawRowUsed, ...]:
        """Those of the used rows that nothing may be paid on yet."""
        return self._book.unconfirmed(self.rows_used)


def row_used(code: str, row: LawRow) -> LawRowUsed:
    """Return what a statement keeps of a row."""
    return LawRowUsed(code=code, from_on=row.from_on, known_on=row.known_on, value=text_of(row.value))


def _whole(code: str, value: Decimal) -> int:
    whole = int(value)
    if whole != value:
        raise WrongUnit(f"{code} gives {value.normalize()}, which is no whole number")
    return whole

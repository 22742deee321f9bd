"""The sums that every cost item rests on: one pass over the pieces of a sick-pay period, nothing rounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import lcm
from typing import TypeAlias, TypeVar

from timvis.core.calculation.sick_cost.qualifying import kept_shares
from timvis.core.calculation.sick_cost.records import CostItem
from timvis.core.calculation.sick_cost.rounding import Exact, quotient
from timvis.core.calculation.sick_cost.segments import OUTSIDE_THE_CLAIM, Segment
from timvis.core.calculation.sick_cost.terms import Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR

Key = TypeVar("Key", CostItem, date, tuple[str, bool])


@dataclass(slots=True)
class Sum:
    """Time and money of one kind, exactly: `ordinary` pay and `sick_pay` of all of it, in öre, and of what is left.

    What is left is what the qualifying day or deduction does not take. Money is gathered in whole parts of an öre,
    60 of ordinary pay and 60 times `scale` of sick pay, and divided when somebody asks: whole numbers are fast. What is
    taken is gathered in parts of those parts, `shares` of each, so that it is whole too.
    """

    scale: int
    shares: int
    minutes: int = 0
    minute_shares_taken: int = 0
    ordinary_parts: int = 0
    ordinary_shares_taken: int = 0
    sick_parts: int = 0
    sick_shares_taken: int = 0

    def empty(self) -> "Sum":
        """Return a sum of nothing that counts in the same parts."""
        return Sum(self.scale, self.shares)

    def add(self, minutes: int, ordinary_rate: int, sick_rate: int, kept_time: Exact, kept: Exact) -> None:
        """Add time at a rate per hour in öre, and one of sick pay in parts of an öre.

        The share `kept_time` of the time is left, and of the money the share `kept`.
        """
        ordinary, sick = minutes * ordinary_rate, minutes * sick_rate
        self.minutes += minutes
        self.ordinary_parts += ordinary
        self.sick_parts += sick
        if kept != 1:
            taken = self.shares - self._of_shares(kept)
            self.minute_shares_taken += minutes * (self.shares - self._of_shares(kept_time))
            self.ordinary_shares_taken += ordinary * taken
            self.sick_shares_taken += sick * taken

    def take_in(self, other: "Sum", *, same_minutes: bool = False) -> None:
        """Add another sum; the `same_minutes` of pay that lies over other pay are counted once."""
        if not same_minutes:
            self.minutes += other.minutes
            self.minute_shares_taken += other.minute_shares_taken
        self.ordinary_parts += other.ordinary_parts
        self.ordinary_shares_taken += other.ordinary_shares_taken
        self.sick_parts += other.sick_parts
        self.sick_shares_taken += other.sick_shares_taken

    def _of_shares(self, share: Exact) -> int:
        return share.numerator * self.shares // share.denominator

    @property
    def minutes_taken(self) -> Exact:
        """The minutes that the qualifying day or deduction takes."""
        return quotient(self.minute_shares_taken, self.shares)

    @property
    def minutes_left(self) -> Exact:
        """The minutes that are left."""
        return self.minutes - self.minutes_taken

    @property
    def ordinary(self) -> Exact:
        """Ordinary pay of all the time."""
        return quotient(self.ordinary_parts, MINUTES_PER_HOUR)

    @property
    def ordinary_left(self) -> Exact:
        """Ordinary pay of the time that is left."""
        left = self.ordinary_parts * self.shares - self.ordinary_shares_taken
        return quotient(left, MINUTES_PER_HOUR * self.shares)

    @property
    def sick_pay(self) -> Exact:
        """Sick pay of all the time."""
        return quotient(self.sick_parts, MINUTES_PER_HOUR * self.scale)

    @property
    def sick_pay_left(self) -> Exact:
        """Sick pay of the time that is left."""
        left = self.sick_parts * self.shares - self.sick_shares_taken
        return quotient(left, MINUTES_PER_HOUR * self.scale * self.shares)

    @property
    def sick_pay_taken(self) -> Exact:
        """The sick pay that the qualifying day or deduction takes."""
        return quotient(self.sick_shares_taken, MINUTES_PER_HOUR * self.scale * self.shares)


PaidPiece: TypeAlias = tuple[Segment, int, Exact, Exact]
"""A piece of paid time, what an hour of it gives in sick pay, and the shares that are left: of its time, of its pay."""


@dataclass(frozen=True, kw_only=True)  # no slots: they leave no room for what is worked out later
class Sums:
    """What a sick-pay period comes to before any line is rounded.

    `by_item`: paid time by cost item (a supplement lies over the same minutes as its base). `paid`: all of it.
    `pieces`: the same time piece by piece. `days`: the days with such time, in order. `refused`: time that is not paid,
    by reason. `of_period`: all time that can bear the qualifying day or deduction, claimed or not, which is what the
    next claim has to know.
    """

    by_item: Mapping[CostItem, Sum]
    paid: Sum
    pieces: Sequence[PaidPiece]
    days: Sequence[date]
    refused: Mapping[str, Sum]
    of_period: Sum

    @cached_property
    def by_day(self) -> Mapping[date, Sum]:
        """The paid time by day: worked out when somebody asks, for few sick-pay periods have days to weigh."""
        by_day: dict[date, Sum] = {}
        for segment, rate, kept_time, kept in self.pieces:
            of_day = _sum_in(by_day, segment.work_on, self.paid)
            of_day.add(segment.minutes, segment.ordinary, rate, kept_time, kept)
        return by_day


def sums_of(segments: Sequence[Segment], terms: Terms, work: Work) -> Sums:
    """Return the sums of a sick-pay period's pieces of time."""
    by_item: dict[CostItem, Sum] = {}
    pieces: list[PaidPiece] = []
    refused: dict[tuple[str, bool], Sum] = {}
    sick_of = {rate: terms.sick_parts_of(rate) for rate in {rate for one in segments for _, rate in one.pays}}
    sick = [sum([sick_of[rate] for _, rate in segment.pays]) for segment in segments]
    time_shares, pay_shares = kept_shares(segments, sick, terms, work)
    paid = Sum(terms.parts_per_ore, lcm(*{share.denominator for share in (*time_shares, *pay_shares)}))
    outside, of_period = paid.empty(), paid.empty()
    for segment, rate, kept_time, kept in zip(segments, sick, time_shares, pay_shares, strict=True):
        minutes, is_owed, why_not = segment.minutes, segment.not_owed is None, segment.not_owed or segment.not_paid
        if why_not is None:
            pieces.append((segment, rate, kept_time, kept))
            for item, ordinary in segment.pays:
                _sum_in(by_item, item, paid).add(minutes, ordinary, sick_of[ordinary], kept_time, kept)
        elif segment.not_paid != OUTSIDE_THE_CLAIM:
            _sum_in(refused, (why_not, is_owed), paid).add(minutes, segment.ordinary, rate, kept_time, kept)
        elif is_owed:
            outside.add(minutes, segment.ordinary, rate, kept_time, kept)
    for item, one in by_item.items():
        paid.take_in(one, same_minutes=item is CostItem.SICK_PAY_SUPPLEMENT)
    for one in (paid, outside, *(one for (_, is_owed), one in refused.items() if is_owed)):
        of_period.take_in(one)
    return Sums(
        by_item=by_item,
        paid=paid,
        pieces=pieces,
        days=sorted({segment.work_on for segment, *_ in pieces}),
        refused={why_not: one for (why_not, _), one in refused.items()},
        of_period=of_period,
    )


def _sum_in(sums: dict[Key, Sum], key: Key, like: Sum) -> Sum:
    found = sums.get(key)
    if found is None:
        found = sums[key] = like.empty()
    return found

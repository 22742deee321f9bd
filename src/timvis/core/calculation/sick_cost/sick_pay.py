"""The sums that every cost item rests on: one pass over the pieces of a sick-pay period, nothing rounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.calculation.sick_cost.qualifying import kept_shares
from timvis.core.calculation.sick_cost.records import CostItem
from timvis.core.calculation.sick_cost.rounding import Exact, quotient
from timvis.core.calculation.sick_cost.segments import OUTSIDE_THE_CLAIM, Segment
from timvis.core.calculation.sick_cost.terms import Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR


@dataclass(slots=True)
class Sum:
    """Time and money of one kind, exactly, in minutes and öre.

    `ordinary` pay and `sick_pay` of all of it; `…_left` of what the qualifying day or deduction leaves.
    """

    minutes: Exact = 0
    ordinary: Exact = 0
    sick_pay: Exact = 0
    minutes_left: Exact = 0
    ordinary_left: Exact = 0
    sick_pay_left: Exact = 0

    def add(self, minutes: int, ordinary_rate: Exact, sick_rate: Exact, kept: Exact) -> None:
        """Add time at a rate per hour, of which the share `kept` is left."""
        ordinary = quotient(minutes * ordinary_rate, MINUTES_PER_HOUR)
        sick_pay = quotient(minutes * sick_rate, MINUTES_PER_HOUR)
        self.minutes += minutes
        self.ordinary += ordinary
        self.sick_pay += sick_pay
        if kept:
            self.minutes_left += minutes * kept
            self.ordinary_left += ordinary * kept
            self.sick_pay_left += sick_pay * kept

    @property
    def minutes_taken(self) -> Exact:
        """The minutes that the qualifying day or deduction takes."""
        return self.minutes - self.minutes_left

    @property
    def sick_pay_taken(self) -> Exact:
        """The sick pay that the qualifying day or deduction takes."""
        return self.sick_pay - self.sick_pay_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a sick-pay period comes to before any line is rounded.

    `by_item`: paid time by cost item (a supplement lies over the same minutes as its base). `by_day`: the same time by
    day. `paid`: all of it. `refused`: time that is not paid, by reason. `of_period`: all time that can bear the
    qualifying day or deduction, claimed or not, which is what the next claim has to know.
    """

    by_item: Mapping[CostItem, Sum]
    by_day: Mapping[date, Sum]
    paid: Sum
    refused: Mapping[str, Sum]
    of_period: Sum


def sums_of(segments: Sequence[Segment], terms: Terms, work: Work) -> Sums:
    """Return the sums of a sick-pay period's pieces of time."""
    by_item: dict[CostItem, Sum] = {}
    by_day: dict[date, Sum] = {}
    refused: dict[str, Sum] = {}
    paid, of_period = Sum(), Sum()
    for segment, kept in zip(segments, kept_shares(segments, terms, work), strict=True):
        rates = [(item, rate, terms.sick_rate(rate)) for item, rate in segment.pays]
        whole = (segment.minutes, sum(rate for _, rate, _ in rates), sum(sick for _, _, sick in rates), kept)
        if segment.not_owed is None:
            of_period.add(*whole)
        if segment.not_paid == OUTSIDE_THE_CLAIM:
            continue
        why_not = segment.not_owed or segment.not_paid
        if why_not is not None:
            refused.setdefault(why_not, Sum()).add(*whole)
            continue
        for item, rate, sick in rates:
            by_item.setdefault(item, Sum()).add(segment.minutes, rate, sick, kept)
        by_day.setdefault(segment.work_on, Sum()).add(*whole)
        paid.add(*whole)
    return Sums(by_item=by_item, by_day=by_day, paid=paid, refused=refused, of_period=of_period)

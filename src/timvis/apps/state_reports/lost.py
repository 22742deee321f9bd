"""Time the municipality has worked and will not be paid for: before the state had the assistant's data."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import F, Sum

from timvis.apps.claims.records import counting_shifts
from timvis.core.calculation.first_twenty_hours import STATE_RATE
from timvis.core.facts.load import FACTOR_OF
from timvis.core.law import LawByDay, LawGap
from timvis.core.quantities import Minutes, Ore, Parts, parts_per_minute, pay_for
from timvis.core.records import TimeKind
from timvis.core.state_duties.records import Placement

Pair = tuple[int, str]
"""A recipient's id and an assistant's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostTime:
    """Reported minutes before registration, and what they are worth; None: a number of the law is missing."""

    minutes: Minutes
    ore: Ore | None


def lost_time(placements: Collection[tuple[int, Placement]], law: LawByDay) -> dict[Pair, LostTime]:
    """Return what was lost, by recipient and assistant, of some placements, each with its recipient's id.

    Only those whom the state learned of after their first shift, or not at all, are looked for.
    """
    late = {
        (recipient_id, one.assistant.number): one.registered_on
        for recipient_id, one in placements
        if one.registered_on is None or one.registered_on > one.first_shift_on
    }
    found: defaultdict[Pair, list[tuple[date, TimeKind, int]]] = defaultdict(list)
    for recipient_id, number, kind, work_on, minutes in _worked(late):
        registered_on = late.get((recipient_id, number))
        if (recipient_id, number) in late and (registered_on is None or work_on < registered_on):
            found[recipient_id, number].append((work_on, TimeKind(kind), minutes))
    return {pair: _lost(rows, law) for pair, rows in found.items()}


def _worked(pairs: Collection[Pair]) -> Collection[tuple[int, str, str, date, int]]:
    """Return reported minutes per recipient, assistant, kind and day."""
    if not pairs:
        return ()
    rows = counting_shifts().filter(
        report__claim__recipient_id__in={recipient_id for recipient_id, _number in pairs},
        report__assistant_number__in={number for _recipient_id, number in pairs},
    )
    keys = ("report__claim__recipient_id", "report__assistant_number", "kind", "work_on")
    return list(rows.values_list(*keys).annotate(minutes=Sum(F("end_at") - F("start_at"))).order_by(*keys))


def _lost(rows: list[tuple[date, TimeKind, int]], law: LawByDay) -> LostTime:
    minutes = Minutes(sum(each for _day, _kind, each in rows))
    try:
        ore = Ore(sum(worth(each, kind, day, law) for day, kind, each in rows))
    except LawGap:
        return LostTime(minutes=minutes, ore=None)
    return LostTime(minutes=minutes, ore=ore)


def worth(minutes: int, kind: TimeKind, day: date, law: LawByDay) -> Ore:
    """Return what the state pays for some minutes of a day. Raises `LawGap` when a number has no value."""
    factor = law.fraction(FACTOR_OF[kind], day) if kind in FACTOR_OF else Fraction(1)
    return pay_for(Parts(minutes * parts_per_minute(factor)), law.ore_per_hour(STATE_RATE, day))

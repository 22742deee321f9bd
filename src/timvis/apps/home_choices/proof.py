"""The proof that every turn was right: the log read from its first row, and held against what was ordered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timvis.apps.home_choices import queries, records
from timvis.apps.home_choices.models import EntryKind, HomeChoice, HowChosen, TurnEntry
from timvis.core.home_care.turn_order import (
    Entry,
    LogProblem,
    LogProblemKind,
    counts,
    problem,
    problems,
    remembered,
    turns,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A turn order as its log derives it: who stands where, who is remembered, how many each got, and what is wrong."""

    area: str
    rows: tuple[TurnEntry, ...]
    log: tuple[Entry, ...]
    turns: tuple[str, ...]
    remembered: tuple[str, ...]
    counts: dict[str, int]
    problems: tuple[LogProblem, ...]


def of_turns(municipality: str, area: str) -> Proof:
    """Return the proof of one turn order; no problems is that each turn followed from the rows before it."""
    rows = queries.turn_rows(municipality, area)
    log = tuple(records.entry(row) for row in rows)
    return Proof(
        area=area,
        rows=rows,
        log=log,
        turns=turns(log),
        remembered=remembered(log),
        counts=counts(log),
        problems=tuple(sorted((*problems(log), *_against_orders(rows)), key=lambda one: one.number)),
    )


def of_every_list(municipality: str) -> tuple[Proof, ...]:
    """Return the proof of every turn order of a municipality, by area."""
    return tuple(of_turns(municipality, area) for area in queries.areas_with_turns(municipality))


def _against_orders(rows: Sequence[TurnEntry]) -> Iterator[LogProblem]:
    """Yield the row after a missing one, and the turns whose order is not there or went to another."""
    choices = HomeChoice.objects.filter(how=HowChosen.IN_TURN, turn__in=[row.pk for row in rows])
    ordered = {choice.turn_id: choice.order for choice in choices.select_related("order__municipality")}
    for place, row in enumerate(rows, start=1):
        if row.number != place:
            yield problem(row.number, LogProblemKind.NUMBER_IS_MISSING)
            return
        if row.kind != EntryKind.ASSIGNED:
            continue
        order = ordered.get(row.pk)
        if order is None or order.number != row.reference:
            yield problem(row.number, LogProblemKind.ORDER_IS_NOT_THERE)
        elif order.provider_id != row.provider_id:
            yield problem(row.number, LogProblemKind.ORDER_WENT_ELSEWHERE)

"""The proof that every turn was right: the log read from its first row, held against orders and agreements.

From the log alone follow whose turn it was and that a full provider was full. The orders show that the turn was kept,
and the agreements, as they were known then, that what the log says of those who were skipped is true.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timvis.apps.home_choices import queries, records
from timvis.apps.home_choices.models import EntryKind, HomeAgreement, HomeAgreementVersion, HomeChoice, TurnEntry
from timvis.apps.home_orders.models import HomeOrder
from timvis.core.home_care.providers import CannotTake, Wanted, unfit
from timvis.core.home_care.turn_order import (
    Assigned,
    Entry,
    LogProblem,
    LogProblemKind,
    Skipped,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the rows of a log are held against: the choice of each turn, who was left by it, and all agreements."""

    choices: Mapping[int, HomeChoice]
    leaves: Mapping[str, str]
    agreements: Mapping[str, Sequence[HomeAgreementVersion]]


def of_turns(municipality: str, area: str) -> Proof:
    """Return the proof of one turn order; no problems is that each turn followed from the rows before it."""
    rows = queries.turn_rows(municipality, area)
    log = tuple(records.entry(row) for row in rows)
    found = (*problems(log), *_missing(rows), *_against_the_rest(rows, log, _known(municipality, rows)))
    return Proof(
        area=area,
        rows=rows,
        log=log,
        turns=turns(log),
        remembered=remembered(log),
        counts=counts(log),
        problems=tuple(sorted(found, key=lambda one: one.number)),
    )


def of_every_list(municipality: str) -> tuple[Proof, ...]:
    """Return the proof of every turn order of a municipality, by area."""
    return tuple(of_turns(municipality, area) for area in queries.areas_with_turns(municipality))


def _known(municipality: str, rows: Sequence[TurnEntry]) -> _Known:
    choices = HomeChoice.objects.filter(turn__in=[row.pk for row in rows]).select_related("order__municipality")
    by_turn = {choice.turn_id: choice for choice in choices.prefetch_related("order__services")}
    recipients = {choice.recipient_id for choice in by_turn.values()}
    left = HomeOrder.objects.filter(recipient_id__in=recipients).select_related("municipality")
    agreements = HomeAgreement.objects.filter(provider__municipality__slug=municipality).prefetch_related("versions")
    return _Known(
        choices={turn_id: choice for turn_id, choice in by_turn.items() if turn_id is not None},
        leaves={order.number: str(order.provider_id) for order in left},
        agreements={str(one.provider_id): tuple(one.versions.all()) for one in agreements},
    )


def _missing(rows: Sequence[TurnEntry]) -> Iterator[LogProblem]:
    """Yield the first row that comes after one that is not there."""
    late = (row.number for place, row in enumerate(rows, start=1) if row.number != place)
    number = next(late, None)
    if number is not None:
        yield problem(number, LogProblemKind.NUMBER_IS_MISSING)


def _against_the_rest(rows: Sequence[TurnEntry], log: Sequence[Entry], known: _Known) -> Iterator[LogProblem]:
    """Yield the turns whose order is not there or went to another, or that skipped somebody for no true reason."""
    for row, entry in zip(rows, log, strict=True):
        if row.kind != EntryKind.ASSIGNED or not isinstance(entry, Assigned):
            continue
        choice = known.choices.get(row.pk)
        if choice is None or choice.order.number != row.reference:
            yield problem(row.number, LogProblemKind.ORDER_IS_NOT_THERE)
            continue
        if choice.order.provider_id != row.provider_id:
            yield problem(row.number, LogProblemKind.ORDER_WENT_ELSEWHERE)
        wanted = _wanted(choice, entry, known)
        if not all(_is_true(one, row, wanted, known) for one in entry.skipped):
            yield problem(row.number, LogProblemKind.AGREEMENT_SAID_OTHERWISE)


def _wanted(choice: HomeChoice, entry: Assigned, known: _Known) -> Wanted:
    """Return what had to be taken when the turn was given: the order as it was placed."""
    placed = [row.service for row in choice.order.services.all() if row.step_number == 1]
    return Wanted(
        services=frozenset(placed),
        from_on=choice.first_on,
        minutes=entry.minutes,
        area=choice.order.area,
        leaves=frozenset(known.leaves[number] for number in choice.leaves if number in known.leaves),
    )


def _is_true(skipped: Skipped, row: TurnEntry, wanted: Wanted, known: _Known) -> bool:
    """Return whether a provider's agreement, as it was known then, says what the log says of it."""
    versions = known.agreements.get(skipped.provider, ())
    spoken = records.speaking(versions, known_at=row.made_at, on=wanted.from_on)
    if spoken is None:
        return False
    terms = records.terms(skipped.provider, records.particulars(spoken))
    because = unfit(terms, wanted) or CannotTake.FULL
    return skipped.because is because and skipped.capacity.ceiling_minutes == terms.ceiling_minutes

"""What in a month of visits should make somebody ask: never a proof, and nothing is stopped by it.

A person may be in one place at a time, cannot travel faster than a car, and does not work to the minute as planned
month after month. Every bound is given by whoever asks; none is built in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from timvis.core.home_care.ordered import Pause
from timvis.core.home_care.visits import Place, RegisteredBy, RegisteredVisit, VisitState
from timvis.core.records import Instant

_FIVE = 5
_WHOLE = 100


class SignalKind(StrEnum):
    """What looks odd."""

    AFTER_DEATH = "after_death"
    IN_HOSPITAL = "in_hospital"
    OVERLAP = "overlap"
    IMPOSSIBLE_TRAVEL = "impossible_travel"
    ALWAYS_AS_PLANNED = "always_as_planned"
    REGULAR_AS_A_MACHINE = "regular_as_a_machine"
    REGISTERED_BY_HAND = "registered_by_hand"


class Answer(StrEnum):
    """What somebody found out when she looked at a signal."""

    ASKED = "asked"
    EXPLAINED = "explained"
    FOLLOWED_UP = "followed_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From where a thing is odd. Shares are whole percent, of at least `fewest_visits` visits."""

    metres_per_minute: int
    fewest_visits: int
    as_planned_percent: int
    on_five_minutes_percent: int
    by_hand_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What looks odd, the visits that do, and a Swedish sentence; `percent` where it is a share."""

    kind: SignalKind
    visits: tuple[RegisteredVisit, ...]
    text: str
    percent: int | None = None


def signals(
    visits: Iterable[RegisteredVisit],
    bounds: Bounds | None,
    *,
    hospital: Mapping[str, Sequence[Pause]],
    died_at: Mapping[str, Instant],
) -> tuple[Signal, ...]:
    """Return every signal in a provider's performed visits, by kind and then by time.

    `hospital` and `died_at` are by the recipient's number. Without bounds only what cannot be is told.
    """
    performed = sorted(
        (visit for visit in visits if visit.state is VisitState.PERFORMED),
        key=lambda visit: (visit.start_at, visit.end_at, visit.key),
    )
    found = [
        *_impossible_presence(performed, hospital, died_at),
        *_by_staff(performed, bounds),
        *(_habits(performed, bounds) if bounds else ()),
    ]
    rank = list(SignalKind)
    return tuple(sorted(found, key=lambda signal: (rank.index(signal.kind), signal.visits[0].start_at)))


def by_hand_percent(visits: Iterable[RegisteredVisit]) -> int | None:
    """Return the share of performed visits registered by hand, whole percent cut; None when it is never said."""
    said = [visit for visit in visits if visit.state is VisitState.PERFORMED and visit.registered is not None]
    return _percent(said, lambda visit: visit.registered is RegisteredBy.BY_HAND) if said else None


def _impossible_presence(
    performed: Sequence[RegisteredVisit], hospital: Mapping[str, Sequence[Pause]], died_at: Mapping[str, Instant]
) -> Iterator[Signal]:
    """Yield the visits to somebody who was dead, or in hospital for the whole of it."""
    for visit in performed:
        death = died_at.get(visit.recipient)
        if death is not None and visit.start_at >= death:
            text = "Besöket är registrerat som utfört efter att personen avlidit."
            yield Signal(kind=SignalKind.AFTER_DEATH, visits=(visit,), text=text)
        elif any(
            away.from_at <= visit.start_at and (away.to_at is None or visit.end_at <= away.to_at)
            for away in hospital.get(visit.recipient, ())
        ):
            text = "Besöket är registrerat som utfört medan personen låg på sjukhus."
            yield Signal(kind=SignalKind.IN_HOSPITAL, visits=(visit,), text=text)


def _by_staff(performed: Sequence[RegisteredVisit], bounds: Bounds | None) -> Iterator[Signal]:
    """Yield what one employee cannot have done: two visits at once, or too far apart for the time between."""
    for mine in _grouped(performed, lambda visit: visit.staff).values():
        # Of the visits so far the one that ended last: only that one can reach into the next.
        last = mine[0]
        for visit in mine[1:]:
            if visit.start_at < last.end_at:
                if not _is_one_household(last, visit):
                    text = "Samma personal är registrerad på två besök samtidigt."
                    yield Signal(kind=SignalKind.OVERLAP, visits=(last, visit), text=text)
            elif bounds and _is_too_far(last, visit, bounds.metres_per_minute):
                text = "Avståndet mellan besöken är för långt för tiden mellan dem."
                yield Signal(kind=SignalKind.IMPOSSIBLE_TRAVEL, visits=(last, visit), text=text)
            if visit.end_at >= last.end_at:
                last = visit


def _habits(performed: Sequence[RegisteredVisit], bounds: Bounds) -> Iterator[Signal]:
    """Yield what is too even to be lived: per recipient and service, and per employee."""
    planned = [visit for visit in performed if visit.planned_minutes is not None]
    for mine in _grouped(planned, lambda visit: f"{visit.recipient} {visit.service}").values():
        yield from _share(
            mine,
            lambda visit: visit.minutes == visit.planned_minutes,
            bounds,
            bounds.as_planned_percent,
            (SignalKind.ALWAYS_AS_PLANNED, "av besöken är på minuten lika långa som planerat."),
        )
    for mine in _grouped(performed, lambda visit: visit.staff).values():
        yield from _share(
            mine,
            lambda visit: visit.start_at % _FIVE == 0 and visit.end_at % _FIVE == 0,
            bounds,
            bounds.on_five_minutes_percent,
            (SignalKind.REGULAR_AS_A_MACHINE, "av besöken börjar och slutar på jämna fem minuter."),
        )
        said = [visit for visit in mine if visit.registered is not None]
        yield from _share(
            said,
            lambda visit: visit.registered is RegisteredBy.BY_HAND,
            bounds,
            bounds.by_hand_percent,
            (SignalKind.REGISTERED_BY_HAND, "av besöken är registrerade för hand."),
        )


def _share(
    visits: Sequence[RegisteredVisit],
    holds: Callable[[RegisteredVisit], bool],
    bounds: Bounds,
    at_least_percent: int,
    said: tuple[SignalKind, str],
) -> Iterator[Signal]:
    if not visits or len(visits) < bounds.fewest_visits:
        return
    percent = _percent(visits, holds)
    if percent >= at_least_percent:
        odd = tuple(visit for visit in visits if holds(visit))
        if odd:
            yield Signal(kind=said[0], visits=odd, text=f"{percent} procent {said[1]}", percent=percent)


def _percent(visits: Sequence[RegisteredVisit], holds: Callable[[RegisteredVisit], bool]) -> int:
    return sum(map(holds, visits)) * _WHOLE // len(visits)


def _grouped(
    visits: Iterable[RegisteredVisit], by: Callable[[RegisteredVisit], str]
) -> dict[str, list[RegisteredVisit]]:
    """Return visits by a name, in the order they came; those without one are left out."""
    found: defaultdict[str, list[RegisteredVisit]] = defaultdict(list)
    for visit in visits:
        name = by(visit)
        if name:
            found[name].append(visit)
    return dict(found)


def _is_one_household(first: RegisteredVisit, second: RegisteredVisit) -> bool:
    """Whether two visits are one, shared by people who live together."""
    return first.shared_by > 1 and second.shared_by > 1 and first.recipient != second.recipient


def _is_too_far(first: RegisteredVisit, second: RegisteredVisit, metres_per_minute: int) -> bool:
    if first.place is None or second.place is None:
        return False
    reach = (second.start_at - first.end_at) * metres_per_minute
    return _squared_metres(first.place, second.place) > reach * reach


def _squared_metres(first: Place, second: Place) -> int:
    return (first.northing - second.northing) ** 2 + (first.easting - second.easting) ** 2

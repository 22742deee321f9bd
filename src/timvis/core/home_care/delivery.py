"""Visits that come in, laid beside those already kept: what is new, what is told again, what is told otherwise.

A visit is known by its number in the system it comes from, and every row of it is told together: double staffing is
two rows of one visit, or two visits. The same again changes nothing, so a file may be sent twice. What was planned
may become performed or cancelled; anything else that is told otherwise is a fault unless it is said to be a correction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from timvis.core.faults import Fault
from timvis.core.home_care.visits import RegisteredVisit, VisitState

T = TypeVar("T")
_Name: TypeAlias = tuple[str, str]
_Time: TypeAlias = tuple[str, str, str, VisitState, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVisit:
    """A visit that counts, and the id it is kept under."""

    id: int
    visit: RegisteredVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What comes of a delivery: what is kept, the ids of what no longer counts, and how many rows said nothing new."""

    new: tuple[RegisteredVisit, ...]
    replaced: tuple[int, ...]
    repeated: int


def laid(
    told: Iterable[RegisteredVisit], kept: Iterable[KeptVisit], *, is_correction: bool
) -> Laid | tuple[Fault, ...]:
    """Return what comes of a delivery, or every visit of it that is already told otherwise.

    `kept` are the provider's visits that count, at least those with the same numbers or at the same times.
    """
    known = _by_name((one.visit, one) for one in kept)
    new: list[RegisteredVisit] = []
    replaced: list[int] = []
    faults: list[Fault] = []
    repeated = 0
    for name, rows in _by_name((row, row) for row in told).items():
        before = known.get(name, [])
        if before and Counter(rows) == Counter(one.visit for one in before):
            repeated += len(rows)
        elif is_correction or all(one.visit.state is VisitState.PLANNED for one in before):
            new += rows
            replaced += [one.id for one in before]
        else:
            faults.append(_told_otherwise(rows[0]))
    faults += _from_another_system(new, known, frozenset(replaced))
    if faults:
        return tuple(sorted(faults, key=lambda fault: fault.line or 0))
    return Laid(new=tuple(new), replaced=tuple(replaced), repeated=repeated)


def _by_name(rows: Iterable[tuple[RegisteredVisit, T]]) -> dict[_Name, list[T]]:
    found: defaultdict[_Name, list[T]] = defaultdict(list)
    for visit, one in rows:
        found[visit.system, visit.key].append(one)
    return dict(found)


def _from_another_system(
    new: Sequence[RegisteredVisit], known: dict[_Name, list[KeptVisit]], replaced: frozenset[int]
) -> Iterator[Fault]:
    """Yield a fault for every new visit that is kept already under another number: two systems told of it."""
    at = {_time(one.visit) for rows in known.values() for one in rows if one.id not in replaced and one.visit.staff}
    for visit in new:
        if _time(visit) in at:
            yield Fault(
                code="visit_from_two_systems",
                message="Ett besök med samma person, insats, personal och tider är redan lämnat med ett annat nummer.",
                remedy="Lämna in besöket från ett av systemen.",
                line=visit.line,
            )


def _time(visit: RegisteredVisit) -> _Time:
    return visit.recipient, visit.service, visit.staff, visit.state, visit.start_at, visit.end_at


def _told_otherwise(visit: RegisteredVisit) -> Fault:
    return Fault(
        code="visit_is_told_otherwise",
        message="Besöket är redan lämnat, med andra uppgifter.",
        remedy="Är det en rättelse: lämna in filen som rättelse, med skäl. Är det ett annat besök: ge det ett eget "
        "nummer. Alla rader för ett besök lämnas tillsammans.",
        line=visit.line,
    )

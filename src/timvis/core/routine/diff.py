"""What differs between two routines, change by change, told so that a person can decide on it.

The comparison walks the records by themselves, field by field: a field that is new in the format is compared
from its first day. Two routines that differ have at least one change, two that are alike have none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from textwrap import shorten

from timvis.core.routine.records import Routine
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.telling import NAMES, called, in_words, is_pair, says_itself
from timvis.core.routine.words import FIELDS, RECORDS

LETTERS = 70
"""How much of a long title is said of the thing that has changed."""


class What(StrEnum):
    """What has happened to a thing between two routines."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: `where` is the path to it, as `steps.review.role`; None where there is nothing.

    `about` is what a person calls the place, and `sentence` tells the whole in Swedish by itself.
    """

    what: What
    where: str
    about: str
    before: str | None
    after: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the routine something stands, and what a person calls the thing it belongs to."""

    path: tuple[str, ...] = ()
    owner: str = "rutinen"

    def at(self, key: str) -> "_Place":
        return _Place((*self.path, key), self.owner)

    def item(self, key: str, owner: str) -> "_Place":
        return _Place((*self.path, key), owner)


def diff(before: Routine, after: Routine) -> tuple[Change, ...]:
    """Return everything that differs between two routines, in the order of the format; nothing when they are alike."""
    return tuple(_differences(before, after, _Place()))


def _differences(before: object, after: object, place: _Place) -> Iterator[Change]:
    """Yield what differs between two values; always something when they are not equal."""
    if before == after:
        return
    found = list(_inside(before, after, place))
    yield from found or [_changed(before, after, place)]


def _inside(before: object, after: object, place: _Place) -> Iterator[Change]:
    """Yield the differences between the parts of two values, nothing where they are best told whole."""
    if is_dataclass(before) and type(before) is type(after):
        if not says_itself(before) or in_words(before) == in_words(after):
            for field in fields(before):
                yield from _differences(getattr(before, field.name), getattr(after, field.name), place.at(field.name))
    elif isinstance(before, tuple) and isinstance(after, tuple) and not _is_setting(place):
        both = (*before, *after)
        if all(is_dataclass(one) for one in both):
            yield from _records(before, after, place)
        elif all(is_pair(one) for one in both):
            yield from _pairs(before, after, place)
        elif all(type(one) is str for one in both):
            yield from _sentences(before, after, place)


def _records(before: Sequence[object], after: Sequence[object], place: _Place) -> Iterator[Change]:
    """Yield what differs between two lists of records: taken away, new, moved, changed inside."""
    old, new = _by_name(before), _by_name(after)
    for key, record in old.items():
        if key not in new:
            yield _removed(in_words(record), place.item(key, _called(place, record)))
    for key, record in new.items():
        if key not in old:
            yield _added(in_words(record), place.item(key, _called(place, record)))
    stay = [key for key in new if key in old]
    positions = [list(old).index(key) for key in stay]
    for nth in _out_of_order(positions):
        key = stay[nth]
        yield _moved(list(old).index(key) + 1, list(new).index(key) + 1, place.item(key, _called(place, new[key])))
    for key in stay:
        yield from _differences(old[key], new[key], place.item(key, _called(place, new[key])))


def _pairs(
    before: Sequence[tuple[str, object]], after: Sequence[tuple[str, object]], place: _Place
) -> Iterator[Change]:
    """Yield what differs between two tables of names and values."""
    old, new = dict(before), dict(after)
    for key, value in old.items():
        if key in new:
            yield from _differences(value, new[key], place.at(key))
        else:
            yield _removed(in_words(value, key), place.at(key), named=True)
    for key, value in new.items():
        if key not in old:
            yield _added(in_words(value, key), place.at(key), named=True)


def _sentences(before: Sequence[str], after: Sequence[str], place: _Place) -> Iterator[Change]:
    """Yield the free texts of a list that are gone and those that are new."""
    for text in (Counter(before) - Counter(after)).elements():
        yield _removed(in_words(text, place.path[-1]), place, named=True)
    for text in (Counter(after) - Counter(before)).elements():
        yield _added(in_words(text, place.path[-1]), place, named=True)


# --- records in a list ------------------------------------------------------------------------------------


def _by_name(records: Sequence[object]) -> dict[str, object]:
    """Return the records by what they go by; a name that comes again is numbered."""
    named: dict[str, object] = {}
    for record in records:
        name = _name(record)
        key, nth = name, 1
        while key in named:
            nth += 1
            key = f"{name}-{nth}"
        named[key] = record
    return named


def _name(record: object) -> str:
    value = _key(record)
    return "+".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _key(record: object) -> object:
    """Return what a record goes by."""
    known = [field.name for field in fields(record)]  # type: ignore[arg-type]  # the caller has seen a dataclass
    return getattr(record, next((name for name in NAMES if name in known), known[0]))


def _called(place: _Place, record: object) -> str:
    """Return what a person calls a record: steget Beslutsattest."""
    titles = (getattr(record, name, None) for name in ("label", "text", "reason"))
    title = next(filter(None, titles), None) or in_words(_key(record))
    noun = RECORDS.get(".".join(place.path), RECORDS.get(place.path[-1], place.path[-1]))
    return f"{noun} {_short(shorten(str(title), LETTERS, placeholder=' …'))}"


def _out_of_order(positions: list[int]) -> Iterator[int]:
    """Yield the fewest places whose numbers must move for the rest to rise."""
    rising: list[list[int]] = [[]]
    for nth, position in enumerate(positions):
        before = [run for run in rising if not run or positions[run[-1]] < position]
        longest: list[int] = max(before, key=len)
        rising.append([*longest, nth])
    kept = max(rising, key=len)
    yield from (nth for nth in range(len(positions)) if nth not in kept)


# --- one change -------------------------------------------------------------------------------------------


def _added(text: str, place: _Place, *, named: bool = False) -> Change:
    about = f"{_owner(place)}: {_field(place)}" if named else _owner(place)
    told = f"{about} får {_short(text)}." if named else f"Läggs till: {place.owner}{_inner(text)}."
    return Change(what=What.ADDED, where=_where(place), about=about, before=None, after=text, sentence=told)


def _removed(text: str, place: _Place, *, named: bool = False) -> Change:
    about = f"{_owner(place)}: {_field(place)}" if named else _owner(place)
    told = f"{about} mister {_short(text)}." if named else f"Tas bort: {place.owner}{_inner(text)}."
    return Change(what=What.REMOVED, where=_where(place), about=about, before=text, after=None, sentence=told)


def _moved(before: int, after: int, place: _Place) -> Change:
    old, new = f"plats {before}", f"plats {after}"
    told = f"Flyttas: {place.owner} går från {old} till {new}."
    return Change(what=What.MOVED, where=_where(place), about=_owner(place), before=old, after=new, sentence=told)


def _changed(before: object, after: object, place: _Place) -> Change:
    old = None if before is None else in_words(before, place.path[-1])
    new = None if after is None else in_words(after, place.path[-1])
    if old is None:
        told = f"sätts till {_short(new or '')}"
    elif new is None:
        told = f"{_short(old)} tas bort"
    else:
        told = f"ändras från {_short(old)} till {_short(new)}"
    about = f"{_owner(place)}: {_field(place)}"
    return Change(
        what=What.CHANGED, where=_where(place), about=about, before=old, after=new, sentence=f"{about} {told}."
    )


def _where(place: _Place) -> str:
    return ".".join(place.path)


def _owner(place: _Place) -> str:
    return place.owner[:1].upper() + place.owner[1:]


def _field(place: _Place) -> str:
    """Return what a person calls a field; in a table of names the name itself stands after it."""
    last = place.path[-1]
    if last in FIELDS or _is_setting(place):
        return called(last)
    known = [key for key in place.path if key in FIELDS]
    return f"{FIELDS[known[-1]]}, {last}," if known else last


def _is_setting(place: _Place) -> bool:
    return place.path[0] == "settings" and place.path[-1] in CATALOGUE


def _inner(text: str) -> str:
    return f" ({text})" if text else ""


def _short(text: str) -> str:
    return f"”{text.rstrip('.')}”"

"""What a rule is: a predicate over one facts record, with its law, its sentence and its weight beside it.

The predicate is plain comparisons joined by `&` and `|`, so the same function judges one record of whole
numbers and a whole column of an engine. Everything else about the rule is data on the `Rule` around it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from timvis.core.records import Regime


class Severity(StrEnum):
    """What a finding asks of the officer, heaviest first."""

    REFUSES = "refuses"  # the minutes are not payable unless the officer sets the finding aside
    STOPS = "stops"  # nothing is paid until it is mended or set aside
    ASKS = "asks"  # a person has to look; the minutes count until she says otherwise
    INFORMS = "informs"  # worth knowing; no word is needed


class Grain(StrEnum):
    """What a rule judges."""

    SHIFT = "shift"
    WEEK = "week"
    CLAIM = "claim"


class Quantity(StrEnum):
    """Rules about an amount of time are announced in review and judged again in calculation."""

    NONE = ""
    GRANTED = "granted"
    BY_STATE = "by_state"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    YEAR = "year"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its name is its code and a sentence that is true when it objects.

    `law` names the law values it leans on: it judges a day of work only where each of them is in force.
    `part` names the two facts that bound the minutes it objects to (default the whole shift); `excess` the
    facts whose difference is the time beyond a limit. `severity` is per regime.
    """

    code: str
    grain: Grain
    objects: Callable[[Any], Any]
    cites: tuple[str, ...]
    because: str
    severity: dict[Regime, Severity]
    label: str
    law: tuple[str, ...] = ()
    part: tuple[str, str] = ("start_at", "end_at")
    excess: tuple[str, str] | None = None
    quantity: Quantity = Quantity.NONE


@dataclass(frozen=True, slots=True)
class BySeverity:
    """A severity that differs between the municipality's decisions and the state's."""

    lss: Severity
    sfb: Severity


Weight = Severity | BySeverity

_book: dict[str, Rule] = {}


def _registers(grain: Grain) -> Callable[..., Callable[[Callable[[Any], Any]], Callable[[Any], Any]]]:
    def with_data(
        *,
        label: str,
        cites: list[str],
        because: str,
        severity: Weight,
        law: list[str] | None = None,
        part: tuple[str, str] = ("start_at", "end_at"),
        excess: tuple[str, str] | None = None,
        quantity: Quantity = Quantity.NONE,
    ) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        weights = severity if isinstance(severity, BySeverity) else BySeverity(severity, severity)

        def register(objects: Callable[[Any], Any]) -> Callable[[Any], Any]:
            code = objects.__name__
            if code in _book:
                raise ValueError(f"two rules are called {code}")
            _book[code] = Rule(
                code=code,
                grain=grain,
                objects=objects,
                cites=tuple(cites),
                because=because,
                severity={Regime.LSS: weights.lss, Regime.SFB: weights.sfb},
                label=label,
                law=tuple(law or ()),
                part=part,
                excess=excess,
                quantity=quantity,
            )
            return objects

        return register

    return with_data


shift_rule = _registers(Grain.SHIFT)
week_rule = _registers(Grain.WEEK)
claim_rule = _registers(Grain.CLAIM)


def registered() -> Iterator[Rule]:
    """Yield every rule that has been registered, in the order of the modules."""
    yield from _book.values()

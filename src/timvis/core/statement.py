"""A statement: the ordered lines of an amount, each with its reason, and the digest that holds them."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from timvis.core.quantities import Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRowUsed:
    """Which row of the law's data an amount rests on: enough to find it again, whatever came later."""

    code: str
    from_on: date
    known_on: date
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a statement.

    `quantity` and `rate` are exact decimal or fractional texts in `unit`; `amount_ore` is whole öre and 0 for
    a line that only tells something ("not paid"). `cites` are codes of `data/statutes/`; `because` is a
    Swedish sentence for people. `claimed_ore` is what somebody applied for on this line, None when nobody did.
    """

    code: str
    label: str
    quantity: str
    unit: str
    rate: str
    amount_ore: Ore
    cites: tuple[str, ...] = ()
    because: str = ""
    period_from: date | None = None
    period_to: date | None = None
    claimed_ore: Ore | None = None

    @property
    def difference_ore(self) -> Ore | None:
        """What is paid more (less: below zero) than was claimed; None when nothing was claimed."""
        return None if self.claimed_ore is None else Ore(self.amount_ore - self.claimed_ore)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is to be paid and why: the total is the sum of the lines by construction."""

    kind: str
    lines: tuple[Line, ...]
    law_rows: tuple[LawRowUsed, ...]
    settings: tuple[tuple[str, str], ...]
    inputs_digest: str

    @property
    def total_ore(self) -> Ore:
        """The sum of the lines."""
        return Ore(sum(line.amount_ore for line in self.lines))

    @property
    def digest(self) -> str:
        """SHA-256 over codes, periods, quantities, rates, amounts, cites, inputs, settings and law rows.

        Labels and reasons are left out on purpose: a better sentence must not change what was signed.
        """
        body = {
            "kind": self.kind,
            "inputs": self.inputs_digest,
            "settings": self.settings,
            "lines": [
                (
                    line.code,
                    str(line.period_from),
                    str(line.period_to),
                    line.quantity,
                    line.unit,
                    line.rate,
                    line.amount_ore,
                    line.cites,
                    # Only where there is one, so that what was signed before lines had claims keeps its digest.
                    *(() if line.claimed_ore is None else (line.claimed_ore,)),
                )
                for line in self.lines
            ],
            "law": [(row.code, str(row.from_on), str(row.known_on), row.value) for row in self.law_rows],
        }
        return digest_of(body)


def digest_of(value: object) -> str:
    """Return the SHA-256 of a JSON-able value in its one canonical writing, as lower-case hex.

    A record is written as its fields by name; a day, a decimal and the like as their texts.
    """
    return hashlib.sha256(_CANONICAL.encode(value).encode("utf-8")).hexdigest()


def _written(value: object) -> object:
    # Field by field as the encoder comes to it: `asdict` would copy the whole case first, slower than judging it.
    names = _FIELDS.get(type(value))
    if names is None:
        names = sorted(field.name for field in fields(value)) if is_dataclass(value) else []
        _FIELDS[type(value)] = names
    return {name: getattr(value, name) for name in names} if names else str(value)


_FIELDS: dict[type, list[str]] = {}
"""The names of the fields, in order, of every kind of record that was written so far; none of what is no record."""

# A frozen record cannot hold itself, so nobody looks for rings.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, check_circular=False, separators=(",", ":"), default=_written
)

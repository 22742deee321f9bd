"""What a SIE file holds, in neutral records: no accounting of ours in them."""

from dataclasses import dataclass, field
from datetime import date

from timvis.core.quantities import Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherRow:
    """One row: an account, its objects as (dimension, code), and öre; debit is positive, credit negative."""

    account: str
    amount_ore: Ore
    objects: tuple[tuple[int, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """One voucher; an empty `series` and `number` let the receiving ledger number it.

    `line` is where it stood in a file, and no part of what makes two vouchers equal.
    """

    on: date
    rows: tuple[VoucherRow, ...]
    series: str = ""
    number: str = ""
    text: str = ""
    line: int | None = field(default=None, compare=False)

    @property
    def balance_ore(self) -> Ore:
        """What the rows leave over: 0 in a voucher that may be booked."""
        return Ore(sum(row.amount_ore for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class SieHead:
    """Who made the file, when, for whom, and the names of dimensions, objects and accounts.

    `organisation_number` is ten digits, or empty. `objects` are (dimension, code, name).
    """

    program: str
    program_version: str
    generated_on: date | None
    company: str
    organisation_number: str = ""
    dimensions: tuple[tuple[int, str], ...] = ()
    objects: tuple[tuple[int, str, str], ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SieFile:
    """A SIE file: its type (1–4), its head and its vouchers.

    `encoding` is what its letters turned out to be in and `tags` the labels it uses, in the order they first
    stand there: what was found in reading, not what the file says.
    """

    sie_type: int
    head: SieHead
    vouchers: tuple[Voucher, ...]
    encoding: str = field(default="cp437", compare=False)
    tags: tuple[str, ...] = field(default=(), compare=False)

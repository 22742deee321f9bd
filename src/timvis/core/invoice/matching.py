"""What is billed for one recipient's month against what was granted and performed, and against what was decided.

Each month is judged by the day of its work. What other invoices have billed for the same month counts too: an
hour that is granted once is not paid twice because it came in two envelopes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.invoice.allocation import Share
from timvis.core.invoice.objection import Objection, asks, kronor, stops
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes, Ore, half_up

NO_TIME = Minutes(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMonth:
    """What is known of a recipient's month (its first day) with the supplier.

    None means that nobody has told: no decision, no time report. `billed_before_minutes` is what other invoices
    that are or will be paid have billed. `is_paid_by_report` when the same month is already on its way to be paid
    from its time reports.
    """

    recipient: str
    month_on: date
    granted_minutes: Minutes | None = None
    performed_minutes: Minutes | None = None
    billed_before_minutes: Minutes = NO_TIME
    is_paid_by_report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A recipient's month with what this invoice bills for it, as it is shown in a table."""

    known: PersonMonth
    billed_minutes: Minutes
    billed_ore: Ore

    @property
    def place(self) -> str:
        """How a finding names it."""
        return f"{self.known.recipient} {self.known.month_on:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCost:
    """One line of the decision that an invoice follows."""

    code: str
    label: str
    amount_ore: Ore


def matches(shares: Iterable[Share], months: Iterable[PersonMonth]) -> tuple[Match, ...]:
    """Return every recipient's month that time is billed for, in order of recipient and month."""
    known = {(month.recipient, month.month_on): month for month in months}
    minutes: dict[tuple[str, date], int] = defaultdict(int)
    amounts: dict[tuple[str, date], int] = defaultdict(int)
    for share in shares:
        if share.minutes is not None:
            minutes[share.recipient, share.month_on] += share.minutes
            amounts[share.recipient, share.month_on] += share.amount_ore
    return tuple(
        Match(
            known=known.get(key, PersonMonth(recipient=key[0], month_on=key[1])),
            billed_minutes=Minutes(minutes[key]),
            billed_ore=Ore(amounts[key]),
        )
        for key in sorted(minutes)
    )


def hours(found: Iterable[Match]) -> Iterator[Objection]:
    """Yield what the billed hours of each recipient's month have against them."""
    for match in found:
        yield from _month(match)


def _month(match: Match) -> Iterator[Objection]:
    known, where = match.known, match.place
    if known.is_paid_by_report:
        message = f"{where}: månaden betalas redan mot tidrapport."
        yield stops("month_is_paid_by_report", message, line=where)
    if known.granted_minutes is None and known.performed_minutes is None:
        message = f"{where}: det finns varken beviljade eller redovisade timmar att jämföra med."
        yield asks("hours_are_not_known", message, line=where)
        return
    billed = match.billed_minutes + known.billed_before_minutes
    before = f", varav {hours_text(known.billed_before_minutes)} tidigare," if known.billed_before_minutes else ""
    said = f"{where}: {hours_text(billed)} timmar{before} är fakturerade, men "
    ask = "Be säljaren om en ny faktura."
    if known.granted_minutes is not None and billed > known.granted_minutes:
        message = f"{said}{hours_text(known.granted_minutes)} är beviljade. {ask}"
        yield stops("more_hours_than_granted", message, line=where)
    if known.performed_minutes is not None and billed != known.performed_minutes:
        message = f"{said}{hours_text(known.performed_minutes)} är redovisade. {ask}"
        yield stops("other_hours_than_performed", message, line=where)


def costs(shares: Iterable[Share], decided: Sequence[DecidedCost]) -> Iterator[Objection]:
    """Yield the billed costs that no line of the decision covers, or that are more than it says."""
    billed: dict[str, int] = defaultdict(int)
    lines = {cost.code: cost for cost in decided}
    for share in shares:
        billed[share.decided] += share.amount_ore
        if share.decided not in lines:
            where = f"del {share.number}"
            message = f"{kronor(share.amount_ore)} kr i {where} svarar inte mot någon kostnad i beslutet."
            yield stops("cost_is_not_decided", message, line=where, cites=("LSS 9 § 2",))
    for code, amount in billed.items():
        if code in lines and amount > lines[code].amount_ore:
            label = lines[code].label
            yield stops(
                "more_than_decided",
                f"{label}: {kronor(amount)} kr är fakturerat, men {kronor(lines[code].amount_ore)} kr är beslutat.",
                line=code,
                cites=("LSS 9 § 2",),
            )


def hours_text(minutes: int) -> str:
    """Return minutes as hours with two decimals and a comma.

    >>> hours_text(6630)
    '110,50'
    """
    return kronor(half_up(minutes * 100, MINUTES_PER_HOUR))

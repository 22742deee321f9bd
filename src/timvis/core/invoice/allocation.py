"""Whose cost an invoice is: its amount laid out by recipient and month of work, summing to the öre (fördelning).

An invoice may cover many recipients and earlier months, and often names nobody. What is laid out is what is then
matched, coded, decided on and booked; the invoice itself is never changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from timvis.core.faults import Fault
from timvis.core.invoice.known import MINUTES_OF
from timvis.core.invoice.objection import kronor
from timvis.core.invoice.records import Invoice
from timvis.core.quantities import Minutes, Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What of an invoice is one recipient's, for work in one month (its first day).

    `recipient` is a reference that names nobody, empty while nobody is chosen. `minutes` is None for what is no
    time. `line` is the number of the invoice line it comes from, empty when it comes from several; `decided` the
    code of the decided cost it answers to, where the invoice follows a decision. The figures of a credit note's
    shares are positive and mean money back, as on the note.
    """

    number: int
    recipient: str
    month_on: date
    amount_ore: Ore
    minutes: Minutes | None = None
    line: str = ""
    decided: str = ""


def proposed(invoice: Invoice, recipient: str = "") -> tuple[Share, ...]:
    """Return one share per line, in the month its work began; what VAT and rounding add lies on the last one."""
    shares = [_of_line(invoice, number, recipient) for number in range(1, len(invoice.lines) + 1)]
    rest = invoice.totals.payable_ore - sum(share.amount_ore for share in shares)
    if shares and rest:
        shares[-1] = replace(shares[-1], amount_ore=Ore(shares[-1].amount_ore + rest))
    return tuple(share for share in shares if share.amount_ore)


def faults_of(shares: Sequence[Share], payable_ore: int) -> tuple[Fault, ...]:
    """Return everything that keeps shares from being an allocation of an amount; `line` is the share's number."""
    return (*_wrong_shares(shares), *_wrong_sum(shares, payable_ore))


def _of_line(invoice: Invoice, number: int, recipient: str) -> Share:
    line = invoice.lines[number - 1]
    worked_on = invoice.period_of(line).period_from or invoice.period.period_from or invoice.issued_on
    return Share(
        number=number,
        recipient=recipient,
        month_on=worked_on.replace(day=1),
        amount_ore=line.amount_ore,
        minutes=_whole(Fraction(line.quantity) * MINUTES_OF[line.unit]) if line.unit in MINUTES_OF else None,
        line=line.number,
    )


def _whole(minutes: Fraction) -> Minutes:
    return Minutes(round(minutes))


def _wrong_shares(shares: Iterable[Share]) -> Iterator[Fault]:
    for share in shares:
        if not share.recipient:
            yield Fault(
                code="recipient_is_missing",
                message=f"Del {share.number} har ingen brukare.",
                remedy="Välj den brukare som kostnaden avser.",
                line=share.number,
                column="recipient",
            )
        if not share.amount_ore:
            yield Fault(
                code="amount_is_missing",
                message=f"Del {share.number} har inget belopp.",
                remedy="Skriv beloppet i kronor och öre, eller ta bort raden.",
                line=share.number,
                column="amount",
            )
        if share.month_on.day != 1:
            yield Fault(
                code="month_is_wrong",
                message=f"Del {share.number}: {share.month_on} är ingen månad.",
                remedy="Skriv månaden då arbetet utfördes, som ÅÅÅÅ-MM.",
                line=share.number,
                column="month",
            )
        if share.minutes is not None and share.minutes <= 0:
            yield Fault(
                code="time_is_wrong",
                message=f"Del {share.number}: tiden ska vara mer än noll.",
                remedy="Lämna tiden tom om raden inte gäller tid.",
                line=share.number,
                column="hours",
            )


def _wrong_sum(shares: Sequence[Share], payable_ore: int) -> Iterator[Fault]:
    if not shares:
        yield Fault(
            code="nothing_is_allocated",
            message="Fakturan är inte fördelad på någon.",
            remedy="Lägg minst en rad med brukare, månad och belopp.",
        )
        return
    allocated = sum(share.amount_ore for share in shares)
    if allocated != payable_ore:
        rest = payable_ore - allocated
        yield Fault(
            code="allocation_does_not_sum",
            message=f"Fördelningen blir {kronor(allocated)} kr men fakturan {kronor(payable_ore)} kr: "
            f"{kronor(abs(rest))} kr {'saknas' if rest > 0 else 'är för mycket'}.",
            remedy="Ändra beloppen tills de blir fakturans belopp på öret.",
            column="amount",
        )

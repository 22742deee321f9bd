"""Near-duplicates planted among what rightly comes: how many are stopped or asked about, and how often for nothing.

The same generator serves a smaller test (`tests/core/test_near_duplicates.py`). The same recipient's month is not
planted here: the database itself keeps a second claim out (`tests/apps/claims/test_hand_in.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bench.one_claim import LAW, month_of_shifts, span_of
from bench.told import Row, Table, spaced, timed
from timvis.core.calendar.months import month_after
from timvis.core.facts.settings import ReviewSettings
from timvis.core.invoice.known import EarlierInvoice, Known, objections
from timvis.core.invoice.records import DocumentKind, Invoice, Line, Party, Period, Totals
from timvis.core.law import LawReader
from timvis.core.quantities import Ore
from timvis.core.records import Case, ClockSpan, OtherShift, TimeKind
from timvis.core.review.review import review
from timvis.core.review.rule import Severity

INVOICES, MONTHS_OF_TIME, SEED = 7_500, 2_500, 17
"""Ten thousand planted, and as many that are not."""

RECIPIENTS, MONTHS = 8, 12
"""What a supplier bills in a year: each recipient each month on an invoice of its own."""
DAY = 1440
"""Minutes of a day, as the clock shows them."""

STOPS, ASKS = (Severity.STOPS, Severity.REFUSES), (Severity.ASKS,)
OVERLAPS = (
    "assistant_overlapped_with_the_same_recipient",
    "assistant_was_with_two_recipients_at_once",
    "shift_was_reported_twice",
)


@dataclass(slots=True, kw_only=True)
class Told:
    """What became of some invoices or months: those that were stopped, asked about and let through."""

    stopped: int = 0
    asked: int = 0
    let_through: int = 0

    def add(self, severities: set[Severity]) -> None:
        """Count one by the gravest that was said of it."""
        if severities & set(STOPS):
            self.stopped += 1
        elif severities & set(ASKS):
            self.asked += 1
        else:
            self.let_through += 1

    @property
    def count(self) -> int:
        """How many there were."""
        return self.stopped + self.asked + self.let_through


# --- invoices -------------------------------------------------------------------------------------------------


def judged_invoices(count: int, seed: int = SEED) -> dict[str, Told]:
    """Return what became of `count` ordinary invoices as they came, and of one planted copy of each, by what was done.

    Each is judged by what has come from its supplier before it, as the register would hold it.
    """
    told: defaultdict[str, Told] = defaultdict(Told)
    drawn = Random(seed)
    plants = list(PLANTED.items())
    for nth, (bill, earlier) in enumerate(_ordinary(count, drawn)):
        told["ordinary"].add(_severities(bill, earlier))
        name, plant = plants[nth % len(plants)]
        told[name].add(_severities(plant(bill, drawn), [*earlier, bill]))
    return dict(told)


def _ordinary(count: int, drawn: Random) -> Iterator[tuple[Invoice, list[Invoice]]]:
    """Yield ordinary invoices with those that have come from the same supplier before each."""
    supplier, earlier = 0, list[Invoice]()
    for nth in range(count):
        if nth % (RECIPIENTS * MONTHS) == 0:
            supplier, earlier = supplier + 1, []
        month_on = month_after(date(2025, 1, 1), len(earlier) // RECIPIENTS)
        bill = _bill(supplier, len(earlier) + 1, month_on, drawn)
        yield bill, earlier
        earlier.append(bill)


def _bill(supplier: int, serial: int, month_on: date, drawn: Random) -> Invoice:
    # Most months are billed to the quarter; decisions in whole tens of hours make many that are the same.
    hours = Decimal(drawn.randrange(80, 1000)) / 4 if drawn.random() < 0.8 else Decimal(drawn.randrange(4, 25) * 10)
    recipient = f"LSS-2024-{supplier * RECIPIENTS + serial % RECIPIENTS}"
    written = (f"2025-{serial:04d}", f"FA {supplier}{serial:05d}", f"{supplier}{serial:04d}B")[supplier % 3]
    return _with(written, month_on, f"Personlig assistans {recipient}", hours, supplier)


def _with(number: str, month_on: date, text: str, hours: Decimal, supplier: int) -> Invoice:
    price = Decimal("330.00") + supplier % 7
    amount = Ore(int(hours * price * 100))
    sums = dict.fromkeys(("deducted_ore", "added_ore", "vat_ore", "prepaid_ore", "rounding_ore"), Ore(0))
    after = month_after(month_on)
    return Invoice(
        kind=DocumentKind.INVOICE,
        number=number,
        issued_on=after + timedelta(days=3),
        due_on=after + timedelta(days=33),
        currency="SEK",
        supplier=Party(name="", organisation_number=f"559{supplier:07d}"),
        buyer=Party(name=""),
        totals=Totals(lines_ore=amount, without_vat_ore=amount, with_vat_ore=amount, payable_ore=amount, **sums),
        lines=(
            Line(
                number="1",
                text=text,
                quantity=hours,
                unit="HUR",
                price=price,
                amount_ore=amount,
                vat_code="E",
                vat_percent=Decimal(0),
            ),
        ),
        vat_totals=(),
        ways_to_pay=(),
        period=Period(period_from=month_on, period_to=after),
    )


def _severities(bill: Invoice, earlier: list[Invoice]) -> set[Severity]:
    number = bill.supplier.organisation_number
    known = Known(
        earlier=tuple(
            EarlierInvoice(
                supplier_number=number,
                number=each.number,
                payable_ore=each.totals.payable_ore,
                due_on=each.due_on,
                content_digest=each.content_digest,
            )
            for each in earlier
        )
    )
    return {each.severity for each in objections(bill, known)}


def _another(bill: Invoice, drawn: Random) -> Invoice:
    """Return an invoice of the same supplier's for something else, so that only what is left of the first can tell."""
    line = replace(bill.lines[0], text="Vikarie", amount_ore=Ore(bill.lines[0].amount_ore + drawn.randrange(1, 10**6)))
    sums = replace(bill.totals, payable_ore=line.amount_ore)
    due_on = bill.due_on and bill.due_on + timedelta(days=drawn.randrange(1, 28))
    return replace(bill, lines=(line,), totals=sums, due_on=due_on)


def _new_number(bill: Invoice) -> str:
    return f"NY{bill.number}NY"


Plant = Callable[[Invoice, Random], Invoice]

PLANTED: dict[str, Plant] = {
    "number with spaces": lambda bill, drawn: replace(_another(bill, drawn), number=" ".join(bill.number)),
    "number with zeros before": lambda bill, drawn: replace(_another(bill, drawn), number=f"00{bill.number}"),
    "number in other letters": lambda bill, drawn: replace(_another(bill, drawn), number=bill.number.swapcase()),
    "number with other signs": lambda bill, drawn: replace(_another(bill, drawn), number="/".join(bill.number)),
    "content under a new number": lambda bill, drawn: replace(
        bill, number=_new_number(bill), due_on=bill.due_on and bill.due_on + timedelta(days=drawn.randrange(1, 28))
    ),
    "amount and due day": lambda bill, _drawn: replace(
        bill, number=_new_number(bill), lines=(replace(bill.lines[0], text="Assistans"),)
    ),
}
"""How a near-duplicate is made of an invoice: what is changed is everything but what its name says."""


# --- time -----------------------------------------------------------------------------------------------------


def judged_months(count: int, seed: int = SEED) -> dict[str, Told]:
    """Return what became of `count` months with another shift that only touches, and of one that overlaps each.

    The other shift is the same assistant's: with the same recipient in an earlier report, or with somebody else.
    """
    told: defaultdict[str, Told] = defaultdict(Told)
    drawn, month = Random(seed), _of_one_assistant()
    shifts = [row.span for row in month.reports[0].rows]
    for nth in range(count):
        own, here = shifts[drawn.randrange(len(shifts))], nth % 2 == 0
        start, end = own.start_minute, own.end_minute
        minutes = drawn.randrange(1, end - start + 1)
        beside = (end, min(end + minutes, DAY)) if end < DAY else (start - minutes, start)
        name = "the same recipient's shift" if here else "another recipient's shift"
        told["ordinary"].add(_overlaps(month, _other(month, span_of(own.work_on, *beside), here=here)))
        told[name].add(_overlaps(month, _other(month, span_of(own.work_on, start, start + minutes), here=here)))
    return dict(told)


def _of_one_assistant() -> Case:
    """Return a month in which one assistant has a shift a day."""
    month = month_of_shifts()
    return replace(month, reports=month.reports[:1], assistants=month.assistants[:1])


def _other(month: Case, when: ClockSpan, *, here: bool) -> OtherShift:
    return OtherShift(
        reference="r",
        assistant_number=month.assistants[0].number,
        is_same_recipient=here,
        is_same_employer=True,
        kind=TimeKind.ACTIVE,
        span=when,
    )


def _overlaps(month: Case, other: OtherShift) -> set[Severity]:
    """Return how gravely a month is judged for time that an assistant cannot have worked twice."""
    found = review(replace(month, others=(other,)), LawReader(LAW), ReviewSettings()).findings
    return {finding.severity for finding in found if finding.code in OVERLAPS}


# --- told -----------------------------------------------------------------------------------------------------


def tables() -> tuple[Table, ...]:
    """Return what becomes of ten thousand planted near-duplicates and of as many that are none."""
    return (
        _table(f"{spaced(INVOICES)} near-duplicates of invoices", lambda: judged_invoices(INVOICES)),
        _table(f"{spaced(MONTHS_OF_TIME)} near-duplicates of time", lambda: judged_months(MONTHS_OF_TIME)),
    )


def _table(title: str, work: Callable[[], dict[str, Told]]) -> Table:
    took, told = timed(work)
    each = took / sum(one.count for one in told.values())
    return Table(
        title=f"{title}, {each * 1_000_000:.0f} µs each",
        rows=tuple(Row(what=name, took=spaced(one.count), note=said(one)) for name, one in sorted(told.items())),
    )


def said(one: Told) -> str:
    """Return how many were stopped, asked about and let through, in per cent."""
    shares = [f"{100 * part / one.count:.2f} %" for part in (one.stopped, one.asked, one.let_through)]
    return f"stopped {shares[0]}, asked about {shares[1]}, let through {shares[2]}"

"""What our own registers say of an invoice: the seller, its account, earlier invoices, prices and hours.

A register that is None was not asked, and nothing is said of it; one that is empty was asked and knows nobody.
Every price and month is judged by the day of the work, not by the invoice's.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from timvis.core.account_numbers import bankgiro, bankgiro_text, plusgiro, plusgiro_text
from timvis.core.identity import NumberProblem, organisation_number, personal_number, without_gaps
from timvis.core.invoice.objection import Objection, asks, informs, kronor, stops
from timvis.core.invoice.records import Invoice, Line, PaymentWay
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.quantities import Minutes, Ore

MINUTES_OF = {"HUR": 60, "MIN": 1}
"""The units of time on invoice lines (UN/ECE Recommendation 20), in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSupplier:
    """A supplier we have: its organisation number in digits, and the accounts registered with proof."""

    organisation_number: str
    accounts: tuple[PayeeAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierInvoice:
    """An invoice that has come before; `content_digest` is `Invoice.content_digest`."""

    supplier_number: str
    number: str
    payable_ore: Ore
    due_on: date | None
    content_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPrice:
    """A price per hour of a supplier's agreement, for work from `valid_from` to before `valid_to`."""

    supplier_number: str
    ore_per_hour: Decimal
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMonth:
    """What was granted and what was performed at a supplier in a month (its first day); None when not known."""

    supplier_number: str
    month_on: date
    granted_minutes: Minutes | None = None
    performed_minutes: Minutes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What our registers hold when an invoice is judged."""

    suppliers: tuple[KnownSupplier, ...] | None = None
    earlier: tuple[EarlierInvoice, ...] | None = None
    prices: tuple[AgreedPrice, ...] | None = None
    months: tuple[KnownMonth, ...] | None = None
    references: frozenset[str] | None = None


def objections(invoice: Invoice, known: Known) -> Iterator[Objection]:
    """Yield what the registers that were asked have against an invoice."""
    seller = seller_number(invoice)
    if known.suppliers is not None:
        yield from _seller(invoice, seller, known.suppliers)
    if known.references is not None and invoice.buyer_reference not in known.references:
        yield asks("buyer_reference_is_unknown", "Er referens finns inte bland våra.")
    if known.earlier is not None:
        yield from _duplicates(invoice, [each for each in known.earlier if each.supplier_number == seller])
    if known.prices is not None:
        yield from _prices(invoice, [each for each in known.prices if each.supplier_number == seller])
    if known.months is not None:
        yield from _hours(invoice, {each.month_on: each for each in known.months if each.supplier_number == seller})


def not_asked(known: Known) -> tuple[str, ...]:
    """Return what could not be checked because its register was not there, in Swedish."""
    return tuple(
        says
        for register, says in (
            (known.suppliers, "Känd säljare och registrerat konto"),
            (known.references, "Er referens finns hos oss"),
            (known.earlier, "Samma faktura två gånger"),
            (known.prices, "Avtalat pris"),
            (known.months, "Beviljade och utförda timmar"),
        )
        if register is None
    )


def seller_number(invoice: Invoice) -> str:
    """Return the seller's number in digits where it can be read, else as it is written.

    A person who sells has her personal number for one: then the twelve digits by which an own employer is known.
    """
    written = invoice.supplier.organisation_number
    number = organisation_number(written)
    if isinstance(number, NumberProblem):
        number = personal_number(written, today=invoice.issued_on)
    return written if isinstance(number, NumberProblem) else number


# --- the seller and its account ------------------------------------------------------------------------


def _seller(invoice: Invoice, seller: str, suppliers: tuple[KnownSupplier, ...]) -> Iterator[Objection]:
    """Yield when we do not know the seller, or when it asks to be paid to another account than the one we have."""
    ours = next((each for each in suppliers if each.organisation_number == seller), None)
    if ours is None:
        yield stops("seller_is_unknown", "Säljaren finns inte i vårt register över utförare och leverantörer.")
        return
    offered = {digits for way in invoice.ways_to_pay if way.account and (digits := account_of(way))}
    registered = {(each.kind, each.number) for each in ours.accounts}
    if offered and not offered & registered:
        yield stops(
            "account_is_not_registered",
            f"Fakturan ska betalas till {_accounts_text(offered)}, som inte är registrerat för säljaren. Betala inte "
            "förrän säljaren har bekräftat kontot på annan väg än fakturan.",
        )
    elif offered - registered:
        yield informs(
            "another_account_is_offered",
            f"Fakturan anger också {_accounts_text(offered - registered)}, som inte är registrerat för säljaren.",
        )


def account_of(way: PaymentWay) -> tuple[AccountKind, str] | None:
    """Return an account the way it is registered, digits without hyphens; None where it is no account."""
    if way.kind is None:
        return None
    tight = without_gaps(way.account)
    if way.kind is AccountKind.BANKGIRO:
        read = bankgiro(tight)
    elif way.kind is AccountKind.PLUSGIRO:
        read = plusgiro(tight)
    else:
        read = tight.upper().replace("-", "")
    return way.kind, tight if isinstance(read, NumberProblem) else read


def _accounts_text(accounts: set[tuple[AccountKind, str]]) -> str:
    names = {
        AccountKind.BANKGIRO: lambda number: f"bankgiro {bankgiro_text(number)}",
        AccountKind.PLUSGIRO: lambda number: f"plusgiro {plusgiro_text(number)}",
        AccountKind.IBAN: lambda number: f"IBAN {number}",
        # A bank account may hold a personal number: the bank is enough to see that it is another one.
        AccountKind.BANK_ACCOUNT: lambda number: f"bankkonto {number[:4]}-…",
    }
    return ", ".join(names[kind](number) for kind, number in sorted(accounts))


# --- duplicates ----------------------------------------------------------------------------------------


def _duplicates(invoice: Invoice, earlier: list[EarlierInvoice]) -> Iterator[Objection]:
    """Yield the earlier invoices that this one may be once more: the surest likeness of each."""
    for each in earlier:
        if _same_number(each.number, invoice.number):
            yield stops("invoice_number_has_come_before", f"Säljarens faktura {each.number} har redan kommit.")
        elif each.content_digest == invoice.content_digest:
            yield stops(
                "content_has_come_before", f"Samma rader och belopp kom redan i säljarens faktura {each.number}."
            )
        elif each.payable_ore == invoice.totals.payable_ore and each.due_on == invoice.due_on:
            message = f"Säljarens faktura {each.number} har samma belopp och förfallodag."
            yield asks("amount_and_due_day_have_come_before", message)


def _same_number(one: str, other: str) -> bool:
    """Return whether two invoice numbers are one; letters' case, leading zeros and signs between do not count."""
    tight = ["".join(sign for sign in number.casefold() if sign.isalnum()).lstrip("0") for number in (one, other)]
    return tight[0] == tight[1]


# --- prices and hours ----------------------------------------------------------------------------------


def _prices(invoice: Invoice, prices: list[AgreedPrice]) -> Iterator[Objection]:
    """Yield the lines of time whose price is not that of the agreement on the days of the work."""
    for line in _lines_of_time(invoice):
        billed = 100 * Fraction(line.price) / Fraction(line.base_quantity) * 60 / MINUTES_OF[line.unit]
        work_from, work_to = _days_of_work(invoice, line)
        agreed = [each for each in prices if _overlap(each, work_from, work_to)]
        if not agreed:
            yield asks(
                "price_is_not_known", f"Rad {line.number}: inget avtalat pris gäller {work_from}.", line=line.number
            )
        elif all(Fraction(each.ore_per_hour) != billed for each in agreed):
            known = " eller ".join(kronor(round(each.ore_per_hour)) for each in agreed)
            yield stops(
                "price_is_not_agreed",
                f"Rad {line.number}: priset är {kronor(round(billed))} per timme, men avtalat är {known}.",
                line=line.number,
            )
        elif len({each.ore_per_hour for each in agreed}) > 1:
            yield asks(
                "price_changed_in_period",
                f"Rad {line.number}: avtalets pris ändras under perioden; dela raden vid ändringen.",
                line=line.number,
            )


def _hours(invoice: Invoice, months: dict[date, KnownMonth]) -> Iterator[Objection]:
    """Yield the months in which other time is billed than was granted or performed."""
    billed: dict[date, Fraction] = defaultdict(Fraction)
    for line in _lines_of_time(invoice):
        work_from, work_to = _days_of_work(invoice, line)
        month_on = work_from.replace(day=1)
        if (work_to - timedelta(days=1)).replace(day=1) != month_on:
            message = f"Rad {line.number} gäller flera månader; timmarna kan inte jämföras månad för månad."
            yield asks("line_spans_months", message, line=line.number)
            continue
        billed[month_on] += Fraction(line.quantity) * MINUTES_OF[line.unit]
    for month_on, minutes in sorted(billed.items()):
        yield from _month(minutes, month_on, months.get(month_on))


def _month(billed: Fraction, month_on: date, known: KnownMonth | None) -> Iterator[Objection]:
    """Yield what the billed minutes of one month have against them."""
    name = f"{month_on:%Y-%m}"
    if known is None or (known.granted_minutes is None and known.performed_minutes is None):
        yield asks("hours_are_not_known", f"För {name} finns varken beviljade eller utförda timmar att jämföra med.")
        return
    if known.granted_minutes is not None and billed > known.granted_minutes:
        yield stops(
            "more_hours_than_granted",
            f"{name}: {_hours_text(billed)} timmar är fakturerade, men {_hours_text(known.granted_minutes)} är "
            "beviljade. Be säljaren om en ny faktura.",
        )
    if known.performed_minutes is not None and billed != known.performed_minutes:
        yield stops(
            "other_hours_than_performed",
            f"{name}: {_hours_text(billed)} timmar är fakturerade, men {_hours_text(known.performed_minutes)} är "
            "redovisade. Be säljaren om en ny faktura.",
        )


def _lines_of_time(invoice: Invoice) -> Iterator[Line]:
    return (line for line in invoice.lines if line.unit in MINUTES_OF and line.base_quantity > 0)


def _days_of_work(invoice: Invoice, line: Line) -> tuple[date, date]:
    """Return the days of work of a line, half-open: its own or the invoice's period, else the invoice's day."""
    period = invoice.period_of(line)
    work_from = period.period_from or (period.period_to - timedelta(days=1) if period.period_to else invoice.issued_on)
    return work_from, max(period.period_to or work_from, work_from + timedelta(days=1))


def _overlap(price: AgreedPrice, work_from: date, work_to: date) -> bool:
    return price.valid_from < work_to and (price.valid_to is None or work_from < price.valid_to)


def _hours_text(minutes: Fraction | int) -> str:
    """Return minutes as hours with two decimals and a comma."""
    return kronor(round(Fraction(minutes) * 100 / 60))

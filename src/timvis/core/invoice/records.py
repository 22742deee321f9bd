"""A supplier's invoice or credit note as immutable records, as it was written: nothing mended, nothing worked out.

Amounts are whole öre (hundredths of the document's currency), quantities, prices and percentages exact decimals.
Periods are half-open. Figures of a credit note are positive and mean money back. A text that is not there is empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from timvis.core.payment import AccountKind
from timvis.core.quantities import Ore
from timvis.core.statement import digest_of

NOTHING = Ore(0)


class DocumentKind(StrEnum):
    """Which of the two documents it is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class VatCategory(StrEnum):
    """The categories of VAT that are told apart here; every other code is OTHER."""

    STANDARD = "S"
    EXEMPT = "E"
    OUTSIDE = "O"
    OTHER = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days something concerns; None where the document does not say."""

    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Seller or buyer, with its numbers as they are written. `tax_registration` is where F-skatt is told."""

    name: str
    organisation_number: str = ""
    vat_number: str = ""
    tax_registration: str = ""
    endpoint_scheme: str = ""
    endpoint: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWay:
    """One way to pay that the invoice offers. `kind` is None when the account is of no kind paid to here.

    `account` is as written; `reference` is what to quote, an OCR number or the invoice's own.
    """

    code: str
    kind: AccountKind | None
    account: str
    account_name: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `price` is for `base_quantity` units; `deducted_ore` and `added_ore` are the line's own."""

    number: str
    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount_ore: Ore
    vat_code: str
    vat_percent: Decimal | None
    base_quantity: Decimal = Decimal(1)
    deducted_ore: Ore = NOTHING
    added_ore: Ore = NOTHING
    period: Period = Period()
    account_coding: str = ""

    @property
    def vat(self) -> VatCategory:
        """The category of VAT."""
        return vat_category(self.vat_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A deduction from or an addition to the whole invoice, with its VAT; the amount is as written."""

    is_deduction: bool
    amount_ore: Ore
    vat_code: str
    vat_percent: Decimal | None
    text: str = ""

    @property
    def change_ore(self) -> Ore:
        """What it does to the sum: less than zero when it deducts."""
        return Ore(-self.amount_ore if self.is_deduction else self.amount_ore)


@dataclass(frozen=True, slots=True, kw_only=True)
class VatTotal:
    """The invoice's VAT of one category and percentage."""

    code: str
    percent: Decimal | None
    taxable_ore: Ore
    vat_ore: Ore
    reason: str = ""
    reason_code: str = ""

    @property
    def vat(self) -> VatCategory:
        """The category of VAT."""
        return vat_category(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums that the invoice states, in the order in which they follow from each other."""

    lines_ore: Ore
    deducted_ore: Ore
    added_ore: Ore
    without_vat_ore: Ore
    vat_ore: Ore
    with_vat_ore: Ore
    prepaid_ore: Ore
    rounding_ore: Ore
    payable_ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document that came inside the invoice, or a reference to one (`content` is then empty)."""

    reference: str
    text: str = ""
    file_name: str = ""
    media_type: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A whole invoice or credit note."""

    kind: DocumentKind
    number: str
    issued_on: date
    currency: str
    supplier: Party
    buyer: Party
    totals: Totals
    lines: tuple[Line, ...]
    vat_totals: tuple[VatTotal, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    ways_to_pay: tuple[PaymentWay, ...] = ()
    due_on: date | None = None
    period: Period = Period()
    buyer_reference: str = ""
    order_reference: str = ""
    contract_reference: str = ""
    account_coding: str = ""
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def to_pay_ore(self) -> Ore:
        """What is to be paid; negative when money is to come back."""
        return Ore(-self.totals.payable_ore if self.kind is DocumentKind.CREDIT_NOTE else self.totals.payable_ore)

    @property
    def content_digest(self) -> str:
        """One digest over what is billed, the same when only the invoice's number and days are other."""
        lines = sorted(
            [each.text, str(each.quantity.normalize()), each.unit, str(each.amount_ore), str(self.period_of(each))]
            for each in self.lines
        )
        return digest_of([self.kind, self.supplier.organisation_number, self.totals.payable_ore, lines])

    def period_of(self, line: Line) -> Period:
        """Return the days a line concerns: its own, else the invoice's."""
        return line.period if line.period != Period() else self.period

    def free_texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text in which somebody may have written anything: where it stands, and the text."""
        yield from (("Meddelande", text) for text in self.notes)
        yield from (
            ("Er referens", self.buyer_reference),
            ("Ordernummer", self.order_reference),
            ("Avtalsnummer", self.contract_reference),
            ("Kontering", self.account_coding),
        )
        for line in self.lines:
            yield f"Rad {line.number}", line.text
            yield f"Rad {line.number}, kontering", line.account_coding
        yield from (("Avdrag eller tillägg", each.text) for each in self.adjustments)
        yield from (("Skäl till undantag från moms", each.reason) for each in self.vat_totals)
        for way in self.ways_to_pay:
            yield "Kontots namn", way.account_name
            yield "Betalningsreferens", way.reference
        for attachment in self.attachments:
            yield "Bilaga", " ".join((attachment.reference, attachment.text, attachment.file_name))


def vat_category(code: str) -> VatCategory:
    """Return the category of VAT that a code stands for."""
    return VatCategory(code) if code in _VAT_CODES else VatCategory.OTHER


_VAT_CODES = frozenset(VatCategory)

"""What somebody typed from an invoice on paper, as the record an e-invoice becomes; or a fault beside each field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from timvis.core.faults import Fault
from timvis.core.identity import NumberProblem, organisation_number, personal_number
from timvis.core.invoice.records import (
    DocumentKind,
    Invoice,
    Line,
    Party,
    PaymentWay,
    Period,
    Totals,
    VatTotal,
)
from timvis.core.payment import AccountKind
from timvis.core.quantities import Ore
from timvis.formats.handed_in import shown
from timvis.formats.pydantic_faults import faults_of

MAX_LINES = 200
EXEMPT, CHARGED = "E", "S"
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,4})?")
_AMOUNT = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,2})?")
_STAND_IN_DAY = date(2000, 1, 1)
_AS_TYPED = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=500)


class PaperLine(BaseModel):
    """One line: what it says, hours and price where it is time, and its amount."""

    model_config = _AS_TYPED

    text: str = ""
    hours: str = ""
    price: str = ""
    amount: str = ""
    month: str = ""


class PaperInvoice(BaseModel):
    """The form as typed: every field is text, because what stands on paper may be anything."""

    model_config = _AS_TYPED

    kind: Literal["invoice", "credit_note"] = "invoice"
    supplier_number: str = ""
    supplier_name: str = ""
    number: str = ""
    issued_on: str = ""
    due_on: str = ""
    period_from: str = ""
    period_to: str = ""
    buyer_reference: str = ""
    order_reference: str = ""
    account_kind: Literal["bankgiro", "plusgiro", "bank_account", "iban", ""] = ""
    account: str = ""
    ocr: str = ""
    vat: str = ""
    rounding: str = ""
    payable: str = ""
    credits: str = ""
    f_tax: Literal["ja", ""] = ""
    lines: tuple[PaperLine, ...] = Field(default=(), max_length=MAX_LINES)


def read(entry: Mapping[str, object]) -> Invoice | tuple[Fault, ...]:
    """Return the invoice, or every fault: `column` is the field's name, `line` the number of the line it is on."""
    try:
        paper = PaperInvoice.model_validate(entry)
    except ValidationError as error:
        return faults_of(error, source="formuläret")
    typed = _Typed()
    invoice = _invoice(paper, typed)
    return tuple(typed.faults) or invoice


@dataclass(slots=True)
class _Typed:
    """The reading of one form, with the faults found so far."""

    faults: list[Fault] = field(default_factory=list)

    def object_to(self, code: str, column: str, message: str, remedy: str, line: int | None = None) -> None:
        self.faults.append(Fault(code=code, message=message, remedy=remedy, line=line, column=column))

    def wanted(self, text: str, column: str, what: str) -> str:
        if not text:
            self.object_to("field_is_missing", column, f"{what} saknas.", "Skriv det som står på fakturan.")
        return text

    def day(self, text: str, column: str, what: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.object_to("day_is_wrong", column, f"{what} ”{shown(text)}” är inget datum.", "Skriv ÅÅÅÅ-MM-DD.")
            return None

    def ore(self, text: str, column: str, what: str, line: int | None = None) -> Ore:
        tight = _tight(text)
        if not tight:
            return Ore(0)
        if not _AMOUNT.fullmatch(tight):
            message = f"{what} ”{shown(text)}” är inget belopp."
            self.object_to("amount_is_wrong", column, message, "Skriv kronor och ören, som 7 125,50.", line)
            return Ore(0)
        return Ore(int(Decimal(tight.replace(",", ".")) * 100))

    def number(self, text: str, column: str, what: str, line: int) -> Decimal | None:
        tight = _tight(text)
        if not tight:
            return None
        if not _NUMBER.fullmatch(tight):
            message = f"{what} ”{shown(text)}” på rad {line} är inget tal."
            self.object_to("number_is_wrong", column, message, "Skriv siffror med komma, som 120,5.", line)
            return None
        return Decimal(tight.replace(",", "."))

    def month(self, text: str, line: int) -> Period:
        if not text:
            return Period()
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
            message = f"Månaden ”{shown(text)}” på rad {line} är ingen månad."
            self.object_to("month_is_wrong", "month", message, "Skriv ÅÅÅÅ-MM.", line)
            return Period()
        first = date.fromisoformat(f"{text}-01")
        return Period(period_from=first, period_to=(first + timedelta(days=31)).replace(day=1))


def _tight(text: str) -> str:
    return re.sub(r"[\s\N{NO-BREAK SPACE}]|kr$", "", text)


def _invoice(paper: PaperInvoice, typed: _Typed) -> Invoice:
    lines = tuple(_line(line, number, typed) for number, line in enumerate(paper.lines, start=1))
    if not lines:
        typed.object_to("no_lines", "lines", "Fakturan har inga rader.", "Skriv in minst en rad.")
    vat_ore = typed.ore(paper.vat, "vat", "Momsen")
    typed.wanted(paper.payable, "payable", "Beloppet att betala")
    number = typed.wanted(paper.number, "number", "Fakturans nummer")
    issued_on = _issued_on(paper, typed)
    return Invoice(
        kind=DocumentKind(paper.kind),
        number=number,
        issued_on=issued_on,
        due_on=typed.day(paper.due_on, "due_on", "Förfallodagen"),
        currency="SEK",
        supplier=_supplier(paper, issued_on, typed),
        buyer=Party(name=""),
        totals=_totals(paper, lines, vat_ore, typed),
        lines=lines,
        vat_totals=_vat(lines, vat_ore),
        ways_to_pay=_ways(paper, typed),
        period=_period(paper, typed),
        buyer_reference=paper.buyer_reference,
        order_reference=paper.order_reference,
        credits=(paper.credits,) if paper.credits else (),
    )


def _issued_on(paper: PaperInvoice, typed: _Typed) -> date:
    typed.wanted(paper.issued_on, "issued_on", "Fakturans dag")
    return typed.day(paper.issued_on, "issued_on", "Fakturans dag") or _STAND_IN_DAY


def _supplier(paper: PaperInvoice, issued_on: date, typed: _Typed) -> Party:
    written = typed.wanted(paper.supplier_number, "supplier_number", "Organisationsnumret")
    number = organisation_number(written)
    is_person = isinstance(personal_number(written, today=issued_on), str)
    if isinstance(number, NumberProblem) and written and not is_person:
        message = f"Organisationsnumret {number.message}."
        typed.object_to("organisation_number_is_wrong", "supplier_number", message, "Läs av numret på nytt.")
    return Party(
        name=typed.wanted(paper.supplier_name, "supplier_name", "Leverantörens namn"),
        organisation_number=written if isinstance(number, NumberProblem) else number,
        tax_registration="Godkänd för F-skatt" if paper.f_tax else "",
        country="SE",
    )


def _line(line: PaperLine, number: int, typed: _Typed) -> Line:
    typed.wanted(line.text, "text", f"Texten på rad {number}")
    amount_ore = typed.ore(line.amount, "amount", "Beloppet", number)
    hours, price = typed.number(line.hours, "hours", "Timmarna", number), typed.ore(line.price, "price", "Priset")
    if hours is None:
        quantity, unit, each = Decimal(1), "EA", Decimal(amount_ore) / 100
    else:
        quantity, unit, each = hours, "HUR", Decimal(price) / 100
    return Line(
        number=str(number),
        text=line.text,
        quantity=quantity,
        unit=unit,
        price=each,
        amount_ore=amount_ore,
        vat_code=EXEMPT,
        vat_percent=Decimal(0),
        period=typed.month(line.month, number),
    )


def _totals(paper: PaperInvoice, lines: tuple[Line, ...], vat_ore: Ore, typed: _Typed) -> Totals:
    sum_ore = Ore(sum(line.amount_ore for line in lines))
    return Totals(
        lines_ore=sum_ore,
        deducted_ore=Ore(0),
        added_ore=Ore(0),
        without_vat_ore=sum_ore,
        vat_ore=vat_ore,
        with_vat_ore=Ore(sum_ore + vat_ore),
        prepaid_ore=Ore(0),
        rounding_ore=typed.ore(paper.rounding, "rounding", "Öresutjämningen"),
        payable_ore=typed.ore(paper.payable, "payable", "Beloppet att betala"),
    )


def _vat(lines: tuple[Line, ...], vat_ore: Ore) -> tuple[VatTotal, ...]:
    """Return one total: exempt when no VAT stands on the paper, else one that asks to be looked at."""
    return (
        VatTotal(
            code=CHARGED if vat_ore else EXEMPT,
            percent=Decimal(0),
            taxable_ore=Ore(sum(line.amount_ore for line in lines)),
            vat_ore=vat_ore,
            reason="" if vat_ore else "Ingen moms på fakturan",
        ),
    )


def _ways(paper: PaperInvoice, typed: _Typed) -> tuple[PaymentWay, ...]:
    if not paper.account:
        return ()
    if not paper.account_kind:
        message = "Det står inte vilket slags konto det är."
        typed.object_to("account_kind_is_missing", "account_kind", message, "Välj bankgiro, plusgiro eller konto.")
        return ()
    kind = AccountKind(paper.account_kind)
    return (PaymentWay(code="30", kind=kind, account=paper.account, reference=paper.ocr),)


def _period(paper: PaperInvoice, typed: _Typed) -> Period:
    first = typed.day(paper.period_from, "period_from", "Periodens första dag")
    last = typed.day(paper.period_to, "period_to", "Periodens sista dag")
    return Period(period_from=first, period_to=None if last is None else last + timedelta(days=1))

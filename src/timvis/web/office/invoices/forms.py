"""What is chosen and typed about an invoice: files, the form of one on paper, rows of an allocation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.invoices.keeping import Laid
from timvis.core.calendar.months import read_month
from timvis.core.faults import Fault
from timvis.core.quantities import MINUTES_PER_HOUR, half_up
from timvis.core.routine.records import ClaimKind
from timvis.web.office.intake.forms import Files
from timvis.web.shared import words
from timvis.web.shared.forms import Day, Form

KIND_WORDS: Mapping[ClaimKind, str | Promise] = {
    kind: words.KIND_WORDS[kind]
    for kind in (ClaimKind.ASSISTANCE, ClaimKind.SICK_COST, ClaimKind.FIRST_TWENTY_HOURS, ClaimKind.HOME_CARE)
}
"""The kinds of claims that an invoice may be for."""


class ReceiveForm(Form):
    """E-invoices as files."""

    invoices = Files(
        label=_("E-fakturor"),
        help_text=_("Dra hit filerna eller välj dem: Peppol BIS Billing 3 (XML), flera på en gång."),
    )
    replaces = forms.TypedChoiceField(
        label=_("Den nya för en som återsändes"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, returned: list[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["replaces"].choices = [("", _("Nej, en ny")), *returned]  # type: ignore[attr-defined]  # typed as Field


class PaperForm(Form):
    """An invoice on paper, typed beside its picture; what is wrong is told by the reader, beside its field."""

    scan = forms.FileField(label=_("Bild eller PDF av fakturan"))
    received_on = Day(label=_("Fakturan kom in"))
    kind = forms.ChoiceField(
        label=_("Slag"), choices=[("invoice", _("Faktura")), ("credit_note", _("Kreditfaktura"))], initial="invoice"
    )
    supplier_number = forms.CharField(label=_("Leverantörens organisationsnummer"), max_length=20)
    supplier_name = forms.CharField(label=_("Leverantörens namn"), max_length=200)
    invoice_number = forms.CharField(label=_("Fakturans nummer"), max_length=80)
    issued_on = Day(label=_("Fakturans dag"))
    due_on = Day(label=_("Förfallodag"), required=False)
    period_from = Day(label=_("Avser från"), required=False)
    period_to = Day(label=_("Avser till och med"), required=False)
    buyer_reference = forms.CharField(label=_("Er referens"), max_length=80, required=False)
    order_reference = forms.CharField(label=_("Ordernummer"), max_length=80, required=False)
    account_kind = forms.ChoiceField(
        label=_("Konto"),
        required=False,
        choices=[("", _("Välj")), ("bankgiro", _("Bankgiro")), ("plusgiro", _("Plusgiro")), ("iban", _("IBAN"))],
    )
    account = forms.CharField(label=_("Kontots nummer"), max_length=40, required=False)
    ocr = forms.CharField(label=_("OCR-nummer"), max_length=40, required=False)
    credits = forms.CharField(label=_("Krediterar faktura"), max_length=80, required=False)
    f_tax = forms.BooleanField(label=_("Fakturan säger att säljaren är godkänd för F-skatt"), required=False)
    vat = forms.CharField(label=_("Moms"), max_length=20, required=False)
    rounding = forms.CharField(label=_("Öresutjämning"), max_length=20, required=False)
    payable = forms.CharField(label=_("Att betala"), max_length=20)
    rows = forms.CharField(
        label=_("Rader"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono"}),
        help_text=_(
            "En rad på varje rad, med semikolon emellan: text; timmar; pris; belopp; månad. Lämna timmar och pris "
            "tomma för det som inte är tid. Till exempel: Assistans; 110; 330,00; 36 300,00; 2026-10"
        ),
    )

    def entry(self) -> dict[str, object]:
        """Return the form as the reader of paper invoices takes it."""
        told = self.told()
        lines = [_cells(line) for line in told.pop("rows").splitlines() if line.strip()]
        texts = {name: "" if value is None else str(value) for name, value in told.items() if name not in _NOT_READ}
        return {**texts, "number": told["invoice_number"], "f_tax": "ja" if told["f_tax"] else "", "lines": lines}


_NOT_READ = ("scan", "received_on", "invoice_number")


def _cells(line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split(";")]
    names = ("text", "hours", "price", "amount", "month")
    return dict(zip(names, [*cells, "", "", "", "", ""], strict=False))


# --- an allocation as rows ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One row of the allocation's form, as it stands there."""

    recipient: str = ""
    month: str = ""
    hours: str = ""
    amount: str = ""
    line: str = ""
    decided: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything that counts in it."""
        return not (self.recipient or self.hours or self.amount)


MOST = 500
"""More shares than any invoice has."""

FIELDS = ("recipient", "month", "hours", "amount", "line", "decided")


def share_rows(posted: QueryDict) -> tuple[ShareRow, ...]:
    """Return the rows that were sent, without the empty ones."""
    columns = [posted.getlist(name) for name in FIELDS]
    longest = max((len(column) for column in columns), default=0)
    cells = ([column[n].strip() if n < len(column) else "" for column in columns] for n in range(min(longest, MOST)))
    rows = [ShareRow(**dict(zip(FIELDS, row, strict=True))) for row in cells]
    return tuple(row for row in rows if not row.is_empty)


def laid_of(rows: tuple[ShareRow, ...]) -> tuple[tuple[Laid, ...], tuple[Fault, ...]]:
    """Return the shares that rows say, and what in them cannot be read."""
    laid, faults = [], []
    for number, row in enumerate(rows, start=1):
        amount, minutes, month_on = ore_of(row.amount), minutes_of(row.hours), read_month(row.month)
        for value, column, message, remedy in (
            (amount, "amount", f"Del {number}: beloppet kan inte läsas.", "Skriv kronor och ören, som 7 125,50."),
            (
                minutes,
                "hours",
                f"Del {number}: timmarna kan inte läsas.",
                "Skriv timmar som 110 eller 110,5, eller inget.",
            ),
            (month_on, "month", f"Del {number}: månaden kan inte läsas.", "Skriv månaden som ÅÅÅÅ-MM."),
        ):
            if value is None and (column != "hours" or row.hours):
                faults.append(Fault(code="not_readable", message=message, remedy=remedy, line=number, column=column))
        laid.append(
            Laid(
                recipient_id=int(row.recipient) if row.recipient.isdecimal() and len(row.recipient) < 18 else 0,
                month_on=month_on or date(2000, 1, 1),
                amount_ore=amount or 0,
                minutes=minutes,
                line=row.line[:40],
                decided=row.decided[:80],
            )
        )
    return tuple(laid), tuple(faults)


def ore_of(text: str) -> int | None:
    """Return kronor as people write them as whole öre, None when they cannot be read."""
    tight = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(".", ",").removesuffix("kr")
    kronor, _comma, ore = tight.removeprefix("-").partition(",")
    if not (kronor.isascii() and kronor.isdecimal() and len(kronor) <= 9 and len(ore) <= 2):
        return None
    if ore and not (ore.isascii() and ore.isdecimal()):
        return None
    amount = int(kronor) * 100 + int(ore.ljust(2, "0") if ore else 0)
    return -amount if tight.startswith("-") else amount


_MINUTES = frozenset(f"{minute:02d}" for minute in range(MINUTES_PER_HOUR))


def minutes_of(text: str) -> int | None:
    """Return hours as people write them, 110, 110,5 or 110:30, as minutes; None for nothing or no number."""
    if ":" in text:
        hours, _colon, minutes = text.partition(":")
        is_time = hours.isascii() and hours.isdecimal() and len(hours) <= 5 and minutes in _MINUTES
        return int(hours) * MINUTES_PER_HOUR + int(minutes) if is_time else None
    hundredths = ore_of(text) if text else None
    return None if hundredths is None or hundredths < 0 else half_up(hundredths * MINUTES_PER_HOUR, 100)

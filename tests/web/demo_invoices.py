"""Invoices for the demonstration, which no example has: one in a claim, one on paper, one that was sent back."""

import struct
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import timvis
from tests.apps.invoices.bills import Bill, BilledLine, xml
from timvis.apps.claims.actions import review_claim
from timvis.apps.claims.invoice_acts import open_claim
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice
from timvis.apps.invoices.queries import standing
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.particulars import PayeeParticulars
from timvis.apps.parties.queries import provider_by_number
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind
from timvis.core.routine.records import ClaimKind
from timvis.formats.law.packaged import load_law

ROUTINES = tuple(
    Path(timvis.__file__).parent / "data" / "routines" / "motala" / name
    for name in ("first_twenty_hours.toml", "sick_cost_and_assistance.toml")
)
RECEIVED_AT = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
EKOT = "5599000014"
DAYS = ("2026-10-01", "2026-10-31")

OPEN_ID, PAPER_ID, RETURNED_ID = 1, 2, 3


def add_invoices(gunnel: Actor, erik: Actor, david: Actor, now: datetime) -> None:
    """Adopt a routine that takes invoices, and let Gunnel take three of them in."""
    _adopt(erik, david, now)
    ekot = provider_by_number(gunnel.municipality, EKOT)
    assert ekot is not None
    payee = PayeeParticulars(
        payee_name="Ekot AB",
        account_kind=AccountKind.BANKGIRO,
        account_number="50501055",
        valid_from=date(2026, 1, 1),
        proof_received_on=date(2026, 1, 1),
    )
    _ok(parties.register_payee(replace(gunnel, logged_in_at=now), provider_id=ekot.pk, particulars=payee, now=now))
    first, second = Recipient.objects.filter(municipality__slug=gunnel.municipality).order_by("id")[:2]
    october = date(2026, 10, 1)
    laid = (
        Laid(recipient_id=first.pk, month_on=october, amount_ore=1_738_500, minutes=50 * 60, line="1"),
        Laid(recipient_id=second.pk, month_on=october, amount_ore=695_400, minutes=20 * 60, line="2"),
    )
    opened = _register(gunnel, a_bill("FT-2026-10", "50", "17385.00", "20", "6954.00"), now)
    _ok(invoices.allocate(gunnel, opened, laid, seen=_seen(opened), now=now))
    number = open_claim(gunnel, opened, ClaimKind.FIRST_TWENTY_HOURS, seen=_seen(opened), now=now)
    assert isinstance(number, str), number
    _ok(review_claim(gunnel, number, law=load_law(), now=now))
    _on_paper(gunnel, now)
    returned = _register(gunnel, a_bill("FT-2026-09", "10", "3477.00", "5", "1738.50"), now)
    _ok(invoices.return_invoice(gunnel, returned, reasons=["Fel månad."], seen=_seen(returned), now=now))


def a_bill(number: str, *hours_and_amounts: str) -> Bill:
    """Return an invoice from Ekot AB with a line per pair of hours and amount, at the state's rate."""
    pairs = zip(hours_and_amounts[::2], hours_and_amounts[1::2], strict=True)
    lines = tuple(
        BilledLine(text="De första timmarna", hours=hours, price="347.70", amount=amount) for hours, amount in pairs
    )
    return Bill(
        number=number,
        supplier_number=EKOT,
        supplier_name="Ekot AB",
        bankgiro="50501055",
        lines=lines,
        issued_on="2026-11-04",
        due_on="2026-12-04",
        days=DAYS,
        ocr="20240313",
        buyer_name="Västerås stad",
        notes=("Frågor: 19800215-2380",),
    )


def _adopt(erik: Actor, david: Actor, now: datetime) -> None:
    for path in ROUTINES:
        text = path.read_text(encoding="utf-8").replace("motala", david.municipality)
        drafted = _ok(draft_routine(erik, text.encode(), source=path.name, now=now))
        assert isinstance(drafted, int), drafted
        published = publish_routine(replace(david, logged_in_at=now), drafted, now=now)
        assert isinstance(published, int), published


def _register(gunnel: Actor, bill: Bill, now: datetime) -> int:
    file = InvoiceFile(name=f"{bill.number}.xml", content=xml(bill))
    registered = invoices.register_invoice(gunnel, file, now=now)
    assert isinstance(registered, Registered), registered
    return registered.invoice_id


def _on_paper(gunnel: Actor, now: datetime) -> None:
    form = {
        "supplier_number": EKOT,
        "supplier_name": "Ekot AB",
        "number": "P-17",
        "issued_on": "2026-10-01",
        "due_on": "2026-10-31",
        "payable": "4 494,56",
        "lines": [{"text": "Sjuklön dag 2-5", "amount": "4 494,56", "month": "2026-09"}],
    }
    scan = InvoiceFile(name="faktura.png", content=a_picture(), media_type="image/png")
    registered = invoices.register_paper_invoice(gunnel, form, scan, received_at=RECEIVED_AT, now=now)
    assert isinstance(registered, Registered), registered


def a_picture() -> bytes:
    """Return a small grey PNG."""
    width, height = 60, 84
    rows = (b"\x00" + b"\xee" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _seen(invoice_id: int) -> str:
    return standing(Invoice.objects.get(pk=invoice_id))


def _ok(outcome: object) -> object:
    assert not isinstance(outcome, Refusal | tuple), outcome
    return outcome

"""A month of invoices in an example: each goes to the archive, or stops where somebody is to take it on from there."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from timvis.apps.claims.actions import Calculated, Reviewed, return_claim
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.decision_acts import decide
from timvis.apps.claims.invoice_acts import open_claim, stamp
from timvis.apps.claims.models import STATUS_LABELS, Claim
from timvis.apps.claims.queries import standing as claim_standing
from timvis.apps.invoices.actions import (
    InvoiceFile,
    Registered,
    allocate,
    register_invoice,
    register_paper_invoice,
    return_invoice,
)
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice, Return
from timvis.apps.invoices.queries import standing
from timvis.cli.demonstration import paid
from timvis.cli.demonstration.cast import Cast, done, wanted
from timvis.cli.demonstration.register import Register
from timvis.cli.demonstration.reviewed import by_rule, calculate, review
from timvis.cli.demonstration.told import STATIONS, ClaimTold, DemonstrationStopped, StationTold
from timvis.core.access import Actor, ClaimStatus, Role
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.routine.records import ClaimKind

Table = dict[str, Any]

INTAKE, REVIEW, CALCULATION, ATTEST = STATIONS[:4]
RECEIVED, RETURNED, ALLOCATED, REVIEWED = "received", "returned", "allocated", "reviewed"
"""Where an invoice of an example can stop, besides at any step that waits for a signature."""

BETWEEN_ACTS = timedelta(minutes=10)


@dataclass(slots=True)
class InvoiceMonth:
    """A month of invoices on its way; `signed_off` are the claims that every signature is given on."""

    on: date
    invoices: list[Table]
    ids: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    reviewed: dict[str, Reviewed] = field(default_factory=dict)
    calculated: dict[str, Calculated] = field(default_factory=dict)
    signed: Counter[str] = field(default_factory=Counter)
    signed_off: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)

    def pay_on(self) -> date:
        """Return the last day to pay of all that is signed off."""
        due = Claim.objects.filter(number__in=self.signed_off, due_on__isnull=False).values_list("due_on", flat=True)
        return max(on for on in due if on is not None)


class InvoiceDesk:
    """The office of one example, taking invoices in and handling each as far as the example says."""

    def __init__(self, cast: Cast, register: Register, law: LawBook) -> None:
        self._cast, self._register, self._law = cast, register, law

    def month(self, file: Path) -> tuple[InvoiceMonth, datetime]:
        """Return a month with every invoice where it stops or fully signed, and when the last act was done."""
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        month, now = InvoiceMonth(on=table["month"], invoices=table["invoice"]), datetime.min.replace(tzinfo=UTC)
        for invoice in sorted(month.invoices, key=lambda one: one["received_at"]):
            now = max(now + BETWEEN_ACTS, invoice["received_at"].astimezone(UTC))
            self._register.until(now)
            now = self._handle(month, invoice, file.parent, now)
        return month, now

    def _handle(self, month: InvoiceMonth, invoice: Table, folder: Path, now: datetime) -> datetime:
        """Handle one invoice as far as it goes; return when the last act was done."""
        key, stops_at = invoice["key"], invoice.get("stops_at")
        month.ids[key] = self._take_in(month, invoice, folder, now)
        if stops_at == RETURNED and "share" not in invoice:
            sent = return_invoice(
                self._clerk(now), month.ids[key], reasons=[invoice["because"]], seen=_seen(month.ids[key]), now=now
            )
            month.returned.append(f"{key}: återsänd. {' '.join(wanted(Return, sent, key).reasons)}")
        if "share" not in invoice:
            return now
        laid = tuple(self._laid(one, month.on) for one in invoice["share"])
        wanted(int, allocate(self._clerk(now), month.ids[key], laid, seen=_seen(month.ids[key]), now=now), key)
        if stops_at == ALLOCATED:
            return now
        number = self._open(month, invoice, now)
        if stops_at == RETURNED:
            done(return_claim(self._clerk(now), number, reason=invoice["because"], now=now), key)
            month.returned.append(f"{number}: återlämnad. {invoice['because']}")
        elif stops_at != REVIEWED:
            month.calculated[number] = calculate(self._cast, key, number, law=self._law, now=now)
            return self._sign(month, invoice, number, now)
        return now

    def _take_in(self, month: InvoiceMonth, invoice: Table, folder: Path, now: datetime) -> int:
        clerk, key = self._clerk(now), invoice["key"]
        if "scan" in invoice:
            picture = folder / invoice["scan"]
            scan = InvoiceFile(name=picture.name, content=picture.read_bytes(), media_type="image/png")
            taken = register_paper_invoice(clerk, invoice["form"], scan, received_at=now, now=now)
        else:
            bill = folder / invoice["file"]
            before = month.ids[invoice["replaces"]] if "replaces" in invoice else None
            file = InvoiceFile(name=bill.name, content=bill.read_bytes())
            taken = register_invoice(clerk, file, now=now, replaces_id=before)
        return wanted(Registered, taken, key).invoice_id

    def _open(self, month: InvoiceMonth, invoice: Table, now: datetime) -> str:
        """Open the claim on an invoice, stamp its accounts and let it be judged; return its number."""
        key, invoice_id = invoice["key"], month.ids[invoice["key"]]
        kind = ClaimKind(invoice["kind"])
        number = wanted(str, open_claim(self._clerk(now), invoice_id, kind, seen=_seen(invoice_id), now=now), key)
        month.numbers[key] = number
        wanted(int, stamp(self._clerk(now), number, seen=claim_standing(_claim(number)), now=now), key)
        month.reviewed[number] = review(self._cast, key, number, law=self._law, now=now)
        return number

    def _sign(self, month: InvoiceMonth, invoice: Table, number: str, now: datetime) -> datetime:
        """Sign and decide until the step where the invoice stops, or to the end."""
        stops_at, is_decided = invoice.get("stops_at", ""), "decision" not in invoice
        while True:
            now += BETWEEN_ACTS
            signing = paid.sign_next_step(self._cast, number, law=self._law, now=now, before=stops_at)
            # Who signs next waits for the decision: it is a part of what is signed.
            if not is_decided and signing in (None, Refusal.NOT_THE_NEXT_STEP):
                self._decide(number, invoice, now)
                is_decided = True
            elif isinstance(signing, Refusal):
                raise DemonstrationStopped(f"{number}: {signing.value}")
            elif signing is None:
                break
            else:
                month.signed[f"{signing.step}: {signing.person}"] += 1
        if not stops_at:
            month.signed_off.append(number)
        return now

    def _decide(self, number: str, invoice: Table, now: datetime) -> None:
        says, claim = invoice["decision"], _claim(number)
        made = decide(
            self._cast.officer(Role.CASE_OFFICER, now),
            number,
            Wanted(
                period_from=says["from"],
                period_to=says["to"],
                amount_ore=sum(one["amount_ore"] for one in invoice["share"]),
                reasons=says["because"],
            ),
            seen=claim_standing(claim),
            now=now,
        )
        wanted(int, made, number)

    def _laid(self, share: Table, month_on: date) -> Laid:
        return Laid(
            recipient_id=self._cast.recipient_id(share["recipient"]),
            month_on=share.get("month", month_on),
            amount_ore=share["amount_ore"],
            minutes=share.get("minutes"),
            line=share.get("line", ""),
        )

    def _clerk(self, now: datetime) -> Actor:
        return self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)


# --- what is told of it ---------------------------------------------------------------------------------------


def before_payment(month: InvoiceMonth) -> tuple[StationTold, ...]:
    """Return what the first four stations did with a month of invoices."""
    found, signed = by_rule(month.reviewed.values()), month.signed.total()
    total = sum(one.statement.total_ore for one in month.calculated.values())
    left = len(month.ids) - len(month.numbers) - len(month.returned)
    intake = f"{len(month.ids)} fakturor, {len(month.numbers)} ärenden"
    waits = f"{signed} underskrifter på {len(month.calculated)} fakturor"
    return (
        StationTold(station=INTAKE, text=intake + (f"; {left} väntar på att handläggas" if left > 0 else "")),
        StationTold(
            station=REVIEW,
            text=f"{found.total()} iakttagelser från {len(found)} kontroller",
            details=tuple(month.returned),
        ),
        StationTold(station=CALCULATION, text=f"{len(month.calculated)} fastställda, tillsammans {kronor_text(total)}"),
        StationTold(station=ATTEST, text=waits if signed else "ingenting att göra", details=tuple(month.signed)),
    )


def claims_told(month: InvoiceMonth) -> Iterator[ClaimTold]:
    """Yield what became of the claim on each invoice; hours are those billed, sick pay has none."""
    keys = {number: key for key, number in month.numbers.items()}
    for claim in Claim.objects.filter(number__in=keys).order_by("number"):
        sums, made = month.reviewed[claim.number].sums, month.calculated.get(claim.number)
        yield ClaimTold(
            claim=keys[claim.number],
            number=claim.number,
            status=claim.status,
            status_label=STATUS_LABELS[ClaimStatus(claim.status)],
            granted_28ths=sums.granted_28ths,
            reported_minutes=sums.actual_minutes,
            reported_28ths=sums.payable_28ths,
            payable_28ths=sums.actual_minutes * PARTS_PER_MINUTE if made else 0,
            refused_28ths=0,
            total_ore=made.statement.total_ore if made else 0,
            statement_digest=made.statement.digest if made else "",
        )


def _seen(invoice_id: int) -> str:
    return standing(Invoice.objects.get(pk=invoice_id))


def _claim(number: str) -> Claim:
    return Claim.objects.get(number=number)

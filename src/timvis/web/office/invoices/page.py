"""What the page of an invoice shows: the document as it was read, whose cost it is, and where its claim stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from timvis.apps.claims import invoicing, stamping
from timvis.apps.claims.models import NOTHING_PAID, Claim, ClaimDecision
from timvis.apps.claims.queries import newest_decision
from timvis.apps.claims.stamping import Coded
from timvis.apps.invoices import by_summary, queries, records
from timvis.apps.invoices.models import STATUS_LABELS, Allocation, Invoice, InvoiceStatus
from timvis.apps.parties.models import Recipient
from timvis.apps.reconciliation.models import Summary
from timvis.apps.routines import records as routines
from timvis.core.access import ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.identity import shown_text
from timvis.core.invoice.allocation import proposed
from timvis.core.invoice.checks import objections
from timvis.core.invoice.first_hours import Verification
from timvis.core.invoice.first_hours_models import MODEL_LABELS
from timvis.core.invoice.interest import InterestRisk, risk
from timvis.core.invoice.matching import DecidedCost, Match
from timvis.core.invoice.objection import Objection, kronor
from timvis.core.invoice.records import DocumentKind
from timvis.core.invoice.records import Invoice as CoreInvoice
from timvis.core.law import LawBook, LawReader
from timvis.core.ledger import Chart
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.routine.records import Act
from timvis.web.office.claims.page import Standing, standing_of
from timvis.web.office.invoices.first_hours import MODEL_CHOICES, ShownLine, dispute, shown_lines
from timvis.web.office.invoices.forms import ShareRow
from timvis.web.shared.files import PICTURES
from timvis.web.shared.names import recipient_name

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedMonth:
    """A recipient's month with what was billed, granted and reported, under her name for those who may see it."""

    name: str
    match: Match
    is_wrong: bool


@dataclass(kw_only=True)
class InvoicePage:
    """Everything the page says about one invoice."""

    invoice: Invoice
    read: CoreInvoice
    claim: Claim | None
    standing: Standing | None
    allocation: Allocation | None
    recipients: list[tuple[int, str]]
    rows: list[ShareRow]
    objections: tuple[Objection, ...]
    months: tuple[MatchedMonth, ...]
    decided_costs: tuple[DecidedCost, ...]
    coded: tuple[Coded, ...]
    chart: Chart | None
    decision: ClaimDecision | None
    interest: InterestRisk | None
    earlier: tuple[Invoice, ...]
    credits: tuple[Invoice, ...]
    can_settle: tuple[Invoice, ...]
    first_hours: Verification | None = None
    first_lines: tuple[ShownLine, ...] = ()
    dispute: str = ""
    summaries: tuple[Summary, ...] = ()

    model_choices = MODEL_CHOICES

    @property
    def confirmed_model(self) -> str:
        """How the state is confirmed to count, in words; nothing while nobody has confirmed it."""
        model = self.first_hours.confirmed if self.first_hours else None
        return MODEL_LABELS[model] if model else ""

    @property
    def status(self) -> str:
        """Where the invoice stands, in a word."""
        return STATUS_LABELS[InvoiceStatus(self.invoice.status)]

    @property
    def is_received(self) -> bool:
        """Whether nobody has opened a claim on it yet, or sent it back."""
        return self.invoice.status == InvoiceStatus.RECEIVED

    @property
    def is_credit_note(self) -> bool:
        """Whether it means money back."""
        return self.invoice.kind == DocumentKind.CREDIT_NOTE

    @property
    def has_picture(self) -> bool:
        """Whether its picture can be shown beside the data."""
        return self.invoice.scan is not None and self.invoice.scan.media_type in PICTURES

    @property
    def notes(self) -> list[str]:
        """The invoice's own words, without personal numbers."""
        return [shown_text(note) for note in self.read.notes]

    @cached_property
    def lines(self) -> list[tuple[str, str, str, str, int, date | None]]:
        """The lines as a person may read them: number, text, quantity, price, amount in öre, first day of work."""
        return [
            (
                line.number,
                shown_text(line.text),
                f"{line.quantity.normalize():f}".replace(".", ",") + (f" {_('tim')}" if line.unit == "HUR" else ""),
                kronor(round(line.price * 100)),
                line.amount_ore,
                self.read.period_of(line).period_from,
            )
            for line in self.read.lines
        ]

    @property
    def may_be_allocated(self) -> bool:
        """Whether the allocation can still be changed: nothing is ordered yet."""
        if self.claim is None:
            return self.is_received
        return self.claim.status in _BEFORE_ORDER

    @property
    def asks_for_stamp(self) -> bool:
        """Whether the routine has an account stamp that nobody has set, or that no longer covers the allocation."""
        return self._does(Act.ACCOUNT_STAMP) and not all(one.is_stamped for one in self.coded)

    @property
    def asks_for_decision(self) -> bool:
        """Whether the routine has a decision that nobody has made for this amount."""
        made, standing = self.decision, self.standing
        if standing is None or standing.statement is None or not self._does(Act.DECIDE):
            return False
        return made is None or made.amount_ore != standing.statement.total_ore

    def _does(self, act: Act) -> bool:
        return self.standing is not None and any(act in step.acts for step in self.standing.routine.steps)


_BEFORE_ORDER = (
    ClaimStatus.RECEIVED,
    ClaimStatus.IN_REVIEW,
    ClaimStatus.WAITING_FOR_PROVIDER,
    ClaimStatus.CALCULATED,
    ClaimStatus.ATTESTED,
)


def claim_of(invoice: Invoice) -> Claim | None:
    """Return the claim an invoice rests in now, else the last one it rested in."""
    claims = Claim.objects.filter(invoice=invoice).select_related(
        "routine_version", "recipient", "provider", "invoice__municipality", "municipality"
    )
    found = list(claims.order_by("-id"))
    return next((claim for claim in found if claim.status not in NOTHING_PAID), found[0] if found else None)


def invoice_page(
    invoice: Invoice, *, law: LawBook, now: datetime, rows: tuple[ShareRow, ...] | None = None
) -> InvoicePage:
    """Return the page of an invoice as it stands now; `rows` are those somebody has just typed."""
    claim, read = claim_of(invoice), records.invoice(invoice)
    names = _names(invoice)
    case = None
    if claim is not None and claim.status not in NOTHING_PAID:
        case = invoicing.case(claim, routines.routine(claim.routine_version), law, known_at=now)
    shown = list(rows) if rows is not None else _rows(invoice, read, names)
    verified = case.first_hours if case else None
    return InvoicePage(
        invoice=invoice,
        read=read,
        claim=claim,
        standing=None if claim is None else standing_of(claim, law=law, now=now),
        allocation=records.newest_allocation(invoice),
        recipients=sorted(names.items(), key=lambda one: one[1]),
        rows=[*shown, *([ShareRow(month=shown[-1].month if shown else "")] * BLANK_ROWS)],
        objections=_objections(invoice, read, now) if claim is None else (),
        months=_months(invoice, case.matches, names) if case else (),
        decided_costs=(case.decided or ()) if case else (),
        coded=stamping.coded(claim, known_at=now) if case and claim else (),
        chart=stamping.chart_of(claim) if claim else None,
        decision=newest_decision(claim) if claim else None,
        interest=_interest(invoice, claim, read, law, day_of(now)),
        earlier=tuple(queries.sent_back_by(invoice)[:5]) if invoice.status == InvoiceStatus.RECEIVED else (),
        credits=tuple(invoice.credit_notes.order_by("id")),
        can_settle=tuple(queries.may_be_settled_against(invoice)) if invoice.kind == DocumentKind.CREDIT_NOTE else (),
        first_hours=verified,
        first_lines=shown_lines(invoice, verified, names) if verified else (),
        summaries=by_summary.summaries_for(invoice)
        if claim is None and invoice.status == InvoiceStatus.RECEIVED
        else (),
        dispute=dispute(invoice, verified, claim.number) if verified and claim else "",
    )


def _objections(invoice: Invoice, read: CoreInvoice, now: datetime) -> tuple[Objection, ...]:
    """Return what can be held against an invoice before anybody has said what it is for.

    Which price an hour has depends on that, so prices are asked only where there is an agreement.
    """
    known = records.known(invoice, known_at=now)
    return objections(read, replace(known, prices=known.prices or None))


def _interest(
    invoice: Invoice, claim: Claim | None, read: CoreInvoice, law: LawBook, today: date
) -> InterestRisk | None:
    """Return what waiting costs, None when nothing waits to be paid."""
    waits = claim.status in _BEFORE_ORDER if claim is not None else invoice.status == InvoiceStatus.RECEIVED
    return risk(read, day_of(invoice.received_at), today, LawReader(law)) if waits else None


def _names(invoice: Invoice) -> dict[int, str]:
    """Return those an invoice may be allocated on: the municipality's recipients, by id."""
    recipients = Recipient.objects.filter(municipality_id=invoice.municipality_id).prefetch_related("versions")
    return {one.pk: recipient_name(one) for one in recipients}


def _rows(invoice: Invoice, read: CoreInvoice, names: dict[int, str]) -> list[ShareRow]:
    """Return the allocation that counts as rows, or a first proposal from the lines."""
    shares = records.share_rows(invoice)
    if shares:
        return [
            ShareRow(
                recipient=str(share.recipient_id),
                month=f"{share.month_on:%Y-%m}",
                hours=_hours(share.minutes),
                amount=kronor(share.amount_ore),
                line=share.line,
                decided=share.decided,
            )
            for share in shares
        ]
    only = str(next(iter(names))) if len(names) == 1 else ""
    return [
        ShareRow(
            recipient=only,
            month=f"{share.month_on:%Y-%m}",
            hours=_hours(share.minutes),
            amount=kronor(share.amount_ore),
            line=share.line,
        )
        for share in proposed(read)
    ]


def _hours(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    return f"{hours}:{rest:02d}" if rest else str(hours)


def _months(invoice: Invoice, found: tuple[Match, ...], names: dict[int, str]) -> tuple[MatchedMonth, ...]:
    of_reference = {records.reference(share.recipient_id): share.recipient_id for share in records.share_rows(invoice)}
    return tuple(
        MatchedMonth(
            name=names.get(of_reference.get(match.known.recipient, 0), match.known.recipient),
            match=match,
            is_wrong=_is_wrong(match),
        )
        for match in found
    )


def _is_wrong(match: Match) -> bool:
    billed = match.billed_minutes + match.known.billed_before_minutes
    granted, performed = match.known.granted_minutes, match.known.performed_minutes
    return (granted is not None and billed > granted) or (performed is not None and billed != performed)

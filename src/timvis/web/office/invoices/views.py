"""Invoices: the list by due day, taking them in, the page of one, and the binder of those that are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.archive.queries import Wanted, in_binder
from timvis.apps.claims.models import STATUS_LABELS as CLAIM_LABELS
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import standing as claim_standing
from timvis.apps.invoices import queries, records
from timvis.apps.invoices.actions import InvoiceFile, Registered, register_invoice, register_paper_invoice
from timvis.apps.invoices.models import STATUS_LABELS, Invoice, InvoiceStatus
from timvis.config.law_book import law_book
from timvis.core.access import POLICY, Action, ClaimStatus, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import read_month
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice.interest import InterestRisk, risk
from timvis.core.law import LawBook, LawReader
from timvis.web.office.claims.page import history
from timvis.web.office.claims.turns import turn
from timvis.web.office.invoices.forms import KIND_WORDS, PaperForm, ReceiveForm, ShareRow
from timvis.web.office.invoices.page import claim_of, invoice_page
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment, shown_here
from timvis.web.shared.ids import number_in
from timvis.web.shared.scans import FIELD as SCAN
from timvis.web.shared.scans import scan_in, shows_only

PER_PAGE = 50
NOT_XML = (b"%PDF", b"\x89PNG", b"\xff\xd8")
"""How pictures and PDF files begin: those are typed in, not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One invoice of the list."""

    invoice: Invoice
    claim_number: str
    status: str
    interest: InterestRisk | None
    is_waiting: bool


def invoices(ask: Ask) -> HttpResponse:
    """Show the invoices that wait by due day; with `?visa=alla` the others too."""
    everything = ask.GET.get("visa") == "alla"
    found = _visible(ask)
    if not everything:
        under_way = Claim.objects.filter(invoice__isnull=False).exclude(status__in=_SETTLED)
        found = found.filter(Q(status=InvoiceStatus.RECEIVED) | Q(id__in=under_way.values("invoice_id")))
    page = Paginator(found.order_by("due_on", "id"), PER_PAGE).get_page(ask.GET.get("sida"))
    law = law_book()
    told = {
        "page": page,
        "rows": [_row(one, ask.today, law) for one in page],
        "everything": everything,
        "may_register": _holds(ask, Action.REGISTER_INVOICE),
        "sees_the_town": _sees_the_town(ask),
    }
    return render(ask, "invoices/invoices.html", told)


def receive(ask: Ask) -> HttpResponse:
    """Take e-invoices in, each for itself, or show every fault of every file."""
    returned = [(one.pk, f"{one.supplier_name} {one.number}") for one in queries.returned_in(ask.actor.municipality)]
    form = ReceiveForm(returned, ask.POST or None, ask.FILES or None)
    if ask.method != "POST" or not form.is_valid():
        return render(ask, "invoices/receive.html", {"form": form}, status=422 if form.errors else 200)
    files = [InvoiceFile(name=one.name, content=one.read()) for one in form.cleaned_data["invoices"]]
    pictures = [file.name for file in files if file.content.startswith(NOT_XML)]
    outcomes = [_taken_in(ask, file, form.cleaned_data["replaces"]) for file in files if file.name not in pictures]
    if refusal := next((one for one in outcomes if isinstance(one, Refusal)), None):
        return refused(ask, refusal, back="/fakturor/ta-emot/")
    faults = [(fault, "") for one in outcomes if isinstance(one, tuple) for fault in one]
    if faults or pictures:
        return render(ask, "invoices/receive.html", {"form": form, "faults": faults, "pictures": pictures}, status=422)
    taken = [one for one in outcomes if isinstance(one, Registered)]
    if len(taken) == 1:
        sentence = _("Fakturan är mottagen.") if taken[0].is_new else _("Precis den fakturan finns redan.")
        return done(ask, sentence, f"/fakturor/{taken[0].invoice_id}/")
    told = ngettext("%(n)d faktura är mottagen.", "%(n)d fakturor är mottagna.", len(taken)) % {"n": len(taken)}
    return done(ask, told, "/fakturor/")


def _taken_in(ask: Ask, file: InvoiceFile, replaces_id: int | None) -> Registered | Refusal | tuple[Fault, ...]:
    return register_invoice(ask.actor, file, now=ask.now, replaces_id=replaces_id)


def type_in(ask: Ask) -> HttpResponse:
    """Register an invoice on paper, typed beside its picture; faults stand beside their fields."""
    scan = scan_in(ask)
    sent = (None, None) if shows_only(ask) else (ask.POST or None, ask.FILES or None)
    form = PaperForm(*sent, initial={"received_on": ask.today} | ask.POST.dict())
    form.fields[SCAN].required = scan is None
    shown = {"form": form, "scan": scan}
    if ask.method != "POST" or scan is None or not form.is_valid():
        return render(ask, "invoices/type_in.html", shown, status=422 if form.errors else 200)
    told = form.cleaned_data
    paper = InvoiceFile(name=scan.name, content=scan.content, media_type=scan.media_type)
    received_at = min(datetime.combine(told["received_on"], time(12), UTC), ask.now)
    outcome = register_paper_invoice(ask.actor, form.entry(), paper, received_at=received_at, now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/fakturor/skriv-in/")
    if isinstance(outcome, tuple):
        for fault in outcome:
            _beside_its_field(form, fault)
        return render(ask, "invoices/type_in.html", shown, status=422)
    return done(ask, _("Fakturan är registrerad."), f"/fakturor/{outcome.invoice_id}/")


def _beside_its_field(form: PaperForm, fault: Fault) -> None:
    column = "invoice_number" if fault.column == "number" else str(fault.column or "")
    name = column if column in form.fields else "rows" if fault.line or column == "lines" else None
    where = _("Rad %(n)d: ") % {"n": fault.line} if fault.line else ""
    form.add_error(name, f"{where}{fault.message} {fault.remedy}")


def invoice(
    ask: Ask,
    invoice_id: str,
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    rows: tuple[ShareRow, ...] | None = None,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    """Show an invoice with its document, its data and its claim; after a refused form with what is wrong."""
    found, relation = found_invoice(ask, invoice_id)
    claim = claim_of(found)
    state = claim.status if claim else ""
    page = invoice_page(found, law=law_book(), now=ask.now, rows=rows)
    open_to_her = {action.value for action in _open_to(ask, relation, state)}
    step = page.standing.waiting_step if page.standing else None
    my_step, why_not = turn(ask, claim, step, open_to_her) if claim else (False, None)
    return render(
        ask,
        "invoices/invoice.html",
        {
            "page": page.standing,
            "bill": page,
            "invoice": found,
            "claim": claim,
            "seen": claim_standing(claim) if claim else queries.standing(found),
            "may": open_to_her,
            "my_step": my_step,
            "why_not": why_not,
            "slips": relation is Relation.OWN_MUNICIPALITY,
            "kinds": [(kind.value, words) for kind, words in KIND_WORDS.items()],
            "history": history(claim, with_looks=_holds(ask, Action.LOOK_AT_LOG)) if claim else [],
            "problem": problem,
            "typed": typed or {},
            "faults": faults,
        },
        status=422 if problem or faults else 200,
    )


def original(ask: Ask, invoice_id: str) -> HttpResponse:
    """Give an invoice's bytes as they came; `?bild` the picture it was typed from, `?visa` that picture to look at."""
    found, _relation = found_invoice(ask, invoice_id)
    file = found.scan if {"bild", "visa"} & set(ask.GET) else found.original
    if file is None:
        raise Http404
    content = bytes(file.content)
    shown = shown_here(content, file.file_name, file.media_type) if "visa" in ask.GET else None
    return shown or attachment(content, file.file_name)


def binder(ask: Ask) -> HttpResponse:
    """Show the paid invoices, newest first, narrowed by recipient, supplier, month or voucher."""
    texts = {name: ask.POST.get(name, "").strip()[:80] for name in ("recipient", "provider", "month", "voucher")}
    wanted = Wanted(
        recipient=texts["recipient"],
        provider=texts["provider"],
        month_on=read_month(texts["month"]),
        voucher=number_in(texts["voucher"]) or None,
    )
    if not _sees_the_town(ask):
        raise Http404
    kept = in_binder(ask.actor.municipality, wanted, not_of=ask.actor.personal_number)[:PER_PAGE]
    return render(ask, "invoices/binder.html", {"kept": kept, "texts": texts, "is_narrowed": any(texts.values())})


# --- what the views have in common ------------------------------------------------------------------------------


def found_invoice(ask: Ask, invoice_id: str) -> tuple[Invoice, Relation]:
    """Return an invoice the actor may look at, after writing that she did; else it is as if it did not exist."""
    found = queries.invoice_in(ask.actor, number_in(invoice_id))
    if found is None:
        raise Http404
    relation = queries.relation_to_invoice(ask.actor, found, now=ask.now)
    concerned = [one.pk for one in queries.recipients_of(found)]
    look(ask, Action.LOOK_AT_INVOICE, "invoice", found.pk, relation=relation, recipient_ids=concerned)
    return found, relation


def _visible(ask: Ask) -> Any:
    """Return the invoices that the access table lets the actor see in a list."""
    found = Invoice.objects.filter(municipality__slug=ask.actor.municipality).select_related("supplier")
    if _sees_the_town(ask):
        her_own = Invoice.objects.filter(allocations__shares__recipient__personal_number=ask.actor.personal_number)
        return found.exclude(pk__in=her_own.values("pk")).exclude(supplier_id__in=ask.actor.provider_ids)
    return found.filter(supplier_id__in=ask.actor.provider_ids)


def _row(invoice: Invoice, today: date, law: LawBook) -> Row:
    claim = claim_of(invoice) if invoice.status == InvoiceStatus.IN_CLAIM else None
    is_waiting = invoice.status == InvoiceStatus.RECEIVED or (claim is not None and claim.status not in _SETTLED)
    read = records.invoice(invoice)
    return Row(
        invoice=invoice,
        claim_number=claim.number if claim else "",
        status=str(CLAIM_LABELS[ClaimStatus(claim.status)]) if claim else STATUS_LABELS[InvoiceStatus(invoice.status)],
        interest=risk(read, day_of(invoice.received_at), today, LawReader(law)) if is_waiting else None,
        is_waiting=is_waiting,
    )


_SETTLED = (
    ClaimStatus.ORDERED,
    ClaimStatus.PAID,
    ClaimStatus.BOOKED,
    ClaimStatus.ARCHIVED,
    ClaimStatus.REJECTED,
    ClaimStatus.RETURNED,
)


def _sees_the_town(ask: Ask) -> bool:
    """Return whether the actor may look at other invoices than her own provider's."""
    return any(row.relation is Relation.OWN_MUNICIPALITY for row in _rows_of(ask, Action.LOOK_AT_INVOICE))


def _rows_of(ask: Ask, action: Action) -> list[Any]:
    return [row for row in POLICY if row.action is action and row.role in ask.actor.roles]


def _holds(ask: Ask, action: Action) -> bool:
    return bool(_rows_of(ask, action))


def _open_to(ask: Ask, relation: Relation, state: str) -> set[Action]:
    """Return what the access table opens here; the acts ask again, with everything that can change meanwhile."""
    return {
        row.action
        for row in POLICY
        if row.role in ask.actor.roles and row.relation is relation and (not row.states or state in row.states)
    }

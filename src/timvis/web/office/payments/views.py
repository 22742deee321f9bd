"""Payments: what is ordered, which file it went in, and what the bank said."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.accounting.actions import take_bank_answer
from timvis.apps.accounting.bank_answers import BankAnswered
from timvis.apps.accounting.models import Batch, BatchStatus, Entry, OrderStatus, PaymentOrder
from timvis.apps.accounting.payment_files import file_lines
from timvis.apps.accounting.payment_run import PaymentRun, build_payments, is_as_built, release_payments
from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit import actions as audit
from timvis.apps.claims.queries import recipients_of, relation_to_claim
from timvis.core.access import POLICY, Action, Relation
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.batch import Bounds, biggest_changes
from timvis.gateways.bank.chosen import bank
from timvis.gateways.bank.fake import FakeBank
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.lines import line_rows
from timvis.web.shared.names import provider_name, recipient_name

PER_PAGE = 50
MOST_BYTES = 20_000_000


def payments(ask: Ask, *, problem: str = "") -> HttpResponse:
    """Show orders and files of the municipality, what waits first."""
    orders = _orders(ask).select_related("claim__recipient", "claim__provider", "payee_version", "batch")
    orders = orders.prefetch_related("claim__recipient__versions").order_by("-made_at", "-id")
    page = Paginator(orders, PER_PAGE).get_page(ask.GET.get("sida"))
    waiting = _orders(ask).filter(status=OrderStatus.RESERVED, batch=None)
    return render(
        ask,
        "payments/payments.html",
        {
            "page": page,
            "rows": [(one, recipient_name(one.claim.recipient)) for one in page],
            # A file holds what every provider was paid together: the office's to see.
            "office": _is_office(ask),
            "batches": Batch.objects.filter(municipality__slug=ask.actor.municipality)
            .defer("content")
            .order_by("-id")[:12],
            "waiting": waiting.count(),
            "waiting_ore": sum(waiting.values_list("amount_ore", flat=True)),
            "to_release": Batch.objects.filter(
                municipality__slug=ask.actor.municipality, status=BatchStatus.BUILT
            ).count(),
            "unknown": _orders(ask).filter(status=OrderStatus.UNKNOWN).count(),
            "simulated": isinstance(bank(), FakeBank),
            "may": {row.action.value for row in POLICY if row.role in ask.actor.roles},
            "problem": problem,
        },
        status=422 if problem else 200,
    )


def payment(ask: Ask, order_id: str) -> HttpResponse:
    """Show one payment with its whole trace: claim, statement, signatures, file, vouchers."""
    order = (
        _orders(ask)
        .select_related("claim__recipient", "claim__provider", "statement", "payee_version", "batch")
        .filter(pk=number_in(order_id))
        .first()
    )
    if order is None:
        raise Http404
    claim = order.claim
    relation = relation_to_claim(ask.actor, claim, now=ask.now)
    concerned = [one.pk for one in recipients_of(claim)]
    look(
        ask,
        Action.LOOK_AT_PAYMENT,
        "payment",
        order.pk,
        relation=relation,
        recipient_ids=concerned,
        is_hers_alone=claim.application_id is not None,
    )
    return render(
        ask,
        "payments/payment.html",
        {
            "order": order,
            "recipient": recipient_name(claim.recipient),
            "provider": provider_name(claim.provider),
            "signatures": SignedAct.objects.filter(claim=claim, statement_digest=order.statement.digest)
            .select_related("person")
            .order_by("id"),
            "entries": Entry.objects.filter(claim=claim).prefetch_related("transfers").order_by("series", "number"),
        },
    )


def batch_file(ask: Ask, batch_id: str) -> HttpResponse:
    """Give a payment file exactly as it left."""
    row = _batch(ask, batch_id)
    return attachment(bytes(row.content), row.name)


def build(ask: Ask) -> HttpResponse:
    """Make the payment file of everything that is ordered, and lead to it; it leaves when somebody releases it."""
    outcome = build_payments(ask.actor, bank(), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/betalningar/")
    if outcome is None:
        return done(ask, _("Ingenting väntade på att betalas."), "/betalningar/")
    if not isinstance(outcome, Batch):
        return payments(ask, problem=_told(outcome))
    return HttpResponseRedirect(reverse("payment_file", args=[outcome.pk]))


def payment_file(ask: Ask, batch_id: str) -> HttpResponse:
    """Show what a payment file holds: count, sum and biggest changes, then every payment, deviations first."""
    row = _batch(ask, batch_id)
    bounds = Bounds()
    shown = file_lines(row, today=ask.today, bounds=bounds)
    audit.record(ask.actor, Action.LOOK_AT_PAYMENT, object_kind="batch", object_id=row.name, at=ask.now)
    by_number = {one.number: one for one in line_rows(shown)}
    return render(
        ask,
        "payments/payment_file.html",
        {
            "row": row,
            "bounds": bounds,
            "rows": list(by_number.values()),
            "deviating": sum(not line.is_green for line in shown),
            "changes": [by_number[line.claim_number] for line in biggest_changes(shown)],
            "waits": row.status == BatchStatus.BUILT,
            "intact": is_as_built(row),
        },
    )


def release(ask: Ask, batch_id: str) -> HttpResponse:
    """Send the file that was shown, each step kept before the next."""
    row = _batch(ask, batch_id)
    outcome = release_payments(ask.actor, bank(), row.pk, digest=ask.POST.get("digest", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/betalningar/")
    if not isinstance(outcome, PaymentRun):
        return payments(ask, problem=_told(outcome))
    told = {"n": outcome.orders, "kr": kronor_text(outcome.sum_ore), "files": ", ".join(outcome.batches)}
    sentence = ngettext(
        "%(n)d betalning, %(kr)s, är skickad i %(files)s.",
        "%(n)d betalningar, %(kr)s, är skickade i %(files)s.",
        outcome.orders,
    )
    return done(ask, sentence % told, "/betalningar/")


def answer(ask: Ask) -> HttpResponse:
    """Take the bank's answer: an uploaded file, or what the simulated bank says."""
    channel = bank()
    if "simulate" in ask.POST and isinstance(channel, FakeBank):
        channel.work(ask.now)
        given = [(file.name, file.content) for file in channel.answers()]
    else:
        upload: Any = ask.FILES.get("answer")
        if upload is None or upload.size > MOST_BYTES:
            return payments(ask, problem=_("Välj bankens svarsfil, pain.002."))
        given = [(upload.name, upload.read())]
    taken = 0
    for name, content in given:
        outcome = take_bank_answer(ask.actor, content, file_name=name, now=ask.now)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back="/betalningar/")
        if not isinstance(outcome, BankAnswered):
            return payments(ask, problem=_told(outcome))
        taken += len(outcome.posted)
        channel.settle(name)
    return done(ask, _("Bankens svar är omhändertaget: %(n)d betalningar är betalda.") % {"n": taken}, "/betalningar/")


def _batch(ask: Ask, batch_id: str) -> Batch:
    row = Batch.objects.filter(municipality__slug=ask.actor.municipality, pk=number_in(batch_id)).first()
    if row is None:
        raise Http404
    return row


def _told(faults: tuple[Fault, ...]) -> str:
    return " ".join(f"{fault.message} {fault.remedy}" for fault in faults)


def _orders(ask: Ask) -> Any:
    orders = PaymentOrder.objects.filter(claim__municipality__slug=ask.actor.municipality)
    return orders if _is_office(ask) else orders.filter(claim__provider_id__in=ask.actor.provider_ids)


def _is_office(ask: Ask) -> bool:
    """Return whether the actor sees every payment of the municipality, not only her own provider's."""
    return any(
        row.action is Action.LOOK_AT_PAYMENT
        and row.relation is Relation.OWN_MUNICIPALITY
        and row.role in ask.actor.roles
        for row in POLICY
    )

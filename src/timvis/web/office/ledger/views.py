"""The ledger: vouchers, balances, whether the books hold, and the file for the municipality's own ledger."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timvis.apps.accounting import records
from timvis.apps.accounting.actions import book
from timvis.apps.accounting.models import Entry, Export
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.accounting.vouchers import chart_of
from timvis.apps.audit import actions as audit
from timvis.core.access import POLICY, Action
from timvis.core.faults import Refusal
from timvis.core.ledger import balance
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in

PER_PAGE = 50


def ledger(ask: Ask) -> HttpResponse:
    """Show the vouchers of the municipality, newest first, with the balance of every account."""
    wanted = ask.GET.get("nummer", "").strip()
    if wanted.isdecimal():
        return HttpResponseRedirect(reverse("voucher", args=[wanted]))
    entries = Entry.objects.filter(series=ask.actor.municipality).select_related("claim").prefetch_related("transfers")
    page = Paginator(entries.order_by("-number"), PER_PAGE).get_page(ask.GET.get("sida"))
    found = ledger_check(ask.actor.municipality)
    chart = chart_of(ask.actor.municipality)
    labels = {account.number: account.label for account in chart.accounts} if chart else {}
    sums = balance(
        one for entry in records.entries(Entry.objects.filter(series=ask.actor.municipality)) for one in entry.transfers
    )
    audit.record(ask.actor, Action.LOOK_AT_LEDGER, object_kind="ledger", object_id=ask.actor.municipality, at=ask.now)
    return render(
        ask,
        "ledger/ledger.html",
        {
            "page": page,
            "rows": [(entry, sum(one.amount_ore for one in entry.transfers.all())) for entry in page],
            "check": found,
            "balances": [(number, labels.get(number, ""), amount) for number, amount in sorted(sums.items())],
            "exports": Export.objects.filter(series=ask.actor.municipality).defer("content").order_by("-id")[:12],
            "may": {row.action.value for row in POLICY if row.role in ask.actor.roles},
            "not_found": bool(wanted),
        },
    )


def voucher(ask: Ask, number: str) -> HttpResponse:
    """Show a voucher: its transfers, summed per account."""
    entry = (
        Entry.objects.filter(series=ask.actor.municipality, number=number_in(number))
        .select_related("claim")
        .prefetch_related("transfers")
        .first()
    )
    if entry is None:
        raise Http404
    sums: Counter[str] = Counter()
    for one in entry.transfers.all():
        sums[one.debit_account] += one.amount_ore
        sums[one.credit_account] -= one.amount_ore
    chart = chart_of(ask.actor.municipality)
    labels = {account.number: account.label for account in chart.accounts} if chart else {}
    audit.record(
        ask.actor, Action.LOOK_AT_LEDGER, object_kind="entry", object_id=f"{entry.series} {entry.number}", at=ask.now
    )
    return render(
        ask,
        "ledger/voucher.html",
        {
            "entry": entry,
            "rows": [(account, labels.get(account, ""), amount) for account, amount in sorted(sums.items())],
            "coding": entry.transfers.all()[0].coding if entry.transfers.all() else [],
        },
    )


def export(ask: Ask) -> HttpResponse:
    """Write the vouchers that have not left yet as a SIE file."""
    outcome = book(ask.actor, now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/bokforing/")
    if outcome is None:
        return done(ask, _("Det fanns inga nya verifikationer att lämna över."), "/bokforing/")
    return done(ask, _("%(file)s är gjord.") % {"file": outcome.file_name}, "/bokforing/")


def export_file(ask: Ask, export_id: str) -> HttpResponse:
    """Give a SIE file as it was made."""
    found = Export.objects.filter(series=ask.actor.municipality, pk=number_in(export_id)).first()
    if found is None:
        raise Http404
    return attachment(bytes(found.content), found.file_name)

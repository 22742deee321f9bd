"""Fees that have been asked for: what is paid, what is late, and what the bank tells of money that came in."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.accounting import incoming
from timvis.apps.accounting.incoming import NotOurs, Paid
from timvis.apps.accounting.models import BankNotification
from timvis.apps.accounting.queries import fees_asked_for
from timvis.apps.audit import actions as audit
from timvis.apps.orders import fee_acts
from timvis.apps.orders.models import InvoiceBasis
from timvis.core.access import Action
from timvis.core.faults import Refusal
from timvis.core.substitute.fee import Payer
from timvis.web.office.substitutes.forms import PaymentForm, ReasonForm
from timvis.web.office.substitutes.page import may_of
from timvis.web.office.substitutes.views import DESK, found_booking
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name

MOST_BYTES: Final = 20_000_000
NOT_OURS_WORDS: Final[dict[str, str | Promise]] = {
    NotOurs.NO_FEE_IS_NAMED: gettext_lazy("nämner ingen av våra avgifter"),
    NotOurs.SEVERAL_FEES_ARE_NAMED: gettext_lazy("nämner flera avgifter"),
    NotOurs.MORE_THAN_IS_LEFT: gettext_lazy("är mer än det som är kvar att betala"),
    NotOurs.BEFORE_THE_INVOICE: gettext_lazy("kom in före fakturans dag"),
}


def fees(ask: Ask, *, problem: str = "") -> HttpResponse:
    """Show every fee that has been asked for, those with something left to pay first. Nobody is named here."""
    kept = BankNotification.objects.filter(municipality__slug=ask.actor.municipality).defer("content")
    audit.record(ask.actor, Action.LOOK_AT_DESK, object_kind="fees", object_id=ask.actor.municipality, at=ask.now)
    return render(
        ask,
        "substitutes/fees.html",
        {
            "rows": [
                (one, _payer(one.basis), one.is_overdue(ask.today)) for one in fees_asked_for(ask.actor.municipality)
            ],
            "notifications": kept.order_by("-id")[:12],
            "problem": problem,
            "may": may_of(ask.actor),
        },
        status=422 if problem else 200,
    )


def _payer(basis: InvoiceBasis) -> str:
    """Return who is asked for a fee; a private person is not named in the list."""
    if basis.payer == Payer.RECIPIENT:
        return _("den enskilde")
    return provider_name(basis.booking.provider)


def take(ask: Ask) -> HttpResponse:
    """Take in the bank's notification, and show what became of each payment in it."""
    upload: Any = ask.FILES.get("notification")
    if upload is None or upload.size > MOST_BYTES:
        return fees(ask, problem=_("Välj bankens aviseringsfil, camt.054."))
    outcome = incoming.take_notification(ask.actor, upload.read(), file_name=upload.name, now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=f"{DESK}avgifter/")
    if not isinstance(outcome, BankNotification):
        return fees(ask, problem=" ".join(f"{fault.message} {fault.remedy}" for fault in outcome))
    return done(ask, _("Aviseringen är inläst."), f"{DESK}avgifter/bankfil/{outcome.pk}/")


def notification(ask: Ask, notification_id: str) -> HttpResponse:
    """Show what became of each payment in a notification; what the machine left is a person's to look at."""
    kept = BankNotification.objects.select_related("municipality", "taken_by").filter(
        municipality__slug=ask.actor.municipality, pk=number_in(notification_id)
    )
    found = kept.first()
    if found is None:
        raise Http404
    audit.record(ask.actor, Action.LOOK_AT_DESK, object_kind="bank_notification", object_id=str(found.pk), at=ask.now)
    receipts = incoming.receipts_of(found)
    return render(
        ask,
        "substitutes/notification.html",
        {
            "kept": found,
            "rows": [(one, NOT_OURS_WORDS[one.because] if one.because else "") for one in receipts],
            "left": sum(one.payment is None for one in receipts),
        },
    )


def pay(ask: Ask, booking_id: str) -> HttpResponse:
    """Register that a fee, or a part of it, has been paid."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        paid = Paid(amount_ore=told["amount"], paid_on=told["paid_on"], bank_reference=told["bank_reference"])
        return incoming.register_fee_payment(ask.actor, found.pk, paid, now=ask.now)

    return form_page(
        ask,
        PaymentForm(ask.POST or None, initial={"paid_on": ask.today}),
        act,
        title=_("Avgiften är betald"),
        lead=_("Fordran regleras i bokföringen. Är det en del av beloppet står resten kvar."),
        button=_("Registrera betalningen"),
        sentence=_("Betalningen är registrerad."),
        back=f"{DESK}{found.pk}/avgift/",
    )


def close(ask: Ask, booking_id: str) -> HttpResponse:
    """Close a booking that nobody is charged for, with the reason."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        return fee_acts.close_without_fee(ask.actor, found.pk, reason=form.cleaned_data["reason"], now=ask.now)

    return form_page(
        ask,
        ReasonForm(ask.POST or None),
        act,
        title=_("Avsluta utan avgift"),
        lead=_("Beräkningen gav ingen avgift. Skriv svaret på frågan den ställde; sedan är bokningen avslutad."),
        button=_("Avsluta utan avgift"),
        sentence=_("Bokningen är avslutad utan avgift."),
        back=f"{DESK}{found.pk}/avgift/",
    )

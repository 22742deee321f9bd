"""What is done with a booking: asking, answering, confirming, calling off, papers, and what is found against it."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.orders import actions, decision_acts
from timvis.apps.orders.models import Booking
from timvis.config.law_book import law_book
from timvis.core.faults import Fault, Refusal
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.substitute.request import Open
from timvis.web.office.substitutes.forms import CompanyForm, PaperForm, ReasonForm
from timvis.web.office.substitutes.views import DESK, found_booking
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in


def offer(ask: Ask, booking_id: str) -> HttpResponse:
    """Write down that somebody in the pool is asked."""
    found = found_booking(ask, booking_id)
    outcome = actions.offer_shift(
        ask.actor,
        found.pk,
        number_in(ask.POST.get("member", "")),
        law=law_book(),
        now=ask.now,
        reason=ask.POST.get("reason", ""),
        seen=ask.POST.get("seen"),
    )
    return _answered(ask, found, outcome, _("Frågan är nedskriven. Ring och skriv in svaret."))


def answer(ask: Ask, booking_id: str) -> HttpResponse:
    """Write down what somebody answered."""
    found = found_booking(ask, booking_id)
    accepts = ask.POST.get("answer") == "yes"
    outcome = actions.answer_offer(
        ask.actor,
        found.pk,
        number_in(ask.POST.get("member", "")),
        accepts=accepts,
        now=ask.now,
        seen=ask.POST.get("seen"),
    )
    return _answered(ask, found, outcome, _("Svaret är nedskrivet."))


def confirm(ask: Ask, booking_id: str) -> HttpResponse:
    """Confirm who comes."""
    found = found_booking(ask, booking_id)
    outcome = actions.confirm_booking(
        ask.actor,
        found.pk,
        law=law_book(),
        now=ask.now,
        reason=ask.POST.get("reason", ""),
        seen=ask.POST.get("seen"),
    )
    return _answered(ask, found, outcome, _("Vikarien är bekräftad. Handläggare och ekonomi har fått besked."))


def company(ask: Ask, booking_id: str) -> HttpResponse:
    """Write down whom the contracted company sends."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        return actions.confirm_by_company(ask.actor, found.pk, substitute=form.cleaned_data["substitute"], now=ask.now)

    return form_page(
        ask,
        CompanyForm(ask.POST or None),
        act,
        title=_("Företaget har svarat"),
        lead=_("Företaget med basansvar skickar vikarien och debiterar utföraren. Kommunen bokför ingenting."),
        button=_("Bekräfta"),
        sentence=_("Bokningen är bekräftad."),
        back=_to(found),
    )


def cancel(ask: Ask, booking_id: str) -> HttpResponse:
    """Call a booking off, with a reason."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        return actions.cancel_booking(ask.actor, found.pk, reason=form.cleaned_data["reason"], now=ask.now)

    return form_page(
        ask,
        ReasonForm(ask.POST or None),
        act,
        title=_("Avboka vikarien"),
        button=_("Avboka"),
        sentence=_("Vikarien är avbokad."),
        back=_to(found),
    )


def paper(ask: Ask, booking_id: str) -> HttpResponse:
    """Register that a paper which was allowed to wait is in."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        if told["kind"] == Open.DECISION:
            return decision_acts.lay_under_decision(ask.actor, found.pk, told["note"], now=ask.now)
        return actions.register_paper(
            ask.actor,
            found.pk,
            Open(told["kind"]),
            received_on=told["received_on"],
            note=told["note"],
            now=ask.now,
        )

    return form_page(
        ask,
        PaperForm(ask.POST or None, initial={"received_on": ask.today}),
        act,
        title=_("Handling som har kommit in"),
        button=_("Registrera"),
        sentence=_("Handlingen är registrerad."),
        back=_to(found),
    )


def as_faults(outcome: object) -> object:
    """Return findings as faults of a form, which then keeps all that was typed; anything else as it is."""
    if not isinstance(outcome, tuple):
        return outcome
    return tuple(
        Fault(code=one.code, message=one.message, remedy="") if isinstance(one, Finding) else one for one in outcome
    )


def _answered(ask: Ask, found: Booking, outcome: object, sentence: str) -> HttpResponse:
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=_to(found))
    if isinstance(outcome, tuple):
        return _against(ask, found, outcome)
    return done(ask, sentence, _to(found))


def _against(ask: Ask, found: Booking, findings: Iterable[Finding]) -> HttpResponse:
    """Show what speaks against somebody, and where a reason is enough, the way to give it."""
    against = list(findings)
    only_asks = all(one.severity is Severity.ASKS for one in against)
    return render(
        ask,
        "substitutes/against.html",
        {
            "booking": found,
            "findings": against,
            "only_asks": only_asks,
            "member": ask.POST.get("member", ""),
            "seen": ask.POST.get("seen", ""),
            "back": _to(found),
        },
        status=409,
    )


def _to(found: Booking) -> str:
    return f"{DESK}{found.pk}/"

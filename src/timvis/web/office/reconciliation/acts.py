"""What is done in the reconciliation: ticking, saying, asking, answering, deciding, signing, sending, billing."""

from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.invoices import by_summary
from timvis.apps.invoices.actions import Registered
from timvis.apps.parties.queries import relation_to_hours, relation_to_provider
from timvis.apps.reconciliation import actions, queries, summing
from timvis.apps.reconciliation.actions import OneLine
from timvis.apps.reconciliation.models import AskedOf, LineQuestion, Summary
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation
from timvis.core.calendar.months import read_month
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import service_label
from timvis.core.home_care.paid import LineWordKind
from timvis.web.office.reconciliation.forms import AboveForm, AnswerForm, Said, SelfBillingForm, WordForm
from timvis.web.office.reconciliation.page import names_of
from timvis.web.office.reconciliation.views import found_line
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name

_ASKED = {Said.ASK_PROVIDER: AskedOf.PROVIDER, Said.ASK_RECIPIENT: AskedOf.RECIPIENT}


def tick(ask: Ask, provider_id: str, month: str, recipient_id: str, service: str) -> HttpResponse:
    """Approve a line from the desk, and go on to the next."""
    of, back = _of(provider_id, month, recipient_id, service), _desk(provider_id, month)
    outcome = actions.give_word(ask.actor, of, LineWordKind.APPROVED, seen=ask.POST.get("figures", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    return done(ask, _("Raden är avstämd."), f"{back}?nasta=1")


def tick_all(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Approve every line that agrees."""
    back = _desk(provider_id, month)
    ticked = actions.tick_all_that_agree(ask.actor, number_in(provider_id), _month(month), now=ask.now)
    if isinstance(ticked, Refusal):
        return refused(ask, ticked, back=back)
    told = ngettext("%(n)s rad är avstämd.", "%(n)s rader är avstämda.", ticked) % {"n": ticked}
    return done(ask, told, f"{back}?nasta=1")


def say(ask: Ask, provider_id: str, month: str, recipient_id: str, service: str) -> HttpResponse:
    """Say something of a line, or ask somebody about it."""
    month_, one = found_line(ask, provider_id, month, recipient_id, service)
    of = _of(provider_id, month, recipient_id, service)

    def act(form: Form) -> object:
        told = form.cleaned_data
        said = Said(told["kind"])
        if said in _ASKED:
            return actions.ask(ask.actor, of, _ASKED[said], text=told["comment"], seen=told["figures"], now=ask.now)
        return actions.give_word(
            ask.actor, of, LineWordKind(said), seen=told["figures"], comment=told["comment"], now=ask.now
        )

    return form_page(
        ask,
        WordForm(ask.POST or None, initial={"figures": one.seen}),
        act,
        title=_line_title(of),
        lead=provider_name(month_.provider),
        button=_("Spara"),
        sentence=_("Raden är sparad."),
        back=f"{_desk(provider_id, month)}?nasta=1",
    )


def answer(ask: Ask, question_id: str) -> HttpResponse:
    """Answer a question about a line: the provider for itself, the officer for the recipient."""
    rows = LineQuestion.objects.filter(pk=number_in(question_id), provider__municipality__slug=ask.actor.municipality)
    question = rows.select_related("provider__municipality", "recipient__municipality").first()
    if question is None:
        raise Http404
    relation = relation_to_hours(ask.actor, question.recipient, question.provider, now=ask.now)
    look(ask, Action.ANSWER_LINE, "line_question", question.pk, relation=relation, recipient_id=question.recipient_id)
    month = f"{question.month_on:%Y-%m}"
    is_own = relation is Relation.OWN_PROVIDER
    where = "provider_month" if is_own else "reconciliation_desk"

    def act(form: Form) -> object:
        return actions.answer(ask.actor, question.pk, text=form.cleaned_data["text"], now=ask.now)

    return form_page(
        ask,
        AnswerForm(ask.POST or None),
        act,
        title=_("Svara om %(name)s") % {"name": names_of([question.recipient_id])[question.recipient_id]},
        lead=question.text,
        button=_("Spara svaret"),
        sentence=_("Svaret är sparat."),
        back=reverse(where, args=[question.provider_id, month]),
    )


def above(ask: Ask, provider_id: str, month: str, recipient_id: str, service: str) -> HttpResponse:
    """Decide on the time above a line's order."""
    _month_shown, one = found_line(ask, provider_id, month, recipient_id, service)
    of = _of(provider_id, month, recipient_id, service)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.decide_above_order(
            ask.actor, of, is_paid=told["is_paid"], reason=told["reason"], seen=told["figures"], now=ask.now
        )

    return form_page(
        ask,
        AboveForm(ask.POST or None, initial={"figures": one.seen}),
        act,
        title=_line_title(of),
        lead=_("Tid över beställningen ersätts först efter beslut."),
        button=_("Besluta"),
        sentence=_("Beslutet är sparat."),
        back=reverse("home_care_summary", args=[provider_id, month]),
    )


def sign(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Sign a provider's month, exactly as it was shown."""
    back = _desk(provider_id, month)
    outcome = actions.sign_month(
        ask.actor,
        number_in(provider_id),
        _month(month),
        seen=ask.POST.get("digest", ""),
        comment=ask.POST.get("comment", ""),
        now=ask.now,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    if isinstance(outcome, tuple):
        return done(ask, " ".join(f"{fault.message} {fault.remedy}" for fault in outcome), back)
    return done(ask, _("Månaden är underskriven."), back)


def send(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Send a provider the summary of its month."""
    back = reverse("home_care_summary", args=[provider_id, month])
    outcome = summing.send_summary(
        ask.actor,
        number_in(provider_id),
        _month(month),
        seen=ask.POST.get("digest", ""),
        comment=ask.POST.get("comment", ""),
        law=law_book(),
        now=ask.now,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    if isinstance(outcome, tuple):
        return done(ask, " ".join(f"{fault.message} {fault.remedy}" for fault in outcome), back)
    return done(ask, _("Sammanställningen är skickad till utföraren."), back)


def self_bill(ask: Ask, summary_id: str) -> HttpResponse:
    """Write a provider's invoice by its summary, where that is agreed."""
    found = Summary.objects.filter(
        pk=number_in(summary_id), provider__municipality__slug=ask.actor.municipality
    ).first()
    if found is None:
        raise Http404
    back = reverse("home_care_summary", args=[found.provider_id, f"{found.month_on:%Y-%m}"])
    outcome = by_summary.self_bill(ask.actor, found.pk, now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    if not isinstance(outcome, Registered):
        return done(ask, " ".join(f"{fault.message} {fault.remedy}" for fault in outcome), back)
    return done(
        ask, _("Fakturan är skriven, sekretessmärkt och fördelad."), reverse("invoice", args=[outcome.invoice_id])
    )


def agree(ask: Ask, provider_id: str) -> HttpResponse:
    """Register that a provider has agreed that we write its invoices."""
    provider = queries.provider_of(ask.actor, number_in(provider_id))
    if provider is None or relation_to_provider(ask.actor, provider) is not Relation.OWN_MUNICIPALITY:
        raise Http404

    def act(form: Form) -> object:
        return actions.agree_self_billing(ask.actor, provider.pk, now=ask.now, **form.told())

    return form_page(
        ask,
        SelfBillingForm(ask.POST or None, initial={"agreed_from": ask.today}),
        act,
        title=_("Självfakturering för %(name)s") % {"name": provider_name(provider)},
        lead=_(
            "Kommunen skriver då fakturan efter månadens sammanställning, i utförarens namn och utan personuppgifter."
        ),
        button=_("Registrera avtalet"),
        sentence=_("Avtalet är registrerat."),
        back="/hemtjanst/avstamning/",
    )


# --- how they are found -----------------------------------------------------------------------------------------


def _of(provider_id: str, month: str, recipient_id: str, service: str) -> OneLine:
    return OneLine(
        provider_id=number_in(provider_id),
        month_on=_month(month),
        recipient_id=number_in(recipient_id),
        service=service,
    )


def _month(text: str) -> date:
    found = read_month(text)
    if found is None:
        raise Http404
    return found


def _desk(provider_id: str, month: str) -> str:
    return reverse("reconciliation_desk", args=[provider_id, month])


def _line_title(of: OneLine) -> str:
    name = names_of([of.recipient_id]).get(of.recipient_id, "")
    return f"{name}, {service_label(of.service)}, {of.month_on:%Y-%m}"

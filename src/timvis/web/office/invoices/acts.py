"""What is done with an invoice on its page: each calls one act and leads back to the page, or says what is wrong."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from timvis.apps.claims import decision_acts, invoice_acts
from timvis.apps.claims.actions import calculate_claim, return_claim, review_claim
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.invoice_acts import Chosen
from timvis.apps.claims.models import Claim
from timvis.apps.claims.stamping import coded
from timvis.apps.invoices import actions, by_summary, queries
from timvis.apps.invoices.models import Invoice
from timvis.config.law_book import law_book
from timvis.core.coding import AccountString
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice.first_hours_models import CountingModel
from timvis.core.law import LawGap
from timvis.core.routine.records import ClaimKind
from timvis.web.office.invoices.forms import KIND_WORDS, ShareRow, laid_of, ore_of, share_rows
from timvis.web.office.invoices.page import BLANK_ROWS, claim_of
from timvis.web.office.invoices.views import invoice as show
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Day
from timvis.web.shared.ids import number_in
from timvis.web.shared.words import WHY_NOT

KEEPS_WHAT_WAS_TYPED = (Refusal.REASON_IS_MISSING, Refusal.SHOWN_IS_NOT_CURRENT, Refusal.FINDING_STOPS)
"""Refusals that show the page again with what was written."""


def allocate(ask: Ask, invoice_id: str) -> HttpResponse:
    """Lay an invoice on recipients and months, or show the rows again with everything that is wrong."""
    found, claim = _found(ask, invoice_id)
    rows = share_rows(ask.POST)
    if "more" in ask.POST:
        blank = ShareRow(month=rows[-1].month if rows else "")
        return show(ask, invoice_id, rows=(*rows, *([blank] * BLANK_ROWS)))
    laid, faults = laid_of(rows)
    if faults:
        return show(ask, invoice_id, rows=rows, faults=faults)
    seen, reason = ask.POST.get("seen", ""), ask.POST.get("reason", "")
    outcome = (
        actions.allocate(ask.actor, found.pk, laid, seen=seen, now=ask.now, reason=reason)
        if claim is None
        else invoice_acts.allocate_anew(ask.actor, claim.number, laid, reason=reason, seen=seen, now=ask.now)
    )
    if isinstance(outcome, tuple):
        return show(ask, invoice_id, rows=rows, faults=outcome)
    if outcome in KEEPS_WHAT_WAS_TYPED:
        why, remedy = WHY_NOT[outcome]
        return show(ask, invoice_id, rows=rows, problem=f"{why} {remedy}")
    return _after(ask, invoice_id, outcome, _("Fakturan är fördelad på öret."))


def allocate_by_summary(ask: Ask, invoice_id: str) -> HttpResponse:
    """Lay an invoice out as the month's summary of home care is, or say why it cannot be."""
    found, _claim = _found(ask, invoice_id)
    outcome = by_summary.allocate_by_summary(ask.actor, found.pk, seen=ask.POST.get("seen", ""), now=ask.now)
    if isinstance(outcome, tuple):
        return show(ask, invoice_id, faults=outcome)
    return _after(ask, invoice_id, outcome, _("Fakturan är fördelad efter sammanställningen."))


def open_claim(ask: Ask, invoice_id: str) -> HttpResponse:
    """Open a claim on an allocated invoice, or tell everything that is missing for one."""
    found, _claim = _found(ask, invoice_id)
    try:
        kind = ClaimKind(ask.POST.get("kind", ""))
    except ValueError:
        return show(ask, invoice_id, problem=_("Välj vad fakturan gäller."))
    if kind not in KIND_WORDS:
        raise Http404
    follows, seen = ask.POST.get("follows", "").strip() or None, ask.POST.get("seen", "")
    number = invoice_acts.open_claim(ask.actor, found.pk, kind, seen=seen, now=ask.now, follows=follows)
    if isinstance(number, str) and not isinstance(number, Refusal):
        _check(ask, number)
    return _after(ask, invoice_id, number, _("Ärendet är öppnat och fakturan prövad."))


def stamp(ask: Ask, invoice_id: str) -> HttpResponse:
    """Set the account stamp: what is suggested, or what was chosen instead with its reason."""
    _invoice, claim = _found(ask, invoice_id)
    if claim is None:
        return refused(ask, Refusal.WRONG_STATE, back=_to(invoice_id))
    chosen = {}
    for each in coded(claim, known_at=ask.now):
        key = each.amount.key
        account = ask.POST.get(f"account-{key}", each.string.account).strip()[:10]
        parts = tuple(
            (code, ask.POST.get(f"part-{key}-{code}", value).strip()[:20]) for code, value in each.string.parts
        )
        string = AccountString(account=account, parts=tuple((code, value) for code, value in parts if value))
        chosen[key] = Chosen(string=string, reason=ask.POST.get("reason", ""))
    outcome = invoice_acts.stamp(ask.actor, claim.number, chosen, seen=ask.POST.get("seen", ""), now=ask.now)
    return _after(ask, invoice_id, outcome, _("Konteringen är stämplad."))


def check(ask: Ask, invoice_id: str) -> HttpResponse:
    """Judge the invoice of a claim again, with what is known now."""
    _invoice, claim = _found(ask, invoice_id)
    if claim is None:
        return refused(ask, Refusal.WRONG_STATE, back=_to(invoice_id))
    outcome = review_claim(ask.actor, claim.number, law=law_book(), now=ask.now, seen=ask.POST.get("seen"))
    return _after(ask, invoice_id, outcome, _("Fakturan är prövad."))


def state(ask: Ask, invoice_id: str) -> HttpResponse:
    """State what an invoice comes to, so that it can be signed."""
    _invoice, claim = _found(ask, invoice_id)
    if claim is None:
        return refused(ask, Refusal.WRONG_STATE, back=_to(invoice_id))
    try:
        outcome = calculate_claim(ask.actor, claim.number, law=law_book(), now=ask.now)
    except LawGap as gap:
        return show(ask, invoice_id, problem=gap.message)
    return _after(ask, invoice_id, outcome, _("Beloppet är fastställt. Nu väntar attesten."))


def decide(ask: Ask, invoice_id: str) -> HttpResponse:
    """Decide the period and the amount on a claim's invoice."""
    _invoice, claim = _found(ask, invoice_id)
    if claim is None:
        return refused(ask, Refusal.WRONG_STATE, back=_to(invoice_id))
    typed = {name: ask.POST.get(name, "").strip() for name in ("period_from", "period_to", "amount", "reasons")}
    period_from, last, amount_ore = _day(typed["period_from"]), _day(typed["period_to"]), ore_of(typed["amount"])
    if period_from is None or last is None or amount_ore is None:
        problem = _("Skriv periodens första och sista dag som ÅÅÅÅ-MM-DD och beloppet i kronor och ören.")
        return show(ask, invoice_id, problem=problem, typed=typed)
    wanted = Wanted(
        period_from=period_from,
        period_to=last + timedelta(days=1),
        amount_ore=amount_ore,
        reasons=typed["reasons"],
    )
    outcome = decision_acts.decide(ask.actor, claim.number, wanted, seen=ask.POST.get("seen", ""), now=ask.now)
    return _after(ask, invoice_id, outcome, _("Beslutet är fattat."), typed)


def send_back(ask: Ask, invoice_id: str) -> HttpResponse:
    """Send an invoice back with its reasons; the letter and the message to the network are kept."""
    found, claim = _found(ask, invoice_id)
    reason, seen = ask.POST.get("reason", "").strip(), ask.POST.get("seen", "")
    outcome: object
    if claim is None:
        outcome = actions.return_invoice(
            ask.actor,
            found.pk,
            reasons=[reason],
            seen=seen,
            now=ask.now,
            asks_for_new=ask.POST.get("asks_for_new", "") == "1",
        )
    else:
        outcome = return_claim(ask.actor, claim.number, reason=reason, now=ask.now, seen=seen)
    return _after(ask, invoice_id, outcome, _("Fakturan är återsänd."), {"return": reason})


def keep(ask: Ask, invoice_id: str) -> HttpResponse:
    """Keep an invoice as a document only."""
    found, _claim = _found(ask, invoice_id)
    reason, seen = ask.POST.get("reason", ""), ask.POST.get("seen", "")
    outcome = actions.keep_as_document(ask.actor, found.pk, reason=reason, seen=seen, now=ask.now)
    return _after(ask, invoice_id, outcome, _("Fakturan är sparad som handling, utan förfallodag."))


def mark_secret(ask: Ask, invoice_id: str) -> HttpResponse:
    """Mark an invoice secret, or take the mark away."""
    found, _claim = _found(ask, invoice_id)
    is_secret = ask.POST.get("secret", "1") == "1"
    outcome = actions.mark_secret(ask.actor, found.pk, seen=ask.POST.get("seen", ""), now=ask.now, is_secret=is_secret)
    sentence = _("Fakturan är sekretessmarkerad.") if is_secret else _("Markeringen är borttagen.")
    return _after(ask, invoice_id, outcome, sentence)


def settle(ask: Ask, invoice_id: str) -> HttpResponse:
    """Deduct a credit note from an invoice."""
    found, _claim = _found(ask, invoice_id)
    against_id = number_in(ask.POST.get("against", ""))
    outcome = actions.settle_credit(
        ask.actor, found.pk, against_id=against_id, seen=ask.POST.get("seen", ""), now=ask.now
    )
    return _after(ask, invoice_id, outcome, _("Kreditfakturan dras av."))


def confirm_model(ask: Ask, invoice_id: str) -> HttpResponse:
    """Confirm against an invoice how the state counts weeks, from a day on."""
    found, _claim = _found(ask, invoice_id)
    typed = {name: ask.POST.get(name, "").strip() for name in ("model", "holds_from")}
    reason = ask.POST.get("reason", "")
    kept = {**typed, "model_reason": reason}
    holds_from = _day(typed["holds_from"])
    if holds_from is None or typed["model"] not in list(CountingModel):
        problem = _("Välj en modell och skriv dagen som ÅÅÅÅ-MM-DD.")
        return show(ask, invoice_id, problem=problem, typed=kept)
    outcome = actions.confirm_counting_model(
        ask.actor, found.pk, CountingModel(typed["model"]), holds_from=holds_from, reason=reason, now=ask.now
    )
    return _after(ask, invoice_id, outcome, _("Modellen är bekräftad. Pröva fakturan på nytt."), kept)


# --- what the acts have in common -------------------------------------------------------------------------------


def _found(ask: Ask, invoice_id: str) -> tuple[Invoice, Claim | None]:
    """Return an invoice of the town's with the claim it rests in; the acts themselves ask who may."""
    found = queries.invoice_in(ask.actor, number_in(invoice_id))
    if found is None:
        raise Http404
    return found, claim_of(found)


def _check(ask: Ask, number: str) -> None:
    """Judge a claim at once, as far as the law's data reaches: what stands in its way can then be seen."""
    try:
        review_claim(ask.actor, number, law=law_book(), now=ask.now)
    except LawGap:
        return


def _after(
    ask: Ask, invoice_id: str, outcome: object, sentence: str, typed: dict[str, str] | None = None
) -> HttpResponse:
    """Return to the page with a sentence, or show it again with what was wrong and what was written."""
    if isinstance(outcome, tuple):
        faults = [fault for fault in outcome if isinstance(fault, Fault)]
        problem = " ".join(f"{fault.message} {fault.remedy}" for fault in faults)
        return show(ask, invoice_id, problem=problem, typed=typed)
    if isinstance(outcome, Refusal):
        if outcome in KEEPS_WHAT_WAS_TYPED:
            why, remedy = WHY_NOT[outcome]
            return show(ask, invoice_id, problem=f"{why} {remedy}", typed=typed)
        return refused(ask, outcome, back=_to(invoice_id))
    return done(ask, sentence, f"{_to(invoice_id)}#nasta")


def _day(text: str) -> date | None:
    try:
        day: date = Day().clean(text)
    except ValidationError:
        return None
    return day


def _to(invoice_id: str) -> str:
    return f"/fakturor/{invoice_id}/"

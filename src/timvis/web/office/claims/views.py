"""Claims: the list, the page, and the acts that a month waits for."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.accounting.actions import order_payment, sign_and_book
from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.claims.actions import calculate_claim, give_word, return_claim, review_claim
from timvis.apps.claims.judging import state, thawed
from timvis.apps.claims.models import Claim, Report
from timvis.apps.claims.queries import claim_in, newest_statement, recipients_of, relation_to_claim, standing
from timvis.apps.claims.records import statement as statement_record
from timvis.apps.documents.records import kept_file
from timvis.config.law_book import law_book
from timvis.core.access import POLICY, Action, Relation
from timvis.core.faults import Refusal
from timvis.core.law import LawGap
from timvis.core.ordering import Stopped
from timvis.core.review.finding import WordKind
from timvis.core.routine.records import SIGNATURES, Act
from timvis.formats.attest_slip.write import write as write_slip
from timvis.web.office.applications.page import ApplicationShown, application_shown
from timvis.web.office.claims.page import OPEN_FOR_WORDS, Standing, claim_page, history, standing_of
from timvis.web.office.claims.turns import turn
from timvis.web.office.deciding.page import WORDS, deciding_of
from timvis.web.office.invoices.views import invoice as show_invoice
from timvis.web.office.queue.rows import visible
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.words import WHY_NOT

PER_PAGE = 50

KEEPS_WHAT_WAS_TYPED = (Refusal.REASON_IS_MISSING, Refusal.SHOWN_IS_NOT_CURRENT)
"""Refusals that show the page again with the words that were written."""


def claims(ask: Ask) -> HttpResponse:
    """Show every claim the actor may look at, newest month first."""
    found = visible(ask.actor, ask.now).select_related("recipient", "provider")
    found = found.prefetch_related("recipient__versions", "provider__versions").order_by("-month_on", "number")
    page = Paginator(found, PER_PAGE).get_page(ask.GET.get("sida"))
    return render(ask, "claims/claims.html", {"page": page})


def claim(ask: Ask, number: str, *, problem: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    """Show a claim, an invoice's on its own page; after a refused form with what was typed and what is wrong."""
    found, relation = _claim(ask, number)
    if found.invoice_id is not None:
        return show_invoice(ask, str(found.invoice_id), problem=problem, typed=typed)
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "claim",
        found.pk,
        relation=relation,
        state=found.status,
        recipient_ids=[one.pk for one in recipients_of(found)],
    )
    if found.application_id is not None:
        template, page = "applications/claim.html", standing_of(found, law=law_book(), now=ask.now)
    else:
        template, page = "claims/claim.html", claim_page(found, ask.actor, law=law_book(), now=ask.now)
    open_to_her = {action.value for action in _open_to(ask, relation, found.status)}
    my_step, why_not = turn(ask, found, page.waiting_step, open_to_her)
    return render(
        ask,
        template,
        {
            "page": page,
            "claim": found,
            "application": _application(found, page, ask),
            "deciding": deciding_of(found, ask.actor, law=law_book(), now=ask.now),
            "may": open_to_her,
            "my_step": my_step,
            "why_not": why_not,
            "slips": relation is Relation.OWN_MUNICIPALITY,
            "history": history(found, with_looks=_holds(ask, Action.LOOK_AT_LOG)),
            "problem": problem,
            "typed": typed or {},
            "kinds": WordKind,
            "seen": standing(found),
            **WORDS,
        },
        status=422 if problem else 200,
    )


def _application(claim: Claim, page: Standing, ask: Ask) -> ApplicationShown | None:
    """Return what the page says of the application a claim rests on, None of another claim."""
    if claim.application_id is None:
        return None
    made = statement_record(page.statement) if page.statement else None
    is_of_now = page.claim.status not in OPEN_FOR_WORDS
    return application_shown(claim, made if is_of_now else None, law=law_book(), now=ask.now)


def words(ask: Ask, number: str) -> HttpResponse:
    """Give the officer's word on the chosen findings."""
    keys, reason = ask.POST.getlist("key"), ask.POST.get("reason", "").strip()
    try:
        word = WordKind(ask.POST.get("word", ""))
    except ValueError:
        raise Http404 from None
    if not keys:
        return claim(ask, number, problem=_("Välj minst en iakttagelse."), typed=_typed(ask))
    given = give_word(ask.actor, number, keys, word, reason=reason, now=ask.now, seen=ask.POST.get("seen"))
    if given in KEEPS_WHAT_WAS_TYPED:
        why, remedy = WHY_NOT[given]
        return claim(ask, number, problem=f"{why} {remedy}", typed=_typed(ask))
    if isinstance(given, Refusal):
        return refused(ask, given, back=_to(number))
    told = {
        WordKind.ACCEPT: ngettext("%(n)d iakttagelse godtogs.", "%(n)d iakttagelser godtogs.", given),
        WordKind.SET_ASIDE: ngettext("%(n)d iakttagelse avfärdades.", "%(n)d iakttagelser avfärdades.", given),
        WordKind.ASK: ngettext(
            "Frågan om %(n)d iakttagelse är noterad.", "Frågan om %(n)d iakttagelser är noterad.", given
        ),
    }
    return done(ask, told[word] % {"n": given}, f"{_to(number)}#iakttagelser")


def review(ask: Ask, number: str) -> HttpResponse:
    """Review a claim again, with what is known now."""
    try:
        made = review_claim(ask.actor, number, law=law_book(), now=ask.now, seen=ask.POST.get("seen"))
    except LawGap as gap:
        return claim(ask, number, problem=_("Granskningen stannade: %(why)s") % {"why": gap.message})
    if isinstance(made, Refusal):
        return refused(ask, made, back=_to(number))
    return done(ask, _("Granskat på nytt."), f"{_to(number)}#nasta")


def calculate(ask: Ask, number: str) -> HttpResponse:
    """Calculate a reviewed claim and freeze its statement."""
    try:
        made = calculate_claim(ask.actor, number, law=law_book(), now=ask.now)
    except LawGap as gap:
        return claim(ask, number, problem=_("Beräkningen stannade: %(why)s") % {"why": gap.message})
    if isinstance(made, Refusal):
        return refused(ask, made, back=_to(number))
    return done(ask, _("Beräknat. Nu väntar attesten."), f"{_to(number)}#nasta")


def sign(ask: Ask, number: str) -> HttpResponse:
    """Sign the waiting step over the digest of exactly what was shown."""
    shown, wanted = ask.POST.get("shown", ""), ask.POST.get("act", "")
    if wanted not in SIGNATURES:
        raise Http404
    act = Act(wanted)
    return _act(
        ask,
        number,
        lambda: sign_and_book(ask.actor, number, act, shown_digest=shown, law=law_book(), now=ask.now),
        _("Signerat. Underskriften gäller exakt det du såg."),
    )


def order(ask: Ask, number: str) -> HttpResponse:
    """Order the payment of a signed claim, or tell everything that stands in its way."""
    outcome = order_payment(ask.actor, number, law=law_book(), now=ask.now)
    if isinstance(outcome, Stopped):
        return claim(ask, number, problem=" ".join(f"{one.message} {one.remedy}" for one in outcome.obstacles))
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=_to(number))
    return done(ask, _("Betalningen är beställd och går med nästa betalfil."), f"{_to(number)}#nasta")


def send_back(ask: Ask, number: str) -> HttpResponse:
    """Return a claim to whoever handed it in, with a reason."""
    reason = ask.POST.get("reason", "").strip()
    if not reason:
        why, remedy = WHY_NOT[Refusal.REASON_IS_MISSING]
        return claim(ask, number, problem=f"{why} {remedy}", typed=_typed(ask))
    outcome = return_claim(ask.actor, number, reason=reason, now=ask.now, seen=ask.POST.get("seen"))
    if outcome is Refusal.SHOWN_IS_NOT_CURRENT:
        why, remedy = WHY_NOT[outcome]
        return claim(ask, number, problem=f"{why} {remedy}", typed=_typed(ask))
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=_to(number))
    return done(ask, _("Återlämnat. Det som redan har kommit in finns kvar."), f"{_to(number)}#nasta")


def recompute(ask: Ask, number: str) -> HttpResponse:
    """Compute the statement once more from what it was made of, and lay the two beside each other."""
    found, relation = _claim(ask, number)
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "claim",
        found.pk,
        relation=relation,
        state=found.status,
        recipient_ids=[one.pk for one in recipients_of(found)],
    )
    made = newest_statement(found)
    if made is None:
        raise Http404
    page = standing_of(found, law=law_book(), now=ask.now)
    again = state(thawed(made.case), law_book())
    return render(
        ask,
        "claims/recompute.html",
        {"page": page, "claim": found, "made": made, "again": again, "same": again.digest == made.digest},
    )


def original(ask: Ask, number: str, report_id: str) -> HttpResponse:
    """Give the bytes of a report exactly as they came in; with `?bild` the picture of the paper it was typed from."""
    found, relation = _claim(ask, number)
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "claim",
        found.pk,
        relation=relation,
        state=found.status,
        recipient_ids=[one.pk for one in recipients_of(found)],
    )
    reports = Report.objects.filter(claim=found, pk=number_in(report_id))
    original_id = reports.values_list("scan_id" if "bild" in ask.GET else "original_id", flat=True).first()
    if original_id is None:
        raise Http404
    file = kept_file(original_id)
    return attachment(file.content, file.file_name)


def attest_slip(ask: Ask, number: str, which: str) -> HttpResponse:
    """Give the slip of a signature: what was signed and its row in the log, to be proved without Timvis."""
    found, relation = _claim(ask, number)
    if relation is not Relation.OWN_MUNICIPALITY:
        raise Http404
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "claim",
        found.pk,
        relation=relation,
        state=found.status,
        recipient_id=found.recipient_id,
    )
    signed = next((row for row in signatures(found) if f"{row.round}-{row.step}" == which), None)
    made = slip(signed) if signed else None
    if signed is None or made is None:
        raise Http404
    return attachment(write_slip(made), slip_name(signed))


def _claim(ask: Ask, number: str) -> tuple[Claim, Relation]:
    found = claim_in(ask.actor, number)
    if found is None:
        raise Http404
    return found, relation_to_claim(ask.actor, found, now=ask.now)


def _act(ask: Ask, number: str, act: Callable[[], object], sentence: str) -> HttpResponse:
    outcome = act()
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=_to(number))
    return done(ask, sentence, f"{_to(number)}#nasta")


def _open_to(ask: Ask, relation: Relation, status: str) -> set[Action]:
    """Return what the access table opens here; the acts ask again, with everything that can change meanwhile."""
    return {
        row.action
        for row in POLICY
        if row.role in ask.actor.roles and row.relation is relation and (not row.states or status in row.states)
    }


def _holds(ask: Ask, action: Action) -> bool:
    return any(row.action is action and row.role in ask.actor.roles for row in POLICY)


def _typed(ask: Ask) -> dict[str, str]:
    return {"group": ask.POST.get("group", ""), "reason": ask.POST.get("reason", "")}


def _to(number: str) -> str:
    return f"/ansprak/{number}/"

"""Pages: the month with its lights, a recipient's bill, and the time reports on their way to the state."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.apps.state_reports import actions, papers, queries, records
from timvis.apps.state_reports.bills import BillParticulars, newest_bill, register_bill, told_by
from timvis.apps.state_reports.models import FrozenReport, RecipientBill, Signer
from timvis.apps.state_reports.months import JudgedMonth, of_month
from timvis.apps.state_reports.returned import take_back
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.months import month_after, read_month
from timvis.core.faults import Fault, Refusal
from timvis.core.green_month.controls import CONTROLS
from timvis.core.state_duties.terms import FormKind
from timvis.core.state_exchange import StateBill
from timvis.core.state_report import STANDING_LABELS, Standing
from timvis.formats import frozen
from timvis.formats.letter.write import write_pdf
from timvis.formats.returned_paper.read import read_code
from timvis.formats.state_terms.read import load_state_terms
from timvis.gateways.elt.chosen import elt_channel
from timvis.gateways.state_services.disabled import E_RAK, SERVICES
from timvis.web.office.queue.rows import visible
from timvis.web.office.state_reports.forms import (
    BillForm,
    CostAccountForm,
    FreezeForm,
    QueueForm,
    ReturnedForm,
    ScannedForm,
    SettleForm,
    SignatureForm,
    typed_account,
    typed_stays,
)
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name

QUEUE = "/tidsredovisning/"
RETURNED = "/tidsredovisning/papper/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One recipient's month on the page."""

    name: str
    judged: JudgedMonth
    controls: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report on its way, and what can be done with it."""

    report: FrozenReport
    name: str
    standing: Standing
    label: str


def month(ask: Ask) -> HttpResponse:
    """Show every recipient's month on the state's decisions with its light and what is at risk."""
    month_on = read_month(ask.GET.get("manad", "")) or month_after(ask.today, -1)
    rows = [_month_row(one) for one in of_month(visible(ask.actor, now=ask.now), month_on, law_book(), now=ask.now)]
    for row in rows:
        look(
            ask,
            Action.LOOK_AT_STATE_REPORTS,
            "claim",
            row.judged.claim.pk,
            relation=Relation.OWN_MUNICIPALITY,
            recipient_id=row.judged.claim.recipient_id,
        )
    at_risk = sum(row.judged.verdict.at_risk_ore or 0 for row in rows if row.judged.verdict)
    told = {
        "month": month_on,
        "before": month_after(month_on, -1),
        "after": month_after(month_on),
        "rows": rows,
        "at_risk_ore": at_risk,
        "red": sum(1 for row in rows if row.judged.verdict and row.judged.verdict.light == "red"),
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
    }
    return render(ask, "state_reports/month.html", told)


def _month_row(judged: JudgedMonth) -> MonthRow:
    controls = judged.verdict.controls if judged.verdict else ()
    recipient = judged.claim.recipient
    assert recipient is not None
    return MonthRow(
        name=recipient_name(recipient),
        judged=judged,
        controls=tuple((name, CONTROLS[name].says) for name in controls),
    )


def bill(ask: Ask, month: str, recipient_id: str) -> HttpResponse:
    """Register a recipient's bill for a month, or a new version of it."""
    recipient, month_on, known = _bill_of(ask, month, recipient_id)
    told_before = told_by(known) if known else None
    before: dict[str, Any] = {"received_on": ask.today, "seen": 0}
    if known and told_before:
        fields = {name: getattr(told_before, name) for name in BillParticulars.__slots__ if name != "stays"}
        before |= fields | typed_stays(told_before.stays)
        before |= {"seen": known.number, "all_is_spent": told_before.left_ore == 0}

    def act(form: Form) -> object:
        account = told_before.account if told_before else None
        return register_bill(
            ask.actor,
            recipient_id=recipient.pk,
            month_on=month_on,
            particulars=BillParticulars(**form.told(), account=account),
            seen=form.seen_number,
            now=ask.now,
        )

    current = load_state_terms().form(FormKind.BILL, month_on)
    edition = f"{current.number} ({current.edition})" if current else _("okänd")
    return form_page(
        ask,
        BillForm(ask.POST or None, initial=before),
        act,
        title=_("Räkning för %(name)s, %(month)s") % {"name": recipient_name(recipient), "month": f"{month_on:%Y-%m}"},
        lead=_(
            "Tiden skrivs som räkningen säger, omräknas inte, och jämförs med tidsredovisningarna på minuten. "
            "Blanketten som gäller för månaden: %(edition)s."
        )
        % {"edition": edition},
        button=_("Spara räkningen"),
        sentence=_("Räkningen är sparad."),
        back=f"/manaden/?manad={month_on:%Y-%m}",
    )


def costs(ask: Ask, month: str, recipient_id: str) -> HttpResponse:
    """Register the account of costs on a recipient's bill: a new version of the bill."""
    recipient, month_on, known = _bill_of(ask, month, recipient_id)
    if known is None:
        raise Http404
    said = told_by(known)

    def act(form: Form) -> object:
        assert isinstance(form, CostAccountForm)
        return register_bill(
            ask.actor,
            recipient_id=recipient.pk,
            month_on=month_on,
            particulars=replace(said, account=form.account()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        CostAccountForm(ask.POST or None, initial={**typed_account(said.account), "seen": known.number}),
        act,
        title=_("Kostnadsredovisning för %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Lämnas av den som själv är arbetsgivare, har eller söker högre timbelopp, eller anlitar utom EES."),
        button=_("Spara kostnaderna"),
        sentence=_("Kostnadsredovisningen är sparad."),
        back=f"/manaden/?manad={month_on:%Y-%m}",
    )


def _bill_of(ask: Ask, month: str, recipient_id: str) -> tuple[Recipient, date, RecipientBill | None]:
    """Return whose bill and which month an address names, and the bill that counts."""
    month_on = read_month(month)
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None or month_on is None:
        raise Http404
    _look_at(ask, recipient, Action.REGISTER_BILL)
    return recipient, month_on, newest_bill(recipient.pk, month_on)


# --- reports on their way -----------------------------------------------------------------------------------------


def queue(ask: Ask) -> HttpResponse:
    """Show the time reports of the municipality and where each stands."""
    own = Recipient.objects.filter(personal_number=ask.actor.personal_number)
    found = queries.reports_in(ask.actor.municipality).exclude(recipient__in=own)
    rows = [_report_row(report) for report in found.prefetch_related("recipient__versions").order_by("-id")[:200]]
    told = {
        "rows": rows,
        "waiting": sum(1 for row in rows if row.standing is Standing.QUEUED),
        "is_on": elt_channel(settings.HOME, settings.MODE) is not None,
        "services": SERVICES,
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
    }
    return render(ask, "state_reports/queue.html", told)


def _report_row(report: FrozenReport) -> ReportRow:
    standing = records.standing(report)
    return ReportRow(
        report=report, name=recipient_name(report.recipient), standing=standing, label=STANDING_LABELS[standing]
    )


def freeze(ask: Ask) -> HttpResponse:
    """Make a time report ready to sign, or tell everything that keeps it from being sent."""

    def act(form: Form) -> object:
        return actions.freeze_report(ask.actor, form.cleaned_data["report"].read(), now=ask.now)

    return form_page(
        ask,
        FreezeForm(ask.POST or None, ask.FILES or None),
        act,
        title=_("Gör en tidsredovisning klar att skriva under"),
        lead=_("Filen sparas byte för byte. Ändras den sedan behövs ett nytt id och nya underskrifter."),
        button=_("Lås filen"),
        sentence=_("Tidsredovisningen är låst och väntar på underskrift."),
        back=QUEUE,
    )


def sign(ask: Ask, key: str) -> HttpResponse:
    """Attach a signature that a signing service gave over a report."""
    report = _report(ask, key, Action.ATTACH_STATE_SIGNATURE)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.attach_signature(
            ask.actor,
            report.key,
            Signer(told["signer"]),
            signature=told["signature"].read(),
            ocsp_response=told["ocsp_response"].read(),
            signed_on=told["signed_on"],
            now=ask.now,
        )

    return form_page(
        ask,
        SignatureForm(ask.POST or None, ask.FILES or None, initial={"signed_on": ask.today}),
        act,
        title=_("Lägg till en underskrift"),
        lead=_("Det som skrivs under är: %(text)s") % {"text": report.text_to_sign},
        button=_("Spara underskriften"),
        sentence=_("Underskriften är sparad."),
        back=QUEUE,
    )


def put_in_queue(ask: Ask, key: str) -> HttpResponse:
    """Put a signed report in the queue."""
    report = _report(ask, key, Action.QUEUE_STATE_REPORT)

    def act(form: Form) -> object:
        return actions.queue_report(ask.actor, report.key, now=ask.now, although=form.cleaned_data["although"])

    return form_page(
        ask,
        QueueForm(ask.POST or None),
        act,
        title=_("Lägg tidsredovisningen i kön"),
        lead=_("Den skickas när någon startar kön, inte av sig själv."),
        button=_("Lägg i kön"),
        sentence=_("Tidsredovisningen står i kön."),
        back=QUEUE,
    )


def settle(ask: Ask, key: str) -> HttpResponse:
    """Tell what became of a report whose sending nobody knew the end of."""
    report = _report(ask, key, Action.SETTLE_STATE_REPORT)

    def act(form: Form) -> object:
        told = form.told()
        return actions.settle_unknown(ask.actor, report.key, now=ask.now, **told)

    return form_page(
        ask,
        SettleForm(ask.POST or None),
        act,
        title=_("Vad blev det av tidsredovisningen?"),
        lead=_("Fråga Försäkringskassan innan du svarar. Timvis skickar aldrig om något som kan ha kommit fram."),
        button=_("Spara beskedet"),
        sentence=_("Beskedet är sparat."),
        back=QUEUE,
    )


def file(ask: Ask, key: str) -> HttpResponse:
    """Give a report's bytes, as they were signed."""
    report = _report(ask, key, Action.LOOK_AT_STATE_REPORTS)
    return attachment(bytes(report.content), f"{report.month_on:%Y-%m}_{report.key}.xml")


def paper(ask: Ask, key: str) -> HttpResponse:
    """Give a report on paper, with a code by which a returned paper is known again."""
    report = _report(ask, key, Action.LOOK_AT_STATE_REPORTS)
    return attachment(write_pdf(papers.report_paper(report)), f"{report.month_on:%Y-%m}_{report.key}.pdf")


def paper_of_bill(ask: Ask, month: str, recipient_id: str) -> HttpResponse:
    """Give a recipient's registered bill on paper."""
    known = _known_bill(ask, month, recipient_id)
    return attachment(write_pdf(papers.paper_of_bill(known)), f"rakning_{month}.pdf")


def record_of_bill(ask: Ask, month: str, recipient_id: str) -> HttpResponse:
    """Give a recipient's registered bill as the neutral record, with what it lacks."""
    known = _known_bill(ask, month, recipient_id)
    record = papers.record_of_bill(known)
    told = {
        "bill": frozen.freeze(StateBill, record),
        "lacks": list(record.lacking()),
        "service": E_RAK.hand_over(record).message,
    }
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return attachment(content, f"rakning_{month}.json")


def _known_bill(ask: Ask, month: str, recipient_id: str) -> RecipientBill:
    month_on = read_month(month)
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    known = newest_bill(recipient.pk, month_on) if recipient is not None and month_on is not None else None
    if recipient is None or known is None:
        raise Http404
    _look_at(ask, recipient, Action.LOOK_AT_STATE_REPORTS)
    return known


def _report(ask: Ask, key: str, action: Action) -> FrozenReport:
    report = queries.report_in(ask.actor, key)
    if report is None:
        raise Http404
    _look_at(ask, report.recipient, action)
    return report


def _look_at(ask: Ask, recipient: Recipient, action: Action) -> None:
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, action, "recipient", recipient.pk, relation=relation, recipient_id=recipient.pk)


# --- papers that come back ---------------------------------------------------------------------------------------


def returned(ask: Ask) -> HttpResponse:
    """Show what a printed code stands on, and take the paper back; its code is typed, or read from its picture."""
    code = ask.GET.get("kod", "").strip()
    found = papers.paper_of(code, ask.actor.municipality) if code else None
    if found is not None:
        _look_at(ask, found.recipient, Action.TAKE_BACK_PAPER)
    kind = ReturnedForm if found is not None else ScannedForm
    form = kind(ask.POST or None, ask.FILES or None, initial={"returned_on": ask.today})
    if (found is not None or not code) and ask.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        content = scan.read() if scan else b""
        read = code or read_code(content, begins=papers.BEGINS)
        outcome = (read,) if isinstance(read, Fault) else _taken_back(ask, read, form, content)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=RETURNED)
        if isinstance(outcome, int):
            return done(ask, _("Papperet är mottaget."), f"{RETURNED}?{urlencode({'kod': str(read)})}")
        for fault in outcome:
            form.add_error("scan", f"{fault.message} {fault.remedy}")
    told = {
        "code": code,
        "found": found,
        "is_report": isinstance(found, FrozenReport),
        "name": recipient_name(found.recipient) if found is not None else "",
        "returned": found.returned.order_by("-id") if found is not None else (),
        "form": form,
        "is_unknown": bool(code) and found is None,
    }
    status = 404 if told["is_unknown"] else 422 if form.errors else 200
    return render(ask, "state_reports/returned.html", told, status=status)


def _taken_back(ask: Ask, code: str, form: Form, content: bytes) -> int | Refusal | tuple[Fault, ...]:
    told = form.cleaned_data
    return take_back(
        ask.actor,
        code,
        returned_on=told["returned_on"],
        is_signed=told["is_signed"],
        now=ask.now,
        content=content,
        media_type=(told["scan"].content_type or "application/octet-stream") if content else "",
        file_name=told["scan"].name if content else "",
    )

"""Intake: a month as files or from paper, every fault at once, nothing half done."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.claims.actions import hand_in, register_paper, review_claim
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month, typed
from timvis.apps.parties.models import Provider, Recipient
from timvis.config.law_book import law_book
from timvis.core.access import POLICY, Action, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.records import Signature
from timvis.formats.time_report_xlsx.write import template
from timvis.web.office.intake.forms import FilesForm, MonthForm, PaperForm
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.names import provider_name, recipient_name
from timvis.web.shared.scans import Scan, scan_in, shows_only

ZIP = b"PK"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files(ask: Ask) -> HttpResponse:
    """Take a month's files in, or show every fault of every file beside the row it concerns."""
    form = FilesForm(*_choices(ask), ask.POST or None, ask.FILES or None, initial={"month": _last_month(ask)})
    if ask.method == "POST" and form.is_valid():
        told = form.cleaned_data
        month = Month(
            recipient_id=told["recipient"],
            provider_id=told["provider"],
            month_on=told["month"],
            regime=told["regime"],
            files=tuple(_handed(one, told) for one in told["reports"]),
            refers_to=told["refers_to"] or None,
            corrects=told["corrects"],
            note=told["note"],
        )
        texts = {file.name: file.content for file in month.files}
        return _taken(ask, form, hand_in(ask.actor, month, now=ask.now), "intake/files.html", texts)
    return _show(ask, form, "intake/files.html")


def paper(ask: Ask) -> HttpResponse:
    """Register a paper report, typed beside its scan."""
    scan = scan_in(ask)
    form = PaperForm(
        *_choices(ask),
        *((None, None) if shows_only(ask) else (ask.POST or None, ask.FILES or None)),
        initial={"month": _last_month(ask), "received_on": ask.today} | ask.POST.dict(),
    )
    if ask.method == "POST" and form.is_valid():
        told = form.cleaned_data
        recipient = Recipient.objects.filter(pk=told["recipient"]).prefetch_related("versions").first()
        month = Month(
            recipient_id=told["recipient"],
            provider_id=told["provider"],
            month_on=told["month"],
            regime=told["regime"],
            files=(typed(_("pappersrapport"), _entry(told, recipient), scan=_handed_scan(scan)),),
        )
        received_at = datetime.combine(told["received_on"], time(12), UTC)
        outcome = register_paper(ask.actor, month, received_at=min(received_at, ask.now), now=ask.now)
        return _taken(ask, form, outcome, "intake/paper.html", scan=scan)
    return _show(ask, form, "intake/paper.html", scan=scan)


def xlsx_template(ask: Ask) -> HttpResponse:
    """Give the municipality's empty time report."""
    response = HttpResponse(template(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="tidrapport.xlsx"'
    return response


def _taken(
    ask: Ask,
    form: MonthForm,
    outcome: object,
    page: str,
    texts: Mapping[str, bytes] | None = None,
    *,
    scan: Scan | None = None,
) -> HttpResponse:
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/lamna-in/")
    if isinstance(outcome, tuple):
        return _show(ask, form, page, faults=[(one, _row_of(one, texts or {})) for one in outcome], scan=scan)
    assert isinstance(outcome, HandedIn)
    if not outcome.new_reports:
        return done(
            ask, _("Precis det här är redan inlämnat. Ingenting ändrades."), f"/ansprak/{outcome.claim_number}/"
        )
    may_review = any(row.action is Action.REVIEW and row.role in ask.actor.roles for row in POLICY)
    if may_review:
        review_claim(ask.actor, outcome.claim_number, law=law_book(), now=ask.now)
    told = ngettext("%(n)d tidrapport är inlämnad.", "%(n)d tidrapporter är inlämnade.", outcome.new_reports) % {
        "n": outcome.new_reports
    }
    return done(ask, told, f"/ansprak/{outcome.claim_number}/")


def _show(
    ask: Ask, form: MonthForm, page: str, *, faults: Sequence[tuple[Fault, str]] = (), scan: Scan | None = None
) -> HttpResponse:
    status = 422 if faults or form.errors else 200
    return render(ask, page, {"form": form, "faults": faults, "scan": scan}, status=status)


def _row_of(fault: Fault, texts: Mapping[str, bytes]) -> str:
    """Return the row a fault concerns as it stands in the file, when the file is text."""
    content = texts.get(fault.file or "", b"")
    if fault.line is None or content[:2] == ZIP:
        return ""
    lines = content.decode("utf-8", errors="replace").splitlines()
    return lines[fault.line - 1].strip()[:200] if 0 < fault.line <= len(lines) else ""


def _handed(file: Any, told: dict[str, Any]) -> HandedFile:
    signed_on, manager_on = told["assistant_signed_on"], told["manager_signed_on"]
    return HandedFile(
        name=file.name,
        content=file.read(),
        media_type=file.content_type or "application/octet-stream",
        assistant_signature=Signature(signed_on=signed_on) if signed_on else None,
        manager_signature=Signature(signed_on=manager_on, number=told["manager_number"] or None)
        if manager_on
        else None,
    )


def _entry(told: dict[str, Any], recipient: Recipient | None) -> dict[str, object]:
    """Return the typed form under the headings of the table format."""
    rows = []
    for line in told["rows"].splitlines():
        if line.strip():
            cells = [*line.replace(";", " ").replace("\t", " ").split(), "", "", "", ""]
            rows.append(dict(zip(("dag", "fran", "till", "typ"), cells, strict=False)))
    return {
        "redovisningsmanad": f"{told['month']:%Y-%m}",
        "brukare_personnummer": recipient.personal_number if recipient else "",
        "brukare_namn": recipient_name(recipient) if recipient else "",
        "assistent_personnummer": told["assistant_number"],
        "assistent_namn": told["assistant_name"],
        "assistent_underskrift_datum": told["assistant_signed_on"],
        "chef_underskrift_datum": told["manager_signed_on"],
        "chef_personnummer": told["manager_number"],
        "chef_namn": told["manager_name"],
        "rader": tuple(rows),
    }


def _handed_scan(scan: Scan | None) -> HandedFile | None:
    return HandedFile(name=scan.name, content=scan.content, media_type=scan.media_type) if scan else None


def _choices(ask: Ask) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the people and providers that the actor may hand in for."""
    recipients = Recipient.objects.filter(municipality__slug=ask.actor.municipality).prefetch_related("versions")
    providers = Provider.objects.filter(municipality__slug=ask.actor.municipality).prefetch_related("versions")
    office = any(
        row.action is Action.HAND_IN and row.relation is Relation.OWN_MUNICIPALITY and row.role in ask.actor.roles
        for row in POLICY
    )
    if not office:
        providers = providers.filter(pk__in=ask.actor.provider_ids)
        recipients = recipients.filter(claims__provider__in=ask.actor.provider_ids).distinct()
    return (
        sorted(((one.pk, recipient_name(one)) for one in recipients), key=lambda one: one[1]),
        sorted(((one.pk, provider_name(one)) for one in providers), key=lambda one: one[1]),
    )


def _last_month(ask: Ask) -> str:
    year, month = divmod(ask.today.year * 12 + ask.today.month - 2, 12)
    return f"{year}-{month + 1:02d}"

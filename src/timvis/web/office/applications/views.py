"""Applications: the form for everybody who may apply, the list of what waits, a change, and taking one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.applications import records
from timvis.apps.applications.models import CameBy
from timvis.apps.applications.particulars import PaperFile
from timvis.apps.claims import application_acts
from timvis.apps.claims.actions import review_claim
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import claim_in, recipients_of, relation_to_claim, standing
from timvis.apps.documents.records import kept_file
from timvis.config.law_book import law_book
from timvis.core.access import POLICY, Action, Relation, may
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawGap
from timvis.web.office.applications.entry import (
    Part,
    changed,
    empty_part,
    field_of,
    part_of,
    parts_sent,
    told_in_words,
    typed,
)
from timvis.web.office.applications.fields import SECTIONS
from timvis.web.office.applications.forms import ChangeForm, MoneyForm, OfficeForm, WhoForm, applied_of
from timvis.web.office.applications.rows import waiting
from timvis.web.office.applications.shown import shown_parts
from timvis.web.office.applications.uploads import read_uploads
from timvis.web.office.applications.who import applicant_of
from timvis.web.shared.asking import Ask, done, look, may_see_as_agent, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name, recipient_name
from timvis.web.shared.scans import Scan, scan_in

SEND = "send"
PER_PAGE = 50


@dataclass(slots=True, kw_only=True)
class Paper:
    """The form as it stands: the forms of the head, the parts, and what is wrong in each field."""

    who: WhoForm
    money: MoneyForm
    office: OfficeForm | None
    change: ChangeForm | None
    parts: list[Part]
    faults: Sequence[Fault] = ()
    remarks: Sequence[str] = ()
    claim: Claim | None = None
    scan: Scan | None = None
    forms: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.forms = [one for one in (self.who, self.money, self.office, self.change) if one is not None]


def applications(ask: Ask) -> HttpResponse:
    """Show the applications that wait, the one promised first on top, with how late it is."""
    page = Paginator(waiting(ask.actor, ask.now), PER_PAGE).get_page(ask.GET.get("sida"))
    may_apply = _holds(ask, Action.APPLY) or _holds(ask, Action.REGISTER_APPLICATION)
    return render(ask, "applications/applications.html", {"page": page, "may_apply": may_apply})


def new(ask: Ask) -> HttpResponse:
    """Show an empty application, or take one in; with a fault everything typed stands there with what is wrong."""
    applicant = applicant_of(ask)
    paper = _paper(ask, applicant.choices, applicant.initial, is_officer=applicant.is_officer)
    if not _is_sent(ask):
        return _show(ask, paper)
    told = _told(paper)
    if told is None:
        return _show(ask, paper, status=422)
    forms, faults = _typed(paper.parts)
    if faults:
        return _show(ask, paper, faults=faults)
    applied = applied_of(told, forms)
    if applicant.is_officer:
        outcome = application_acts.register_application(
            ask.actor,
            told["recipient"],
            told["provider"],
            applied,
            came_by=CameBy(told["came_by"]),
            received_at=_came(ask, told["received_on"]),
            law=law_book(),
            now=ask.now,
            paper=_paper_file(paper.scan),
        )
    else:
        outcome = application_acts.apply(
            ask.actor, told["recipient"], told["provider"], applied, law=law_book(), now=ask.now
        )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/ansokningar/ny/")
    if isinstance(outcome, tuple):
        return _show(ask, paper, faults=outcome)
    _review(ask, outcome)
    sentence = _("Ansökan är registrerad. Ärendets nummer är %(number)s.") % {"number": outcome}
    return done(ask, sentence, f"/ansprak/{outcome}/" if _is_shown(ask, outcome) else "/ansokningar/")


def change(ask: Ask, number: str) -> HttpResponse:
    """Show an application as it stands to be changed, or keep a new version of it."""
    claim = _application(ask, number, Action.CHANGE_APPLICATION)
    assert claim.application is not None
    version = records.newest_version(claim.application)
    applicant = applicant_of(ask)
    choices = applicant.choices | {
        "recipient": [(claim.recipient_id, recipient_name(claim.recipient))],
        "provider": [(claim.provider_id, provider_name(claim.provider))],
    }
    known = {
        name: getattr(version, name)
        for name in ("applied_by", "applicant_name", "applicant_number", "represents", "contact", "covers")
    }
    money = {
        "account": "registered" if version.payee_id else "other",
        "payee_wish": version.payee_wish,
        "invoice_reference": version.invoice_reference,
        "signed_on": version.signed_on,
    }
    paper = _paper(ask, choices, known | money, is_officer=False, claim=claim)
    if ask.method != "POST":
        paper.parts = [part_of(part) for part in version.parts]
    if not _is_sent(ask):
        return _show(ask, paper)
    told = _told(paper)
    if told is None:
        return _show(ask, paper, status=422)
    forms, faults = _typed(paper.parts)
    if faults:
        return _show(ask, paper, faults=faults)
    outcome = application_acts.change_application(
        ask.actor,
        number,
        applied_of(told, forms),
        reason=told["reason"],
        seen=ask.POST.get("standing", ""),
        law=law_book(),
        now=ask.now,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=f"/ansprak/{number}/")
    if isinstance(outcome, tuple):
        return _show(ask, paper, faults=outcome)
    _review(ask, number)
    return done(ask, _("Ansökan är ändrad och prövas på nytt."), f"/ansprak/{number}/")


def withdraw(ask: Ask, number: str) -> HttpResponse:
    """Take an application back."""
    reason = ask.POST.get("reason", "").strip()
    outcome = application_acts.withdraw(ask.actor, number, reason=reason, seen=ask.POST.get("seen", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=f"/ansprak/{number}/")
    return done(ask, _("Ansökan är återkallad. Ingenting betalas på den."), f"/ansprak/{number}/")


def original(ask: Ask, number: str, version: str) -> HttpResponse:
    """Give the bytes of a version as they came in: the picture of the paper, or what was written."""
    claim = _application(ask, number, Action.LOOK_AT_CLAIM)
    assert claim.application is not None
    found = claim.application.versions.filter(number=number_in(version)).first()
    if found is None or found.original_id is None:
        raise Http404
    file = kept_file(found.original_id)
    return attachment(file.content, file.file_name)


# --- the form -----------------------------------------------------------------------------------------------


def _paper(
    ask: Ask, choices: Mapping[str, Any], initial: dict[str, Any], *, is_officer: bool, claim: Claim | None = None
) -> Paper:
    """Return the form with what was sent in it; a button that adds a row asks nothing of the fields."""
    is_post, is_sent = ask.method == "POST", _is_sent(ask)
    data, files = (ask.POST, ask.FILES) if is_sent else (None, None)
    known = initial | {name: value for name, value in ask.POST.items() if name in _HEAD} if is_post else initial
    parts = parts_sent(ask.POST) if is_post else [empty_part()]
    faults: Sequence[Fault] = ()
    remarks: Sequence[str] = ()
    if is_post and not is_sent:
        parts = changed(parts, ask.POST.get("do", ""))
        faults, remarks = read_uploads(ask.FILES, parts)
    office = OfficeForm(data, files, initial={"received_on": ask.today} | known) if is_officer else None
    return Paper(
        who=WhoForm(dict(choices), data, initial=known),
        money=MoneyForm(data, initial=known),
        office=office,
        change=ChangeForm(data, initial=known) if claim is not None else None,
        parts=parts,
        faults=faults,
        remarks=remarks,
        claim=claim,
        scan=scan_in(ask) if is_officer and is_post else None,
    )


_HEAD = frozenset(
    {*WhoForm.base_fields, *MoneyForm.base_fields, *OfficeForm.base_fields, *ChangeForm.base_fields} - {"seen"}
)


def _is_sent(ask: Ask) -> bool:
    return ask.method == "POST" and ask.POST.get("do", "") == SEND


def _told(paper: Paper) -> dict[str, Any] | None:
    """Return what the head says, None when a field of it cannot be read."""
    told: dict[str, Any] = {}
    valid = [form.is_valid() for form in paper.forms]
    if not all(valid):
        return None
    for form in paper.forms:
        told |= form.told()
    return told


def _typed(parts: Sequence[Part]) -> tuple[tuple[dict[str, Any], ...], tuple[Fault, ...]]:
    read = [typed(part, number) for number, part in enumerate(parts, start=1)]
    return tuple(one.form for one in read), tuple(fault for one in read for fault in one.faults)


def _show(ask: Ask, paper: Paper, *, faults: Sequence[Fault] = (), status: int = 200) -> HttpResponse:
    found = [told_in_words(fault) for fault in (faults or paper.faults)]
    wrong: dict[str, str] = {}
    for fault in found:
        name = field_of(str(fault.column or ""))
        form = next((one for one in paper.forms if name in one.fields and one.is_bound), None)
        if form is not None:
            form.add_error(name, f"{fault.message} {fault.remedy}")
        wrong[name] = f"{wrong.get(name, '')} {fault.message} {fault.remedy}".strip()
    said = [(field_of(str(fault.column or "")), f"{fault.message} {fault.remedy}") for fault in found]
    return render(
        ask,
        "applications/form.html",
        {
            "paper": paper,
            "parts": shown_parts(paper.parts, wrong),
            "sections": SECTIONS,
            "said": said,
            "has_errors": bool(said) or any(form.errors for form in paper.forms if form.is_bound),
            "seen": standing(paper.claim) if paper.claim else "",
        },
        status=422 if found else status,
    )


def _came(ask: Ask, received_on: date) -> datetime:
    """Return when a paper came in: at noon of its day, but today no later than now."""
    noon = datetime.combine(received_on, time(12), UTC)
    return min(noon, ask.now) if received_on <= ask.today else noon


def _paper_file(scan: Scan | None) -> PaperFile | None:
    return PaperFile(name=scan.name, content=scan.content, media_type=scan.media_type) if scan else None


# --- the one application ------------------------------------------------------------------------------------


def _application(ask: Ask, number: str, action: Action) -> Claim:
    """Return a claim on an application that somebody may see, when the table opens the action for her there."""
    claim = claim_in(ask.actor, number)
    if claim is None or claim.application is None:
        raise Http404
    relation = relation_to_claim(ask.actor, claim, now=ask.now)
    ids = [one.pk for one in recipients_of(claim)]
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "claim",
        claim.pk,
        relation=relation,
        state=claim.status,
        recipient_ids=ids,
        is_hers_alone=True,
    )
    if may(ask.actor, action, relation=relation, state=claim.status, now=ask.now):
        raise Http404
    return claim


def _is_shown(ask: Ask, number: str) -> bool:
    """Return whether whoever applied may see what becomes of it: the power to apply is not the power to see."""
    claim = claim_in(ask.actor, number)
    assert claim is not None, "it has just been opened"
    by_power = relation_to_claim(ask.actor, claim, now=ask.now) in (Relation.AGENT, Relation.OWN_PROVIDER)
    return not by_power or may_see_as_agent(ask, [claim.recipient_id])


def _review(ask: Ask, number: str) -> None:
    """Judge what has just come in, when the one who took it in may: it only proposes."""
    if not _holds(ask, Action.REVIEW):
        return
    try:
        review_claim(ask.actor, number, law=law_book(), now=ask.now)
    except LawGap:
        return  # the page says what is missing; the application is in all the same


def _holds(ask: Ask, action: Action) -> bool:
    return any(row.action is action and row.role in ask.actor.roles for row in POLICY)

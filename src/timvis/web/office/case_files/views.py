"""The case file: read, printed, noted in; and what its checklist asks for, received or sent for."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.claims.completion import ask_for_documents, asking_letters, inform_on_evidence, is_open
from timvis.apps.claims.models import Claim
from timvis.apps.claims.papers import checklist_of
from timvis.apps.documents.actions import keep_original, object_to_note, register_evidence, write_note
from timvis.apps.documents.models import SentLetter
from timvis.apps.documents.records import kept_file
from timvis.apps.parties import records as parties
from timvis.apps.routines import records as routines
from timvis.apps.routines.queries import in_force
from timvis.core.case_file import NoteKind, printed
from timvis.core.faults import Refusal
from timvis.core.records import ProviderKind
from timvis.core.routine.checklist import missing, stands
from timvis.core.routine.completion import answer_day, reminders_at_most
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.terms import DocumentForm
from timvis.core.routine.words import CLAIM_KINDS
from timvis.formats.letter.write import write_pdf
from timvis.web.office.case_files.forms import (
    CompletionForm,
    CorrectionForm,
    InformationForm,
    NoteForm,
    ObjectionForm,
    ReceivedForm,
)
from timvis.web.office.case_files.opening import OpenFile, open_file
from timvis.web.office.case_files.page import case_file, evidence_of, letters_of, notes_of
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name
from timvis.web.shared.words import ROW_WORDS


def read(ask: Ask, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Show a file: a case's with its checklist, or a person's with all her cases."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    file = case_file(ask, opened)
    claim = opened.claim
    return render(
        ask,
        "case_files/case_file.html",
        {
            "file": file,
            "opened": opened,
            "claim": claim,
            "may": opened.may,
            "missing": missing(file.checklist),
            "askings": asking_letters(claim) if claim else (),
            "can_ask": claim is not None and is_open(claim),
            "reminders": reminders_at_most(routines.routine(claim.routine_version)) if claim else 0,
        },
    )


def pdf(ask: Ask, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Give the whole file as one tagged PDF."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    content = write_pdf(printed(case_file(ask, opened), on=ask.today))
    return attachment(content, f"personakt-{opened.about or ask.today.isoformat()}.pdf")


def note(ask: Ask, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Write a note; with `?rattar=` one that corrects an earlier note."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    corrects = number_in(ask.GET["rattar"]) if "rattar" in ask.GET else None
    if corrects is not None and corrects not in {one.pk for one in notes_of(ask, opened)}:
        raise Http404

    def act(form: Form) -> object:
        told = form.told()
        return write_note(
            ask.actor,
            text=told["text"],
            happened_on=told["happened_on"],
            kind=NoteKind(told.get("kind") or NoteKind.NOTE),
            about=opened.about,
            recipient_id=opened.recipient.pk if opened.recipient else None,
            corrects_id=corrects,
            now=ask.now,
        )

    begun = {"happened_on": ask.today}
    made = NoteForm if corrects is None else CorrectionForm
    return form_page(
        ask,
        made(ask.POST or None, initial=begun),
        act,
        title=_("Skriv en anteckning") if corrects is None else _("Rätta anteckning %(number)d") % {"number": corrects},
        lead=_("Anteckningen låses när du sparar. Det som blir fel rättas med en ny, och båda går att läsa."),
        button=_("Spara och lås"),
        sentence=_("Anteckningen är sparad och låst."),
        back=opened.base,
    )


def objection(ask: Ask, note_id: str, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Record that somebody sees it otherwise than a note says."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    noted = next((one for one in notes_of(ask, opened) if one.pk == number_in(note_id)), None)
    if noted is None:
        raise Http404

    def act(form: Form) -> object:
        told = form.told()
        return object_to_note(ask.actor, noted.pk, whose=told["whose"], text=told["text"], now=ask.now)

    whose = recipient_name(opened.recipient) if opened.recipient else ""
    return form_page(
        ask,
        ObjectionForm(ask.POST or None, initial={"whose": whose}),
        act,
        title=_("Motsatt uppfattning om anteckning %(number)d") % {"number": noted.pk},
        lead=_("Den som anser att en uppgift är oriktig har rätt att få det antecknat (LSS 21 b §)."),
        button=_("Spara uppfattningen"),
        sentence=_("Uppfattningen är antecknad och visas vid anteckningen."),
        back=f"{opened.base}#anteckning-{noted.pk}",
    )


def document(ask: Ask, number: str) -> HttpResponse:
    """Register that a document of the checklist has come in, with its scan."""
    opened, claim = _case(ask, number)
    rows = checklist_of(claim, now=ask.now)
    wanted = {row.requirement.code: row.requirement for row in rows}

    def act(form: Form) -> object:
        told = form.cleaned_data
        original_id = _kept(ask, opened, told["scan"]) if told["scan"] else None
        if isinstance(original_id, Refusal):
            return original_id
        is_standing = stands(wanted[told["requirement"]])
        return register_evidence(
            ask.actor,
            requirement=told["requirement"],
            received_on=told["received_on"],
            recipient_id=claim.recipient_id,
            provider_id=claim.provider_id,
            original_id=original_id,
            about="" if is_standing else claim.number,
            forms=[DocumentForm(form) for form in told["forms_of_it"]],
            note=told["note"],
            now=ask.now,
        )

    begun = {"received_on": ask.today, "requirement": ask.GET.get("handling", "")}
    return form_page(
        ask,
        ReceivedForm(
            [(code, row.text) for code, row in wanted.items()], ask.POST or None, ask.FILES or None, initial=begun
        ),
        act,
        title=_("Registrera en handling i ärende %(number)s") % {"number": claim.number},
        lead=_("En handling som står sig, som en fullmakt, gäller sedan i alla personens ärenden."),
        button=_("Registrera handlingen"),
        sentence=_("Handlingen är registrerad."),
        back=f"{opened.base}#checklista",
    )


def complete(ask: Ask, number: str) -> HttpResponse:
    """Ask for what is missing by letter, with a day to answer."""
    opened, claim = _case(ask, number)
    rows = checklist_of(claim, now=ask.now)
    day = answer_day(routines.routine(claim.routine_version), ask.today)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return ask_for_documents(ask.actor, claim.number, told["documents"], now=ask.now, answer_by=told["answer_by"])

    begun: dict[str, list[str] | date | None] = {
        "documents": [row.requirement.code for row in missing(rows)],
        "answer_by": day,
    }
    return form_page(
        ask,
        CompletionForm(
            [(row.requirement.code, f"{row.requirement.text} ({ROW_WORDS[row.state][1]})") for row in rows],
            ask.POST or None,
            initial=begun,
        ),
        act,
        title=_("Begär komplettering i ärende %(number)s") % {"number": claim.number},
        lead=_("Rutinen ger tid till %(day)s.") % {"day": day}
        if day
        else _("Rutinen säger inte hur lång tid det finns att svara, så du väljer dagen."),
        button=_("Skicka brevet"),
        sentence=_("Brevet är skickat och ligger bland det som har gått ut."),
        back=f"{opened.base}#checklista",
    )


def inform(ask: Ask, number: str) -> HttpResponse:
    """Send the letter that tells which documents are needed."""
    opened, claim = _case(ask, number)
    if claim.recipient_id is None:
        raise Http404
    provider = parties.provider(claim.provider_id, known_at=ask.now)
    outcome = inform_on_evidence(
        ask.actor,
        claim.recipient_id,
        routines.routine(claim.routine_version),
        provider_kind=ProviderKind(provider.kind),
        claim_kind=ClaimKind(claim.kind),
        now=ask.now,
        about=claim.number,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=opened.base)
    return done(ask, _("Informationen är skickad och ligger bland det som har gått ut."), f"{opened.base}#ut")


def inform_beforehand(ask: Ask, recipient_id: str) -> HttpResponse:
    """Tell a person which documents are needed, before there is a case."""
    opened = open_file(ask, recipient_id=recipient_id)
    person = opened.recipients[0]
    offered = {
        f"{version.slug} {kind.value}": (routine, kind)
        for version in in_force(ask.actor.municipality, ask.today)
        for routine in (routines.routine(version),)
        for kind in sorted(routine.claim_kinds)
    }

    def act(form: Form) -> object:
        routine, kind = offered[form.cleaned_data["wanted"]]
        return inform_on_evidence(
            ask.actor,
            person.pk,
            routine,
            provider_kind=ProviderKind(form.cleaned_data["provider_kind"]),
            claim_kind=kind,
            now=ask.now,
        )

    return form_page(
        ask,
        InformationForm(
            [(key, f"{routine.name}: {CLAIM_KINDS[kind]}") for key, (routine, kind) in offered.items()],
            ask.POST or None,
        ),
        act,
        title=_("Information om underlag till %(name)s") % {"name": recipient_name(person)},
        lead=_("Brevet listar vad rutinen kräver, så att ansökan kan vara hel från början."),
        button=_("Skicka brevet"),
        sentence=_("Informationen är skickad och ligger bland det som har gått ut."),
        back=f"{opened.base}#ut",
    )


def letter(ask: Ask, letter_id: str, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Show a letter as it was sent; with `?pdf` the very bytes."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    known = {one.pk for one in letters_of(ask, opened)}
    sent = SentLetter.objects.select_related("sent_by").filter(pk=number_in(letter_id)).first()
    if sent is None or sent.pk not in known:
        raise Http404
    if "pdf" in ask.GET:
        return attachment(bytes(sent.pdf), f"{sent.code}-{sent.about or sent.pk}.pdf")
    return render(ask, "case_files/letter.html", {"letter": sent, "opened": opened})


def original(ask: Ask, evidence_id: str, number: str = "", recipient_id: str = "") -> HttpResponse:
    """Give the bytes of a registered document exactly as they came in."""
    opened = open_file(ask, number=number, recipient_id=recipient_id)
    row = next((one for one in evidence_of(opened) if one.pk == number_in(evidence_id)), None)
    if row is None or row.original_id is None:
        raise Http404
    file = kept_file(row.original_id)
    return attachment(file.content, file.file_name)


def _case(ask: Ask, number: str) -> tuple[OpenFile, Claim]:
    opened = open_file(ask, number=number)
    assert opened.claim is not None, "a file opened by its number has its case"
    return opened, opened.claim


def _kept(ask: Ask, opened: OpenFile, scan: object) -> int | Refusal:
    return keep_original(
        ask.actor,
        content=scan.read(),  # type: ignore[attr-defined]  # Django's uploaded file
        media_type=getattr(scan, "content_type", "") or "application/octet-stream",
        file_name=str(getattr(scan, "name", "")),
        relation=opened.relation,
        now=ask.now,
    )

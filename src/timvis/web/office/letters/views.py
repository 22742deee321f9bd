"""The letters on the desk: each template filled with an example, as paper and as text, and what was really sent."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from timvis.apps.documents.models import SentLetter
from timvis.apps.parties.actions import change_contact
from timvis.apps.parties.models import Municipality
from timvis.apps.parties.queries import relation_to
from timvis.core.access import POLICY, Action, Relation
from timvis.core.faults import Refusal
from timvis.core.letter import Head, Letter, fill
from timvis.formats.letter.read import example_values, packaged_letter, packaged_letter_codes
from timvis.formats.letter.write import write_html, write_pdf, write_pictures
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in


def templates(ask: Ask) -> HttpResponse:
    """Show every letter there is, by what officials call it."""
    found = sorted((packaged_letter(code) for code in packaged_letter_codes()), key=lambda one: one.label.casefold())
    town = Municipality.objects.get(slug=ask.actor.municipality)
    may_change = any(row.action is Action.CHANGE_CONTACT and row.role in ask.actor.roles for row in POLICY)
    told = {"templates": found, "contact": town.contact, "may_change": may_change}
    return render(ask, "letters/templates.html", told)


def contact(ask: Ask) -> HttpResponse:
    """Change where one turns, and sends an appeal, as it stands in letters."""
    outcome = change_contact(ask.actor, ask.POST.get("contact", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back="/brev/")
    return done(ask, _("Adressen är ändrad. Den står i de brev som skickas från nu."), "/brev/")


def template(ask: Ask, code: str) -> HttpResponse:
    """Show a letter filled with an example, the text beside the paper."""
    letter = _example(ask, code)
    return render(
        ask,
        "letters/template.html",
        {
            "label": packaged_letter(code).label,
            "code": code,
            "html": mark_safe(write_html(letter)),  # our own writer escapes every text
            "pages": range(1, len(write_pictures(letter)) + 1),
        },
    )


def pdf(ask: Ask, code: str) -> HttpResponse:
    """Give the example as the PDF that would be sent."""
    return attachment(write_pdf(_example(ask, code)), f"{code}.pdf")


def picture(ask: Ask, code: str, page: str) -> HttpResponse:
    """Give one page of the example's PDF as a picture."""
    pages, number = write_pictures(_example(ask, code)), number_in(page)
    if not 1 <= number <= len(pages):
        raise Http404
    return HttpResponse(pages[number - 1], content_type="image/png")


def sent(ask: Ask, letter_id: str) -> HttpResponse:
    """Show a letter exactly as it was sent, with the digest of its PDF."""
    letter = _sent(ask, letter_id)
    html = mark_safe(letter.html)  # our own writer escaped it, and it is append-only
    return render(ask, "letters/sent.html", {"letter": letter, "html": html})


def sent_pdf(ask: Ask, letter_id: str) -> HttpResponse:
    """Give the PDF of a letter, to the byte as it was sent."""
    letter = _sent(ask, letter_id)
    return attachment(bytes(letter.pdf), f"{letter.about}-{letter.code}.pdf")


def _example(ask: Ask, code: str) -> Letter:
    if code not in packaged_letter_codes():
        raise Http404
    found, town = packaged_letter(code), Municipality.objects.get(slug=ask.actor.municipality)
    values = example_values(found)
    if "municipality" in values:
        values["municipality"] = town.name
    head = Head(
        sender=town.name,
        receiver=("Alma Åkesson", "Storgatan 1", "123 45 Ekköping"),
        reference="exempel",
        written_on=ask.today,
    )
    made = fill(found, head, values)
    if not isinstance(made, Letter):
        raise RuntimeError(f"the example of the letter {code} has holes: {[fault.column for fault in made]}")
    return made


def _sent(ask: Ask, letter_id: str) -> SentLetter:
    """Return a letter of the town's, after asking whether it is for those who ask, and writing the look in the log."""
    letters = SentLetter.objects.filter(municipality=ask.actor.municipality).select_related("sent_by")
    letter = letters.filter(pk=number_in(letter_id)).first()
    if letter is None:
        raise Http404
    near = relation_to(ask.actor, recipient_id=letter.recipient_id, provider_id=letter.provider_id, now=ask.now)
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "letter",
        letter.pk,
        relation=near or Relation.NONE,
        recipient_id=letter.recipient_id,
    )
    return letter

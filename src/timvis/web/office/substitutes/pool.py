"""The pool, the telephone numbers and the procedures: what the desk keeps ready."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.orders import pool, records
from timvis.apps.orders.models import ContactPoint, PoolMember, Procedure
from timvis.apps.orders.pool import ContactParticulars, PoolParticulars, ProcedureParticulars
from timvis.apps.parties.models import Assistant
from timvis.apps.parties.queries import own_provider, provider_in
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.local_time import clock_minute, clock_text
from timvis.core.records import Instant
from timvis.core.substitute.routing import Desk
from timvis.web.office.substitutes.forms import (
    ContactForm,
    NewContactForm,
    NewMemberForm,
    PoolForm,
    ProcedureForm,
    ShiftForm,
    words_in,
)
from timvis.web.office.substitutes.page import DESK_WORDS, may_of
from timvis.web.office.substitutes.views import available_text
from timvis.web.shared.asking import Ask
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, provider_name

POOL = "/vikarier/pool/"


def pool_page(ask: Ask) -> HttpResponse:
    """Show who can be sent, where everybody is reached, and how each provider's need is met."""
    if Action.LOOK_AT_DESK not in opened(ask.actor, Relation.OWN_MUNICIPALITY):
        raise Http404
    members = records.pool(ask.actor.municipality, known_at=ask.now, on=ask.today)
    contacts = ContactPoint.objects.filter(municipality__slug=ask.actor.municipality).prefetch_related("versions")
    procedures = Procedure.objects.filter(provider__municipality__slug=ask.actor.municipality)
    return render(
        ask,
        "substitutes/pool.html",
        {
            "members": [(one, available_text(one.version.available)) for one in members],
            "contacts": [(one, DESK_WORDS[one.desk], _band(one.from_minute), newest(one)) for one in contacts],
            "procedures": [
                (one.provider, provider_name(one.provider), newest(one))
                for one in procedures.prefetch_related("versions", "provider__versions")
            ],
            "may": may_of(ask.actor),
        },
    )


def new_member(ask: Ask) -> HttpResponse:
    """Put one of the municipality's own assistants in the pool."""
    employer = own_provider(ask.actor.municipality, known_at=ask.now)
    employed = Assistant.objects.filter(provider=employer).prefetch_related("versions") if employer else ()
    choices = [(str(one.pk), newest(one).name) for one in employed if newest(one)]

    def act(form: Form) -> object:
        assert isinstance(form, PoolForm)
        return pool.register_substitute(
            ask.actor,
            assistant_id=number_in(form.cleaned_data["assistant"]),
            particulars=_told(form),
            now=ask.now,
        )

    return form_page(
        ask,
        NewMemberForm(ask.POST or None, assistants=choices, initial=_every_day() | {"valid_from": ask.today}),
        act,
        title=_("Lägg till i vikariepoolen"),
        lead=_("Bara den som kommunen själv har anställt som assistent kan läggas till."),
        button=_("Lägg till"),
        sentence=_("Vikarien finns nu i poolen."),
        back=POOL,
    )


def change_member(ask: Ask, member_id: str) -> HttpResponse:
    """Tell anew what is known of somebody in the pool."""
    found = _member(ask, member_id)
    version = newest(found)
    before: dict[str, Any] = _every_day() | {
        "telephone": version.telephone,
        "skills": ", ".join(version.skills),
        "days": sorted({str(day) for day, _start, _end in version.available}),
        "start": clock_text(min((start for _day, start, _end in version.available), default=0)),
        "end": clock_text(max((end for _day, _start, end in version.available), default=1440)),
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "seen": version.number,
    }

    def act(form: Form) -> object:
        assert isinstance(form, PoolForm)
        return pool.change_substitute(
            ask.actor, member_id=found.pk, particulars=_told(form), seen=form.seen_number, now=ask.now
        )

    return form_page(
        ask,
        PoolForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra uppgifter om %(name)s") % {"name": newest(found.assistant).name},
        button=_("Spara ny version"),
        sentence=_("Ändringen är sparad som en ny version."),
        back=POOL,
    )


def other_work(ask: Ask, member_id: str) -> HttpResponse:
    """Tell of a shift that somebody in the pool has elsewhere, so that the rules see it."""
    found = _member(ask, member_id)

    def act(form: Form) -> object:
        return pool.register_other_work(
            ask.actor,
            member_id=found.pk,
            start_at=Instant(form.cleaned_data["start_at"]),
            end_at=Instant(form.cleaned_data["end_at"]),
            now=ask.now,
        )

    return form_page(
        ask,
        ShiftForm(ask.POST or None, initial={"on": ask.today}),
        act,
        title=_("Arbetspass för %(name)s") % {"name": newest(found.assistant).name},
        lead=_("Ett pass någon annanstans i kommunen. Reglerna om vila och arbetstid räknar med det."),
        button=_("Lägg in passet"),
        sentence=_("Passet är inlagt."),
        back=POOL,
    )


def new_contact(ask: Ask) -> HttpResponse:
    """Register where a desk is reached."""

    def act(form: Form) -> object:
        told = form.told()
        desk, band = Desk(told.pop("desk")), told.pop("band")
        return pool.register_contact_point(
            ask.actor,
            desk,
            ContactParticulars(**told),
            now=ask.now,
            from_minute=clock_minute(band) if band else None,
        )

    return form_page(
        ask,
        NewContactForm(ask.POST or None, initial={"valid_from": ask.today}),
        act,
        title=_("Nytt telefonnummer"),
        button=_("Registrera"),
        sentence=_("Numret är registrerat."),
        back=POOL,
    )


def change_contact(ask: Ask, contact_id: str) -> HttpResponse:
    """Tell anew where a desk is reached, from a day on."""
    found = ContactPoint.objects.filter(pk=number_in(contact_id), municipality__slug=ask.actor.municipality).first()
    if found is None:
        raise Http404
    version = newest(found)

    def act(form: Form) -> object:
        return pool.change_contact_point(
            ask.actor,
            contact_id=found.pk,
            particulars=ContactParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    before = {"name": version.name, "telephone": version.telephone, "valid_from": ask.today, "seen": version.number}
    return form_page(
        ask,
        ContactForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra numret till %(desk)s") % {"desk": DESK_WORDS[found.desk]},
        button=_("Spara ny version"),
        sentence=_("Ändringen är sparad som en ny version."),
        back=POOL,
    )


def procedure(ask: Ask, provider_id: str) -> HttpResponse:
    """Write how a provider's need is met, once, and use it again next time."""
    provider = provider_in(ask.actor, number_in(provider_id))
    if provider is None:
        raise Http404
    known = Procedure.objects.filter(provider=provider).prefetch_related("versions").first()
    version = newest(known) if known else None

    def act(form: Form) -> object:
        told = ProcedureParticulars(**form.told())
        if version is None:
            return pool.register_procedure(ask.actor, provider_id=provider.pk, particulars=told, now=ask.now)
        return pool.change_procedure(
            ask.actor, provider_id=provider.pk, particulars=told, seen=form.seen_number, now=ask.now
        )

    before = {"valid_from": ask.today} | ({"text": version.text, "seen": version.number} if version else {})
    return form_page(
        ask,
        ProcedureForm(ask.POST or None, initial=before),
        act,
        title=_("Så ordnas vikarie för %(name)s") % {"name": provider_name(provider)},
        lead=_("Skrivs på begäran, och används igen nästa gång behovet uppstår."),
        button=_("Spara"),
        sentence=_("Tillvägagångssättet är sparat."),
        back=POOL,
    )


def _told(form: PoolForm) -> PoolParticulars:
    told = form.cleaned_data
    return PoolParticulars(
        telephone=told["telephone"],
        skills=list(words_in(told["skills"])),
        available=form.available(),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
    )


def _every_day() -> dict[str, Any]:
    return {"days": [str(day) for day in range(7)], "start": "00.00", "end": "24.00"}


def _member(ask: Ask, member_id: str) -> PoolMember:
    found = (
        PoolMember.objects.filter(
            pk=number_in(member_id), assistant__provider__municipality__slug=ask.actor.municipality
        )
        .prefetch_related("versions", "assistant__versions")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _band(from_minute: int) -> str:
    return "" if from_minute == records.EVERY_BAND else clock_text(from_minute)

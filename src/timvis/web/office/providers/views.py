"""Providers: who they are, whom they employ, what they have handed in, and what they performed of what was granted."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.claims.models import Claim
from timvis.apps.documents.actions import keep_original, register_evidence
from timvis.apps.documents.queries import evidence_in
from timvis.apps.parties import actions, particulars
from timvis.apps.parties.models import Agreement, Assistant, Provider, ProviderVersion
from timvis.apps.parties.queries import provider_in, relation_to_provider
from timvis.apps.routines import records as routines
from timvis.apps.routines.queries import in_force
from timvis.core.access import Action, Relation, opened
from timvis.core.identity import number_text
from timvis.core.records import ProviderKind
from timvis.core.routine.records import Needed
from timvis.web.office.providers.forms import (
    AgreementForm,
    AssistantForm,
    EvidenceForm,
    NewAgreementForm,
    NewAssistantForm,
    NewProviderForm,
    ProviderForm,
)
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.history import history
from timvis.web.shared.ids import number_in
from timvis.web.shared.months import twelve_months
from timvis.web.shared.names import newest, provider_name

PER_PAGE = 50


def providers(ask: Ask) -> HttpResponse:
    """Show the providers of the municipality by name."""
    key = ProviderVersion.objects.filter(thing=OuterRef("pk")).order_by("-number").values("sort_key")[:1]
    if Action.LOOK_AT_PERSON not in _open(ask):
        raise Http404
    found = Provider.objects.filter(municipality__slug=ask.actor.municipality).annotate(sort_key=Subquery(key))
    page = Paginator(found.prefetch_related("versions").order_by("sort_key", "pk"), PER_PAGE).get_page(
        ask.GET.get("sida")
    )
    rows = [(one, newest(one)) for one in page]
    return render(ask, "providers/providers.html", {"page": page, "rows": rows, "may": _open(ask)})


def provider(ask: Ask, provider_id: str) -> HttpResponse:
    """Show a provider."""
    found = _provider(ask, provider_id)
    version = newest(found)
    claims = Claim.objects.filter(provider=found)
    latest = claims.order_by("-month_on").values_list("month_on", flat=True).first() or ask.today.replace(day=1)
    picture = twelve_months(claims, latest)
    granted, reported = picture.totals.granted, picture.totals.reported
    return render(
        ask,
        "providers/provider.html",
        {
            "provider": found,
            "name": provider_name(found),
            "number": number_text(found.organisation_number),
            "version": version,
            "versions": history(found.versions.select_related("known_by")),
            "picture": picture,
            "share": reported * 100 // granted if granted else None,
            "assistants": [
                (one, newest(one)) for one in Assistant.objects.filter(provider=found).prefetch_related("versions")
            ],
            "agreements": [
                (one, newest(one), history(one.versions.select_related("known_by")))
                for one in Agreement.objects.filter(provider=found).prefetch_related("versions").order_by("reference")
            ],
            "checklist": _checklist(ask, found),
            "may": _open(ask),
        },
    )


def new_provider(ask: Ask) -> HttpResponse:
    """Register a provider."""

    def act(form: Form) -> object:
        told = form.told()
        number = told.pop("organisation_number")
        return actions.register_provider(
            ask.actor, organisation_number=number, particulars=particulars.ProviderParticulars(**told), now=ask.now
        )

    return form_page(
        ask,
        NewProviderForm(ask.POST or None),
        act,
        title=_("Registrera en utförare"),
        button=_("Registrera"),
        sentence=_("Utföraren är registrerad."),
        back="/utforare/",
    )


def change_provider(ask: Ask, provider_id: str) -> HttpResponse:
    """Tell something new of a provider."""
    found = _provider(ask, provider_id)
    version = newest(found)
    before: dict[str, Any] = {
        name: getattr(version, name) for name in ProviderForm.base_fields if hasattr(version, name)
    }
    before |= {"seen": version.number, "managers": "\n".join(version.managers)}

    def act(form: Form) -> object:
        return actions.change_provider(
            ask.actor,
            provider_id=found.pk,
            particulars=particulars.ProviderParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        ProviderForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra uppgifter om %(name)s") % {"name": provider_name(found)},
        lead=_("Det som gällde förut finns kvar i historiken."),
        button=_("Spara ny version"),
        sentence=_("Ändringen är sparad som en ny version."),
        back=f"/utforare/{found.pk}/",
    )


def new_assistant(ask: Ask, provider_id: str) -> HttpResponse:
    """Register an assistant."""
    found = _provider(ask, provider_id)

    def act(form: Form) -> object:
        told = form.told()
        number = told.pop("personal_number")
        return actions.register_assistant(
            ask.actor,
            provider_id=found.pk,
            personal_number=number,
            particulars=particulars.AssistantParticulars(**told),
            now=ask.now,
        )

    return form_page(
        ask,
        NewAssistantForm(ask.POST or None, initial={"registered_on": ask.today}),
        act,
        title=_("Registrera en assistent hos %(name)s") % {"name": provider_name(found)},
        button=_("Registrera"),
        sentence=_("Assistenten är registrerad."),
        back=f"/utforare/{found.pk}/",
    )


def change_assistant(ask: Ask, provider_id: str, assistant_id: str) -> HttpResponse:
    """Tell something new of an assistant."""
    found = _provider(ask, provider_id)
    assistant = (
        Assistant.objects.filter(provider=found, pk=number_in(assistant_id)).prefetch_related("versions").first()
    )
    if assistant is None:
        raise Http404
    version = newest(assistant)
    before = {
        "name": version.name,
        "lives_outside_eea": version.lives_outside_eea,
        "registered_on": version.registered_on,
        "hired_on": version.hired_on,
        "seen": version.number,
    }

    def act(form: Form) -> object:
        return actions.change_assistant(
            ask.actor,
            assistant_id=assistant.pk,
            particulars=particulars.AssistantParticulars(born_on=version.born_on, **form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        AssistantForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra uppgifter om %(name)s") % {"name": version.name},
        button=_("Spara ny version"),
        sentence=_("Ändringen är sparad som en ny version."),
        back=f"/utforare/{found.pk}/",
    )


def new_agreement(ask: Ask, provider_id: str) -> HttpResponse:
    """Register an agreement with a provider."""
    found = _provider(ask, provider_id)

    def act(form: Form) -> object:
        told = form.told()
        reference = told.pop("reference")
        return actions.register_agreement(
            ask.actor,
            provider_id=found.pk,
            reference=reference,
            particulars=particulars.AgreementParticulars(**told),
            now=ask.now,
        )

    return form_page(
        ask,
        NewAgreementForm(ask.POST or None, initial={"valid_from": ask.today}),
        act,
        title=_("Nytt avtal med %(name)s") % {"name": provider_name(found)},
        button=_("Registrera avtalet"),
        sentence=_("Avtalet är registrerat."),
        back=f"/utforare/{found.pk}/",
    )


def change_agreement(ask: Ask, provider_id: str, agreement_id: str) -> HttpResponse:
    """Say what an agreement says from a day on: a new price is a new version."""
    found = _provider(ask, provider_id)
    agreement = (
        Agreement.objects.filter(provider=found, pk=number_in(agreement_id)).prefetch_related("versions").first()
    )
    if agreement is None:
        raise Http404
    version = newest(agreement)
    before = {
        "about": version.about,
        "price": version.price_ore_per_hour,
        "valid_from": ask.today,
        "valid_to": version.valid_to,
        "note": version.note,
        "seen": version.number,
    }

    def act(form: Form) -> object:
        return actions.change_agreement(
            ask.actor,
            agreement_id=agreement.pk,
            particulars=particulars.AgreementParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        AgreementForm(ask.POST or None, initial=before),
        act,
        title=_("Ny version av avtal %(reference)s") % {"reference": agreement.reference},
        lead=_("Priset gäller från dagen du anger; det tidigare finns kvar för tiden före."),
        button=_("Spara ny version"),
        sentence=_("Avtalet har en ny version."),
        back=f"/utforare/{found.pk}/",
    )


def new_evidence(ask: Ask, provider_id: str) -> HttpResponse:
    """Register that a required document has come in, with its scan."""
    found = _provider(ask, provider_id)
    choices = [(row.code, row.text) for row in _requirements(ask, found)]

    def act(form: Form) -> object:
        told = form.cleaned_data
        original_id = None
        if told["scan"]:
            kept = keep_original(
                ask.actor,
                content=told["scan"].read(),
                media_type=told["scan"].content_type or "application/octet-stream",
                file_name=told["scan"].name,
                relation=relation_to_provider(ask.actor, found),
                now=ask.now,
            )
            if not isinstance(kept, int):
                return kept
            original_id = kept
        return register_evidence(
            ask.actor,
            requirement=told["requirement"],
            received_on=told["received_on"],
            provider_id=found.pk,
            original_id=original_id,
            note=told["note"],
            now=ask.now,
        )

    return form_page(
        ask,
        EvidenceForm(choices, ask.POST or None, ask.FILES or None, initial={"received_on": ask.today}),
        act,
        title=_("Handling från %(name)s") % {"name": provider_name(found)},
        lead=_("Inget betalas förrän de handlingar som rutinen kräver har kommit in."),
        button=_("Registrera handlingen"),
        sentence=_("Handlingen är registrerad."),
        back=f"/utforare/{found.pk}/",
    )


def _requirements(ask: Ask, found: Provider) -> list[Any]:
    version = newest(found)
    kind = ProviderKind(version.kind)
    return [
        row
        for one in in_force(ask.actor.municipality, ask.today)
        for row in routines.routine(one).required_of(kind, Needed.BEFORE_FIRST_PAYMENT)
    ]


def _checklist(ask: Ask, found: Provider) -> list[tuple[str, Any]]:
    """Return each required document with the day it came in, None while it is missing."""
    # A document may name the provider alone; those that name a recipient too stand on the claim.
    days = evidence_in(recipient_id=0, provider_id=found.pk, on=ask.today, known_at=ask.now)
    return [(row.text, days.get(row.code)) for row in _requirements(ask, found)]


def _provider(ask: Ask, provider_id: str) -> Provider:
    """Return a provider of the municipality, with the look in the log."""
    found = provider_in(ask.actor, number_in(provider_id))
    if found is None:
        raise Http404
    look(ask, Action.LOOK_AT_PERSON, "provider", found.pk, relation=relation_to_provider(ask.actor, found))
    return found


def _open(ask: Ask) -> frozenset[Action]:
    """Return what the access table opens to the actor in her own municipality."""
    return opened(ask.actor, Relation.OWN_MUNICIPALITY)

"""Jäv: who stands too near whom; everybody sees and tells of her own, a chief of anybody's."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.audit import actions as audit
from timvis.apps.audit.models import Person
from timvis.apps.parties.interests import change_interest, register_interest
from timvis.apps.parties.models import Interest, ProviderVersion, RecipientVersion
from timvis.apps.parties.particulars import InterestParticulars
from timvis.core.access import Action, Relation, opened
from timvis.core.disqualification import InterestKind
from timvis.core.identity import organisation_text, personal_text
from timvis.web.office.attest_rights.forms import InterestForm, NewInterestForm
from timvis.web.shared.asking import Ask
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest

BACK = "/jav/"
PERSON_DIGITS = 12


def interests(ask: Ask) -> HttpResponse:
    """Show the interests that are registered: all of them for those who follow them up, else one's own."""
    found = list(_visible(ask).prefetch_related("versions").order_by("id"))
    names = _names(ask.actor.municipality, {n for one in found for n in (one.person_number, one.other_number)})
    audit.record(
        ask.actor, Action.LOOK_AT_INTERESTS, object_kind="interest", object_id=ask.actor.municipality, at=ask.now
    )
    rows = [
        {"one": one, "version": newest(one), "who": names[one.person_number], "other": names[one.other_number]}
        for one in found
    ]
    may = opened(ask.actor, Relation.OWN_MUNICIPALITY) | opened(ask.actor, Relation.SELF)
    return render(ask, "attest_rights/interests.html", {"rows": rows, "may": may})


def new_interest(ask: Ask) -> HttpResponse:
    """Register that somebody stands near another or a company."""

    def act(form: Form) -> object:
        told = form.cleaned_data
        return register_interest(
            ask.actor,
            person_number=told["person_number"],
            other_number=told["other_number"],
            kind=InterestKind(told["kind"]),
            particulars=_says(told),
            now=ask.now,
        )

    return form_page(
        ask,
        NewInterestForm(ask.POST or None, initial={"person_number": ask.actor.personal_number}),
        act,
        title=_("Anmäl jäv"),
        lead=_("Den som är jävig kan inte attestera det som rör den andra. Familj gäller åt båda hållen."),
        button=_("Anmäl"),
        sentence=_("Jävet är registrerat och gäller genast."),
        back=BACK,
    )


def change(ask: Ask, interest_id: str) -> HttpResponse:
    """Tell an interest anew, or end it; never by the one it is about."""
    found = Interest.objects.filter(pk=number_in(interest_id), municipality__slug=ask.actor.municipality).first()
    if found is None:
        raise Http404
    version = newest(found)
    before = {"valid_from": version.valid_from, "valid_to": version.valid_to, "note": version.note}

    def act(form: Form) -> object:
        return change_interest(
            ask.actor,
            interest_id=found.pk,
            particulars=_says(form.cleaned_data),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        InterestForm(ask.POST or None, initial=before | {"seen": version.number}),
        act,
        title=_("Ändra eller avsluta ett jäv"),
        lead=_("Det tas aldrig bort av den det gäller."),
        button=_("Spara ny version"),
        sentence=_("Jävet har en ny version."),
        back=BACK,
    )


def _visible(ask: Ask) -> Any:
    here = Interest.objects.filter(municipality__slug=ask.actor.municipality)
    if Action.LOOK_AT_INTERESTS in opened(ask.actor, Relation.OWN_MUNICIPALITY):
        return here
    own = ask.actor.personal_number
    return here.filter(Q(person_number=own) | Q(other_number=own))


def _says(told: dict[str, Any]) -> InterestParticulars:
    return InterestParticulars(valid_from=told["valid_from"], valid_to=told["valid_to"], note=told["note"])


def _names(municipality: str, numbers: set[str]) -> dict[str, str]:
    """Return the name of each number as far as it is known here, else the number as people write it."""
    names = {n: personal_text(n) if len(n) == PERSON_DIGITS else organisation_text(n) for n in numbers}
    recipients = RecipientVersion.objects.filter(
        thing__personal_number__in=numbers, thing__municipality__slug=municipality
    )
    providers = ProviderVersion.objects.filter(
        thing__organisation_number__in=numbers, thing__municipality__slug=municipality
    )
    names |= dict(recipients.order_by("number").values_list("thing__personal_number", "name"))
    names |= dict(providers.order_by("number").values_list("thing__organisation_number", "name"))
    people = Person.objects.filter(personal_number__in=numbers).values_list("personal_number", "name")
    return names | {number: name for number, name in people if number is not None}

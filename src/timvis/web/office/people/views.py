"""People: the recipients of the municipality, with everything that is known and since when."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.claims.models import Claim
from timvis.apps.decisions.actions import ResponsibilityParticulars, tell_responsibility
from timvis.apps.decisions.models import Decision
from timvis.apps.parties import actions, particulars
from timvis.apps.parties.models import (
    Absence,
    Payee,
    PowerOfAttorney,
    Provider,
    Recipient,
    RecipientVersion,
)
from timvis.apps.parties.queries import provider_in, recipient_in, relation_to_recipient
from timvis.apps.state_registers.models import Assignment
from timvis.core.access import POLICY, Action, Relation, opened
from timvis.core.calendar.local_time import local_iso
from timvis.core.identity import personal_text
from timvis.core.payment import AccountKind
from timvis.core.records import AbsenceKind, Instant
from timvis.web.office.people.forms import (
    AbsenceForm,
    NewRecipientForm,
    PayeeForm,
    PowerOfAttorneyForm,
    RecipientForm,
    ResponsibilityForm,
    RevokeForm,
)
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.history import history
from timvis.web.shared.ids import number_in
from timvis.web.shared.months import twelve_months
from timvis.web.shared.names import newest, provider_name, recipient_name

PER_PAGE = 50


def people(ask: Ask) -> HttpResponse:
    """Show the recipients of the municipality by name."""
    key = RecipientVersion.objects.filter(thing=OuterRef("pk")).order_by("-number").values("sort_key")[:1]
    found = Recipient.objects.filter(municipality__slug=ask.actor.municipality)
    # Who only may see herself has no list of the others; who sees all of them never handles her own.
    own = Q(personal_number=ask.actor.personal_number)
    found = found.filter(~own if Action.LOOK_AT_PERSON in _open(ask) else own)
    found = found.annotate(sort_key=Subquery(key))
    page = Paginator(found.prefetch_related("versions").order_by("sort_key", "pk"), PER_PAGE).get_page(
        ask.GET.get("sida")
    )
    return render(ask, "people/people.html", {"page": page, "may": _open(ask)})


def person(ask: Ask, recipient_id: str) -> HttpResponse:
    """Show a recipient: decisions, months, who may act, where the money goes, and where she was."""
    recipient = _recipient(ask, recipient_id)
    claims = Claim.objects.filter(recipient=recipient)
    latest = claims.order_by("-month_on").values_list("month_on", flat=True).first() or ask.today.replace(day=1)
    absences = Absence.objects.filter(recipient=recipient).order_by("-start_at")
    return render(
        ask,
        "people/person.html",
        {
            "recipient": recipient,
            "name": recipient_name(recipient),
            "number": personal_text(recipient.personal_number),
            "newest": newest(recipient),
            "versions": history(recipient.versions.select_related("known_by")),
            "picture": twelve_months(claims, latest),
            "decisions": [
                (one, newest(one)) for one in Decision.objects.filter(recipient=recipient).prefetch_related("versions")
            ],
            "claims": claims.select_related("provider")
            .prefetch_related("provider__versions")
            .order_by("-month_on")[:24],
            "powers": [
                (one, newest(one), history(one.versions.select_related("known_by")))
                for one in PowerOfAttorney.objects.filter(recipient=recipient).prefetch_related("versions")
            ],
            "payees": [
                (one, provider_name(one.provider), newest(one), history(one.versions.select_related("known_by")))
                for one in Payee.objects.filter(recipient=recipient)
                .select_related("provider")
                .prefetch_related("versions", "provider__versions")
            ],
            "providers": Provider.objects.filter(claims__recipient=recipient).distinct().prefetch_related("versions"),
            "answers": newest(recipient.responsibility) if hasattr(recipient, "responsibility") else None,
            "assignments": Assignment.objects.filter(recipient=recipient).order_by("-begins_on"),
            "absences": [(one, local_iso(Instant(one.start_at)), local_iso(Instant(one.end_at))) for one in absences],
            "may": _open(ask),
            "sees_claims": any(row.action is Action.LOOK_AT_CLAIM and row.role in ask.actor.roles for row in POLICY),
        },
    )


def new_person(ask: Ask) -> HttpResponse:
    """Register a recipient."""

    def act(form: Form) -> object:
        told = form.told()
        number = told.pop("personal_number")
        return actions.register_recipient(
            ask.actor, personal_number=number, particulars=particulars.RecipientParticulars(**told), now=ask.now
        )

    return form_page(
        ask,
        NewRecipientForm(ask.POST or None),
        act,
        title=_("Registrera en person"),
        button=_("Registrera"),
        sentence=_("Personen är registrerad."),
        back="/personer/",
    )


def change_person(ask: Ask, recipient_id: str) -> HttpResponse:
    """Tell something new of a recipient: a new version, the old one stays."""
    recipient = _recipient(ask, recipient_id)
    version = newest(recipient)
    before = {"name": version.name, "died_on": version.died_on, "seen": version.number} if version else None

    def act(form: Form) -> object:
        return actions.change_recipient(
            ask.actor,
            recipient_id=recipient.pk,
            particulars=particulars.RecipientParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        RecipientForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra uppgifter om %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Det som gällde förut finns kvar i historiken."),
        button=_("Spara ny version"),
        sentence=_("Ändringen är sparad som en ny version."),
        back=f"/personer/{recipient.pk}/",
    )


def responsibility(ask: Ask, recipient_id: str) -> HttpResponse:
    """Tell from when to when the municipality answers for a recipient; the newest version says the whole."""
    recipient = _recipient(ask, recipient_id)
    version = newest(recipient.responsibility) if hasattr(recipient, "responsibility") else None
    before = (
        {name: getattr(version, name) for name in ("valid_from", "valid_to", "ground")} | {"seen": version.number}
        if version
        else None
    )

    def act(form: Form) -> object:
        return tell_responsibility(
            ask.actor,
            recipient_id=recipient.pk,
            particulars=ResponsibilityParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        ResponsibilityForm(ask.POST or None, initial=before),
        act,
        title=_("När kommunen svarar för %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Veckor utanför tiden ifrågasätts på statens fakturor för de första timmarna."),
        button=_("Spara"),
        sentence=_("Uppgiften är sparad."),
        back=f"/personer/{recipient.pk}/",
    )


def new_power(ask: Ask, recipient_id: str) -> HttpResponse:
    """Register a power of attorney."""
    recipient = _recipient(ask, recipient_id)

    def act(form: Form) -> object:
        told = form.told()
        number = told.pop("agent_number")
        return actions.register_power_of_attorney(
            ask.actor,
            recipient_id=recipient.pk,
            agent_number=number,
            particulars=particulars.PowerOfAttorneyParticulars(**told),
            now=ask.now,
        )

    return form_page(
        ask,
        PowerOfAttorneyForm(ask.POST or None),
        act,
        title=_("Registrera fullmakt för %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Fullmakten ska ha kommit in i original."),
        button=_("Registrera fullmakten"),
        sentence=_("Fullmakten är registrerad."),
        back=f"/personer/{recipient.pk}/",
    )


def revoke_power(ask: Ask, recipient_id: str, power_id: str) -> HttpResponse:
    """Take a power of attorney back."""
    recipient = _recipient(ask, recipient_id)
    power = (
        PowerOfAttorney.objects.filter(recipient=recipient, pk=number_in(power_id)).prefetch_related("versions").first()
    )
    version = newest(power) if power else None
    if power is None or version is None:
        raise Http404

    def act(form: Form) -> object:
        return actions.revoke_power_of_attorney(
            ask.actor,
            power_id=power.pk,
            revoked_on=form.cleaned_data["revoked_on"],
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        RevokeForm(ask.POST or None, initial={"revoked_on": ask.today, "seen": version.number}),
        act,
        title=_("Återkalla fullmakten för %(name)s") % {"name": version.agent_name},
        button=_("Återkalla"),
        sentence=_("Fullmakten är återkallad."),
        back=f"/personer/{recipient.pk}/",
    )


def payee(ask: Ask, recipient_id: str, provider_id: str) -> HttpResponse:
    """Register or change where the money for a recipient's hours with a provider goes."""
    recipient = _recipient(ask, recipient_id)
    provider = provider_in(ask.actor, number_in(provider_id))
    if provider is None:
        raise Http404
    known = Payee.objects.filter(recipient=recipient, provider=provider).prefetch_related("versions").first()
    version = newest(known) if known else None
    fields = ("payee_name", "account_kind", "account_number", "payee_number")
    before: dict[str, Any] = {name: getattr(version, name) for name in fields} if version else {}
    before |= {"valid_from": ask.today, "seen": version.number if version else 0}

    def act(form: Form) -> object:
        told = form.told()
        told["account_kind"] = AccountKind(told["account_kind"])
        says = particulars.PayeeParticulars(**told)
        if known is None:
            return actions.register_payee(
                ask.actor, recipient_id=recipient.pk, provider_id=provider.pk, particulars=says, now=ask.now
            )
        return actions.change_payee(ask.actor, payee_id=known.pk, particulars=says, seen=form.seen_number, now=ask.now)

    return form_page(
        ask,
        PayeeForm(ask.POST or None, initial=before),
        act,
        title=_("Betalningsmottagare för %(name)s hos %(provider)s")
        % {"name": recipient_name(recipient), "provider": provider_name(provider)},
        lead=_("Underskrifter på belopp som inte har betalats faller när mottagaren ändras."),
        button=_("Spara mottagaren"),
        sentence=_("Betalningsmottagaren är sparad."),
        back=f"/personer/{recipient.pk}/",
    )


def new_absence(ask: Ask, recipient_id: str) -> HttpResponse:
    """Register where a recipient was."""
    recipient = _recipient(ask, recipient_id)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.register_absence(
            ask.actor,
            recipient_id=recipient.pk,
            kind=AbsenceKind(told["kind"]),
            start_at=told["start_at"],
            end_at=told["end_at"],
            has_special_reason=told["has_special_reason"],
            now=ask.now,
        )

    return form_page(
        ask,
        AbsenceForm(ask.POST or None),
        act,
        title=_("Registrera vistelse för %(name)s") % {"name": recipient_name(recipient)},
        button=_("Registrera"),
        sentence=_("Vistelsen är registrerad."),
        back=f"/personer/{recipient.pk}/",
    )


def _recipient(ask: Ask, recipient_id: str) -> Recipient:
    """Return a recipient the actor may look at, with the look in the log."""
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None:
        raise Http404
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, Action.LOOK_AT_PERSON, "recipient", recipient.pk, relation=relation, recipient_id=recipient.pk)
    return recipient


def _open(ask: Ask) -> frozenset[Action]:
    """Return what the access table opens to the actor in her own municipality."""
    return opened(ask.actor, Relation.OWN_MUNICIPALITY)

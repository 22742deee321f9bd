"""Decisions: what was granted, every version of it, and new ones."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.decisions.actions import DecisionParticulars, change_decision, register_decision
from timvis.apps.decisions.models import Decision, DecisionVersion
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.core.access import POLICY, Action
from timvis.core.records import GrantUnit, Regime
from timvis.web.office.decisions.forms import DecisionForm, NewDecisionForm
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.history import history
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, recipient_name


def decision(ask: Ask, decision_id: str) -> HttpResponse:
    """Show a decision as it is known now, with its history."""
    found = _decision(ask, decision_id)
    return render(
        ask,
        "decisions/decision.html",
        {
            "decision": found,
            "recipient": found.recipient,
            "name": recipient_name(found.recipient),
            "version": newest(found),
            "versions": history(found.versions.select_related("known_by")),
            "may_change": any(row.action is Action.CHANGE_DECISION and row.role in ask.actor.roles for row in POLICY),
        },
    )


def new(ask: Ask, recipient_id: str) -> HttpResponse:
    """Register a decision about a recipient, also one that reaches back in time."""
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None:
        raise Http404
    _look(ask, recipient, recipient.pk)

    def act(form: Form) -> object:
        return register_decision(
            ask.actor,
            recipient_id=recipient.pk,
            reference=form.cleaned_data["reference"],
            particulars=_says(form.cleaned_data),
            now=ask.now,
        )

    return form_page(
        ask,
        NewDecisionForm(ask.POST or None, initial={"decided_on": ask.today, "valid_from": ask.today}),
        act,
        title=_("Nytt beslut för %(name)s") % {"name": recipient_name(recipient)},
        button=_("Registrera beslutet"),
        sentence=_("Beslutet är registrerat."),
        back=f"/personer/{recipient.pk}/",
    )


def change(ask: Ask, decision_id: str) -> HttpResponse:
    """Restate a decision as a new version; months that were judged before keep what they were judged on."""
    found = _decision(ask, decision_id)
    version: DecisionVersion = newest(found)
    hours, minutes = divmod(version.granted_minutes, 60)
    before: dict[str, Any] = {
        name: getattr(version, name) for name in DecisionForm.base_fields if hasattr(version, name)
    }
    before |= {"seen": version.number, "hours": f"{hours}" if not minutes else f"{version.granted_minutes}/60"}

    def act(form: Form) -> object:
        return change_decision(
            ask.actor,
            decision_id=found.pk,
            particulars=_says(form.cleaned_data),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        DecisionForm(ask.POST or None, initial=before),
        act,
        title=_("Ny version av beslut %(reference)s") % {"reference": found.reference},
        lead=_("Månader som redan är prövade behåller det de prövades mot."),
        button=_("Spara ny version"),
        sentence=_("Beslutet har en ny version."),
        back=f"/beslut/{found.pk}/",
    )


def _says(told: dict[str, Any]) -> DecisionParticulars:
    kept = {name: value for name, value in told.items() if name not in {"seen", "hours", "reference"}}
    return DecisionParticulars(**kept | {"regime": Regime(told["regime"]), "per": GrantUnit(told["per"])})


def _decision(ask: Ask, decision_id: str) -> Decision:
    here = Decision.objects.filter(recipient__municipality__slug=ask.actor.municipality)
    found = here.select_related("recipient").filter(pk=number_in(decision_id)).first()
    if found is None:
        raise Http404
    _look(ask, found.recipient, found.pk)
    return found


def _look(ask: Ask, recipient: Recipient, object_id: int) -> None:
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, Action.LOOK_AT_DECISION, "decision", object_id, relation=relation, recipient_id=recipient.pk)

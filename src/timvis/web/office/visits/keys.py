"""Pages: the keys by which a provider's own system hands in visits."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.visits import actions
from timvis.apps.visits.models import SystemKey
from timvis.core.access import Action
from timvis.core.faults import Refusal
from timvis.web.office.visits.forms import KeyForm
from timvis.web.office.visits.page import choices, providers_of
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name

KEYS = "/hemtjanst/nycklar/"


def keys(ask: Ask) -> HttpResponse:
    """Show the keys of one's provider, and give a new one; its secret is shown this once."""
    providers = providers_of(ask.actor, Action.GIVE_SYSTEM_KEY)
    form, secret = KeyForm(choices(providers), ask.POST or None), ""
    if ask.method == "POST" and form.is_valid():
        told = form.cleaned_data
        outcome = actions.give_system_key(ask.actor, told["provider"], told["system"], now=ask.now)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=KEYS)
        if isinstance(outcome, str):
            secret, form = outcome, KeyForm(choices(providers))
    names = {one.pk: provider_name(one) for one in providers}
    context = {
        "form": form,
        "secret": secret,
        "rows": [(one, names.get(one.provider_id or 0, "")) for one in _keys_of(list(names))],
        "names": names,
        "withdraw": "withdraw_system_key",
        "address": ask.build_absolute_uri("/api/hemtjanst/besok/"),
    }
    return render(ask, "visits/keys.html", context, status=422 if form.errors else 200)


def withdraw(ask: Ask, key_id: str) -> HttpResponse:
    """Take a key back."""
    outcome = actions.withdraw_system_key(ask.actor, number_in(key_id), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=KEYS)
    return done(ask, _("Nyckeln öppnar ingenting längre."), KEYS)


def _keys_of(provider_ids: list[int]) -> QuerySet[SystemKey]:
    rows = SystemKey.objects.filter(provider_id__in=provider_ids)
    return rows.select_related("given_by", "withdrawn__withdrawn_by").order_by("-id")

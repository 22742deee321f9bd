"""Finding a case, a person or a provider in the actor's own municipality."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from timvis.apps.audit import actions as audit
from timvis.apps.claims.models import Claim
from timvis.apps.parties.models import Provider, ProviderVersion, Recipient, RecipientVersion
from timvis.core.access import POLICY, Action, Relation
from timvis.web.shared.asking import Ask

MOST = 20
"""How many of each kind are shown: more than that is not a search but a list."""


def search(ask: Ask) -> HttpResponse:
    """Show what a text finds; the text is logged, because asking about somebody is to look."""
    text = ask.POST.get("q", "").strip()[:100]
    # Only an office role sees the whole municipality; everyone else finds her own cases from her own pages.
    everything = any(
        row.action is Action.LOOK_AT_PERSON
        and row.relation is Relation.OWN_MUNICIPALITY
        and row.role in ask.actor.roles
        for row in POLICY
    )
    found = {"claims": [], "recipients": [], "providers": []} if not text or not everything else _found(ask, text)
    if text:
        audit.record(ask.actor, "search", object_kind="search", object_id="", reason=text, at=ask.now)
    return render(ask, "search/search.html", {"text": text, "everything": everything, **found})


def _found(ask: Ask, text: str) -> dict[str, object]:
    here = ask.actor.municipality
    number = text.replace("-", "").replace(" ", "")
    names = RecipientVersion.objects.filter(name__icontains=text).values("thing_id")
    provider_names = ProviderVersion.objects.filter(name__icontains=text).values("thing_id")
    recipients = Recipient.objects.filter(municipality__slug=here).filter(Q(personal_number=number) | Q(id__in=names))
    providers = Provider.objects.filter(municipality__slug=here).filter(
        Q(organisation_number=number) | Q(id__in=provider_names)
    )
    claims = Claim.objects.filter(municipality__slug=here).filter(
        Q(number__icontains=text) | Q(recipient__in=recipients)
    )
    return {
        "claims": claims.select_related("recipient")
        .prefetch_related("recipient__versions")
        .order_by("-month_on")[:MOST],
        "recipients": recipients.prefetch_related("versions")[:MOST],
        "providers": providers.prefetch_related("versions")[:MOST],
    }

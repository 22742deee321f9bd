"""What every template may say: who asks, where she is, and the way round the house."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timvis.apps.attestation.waiting import how_many
from timvis.apps.parties.models import Municipality
from timvis.config import clock
from timvis.core.access import POLICY, Action, Actor, Relation, Role, opened
from timvis.web.shared import session

KEYS, KEYS_OFF = "timvis_keys", "off"
"""The cookie by which somebody does without keys of a single letter."""


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation, shown to those the access table lets in; without an action, to everybody.

    `whole_town` is for a page that is of no use to those who only may see their own. `also` are the beginnings of other
    addresses that lie behind the same entry. Who may not see the page itself is led to the first of those `below`.
    """

    text: str | Promise
    path: str
    action: Action | None
    whole_town: bool = False
    also: tuple[str, ...] = ()
    below: tuple["Way", ...] = ()


ATTESTS = "/attestera/"

HOME_CARE = "/hemtjanst/"

HOME_CARE_WAYS = (
    Way(_("Beställningar"), HOME_CARE, Action.LOOK_AT_ORDERS),
    Way(_("Besök"), "/hemtjanst/besok/", Action.LOOK_AT_VISITS),
    Way(_("Avstämning"), "/hemtjanst/avstamning/", Action.LOOK_AT_RECONCILIATION, whole_town=True),
    Way(_("Signaler"), "/hemtjanst/signaler/", Action.LOOK_AT_SIGNALS, whole_town=True),
    Way(_("Utförd del"), "/hemtjanst/jamforelse/", Action.LOOK_AT_SHARES, whole_town=True),
    Way(pgettext_lazy("flera", "Utförare"), "/hemtjanst/utforare/", Action.LOOK_AT_HOME_PROVIDERS),
    Way(_("Turordning"), "/hemtjanst/turordning/", Action.LOOK_AT_TURN_ORDER),
    Way(_("Nycklar för system"), "/hemtjanst/nycklar/", Action.GIVE_SYSTEM_KEY),
)
"""The ways round home care, shown under the navigation on its own pages."""

WAYS = (
    Way(_("Att göra"), "/", Action.LOOK_AT_CLAIM),
    Way(_("Attestera"), ATTESTS, Action.LOOK_AT_ATTESTS, whole_town=True),
    Way(_("Anspråk"), "/ansprak/", Action.LOOK_AT_CLAIM),
    Way(_("Överklaganden"), "/overklaganden/", Action.LOOK_AT_APPEALS, whole_town=True),
    Way(_("Lämna in"), "/lamna-in/", Action.HAND_IN),
    Way(_("Ansökningar"), "/ansokningar/", Action.CHANGE_APPLICATION),
    Way(_("Fakturor"), "/fakturor/", Action.LOOK_AT_INVOICE),
    Way(
        _("Försäkringskassan"),
        "/manaden/",
        Action.LOOK_AT_STATE_REPORTS,
        whole_town=True,
        also=("/forsakringskassan/", "/tidsredovisning/"),
    ),
    Way(_("Vikarier"), "/vikarier/", Action.LOOK_AT_BOOKING),
    Way(_("Hemtjänst"), HOME_CARE, Action.LOOK_AT_ORDERS, below=HOME_CARE_WAYS),
    Way(_("Underlag för avgifter"), "/avgifter/", Action.TELL_CHARGED_TIME, whole_town=True),
    Way(_("Personer"), "/personer/", Action.LOOK_AT_PERSON),
    Way(pgettext_lazy("flera", "Utförare"), "/utforare/", Action.LOOK_AT_PERSON, whole_town=True),
    Way(_("Betalningar"), "/betalningar/", Action.LOOK_AT_PAYMENT),
    Way(_("Bokföring"), "/bokforing/", Action.LOOK_AT_LEDGER),
    Way(_("Attesträtter"), "/attestratter/", Action.LOOK_AT_ATTEST_RIGHTS, whole_town=True),
    Way(_("Delegationsordning"), "/delegationsordning/", Action.LOOK_AT_DELEGATION, whole_town=True),
    Way(_("Delegationsbeslut"), "/delegationsbeslut/", Action.LOOK_AT_DELEGATED_DECISIONS, whole_town=True),
    Way(_("Roller"), "/roller/", Action.LOOK_AT_ROLES, whole_town=True),
    Way(_("Efterkontroll"), "/efterkontroll/", Action.LOOK_AT_AFTER_CONTROL, whole_town=True),
    Way(_("Arkiv"), "/arkiv/", Action.LOOK_AT_CLAIM),
    Way(_("Kalender"), "/kalender/", Action.LOOK_AT_CLAIM),
    Way(_("Rutiner"), "/rutiner/", Action.LOOK_AT_CLAIM, whole_town=True),
    Way(_("Brev"), "/brev/", Action.SEND_LETTER, whole_town=True),
    Way(_("Regelbok"), "/regelbok/", None),
)

ROLE_WORDS: dict[str, str | Promise] = {
    Role.PROVIDER_ADMIN: _("Utförarens administratör"),
    Role.OWN_EMPLOYER: _("Egen arbetsgivare"),
    Role.RECIPIENT: _("Den som får assistans"),
    Role.AGENT: _("Ombud"),
    Role.CASE_OFFICER: _("Handläggare"),
    Role.FINANCE_ASSISTANT: _("Ekonomiassistent"),
    Role.ADMINISTRATIVE_ASSISTANT: _("Administrativ assistent"),
    Role.SECTION_HEAD: _("Sektionschef"),
    Role.AUTHORITY_HEAD: _("Myndighetschef"),
    Role.HEAD_OF_SOCIAL_SERVICES: _("Socialchef"),
    Role.MUNICIPAL_DIRECTOR: _("Kommundirektör"),
    Role.BUDGET_OWNER: _("Budgetansvarig"),
    Role.FEE_OFFICER: _("Avgiftshandläggare"),
    Role.STAFFING_ASSISTANT: _("Bemanningsassistent"),
    Role.DUTY_SUPERVISOR: _("Arbetsledare jourtid"),
    Role.CONTROLLER: _("Controller"),
    Role.AUDITOR: _("Revisor"),
    Role.SYSTEM_OPERATOR: _("Systemförvaltare"),
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page needs."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"mode": settings.MODE, "keys_off": request.COOKIES.get(KEYS) == KEYS_OFF}
    waits = {ATTESTS: how_many(actor, now=clock.now())}
    slugs = session.towns_of(actor.person_id, today=clock.today())
    names = dict(Municipality.objects.filter(slug__in=[*slugs, actor.municipality]).values_list("slug", "name"))
    return {
        "mode": settings.MODE,
        "actor": actor,
        "role_words": [ROLE_WORDS.get(role, role) for role in sorted(actor.roles)],
        "municipality_name": names.get(actor.municipality, actor.municipality),
        "other_towns": [(slug, names.get(slug, slug)) for slug in slugs if slug != actor.municipality],
        "open_in_town": opened(actor, Relation.OWN_MUNICIPALITY),
        "ways": [(way.text, way.path, _is_here(request.path, way), waits.get(way.path)) for way in ways_of(actor)],
        "ways_below": _ways_below(actor, request.path),
        "keys_off": request.COOKIES.get(KEYS) == KEYS_OFF,
    }


def _ways_below(actor: Actor, path: str) -> list[tuple[str | Promise, str, bool]]:
    """Return the ways round the group of pages that somebody is in, none where it has none."""
    ways = _open_to(actor, HOME_CARE_WAYS) if path.startswith(HOME_CARE) else []
    here = max((way.path for way in ways if path.startswith(way.path)), key=len, default="")
    return [(way.text, way.path, way.path == here) for way in ways] if len(ways) > 1 else []


def ways_of(actor: Actor) -> list[Way]:
    """Return the navigation of somebody; the first entry is where she begins."""
    return _open_to(actor, WAYS)


def _open_to(actor: Actor, ways: Iterable[Way]) -> list[Way]:
    anywhere = {row.action for row in POLICY if row.role in actor.roles}
    in_town = opened(actor, Relation.OWN_MUNICIPALITY)

    def is_open(way: Way) -> bool:
        return way.action is None or way.action in (in_town if way.whole_town else anywhere)

    def led(way: Way) -> Way | None:
        if is_open(way):
            return way
        first = next((one for one in way.below if is_open(one)), None)
        return first and replace(way, path=first.path, also=(*way.also, way.path))

    return [found for way in ways if (found := led(way))]


def _is_here(path: str, way: Way) -> bool:
    return path == way.path if way.path == "/" else path.startswith((way.path, *way.also))

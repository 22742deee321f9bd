"""Who can log in where the data are for practice, what each is for, and what lies in each municipality.

Only the login page of a demo shows this: with real data nobody may know who works where.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timvis.apps.audit.models import Person, RoleHeld
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.claims.models import Claim
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.invoices.models import Invoice
from timvis.apps.orders.models import Booking
from timvis.apps.parties.models import Membership, Municipality
from timvis.core.access import ClaimStatus, Role
from timvis.web.shared.context import ROLE_WORDS
from timvis.web.shared.names import provider_name

TRY: dict[str, str | Promise] = {
    Role.CASE_OFFICER: _("Granska en månad, pröva en ansökan, stäm av hemtjänsten."),
    Role.ADMINISTRATIVE_ASSISTANT: _("Skriv in papper och fakturor, mottagningsattestera, se månaden till staten."),
    Role.HEAD_OF_SOCIAL_SERVICES: _("Attestera en bunt, fatta ett beslut, anta en rutin."),
    Role.FINANCE_ASSISTANT: _("Gör betalfilen, läs in bankens svar, ta ut en vikarieavgift."),
    Role.SECTION_HEAD: _("Skriv ett utkast till en rutin, följ det som är sent."),
    Role.AUTHORITY_HEAD: _("Godkänn en utförare av hemtjänst, skicka en sammanställning."),
    Role.STAFFING_ASSISTANT: _("Hitta en vikarie, sköt poolen."),
    Role.DUTY_SUPERVISOR: _("Lös kvällens behov av en vikarie."),
    Role.FEE_OFFICER: _("Lämna utförd hemtjänst till avgifterna."),
    Role.BUDGET_OWNER: _("Se vad som är beslutat, betalt och bokfört."),
    Role.CONTROLLER: _("Kontrollera i efterhand det som har betalats."),
    Role.AUDITOR: _("Se allt: vem som gjorde vad, och varför. Ändra inget."),
    Role.SYSTEM_OPERATOR: _("Ge och avsluta roller, anta attestlistan."),
    Role.RECIPIENT: _("Se sina egna ärenden och sin akt, sök ersättning."),
    Role.PROVIDER_ADMIN: _("Lämna in en månad, bekräfta en beställning, svara på en fråga."),
    Role.OWN_EMPLOYER: _("Lämna in månaden för sina egna assistenter."),
    Role.AGENT: _("Se ett ärende för någon annans räkning."),
}
"""What to try as somebody with a role, in the order that the roles meet a month."""


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody of the demo's cast, as the login page shows her."""

    subject: str
    name: str
    roles: tuple[str | Promise, ...]
    acts_for: tuple[str, ...]
    tries: tuple[str | Promise, ...]
    other_towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality of the demo: what lies in it, and those who come to it first."""

    name: str
    holds: tuple[str, ...]
    members: tuple[CastMember, ...]


def towns(today: date) -> tuple[Town, ...]:
    """Return every municipality with everybody who can log in, the one where most people come first, first."""
    names = dict(Municipality.objects.values_list("slug", "name"))
    by_town: dict[str, list[CastMember]] = {}
    acts_for = _acts_for(today)
    for person, roles in _people(today).items():
        slugs = dict.fromkeys(role.municipality for role in roles)
        first, *others = slugs
        held = [role for role in TRY if role in {one.role for one in roles}]
        member = CastMember(
            person.personal_number or "",
            person.name,
            tuple(ROLE_WORDS.get(role, role) for role in held),
            tuple(dict.fromkeys(acts_for.get(person.pk, ()))),
            tuple(TRY[role] for role in held),
            tuple(names.get(slug, slug) for slug in others),
        )
        by_town.setdefault(first, []).append(member)
    slugs_in_order = sorted(names, key=lambda slug: (-len(by_town.get(slug, ())), names[slug]))
    return tuple(Town(names[slug], tuple(_holds(slug)), tuple(by_town.get(slug, ()))) for slug in slugs_in_order)


def _people(today: date) -> dict[Person, list[RoleHeld]]:
    """Return the roles of everybody who can log in, those who meet a month first, first."""
    held = roles_in_force(today).filter(held_to__isnull=True, person__personal_number__isnull=False)
    people: dict[Person, list[RoleHeld]] = {}
    for role in held.order_by("person__sort_key", "-held_from", "municipality").select_related("person"):
        people.setdefault(role.person, []).append(role)
    place = {role: number for number, role in enumerate(TRY)}
    in_order = sorted(people.items(), key=lambda one: min(place.get(role.role, len(place)) for role in one[1]))
    return dict(in_order)


def _acts_for(today: date) -> dict[int, list[str]]:
    """Return the names of the providers that each person acts for."""
    members = Membership.objects.filter(held_from__lte=today).exclude(held_to__lte=today).order_by("pk")
    found: dict[int, list[str]] = {}
    for one in members.select_related("provider").prefetch_related("provider__versions"):
        found.setdefault(one.person_id, []).append(provider_name(one.provider))
    return found


def _holds(slug: str) -> Iterator[str]:
    """Yield what lies in a municipality to look at, each thing with how many there are of it."""
    claims = Counter(Claim.objects.filter(municipality__slug=slug).values_list("status", flat=True))
    archived = claims.pop(ClaimStatus.ARCHIVED, 0)
    begun = claims.total()
    invoices = Invoice.objects.filter(municipality__slug=slug).count()
    orders = HomeOrder.objects.filter(municipality__slug=slug).count()
    bookings = Booking.objects.filter(municipality__slug=slug).count()
    for number, text in (
        (begun, ngettext("%(n)d anspråk att arbeta med", "%(n)d anspråk att arbeta med", begun)),
        (archived, ngettext("%(n)d betalt och arkiverat anspråk", "%(n)d betalda och arkiverade anspråk", archived)),
        (invoices, ngettext("%(n)d faktura", "%(n)d fakturor", invoices)),
        (orders, ngettext("%(n)d beställning av hemtjänst", "%(n)d beställningar av hemtjänst", orders)),
        (bookings, ngettext("%(n)d bokning av vikarie", "%(n)d bokningar av vikarie", bookings)),
    ):
        if number:
            yield text % {"n": number}

"""Roles: who has which since when, given by one person and confirmed by another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.audit import actions as audit
from timvis.apps.audit import persons
from timvis.apps.audit.models import RoleHeld
from timvis.apps.audit.queries import person_by_number
from timvis.core.access import Action, Relation, Role, opened
from timvis.core.faults import Fault, Refusal
from timvis.web.office.roles.forms import ROLES_AT_WORK, EndForm, NewRoleForm
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.context import ROLE_WORDS
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in

BACK = "/roller/"
PER_PAGE = 50


class Standing(StrEnum):
    """How a role stands on a day."""

    WAITS = "waits"
    HOLDS = "holds"
    COMES = "comes"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One role of the list; `may_confirm` when the one who looks could be its second person."""

    held: RoleHeld
    words: str
    standing: Standing
    may_confirm: bool


def roles(ask: Ask) -> HttpResponse:
    """Show who has which role, those first that wait for a second person; with `?visa=avslutade` those that ended."""
    ended = ask.GET.get("visa") == "avslutade"
    page = Paginator(_listed(ask, ended=ended), PER_PAGE).get_page(ask.GET.get("sida"))
    audit.record(ask.actor, Action.LOOK_AT_ROLES, object_kind="role", object_id=ask.actor.municipality, at=ask.now)
    may = opened(ask.actor, Relation.OWN_MUNICIPALITY)
    told = {"page": page, "rows": [_row(ask, one, may) for one in page], "ended": ended, "may": may}
    return render(ask, "roles/roles.html", told)


def give(ask: Ask) -> HttpResponse:
    """Give somebody a role; it holds when a second person has confirmed it."""

    def act(form: Form) -> object:
        told = form.cleaned_data
        person = person_by_number(told["personal_number"])
        if person is None and not told["name"]:
            return (_NAME_IS_MISSING,)
        person_id: int | Refusal = (
            person.pk
            if person
            else persons.register_person(
                ask.actor, personal_number=told["personal_number"], name=told["name"], now=ask.now
            )
        )
        if isinstance(person_id, Refusal):
            return person_id
        return persons.give_role(
            ask.actor,
            person_id=person_id,
            role=Role(told["role"]),
            held_from=told["held_from"],
            reason=told["reason"],
            now=ask.now,
        )

    return form_page(
        ask,
        NewRoleForm(ask.actor.personal_number, ask.POST or None, initial={"held_from": ask.today}),
        act,
        title=_("Ge en roll"),
        lead=_("Rollen gäller först när en andra person har bekräftat den: varken du eller den som får den."),
        button=_("Ge rollen"),
        sentence=_("Rollen är given och väntar på en andra person."),
        back=BACK,
    )


_NAME_IS_MISSING = Fault(
    code="person_is_unknown",
    message="Ingen med det numret finns i Timvis.",
    remedy="Skriv också namnet.",
    column="name",
)


def confirm(ask: Ask, role_id: str) -> HttpResponse:
    """Be the second person behind a role."""
    outcome = persons.confirm_role(ask.actor, role_held_id=number_in(role_id), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=BACK)
    return done(ask, _("Rollen är bekräftad."), BACK)


def end(ask: Ask, role_id: str) -> HttpResponse:
    """End a role; one person is enough."""
    held = _here(ask).filter(pk=number_in(role_id)).select_related("person").first()
    if held is None:
        raise Http404

    def act(form: Form) -> object:
        told = form.cleaned_data
        return persons.end_role(
            ask.actor, role_held_id=held.pk, held_to=told["held_to"], reason=told["reason"], now=ask.now
        )

    first_without = max(held.held_from, min(ask.today, held.held_to or ask.today))
    return form_page(
        ask,
        EndForm(held.held_from, held.held_to, ask.POST or None, initial={"held_to": first_without}),
        act,
        title=_("Avsluta %(name)s som %(role)s")
        % {"name": held.person.name, "role": str(ROLE_WORDS[Role(held.role)]).lower()},
        lead=_("Det gäller genast när sista dagen har passerat. Att ge tillbaka rollen är att ge den på nytt."),
        button=_("Avsluta rollen"),
        sentence=_("Rollen har fått en sista dag."),
        back=BACK,
    )


def _here(ask: Ask) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(municipality=ask.actor.municipality, role__in=ROLES_AT_WORK)


def _listed(ask: Ask, *, ended: bool) -> QuerySet[RoleHeld]:
    over = Q(held_to__lte=ask.today)
    found = _here(ask).filter(over if ended else ~over | Q(held_to__isnull=True))
    waits_first = Case(When(_WAITS, then=Value(0)), default=Value(1), output_field=IntegerField())
    shown = found.select_related("person", "given_by", "confirmed__confirmed_by")
    return shown.order_by(waits_first, "person__sort_key", "person_id", "role", "held_from")


_WAITS = Q(given_by__isnull=False, confirmed__isnull=True)


def _row(ask: Ask, held: RoleHeld, may: frozenset[Action]) -> Row:
    standing = _standing(held, ask.today)
    is_one_of_them = ask.actor.person_id in (held.person_id, held.given_by_id)
    return Row(
        held=held,
        words=str(ROLE_WORDS[Role(held.role)]),
        standing=standing,
        may_confirm=standing is Standing.WAITS and Action.CONFIRM_ROLE in may and not is_one_of_them,
    )


def _standing(held: RoleHeld, today: date) -> Standing:
    if held.held_to is not None and held.held_to <= today:
        return Standing.ENDED
    if held.given_by_id is not None and not hasattr(held, "confirmed"):
        return Standing.WAITS
    return Standing.HOLDS if held.held_from <= today else Standing.COMES

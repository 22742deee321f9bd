"""Acts about persons themselves: who is known, how she logs in, which roles she holds."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Account, Person, RoleConfirmed, RoleHeld
from timvis.core.access import Action, Actor, Relation, Role
from timvis.core.faults import Refusal
from timvis.core.sort_key import sort_key

MACHINE_NAME = "Timvis"
_HERE = Relation.OWN_MUNICIPALITY


@transaction.atomic
def machine(municipality: str, now: datetime) -> Actor:
    """Return the actor that the clock and the installation act as: a row of its own, never a human being."""
    person, _ = Person.objects.get_or_create(
        personal_number=None, name=MACHINE_NAME, defaults={"sort_key": sort_key(MACHINE_NAME)}
    )
    return Actor(
        person_id=person.pk,
        name=person.name,
        personal_number="",
        roles=frozenset({Role.SYSTEM}),
        municipality=municipality,
        logged_in_at=now,
    )


@transaction.atomic
def register_person(actor: Actor, *, personal_number: str, name: str, now: datetime) -> int | Refusal:
    """Return the id of the person with a personal number; registering her again changes nothing."""
    known = Person.objects.filter(personal_number=personal_number).first()
    attempt = Attempt(actor, Action.REGISTER_PERSON, "person", known.pk if known else "", now)
    if refusal := attempt.refused(_HERE):
        return refusal
    if known:
        return known.pk
    person = Person.objects.create(personal_number=personal_number, name=name, sort_key=sort_key(name))
    Attempt(actor, Action.REGISTER_PERSON, "person", person.pk, now).done()
    return person.pk


@transaction.atomic
def register_account(actor: Actor, *, person_id: int, issuer: str, subject: str, now: datetime) -> int | Refusal:
    """Return the id of the account by which a person logs in; another person's subject is refused."""
    attempt = Attempt(actor, Action.REGISTER_PERSON, "person", person_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    account, is_new = Account.objects.get_or_create(issuer=issuer, subject=subject, defaults={"person_id": person_id})
    if account.person_id != person_id:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if is_new:
        attempt.done(detail={"issuer": issuer})
    return account.pk


@transaction.atomic
def give_role(
    actor: Actor, *, person_id: int, role: Role, held_from: date, reason: str, now: datetime
) -> int | Refusal:
    """Return the id of a role given in the actor's municipality; nobody gives one to herself.

    It is not held until another person has confirmed it, unless the installation itself gave it.
    """
    attempt = Attempt(actor, Action.GIVE_ROLE, "person", person_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    if not Person.objects.filter(id=person_id, is_active=True).exists():
        return attempt.refuse(Refusal.NOT_FOUND)
    if person_id == actor.person_id or role is Role.SYSTEM:
        return attempt.refuse(Refusal.DISQUALIFIED)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    try:
        with transaction.atomic():
            held = RoleHeld.objects.create(
                person_id=person_id,
                role=role,
                municipality=actor.municipality,
                held_from=held_from,
                given_by_id=None if Role.SYSTEM in actor.roles else actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason, detail={"role": role.value, "held_from": held_from.isoformat()})
    return held.pk


@transaction.atomic
def confirm_role(actor: Actor, *, role_held_id: int, now: datetime) -> int | Refusal:
    """Return the id of a role that is held from now on: confirmed by neither who gave it nor who gets it."""
    attempt = Attempt(actor, Action.CONFIRM_ROLE, "role", role_held_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    held = RoleHeld.objects.filter(id=role_held_id, municipality=actor.municipality).first()
    if held is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if held.given_by_id is None or hasattr(held, "confirmed"):
        return attempt.refuse(Refusal.WRONG_STATE)
    if actor.person_id == held.person_id:
        return attempt.refuse(Refusal.DISQUALIFIED)
    if actor.person_id == held.given_by_id:
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    try:
        with transaction.atomic():
            RoleConfirmed.objects.create(
                role_held=held, given_by_id=held.given_by_id, confirmed_by_id=actor.person_id, known_at=now
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"person": held.person_id, "role": held.role})
    return held.pk


@transaction.atomic
def end_role(actor: Actor, *, role_held_id: int, held_to: date, reason: str, now: datetime) -> date | Refusal:
    """Return the first day a person no longer holds a role that is hers in the actor's municipality.

    One person is enough to take a role away; to give back what was taken is to give a role. A role that ends on the
    day it would have begun is never held.
    """
    attempt = Attempt(actor, Action.END_ROLE, "role", role_held_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    held = RoleHeld.objects.filter(id=role_held_id, municipality=actor.municipality).first()
    if held is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if held_to < held.held_from or (held.held_to is not None and held.held_to < held_to):
        return attempt.refuse(Refusal.WRONG_STATE)
    changed = RoleHeld.objects.filter(id=held.pk, held_to=held.held_to).update(held_to=held_to)
    if changed != 1:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason, detail={"held_to": held_to.isoformat()})
    return held_to

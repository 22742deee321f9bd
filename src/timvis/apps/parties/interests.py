"""Acts about jäv: that somebody stands near another or a company is registered, and only ended by another."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties.models import Interest, Municipality
from timvis.apps.parties.particulars import InterestParticulars
from timvis.core.access import Action, Actor, Relation
from timvis.core.disqualification import InterestKind
from timvis.core.faults import Refusal


@transaction.atomic
def register_interest(
    actor: Actor,
    *,
    person_number: str,
    other_number: str,
    kind: InterestKind,
    particulars: InterestParticulars,
    now: datetime,
) -> int | Refusal:
    """Return the id of a person's interest in what concerns another person or a company.

    Everybody tells of her own, a chief of anybody's. The numbers are kept here and never in the log.
    """
    attempt = Attempt(actor, Action.REGISTER_INTEREST, "interest", "", now)
    own = actor.personal_number in (person_number, other_number)
    if refusal := attempt.refused(Relation.SELF if own else Relation.OWN_MUNICIPALITY):
        return refusal
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    if municipality is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    key = {
        "municipality": municipality,
        "person_number": person_number,
        "other_number": other_number,
        "kind": kind,
    }
    return versioned_acts.register(attempt, Interest.objects, key=key, says=asdict(particulars))


@transaction.atomic
def change_interest(
    actor: Actor, *, interest_id: int, particulars: InterestParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that tells an interest anew; never by one of those it is about."""
    interest = Interest.objects.filter(id=interest_id, municipality__slug=actor.municipality).first()
    attempt = Attempt(actor, Action.CHANGE_INTEREST, "interest", interest_id, now)
    if interest is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    own = actor.personal_number in (interest.person_number, interest.other_number)
    if refusal := attempt.refused(Relation.SELF if own else Relation.OWN_MUNICIPALITY):
        return refusal
    return versioned_acts.change(attempt, interest, seen=seen, says=asdict(particulars))

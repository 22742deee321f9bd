"""Who stands too near a claim to decide or sign it (jäv), asked of many claims with as many questions as of one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.claims.models import Claim, Report
from timvis.apps.claims.queries import recipients_of_each
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion
from timvis.apps.parties.queries import members_by_provider
from timvis.core.calendar.local_time import day_of
from timvis.core.disqualification import too_near
from timvis.core.faults import Refusal


def why_not_handle(person_id: int, claim: Claim, now: datetime) -> Refusal | None:
    """Return None when a person may handle and decide a claim as far as jäv goes, else the refusal (FL 16–17 §§)."""
    return Refusal.DISQUALIFIED if person_id in disqualified_ids(claim, now) else None


def disqualified_ids(claim: Claim, now: datetime) -> frozenset[int]:
    """Return the persons who stand too near a claim to handle it now."""
    return disqualified([claim], payees_of_each([claim], now), now)[claim.pk]


def disqualified(
    found: Collection[Claim], payees: Mapping[int, PayeeVersion], now: datetime
) -> dict[int, frozenset[int]]:
    """Return, by claim, the persons it is too near: it is theirs, their family's or their company's.

    A claim concerns its recipients and their agents, its provider and who acts for it, its payee, and those who worked
    in the month or vouched for it.
    """
    reported = told_in_reports(found, "assistant_number", "manager_signature_number")
    today = day_of(now)
    acting = members_by_provider({claim.provider_id for claim in found}, today)
    concerned = _concerned(found, payees, reported, now)
    interests = {slug: parties.interests(slug, known_at=now) for slug in {_town(claim) for claim in found}}
    numbers = {claim.pk: too_near(concerned[claim.pk], interests[_town(claim)], today) for claim in found}
    every = {number for some in numbers.values() for number in some}
    persons = dict(Person.objects.filter(personal_number__in=every).values_list("personal_number", "id"))
    return {
        claim.pk: frozenset(persons[number] for number in numbers[claim.pk] if number in persons)
        | acting.get(claim.provider_id, frozenset())
        for claim in found
    }


def payees_of_each(found: Iterable[Claim], now: datetime) -> dict[int, PayeeVersion]:
    """Return who is paid by each claim: an invoice's supplier has one account for all its invoices."""
    hours = {claim.pk: (claim.recipient_id if claim.invoice_id is None else None, claim.provider_id) for claim in found}
    forms = parties.payees(set(hours.values()), known_at=now, on=day_of(now))
    return {claim_id: forms[pair] for claim_id, pair in hours.items() if pair in forms}


def told_in_reports(found: Collection[Claim], *names: str) -> dict[int, set[Any]]:
    """Return what the reports that each claim stands on say in some fields, all together, without what is empty."""
    stands_on = {claim.pk: {claim.pk, claim.refers_to_id} for claim in found}
    every = {one for some in stands_on.values() for one in some if one is not None}
    said: defaultdict[int, set[Any]] = defaultdict(set)
    for claim_id, *values in Report.objects.filter(claim_id__in=every, is_current=True).values_list("claim_id", *names):
        said[claim_id].update(value for value in values if value)
    return {
        claim_id: {value for one in some if one is not None for value in said[one]}
        for claim_id, some in stands_on.items()
    }


def roles_of(found: Collection[Claim], person_ids: Mapping[int, frozenset[int]], on: date) -> dict[int, frozenset[str]]:
    """Return, by claim, the roles in its municipality that somebody of its persons holds on a day."""
    every = {person_id for some in person_ids.values() for person_id in some}
    held: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for town, person_id, role in (
        roles_in_force(on).filter(person_id__in=every).values_list("municipality", "person_id", "role")
    ):
        held[town, person_id].add(role)
    return {
        claim.pk: frozenset(role for one in person_ids[claim.pk] for role in held.get((_town(claim), one), ()))
        for claim in found
    }


def _concerned(
    found: Collection[Claim], payees: Mapping[int, PayeeVersion], reported: Mapping[int, set[str]], now: datetime
) -> dict[int, frozenset[str]]:
    """Return the numbers of the persons and companies that each claim concerns."""
    today = day_of(now)
    agents: defaultdict[int, set[str]] = defaultdict(set)
    recipients = recipients_of_each(found)
    everybody = {one.pk for some in recipients.values() for one in some}
    for recipient_id, mandate in parties.mandates_of(everybody, known_at=now):
        if mandate.valid_from <= today and (mandate.valid_to is None or today < mandate.valid_to):
            agents[recipient_id].add(mandate.agent_number)
    told: dict[int, frozenset[str]] = {}
    for claim in found:
        payee = payees.get(claim.pk)
        theirs = {claim.provider.organisation_number}
        for one in recipients[claim.pk]:
            theirs |= {one.personal_number} | agents.get(one.pk, set())
        paid = {payee.payee_number} if payee is not None and payee.payee_number else set()
        told[claim.pk] = frozenset(theirs | paid | reported[claim.pk])
    return told


def _town(claim: Claim) -> str:
    return claim.municipality.slug

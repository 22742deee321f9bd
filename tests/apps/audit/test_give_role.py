"""Roles: given by somebody else, with a reason, for a municipality, from a day to a day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.apps.attest_lists import erik, olga
from tests.cast import LONG_AGO, NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit import persons, queries
from timvis.apps.audit.models import RoleConfirmed, RoleHeld
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal


def test_a_role_holds_from_its_first_day_up_to_the_day_it_ends(cast: Cast) -> None:
    person_id = cast.david.person_id
    held_id = ok(
        persons.give_role(
            cast.machine,
            person_id=person_id,
            role=Role.BUDGET_OWNER,
            held_from=date(2021, 3, 1),
            reason="Vikarie under mars",
            now=NOW,
        )
    )
    ok(persons.end_role(cast.machine, role_held_id=held_id, held_to=date(2021, 4, 1), reason="Åter i tjänst", now=NOW))

    days = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 31), date(2021, 4, 1))
    held = [Role.BUDGET_OWNER in queries.roles_on(person_id, TOWN, day) for day in days]
    assert held == [False, True, True, False]


def test_nobody_gives_herself_a_role(cast: Cast) -> None:
    refusal = persons.give_role(
        cast.machine,
        person_id=cast.machine.person_id,
        role=Role.AUDITOR,
        held_from=NOW.date(),
        reason="Vill se",
        now=NOW,
    )

    assert refusal is Refusal.DISQUALIFIED


def test_nobody_is_made_into_the_clock(cast: Cast) -> None:
    refusal = persons.give_role(
        cast.machine,
        person_id=cast.fatima.person_id,
        role=Role.SYSTEM,
        held_from=NOW.date(),
        reason="Genväg",
        now=NOW,
    )

    assert refusal is Refusal.DISQUALIFIED


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_role_without_a_reason_is_refused(cast: Cast, reason: str) -> None:
    refusal = persons.give_role(
        cast.machine,
        person_id=cast.david.person_id,
        role=Role.AUDITOR,
        held_from=NOW.date(),
        reason=reason,
        now=NOW,
    )

    assert refusal is Refusal.REASON_IS_MISSING


def test_an_officer_gives_no_roles(cast: Cast) -> None:
    refusal = persons.give_role(
        cast.cecilia,
        person_id=cast.hasse.person_id,
        role=Role.CASE_OFFICER,
        held_from=NOW.date(),
        reason="Avlastning",
        now=NOW,
    )

    assert refusal is Refusal.ROLE_DOES_NOT_ALLOW


def test_the_same_subject_from_two_issuers_is_two_accounts(cast: Cast) -> None:
    david, hasse = cast.david.person_id, cast.hasse.person_id
    first = ok(persons.register_account(cast.machine, person_id=david, issuer="id.a.se", subject="7", now=NOW))

    second = persons.register_account(cast.machine, person_id=hasse, issuer="id.b.se", subject="7", now=NOW)
    taken = persons.register_account(cast.machine, person_id=hasse, issuer="id.a.se", subject="7", now=NOW)

    assert ok(second) != first
    assert taken is Refusal.SOMEONE_ELSE_WAS_FIRST


# --- two persons -----------------------------------------------------------------------------------------------


def given(actor: Actor, person: Actor, role: Role = Role.BUDGET_OWNER) -> int | Refusal:
    return persons.give_role(
        actor, person_id=person.person_id, role=role, held_from=LONG_AGO, reason="Ny tjänst", now=NOW
    )


def holds(person: Actor, role: Role = Role.BUDGET_OWNER) -> bool:
    return role in queries.roles_on(person.person_id, TOWN, NOW.date())


def test_a_role_that_a_person_gives_is_held_when_a_second_person_has_confirmed_it(cast: Cast) -> None:
    held = ok(given(olga(cast), cast.hasse))
    assert not holds(cast.hasse)

    ok(persons.confirm_role(erik(cast), role_held_id=held, now=NOW))

    assert holds(cast.hasse)


def test_neither_who_gave_it_nor_who_gets_it_confirms_a_role(cast: Cast) -> None:
    held = ok(given(olga(cast), cast.david))

    assert persons.confirm_role(olga(cast), role_held_id=held, now=NOW) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert persons.confirm_role(cast.david, role_held_id=held, now=NOW) is Refusal.DISQUALIFIED
    assert persons.confirm_role(cast.cecilia, role_held_id=held, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW
    assert persons.confirm_role(in_another_town(cast.david), role_held_id=held, now=NOW) is Refusal.NOT_FOUND
    assert not holds(cast.david)


def test_a_role_is_confirmed_once(cast: Cast) -> None:
    held = ok(given(olga(cast), cast.hasse))
    ok(persons.confirm_role(erik(cast), role_held_id=held, now=NOW))

    assert persons.confirm_role(cast.david, role_held_id=held, now=NOW) is Refusal.WRONG_STATE


def test_a_role_of_the_installation_itself_waits_for_nobody(cast: Cast) -> None:
    held = RoleHeld.objects.get(person_id=cast.greta.person_id)

    assert persons.confirm_role(erik(cast), role_held_id=held.pk, now=NOW) is Refusal.WRONG_STATE
    assert holds(cast.greta, Role.ADMINISTRATIVE_ASSISTANT)


def test_the_database_refuses_one_person_as_both(cast: Cast) -> None:
    held = ok(given(olga(cast), cast.hasse))
    giver = olga(cast).person_id

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleConfirmed.objects.create(role_held_id=held, given_by_id=giver, confirmed_by_id=giver, known_at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_nobody_is_given_any_role_by_herself_even_with_a_willing_colleague(cast: Cast, role: Role) -> None:
    assert given(olga(cast), olga(cast), role) is Refusal.DISQUALIFIED


def test_a_role_that_was_taken_away_is_given_anew_not_drawn_out(cast: Cast) -> None:
    held = RoleHeld.objects.get(person_id=cast.david.person_id)
    ok(persons.end_role(cast.machine, role_held_id=held.pk, held_to=date(2021, 1, 1), reason="Slutat", now=NOW))

    again = persons.end_role(cast.machine, role_held_id=held.pk, held_to=date(2031, 1, 1), reason="Ångrat", now=NOW)

    assert again is Refusal.WRONG_STATE
    assert not holds(cast.david, Role.HEAD_OF_SOCIAL_SERVICES)

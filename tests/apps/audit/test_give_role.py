"""Roles: given by somebody else, with a reason, for a municipality, from a day to a day."""

from datetime import date

import pytest

from tests.cast import NOW, TOWN, Cast, ok
from timvis.apps.audit import persons, queries
from timvis.core.access import Role
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

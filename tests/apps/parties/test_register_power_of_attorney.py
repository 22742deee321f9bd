"""Powers of attorney: in original, from a day to a day, taken back whenever the recipient wants."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import HASSE_NUMBER, NOW, Cast, ok, with_role
from timvis.apps.parties import actions, queries, records
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.particulars import PowerOfAttorneyParticulars
from timvis.core.access import Actor, Relation, Role
from timvis.core.faults import Refusal

IN_SPRING = PowerOfAttorneyParticulars(
    agent_name="Hasse Holm",
    valid_from=date(2021, 1, 1),
    valid_to=date(2021, 7, 1),
    may_report=True,
    may_see=True,
    original_received_on=date(2020, 12, 20),
)


@pytest.fixture
def power_id(cast: Cast) -> int:
    return ok(
        actions.register_power_of_attorney(
            cast.greta,
            recipient_id=cast.recipient_id,
            agent_number=HASSE_NUMBER,
            particulars=IN_SPRING,
            now=NOW,
        )
    )


def relation_of(actor: Actor, cast: Cast) -> Relation:
    recipient = Recipient.objects.get(id=cast.recipient_id)
    return queries.relation_to_recipient(actor, recipient, now=NOW)


def test_an_agent_stands_near_only_while_the_power_of_attorney_holds(cast: Cast, power_id: int) -> None:
    hasse = with_role(cast.hasse, Role.AGENT)
    recipient = Recipient.objects.get(id=cast.recipient_id)
    # 30 June 23.00 in Stockholm is the last day; 1 July is the first without.
    last_day, first_without = NOW.replace(month=6, day=30, hour=21), NOW.replace(month=6, day=30, hour=23)

    near = [queries.relation_to_recipient(hasse, recipient, now=moment) for moment in (last_day, first_without)]

    assert near == [Relation.AGENT, Relation.OWN_MUNICIPALITY]


def test_a_power_of_attorney_that_is_taken_back_is_refused_on_the_next_request(cast: Cast, power_id: int) -> None:
    hasse = with_role(cast.hasse, Role.AGENT)
    before = relation_of(hasse, cast)

    ok(actions.revoke_power_of_attorney(cast.alma, power_id=power_id, revoked_on=NOW.date(), seen=1, now=NOW))

    assert before is Relation.AGENT
    assert relation_of(hasse, cast) is Relation.OWN_MUNICIPALITY


def test_a_power_of_attorney_that_is_taken_back_ends_that_day_and_no_earlier(cast: Cast, power_id: int) -> None:
    ok(actions.revoke_power_of_attorney(cast.cecilia, power_id=power_id, revoked_on=date(2021, 1, 20), seen=1, now=NOW))

    [mandate] = records.mandates(cast.recipient_id, known_at=NOW)
    assert (mandate.valid_from, mandate.valid_to) == (date(2021, 1, 1), date(2021, 1, 20))
    assert records.mandates(cast.recipient_id, known_at=NOW - timedelta(seconds=1)) == ()


def test_an_agent_does_not_take_back_or_give_himself_a_power_of_attorney(cast: Cast, power_id: int) -> None:
    agent = with_role(cast.hasse, Role.AGENT)
    officer = replace(with_role(cast.hasse, Role.CASE_OFFICER), personal_number="197407029284")

    taken_back = actions.revoke_power_of_attorney(agent, power_id=power_id, revoked_on=NOW.date(), seen=1, now=NOW)
    for_herself = actions.register_power_of_attorney(
        officer,
        recipient_id=cast.recipient_id,
        agent_number=officer.personal_number,
        particulars=IN_SPRING,
        now=NOW,
    )

    assert taken_back is Refusal.ROLE_DOES_NOT_ALLOW
    assert for_herself is Refusal.DISQUALIFIED


def test_an_officer_who_is_the_agent_no_longer_acts_for_the_municipality(cast: Cast, power_id: int) -> None:
    both = replace(cast.hasse, roles=frozenset({Role.CASE_OFFICER, Role.AGENT}))

    refusal = actions.revoke_power_of_attorney(both, power_id=power_id, revoked_on=NOW.date(), seen=1, now=NOW)

    assert refusal is Refusal.NO_RELATION


def test_taking_back_a_version_that_is_not_the_latest_is_refused(cast: Cast, power_id: int) -> None:
    for seen in (0, 7):
        refusal = actions.revoke_power_of_attorney(
            cast.alma, power_id=power_id, revoked_on=NOW.date(), seen=seen, now=NOW
        )

        assert refusal is Refusal.SOMEONE_ELSE_WAS_FIRST

"""A provider's permit, tax and managers: told by the municipality, from a day on, and kept as they were."""

from dataclasses import replace
from datetime import date

from tests.cast import EKOT_NUMBER, ELSA_NUMBER, NOW, Cast, ok
from timvis.apps.parties import actions, queries, records
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.records import ProviderKind, WorkingTimeLaw

WITHOUT_PERMIT = ProviderParticulars(
    name="Ekot AB",
    kind=ProviderKind.COMPANY,
    permit_is_known=True,
    permit_from=date(2015, 1, 1),
    permit_to=date(2021, 1, 15),
    told_of_end_on=date(2021, 1, 16),
)


def test_a_provider_can_be_read_as_a_record(cast: Cast) -> None:
    ekot = records.provider(cast.ekot_id, known_at=NOW)

    assert (ekot.number, ekot.name, ekot.kind) == (EKOT_NUMBER, "Ekot AB", ProviderKind.COMPANY)
    assert (ekot.permit_is_known, ekot.permit_from, ekot.permit_to) == (True, date(2015, 1, 1), None)
    assert (ekot.working_time_law, ekot.managers) == (WorkingTimeLaw.WORKING_HOURS_ACT, (ELSA_NUMBER,))


def test_a_change_from_a_day_leaves_the_days_before_it_as_they_were(cast: Cast) -> None:
    ok(
        actions.change_provider(
            cast.cecilia,
            provider_id=cast.ekot_id,
            particulars=replace(WITHOUT_PERMIT, name="Ekot Omsorg AB"),
            seen=1,
            now=NOW,
            valid_from=date(2021, 1, 1),
        )
    )

    names = [
        records.provider(cast.ekot_id, known_at=NOW, on=day).name for day in (date(2020, 12, 31), date(2021, 1, 1))
    ]
    assert names == ["Ekot AB", "Ekot Omsorg AB"]


def test_a_provider_does_not_tell_the_municipality_about_its_own_permit(cast: Cast) -> None:
    refusal = actions.change_provider(cast.elsa, provider_id=cast.ekot_id, particulars=WITHOUT_PERMIT, seen=1, now=NOW)

    assert refusal is Refusal.ROLE_DOES_NOT_ALLOW


def test_an_officer_who_works_for_the_provider_is_disqualified(cast: Cast) -> None:
    both = replace(
        cast.elsa,
        roles=frozenset({Role.CASE_OFFICER, Role.PROVIDER_ADMIN}),
    )

    refusal = actions.change_provider(both, provider_id=cast.ekot_id, particulars=WITHOUT_PERMIT, seen=1, now=NOW)

    assert refusal is Refusal.NO_RELATION


def test_a_person_acts_for_a_provider_from_the_first_day_to_the_last(cast: Cast) -> None:
    person_id = cast.hasse.person_id
    ok(
        actions.register_membership(
            cast.cecilia,
            provider_id=cast.fjarran_id,
            person_id=person_id,
            held_from=date(2021, 3, 1),
            held_to=date(2021, 4, 1),
            now=NOW,
        )
    )

    def acts_on(day: date) -> bool:
        actor = queries.actor_of(person_id, municipality="vasteras", logged_in_at=NOW, on=day)
        return actor is not None and cast.fjarran_id in actor.provider_ids

    days = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 31), date(2021, 4, 1))
    assert [acts_on(day) for day in days] == [False, True, True, False]


def test_nobody_makes_herself_a_providers_representative(cast: Cast) -> None:
    refusal = actions.register_membership(
        cast.cecilia,
        provider_id=cast.ekot_id,
        person_id=cast.cecilia.person_id,
        held_from=NOW.date(),
        now=NOW,
    )

    assert refusal is Refusal.DISQUALIFIED

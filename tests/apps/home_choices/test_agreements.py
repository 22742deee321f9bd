"""A provider is approved, says what it does where and when, sets its ceiling, and may leave."""

from dataclasses import replace
from datetime import date, timedelta

from tests.apps.home_choices.choosing import HELP, Town, an_agreement, approved, hours, made
from tests.apps.home_orders.town import MONDAY, NOW
from tests.cast import in_another_town, with_role
from timvis.apps.audit.models import LogEntry
from timvis.apps.home_choices import agreement_acts, queries
from timvis.apps.home_choices.models import HomeAgreement, HomeAgreementVersion
from timvis.core.access import Role
from timvis.core.calculation.home_care.settings import Form
from timvis.core.faults import Refusal
from timvis.core.home_care.capacity import Room
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import Minutes

TOMORROW = MONDAY + timedelta(days=1)


def standing(town: Town, on: date = MONDAY) -> dict[str, queries.HomeProvider]:
    municipality = town.head.municipality
    routine = queries.routine_on(municipality, on)
    return {one.name: one for one in queries.providers(municipality, known_at=NOW, on=on, routine=routine)}


def test_an_approved_provider_stands_with_its_services_hours_and_price(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    ekot = standing(town)["Ekot AB"]
    routine = queries.routine_on(town.head.municipality, MONDAY)
    assert routine is not None
    assert ekot.terms.services == (OfferedService(name=HELP, from_minute=420, to_minute=1320),)
    assert ekot.form is Form.PRIVATE
    # The council's price per hour for private providers; no agreement has one of its own.
    assert [price.amount_ore for price in queries.prices(ekot, routine, on=MONDAY)] == [36200]


def test_the_towns_own_home_care_is_its_own_form(town: Town) -> None:
    approved(town, town.own_id)
    assert standing(town)["Kommunens hemtjänst"].form is Form.OWN


def test_everything_the_routine_has_no_word_for_is_said_at_once_and_nothing_is_kept(town: Town) -> None:
    told = an_agreement(
        reference=" ",
        services=(
            OfferedService(name="fönsterputs"),
            OfferedService(name=HELP, from_minute=600, to_minute=600),
            OfferedService(name=HELP),
        ),
        areas=("Norr",),
        ends_on=date(2014, 1, 1),
        ceiling_minutes=Minutes(0),
    )
    faults = agreement_acts.register_home_agreement(town.head, town.cast.ekot_id, told, now=NOW)
    assert isinstance(faults, tuple)
    assert [fault.column for fault in faults] == [
        "ends_on",
        "ceiling",
        "services",
        "services",
        "services",
        "areas",
        "reference",
    ]
    assert not HomeAgreement.objects.exists()


def test_a_later_change_holds_from_its_day_and_the_earlier_terms_until_then(town: Town) -> None:
    approved(town, town.cast.ekot_id, ceiling_minutes=hours(200))
    later = an_agreement(ceiling_minutes=hours(300), valid_from=TOMORROW)
    made(agreement_acts.change_home_agreement(town.head, town.cast.ekot_id, later, seen=1, now=NOW))
    assert standing(town)["Ekot AB"].terms.ceiling_minutes == hours(200)
    assert standing(town, TOMORROW)["Ekot AB"].terms.ceiling_minutes == hours(300)


def test_an_agreement_that_is_given_notice_ends_for_the_earlier_terms_too(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    ended = an_agreement(ends_on=date(2026, 6, 1), valid_from=TOMORROW)
    made(agreement_acts.change_home_agreement(town.head, town.cast.ekot_id, ended, seen=1, now=NOW))
    assert standing(town)["Ekot AB"].terms.ends_on == date(2026, 6, 1)
    assert not standing(town, date(2026, 6, 1))["Ekot AB"].terms.holds_on(date(2026, 6, 1))


def test_the_provider_sets_its_own_ceiling_from_today_on_and_nothing_else_changes(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    elsa = replace(town.cast.elsa, logged_in_at=NOW)
    made(agreement_acts.change_ceiling(elsa, town.cast.ekot_id, hours(200), from_on=MONDAY, seen=1, now=NOW))
    ekot = standing(town)["Ekot AB"]
    assert (ekot.terms.ceiling_minutes, ekot.room) == (hours(200), Room.OPEN)
    assert ekot.terms.services == an_agreement().services


def test_a_ceiling_is_not_changed_backwards(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    faults = agreement_acts.change_ceiling(
        town.cast.elsa, town.cast.ekot_id, hours(1), from_on=MONDAY - timedelta(days=1), seen=1, now=NOW
    )
    assert isinstance(faults, tuple)
    assert HomeAgreementVersion.objects.count() == 1


def test_nobody_sets_anothers_ceiling_and_no_provider_writes_its_own_agreement(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    for actor in (town.cast.fatima, town.cast.cecilia, town.head):
        outcome = agreement_acts.change_ceiling(actor, town.cast.ekot_id, None, from_on=MONDAY, seen=1, now=NOW)
        assert outcome in (Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)
    told = an_agreement(ceiling_minutes=None)
    for actor in (town.cast.elsa, with_role(town.cast.elsa, Role.AUTHORITY_HEAD)):
        outcome = agreement_acts.change_home_agreement(actor, town.cast.ekot_id, told, seen=1, now=NOW)
        assert outcome in (Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)


def test_another_towns_provider_does_not_exist(town: Town) -> None:
    outcome = agreement_acts.register_home_agreement(
        in_another_town(town.head), town.cast.ekot_id, an_agreement(), now=NOW
    )
    assert outcome is Refusal.NOT_FOUND


def test_of_two_who_change_the_same_agreement_one_was_first_and_the_log_knows(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    told = an_agreement(profile="Vi talar finska.")
    made(agreement_acts.change_home_agreement(town.head, town.cast.ekot_id, told, seen=1, now=NOW))
    again = agreement_acts.change_home_agreement(town.head, town.cast.ekot_id, told, seen=1, now=NOW)
    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST
    outcomes = LogEntry.objects.filter(action="change_home_agreement").order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["done", "someone_else_was_first"]

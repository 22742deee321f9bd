"""Every last day towards the state, with a warning on the last working day before, and nobody named."""

from datetime import date, datetime

import pytest

from tests.apps.state_registers.assignments import an_assignment, the_town_as_provider
from tests.cast import LONG_AGO, NOW, Cast, ok
from timvis.apps.decisions import actions as decisions
from timvis.apps.grant_periods.models import GrantPeriod, GrantPeriodVersion
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.state_registers import actions
from timvis.apps.state_reports.deadlines import LastDay, last_days, rules_from_events
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, ProviderKind, Regime
from timvis.formats.law.packaged import load_law


@pytest.fixture
def own(cast: Cast) -> Cast:
    """The cast, with the town as Alma's provider on the state's decision."""
    the_town_as_provider(cast)
    an_assignment(cast, decided_on=date(2020, 12, 1), agreement_signed_on=date(2020, 12, 15))
    return cast


def days(month: date, now: datetime = NOW) -> dict[str, LastDay]:
    return {one.label: one for one in last_days("vasteras", month, 1, LawReader(load_law()), now=now)}


def test_a_town_that_provides_nothing_has_no_last_days_towards_the_state(cast: Cast) -> None:
    assert days(date(2021, 2, 1)) == {}


def test_every_month_has_the_5th_the_15th_and_the_days_of_payment(own: Cast) -> None:
    found = days(date(2021, 2, 1))

    told = {one.label: (one.on.day, one.warn_on.day, one.care_month_on) for one in found.values()}
    assert told == {
        "Tidsredovisning till Försäkringskassan": (5, 4, date(2020, 12, 1)),
        "Räkning till Försäkringskassan (den enskilde)": (5, 4, date(2020, 12, 1)),
        "Anordnare och betalningsmottagare, blankett 3079 med avtalet": (15, 12, date(2021, 3, 1)),
        "Försäkringskassan betalar (den 5:e)": (5, 4, None),
        "Försäkringskassan betalar (den 20:e)": (19, 18, None),  # the 20th is a Saturday
    }


def test_the_bill_is_reminded_of_where_the_clocks_change(own: Cast) -> None:
    assert any("Klockan ställs om" in label for label in days(date(2021, 3, 1)))
    assert not any("Klockan ställs om" in label for label in days(date(2021, 4, 1)))


def test_what_is_left_to_send_stands_on_its_day_without_a_name(own: Cast) -> None:
    # The assignment begins 4 January 2021 and no 3079 is sent.
    found = last_days("vasteras", date(2021, 1, 1), 1, LawReader(load_law()), now=NOW)

    left = [one for one in found if one.care_month_on is None and "3079" in one.label]
    assert [(one.on, one.count) for one in left] == [(date(2021, 1, 4), 1)]
    assert not any("Alma" in f"{one.label} {one.rule}" for one in found)


def test_two_weeks_after_a_lost_permit_stand_in_the_calendar(own: Cast) -> None:
    particulars = ProviderParticulars(
        name="Ekot AB",
        kind=ProviderKind.COMPANY,
        permit_is_known=True,
        permit_from=LONG_AGO,
        permit_to=date(2021, 1, 25),
        told_of_end_on=date(2021, 1, 28),
    )
    ok(parties.change_provider(own.cecilia, provider_id=own.ekot_id, particulars=particulars, seen=1, now=NOW))
    found = days(date(2021, 2, 1))["Sista dag som ersätts sedan anordnarens tillstånd har upphört"]

    assert (found.on, found.warn_on) == (date(2021, 2, 11), date(2021, 2, 10))


def test_a_grant_period_is_settled_two_months_after_it_ends_until_somebody_says_it_is(own: Cast) -> None:
    granted = decisions.DecisionParticulars(
        regime=Regime.SFB,
        decided_on=date(2020, 12, 1),
        decided_by="Försäkringskassan",
        valid_from=date(2020, 12, 1),
        granted_minutes=Minutes(40 * 60),
        per=GrantUnit.WEEK,
    )
    ok(
        decisions.register_decision(
            own.cecilia, recipient_id=own.recipient_id, reference="SFB-1", particulars=granted, now=NOW
        )
    )
    label = "Slutavräkning: inget betalas på en räkning som kommer senare"

    # Six months from 1 December end with 31 May; two months later is 31 July.
    assert days(date(2021, 7, 1))[label].on == date(2021, 7, 31)
    ok(
        actions.register_settlement(
            own.cecilia,
            recipient_id=own.recipient_id,
            period_from=date(2020, 12, 1),
            period_to=date(2021, 6, 1),
            settled_on=date(2021, 7, 20),
            now=NOW,
        )
    )
    assert label not in days(date(2021, 7, 1))


def test_what_is_counted_from_an_event_is_told_as_a_rule(own: Cast) -> None:
    rules = dict(rules_from_events())

    assert "14 dagar efter ändringen blev känd" in rules["Ändrade förhållanden"]
    assert "2 månader efter beviljandeperiodens sista dag" in " ".join(rules.values())
    assert "2 veckor efter den enskilde fick veta" in " ".join(rules.values())
    assert "2 månader efter den preliminära utbetalningen" in " ".join(rules.values())


def test_a_registered_grant_period_counts_before_the_longest_there_can_be(own: Cast) -> None:
    granted = decisions.DecisionParticulars(
        regime=Regime.SFB,
        decided_on=date(2020, 12, 1),
        decided_by="Försäkringskassan",
        valid_from=date(2020, 12, 1),
        granted_minutes=Minutes(40 * 60),
        per=GrantUnit.WEEK,
    )
    ok(
        decisions.register_decision(
            own.cecilia, recipient_id=own.recipient_id, reference="SFB-1", particulars=granted, now=NOW
        )
    )
    period = GrantPeriod.objects.create(recipient_id=own.recipient_id, begins_on=date(2020, 12, 1))
    GrantPeriodVersion.objects.create(
        thing=period, number=1, known_at=NOW, valid_from=date(2020, 12, 1), valid_to=date(2021, 3, 1)
    )
    label = "Slutavräkning: inget betalas på en räkning som kommer senare"

    assert days(date(2021, 4, 1))[label].on == date(2021, 4, 28)
    assert label not in days(date(2021, 7, 1))

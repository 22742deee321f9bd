"""A grant period: what the state granted, what was performed and paid, which hours are left, and what goes back."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.signed_months import JANUARY, law
from tests.apps.state_month import report_january, the_state_grants
from tests.cast import NOW, Cast, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims.models import Claim
from timvis.apps.grant_periods import actions, queries
from timvis.apps.grant_periods.models import GrantPeriod
from timvis.apps.grant_periods.records import Account, account, grants_left
from timvis.apps.state_registers.actions import register_settlement
from timvis.apps.state_reports.bills import BillParticulars, register_bill
from timvis.apps.state_reports.months import of_month
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, OrePerHour
from timvis.core.records import GrantUnit

PARTS_PER_HOUR = 60 * 28
JULY = date(2021, 7, 1)
RATE_2021 = 31_500


def a_period(cast: Cast, *, ends_on: date = JULY, begins_on: date = JANUARY) -> int:
    return _id(register(cast, begins_on=begins_on, ends_on=ends_on))


def register(cast: Cast, *, begins_on: date, ends_on: date) -> int | Refusal | tuple[Fault, ...]:
    return actions.register_period(
        cast.greta, recipient_id=cast.recipient_id, begins_on=begins_on, ends_on=ends_on, law=LawReader(law()), now=NOW
    )


def pay(cast: Cast, period_id: int, **says: Any) -> int | Refusal | tuple[Fault, ...]:
    told = {"paid_on": date(2021, 3, 19), "amount_ore": 100_000, "reference": "januari", **says}
    return actions.register_state_payment(cast.hasse, period_id=period_id, now=NOW, **told)


def _id(outcome: int | Refusal | tuple[Fault, ...]) -> int:
    assert isinstance(outcome, int), outcome
    return outcome


def codes(outcome: object) -> list[str]:
    assert isinstance(outcome, tuple), outcome
    return [fault.code for fault in outcome]


def told(period_id: int) -> Account:
    found = account(GrantPeriod.objects.get(pk=period_id), law(), known_at=NOW)
    assert found is not None
    return found


@pytest.fixture
def reported(cast: Cast) -> Cast:
    the_state_grants(cast)
    report_january(cast)
    return cast


# --- granted, performed, paid ---------------------------------------------------------------------------------------


def test_what_was_performed_is_set_against_what_was_granted_and_the_rest_can_still_be_used(reported: Cast) -> None:
    found = told(a_period(reported))

    # 181 days at forty hours a week, exact to the 28th of a minute.
    assert found.granted_28ths * 7 == 40 * 181 * PARTS_PER_HOUR
    assert found.used_28ths == 16 * PARTS_PER_HOUR
    assert found.left_28ths == found.granted_28ths - found.used_28ths
    assert found.due_ore == 16 * RATE_2021
    assert found.outcome is not None
    (left,) = [line for line in found.outcome.statement.lines if line.code == "hours_left"]
    assert "kan användas till och med" in left.because
    assert "i veckan" in left.because


def test_what_the_state_has_paid_is_taken_off_and_too_much_goes_back(reported: Cast) -> None:
    period = a_period(reported)
    _id(pay(reported, period, amount_ore=16 * RATE_2021 + 250_000))

    assert (told(period).due_ore, told(period).owed_ore) == (0, 250_000)

    _id(pay(reported, period, amount_ore=-250_000, reference="återbetalt", paid_on=date(2021, 8, 2)))
    found = told(period)
    assert (found.due_ore, found.owed_ore) == (0, 0)
    assert found.outcome is not None
    assert "paid_back" in {line.code for line in found.outcome.statement.lines}


def test_the_registered_higher_rate_is_what_an_hour_is_worth(cast: Cast) -> None:
    the_state_grants(cast, rate_ore_per_hour=OrePerHour(33_000))
    report_january(cast)

    assert told(a_period(cast)).due_ore == 16 * 33_000


def test_two_rates_in_one_period_are_not_told_as_one(reported: Cast) -> None:
    the_state_grants(reported, reference="SFB-2", valid_from=date(2021, 4, 1), rate_ore_per_hour=33_000)

    found = told(a_period(reported))

    assert found.outcome is None
    assert found.used_28ths == 16 * PARTS_PER_HOUR


def test_time_outside_the_periods_days_is_not_its_time(reported: Cast) -> None:
    # The shifts are on the 4th and the 5th.
    assert told(a_period(reported, begins_on=date(2021, 1, 5))).used_28ths == 8 * PARTS_PER_HOUR


# --- settled --------------------------------------------------------------------------------------------------------


def settle(cast: Cast, on: date) -> None:
    _id(
        register_settlement(
            cast.greta, recipient_id=cast.recipient_id, period_from=JANUARY, period_to=JULY, settled_on=on, now=NOW
        )
    )


def test_after_the_final_settlement_hours_lapse_and_money_over_goes_back(reported: Cast) -> None:
    period = a_period(reported)
    _id(pay(reported, period, amount_ore=900_000))
    settle(reported, date(2021, 8, 30))

    found = told(period)

    assert found.outcome is not None
    assert "hours_lapsed" in {line.code for line in found.outcome.statement.lines}
    assert found.owed_ore == 900_000 - 16 * RATE_2021
    assert [each.code for each in found.outcome.findings] == ["more_was_paid_than_was_due"]


def test_nothing_is_paid_for_what_was_reported_after_the_settlement(reported: Cast) -> None:
    period = a_period(reported)
    settle(reported, date(2021, 1, 31))  # January came in on 1 February

    found = told(period)

    assert found.due_ore == 0
    assert [(month.within, month.too_late) for month in found.months] == [(0, 16 * PARTS_PER_HOUR)]


def test_a_bill_after_the_settlement_is_red_in_the_month(reported: Cast) -> None:
    settle(reported, date(2021, 1, 31))
    bill = BillParticulars(active_minutes=16 * 60, received_on=NOW.date())
    ok(
        register_bill(
            reported.greta, recipient_id=reported.recipient_id, month_on=JANUARY, particulars=bill, seen=0, now=NOW
        )
    )

    (month,) = of_month(Claim.objects.filter(recipient_id=reported.recipient_id), JANUARY, law(), now=NOW)

    assert month.verdict is not None
    assert "K21" in month.verdict.controls


# --- the month, counted over its period -------------------------------------------------------------------------------


def controls(cast: Cast) -> tuple[str, ...]:
    (month,) = of_month(Claim.objects.filter(recipient_id=cast.recipient_id), JANUARY, law(), now=NOW)
    assert month.verdict is not None, month.gap
    return month.verdict.controls


def test_hours_may_be_moved_inside_a_period_so_a_month_above_its_share_is_not_too_much(cast: Cast) -> None:
    # Three hours a week are 13 h 17 min in January and 77 h 34 min in the period; 16 h are reported.
    the_state_grants(cast, granted_minutes=Minutes(3 * 60))
    report_january(cast)
    assert "K15" in controls(cast)

    a_period(cast)
    assert "K15" not in controls(cast)


def test_what_the_periods_earlier_months_have_used_is_not_there_for_a_later_one(reported: Cast) -> None:
    period = a_period(reported)

    (grant,) = grants_left(reported.recipient_id, date(2021, 2, 1), law(), known_at=NOW)

    assert (grant.granted_from, grant.granted_to, grant.per) == (JANUARY, JULY, GrantUnit.PERIOD)
    left = grant.granted_minutes * 28 - grant.used_parts
    assert left == told(period).left_28ths


# --- what cannot be so, and who may ----------------------------------------------------------------------------------


def test_a_period_has_at_most_six_months_an_end_and_days_of_its_own(cast: Cast) -> None:
    assert codes(register(cast, begins_on=JANUARY, ends_on=date(2021, 7, 2))) == ["grant_period_is_too_long"]
    assert codes(register(cast, begins_on=JANUARY, ends_on=JANUARY)) == ["grant_period_ends_before_it_begins"]
    first = a_period(cast)
    assert register(cast, begins_on=JANUARY, ends_on=JULY) != first
    assert codes(register(cast, begins_on=date(2021, 6, 1), ends_on=date(2021, 12, 1))) == ["grant_periods_overlap"]
    assert isinstance(register(cast, begins_on=JULY, ends_on=date(2022, 1, 1)), int)


def test_a_periods_end_is_told_anew_and_the_old_one_is_kept(cast: Cast) -> None:
    period, other = a_period(cast), a_period(cast, begins_on=JULY, ends_on=date(2021, 10, 1))

    def change(ends_on: date, seen: int) -> int | Refusal | tuple[Fault, ...]:
        return actions.change_period(
            cast.cecilia, period_id=period, ends_on=ends_on, seen=seen, law=LawReader(law()), now=NOW
        )

    assert change(date(2021, 6, 1), 1) == 2
    assert change(date(2021, 5, 1), 1) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert codes(change(date(2021, 7, 2), 2)) == ["grant_period_is_too_long", "grant_periods_overlap"]
    assert [row.pk for row, _ in queries.periods_of(cast.recipient_id, known_at=NOW)] == [other, period]
    assert GrantPeriod.objects.get(pk=period).versions.count() == 2


def test_a_payment_has_an_amount_and_a_reference_and_is_registered_once(cast: Cast) -> None:
    period = a_period(cast)

    assert codes(pay(cast, period, amount_ore=0)) == ["payment_has_no_amount"]
    assert codes(pay(cast, period, reference=" ")) == ["payment_has_no_reference"]
    _id(pay(cast, period))
    assert codes(pay(cast, period)) == ["payment_is_registered"]
    assert LogEntry.objects.filter(action="register_state_payment", outcome="done").count() == 1


def test_who_neither_has_the_decision_nor_the_money_registers_nothing(cast: Cast) -> None:
    period = a_period(cast)
    denied = actions.register_state_payment(
        cast.cecilia, period_id=period, paid_on=JANUARY, amount_ore=1, reference="x", now=NOW
    )

    assert denied is Refusal.ROLE_DOES_NOT_ALLOW
    assert pay(cast, period + 99) is Refusal.NOT_FOUND
    outsider = actions.register_period(
        cast.fatima,
        recipient_id=cast.recipient_id,
        begins_on=JULY,
        ends_on=date(2021, 9, 1),
        law=LawReader(law()),
        now=NOW,
    )
    assert isinstance(outsider, Refusal)


def test_nothing_of_it_can_be_rewritten(cast: Cast) -> None:
    _id(pay(cast, a_period(cast)))

    for table in ("grantperiodversion", "statepayment"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM grant_periods_{table}")

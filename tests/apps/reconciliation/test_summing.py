"""The authority head sums a signed month: what may be billed, to the öre, in a letter that names nobody."""

from fractions import Fraction

import pytest

from tests.apps.reconciliation.march import HOUR_ORE, MARCH, NOW, Month, a_month, a_visit, came_in
from tests.apps.signed_months import law
from timvis.apps.reconciliation import actions, queries, records, summing
from timvis.apps.reconciliation.models import Summary, SummaryPart
from timvis.core.faults import Refusal
from timvis.core.home_care.paid import LineWordKind
from timvis.core.quantities import half_up

APPROVED = LineWordKind.APPROVED


@pytest.fixture
def within(db: None) -> Month:
    """Twenty hours performed of the thirty ordered."""
    return a_month(hours=20)


def test_the_summary_is_sent_when_an_officer_has_signed(within: Month) -> None:
    outcome = summing.send_summary(within.hanna, within.ekot, MARCH, seen=within.desk().digest, law=law(), now=NOW)
    assert outcome is Refusal.NOT_THE_NEXT_STEP
    within.says(APPROVED)
    within.signed()

    summary = within.summed("Tack för en bra månad.")

    assert summary.total_ore == 20 * HOUR_ORE
    assert [(part.minutes, part.amount_ore) for part in summary.parts.all()] == [("1200", 20 * HOUR_ORE)]
    assert records.approved_minutes(summary) == {within.alma().key: Fraction(1200)}
    assert within.alma().line.approved == 1200


def test_the_letter_says_the_sums_and_names_nobody(within: Month) -> None:
    within.says(APPROVED)
    within.signed()

    letter = within.summed().letter

    assert letter is not None
    assert "20,00" in letter.html
    assert "7\N{NO-BREAK SPACE}240,00" in letter.html.replace(" ", "\N{NO-BREAK SPACE}")
    assert "Alma" not in letter.html
    assert within.town.cast.alma.personal_number[-4:] not in letter.html
    assert letter.recipient_id is None


def test_when_the_basis_is_wrong_the_order_is_paid(within: Month) -> None:
    within.says(LineWordKind.GRANTED_INSTEAD, "Två veckor saknas i underlaget")
    within.signed()

    # 30 of 31 days of thirty hours: 1 741,9 minutes.
    exact = Fraction(54_000, 31) * HOUR_ORE / 60
    assert within.summed().total_ore == half_up(exact.numerator, exact.denominator)


def test_a_month_that_is_not_approved_comes_to_nothing(within: Month) -> None:
    within.says(LineWordKind.NOT_APPROVED, "Hon var på resa")
    within.signed()

    summary = within.summed()

    assert summary.total_ore == 0
    assert not SummaryPart.objects.filter(summary=summary).exists()


def test_time_above_the_order_waits_for_a_decision_and_then_is_paid_or_not(month: Month) -> None:
    came_in(month, a_visit(20, 20))
    month.says(APPROVED)
    month.signed()
    waits = summing.send_summary(month.hanna, month.ekot, MARCH, seen=month.desk().digest, law=law(), now=NOW)
    assert isinstance(waits, tuple)
    assert [fault.code for fault in waits] == ["time_above_the_order_is_not_decided"]

    decided = actions.decide_above_order(
        month.hanna, month.of_alma, is_paid=True, reason="Akut behov", seen=month.alma().seen, now=NOW
    )

    assert decided is True
    assert month.summed().total_ore == 31 * HOUR_ORE


def test_a_decision_on_the_time_above_counts_only_for_the_minutes_it_was_about(month: Month) -> None:
    def decide() -> object:
        return actions.decide_above_order(
            month.hanna, month.of_alma, is_paid=True, reason="Akut behov", seen=month.alma().seen, now=NOW
        )

    came_in(month, a_visit(20, 20))
    assert decide() is True
    came_in(month, a_visit(21, 20))
    month.says(APPROVED)
    month.signed()

    one = month.alma()
    assert (one.above, one.newest_above is None) == (None, False)
    waits = summing.send_summary(month.hanna, month.ekot, MARCH, seen=month.desk().digest, law=law(), now=NOW)
    assert isinstance(waits, tuple)
    assert [fault.code for fault in waits] == ["time_above_the_order_is_not_decided"]
    assert decide() is True
    assert month.summed().total_ore == 32 * HOUR_ORE


def test_there_is_nothing_to_decide_where_nothing_is_above(within: Month) -> None:
    outcome = actions.decide_above_order(
        within.hanna, within.of_alma, is_paid=True, reason="Ja", seen=within.alma().seen, now=NOW
    )

    assert isinstance(outcome, tuple)
    assert outcome[0].code == "nothing_is_above_the_order"


def test_the_same_sums_are_not_sent_twice_and_a_later_summary_takes_the_place_of_the_earlier(within: Month) -> None:
    within.says(APPROVED)
    within.signed()
    first = within.summed()
    again = summing.send_summary(within.hanna, within.ekot, MARCH, seen=within.desk().digest, law=law(), now=NOW)
    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST

    came_in(within, a_visit(30, 20))
    within.says(APPROVED)
    within.signed()
    second = within.summed()

    assert (first.number, second.number) == (1, 2)
    assert second.total_ore == 21 * HOUR_ORE
    assert queries.newest_summary(within.ekot, MARCH) == second
    assert Summary.objects.count() == 2


def test_what_was_shown_is_what_is_sent(within: Month) -> None:
    within.says(APPROVED)
    within.signed()
    shown = within.desk().digest
    came_in(within, a_visit(30, 20))

    outcome = summing.send_summary(within.hanna, within.ekot, MARCH, seen=shown, law=law(), now=NOW)

    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_the_officer_who_signs_does_not_send(within: Month) -> None:
    outcome = summing.send_summary(within.cecilia, within.ekot, MARCH, seen=within.desk().digest, law=law(), now=NOW)

    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW

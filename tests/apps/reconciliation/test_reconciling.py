"""An officer reconciles a month line by line: ticks, asks, comments, and signs what she was shown."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.apps.home_orders.town import at
from tests.apps.reconciliation.march import HOUR_ORE, MARCH, NOW, Month, a_month, a_visit, came_in
from timvis.apps.reconciliation import actions
from timvis.apps.reconciliation.models import AskedOf
from timvis.apps.reconciliation.queries import LineStanding
from timvis.core.access import Relation, Role
from timvis.core.faults import Refusal
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.reconciliation import DifferenceKind
from timvis.core.home_care.visits import VisitState

APPROVED, ASKED = LineWordKind.APPROVED, LineWordKind.ASKED


def test_what_was_ordered_stands_beside_what_was_performed(month: Month) -> None:
    line = month.alma().line

    # Thirty hours a month from the second of March: 30 of its 31 days.
    assert line.ordered == Fraction(30 * 60 * 30, 31)
    assert line.performed == 30 * 60
    assert (line.approved, line.charged) == (None, None)
    [difference] = line.differences
    assert difference.kind is DifferenceKind.ABOVE_ORDER
    assert difference.amount_ore == round((1800 - Fraction(54000, 31)) * HOUR_ORE / 60)


@pytest.mark.django_db
def test_the_lines_that_agree_are_ticked_all_at_once_and_the_others_are_left() -> None:
    month = a_month(hours=29)
    came_in(month, a_visit(31, 9, minutes=1))

    assert actions.tick_all_that_agree(month.cecilia, month.ekot, MARCH, now=NOW) == 0
    assert month.alma().standing is LineStanding.UNSEEN


def test_a_word_is_given_on_the_figures_that_were_shown_and_is_out_of_date_when_they_change(month: Month) -> None:
    seen = month.alma().seen
    month.says(APPROVED)
    assert month.alma().standing is LineStanding.SETTLED

    came_in(month, a_visit(20, 20))

    assert month.alma().standing is LineStanding.CHANGED
    outcome = actions.give_word(month.cecilia, month.of_alma, APPROVED, seen=seen, now=NOW)
    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_anything_but_approving_says_why(month: Month) -> None:
    for kind in (LineWordKind.NOT_APPROVED, LineWordKind.GRANTED_INSTEAD):
        outcome = actions.give_word(month.cecilia, month.of_alma, kind, seen=month.alma().seen, now=NOW)
        assert outcome is Refusal.REASON_IS_MISSING


def test_a_question_waits_for_the_providers_own_answer(month: Month) -> None:
    asked = actions.ask(
        month.cecilia,
        month.of_alma,
        AskedOf.PROVIDER,
        text="Varför två besök den 3?",
        seen=month.alma().seen,
        now=NOW,
    )
    assert isinstance(asked, int)
    assert month.alma().standing is LineStanding.ASKED
    assert actions.answer(at(month.town.cast.fatima, NOW), asked, text="Nej", now=NOW) is not None

    assert isinstance(actions.answer(month.elsa, asked, text="Hon behövde det.", now=NOW), int)

    assert month.alma().standing is LineStanding.ANSWERED
    assert actions.answer(month.elsa, asked, text="Igen", now=NOW) is Refusal.SOMEONE_ELSE_WAS_FIRST
    month.says(APPROVED)
    assert month.alma().standing is LineStanding.SETTLED


def test_what_the_recipient_said_is_written_down_by_the_officer_and_not_by_the_provider(month: Month) -> None:
    asked = actions.ask(
        month.cecilia, month.of_alma, AskedOf.RECIPIENT, text="Kom de?", seen=month.alma().seen, now=NOW
    )
    assert isinstance(asked, int)

    assert actions.answer(month.elsa, asked, text="Ja", now=NOW) is Refusal.NO_RELATION
    assert isinstance(actions.answer(month.cecilia, asked, text="Ja, varje dag.", now=NOW), int)


def test_the_month_is_signed_when_every_line_is_settled_and_once(month: Month) -> None:
    outcome = actions.sign_month(month.cecilia, month.ekot, MARCH, seen=month.desk().digest, now=NOW)
    assert isinstance(outcome, tuple)
    assert outcome[0].code == "lines_are_not_settled"

    month.says(APPROVED)
    assert month.signed() == 1
    assert month.desk().is_signed

    again = actions.sign_month(month.cecilia, month.ekot, MARCH, seen=month.desk().digest, now=NOW)
    assert again is Refusal.WRONG_STATE


def test_a_visit_that_comes_in_after_the_signature_voids_it(month: Month) -> None:
    month.says(APPROVED)
    month.signed()

    came_in(month, a_visit(20, 20))

    assert not month.desk().is_signed


@pytest.mark.parametrize("role", [Role.PROVIDER_ADMIN, Role.FINANCE_ASSISTANT, Role.AUTHORITY_HEAD])
def test_only_an_officer_reconciles(month: Month, role: Role) -> None:
    other = replace(month.cecilia, roles=frozenset({role}))

    outcome = actions.give_word(other, month.of_alma, APPROVED, seen=month.alma().seen, now=NOW)

    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW


def test_an_officer_does_not_reconcile_her_own_help(month: Month) -> None:
    herself = replace(month.cecilia, personal_number=month.town.cast.alma.personal_number)

    outcome = actions.give_word(herself, month.of_alma, APPROVED, seen=month.alma().seen, now=NOW)
    ticked = actions.tick_all_that_agree(herself, month.ekot, MARCH, now=NOW)

    assert outcome in (Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)
    assert ticked == 0
    assert Relation.SELF != Relation.OWN_MUNICIPALITY


def test_what_was_planned_and_never_happened_is_no_performed_time(month: Month) -> None:
    came_in(month, a_visit(25, 20, state=VisitState.PLANNED), a_visit(26, 20, state=VisitState.CANCELLED))

    assert month.alma().line.performed == 30 * 60

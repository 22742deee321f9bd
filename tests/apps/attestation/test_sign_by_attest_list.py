"""Signing where the board's attest list decides: whose name stands there, for how much, on the day she signs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.apps.attest_lists import YEAR, a_right, adopt, erik
from tests.apps.signed_months import LATER, PAYABLE_ORE, ROUTINE, a_calculated_claim, claim, law, sign
from tests.cast import Cast, ok, with_role
from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import to_sign
from timvis.apps.audit.models import RoleHeld
from timvis.apps.audit.persons import end_role
from timvis.apps.routines.on_duty import change_off_duty, confirm_position, register_off_duty, register_position
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act

BY_LIST = b'attest_by = "attest_list"\n' + ROUTINE + b'\n[attest_list]\ntied_to = ["person"]\n'
TODAY = LATER.date()


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast, BY_LIST)


def test_whose_name_is_on_the_list_signs_and_the_signature_names_the_row(cast: Cast, number: str) -> None:
    adopt(cast)

    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    ok(sign(cast.david, number, Act.DECISION_ATTEST))
    ok(sign(cast.hasse, number, Act.PAYMENT_RELEASE))

    rows = SignedAct.objects.order_by("id")
    assert [row.right.number for row in rows if row.right] == [1, 2, 4]


def test_a_role_alone_is_no_right_where_the_list_decides(cast: Cast, number: str) -> None:
    adopt(cast, a_right(1, Act.DECISION_ATTEST, cast.david))

    assert sign(cast.greta, number, Act.REVIEW_ATTEST) is Refusal.NO_ATTEST_RIGHT


def test_the_list_gives_nothing_that_the_access_table_does_not(cast: Cast, number: str) -> None:
    adopt(cast, a_right(1, Act.REVIEW_ATTEST, cast.hasse), a_right(2, Act.DECISION_ATTEST, cast.cecilia))
    ok(sign(cast.hasse, number, Act.REVIEW_ATTEST))

    assert sign(cast.cecilia, number, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW


def test_without_an_adopted_list_nobody_signs(cast: Cast, number: str) -> None:
    assert sign(cast.greta, number, Act.REVIEW_ATTEST) is Refusal.NO_ATTEST_RIGHT


@pytest.mark.parametrize(("up_to_ore", "allowed"), [(PAYABLE_ORE, True), (PAYABLE_ORE - 1, False)])
def test_the_amount_limit_is_the_claims_whole_amount(cast: Cast, number: str, up_to_ore: int, allowed: bool) -> None:
    adopt(
        cast,
        a_right(1, Act.REVIEW_ATTEST, cast.greta),
        a_right(2, Act.DECISION_ATTEST, cast.david, up_to_ore=up_to_ore),
    )
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    outcome = sign(cast.david, number, Act.DECISION_ATTEST)

    assert isinstance(outcome, int) if allowed else outcome is Refusal.ABOVE_AMOUNT_LIMIT


@pytest.mark.parametrize(("responsibility", "allowed"), [("7420", True), ("3200", False), (None, True)])
def test_a_right_is_for_the_responsibility_code_of_the_claim(
    cast: Cast, responsibility: str | None, allowed: bool
) -> None:
    number = a_calculated_claim(cast, BY_LIST)
    adopt(cast, a_right(1, Act.REVIEW_ATTEST, cast.greta, responsibility=responsibility))

    outcome = sign(cast.greta, number, Act.REVIEW_ATTEST)

    assert isinstance(outcome, int) if allowed else outcome is Refusal.NO_ATTEST_RIGHT


# --- judged when she signs, not when the page was made (ATT-11) -----------------------------------------------


def test_the_deputy_signs_only_while_david_is_registered_as_away(cast: Cast, number: str) -> None:
    adopt(cast)
    deputy, david = erik(cast), cast.david.person_id
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    assert sign(deputy, number, Act.DECISION_ATTEST) is Refusal.ORDINARY_IS_ON_DUTY

    spell = register_off_duty(cast.david, person_id=david, off_from=TODAY, off_to=TODAY + timedelta(days=3), now=LATER)
    assert isinstance(spell, int)
    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.IS_OFF_DUTY

    ok(change_off_duty(cast.david, off_duty_id=spell, off_from=TODAY, off_to=TODAY, seen=1, now=LATER))
    assert sign(deputy, number, Act.DECISION_ATTEST) is Refusal.ORDINARY_IS_ON_DUTY, "David came back"

    ok(register_off_duty(cast.david, person_id=david, off_from=TODAY, off_to=date(2021, 2, 9), now=LATER))
    ok(sign(deputy, number, Act.DECISION_ATTEST))
    row = SignedAct.objects.get(act="decision_attest")
    assert row.right is not None
    assert (row.right.number, row.right.deputy_of) == (3, 2)


def test_what_she_saw_before_her_right_ended_does_not_help_her(cast: Cast, number: str) -> None:
    last_day = (YEAR[0], TODAY + timedelta(days=1))
    adopt(cast, a_right(1, Act.REVIEW_ATTEST, cast.greta, days=last_day))
    before_her = to_sign(claim(number), now=LATER)
    assert before_her is not None
    next_day = LATER + timedelta(days=1)

    refusal = sign_and_book(
        replace(cast.greta, logged_in_at=next_day),
        number,
        Act.REVIEW_ATTEST,
        shown_digest=before_her.shown.digest,
        law=law(),
        now=next_day,
    )

    assert refusal is Refusal.NO_ATTEST_RIGHT


def test_a_list_that_ends_between_two_signatures_ends_them(cast: Cast, number: str) -> None:
    adopt(cast)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    new_year = LATER.replace(year=2022)

    assert sign(cast.david, number, Act.DECISION_ATTEST, now=new_year) is Refusal.NO_ATTEST_RIGHT


def test_a_position_taken_over_carries_the_right_with_it(cast: Cast, number: str) -> None:
    adopt(
        cast,
        a_right(1, Act.REVIEW_ATTEST, cast.greta),
        a_right(2, Act.DECISION_ATTEST, None, position="Socialchef"),
    )
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.NO_ATTEST_RIGHT

    chief = erik(cast)
    told = register_position(chief, person_id=cast.david.person_id, position="Socialchef", held_from=TODAY, now=LATER)
    assert isinstance(told, int)
    second = with_role(replace(cast.hasse, logged_in_at=LATER), Role.AUTHORITY_HEAD)
    ok(confirm_position(second, version_id=told, now=LATER))

    ok(sign(cast.david, number, Act.DECISION_ATTEST))


def test_a_role_that_ended_while_the_page_was_open_signs_nothing(cast: Cast) -> None:
    number = a_calculated_claim(cast)
    held = RoleHeld.objects.get(person_id=cast.greta.person_id)
    as_the_page_was_made = cast.greta
    machine = replace(cast.machine, logged_in_at=LATER)

    ok(end_role(machine, role_held_id=held.pk, held_to=TODAY, reason="Slutat", now=LATER))

    assert sign(as_the_page_was_made, number, Act.REVIEW_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW

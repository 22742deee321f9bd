"""The access table: every cell answers as the table says, and the table never says certain things."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest

from timvis.core.access import (
    FRESH_LOGIN,
    NEEDS_FRESH_LOGIN,
    NEW,
    POLICY,
    Action,
    Actor,
    ClaimStatus,
    Relation,
    Role,
    may,
)
from timvis.core.faults import Refusal

NOW = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)
STATES = (NEW, *ClaimStatus)
OUTSIDE = {Role.PROVIDER_ADMIN, Role.OWN_EMPLOYER, Role.RECIPIENT, Role.AGENT}
SIGNATURES = {
    Action.MATCH_HOURS,
    Action.REVIEW_ATTEST,
    Action.RECEIPT_ATTEST,
    Action.DECISION_ATTEST,
    Action.AUTHORIZATION_ATTEST,
    Action.PAYMENT_RELEASE,
}
LOOKS = {
    Action.LOOK_AT_CLAIM,
    Action.LOOK_AT_PERSON,
    Action.LOOK_AT_DECISION,
    Action.LOOK_AT_INVOICE,
    Action.LOOK_AT_BOOKING,
    Action.LOOK_AT_ORDER,
    Action.LOOK_AT_ORDERS,
    Action.LOOK_AT_DESK,
}


def somebody(*roles: Role) -> Actor:
    return Actor(
        person_id=1,
        name="Cecilia",
        personal_number="197606052384",
        roles=frozenset(roles),
        municipality="vasteras",
        logged_in_at=NOW,
    )


def actions_of(role: Role) -> set[Action]:
    return {row.action for row in POLICY if row.role is role}


def test_every_cell_of_the_matrix_answers_as_the_table_says() -> None:
    opened = {(row.role, row.action, row.relation, state) for row in POLICY for state in (row.states or STATES)}

    differing = [
        cell
        for cell in product(Role, Action, Relation, STATES)
        if (may(somebody(cell[0]), cell[1], relation=cell[2], state=cell[3], now=NOW) is None) != (cell in opened)
    ]

    assert differing == []


def test_a_person_with_two_roles_may_what_either_may() -> None:
    both = somebody(Role.CASE_OFFICER, Role.FINANCE_ASSISTANT)

    here = Relation.OWN_MUNICIPALITY
    assert may(both, Action.CALCULATE, relation=here, state=ClaimStatus.IN_REVIEW) is None
    assert may(both, Action.ORDER, relation=here, state=ClaimStatus.ATTESTED) is None


def test_the_refusal_never_tells_more_than_the_one_before_it() -> None:
    here, officer = Relation.OWN_MUNICIPALITY, somebody(Role.HEAD_OF_SOCIAL_SERVICES)
    late = NOW + FRESH_LOGIN + timedelta(seconds=1)

    answers = [
        may(None, Action.DECISION_ATTEST, relation=Relation.NONE, state=ClaimStatus.PAID),
        may(somebody(Role.RECIPIENT), Action.DECISION_ATTEST, relation=Relation.NONE, state=ClaimStatus.PAID),
        may(officer, Action.DECISION_ATTEST, relation=Relation.NONE, state=ClaimStatus.PAID, now=late),
        may(officer, Action.DECISION_ATTEST, relation=here, state=ClaimStatus.PAID, now=late),
        may(officer, Action.DECISION_ATTEST, relation=here, state=ClaimStatus.PAID, now=NOW),
        may(officer, Action.DECISION_ATTEST, relation=here, state=ClaimStatus.CALCULATED, now=NOW),
    ]

    assert answers == [
        Refusal.NOT_LOGGED_IN,
        Refusal.ROLE_DOES_NOT_ALLOW,
        Refusal.NO_RELATION,
        Refusal.LOGIN_TOO_OLD,
        Refusal.WRONG_STATE,
        None,
    ]


@pytest.mark.parametrize("action", sorted(NEEDS_FRESH_LOGIN))
def test_a_grave_act_without_a_clock_is_refused(action: Action) -> None:
    row = next(row for row in POLICY if row.action is action)
    actor = somebody(row.role)
    state = next(iter(row.states), NEW)

    assert may(actor, action, relation=row.relation, state=state) is Refusal.LOGIN_TOO_OLD
    assert may(actor, action, relation=row.relation, state=state, now=NOW + FRESH_LOGIN) is None


def test_a_login_from_the_future_is_not_fresh() -> None:
    ahead = replace(somebody(Role.ADMINISTRATIVE_ASSISTANT), logged_in_at=NOW + timedelta(minutes=1))

    refusal = may(ahead, Action.CHANGE_PAYEE, relation=Relation.OWN_MUNICIPALITY, now=NOW)

    assert refusal is Refusal.LOGIN_TOO_OLD


def test_an_action_that_does_not_exist_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="pay_twice"):
        may(somebody(Role.SYSTEM), "pay_twice", relation=Relation.NONE)


# --- what the table never says ----------------------------------------------------------------------------


def test_every_row_has_a_reason_and_stands_once() -> None:
    cells = [(row.role, row.action, row.relation) for row in POLICY]

    assert all(row.reason.endswith(".") and len(row.reason) > 20 for row in POLICY)
    assert len(cells) == len(set(cells))


def test_every_action_and_every_role_is_used() -> None:
    assert {row.action for row in POLICY} == set(Action)
    assert {row.role for row in POLICY} == set(Role)


def test_nothing_is_opened_for_somebody_without_relation() -> None:
    assert not [row for row in POLICY if row.relation is Relation.NONE]


def test_an_officer_never_acts_in_her_own_or_her_companys_matter() -> None:
    inside = [row for row in POLICY if row.role not in OUTSIDE and row.relation is not Relation.OWN_MUNICIPALITY]

    # She tells of her own days away and of her own interests, and that is all.
    assert {(row.relation, row.action) for row in inside} == {
        (Relation.SELF, Action.REGISTER_OFF_DUTY),
        (Relation.SELF, Action.REGISTER_INTEREST),
        (Relation.SELF, Action.LOOK_AT_INTERESTS),
    }


def test_those_outside_never_act_for_the_municipality() -> None:
    assert not [row for row in POLICY if row.role in OUTSIDE and row.relation is Relation.OWN_MUNICIPALITY]


def test_only_persons_sign() -> None:
    assert not SIGNATURES & actions_of(Role.SYSTEM)


def test_whoever_runs_the_system_sees_no_one_and_signs_nothing() -> None:
    assert not (LOOKS | SIGNATURES) & actions_of(Role.SYSTEM_OPERATOR)


def test_whoever_oversees_changes_nothing() -> None:
    may_do = actions_of(Role.AUDITOR) | actions_of(Role.CONTROLLER)

    assert may_do <= LOOKS | {
        Action.LOOK_AT_PAYMENT,
        Action.LOOK_AT_FILE,
        Action.LOOK_AT_FIRST_HOURS,
        Action.LOOK_AT_GRANT_PERIODS,
        Action.LOOK_AT_LEDGER,
        Action.LOOK_AT_LOG,
        Action.LOOK_AT_ATTEST_RIGHTS,
        Action.LOOK_AT_DELEGATION,
        Action.LOOK_AT_DELEGATED_DECISIONS,
        Action.LOOK_AT_INTERESTS,
        Action.LOOK_AT_AFTER_CONTROL,
        Action.LOOK_AT_APPEALS,
        Action.LOOK_AT_ROLES,
        Action.LOOK_AT_FEE_BASIS,
        Action.LOOK_AT_HOME_PROVIDERS,
        Action.LOOK_AT_PROVIDER_MONTH,
        Action.LOOK_AT_RECONCILIATION,
        Action.LOOK_AT_SHARES,
        Action.LOOK_AT_TURN_ORDER,
        Action.LOOK_AT_SIGNALS,
        Action.LOOK_AT_VISITS,
        Action.CONTROL_AFTERWARDS,
        Action.SIMULATE_ROUTINE,
        Action.VERIFY_LOG,
        Action.CHECK_LEDGER,
        Action.RECOMPUTE,
        Action.EXPORT_LEDGER,
        Action.SIMULATE_ROUTINE,
    }


DUTIES = (Action.HAND_IN, Action.DECISION_ATTEST, Action.CHANGE_PAYEE, Action.PAYMENT_RELEASE)
"""Registering a claim, attesting it, keeping the payees, releasing the payment: separate duties."""

IN_CONFLICT = {
    (Action.HAND_IN, Action.CHANGE_PAYEE): {Role.ADMINISTRATIVE_ASSISTANT},
    (Action.HAND_IN, Action.PAYMENT_RELEASE): {Role.ADMINISTRATIVE_ASSISTANT},
    (Action.CHANGE_PAYEE, Action.PAYMENT_RELEASE): {Role.ADMINISTRATIVE_ASSISTANT},
    (Action.DECISION_ATTEST, Action.PAYMENT_RELEASE): {Role.BUDGET_OWNER},
}
"""Where one role can be at both ends, because a municipality may have it so: there the routine keeps persons apart."""


@pytest.mark.parametrize("pair", list(combinations(DUTIES, 2)), ids=str)
def test_the_matrix_of_conflicting_duties_is_known(pair: tuple[Action, Action]) -> None:
    both = {role for role in Role if set(pair) <= actions_of(role)}

    assert both == IN_CONFLICT.get(pair, set())


def test_no_role_both_attests_the_decision_and_runs_payments() -> None:
    both = [role for role in Role if {Action.DECISION_ATTEST, Action.RUN_PAYMENTS} <= actions_of(role)]

    assert both == []


def test_whoever_names_accounts_does_not_judge_claims() -> None:
    both = [role for role in Role if {Action.CHANGE_PAYEE, Action.GIVE_WORD} <= actions_of(role)]

    assert both == []

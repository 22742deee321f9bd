"""Who stands too near a claim does not sign it; the next higher chief does (W-47)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.apps.attest_lists import erik
from tests.apps.signed_months import LATER, ROUTINE, a_calculated_claim, calculate, claim, sign
from tests.cast import ALMA_NUMBER, BJORN_NUMBER, EKOT_NUMBER, ELSA_NUMBER, NOW, Cast, a_payee, ok, with_role
from timvis.apps.attestation.models import SignedAct
from timvis.apps.claims.standing_near import disqualified_ids
from timvis.apps.parties import actions as parties
from timvis.apps.parties.interests import register_interest
from timvis.apps.parties.particulars import InterestParticulars
from timvis.core.access import Role
from timvis.core.disqualification import InterestKind
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act

ALWAYS = InterestParticulars()
HIGHER = b'acts = ["decision_attest"]\nwhen_disqualified = "authority_head"'
WITH_HIGHER = ROUTINE.replace(b'acts = ["decision_attest"]', HIGHER, 1)


@pytest.fixture
def number(cast: Cast) -> str:
    number = a_calculated_claim(cast, WITH_HIGHER)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    return number


def tell(
    cast: Cast,
    other: str,
    kind: InterestKind = InterestKind.SPOUSE,
    *,
    person: str = "",
    said: InterestParticulars = ALWAYS,
) -> None:
    ok(
        register_interest(
            cast.david,
            person_number=person or cast.david.personal_number,
            other_number=other,
            kind=kind,
            particulars=said,
            now=NOW,
        )
    )


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (ALMA_NUMBER, InterestKind.SPOUSE),
        (ALMA_NUMBER, InterestKind.CHILD),
        (EKOT_NUMBER, InterestKind.OWNER),
        (EKOT_NUMBER, InterestKind.BOARD_MEMBER),
        (EKOT_NUMBER, InterestKind.EMPLOYEE),
        (BJORN_NUMBER, InterestKind.PARENT),
        (ELSA_NUMBER, InterestKind.PARTNER),
        (ALMA_NUMBER, InterestKind.SUBORDINATE),
    ],
)
def test_recipient_provider_worker_agent_and_chief_are_each_too_near(
    cast: Cast, number: str, other: str, kind: InterestKind
) -> None:
    tell(cast, other, kind)

    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.DISQUALIFIED


def test_the_payees_spouse_is_stopped_and_the_next_higher_chief_signs(cast: Cast, number: str) -> None:
    payee = replace(a_payee("Petra Palm", "9912346", valid_from=date(2021, 1, 1)), payee_number="197407029284")
    ok(parties.change_payee(cast.greta, payee_id=cast.payee_id, particulars=payee, seen=1, now=NOW))
    number = again(cast, number)
    higher = with_role(erik(cast), Role.AUTHORITY_HEAD)
    assert sign(higher, number, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW, "David can do it himself"

    tell(cast, "197407029284")

    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.DISQUALIFIED
    ok(sign(higher, number, Act.DECISION_ATTEST))
    assert SignedAct.objects.get(round=claim(number).round, act="decision_attest").role == "authority_head"


def again(cast: Cast, number: str) -> str:
    """Calculate anew what a changed payee has voided, and let Greta sign it again."""
    calculate(cast, number, now=LATER)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    return number


def test_whose_wife_owns_the_company_is_stopped(cast: Cast, number: str) -> None:
    tell(cast, EKOT_NUMBER, InterestKind.OWNER, person="197407029284")
    tell(cast, "197407029284")

    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.DISQUALIFIED


def test_an_interest_that_has_ended_stops_nobody(cast: Cast, number: str) -> None:
    tell(cast, ALMA_NUMBER, said=InterestParticulars(valid_to=LATER.date()))

    ok(sign(cast.david, number, Act.DECISION_ATTEST))


def test_an_interest_in_somebody_else_stops_nobody(cast: Cast, number: str) -> None:
    tell(cast, "197407029284")

    assert cast.david.person_id not in disqualified_ids(claim(number), LATER)
    ok(sign(cast.david, number, Act.DECISION_ATTEST))

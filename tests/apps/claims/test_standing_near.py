"""Who may not decide a claim: every relation that makes a matter one's own is planted, and every one is caught."""

import pytest

from tests.apps.signed_months import LATER, a_calculated_claim, claim
from tests.cast import (
    ALMA_NUMBER,
    BJORN_NUMBER,
    EKOT_NUMBER,
    ELSA_NUMBER,
    FATIMA_NUMBER,
    NOW,
    Cast,
    ok,
)
from timvis.apps.claims.standing_near import why_not_handle
from timvis.apps.parties.interests import register_interest
from timvis.apps.parties.particulars import InterestParticulars
from timvis.core.disqualification import CLOSE, InterestKind
from timvis.core.faults import Refusal

TO_PERSONS = sorted(CLOSE | {InterestKind.SUBORDINATE})
TO_COMPANIES = sorted(set(InterestKind) - CLOSE)


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast)


def plant(cast: Cast, person: str, kind: InterestKind, other: str) -> None:
    told = register_interest(
        cast.david,
        person_number=person,
        other_number=other,
        kind=kind,
        particulars=InterestParticulars(),
        now=NOW,
    )
    ok(told)


def may_decide(cast: Cast, number: str) -> bool:
    """Return whether Cecilia may decide, and hold that a colleague without the relation always may."""
    assert why_not_handle(cast.greta.person_id, claim(number), LATER) is None
    refusal = why_not_handle(cast.cecilia.person_id, claim(number), LATER)
    assert refusal in (None, Refusal.DISQUALIFIED)
    return refusal is None


def test_who_has_no_part_in_it_may_decide(cast: Cast, number: str) -> None:
    assert may_decide(cast, number)


@pytest.mark.parametrize("kind", TO_PERSONS)
@pytest.mark.parametrize("other", [ALMA_NUMBER, BJORN_NUMBER, ELSA_NUMBER])
def test_whatever_she_is_to_recipient_worker_or_who_vouched_stops_her(
    cast: Cast, number: str, kind: InterestKind, other: str
) -> None:
    plant(cast, cast.cecilia.personal_number, kind, other)

    assert not may_decide(cast, number)


@pytest.mark.parametrize("kind", sorted(CLOSE))
def test_the_family_stands_near_both_ways(cast: Cast, number: str, kind: InterestKind) -> None:
    plant(cast, ALMA_NUMBER, kind, cast.cecilia.personal_number)

    assert not may_decide(cast, number)


@pytest.mark.parametrize("kind", TO_COMPANIES)
def test_whatever_she_is_to_the_company_stops_her(cast: Cast, number: str, kind: InterestKind) -> None:
    plant(cast, cast.cecilia.personal_number, kind, EKOT_NUMBER)

    assert not may_decide(cast, number)


@pytest.mark.parametrize("kind", sorted(CLOSE))
def test_the_family_of_who_owns_the_company_is_stopped(cast: Cast, number: str, kind: InterestKind) -> None:
    plant(cast, FATIMA_NUMBER, InterestKind.OWNER, EKOT_NUMBER)
    plant(cast, cast.cecilia.personal_number, kind, FATIMA_NUMBER)

    assert not may_decide(cast, number)


@pytest.mark.parametrize("kind", sorted(CLOSE))
def test_what_she_is_to_somebody_else_stops_nobody(cast: Cast, number: str, kind: InterestKind) -> None:
    plant(cast, cast.cecilia.personal_number, kind, FATIMA_NUMBER)

    assert may_decide(cast, number)


def test_nobody_decides_what_is_her_own(cast: Cast, number: str) -> None:
    assert why_not_handle(cast.alma.person_id, claim(number), LATER) is Refusal.DISQUALIFIED

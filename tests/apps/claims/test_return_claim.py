"""Sending a claim back, and turning it down: both say why, and nothing that came in is lost."""

import pytest

from tests.apps.claims.january import a_file, a_handed_in_claim, elsa_hands_in, in_the_register
from tests.apps.signed_months import let_elsa_report, publish
from tests.cast import NOW, Cast, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn
from timvis.apps.claims.models import Report
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal


@pytest.fixture
def number(cast: Cast) -> str:
    publish(cast)
    let_elsa_report(cast)
    return a_handed_in_claim(cast)


def test_a_claim_is_sent_back_with_a_reason(cast: Cast, number: str) -> None:
    assert ok(claims.return_claim(cast.cecilia, number, reason="Fel månad.", now=NOW)) is ClaimStatus.RETURNED
    assert Report.objects.count() == 1
    assert LogEntry.objects.get(action="return_claim").reason == "Fel månad."


def test_without_a_reason_it_is_not(cast: Cast, number: str) -> None:
    assert claims.return_claim(cast.cecilia, number, reason="", now=NOW) is Refusal.REASON_IS_MISSING
    assert in_the_register(number).status == "received"


def test_what_was_sent_back_can_be_handed_in_anew(cast: Cast, number: str) -> None:
    ok(claims.return_claim(cast.cecilia, number, reason="Fel månad.", now=NOW))

    handed = elsa_hands_in(cast, a_file(5, name="anew.csv"))

    assert handed == HandedIn(claim_number=number, new_reports=1)
    assert in_the_register(number).status == "received"


def test_a_claim_that_was_turned_down_gives_way_to_a_new_one(cast: Cast, number: str) -> None:
    ok(claims.reject_claim(cast.cecilia, number, reason="Inte utfört.", now=NOW))

    handed = elsa_hands_in(cast, a_file(5, name="anew.csv"))

    assert isinstance(handed, HandedIn)
    assert handed.claim_number != number
    assert in_the_register(number).status == "rejected"

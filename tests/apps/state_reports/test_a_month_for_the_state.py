"""A month on the state's decision under Försäkringskassan's routine: handed in, reviewed, reported, never paid here."""

from datetime import date
from pathlib import Path

import pytest

from tests.apps.signed_months import JANUARY, ROUTINE, a_form, law, publish
from tests.apps.state_registers.assignments import (
    a_placement,
    an_assistant,
    forty_hours_a_week_by_the_state,
    registered,
    the_town_as_provider,
)
from tests.cast import NOW, TOWN, TOWN_NUMBER, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn, Month, typed
from timvis.apps.claims.models import Claim
from timvis.apps.claims.performed import performed
from timvis.apps.schedules import queries as schedules
from timvis.apps.state_registers.models import Placement
from timvis.apps.state_reports.months import of_month
from timvis.core.faults import Refusal
from timvis.core.law import LawReader
from timvis.core.records import Regime
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import ClaimKind

ANSWERED = Path(__file__).parents[3] / "examples" / "forsakringskassan" / "provider.toml"


@pytest.fixture
def own(cast: Cast) -> int:
    """The town as Alma's provider, under the routine that ships with its questions answered; Björn is notified."""
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id)
    placement_id = a_placement(cast, provider_id=provider_id)
    registered(cast, placement_id, received_on=date(2021, 1, 4))
    routine = ANSWERED.read_bytes().replace(b'"forsakringskassan', f'"{TOWN}'.encode())
    publish(cast, routine)
    forty_hours_a_week_by_the_state(cast)
    return provider_id


def hand_in(cast: Cast, provider_id: int, regime: Regime, *days: int) -> HandedIn | Refusal:
    month = Month(
        recipient_id=cast.recipient_id,
        provider_id=provider_id,
        month_on=JANUARY,
        files=(typed(f"{regime}.json", {**a_form(*days), "organisationsnummer": TOWN_NUMBER}),),
        regime=regime,
    )
    handed = claims.register_paper(cast.greta, month, received_at=NOW, now=NOW)
    assert not isinstance(handed, tuple), handed
    return handed


def test_the_month_is_judged_as_the_state_will(cast: Cast, own: int) -> None:
    handed = ok(hand_in(cast, own, Regime.SFB, 4, 11))

    claim = Claim.objects.get(number=handed.claim_number)
    (judged,) = of_month(Claim.objects.all(), JANUARY, law(), now=NOW)
    assert (claim.kind, claim.due_on) == (ClaimKind.STATE_ASSISTANCE, date(2021, 3, 5))
    assert (judged.claim, judged.gap) == (claim, "")
    assert judged.verdict is not None
    assert judged.verdict.sums.actual_minutes == 16 * 60


def test_its_hours_count_in_the_grant_period_and_stand_beside_the_schedule(cast: Cast, own: int) -> None:
    ok(hand_in(cast, own, Regime.SFB, 4, 11))

    counted = performed(cast.recipient_id, [JANUARY], (), LawReader(law()))
    placement = Placement.objects.select_related("assignment").get()
    beside = schedules.schedule_month(placement.assignment, JANUARY, law(), now=NOW)
    assert sum(shift.minutes for shift in counted.shifts) == beside.reported_minutes == 16 * 60


def test_it_is_reviewed_and_given_words_but_nothing_is_worked_out_to_pay(cast: Cast, own: int) -> None:
    number = ok(hand_in(cast, own, Regime.SFB, 4, 11)).claim_number
    reviewed = ok(claims.review_claim(cast.cecilia, number, law=law(), now=NOW))
    keys = [finding.key for finding in reviewed.findings if finding.severity in NEEDS_WORD]
    ok(claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, reason="Sett", now=NOW))

    assert claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW) is Refusal.WRONG_STATE


def test_hours_that_the_municipality_has_granted_in_the_same_month_are_a_month_of_their_own(
    cast: Cast, own: int
) -> None:
    publish(cast, ROUTINE.replace(b'["company", "cooperative"]', b'["company", "cooperative", "municipality"]'))
    first = ok(hand_in(cast, own, Regime.SFB, 4, 11))

    second = ok(hand_in(cast, own, Regime.LSS, 5))

    assert first.claim_number != second.claim_number
    assert dict(Claim.objects.values_list("number", "regime")) == {
        first.claim_number: Regime.SFB,
        second.claim_number: Regime.LSS,
    }


def test_a_private_provider_reports_to_the_state_itself(cast: Cast, own: int) -> None:
    assert hand_in(cast, cast.ekot_id, Regime.SFB, 4) is Refusal.ROUTINE_IS_NOT_PUBLISHED

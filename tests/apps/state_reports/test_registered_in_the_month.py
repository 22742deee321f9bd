"""What the registers know, played through in the month: time before registration, absence, meetings, settlement."""

from datetime import date

import pytest

from tests.apps.signed_months import JANUARY, ROUTINE, a_form, law, publish
from tests.apps.state_registers.assignments import (
    a_notice,
    a_placement,
    an_assistant,
    forty_hours_a_week_by_the_state,
    registered,
    the_town_as_provider,
)
from tests.cast import ALMA_NUMBER, NOW, TOWN_NUMBER, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn, Month, typed
from timvis.apps.claims.models import Claim
from timvis.apps.parties.models import Assistant
from timvis.apps.state_registers import actions
from timvis.apps.state_reports.bills import BillParticulars, register_bill
from timvis.apps.state_reports.months import of_month
from timvis.core.calendar.local_time import instant
from timvis.core.green_month.light import Verdict
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.records import Regime
from timvis.core.state_duties.records import Employer

RATE_2021 = 31_500
OWN_ROUTINE = ROUTINE.replace(b'regime = "lss"', b'regime = "sfb"').replace(
    b'["company", "cooperative"]', b'["company", "cooperative", "municipality"]'
)


@pytest.fixture
def placed(cast: Cast) -> int:
    """Björn's placement with Alma: the town provides, and two shifts in January, the 4th and the 11th, are in."""
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id)
    placement = a_placement(cast, provider_id=provider_id)
    publish(cast, OWN_ROUTINE)
    forty_hours_a_week_by_the_state(cast)
    form = {**a_form(4, 11), "organisationsnummer": TOWN_NUMBER}
    month = Month(
        recipient_id=cast.recipient_id,
        provider_id=provider_id,
        month_on=JANUARY,
        files=(typed("bjorn.json", form),),
        regime=Regime.SFB,
    )
    handed = ok(claims.register_paper(cast.greta, month, received_at=NOW, now=NOW))
    assert isinstance(handed, HandedIn), handed
    return placement


def january(cast: Cast) -> Verdict:
    (told,) = of_month(Claim.objects.filter(recipient_id=cast.recipient_id), JANUARY, law(), now=NOW)
    assert told.verdict is not None, told.gap
    return told.verdict


def codes(cast: Cast) -> set[str]:
    return {each.code for each in january(cast).findings}


def test_time_before_the_state_had_the_assistants_data_is_lost_with_what_it_is_worth(cast: Cast, placed: int) -> None:
    registered(cast, placed, received_on=date(2021, 1, 8))

    verdict = january(cast)

    (lost,) = verdict.blocked
    assert (lost.shifts, lost.minutes, lost.ore) == (1, 8 * 60, 8 * RATE_2021)
    assert verdict.at_risk_ore == verdict.month_ore == 16 * RATE_2021
    assert "K06" in verdict.controls


def test_a_notice_the_state_has_not_confirmed_blocks_every_shift(cast: Cast, placed: int) -> None:
    ok(actions.notify_assistant(cast.greta, placement_id=placed, particulars=a_notice(), seen=0, now=NOW))

    assert [(lost.shifts, lost.minutes) for lost in january(cast).blocked] == [(2, 16 * 60)]


def test_an_assistant_registered_before_the_first_shift_has_nothing_lost(cast: Cast, placed: int) -> None:
    registered(cast, placed, received_on=date(2021, 1, 4))

    assert january(cast).blocked == ()
    assert "K06" not in january(cast).controls


def test_the_claims_own_review_stops_the_same_time(cast: Cast, placed: int) -> None:
    registered(cast, placed, received_on=date(2021, 1, 8))
    number = Claim.objects.get(recipient_id=cast.recipient_id).number

    reviewed = ok(claims.review_claim(cast.cecilia, number, law=law(), now=NOW))

    found = [each for each in reviewed.findings if each.code == "assistant_was_not_registered_before_the_shift"]
    assert [each.minutes for each in found] == [8 * 60]


def test_an_assistant_on_sick_leave_who_reports_time_is_asked_about(cast: Cast, placed: int) -> None:
    assistant_id = Assistant.objects.get(placements=placed).pk
    assert "assistant_was_away_from_work" not in codes(cast)

    ok(
        actions.register_away(
            cast.greta,
            assistant_id=assistant_id,
            kind=AwayKind.SICK,
            away_from=date(2021, 1, 11),
            away_to=date(2021, 1, 12),
            now=NOW,
        )
    )

    assert "K18" in january(cast).controls


@pytest.mark.parametrize(("purpose", "control"), [(RowPurpose.NOT_WITH_RECIPIENT, "K19"), (RowPurpose.TRAINING, "K20")])
def test_noted_time_is_found_in_the_row_it_falls_in(cast: Cast, placed: int, purpose: RowPurpose, control: str) -> None:
    assistant_id = Assistant.objects.get(placements=placed).pk

    def note(day: date) -> None:
        ok(
            actions.note_time(
                cast.greta,
                recipient_id=cast.recipient_id,
                assistant_id=assistant_id,
                purpose=purpose,
                start_at=instant(day, 13 * 60),
                end_at=instant(day, 15 * 60),
                now=NOW,
            )
        )

    note(date(2021, 1, 5))  # no shift that day
    assert control not in january(cast).controls
    note(date(2021, 1, 11))
    assert control in january(cast).controls


def test_nothing_is_paid_on_a_bill_after_the_final_settlement(cast: Cast, placed: int) -> None:
    bill = BillParticulars(active_minutes=16 * 60, received_on=NOW.date(), signer_number=ALMA_NUMBER)
    ok(register_bill(cast.greta, recipient_id=cast.recipient_id, month_on=JANUARY, particulars=bill, seen=0, now=NOW))
    assert "K21" not in january(cast).controls

    ok(
        actions.register_settlement(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            period_from=date(2020, 8, 1),
            period_to=date(2021, 2, 1),
            settled_on=date(2021, 1, 31),
            now=NOW,
        )
    )

    assert "K21" in january(cast).controls


def test_who_is_close_to_the_recipient_is_marked_where_somebody_else_employs_her(cast: Cast, placed: int) -> None:
    registered(cast, placed, received_on=date(2021, 1, 4), is_close=True)
    assert "K23" not in january(cast).controls

    ok(
        actions.notify_assistant(
            cast.greta,
            placement_id=placed,
            particulars=a_notice(is_close=True, employer=Employer.SELF_EMPLOYED, changed_from=date(2021, 1, 5)),
            seen=1,
            now=NOW,
        )
    )

    assert "K23" in january(cast).controls

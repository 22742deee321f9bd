"""Assistance that began before the state decided: which months are accounted for, and what may be claimed of them."""

from datetime import UTC, date, datetime

import pytest

from tests.apps.signed_months import JANUARY, ROUTINE, a_form, publish
from tests.apps.state_registers.assignments import an_assignment, an_assistant, registered, the_town_as_provider
from tests.apps.state_reports import months as at
from tests.cast import NOW, TOWN_NUMBER, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn, Month, typed
from timvis.apps.parties.models import Assistant
from timvis.apps.state_registers import actions, queries, records
from timvis.apps.state_registers.models import Assignment, DutyOutcome
from timvis.apps.state_registers.particulars import PlacementParticulars
from timvis.apps.state_reports.lost import lost_time
from timvis.apps.state_reports.models import FrozenReport, SendAttempt, SendOutcome, SendResult
from timvis.apps.state_reports.pending import before_the_decision, reported_duties
from timvis.core.law import LawReader
from timvis.core.records import Regime
from timvis.core.state_duties.before_decision import ClaimBefore, Standing
from timvis.formats.law.packaged import load_law

APRIL = datetime(2021, 4, 10, 9, 0, tzinfo=UTC)
RATE_2021 = 31_500
OWN_ROUTINE = ROUTINE.replace(b'regime = "lss"', b'regime = "sfb"').replace(
    b'["company", "cooperative"]', b'["company", "cooperative", "municipality"]'
)


@pytest.fixture
def waiting(cast: Cast) -> Assignment:
    """The town's assignment with Alma, who applied in January; Björn worked the 4th and the 11th, told the 8th."""
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id)
    made = an_assignment(
        cast,
        begins_on=date(2021, 1, 1),
        applied_on=date(2021, 1, 7),
        application_known_on=date(2021, 1, 11),
        agreement_signed_on=date(2021, 1, 1),
    )
    placed = ok(
        actions.register_placement(
            cast.greta,
            assignment_id=made,
            assistant_id=Assistant.objects.get(provider_id=provider_id).pk,
            particulars=PlacementParticulars(first_shift_on=date(2021, 1, 4)),
            now=NOW,
        )
    )
    assert isinstance(placed, int)
    registered(cast, placed, received_on=date(2021, 1, 8))
    publish(cast, OWN_ROUTINE)
    month = Month(
        recipient_id=cast.recipient_id,
        provider_id=provider_id,
        month_on=JANUARY,
        files=(typed("bjorn.json", {**a_form(4, 11), "organisationsnummer": TOWN_NUMBER}),),
        regime=Regime.SFB,
    )
    assert isinstance(ok(claims.register_paper(cast.greta, month, received_at=NOW, now=NOW)), HandedIn)
    return Assignment.objects.get(pk=made)


def claim(row: Assignment, now: datetime = APRIL) -> ClaimBefore:
    told = before_the_decision(row, LawReader(load_law()), now=now)
    assert told is not None
    return told


def tell(cast: Cast, key: str, on: date, seen: int = 0) -> None:
    ok(
        actions.tell_duty(
            cast.greta,
            recipient_id=cast.recipient_id,
            duty_key=key,
            outcome=DutyOutcome.SENT,
            on=on,
            seen=seen,
            now=NOW,
        )
    )


def test_a_month_that_was_not_accounted_for_in_time_cannot_be_claimed(cast: Cast, waiting: Assignment) -> None:
    told = claim(waiting)

    # January was due 5 March, February 5 April; both have passed. March is due 5 May.
    assert [each.standing for each in told.months] == [
        Standing.MISSING,
        Standing.MISSING,
        Standing.WAITING,
        Standing.WAITING,
    ]
    assert told.claimable_minutes == 0


def test_a_month_sent_on_paper_in_time_is_claimed_but_for_what_came_before_the_notice(
    cast: Cast, waiting: Assignment
) -> None:
    tell(cast, f"time_report:{waiting.pk}:2021-01", date(2021, 3, 5))

    january = claim(waiting).months[0]

    assert (january.standing, january.month.minutes, january.month.blocked_minutes) == (Standing.IN_TIME, 960, 480)
    assert (january.claimable_minutes, january.claimable_ore) == (480, 8 * RATE_2021)


def test_the_municipalitys_own_request_counts_from_its_notice(cast: Cast, waiting: Assignment) -> None:
    assert claim(waiting).request_from_on is None

    tell(cast, f"retroactive_request:{waiting.pk}", date(2021, 1, 12))

    told = claim(waiting)
    assert (told.reaches_back_to, told.from_on, told.request_from_on, told.to_on) == (
        date(2020, 12, 1),
        date(2021, 1, 1),
        date(2021, 1, 12),
        None,
    )


def test_a_month_sent_electronically_is_done_when_the_last_receipt_came(cast: Cast, waiting: Assignment) -> None:
    key = at.queued(cast, at.elt(month="2021-01"))
    assert reported_duties("vasteras", now=APRIL) == frozenset()
    report = FrozenReport.objects.get(key=key)
    attempt = SendAttempt.objects.create(
        queued=report.queued, number=1, message_digest="0" * 64, begun_at=NOW, begun_by_id=cast.greta.person_id
    )
    SendResult.objects.create(
        attempt=attempt,
        outcome=SendOutcome.RECEIPT,
        told_at=datetime(2021, 3, 2, 9, 0, tzinfo=UTC),
        told_by_id=cast.greta.person_id,
    )

    duty = f"time_report:{waiting.pk}:2021-01"
    done = reported_duties("vasteras", now=APRIL)
    assert done == {duty}
    followed = queries.followed("vasteras", LawReader(load_law()), now=APRIL, done=done)
    assert {row.duty.key: row.is_closed for row in followed}[duty]
    assert claim(waiting).months[0].standing is Standing.IN_TIME


def test_an_assignment_after_the_decision_has_nothing_to_claim_before(cast: Cast) -> None:
    the_town_as_provider(cast)
    made = an_assignment(cast, decided_on=date(2020, 12, 1))

    assert before_the_decision(Assignment.objects.get(pk=made), LawReader(load_law()), now=APRIL) is None


def test_reported_time_before_the_notice_is_lost_with_what_it_is_worth(cast: Cast, waiting: Assignment) -> None:
    placements = [(cast.recipient_id, one) for one in records.placements_of(cast.recipient_id, known_at=APRIL)]

    (lost,) = lost_time(placements, LawReader(load_law())).values()

    assert (lost.minutes, lost.ore) == (8 * 60, 8 * RATE_2021)

"""The municipality's registers towards the state: assignments, assistants, notices, and what was done about a duty."""

from dataclasses import replace
from datetime import date

import pytest

from tests.apps.state_registers.assignments import (
    BEGINS,
    a_notice,
    a_placement,
    an_assignment,
    an_assistant,
    registered,
    the_town_as_provider,
)
from tests.cast import NOW, Cast, a_decision, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.decisions import actions as decisions
from timvis.apps.state_registers import actions, queries, records
from timvis.apps.state_registers.models import AssistantNotice, DutyOutcome, Notified
from timvis.apps.state_registers.particulars import AssignmentParticulars, PlacementParticulars
from timvis.apps.state_registers.queries import FollowedDuty
from timvis.core.faults import Fault, Refusal
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.law import LawReader
from timvis.core.records import Instant
from timvis.core.state_duties.records import Employer
from timvis.formats.law.packaged import load_law

TODAY = NOW.date()


@pytest.fixture
def own(cast: Cast) -> int:
    """The town as provider, with Björn employed there."""
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id)
    return provider_id


def of(cast: Cast) -> dict[str, FollowedDuty]:
    found = queries.followed("vasteras", LawReader(load_law()), now=NOW)
    return {row.duty.key: row for row in found}


def codes(faults: object) -> list[str]:
    assert isinstance(faults, tuple), faults
    assert all(isinstance(one, Fault) for one in faults)
    return [one.code for one in faults]


# --- assignments and placements -------------------------------------------------------------------------------------


def test_a_town_that_is_no_provider_has_no_assignments(cast: Cast) -> None:
    faults = actions.register_assignment(
        cast.greta, recipient_id=cast.recipient_id, begins_on=BEGINS, particulars=AssignmentParticulars(), now=NOW
    )

    assert codes(faults) == ["municipality_is_no_provider"]


def test_everything_that_cannot_be_so_is_told_at_once(cast: Cast, own: int) -> None:
    wrong = AssignmentParticulars(
        ends_on=BEGINS,
        applied_on=date(2021, 1, 10),
        application_known_on=date(2021, 1, 9),
        decided_on=date(2021, 1, 8),
    )

    faults = actions.register_assignment(
        cast.greta, recipient_id=cast.recipient_id, begins_on=BEGINS, particulars=wrong, now=NOW
    )

    assert codes(faults) == [
        "ends_before_it_begins",
        "application_known_before_it_was_made",
        "decided_before_application",
    ]


def test_an_assignment_is_told_anew_and_what_was_known_before_is_still_known(cast: Cast, own: int) -> None:
    made = an_assignment(cast)
    later = NOW.replace(hour=15)

    changed = actions.change_assignment(
        cast.greta,
        assignment_id=made,
        particulars=AssignmentParticulars(agreement_signed_on=BEGINS),
        seen=1,
        now=later,
    )

    assert changed == 2
    row = queries.assignment_in("vasteras", made)
    assert row is not None
    before, after = records.assignment(row, known_at=NOW), records.assignment(row, known_at=later)
    assert before is not None
    assert after is not None
    assert (before.agreement_signed_on, after.agreement_signed_on) == (None, BEGINS)


def test_an_assistant_of_another_provider_or_before_the_assignment_is_not_placed(cast: Cast, own: int) -> None:
    made = an_assignment(cast)
    early = PlacementParticulars(first_shift_on=date(2021, 1, 1))

    def place(assistant_id: int, told: PlacementParticulars) -> object:
        return actions.register_placement(
            cast.greta, assignment_id=made, assistant_id=assistant_id, particulars=told, now=NOW
        )

    assert place(cast.assistant_id, early) is Refusal.NOT_FOUND  # Björn as Ekot's
    mine = queries.assignment_in("vasteras", made)
    assert mine is not None
    bjorn = mine.provider.assistants.get()
    assert codes(place(bjorn.pk, early)) == ["shift_before_the_assignment"]
    assert isinstance(place(bjorn.pk, replace(early, first_shift_on=BEGINS)), int)


# --- notices --------------------------------------------------------------------------------------------------------


def test_a_notice_counts_when_the_state_has_it_and_later_ones_are_changes(cast: Cast, own: int) -> None:
    placed = a_placement(cast, provider_id=own)
    registered(cast, placed, received_on=date(2021, 1, 12))

    def notify(seen: int, **says: object) -> object:
        return actions.notify_assistant(
            cast.greta, placement_id=placed, particulars=a_notice(**says), seen=seen, now=NOW
        )

    assert codes(notify(1)) == ["change_has_no_day"]
    assert notify(0) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert notify(1, changed_from=date(2021, 1, 20), is_close=True) == 2
    (told,) = records.placements_of(cast.recipient_id, known_at=NOW)
    assert told.registered_on == date(2021, 1, 12)
    assert [each.is_close for each in told.notices] == [False, True]
    received = actions.notice_was_received(
        cast.greta, placement_id=placed, number=2, received_on=date(2021, 1, 1), reference="", now=NOW
    )
    assert codes(received) == ["received_before_sent"]


def test_what_is_missing_in_a_notice_is_told_at_once_and_nothing_is_kept(cast: Cast, own: int) -> None:
    placed = a_placement(cast, provider_id=own)
    wrong = a_notice(lives_outside_eea=True, employer=Employer.ANOTHER, changed_from=BEGINS)

    faults = actions.notify_assistant(cast.greta, placement_id=placed, particulars=wrong, seen=0, now=NOW)

    assert codes(faults) == ["address_abroad_is_missing", "other_employer_is_missing", "first_notice_is_no_change"]
    assert not AssistantNotice.objects.exists()


def test_the_registers_belong_to_those_who_run_the_assistance_and_to_one_town(cast: Cast, own: int) -> None:
    placed = a_placement(cast, provider_id=own)

    def notify(actor: object) -> object:
        return actions.notify_assistant(actor, placement_id=placed, particulars=a_notice(), seen=0, now=NOW)  # type: ignore[arg-type]  # a test chooses who

    assert notify(cast.cecilia) is Refusal.ROLE_DOES_NOT_ALLOW
    assert notify(in_another_town(cast.greta)) is Refusal.NOT_FOUND
    refused = LogEntry.objects.filter(action="notify_assistant").exclude(outcome="done")
    assert refused.count() == 2


# --- duties ---------------------------------------------------------------------------------------------------------


def test_an_assistant_nobody_has_notified_is_late_from_her_first_shift(cast: Cast, own: int) -> None:
    placed = a_placement(cast, provider_id=own)

    row = of(cast)[f"assistant_notice:{placed}"]
    assert (row.is_late(TODAY), row.is_closed) == (True, False)

    registered(cast, placed, received_on=date(2021, 1, 12))
    assert of(cast)[f"assistant_notice:{placed}"].is_closed


def test_a_form_is_followed_from_sent_to_received(cast: Cast, own: int) -> None:
    made = an_assignment(cast, decided_on=date(2020, 12, 1), agreement_signed_on=BEGINS)
    key = f"payee_and_provider:{made}"

    def tell(outcome: DutyOutcome, seen: int, **says: str) -> object:
        return actions.tell_duty(
            cast.greta,
            recipient_id=cast.recipient_id,
            duty_key=key,
            outcome=outcome,
            on=TODAY,
            seen=seen,
            now=NOW,
            form="3079",
            **says,
        )

    assert of(cast)[key].is_late(TODAY)
    assert tell(DutyOutcome.NOT_NEEDED, 0) is Refusal.REASON_IS_MISSING
    assert tell(DutyOutcome.SENT, 0) == 1
    sent = of(cast)[key]
    assert (sent.is_sent, sent.is_closed, sent.is_late(TODAY)) == (True, False, False)
    assert tell(DutyOutcome.SENT, 0) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert tell(DutyOutcome.RECEIVED, 1) == 2
    assert of(cast)[key].is_closed


def test_a_changed_municipal_decision_raises_a_notice_without_anybody_asking(cast: Cast, own: int) -> None:
    an_assignment(cast, decided_on=date(2020, 12, 1))
    first = f"support_notice:{cast.decision_id}:1"
    assert first in of(cast)

    ok(
        decisions.change_decision(
            cast.cecilia,
            decision_id=cast.decision_id,
            particulars=replace(a_decision(valid_from=date(2019, 1, 1), hours_a_week=50), decided_on=date(2021, 1, 28)),
            seen=1,
            now=NOW,
        )
    )

    row = of(cast)[f"support_notice:{cast.decision_id}:2"]
    assert row.duty.due_on == date(2021, 2, 11)
    assert not row.is_near(TODAY)
    assert row.is_near(date(2021, 2, 10))


def test_the_town_is_to_tell_the_supervising_authority_once_it_provides(cast: Cast, own: int) -> None:
    assert "provider_notice:municipality" not in of(cast)
    an_assignment(cast)
    assert not of(cast)["provider_notice:municipality"].is_closed

    def told(about: Notified) -> None:
        ok(actions.register_provider_notice(cast.greta, about=about, told_on=TODAY, reference="IVO 1", now=NOW))

    told(Notified.START)
    assert of(cast)["provider_notice:municipality"].is_closed
    told(Notified.END)
    assert not of(cast)["provider_notice:municipality"].is_closed


# --- what the state's controls ask ----------------------------------------------------------------------------------


def test_a_period_is_settled_once_and_days_stand_in_order(cast: Cast, own: int) -> None:
    def settle(period_to: date) -> object:
        return actions.register_settlement(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            period_from=date(2020, 7, 1),
            period_to=period_to,
            settled_on=date(2021, 1, 20),
            now=NOW,
        )

    assert codes(settle(date(2020, 7, 1))) == ["ends_before_it_begins"]
    assert isinstance(settle(date(2021, 1, 1)), int)
    assert settle(date(2021, 1, 1)) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert records.settled_on(cast.recipient_id, date(2020, 12, 1), known_at=NOW) == date(2021, 1, 20)
    assert records.settled_on(cast.recipient_id, date(2021, 1, 1), known_at=NOW) is None


def test_absence_from_work_and_time_that_was_no_assistance_end_after_they_begin(cast: Cast, own: int) -> None:
    away = actions.register_away(
        cast.greta, assistant_id=cast.assistant_id, kind=AwayKind.SICK, away_from=BEGINS, away_to=BEGINS, now=NOW
    )
    noted = actions.note_time(
        cast.greta,
        recipient_id=cast.recipient_id,
        assistant_id=cast.assistant_id,
        purpose=RowPurpose.MEETING,
        start_at=Instant(10),
        end_at=Instant(10),
        now=NOW,
    )

    assert codes(away) == codes(noted) == ["ends_before_it_begins"]

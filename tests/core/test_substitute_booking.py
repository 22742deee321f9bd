"""From a need to somebody who has come: what stops it, what may wait, and what is done in which order."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.access import BookingStatus
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.records import ProviderKind
from timvis.core.substitute.booking import BookingAct, after, cancelled
from timvis.core.substitute.request import AskedBy, DecisionTold, Open, Request, objections, still_open
from timvis.core.substitute.settings import ArrangedBy, SubstituteSettings

LAST_RESORT = SubstituteSettings(
    arranged_by=ArrangedBy.MUNICIPALITY_AS_LAST_RESORT, tries_own_routine_first=True, decided_afterwards=True
)
COMPANY = SubstituteSettings(
    arranged_by=ArrangedBy.CONTRACTED_COMPANY,
    tries_own_routine_first=False,
    decided_afterwards=False,
    cancelled_is_billed=True,
)
DECISION = DecisionTold(
    reference="V 2026-1",
    is_granted=True,
    decided_on=date(2026, 3, 1),
    decision_from=date(2026, 3, 1),
    decision_to=date(2026, 3, 15),
    granted_minutes=40 * 60,
)
PLANNED = Request(
    start_at=instant(date(2026, 3, 3), 8 * 60),
    end_at=instant(date(2026, 3, 3), 16 * 60),
    is_acute=False,
    asked_by=AskedBy.PROVIDER,
    provider_kind=ProviderKind.COMPANY,
    own_routine_is_in=True,
    tried="Ringde sex vikarier ur egen pool.",
    decision=DECISION,
    power_of_attorney_is_in=True,
)
ACUTE = replace(PLANNED, is_acute=True, decision=None, power_of_attorney_is_in=False, own_routine_is_in=False, tried="")


def codes(request: Request, settings: SubstituteSettings = LAST_RESORT) -> list[str]:
    return [finding.code for finding in objections(request, settings)]


def stopping(request: Request, settings: SubstituteSettings = LAST_RESORT) -> list[str]:
    return [finding.code for finding in objections(request, settings) if finding.severity == "stops"]


def test_nothing_speaks_against_a_planned_need_within_its_decision() -> None:
    assert codes(PLANNED) == []


def test_a_provider_that_has_not_tried_its_own_routine_is_asked_to_first() -> None:
    assert codes(replace(PLANNED, tried=" ")) == ["provider_had_not_tried_its_own_routine"]
    assert codes(replace(PLANNED, tried="", provider_kind=ProviderKind.OWN_EMPLOYER)) == []


def test_a_provider_that_has_shown_no_routine_is_asked_for_it_and_the_shift_may_be_booked_meanwhile() -> None:
    unseen = replace(PLANNED, own_routine_is_in=False)

    assert codes(unseen) == ["provider_had_not_shown_its_own_routine"]
    assert stopping(unseen) == []
    assert codes(replace(unseen, provider_kind=ProviderKind.OWN_EMPLOYER)) == []


def test_a_need_that_can_wait_waits_for_the_decision_and_an_acute_one_does_not() -> None:
    assert stopping(replace(PLANNED, decision=None)) == ["no_decision_on_a_substitute"]
    assert stopping(ACUTE) == []


def test_an_acute_need_waits_where_the_routine_does_not_let_it_be_acted_on_first() -> None:
    ordinary_way = replace(LAST_RESORT, decided_afterwards=False)

    assert stopping(ACUTE, ordinary_way) == ["provider_had_not_tried_its_own_routine", "no_decision_on_a_substitute"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decision_from": date(2026, 3, 4)}, "booking_was_outside_the_decision"),
        ({"decision_to": date(2026, 3, 3)}, "booking_was_outside_the_decision"),
        ({"is_granted": False}, "booking_was_outside_the_decision"),
        ({"granted_minutes": 479}, "booking_was_beyond_the_decided_hours"),
    ],
)
def test_a_booking_outside_the_decision_is_stopped_also_when_it_is_acute(change: dict[str, object], code: str) -> None:
    outside = replace(PLANNED, is_acute=True, decision=replace(DECISION, **change))  # type: ignore[arg-type]

    assert stopping(outside) == [code]


def test_a_night_over_midnight_needs_a_decision_for_both_days() -> None:
    night = replace(PLANNED, start_at=instant(date(2026, 3, 14), 1320), end_at=instant(date(2026, 3, 15), 360))

    assert stopping(night) == ["booking_was_outside_the_decision"]
    assert stopping(replace(night, end_at=instant(date(2026, 3, 14), 1440))) == []


def test_what_could_wait_is_open_until_it_is_in() -> None:
    everything = (
        Open.DECISION,
        Open.POWER_OF_ATTORNEY,
        Open.OWN_ROUTINE,
        Open.TIME_REPORT,
        Open.PROVIDER_COST,
        Open.INVOICE_BASIS,
    )

    assert still_open(ACUTE, LAST_RESORT) == everything
    assert still_open(PLANNED, LAST_RESORT, is_worked=True, costs_are_in=True) == (Open.INVOICE_BASIS,)


def test_an_own_employer_needs_no_power_of_attorney_and_no_routine_of_her_own() -> None:
    own = replace(ACUTE, provider_kind=ProviderKind.OWN_EMPLOYER, asked_by=AskedBy.OWN_EMPLOYER, decision=DECISION)

    assert still_open(own, LAST_RESORT, is_worked=True, costs_are_in=True) == (Open.INVOICE_BASIS,)


def test_where_a_company_supplies_the_substitute_the_municipality_waits_for_no_paper() -> None:
    assert codes(ACUTE, COMPANY) == []
    assert still_open(ACUTE, COMPANY) == ()


def test_a_booking_goes_from_need_to_paid_one_step_at_a_time() -> None:
    status = BookingStatus.REQUESTED
    for act in ("offer", "accept", "confirm", "report", "charge", "pay"):
        moved = after(BookingAct(act), status)
        assert isinstance(moved, BookingStatus)
        status = moved

    assert status is BookingStatus.PAID


def test_what_asks_for_nothing_is_closed_instead_and_only_then() -> None:
    assert after(BookingAct.CLOSE, BookingStatus.WORKED) is BookingStatus.CLOSED
    assert after(BookingAct.CLOSE, BookingStatus.CONFIRMED) is Refusal.WRONG_STATE
    assert after(BookingAct.PAY, BookingStatus.CLOSED) is Refusal.WRONG_STATE


@pytest.mark.parametrize("act", [BookingAct.CONFIRM, BookingAct.ACCEPT, BookingAct.REPORT, BookingAct.CHARGE])
def test_no_step_is_skipped(act: BookingAct) -> None:
    assert after(act, BookingStatus.REQUESTED) is Refusal.WRONG_STATE


def test_a_company_confirms_at_once_and_what_is_worked_is_not_cancelled() -> None:
    assert after(BookingAct.CONFIRM, BookingStatus.REQUESTED, by_company=True) is BookingStatus.CONFIRMED
    assert after(BookingAct.CANCEL, BookingStatus.WORKED) is Refusal.WRONG_STATE


def test_a_cancelled_booking_is_billed_by_the_company_and_never_by_the_municipality() -> None:
    by_company = cancelled(480, was_confirmed=True, settings=COMPANY)
    by_us = cancelled(480, was_confirmed=True, settings=LAST_RESORT)

    assert by_company.billed_minutes == 480
    assert "kommunen bokför ingenting" in by_company.because
    assert by_us.billed_minutes == 0
    assert cancelled(480, was_confirmed=False, settings=COMPANY).billed_minutes == 0

"""What the state is to have, by when and because of what; and what may be claimed for time before it decides."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.state_duties.before_decision import PendingMonth, Standing, claim_before
from timvis.core.state_duties.duties import Duty, Knowing, changes, duties
from timvis.core.state_duties.records import (
    Assignment,
    AssistantNotice,
    AssistantNow,
    Concerned,
    Placement,
    Support,
)
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law
from timvis.formats.state_terms.read import load_state_terms

TODAY = date(2026, 11, 10)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
BJORN = AssistantNow(
    number="198308092389",
    name="Björn Berg",
    hired_on=date(2026, 2, 1),
    lives_outside_eea=False,
    known_on=date(2026, 2, 3),
)
NOTICE = AssistantNotice(
    sent_on=date(2026, 2, 20),
    received_on=date(2026, 2, 23),
    hired_on=date(2026, 2, 1),
    is_close=False,
    lives_outside_eea=False,
)
PLACED = Placement(key="4", assistant=BJORN, first_shift_on=MARCH, notices=(NOTICE,))
GRANTED = Assignment(key="1", begins_on=MARCH, agreement_signed_on=MARCH, decided_on=date(2026, 1, 20))
LSS = Support(
    key="9:1",
    decision="9",
    reference="LSS-17",
    legal_basis="LSS 9 § 2",
    decided_on=date(2026, 5, 4),
    is_change=False,
    minutes_per_week=30 * 60,
)


def by(today: date = TODAY) -> Knowing:
    return Knowing(
        terms=load_state_terms(), holidays=holidays_around(today), today=today, threshold_minutes_per_week=20 * 60
    )


def of(one: Concerned, today: date = TODAY) -> dict[str, Duty]:
    return {duty.code: duty for duty in duties(one, by(today))}


def alma(*assignments: Assignment, supports: tuple[Support, ...] = (), granted_on: date | None = None) -> Concerned:
    return Concerned(key="7", assignments=assignments, supports=supports, granted_on=granted_on)


# --- assistants -----------------------------------------------------------------------------------------------------


def test_an_assistant_is_to_be_notified_before_her_first_shift() -> None:
    unknown = replace(PLACED, notices=())

    duty = of(alma(replace(GRANTED, placements=(unknown,))))["assistant_notice"]

    assert (duty.form, duty.due_on, duty.is_done) == ("3066", MARCH, False)
    assert duty.warn_on == date(2026, 2, 27)  # 1 March 2026 is a Sunday
    assert "Björn Berg" in duty.because


def test_a_notice_that_was_sent_counts_only_from_the_day_the_state_has_it() -> None:
    sent = replace(PLACED, notices=(replace(NOTICE, received_on=None),))

    assert sent.registered_on is None
    assert not of(alma(replace(GRANTED, placements=(sent,))))["assistant_notice"].is_done
    assert PLACED.registered_on == date(2026, 2, 23)
    assert of(alma(replace(GRANTED, placements=(PLACED,))))["assistant_notice"].is_done


def test_a_change_of_what_was_notified_is_to_be_told_within_fourteen_days() -> None:
    moved = replace(PLACED, assistant=replace(BJORN, lives_outside_eea=True, known_on=date(2026, 4, 1)))

    duty = of(alma(replace(GRANTED, placements=(moved,))))["assistant_change"]

    assert changes(moved) == ("bosättningen",)
    assert (duty.form, duty.due_on) == ("3066", date(2026, 4, 15))
    assert "assistant_change" not in of(alma(replace(GRANTED, placements=(PLACED,))))
    # A new notice that says so ends it.
    told = replace(moved, notices=(NOTICE, replace(NOTICE, lives_outside_eea=True, changed_from=date(2026, 4, 1))))
    assert "assistant_change" not in of(alma(replace(GRANTED, placements=(told,))))


# --- 3079, 3064, 3078 -----------------------------------------------------------------------------------------------


def test_a_change_of_provider_is_told_by_the_15th_of_the_month_before() -> None:
    duty = of(alma(replace(GRANTED, replaces_another=True)))["payee_and_provider"]

    assert (duty.form, duty.due_on) == ("3079", date(2026, 2, 15))
    assert duty.warn_on == date(2026, 2, 13)  # the 15th is a Sunday


def test_a_first_provider_is_told_of_by_the_start() -> None:
    assert of(alma(GRANTED))["payee_and_provider"].due_on == MARCH


def test_a_new_and_a_changed_municipal_support_each_raise_a_notice_by_themselves() -> None:
    changed = replace(LSS, key="9:2", decided_on=date(2026, 9, 1), is_change=True)

    found = [
        one
        for one in duties(alma(supports=(LSS, changed), granted_on=date(2026, 1, 20)), by())
        if one.code == "support_notice"
    ]

    assert [(one.key, one.form, one.due_on) for one in found] == [
        ("support_notice:9:1", "3064", date(2026, 5, 18)),
        ("support_notice:9:2", "3064", date(2026, 9, 15)),
    ]
    assert "ändrades" in found[1].because


def test_support_of_somebody_who_has_nothing_from_the_state_is_not_told_but_a_great_need_is() -> None:
    found = of(alma(supports=(LSS,)))

    assert set(found) == {"need_notice"}
    assert (found["need_notice"].form, found["need_notice"].due_on) == ("3078", date(2026, 5, 18))
    assert of(alma(supports=(replace(LSS, minutes_per_week=20 * 60),))) == {}
    assert of(alma(supports=(replace(LSS, minutes_per_week=None),))) == {}


def test_without_an_agreement_there_is_something_to_do_before_the_assignment_begins() -> None:
    assert not of(alma(replace(GRANTED, agreement_signed_on=None)))["agreement"].is_done
    assert of(alma(GRANTED))["agreement"].is_done


# --- before the decision --------------------------------------------------------------------------------------------

WAITING = replace(
    GRANTED, decided_on=None, applied_on=date(2026, 4, 14), application_known_on=date(2026, 4, 20), begins_on=MARCH
)


def test_assistance_that_begins_before_the_decision_brings_its_own_duties() -> None:
    found = list(duties(alma(WAITING), by(date(2026, 5, 20))))

    told = {one.key: (one.form, one.due_on) for one in found}
    assert told == {
        "agreement:1": ("", MARCH),
        "proof_before_the_decision:1": ("", MARCH),
        "retroactive_request:1": ("3032", date(2026, 4, 20)),
        "time_report:1:2026-03": ("3059", date(2026, 5, 5)),
        "time_report:1:2026-04": ("3059", date(2026, 6, 5)),
        "time_report:1:2026-05": ("3059", date(2026, 7, 5)),
    }


def test_nothing_is_requested_while_no_application_is_known() -> None:
    unknown = replace(WAITING, applied_on=None, application_known_on=None)

    assert "retroactive_request" not in of(alma(unknown))


def a_month(month: int, *, reported_on: date | None, minutes: int = 600, blocked: int = 0) -> PendingMonth:
    return PendingMonth(
        month_on=date(2026, month, 1),
        due_on=date(2026, month + 2, 5),
        reported_on=reported_on,
        minutes=minutes,
        blocked_minutes=blocked,
    )


def test_a_claim_reaches_a_month_before_the_month_of_the_application() -> None:
    # Applied 14 May: the law reaches back to 1 April, so March is lost whoever worked.
    applied = replace(WAITING, applied_on=date(2026, 5, 14), application_known_on=date(2026, 5, 20))
    months = (
        a_month(3, reported_on=date(2026, 5, 4)),
        a_month(4, reported_on=date(2026, 6, 5)),
        a_month(5, reported_on=date(2026, 7, 6)),
        a_month(6, reported_on=None),
        a_month(9, reported_on=None, minutes=900, blocked=240),
    )

    told = claim_before(applied, months, load_law(), told_the_state_on=date(2026, 5, 21), today=date(2026, 10, 1))

    assert (told.reaches_back_to, told.from_on, told.request_from_on) == (
        date(2026, 4, 1),
        date(2026, 4, 1),
        date(2026, 5, 21),
    )
    assert [each.standing for each in told.months] == [
        Standing.TOO_EARLY,
        Standing.IN_TIME,
        Standing.LATE,
        Standing.MISSING,
        Standing.WAITING,
    ]
    assert [each.claimable_minutes for each in told.months] == [0, 600, 0, 0, 660]
    assert told.claimable_minutes == 1_260


def test_the_municipalitys_own_notice_counts_as_the_day_when_it_is_the_earlier_one() -> None:
    told = claim_before(WAITING, (), load_law(), told_the_state_on=date(2026, 3, 20), today=TODAY)

    assert told.reaches_back_to == date(2026, 2, 1)
    assert told.from_on == MARCH  # nothing was done earlier
    assert told.request_from_on == date(2026, 3, 20)


def test_without_application_or_notice_nothing_can_be_claimed() -> None:
    unknown = replace(WAITING, applied_on=None, application_known_on=None)

    told = claim_before(unknown, (a_month(3, reported_on=None),), load_law(), told_the_state_on=None, today=TODAY)

    assert told.from_on is None
    assert told.request_from_on is None
    assert told.claimable_minutes == 0


@pytest.mark.parametrize("decided_on", [date(2026, 4, 30), date(2026, 5, 1)])
def test_after_the_decision_no_month_waits_for_it(decided_on: date) -> None:
    found = [one.key for one in duties(alma(replace(WAITING, decided_on=decided_on)), by()) if "time_report" in one.key]

    assert found[-1].endswith(f"{decided_on:%Y-%m}")


def test_what_stood_when_she_applied_is_told_then_and_what_was_overtaken_is_not() -> None:
    changed = replace(LSS, key="9:2", decided_on=date(2026, 6, 1), is_change=True)
    other = replace(LSS, key="12:1", decision="12", legal_basis="LSS 9 § 6", decided_on=date(2019, 2, 1))

    found = duties(alma(supports=(other, LSS, changed), granted_on=date(2026, 8, 3)), by())

    assert [(one.key, one.due_on) for one in found] == [
        ("support_notice:12:1", date(2026, 8, 17)),
        ("support_notice:9:2", date(2026, 8, 17)),
    ]

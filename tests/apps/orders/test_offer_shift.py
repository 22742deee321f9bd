"""Only those are asked who may lawfully take the shift; what only asks for a thought takes a reason."""

from tests.apps.orders.desk import CALL_AT, MONDAY, SUNDAY, Town, at, booking, called, confirmed, offered, papers_in
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.orders import actions, pool, queries
from timvis.core.access import BookingStatus
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.review.finding import Finding
from timvis.core.substitute.staffing import Verdict


def offer(
    town: Town, booking_id: int, *, member_id: int | None = None, reason: str = ""
) -> int | Refusal | tuple[Finding, ...]:
    return actions.offer_shift(
        at(town.jon, CALL_AT), booking_id, member_id or town.mira_id, law=law(), now=CALL_AT, reason=reason
    )


def codes(found: int | Refusal | tuple[Finding, ...]) -> list[str]:
    assert isinstance(found, tuple), found
    return [finding.code for finding in found]


def mira_works(town: Town, start: int, end: int) -> None:
    ok(
        pool.register_other_work(
            at(town.ida, CALL_AT),
            member_id=town.mira_id,
            start_at=instant(SUNDAY, start * 60),
            end_at=instant(SUNDAY, end * 60),
            now=CALL_AT,
        )
    )


def test_mira_is_asked_and_the_booking_waits_for_her_answer(town: Town) -> None:
    booking_id = called(town)

    offered(town, booking_id)

    assert booking(booking_id).status == BookingStatus.OFFERED


def test_the_pool_stands_with_those_first_who_may_and_can(town: Town) -> None:
    row = booking(called(town))

    found = queries.who_can_come(row, law(), now=CALL_AT)

    assert [one.member.id for one in found] == [town.mira_id, town.nils_id]
    assert [one.judged.is_available for one in found] == [True, False]
    assert {one.judged.verdict for one in found} == {Verdict.MAY}


def test_somebody_who_works_at_the_same_time_is_not_asked(town: Town) -> None:
    mira_works(town, 20, 24)
    booking_id = called(town)

    found = offer(town, booking_id, reason="Hon får gå tidigare.")

    assert "assistant_was_with_two_recipients_at_once" in codes(found)
    assert booking(booking_id).status == BookingStatus.REQUESTED


def test_short_rest_takes_a_reason_and_with_one_she_is_asked(town: Town) -> None:
    mira_works(town, 12, 20)
    booking_id = called(town)

    assert "daily_rest_was_short" in codes(offer(town, booking_id))
    assert isinstance(offer(town, booking_id, reason="Ingen annan finns; hon är ledig i morgon."), int)
    step = booking(booking_id).steps.get(act="offer_shift")
    assert step.reason == "Ingen annan finns; hon är ledig i morgon."
    assert "daily_rest_was_short" in step.detail["findings"]


def test_somebody_who_lacks_a_skill_is_not_asked_whatever_the_reason(town: Town) -> None:
    booking_id = called(town, skills=("sign_language",))

    assert codes(offer(town, booking_id, reason="Bråttom.")) == ["substitute_lacked_a_skill"]


def test_a_shift_she_has_already_said_yes_to_counts_against_the_next(town: Town) -> None:
    confirmed(town)
    again = called(town, start_at=instant(MONDAY, 60), end_at=instant(MONDAY, 300))

    assert codes(offer(town, again))


def test_a_need_that_can_wait_waits_for_the_decision(town: Town) -> None:
    booking_id = called(town, is_acute=False)

    assert codes(offer(town, booking_id)) == ["no_decision_on_a_substitute"]
    papers_in(town, booking_id, CALL_AT)
    assert isinstance(offer(town, booking_id), int)


def test_a_provider_that_has_not_tried_its_own_routine_is_asked_to_when_there_is_time(town: Town) -> None:
    booking_id = called(town, is_acute=False, tried="")
    papers_in(town, booking_id, CALL_AT)

    assert codes(offer(town, booking_id)) == ["provider_had_not_tried_its_own_routine"]


def test_a_booking_outside_the_decision_is_stopped_with_the_remedy(town: Town) -> None:
    booking_id = called(
        town,
        start_at=instant(SUNDAY.replace(day=29), 480),
        end_at=instant(SUNDAY.replace(day=29), 720),
    )
    papers_in(town, booking_id, CALL_AT)

    found = offer(town, booking_id)

    assert codes(found) == ["booking_was_outside_the_decision"]
    assert isinstance(found, tuple)
    assert "be handläggaren" in found[0].message


def test_nobody_is_asked_twice_and_a_stale_page_asks_nobody(town: Town) -> None:
    booking_id = called(town)
    seen = queries.standing(booking(booking_id))
    offered(town, booking_id)

    assert offer(town, booking_id) is Refusal.SOMEONE_ELSE_WAS_FIRST
    stale = actions.offer_shift(at(town.jon, CALL_AT), booking_id, town.nils_id, law=law(), now=CALL_AT, seen=seen)
    assert stale is Refusal.SHOWN_IS_NOT_CURRENT


def test_the_first_yes_counts_and_a_no_lets_the_next_one_be_asked(town: Town) -> None:
    booking_id = called(town)
    offered(town, booking_id)
    offered(town, booking_id, town.nils_id)
    jon = at(town.jon, CALL_AT)

    assert actions.answer_offer(jon, booking_id, town.nils_id, accepts=False, now=CALL_AT) is BookingStatus.OFFERED
    assert actions.answer_offer(jon, booking_id, town.mira_id, accepts=True, now=CALL_AT) is BookingStatus.ACCEPTED
    assert actions.answer_offer(jon, booking_id, town.nils_id, accepts=True, now=CALL_AT) is Refusal.WRONG_STATE
    assert actions.answer_offer(jon, booking_id, town.mira_id, accepts=False, now=CALL_AT) is BookingStatus.REQUESTED

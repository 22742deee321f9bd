"""Before a decision on a substitute goes against her, the one who asks sees it proposed and may answer (FL 25 §)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.apps.orders.desk import LATER, MORNING, Town, at, booking, called
from tests.apps.orders.test_decide import REFUSED, WANTED
from tests.cast import ok
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import actions, decision_acts
from timvis.apps.orders.deciding import WantedDecision
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.substitute.request import Open

HEARD = replace(REFUSED, not_heard=None, not_heard_because="")
PARTLY = replace(
    WANTED,
    outcome=Outcome.PARTLY_GRANTED,
    granted_minutes=4 * 60,
    reasons="Ekot har en egen vikarie för halva passet.",
)
ANSWER_BY = date(2026, 3, 15)


def proposed(actor: Actor, booking_id: int, wanted: WantedDecision = HEARD, answer_by: date = ANSWER_BY) -> Any:
    return decision_acts.propose_on_substitute(at(actor, MORNING), booking_id, wanted, answer_by=answer_by, now=MORNING)


def answered(actor: Actor, booking_id: int, text: str = "Ekots vikarie är också sjuk.", **says: Any) -> Any:
    return decision_acts.register_answer(
        at(actor, MORNING), booking_id, text=text, now=MORNING, **{"received_on": MORNING.date(), **says}
    )


def decided(actor: Actor, booking_id: int, wanted: WantedDecision = HEARD, *, days: int = 0) -> Any:
    now = MORNING + timedelta(days=days)
    return decision_acts.decide_on_substitute(at(actor, now), booking_id, wanted, now=now)


def a_need(town: Town) -> int:
    return called(town, is_acute=False)


def test_she_is_sent_the_proposal_with_its_reasons_and_the_decision_waits_for_her(town: Town) -> None:
    booking_id, cecilia = a_need(town), town.cast.cecilia

    assert proposed(cecilia, booking_id) == 1

    letter = SentLetter.objects.get(code="substitute_proposed")
    assert (letter.about, letter.receiver, letter.answer_by) == (
        booking(booking_id).number,
        "Alma Åkesson",
        ANSWER_BY,
    )
    for said in ("avslag på begäran om vikarie", HEARD.reasons, "Svara senast den 15 mars 2026", "LSS 9 § 2"):
        assert said in letter.html
    assert decided(cecilia, booking_id) is Refusal.TIME_TO_ANSWER_IS_NOT_OVER
    assert decided(cecilia, booking_id, days=7) == 1
    assert booking(booking_id).decisions.get().hearing is not None


def test_her_answer_ends_the_waiting_unless_she_has_written_that_more_is_coming(town: Town) -> None:
    booking_id, cecilia = a_need(town), town.cast.cecilia
    proposed(cecilia, booking_id)

    ok(answered(cecilia, booking_id, more_is_coming=True))
    assert decided(cecilia, booking_id) is Refusal.TIME_TO_ANSWER_IS_NOT_OVER

    other = a_need(town)
    proposed(cecilia, other)
    ok(answered(cecilia, other))
    assert decided(cecilia, other) == 1


def test_what_has_come_to_light_since_is_heard_anew(town: Town) -> None:
    booking_id, cecilia = called(town, is_acute=False, tried=""), town.cast.cecilia
    proposed(cecilia, booking_id)
    ok(
        actions.register_paper(
            at(cecilia, MORNING),
            booking_id,
            Open.OWN_ROUTINE,
            received_on=MORNING.date(),
            note="Ingen i egen pool.",
            now=MORNING,
        )
    )

    assert decided(cecilia, booking_id, days=7) is Refusal.SHOWN_IS_NOT_CURRENT


def test_nothing_worse_is_decided_than_what_she_was_heard_over(town: Town) -> None:
    booking_id, cecilia = a_need(town), town.cast.cecilia
    proposed(cecilia, booking_id, PARTLY)

    assert decided(cecilia, booking_id, days=7) is Refusal.SHOWN_IS_NOT_CURRENT
    assert decided(cecilia, booking_id, replace(PARTLY, granted_minutes=60), days=7) is Refusal.SHOWN_IS_NOT_CURRENT
    assert decided(cecilia, booking_id, replace(PARTLY, granted_minutes=6 * 60), days=7) == 1


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_sent(town: Town) -> None:
    booking_id, cecilia = a_need(town), town.cast.cecilia

    faults = proposed(cecilia, booking_id, replace(HEARD, reasons=" ", granted_minutes=60), MORNING.date())

    assert [fault.code for fault in faults] == ["no_time_to_answer", "reasons_are_missing", "refusal_gives_hours"]
    assert not SentLetter.objects.filter(code="substitute_proposed").exists()
    assert proposed(cecilia, booking_id, WANTED) is Refusal.WRONG_STATE
    assert proposed(town.ida, booking_id) is Refusal.ROLE_DOES_NOT_ALLOW


def test_an_answer_belongs_to_a_proposal_and_says_something(town: Town) -> None:
    booking_id, cecilia = a_need(town), town.cast.cecilia

    assert answered(cecilia, booking_id) is Refusal.WRONG_STATE
    proposed(cecilia, booking_id)
    faults = answered(cecilia, booking_id, " ", received_on=LATER.date())

    assert [fault.code for fault in faults] == ["answer_is_empty", "answer_came_another_day"]

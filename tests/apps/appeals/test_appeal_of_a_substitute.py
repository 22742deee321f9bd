"""A decision on a substitute is appealed as any other: in time or late, looked at again, and handed over whole."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.apps.orders.desk import MORNING, Town, a_town, at, booking, called
from tests.apps.orders.test_decide import REFUSED, WANTED
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.appeals import actions, records
from timvis.apps.appeals.actions import Written, change_substitute_decision
from timvis.apps.appeals.models import Appeal, CourtPackage, ServiceWay
from timvis.apps.appeals.queries import appeal_in, standing_of
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import decision_acts, queries
from timvis.apps.orders.deciding import WantedDecision
from timvis.core.faults import Refusal
from timvis.core.procedure.appeal import Change, CourtAnswer, TimeFinding
from timvis.core.procedure.decision import Outcome

SERVED_ON, LAST_DAY = date(2026, 3, 11), date(2026, 4, 1)
APPEALED_AT = MORNING + timedelta(days=15)
APPEALED_ON = APPEALED_AT.date()
LATER = MORNING + timedelta(days=16)
CHANGED = replace(WANTED, changed_because="Ekots vikarie blev också sjuk.")


@pytest.fixture
def town(db: None) -> Town:
    return a_town()


@pytest.fixture
def booking_id(town: Town) -> int:
    """A need that was refused, and Alma knows it."""
    found = called(town, is_acute=False)
    ok(decision_acts.decide_on_substitute(at(town.cast.cecilia, MORNING), found, REFUSED, now=MORNING))
    served = actions.register_service(
        at(town.cast.cecilia, APPEALED_AT),
        booking(found).number,
        name="Alma Åkesson",
        served_on=SERVED_ON,
        way=ServiceWay.LETTER,
        now=APPEALED_AT,
    )
    assert isinstance(served, int), served
    return found


def appealed(town: Town, booking_id: int, *, on: date = APPEALED_ON, now: datetime = APPEALED_AT) -> Appeal:
    cecilia = at(town.cast.cecilia, now)
    made = actions.register_appeal(
        cecilia,
        booking(booking_id).number,
        Written(came_on=on, text="Ingen kom den natten."),
        name="Alma Åkesson",
        now=now,
    )
    assert isinstance(made, int), made
    found = appeal_in(cecilia, made)
    assert found is not None
    return found


def judged(town: Town, one: Appeal, now: datetime = LATER) -> Any:
    return actions.judge_time(at(town.cast.cecilia, now), one.pk, law=law(), now=now)


def done(town: Town, act: Callable[..., Any], one: Appeal, *args: Any, **says: Any) -> Any:
    return act(at(town.cast.cecilia, LATER), one.pk, *args, now=LATER, **says)


def changed(town: Town, booking_id: int, wanted: WantedDecision = CHANGED, **says: Any) -> Any:
    return change_substitute_decision(at(town.cast.cecilia, LATER), booking_id, wanted, now=LATER, **says)


def test_it_is_kept_as_it_came_and_the_one_who_appealed_is_told(town: Town, booking_id: int) -> None:
    one = appealed(town, booking_id)

    standing = standing_of(one, law())
    assert (standing.last_on, standing.waits_for_us) == (LAST_DAY, True)
    letter = SentLetter.objects.get(code="appeal_received")
    assert letter.about == booking(booking_id).number
    assert "9 mars 2026" in letter.html


@pytest.mark.parametrize(
    ("came_on", "time"), [(LAST_DAY, TimeFinding.IN_TIME), (LAST_DAY + timedelta(days=1), TimeFinding.LATE)]
)
def test_its_time_is_three_weeks_from_the_day_she_knew(
    town: Town, booking_id: int, came_on: date, time: TimeFinding
) -> None:
    late = MORNING + timedelta(days=30)
    one = appealed(town, booking_id, on=came_on, now=late)

    assert judged(town, one, late) is time


def test_it_is_handed_over_with_every_paper_of_the_booking(town: Town, booking_id: int) -> None:
    one = appealed(town, booking_id)
    judged(town, one)
    ok(done(town, actions.reconsider, one, Change.NOT, because="Inget nytt har kommit fram."))
    ok(done(town, actions.forward, one))

    with zipfile.ZipFile(io.BytesIO(bytes(CourtPackage.objects.get().content))) as package:
        names = {name.partition("/")[2] for name in package.namelist()} | set(package.namelist())
    for path in ("decision/decisions.json", "decision/service.json", "case/need.json", "case/hearings.json"):
        assert any(name.endswith(path) for name in names), path
    assert sum("substitute_refused" in name for name in package.namelist()) == 1
    assert [event.step.value for event in records.events(one)] == [
        "registered",
        "time_checked",
        "reconsidered",
        "forwarded",
    ]


def test_a_change_for_the_better_is_a_new_decision_and_she_is_told(town: Town, booking_id: int) -> None:
    one = appealed(town, booking_id)
    judged(town, one)
    assert done(town, actions.reconsider, one, Change.WHOLLY, because="Ekots vikarie blev sjuk.") is Refusal.WRONG_STATE

    ok(changed(town, booking_id))
    ok(done(town, actions.reconsider, one, Change.WHOLLY, because="Ekots vikarie blev sjuk."))

    step = one.steps.get(step="reconsidered")
    assert step.substitute_decision == booking(booking_id).decisions.get(number=2)
    assert SentLetter.objects.filter(code="appeal_reconsidered").count() == 1


def test_what_was_given_is_not_taken_back_while_she_appeals_nor_changed_after_it_was_handed_over(town: Town) -> None:
    booking_id = called(town, is_acute=False)
    half = replace(REFUSED, outcome=Outcome.PARTLY_GRANTED, granted_minutes=240)
    ok(decision_acts.decide_on_substitute(at(town.cast.cecilia, MORNING), booking_id, half, now=MORNING))
    one = appealed(town, booking_id)

    worse = replace(REFUSED, changed_because="Vi har räknat fel.")
    assert changed(town, booking_id, worse) is Refusal.FAVOURABLE_DECISION_STANDS
    judged(town, one)
    ok(done(town, actions.reconsider, one, Change.NOT, because="Inget nytt."))
    ok(done(town, actions.forward, one))
    assert changed(town, booking_id) is Refusal.WRONG_STATE
    answer = Written(came_on=LATER.date(), text="Överklagandet avslås.")
    ok(done(town, actions.register_court_answer, one, CourtAnswer.UPHELD, answer, decided_on=LATER.date()))
    ok(changed(town, booking_id))


def test_only_who_decides_handles_it_and_never_who_stands_near(town: Town, booking_id: int) -> None:
    one = appealed(town, booking_id)

    assert actions.forward(at(town.ida, LATER), one.pk, now=LATER) is Refusal.ROLE_DOES_NOT_ALLOW
    assert queries.id_in_number("osthammar", f"osthammar-V{booking_id}") == booking_id
    for other in ("osthammar-2026-0001", f"vasteras-V{booking_id}", "osthammar-V", "osthammar-Vx"):
        assert queries.id_in_number("osthammar", other) is None

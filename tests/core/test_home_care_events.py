"""Hospital, death, moving, a changed need, help declined, a wish to end: what stops, and who must be told."""

import pytest

from timvis.core.access import HomeOrderStatus, Role
from timvis.core.faults import Refusal
from timvis.core.home_care.events import (
    Consequence,
    Event,
    EventKind,
    Task,
    awaits_recipient,
    consequence,
)
from timvis.core.home_care.order import OrderAct, Standing
from timvis.core.records import Instant
from timvis.core.routine.home_orders import tell_rules_of
from timvis.formats.routine.packaged import packaged_routine

STARTED = Standing(status=HomeOrderStatus.STARTED)
PAUSED = Standing(status=HomeOrderStatus.STARTED, is_paused=True)
OFFICER, PROVIDER, RECIPIENT = Role.CASE_OFFICER, Role.PROVIDER_ADMIN, Role.RECIPIENT


def led_to(kind: EventKind, by: Role, standing: Standing = STARTED, *before: Event) -> Consequence | Refusal:
    routine = packaged_routine("leksand/home_care")
    assert routine is not None
    return consequence(event(kind, by), standing, tell_rules_of(routine), before=before)


def event(kind: EventKind, by: Role) -> Event:
    return Event(kind=kind, at=Instant(1_000), by=by)


@pytest.mark.parametrize(
    ("kind", "by", "standing", "act", "told"),
    [
        (EventKind.HOSPITAL, PROVIDER, STARTED, OrderAct.PAUSE, {OFFICER}),
        (EventKind.HOSPITAL, OFFICER, STARTED, OrderAct.PAUSE, {PROVIDER}),
        (EventKind.PLANNED_DISCHARGE, OFFICER, PAUSED, OrderAct.RESUME, {PROVIDER}),
        (EventKind.DEATH, PROVIDER, PAUSED, OrderAct.END, {OFFICER}),
        (EventKind.MOVES, RECIPIENT, STARTED, OrderAct.END, {OFFICER, PROVIDER}),
        (EventKind.NEEDS_CHANGE, RECIPIENT, STARTED, None, {OFFICER}),
        (EventKind.DECLINED_AGAIN_AND_AGAIN, PROVIDER, STARTED, None, {OFFICER}),
        (EventKind.WISH_TO_END, PROVIDER, STARTED, None, {OFFICER}),
        (EventKind.CASE_IS_ENDED, OFFICER, STARTED, OrderAct.END, {PROVIDER}),
    ],
)
def test_what_an_event_does_to_the_order_at_once_and_who_is_told(
    kind: EventKind, by: Role, standing: Standing, act: OrderAct | None, told: set[Role]
) -> None:
    found = led_to(kind, by, standing)
    assert isinstance(found, Consequence)
    assert (found.act, found.told) == (act, told)


def test_the_officer_asks_the_recipient_before_the_provider_may_close() -> None:
    told = event(EventKind.WISH_TO_END, PROVIDER)
    wish = led_to(EventKind.WISH_TO_END, PROVIDER)
    assert isinstance(wish, Consequence)
    assert wish.tasks == ((OFFICER, Task.ASK_THE_RECIPIENT),)
    assert led_to(EventKind.CASE_IS_ENDED, OFFICER, STARTED, told) is Refusal.PARTY_IS_NOT_HEARD
    confirmed = event(EventKind.WISH_IS_CONFIRMED, OFFICER)
    closed = led_to(EventKind.CASE_IS_ENDED, OFFICER, STARTED, told, confirmed)
    assert isinstance(closed, Consequence)
    assert closed.tasks == ((PROVIDER, Task.RETURN_DOCUMENTS),)


def test_she_who_says_it_herself_need_not_be_asked() -> None:
    assert not awaits_recipient([event(EventKind.WISH_TO_END, RECIPIENT)])
    assert awaits_recipient([event(EventKind.WISH_TO_END, RECIPIENT), event(EventKind.WISH_TO_END, PROVIDER)])


def test_what_is_so_already_changes_nothing() -> None:
    again = led_to(EventKind.HOSPITAL, PROVIDER, PAUSED)
    assert isinstance(again, Consequence)
    assert again.act is None
    ended = led_to(EventKind.DEATH, PROVIDER, Standing(status=HomeOrderStatus.ENDED))
    assert isinstance(ended, Consequence)
    assert (ended.act, ended.tasks) == (None, ())

"""What the pages about home care show, in words: how an order stands, what is waited for, what somebody was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.home_orders.board import OnBoard
from timvis.apps.home_orders.models import HomeEvent, HomeNotice, HomeOrder
from timvis.core.access import POLICY, Action, Actor, HomeOrderStatus, Relation, Role, opened
from timvis.core.calculation.home_care.records import Granted
from timvis.core.calendar.local_time import instant_of, local_clock, local_day
from timvis.core.home_care.events import EventKind, Task
from timvis.core.home_care.order import Clock, ClockKind, ClockState, NudgeKind, OrderAct
from timvis.core.home_care.ordered import UNTIL_FURTHER
from timvis.core.home_care.papers import PaperKind
from timvis.core.records import Instant
from timvis.web.shared.names import provider_name, recipient_name

_S = HomeOrderStatus
_DAY = timedelta(days=1)

STATUS_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    _S.PLACED: ("ask", _("Väntar på bekräftelse")),
    _S.CONFIRMED: ("ask", _("Bekräftad, har inte börjat")),
    _S.STARTED: ("clear", _("Pågår")),
    _S.CHANGED: ("ask", _("Ändringen väntar på bekräftelse")),
    _S.DECLINED: ("stop", _("Utföraren kan inte")),
    _S.ENDED: ("tell", _("Avslutad")),
}
CLOCK_WORDS: Final[dict[str, str | Promise]] = {
    ClockKind.CONFIRMATION: _("Utförarens bekräftelse"),
    ClockKind.START: _("Den första hjälpen"),
    ClockKind.PLAN: _("Genomförandeplan, undertecknad"),
    ClockKind.DOCUMENTATION: _("Dokumentationen tillbaka"),
    ClockKind.FOLLOW_UP: _("Uppföljning"),
}
STATE_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    ClockState.RUNNING: ("tell", _("går")),
    ClockState.LATE: ("stop", _("sen")),
    ClockState.DONE: ("clear", _("i tid")),
    ClockState.DONE_LATE: ("ask", _("för sent")),
}
ACT_WORDS: Final[dict[str, str | Promise]] = {
    OrderAct.PLACE: _("Ny beställning"),
    OrderAct.CONFIRM: _("Bekräftad"),
    OrderAct.DECLINE: _("Utföraren kan inte ta den"),
    OrderAct.START: _("Hjälpen började"),
    OrderAct.CHANGE: _("Ändrad beställning"),
    OrderAct.PAUSE: _("Uppehåll"),
    OrderAct.RESUME: _("Hjälpen börjar igen"),
    OrderAct.END: _("Hjälpen slutar"),
}
EVENT_WORDS: Final[dict[str, str | Promise]] = {
    EventKind.NEEDS_CHANGE: _("Behovet har ändrats"),
    EventKind.HOSPITAL: _("På sjukhus"),
    EventKind.PLANNED_DISCHARGE: _("Planerad hemgång från sjukhus"),
    EventKind.DEATH: _("Dödsfall"),
    EventKind.DECLINED_AGAIN_AND_AGAIN: _("Tackar nej till hjälp gång på gång"),
    EventKind.WISH_TO_END: _("Vill avsluta"),
    EventKind.WISH_IS_CONFIRMED: _("Önskan att avsluta är stämd av"),
    EventKind.CASE_IS_ENDED: _("Ärendet avslutas"),
    EventKind.MOVES: _("Flyttar från kommunen"),
}
TASK_WORDS: Final[dict[str, str | Promise]] = {
    Task.DECIDE_ANEW: _("Pröva behovet på nytt"),
    Task.FOLLOW_UP: _("Följ upp varför hjälpen tackas nej till"),
    Task.ASK_THE_RECIPIENT: _("Fråga den enskilde, och skriv in svaret"),
    Task.SAY_THAT_IT_MAY_BE_CLOSED: _("Säg till utföraren att ärendet får avslutas"),
    Task.RETURN_DOCUMENTS: _("Skicka dokumentationen till handläggaren"),
    Task.ORDER_FROM_ANOTHER: _("Beställ hos en annan utförare"),
}
PAPER_WORDS: Final[dict[str, str | Promise]] = {
    PaperKind.PLAN: _("Genomförandeplan"),
    PaperKind.DOCUMENTATION: _("Dokumentation"),
    PaperKind.HANDOVER: _("Överrapportering till ny utförare"),
    PaperKind.FOLLOW_UP: _("Uppföljning"),
}
NUDGE_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    NudgeKind.SOON: ("ask", _("snart slut")),
    NudgeKind.LATE: ("stop", _("tiden är ute")),
    NudgeKind.STILL_LATE: ("stop", _("fortfarande sen")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClock:
    """A clock in words."""

    what: str | Promise
    due: str
    weight: str
    state: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An order on the board."""

    order: HomeOrder
    recipient: str
    provider: str
    weight: str
    status: str | Promise
    clocks: tuple[ShownClock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotice:
    """What somebody was told, in words: what it is, about whom, and what she is to do."""

    notice: HomeNotice
    recipient: str
    provider: str
    weight: str
    what: str | Promise
    detail: str
    task: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What was ordered of a service from one day to another; `to_text` is the last day, empty until further."""

    service: str
    minutes: int
    per: str
    time_band: str
    from_text: str
    to_text: str


def moment_text(at: int | None) -> str:
    """Return an instant as people write it, "2026-03-02 09.00"; a dash when there is none."""
    return "–" if at is None else f"{local_day(Instant(at)).isoformat()} {local_clock(Instant(at))}"


def status_of(order: HomeOrder, now: datetime) -> tuple[str, str | Promise]:
    """Return how an order stands, with its weight; an end that lies ahead is told by its day."""
    if order.status == _S.ENDED and order.ended_at is not None and order.ended_at > instant_of(now):
        return "ask", _("Slutar %(day)s") % {"day": moment_text(order.ended_at)}
    return STATUS_WORDS[order.status]


def shown_clock(clock: Clock, now: datetime) -> ShownClock:
    """Return a clock in words."""
    weight, state = STATE_WORDS[clock.state(instant_of(now))]
    return ShownClock(what=CLOCK_WORDS[clock.kind], due=moment_text(clock.due_at), weight=weight, state=state)


def row(one: OnBoard, now: datetime) -> Row:
    """Return an order as the board shows it."""
    weight, status = status_of(one.order, now)
    return Row(
        order=one.order,
        recipient=recipient_name(one.order.recipient),
        provider=provider_name(one.order.provider),
        weight=weight,
        status=status,
        clocks=tuple(shown_clock(clock, now) for clock in one.clocks if one.is_near(now)),
    )


def note_of(event: HomeEvent, actor: Actor) -> str:
    """Return what was written of an event; what one provider has written of her is not for another to read."""
    is_hers = event.order_id is not None or event.known_by_id == actor.person_id
    return event.note if is_hers or event.by_role != Role.PROVIDER_ADMIN or sees_all(actor) else ""


def shown_notice(notice: HomeNotice, actor: Actor) -> ShownNotice:
    """Return what somebody was told, in words."""
    weight, what, detail = "tell", ACT_WORDS.get(notice.act, ""), ""
    if notice.clock:
        weight, nudge = NUDGE_WORDS[notice.nudge]
        what = CLOCK_WORDS[notice.clock]
        detail = f"{nudge}, {moment_text(notice.due_at)}"
    elif notice.event is not None:
        what, detail = EVENT_WORDS[notice.event.kind], moment_text(notice.event.at)
        if note := note_of(notice.event, actor):
            detail = f"{detail}. {note}"
    return ShownNotice(
        notice=notice,
        recipient=recipient_name(notice.order.recipient),
        provider=provider_name(notice.order.provider),
        weight="ask" if notice.task and weight == "tell" else weight,
        what=what,
        detail=detail,
        task=TASK_WORDS.get(notice.task, ""),
    )


def pieces(granted: Iterable[Granted]) -> list[Piece]:
    """Return what was ordered, piece by piece."""
    return [
        Piece(
            service=one.service,
            minutes=one.minutes,
            per=one.per.value,
            time_band=one.time_band,
            from_text=one.granted_from.isoformat(),
            to_text="" if one.granted_to == UNTIL_FURTHER else (one.granted_to - _DAY).isoformat(),
        )
        for one in granted
    ]


def may_of(actor: Actor) -> frozenset[Action]:
    """Return everything the actor may in some relation."""
    return frozenset(one.action for one in POLICY if one.role in actor.roles)


def sees_all(actor: Actor) -> bool:
    """Return whether the actor sees all of the municipality's orders, and not only those that are hers."""
    return Action.LOOK_AT_ORDERS in opened(actor, Relation.OWN_MUNICIPALITY)


def told_to(actor: Actor, notice: HomeNotice) -> bool:
    """Return whether a notice is somebody's to settle."""
    if Action.SETTLE_HOME_NOTICE not in may_of(actor):
        return False
    is_of_provider = notice.to_role == Role.PROVIDER_ADMIN
    return is_of_provider is not sees_all(actor)

"""An order of home care: how far it has come, which clocks run, and who is reminded of what.

The order is its steps; everything else is derived from them. A provider confirms and begins within the times that
the routine sets. Help that has begun goes on while a change waits to be confirmed. A pause stops the clock of the
start, never that of the confirmation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from timvis.core.access import HomeOrderStatus, Role
from timvis.core.calendar.deadlines import DueRule, Move, TimeAfterEvent, TimeUnit, due
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, instant, local_day
from timvis.core.calendar.working_days import Holidays
from timvis.core.faults import Refusal
from timvis.core.quantities import Minutes
from timvis.core.records import Instant

_DAY_MINUTES = 24 * 60


class OrderAct(StrEnum):
    """What is done with an order."""

    PLACE = "place"
    CONFIRM = "confirm"
    DECLINE = "decline"
    START = "start"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


_S, _A = HomeOrderStatus, OrderAct

MOVES: Mapping[tuple[OrderAct, HomeOrderStatus], HomeOrderStatus] = {
    (_A.CONFIRM, _S.PLACED): _S.CONFIRMED,
    (_A.CONFIRM, _S.CHANGED): _S.STARTED,
    (_A.DECLINE, _S.PLACED): _S.DECLINED,
    # Who comes the same day has confirmed by coming.
    (_A.START, _S.PLACED): _S.STARTED,
    (_A.START, _S.CONFIRMED): _S.STARTED,
    (_A.CHANGE, _S.PLACED): _S.PLACED,
    (_A.CHANGE, _S.CONFIRMED): _S.PLACED,
    (_A.CHANGE, _S.STARTED): _S.CHANGED,
    (_A.CHANGE, _S.CHANGED): _S.CHANGED,
    **{(_A.END, status): _S.ENDED for status in (_S.PLACED, _S.CONFIRMED, _S.STARTED, _S.CHANGED)},
}
"""Every move there is but pause and resume, which change no status; what stands nowhere here is refused."""

OVER = frozenset({_S.DECLINED, _S.ENDED})
BEGUN = frozenset({_S.STARTED, _S.CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an order stands; `is_paused` while the recipient is away (hospital, other absence).

    `ends_at` and `resumes_at` are what was last said of the end and of coming home, which may lie ahead.
    """

    status: HomeOrderStatus
    is_paused: bool = False
    ends_at: Instant | None = field(default=None, compare=False)
    resumes_at: Instant | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStep:
    """One act on an order, from when it holds.

    `is_acute` (the help is needed the same day) and `first_on` (the first day it is asked for, when that lies ahead)
    belong to placing and changing.
    """

    act: OrderAct
    at: Instant
    is_acute: bool = False
    first_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """Within which time an order is confirmed and begun; None where the routine has no such rule: no clock runs."""

    confirm: DueRule | None = None
    start: DueRule | None = None
    acute_start: DueRule | None = None


class ClockKind(StrEnum):
    """What a clock waits for."""

    CONFIRMATION = "confirmation"
    START = "start"
    PLAN = "plan"
    DOCUMENTATION = "documentation"
    FOLLOW_UP = "follow_up"


class ClockState(StrEnum):
    """How a clock stands at an instant."""

    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time within which something is to be done. `due_at` is the last minute that is in time."""

    kind: ClockKind
    from_at: Instant
    due_at: Instant
    done_at: Instant | None = None

    def state(self, now_at: Instant) -> ClockState:
        """Return how it stands now."""
        if self.done_at is None:
            return ClockState.LATE if now_at > self.due_at else ClockState.RUNNING
        return ClockState.DONE_LATE if self.done_at > self.due_at else ClockState.DONE


class NudgeKind(StrEnum):
    """Why somebody is reminded."""

    SOON = "soon"
    LATE = "late"
    STILL_LATE = "still_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudging:
    """How long before its end a clock is told of, and how long after it whoever is above hears; None is never.

    That a clock has run out is always told to those who wait.
    """

    soon: Minutes | None = None
    still_late: Minutes | None = None
    above: Role = Role.AUTHORITY_HEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A reminder: of which clock, why, to whom and since when it is due to be sent."""

    clock: ClockKind
    kind: NudgeKind
    to: Role
    at: Instant


def after(act: OrderAct, standing: Standing | None, at: Instant | None = None) -> Standing | Refusal:
    """Return where an act leads; `standing` None is an order that is not placed yet.

    An end that lies ahead can be brought forward, never put off; when she comes home can be told anew.
    """
    if standing is None or act is _A.PLACE:
        return Standing(status=_S.PLACED) if standing is None and act is _A.PLACE else Refusal.WRONG_STATE
    if act in (_A.PAUSE, _A.RESUME):
        is_told_anew = act is _A.RESUME and standing.resumes_at is not None
        if standing.status in OVER or (standing.is_paused is (act is _A.PAUSE) and not is_told_anew):
            return Refusal.WRONG_STATE
        return replace(standing, is_paused=act is _A.PAUSE, resumes_at=at if act is _A.RESUME else None)
    if act is _A.END and standing.status is _S.ENDED:
        is_earlier = at is not None and standing.ends_at is not None and at < standing.ends_at
        return replace(standing, ends_at=at) if is_earlier else Refusal.WRONG_STATE
    if act is _A.START and standing.is_paused:
        return Refusal.WRONG_STATE
    status = MOVES.get((act, standing.status))
    if status is None:
        return Refusal.WRONG_STATE
    return replace(
        standing,
        status=status,
        is_paused=standing.is_paused and status not in OVER,
        ends_at=at if act is _A.END else None,
    )


def standing_of(steps: Iterable[OrderStep]) -> Standing | Refusal:
    """Return where the steps of an order have led; the refusal of the first that was not allowed."""
    standing: Standing | None = None
    for step in steps:
        found = after(step.act, standing, step.at)
        if isinstance(found, Refusal):
            return found
        standing = found
    return standing or Refusal.WRONG_STATE


def clocks(steps: Sequence[OrderStep], terms: OrderTerms, holidays: Holidays) -> tuple[Clock, ...]:
    """Return the clocks of an order, the confirmation's first; one that nobody waits for any longer is left out.

    Raises `CalendarGap` where the holidays do not reach.
    """
    standing = standing_of(steps)
    if isinstance(standing, Refusal):
        return ()
    return tuple(
        clock
        for clock in (_confirmation(steps, terms, holidays), _start(steps, terms, standing, holidays))
        if clock is not None and (clock.done_at is not None or standing.status not in OVER)
    )


def nudges(running: Iterable[Clock], nudging: Nudging, now_at: Instant) -> tuple[Nudge, ...]:
    """Return the reminders that should have gone out by now, the earliest first."""
    found = [
        nudge for clock in running if clock.done_at is None for nudge in _nudges(clock, nudging) if nudge.at <= now_at
    ]
    return tuple(sorted(found, key=lambda nudge: nudge.at))


def _confirmation(steps: Sequence[OrderStep], terms: OrderTerms, holidays: Holidays) -> Clock | None:
    """Return the clock since the order was placed or last changed."""
    if terms.confirm is None:
        return None
    asked = max(number for number, step in enumerate(steps) if step.act in (_A.PLACE, _A.CHANGE))
    answers = (step.at for step in steps[asked:] if step.act in (_A.CONFIRM, _A.START))
    return Clock(
        kind=ClockKind.CONFIRMATION,
        from_at=steps[asked].at,
        due_at=due_at(terms.confirm, steps[asked].at, holidays),
        done_at=next(answers, None),
    )


def _start(steps: Sequence[OrderStep], terms: OrderTerms, standing: Standing, holidays: Holidays) -> Clock | None:
    """Return the clock of the first help, from the last that was said of it before it came; None during a pause."""
    begun = next((number for number, step in enumerate(steps) if step.act is _A.START), None)
    if begun is None and standing.is_paused:
        return None
    before = steps if begun is None else steps[:begun]
    said = [step for step in before if step.act in (_A.PLACE, _A.CHANGE)][-1]
    from_at = _asked_from([step for step in before if step.act in (_A.PLACE, _A.CHANGE, _A.RESUME)][-1])
    rule = terms.acute_start if said.is_acute and terms.acute_start is not None else terms.start
    if rule is None:
        return None
    return Clock(
        kind=ClockKind.START,
        from_at=from_at,
        due_at=due_at(rule, from_at, holidays),
        done_at=None if begun is None else steps[begun].at,
    )


def _asked_from(said: OrderStep) -> Instant:
    """Return from when help was asked for: at once, or from the morning of a first day that lies ahead."""
    return said.at if said.first_on is None else max(said.at, instant(said.first_on, 0))


def due_at(rule: DueRule, from_at: Instant, holidays: Holidays, *, by_the_hour: bool = True) -> Instant:
    """Return the last minute that is in time.

    A number of whole days (dygn) is counted by the hour from the event, unless what is waited for is known by its day.
    """
    if by_the_hour and _is_by_the_hour(rule):
        assert isinstance(rule, TimeAfterEvent)
        return Instant(from_at + rule.count * _DAY_MINUTES)
    found = due(rule, local_day(from_at), holidays)
    if found.at_minute is not None:
        return instant(found.on, found.at_minute)
    return Instant(instant(found.on, MIDNIGHT_AFTER) - 1)


def _is_by_the_hour(rule: DueRule) -> bool:
    return (
        isinstance(rule, TimeAfterEvent)
        and rule.unit is TimeUnit.DAYS
        and rule.count > 0
        and rule.at_minute is None
        and rule.move is Move.STAYS
    )


def _nudges(clock: Clock, nudging: Nudging) -> Iterator[Nudge]:
    """Yield a clock's reminders: whoever is awaited before its end, officer too after it, then whoever is above."""
    awaited = Role.CASE_OFFICER if clock.kind is ClockKind.FOLLOW_UP else Role.PROVIDER_ADMIN
    late_at = Instant(clock.due_at + 1)
    if nudging.soon is not None:
        soon_at = Instant(max(clock.from_at, clock.due_at - nudging.soon))
        yield Nudge(clock=clock.kind, kind=NudgeKind.SOON, to=awaited, at=soon_at)
    for role in dict.fromkeys((awaited, Role.CASE_OFFICER)):
        yield Nudge(clock=clock.kind, kind=NudgeKind.LATE, to=role, at=late_at)
    if nudging.still_late is not None:
        still_late_at = Instant(late_at + nudging.still_late)
        yield Nudge(clock=clock.kind, kind=NudgeKind.STILL_LATE, to=nudging.above, at=still_late_at)

"""What is asked about bookings: whose they are, who answers now, what waits, who can come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.decisions import queries as decisions
from timvis.apps.orders import records
from timvis.apps.orders.models import Booking, Fee
from timvis.apps.parties import queries as parties
from timvis.apps.parties import records as party_records
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import Action, Actor, BookingStatus, Relation
from timvis.core.calculation.substitute_fee import SubstituteCase, calculate
from timvis.core.calendar.local_time import day_of, instant_of
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawBook, LawByDay, LawReader
from timvis.core.records import Instant, Regime
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.settings import states
from timvis.core.routine.substitute import desk_hours, settings_of
from timvis.core.statement import Statement
from timvis.core.substitute.booking import OPEN
from timvis.core.substitute.request import Open, still_open
from timvis.core.substitute.routing import Desk, DeskHours, Turn, turn
from timvis.core.substitute.staffing import Judged, Need, judge, ranked
from timvis.formats.frozen import thaw
from timvis.formats.holiday_calendar.read import holidays_around

WAITING = tuple(sorted(OPEN))
ENDED = (BookingStatus.CANCELLED, BookingStatus.CHARGED, BookingStatus.PAID, BookingStatus.CLOSED)
"""Nothing is left to do at the desk: what remains of a charged booking is that it is paid, which finance follows."""


def booking_in(actor: Actor, booking_id: int) -> Booking | None:
    """Return a booking of the actor's own municipality; another's is as if it did not exist."""
    rows = Booking.objects.select_related("municipality", "recipient", "provider", "routine_version")
    return rows.filter(pk=booking_id, municipality__slug=actor.municipality).first()


def id_in_number(municipality: str, number: str) -> int | None:
    """Return the id that a booking's number holds, None for what is no booking's number in the municipality."""
    kind, _, digits = number.removeprefix(f"{municipality}-").partition("V")
    return int(digits) if not kind and digits.isdecimal() and number.startswith(f"{municipality}-V") else None


def relation_to_booking(actor: Actor, booking: Booking, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a booking."""
    return parties.relation_to_hours(actor, booking.recipient, booking.provider, now=now)


def standing(booking: Booking) -> str:
    """Return a text that changes with every act on a booking: a form that carries it is known to be stale."""
    return str(booking.version)


def routine_for_booking(municipality: str, on: date) -> RoutineVersion | None:
    """Return the routine that says who arranges substitutes on a day: the one about their fee before any other."""
    versions = [
        (version, routine_records.routine(version))
        for version in routines.in_force(municipality, on)
        if states(routine_records.routine(version), "substitute_arranged_by")
    ]
    first = min(
        versions, key=lambda one: (ClaimKind.SUBSTITUTE_FEE not in one[1].claim_kinds, one[1].slug), default=None
    )
    return first[0] if first else None


def hours_of(routine: Routine, now: datetime) -> DeskHours:
    """Return who answers when by a routine. Raises `SettingIsUnknown`."""
    return desk_hours(routine, settings_of(routine), holidays_around(day_of(now)))


# --- who can come -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CanCome:
    """Somebody in the pool with what is said of her for this shift."""

    member: records.Member
    judged: Judged


def need_of(booking: Booking, *, known_at: datetime) -> Need:
    """Return the shift that somebody must take, with what the recipient is granted those days."""
    first_on, last_on = days_of(booking)
    regime = Regime(booking.regime)
    grants = decisions.grants_between(
        booking.recipient_id, first_on, date.fromordinal(last_on.toordinal() + 1), known_at=known_at
    )
    return Need(
        start_at=Instant(booking.start_at),
        end_at=Instant(booking.end_at),
        recipient=party_records.recipient(booking.recipient_id, known_at=known_at),
        regime=regime,
        grants=grants,
        skills=frozenset(booking.skills),
        absences=party_records.absences(booking.recipient_id, known_at=known_at),
    )


def who_can_come(booking: Booking, law: LawByDay, *, now: datetime) -> tuple[CanCome, ...]:
    """Return the pool for a booking, those first who may and can. Raises `LawGap`."""
    found = parties.own_provider(booking.municipality.slug, known_at=now)
    if found is None:
        return ()
    employer = party_records.provider(found.pk, known_at=now)
    members = records.pool(booking.municipality.slug, known_at=now, on=days_of(booking)[0], leave_out=booking)
    by_candidate = {member.candidate: member for member in members}
    need = need_of(booking, known_at=now)
    return tuple(
        CanCome(member=by_candidate[one.candidate], judged=one)
        for one in ranked(need, by_candidate, employer, law, review_settings(booking))
    )


def judged_for(booking: Booking, member_id: int, law: LawByDay, *, now: datetime) -> Judged | None:
    """Return what is said of one in the pool for a booking, None when she is not in it. Raises `LawGap`."""
    found = parties.own_provider(booking.municipality.slug, known_at=now)
    members = records.pool(booking.municipality.slug, known_at=now, on=days_of(booking)[0], leave_out=booking)
    member = next((one for one in members if one.id == member_id), None)
    if found is None or member is None:
        return None
    employer = party_records.provider(found.pk, known_at=now)
    return judge(need_of(booking, known_at=now), member.candidate, employer, law, review_settings(booking))


def review_settings(booking: Booking) -> ReviewSettings:
    """Return what the booking's routine chooses about the rules."""
    chosen = records.routine(booking).rules
    return ReviewSettings(
        switched_off=frozenset(rule.code for rule in chosen if not rule.is_on),
        severities={rule.code: rule.severity.value for rule in chosen if rule.severity is not None},
    )


def days_of(booking: Booking) -> tuple[date, date]:
    """Return the first and the last day of a booking's shift."""
    return day_of(records.local_moment(booking.start_at)), day_of(records.local_moment(booking.end_at - 1))


# --- what is charged ------------------------------------------------------------------------------------------


def newest_fee(booking: Booking) -> Fee | None:
    """Return the fee that counts, None before any was calculated."""
    return booking.fees.select_related("review", "made_by").order_by("-number").first()


def stops_charging(booking: Booking, *, now: datetime) -> tuple[Open, ...]:
    """Return the papers without which nobody is charged: a decision that grants, and who asked in whose name."""
    request = records.request(booking, known_at=now)
    settings = records.settings(booking)
    missing = [one for one in still_open(request, settings, is_worked=True, costs_are_in=True) if one in _BEFORE_CHARGE]
    if request.decision is not None and not request.decision.is_granted:
        missing.insert(0, Open.DECISION)
    return tuple(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlteredFee:
    """A fee that is not the one it was kept as, or does not come out again."""

    booking_number: str
    number: int
    kept_digest: str
    digest: str


def altered_fees(law: LawBook) -> Iterator[AlteredFee | None]:
    """Yield for each fee ever calculated None when it comes out again, digest and all. Raises `LawGap`."""
    for fee in Fee.objects.select_related("booking__municipality").order_by("id").iterator():
        kept = thaw(Statement, fee.body)
        again = calculate(thaw(SubstituteCase, fee.case), LawReader(law)).statement
        digest = next((one for one in (kept.digest, again.digest) if one != fee.digest), fee.digest)
        is_whole = digest == fee.digest and again.total_ore == fee.total_ore
        yield (
            None
            if is_whole
            else AlteredFee(booking_number=fee.booking.number, number=fee.number, kept_digest=fee.digest, digest=digest)
        )


_BEFORE_CHARGE = (Open.DECISION, Open.POWER_OF_ATTORNEY)


# --- the desk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """A booking on the desk: whose turn it is while nobody is confirmed, and what is still to come in.

    `handed_on` are the desks it has gone on to because nobody confirmed, each with when it was told.
    """

    booking: Booking
    recipient_name: str
    provider_name: str
    substitute_name: str
    turn: Turn | None
    still_open: tuple[Open, ...]
    handed_on: tuple[tuple[Desk, datetime], ...] = ()


def bookings_on_desk(actor: Actor, *, now: datetime) -> tuple[OnDesk, ...]:
    """Return the municipality's bookings that are not ended, the soonest shift first."""
    rows = Booking.objects.filter(municipality__slug=actor.municipality).exclude(status__in=ENDED)
    rows = rows.select_related("municipality", "recipient", "provider", "routine_version", "substitute__assistant")
    return tuple(on_desk(row, now=now) for row in rows.order_by("start_at", "pk"))


def on_desk(booking: Booking, *, now: datetime) -> OnDesk:
    """Return a booking as the desk shows it."""
    settings = records.settings(booking)
    is_waiting = booking.status in OPEN
    return OnDesk(
        booking=booking,
        recipient_name=party_records.recipient(booking.recipient_id, known_at=now).name,
        provider_name=party_records.provider(booking.provider_id, known_at=now).name,
        substitute_name=substitute_name(booking, now=now),
        turn=(
            turn(hours_of(records.routine(booking), now), came_at=instant_of(booking.came_at), now_at=instant_of(now))
            if is_waiting
            else None
        ),
        still_open=still_open(
            records.request(booking, known_at=now),
            settings,
            is_worked=records.newest_sheets(booking) is not None,
            costs_are_in=records.newest_costs(booking) is not None,
        ),
        handed_on=_handed_on(booking) if is_waiting else (),
    )


def _handed_on(booking: Booking) -> tuple[tuple[Desk, datetime], ...]:
    steps = booking.steps.filter(act=Action.ESCALATE_BOOKING).order_by("number")
    return tuple((Desk(step.detail["to"]), step.at) for step in steps)


def substitute_name(booking: Booking, *, now: datetime) -> str:
    """Return the name of whoever comes, empty while nobody is confirmed."""
    if booking.substitute is None:
        return booking.company_substitute
    assistant = booking.substitute.assistant
    [person] = party_records.assistants(assistant.provider_id, known_at=now, numbers=[assistant.personal_number])
    return person.name

"""What the pages about substitutes show, in words: a shift as people say it, whose turn it is, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.orders import queries, records
from timvis.apps.orders.models import Booking
from timvis.apps.orders.queries import OnDesk
from timvis.apps.parties.models import Provider
from timvis.apps.routines import records as routines
from timvis.core.access import POLICY, Action, Actor, BookingStatus
from timvis.core.calendar.local_time import instant_of, local_clock, local_day, spans_between
from timvis.core.law import LawGap
from timvis.core.records import ClockSpan, Instant
from timvis.core.routine.settings import SettingIsUnknown
from timvis.core.substitute.booking import OPEN
from timvis.core.substitute.request import Open
from timvis.core.substitute.routing import Band, ContactPoint, Desk, DeskHours, contact_of, watches
from timvis.core.substitute.settings import Sheet
from timvis.web.shared.names import newest, provider_name

DESK_WORDS: Final[dict[str, str | Promise]] = {
    Desk.STAFFING_ASSISTANT: _("Bemanningsassistenten"),
    Desk.DUTY_SUPERVISOR: _("Arbetsledare jourtid"),
    Desk.CONTRACTED_COMPANY: _("Företaget med basansvar"),
    Desk.SECTION_HEAD: _("Sektionschefen"),
    Desk.AUTHORITY_HEAD: _("Myndighetschefen"),
}
STATUS_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    BookingStatus.REQUESTED: ("stop", _("Ingen är tillfrågad")),
    BookingStatus.OFFERED: ("ask", _("Väntar på svar")),
    BookingStatus.ACCEPTED: ("ask", _("Har tackat ja, ska bekräftas")),
    BookingStatus.CONFIRMED: ("clear", _("Bekräftad")),
    BookingStatus.WORKED: ("tell", _("Utförd")),
    BookingStatus.CHARGED: ("ask", _("Fakturerad, väntar på betalning")),
    BookingStatus.PAID: ("clear", _("Betald")),
    BookingStatus.CLOSED: ("clear", _("Avslutad utan avgift")),
    BookingStatus.CANCELLED: ("tell", _("Avbokad")),
}
OPEN_WORDS: Final[dict[str, str | Promise]] = {
    Open.DECISION: _("Beslut enligt LSS 9 § 2"),
    Open.POWER_OF_ATTORNEY: _("Fullmakt"),
    Open.OWN_ROUTINE: _("Anordnarens egen rutin"),
    Open.TIME_REPORT: _("Vikariens tidrapport"),
    Open.PROVIDER_COST: _("Anordnarens kostnad"),
    Open.INVOICE_BASIS: _("Fakturaunderlag"),
}
SHEET_WORDS: Final[dict[str, str | Promise]] = {
    Sheet.STATE: _("Försäkringskassans tidrapport"),
    Sheet.OWN: _("Kommunens egen tidrapport"),
}
SOON = timedelta(hours=12)
"""What begins within so long stands under "now" while nobody is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers from when to when, and where."""

    who: str | Promise
    on: date
    from_text: str
    to_text: str
    is_now: bool
    name: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbing:
    """Whom an unconfirmed need goes on to, after how many minutes; `reached` are names and numbers."""

    after_minutes: int
    who: str | Promise
    reached: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A booking as the desk shows it."""

    told: OnDesk
    when: str
    weight: str
    status: str | Promise
    turns: tuple[str | Promise, ...]
    next_at: str
    still_open: tuple[str | Promise, ...]
    handed_on: tuple[tuple[str | Promise, str], ...]

    @property
    def booking(self) -> Booking:
        """The booking itself."""
        return self.told.booking


def card(told: OnDesk) -> Card:
    """Return a booking with its words."""
    weight, status = STATUS_WORDS[told.booking.status]
    turn = told.turn
    return Card(
        told=told,
        when=shift_text(told.booking.start_at, told.booking.end_at),
        weight=weight,
        status=status,
        turns=tuple(DESK_WORDS[desk] for desk in turn.desks) if turn else (),
        next_at=local_clock(turn.next_at) if turn and turn.next_at is not None else "",
        still_open=tuple(OPEN_WORDS[one] for one in told.still_open),
        handed_on=tuple((DESK_WORDS[desk], local_clock(instant_of(at))) for desk, at in told.handed_on),
    )


def handed_to(actor: Actor, cards: Iterable[Card]) -> list[Card]:
    """Return the bookings that have gone on to somebody because nobody confirmed them: hers now, too."""
    return [one for one in cards if any(desk.value in actor.roles for desk, _at in one.told.handed_on)]


def shift_text(start_at: int, end_at: int) -> str:
    """Return a shift as "sön 8 mars 23.00–07.00", the day it begins."""
    return f"{local_day(Instant(start_at)).isoformat()} {local_clock(Instant(start_at))}–{local_clock(Instant(end_at))}"


def sorted_out(cards: list[Card], now: datetime) -> tuple[list[Card], list[Card], list[Card]]:
    """Return what must be done now, who comes next, and what is open afterwards."""
    soon = instant_of(now + SOON)
    passed = instant_of(now)
    waiting = [one for one in cards if one.booking.status in OPEN]
    coming = [one for one in cards if one.booking.status == BookingStatus.CONFIRMED and one.booking.end_at > passed]
    urgent = [one for one in waiting if one.booking.start_at <= soon]
    later = [one for one in waiting if one.booking.start_at > soon]
    after = [one for one in cards if one not in waiting and one not in coming]
    papers = [one for one in coming if _is_overdue(one)]
    return urgent, [*later, *coming], [*papers, *after]


def _is_overdue(one: Card) -> bool:
    """Return whether somebody comes whose papers were allowed to wait."""
    return any(item in one.told.still_open for item in (Open.DECISION, Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE))


def answering(actor: Actor, now: datetime, *, days: int = 1) -> tuple[tuple[Answering, ...], str]:
    """Return who answers now and in so many days to come, or nobody and why not."""
    hours, why = _hours(actor, now)
    if hours is None:
        return (), why
    start = instant_of(now)
    found = watches(hours, start, Instant(start + days * 24 * 60))
    numbers = _Numbers(actor.municipality, now)
    # A weekend is one watch, and a row for each of its days.
    pieces = ((watch.band, piece) for watch in found for piece in spans_between(watch.start_at, watch.end_at))
    return tuple(_answering(band, piece, numbers, start) for band, piece in pieces), ""


def ladder(actor: Actor, now: datetime) -> tuple[Climbing, ...]:
    """Return whom an unconfirmed need goes on to, after how many minutes, and where each is reached today."""
    hours, _why = _hours(actor, now)
    on = local_day(instant_of(now))
    points = _Numbers(actor.municipality, now).on(on)
    return tuple(
        Climbing(
            after_minutes=rung.after_minutes,
            who=DESK_WORDS[rung.to],
            reached=tuple((one.name, one.telephone) for one in points if one.desk is rung.to),
        )
        for rung in (hours.ladder if hours else ())
    )


def _hours(actor: Actor, now: datetime) -> tuple[DeskHours | None, str]:
    version = queries.routine_for_booking(actor.municipality, local_day(instant_of(now)))
    if version is None:
        return None, str(_("Ingen antagen rutin säger vem som ordnar vikarier."))
    try:
        return queries.hours_of(routines.routine(version), now), ""
    except (SettingIsUnknown, LawGap) as gap:
        return None, str(gap)


class _Numbers:
    """Where each desk is reached on a day, read once for each day that is asked for."""

    def __init__(self, municipality: str, now: datetime) -> None:
        self._municipality, self._now = municipality, now
        self._days: dict[date, tuple[ContactPoint, ...]] = {}

    def on(self, day: date) -> tuple[ContactPoint, ...]:
        """Return the numbers that hold on a day."""
        if day not in self._days:
            self._days[day] = records.contact_points(self._municipality, known_at=self._now, on=day)
        return self._days[day]


def _answering(band: Band | None, piece: ClockSpan, numbers: _Numbers, now: Instant) -> Answering:
    point = contact_of(band, piece.work_on, numbers.on(piece.work_on)) if band else None
    return Answering(
        who=DESK_WORDS[band.by] if band else _("Ingen"),
        on=piece.work_on,
        from_text=piece.from_text,
        to_text=piece.to_text,
        is_now=piece.start_at <= now < piece.end_at,
        name=point.name if point else "",
        telephone=point.telephone if point else "",
    )


def may_of(actor: Actor) -> frozenset[Action]:
    """Return everything the actor may in some relation."""
    return frozenset(row.action for row in POLICY if row.role in actor.roles)


def providers_for(actor: Actor) -> list[tuple[str, str]]:
    """Return the providers that somebody may name: her own, or all of the municipality's."""
    here = Provider.objects.filter(municipality__slug=actor.municipality).prefetch_related("versions")
    if actor.provider_ids:
        here = here.filter(pk__in=actor.provider_ids)
    rows = [(str(one.pk), provider_name(one)) for one in here if newest(one) and newest(one).kind != "municipality"]
    return sorted(rows, key=lambda row: row[1].casefold())


def pieces_text(start_at: int, end_at: int) -> tuple[str, ...]:
    """Return a shift day by day."""
    pieces = spans_between(Instant(start_at), Instant(end_at))
    return tuple(f"{piece.work_on} {piece.from_text}–{piece.to_text}" for piece in pieces)

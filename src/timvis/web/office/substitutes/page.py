"""What the pages about substitutes show, in words: a shift as people say it, whose turn it is, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from timvis.core.records import Instant
from timvis.core.routine.settings import SettingIsUnknown
from timvis.core.substitute.booking import OPEN
from timvis.core.substitute.request import Open
from timvis.core.substitute.routing import ContactPoint, Desk, Watch, contact_of, watches
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
    from_text: str
    to_text: str
    is_now: bool
    name: str
    telephone: str


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


def answering_now(actor: Actor, now: datetime) -> tuple[tuple[Answering, ...], str]:
    """Return who answers now and in the day to come, or nobody and why not."""
    version = queries.routine_for_booking(actor.municipality, local_day(instant_of(now)))
    if version is None:
        return (), str(_("Ingen antagen rutin säger vem som ordnar vikarier."))
    try:
        hours = queries.hours_of(routines.routine(version), now)
    except (SettingIsUnknown, LawGap) as gap:
        return (), str(gap)
    start = instant_of(now)
    points = records.contact_points(actor.municipality, known_at=now, on=local_day(start))
    found = watches(hours, start, Instant(start + 24 * 60))
    return tuple(_answering(watch, points, start) for watch in found), ""


def _answering(watch: Watch, points: tuple[ContactPoint, ...], now: Instant) -> Answering:
    point = contact_of(watch.band, local_day(watch.start_at), points) if watch.band else None
    return Answering(
        who=DESK_WORDS[watch.band.by] if watch.band else _("Ingen"),
        from_text=local_clock(watch.start_at),
        to_text=local_clock(watch.end_at),
        is_now=watch.start_at <= now < watch.end_at,
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

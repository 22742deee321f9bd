"""Rows of bookings → what the core judges: settings, the need, the pool, the two reports, the costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.documents import queries as documents
from timvis.apps.orders.models import (
    Booking,
    BookingPaper,
    ContactPoint,
    OfferAnswer,
    OtherWork,
    PoolMember,
    PoolMemberVersion,
    StatedCost,
    TimeSheets,
)
from timvis.apps.parties import records as parties
from timvis.apps.routines import records as routines
from timvis.core.access import BookingStatus
from timvis.core.calculation.substitute_fee import (
    QUALIFYING_DEDUCTION,
    QualifyingTime,
    deduction_minutes,
    has_qualifying_day,
)
from timvis.core.calendar.local_time import day_of, moment_of, span, spans_between
from timvis.core.calendar.months import date_text
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import ClockSpan, Instant, OtherShift, TimeKind
from timvis.core.routine.records import Routine
from timvis.core.routine.substitute import settings_of
from timvis.core.substitute.fee import ProviderCost
from timvis.core.substitute.request import AskedBy, DecisionTold, Open, Request
from timvis.core.substitute.routing import ContactPoint as Reached
from timvis.core.substitute.routing import Desk
from timvis.core.substitute.settings import Sheet, SubstituteSettings
from timvis.core.substitute.staffing import Candidate, WeeklyTime
from timvis.core.substitute.time_sheets import QualifyingTerms, SheetRow

EVERY_BAND = -1
OWN_ROUTINE, POWER_OF_ATTORNEY = "own_substitute_routine", "power_of_attorney"
"""The requirements of a routine that a booking asks about."""

COMES = (
    BookingStatus.ACCEPTED,
    BookingStatus.CONFIRMED,
    BookingStatus.WORKED,
    BookingStatus.CHARGED,
    BookingStatus.PAID,
    BookingStatus.CLOSED,
)
"""Somebody is bound to the shift: it is hers when another is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the pool as she was known: her version, and what the rules judge."""

    id: int
    candidate: Candidate
    version: PoolMemberVersion


def routine(booking: Booking) -> Routine:
    """Return the routine a booking goes under."""
    return routines.routine(booking.routine_version)


def settings(booking: Booking) -> SubstituteSettings:
    """Return what the booking's routine chooses."""
    return settings_of(routine(booking))


def newest_paper(booking: Booking, kind: Open, *, known_at: datetime) -> BookingPaper | None:
    """Return the paper of a kind that counts, None while none is in."""
    return booking.papers.filter(kind=kind, known_at__lte=known_at).order_by("-id").first()


def request(booking: Booking, *, known_at: datetime) -> Request:
    """Return a need with everything that has come in about it."""
    on = day_of(known_at)
    evidence = documents.evidence_in(
        recipient_id=booking.recipient_id, provider_id=booking.provider_id, on=on, known_at=known_at
    )
    tried = newest_paper(booking, Open.OWN_ROUTINE, known_at=known_at)
    power = newest_paper(booking, Open.POWER_OF_ATTORNEY, known_at=known_at)
    told = decision(newest_paper(booking, Open.DECISION, known_at=known_at))
    return Request(
        start_at=Instant(booking.start_at),
        end_at=Instant(booking.end_at),
        is_acute=booking.is_acute,
        asked_by=AskedBy(booking.asked_by),
        provider_kind=parties.provider(booking.provider_id, known_at=known_at).kind,
        own_routine_is_in=OWN_ROUTINE in evidence,
        tried=tried.note if tried else "",
        decision=told,
        power_of_attorney_is_in=power is not None or POWER_OF_ATTORNEY in evidence,
        booked_minutes=_booked_on(booking, told),
    )


def evidence_list(booking: Booking, *, known_at: datetime) -> tuple[str, ...]:
    """Return what a decision on a booking rests on, each with the day it came; also what has not come in yet."""
    told = [f"Behovet, anmält av {booking.asked_by_name} den {date_text(day_of(booking.came_at))}"]
    tried = newest_paper(booking, Open.OWN_ROUTINE, known_at=known_at)
    if tried is not None:
        told.append(f"Vad anordnaren har prövat själv, uppgivet den {date_text(tried.received_on)}")
    kind = parties.provider(booking.provider_id, known_at=known_at).kind
    days = documents.evidence_in(
        recipient_id=booking.recipient_id, provider_id=booking.provider_id, on=day_of(known_at), known_at=known_at
    )
    power = newest_paper(booking, Open.POWER_OF_ATTORNEY, known_at=known_at)
    if power is not None:
        days.setdefault(POWER_OF_ATTORNEY, power.received_on)
    for code, text in ((POWER_OF_ATTORNEY, "Fullmakten"), (OWN_ROUTINE, "Anordnarens egen rutin")):
        if any(row.code == code and kind in row.provider_kinds for row in routine(booking).evidence):
            came = f"inkommen den {date_text(days[code])}" if code in days else "har inte kommit in"
            told.append(f"{text}: {came}")
    return tuple(told)


def decision(paper: BookingPaper | None) -> DecisionTold | None:
    """Return what a decision under LSS 9 § 2 says, None while there is none."""
    if paper is None:
        return None
    says = paper.detail
    return DecisionTold(
        reference=paper.reference,
        is_granted=says["is_granted"],
        decided_on=paper.received_on,
        decision_from=date.fromisoformat(says["decision_from"]),
        decision_to=date.fromisoformat(says["decision_to"]) if says["decision_to"] else None,
        granted_minutes=says["granted_minutes"],
    )


def _booked_on(booking: Booking, told: DecisionTold | None) -> int:
    """Return the minutes that the recipient's other bookings take of the same decision."""
    if told is None:
        return 0
    papers = BookingPaper.objects.filter(
        kind=Open.DECISION, reference=told.reference, booking__recipient_id=booking.recipient_id
    )
    others = Booking.objects.filter(pk__in=papers.values("booking_id"), status__in=COMES).exclude(pk=booking.pk)
    return sum(other.end_at - other.start_at for other in others)


# --- the pool ---------------------------------------------------------------------------------------------


def pool(municipality: str, *, known_at: datetime, on: date, leave_out: Booking | None = None) -> tuple[Member, ...]:
    """Return those in a municipality's pool on a day, with the shifts they already have."""
    things = PoolMember.objects.filter(assistant__provider__municipality__slug=municipality).select_related("assistant")
    told = (
        (thing, member_version(thing, known_at=known_at, on=on))
        for thing in things.prefetch_related("versions").order_by("pk")
    )
    return tuple(
        _member(thing, version, known_at=known_at, leave_out=leave_out)
        for thing, version in told
        if version is not None
    )


def member_version(thing: PoolMember, *, known_at: datetime, on: date) -> PoolMemberVersion | None:
    """Return what is known of a substitute on a day, None when she was not in the pool or has left it."""
    newest = current(thing.versions.all(), known_at=known_at)
    if newest is None or (newest.valid_to is not None and newest.valid_to <= on):
        return None
    return current(thing.versions.all(), known_at=known_at, on=on)


def _member(thing: PoolMember, version: PoolMemberVersion, *, known_at: datetime, leave_out: Booking | None) -> Member:
    [person] = parties.assistants(
        thing.assistant.provider_id, known_at=known_at, numbers=[thing.assistant.personal_number]
    )
    return Member(
        id=thing.pk,
        version=version,
        candidate=Candidate(
            person=person,
            skills=frozenset(version.skills),
            available=tuple(
                WeeklyTime(weekday=weekday, from_minute=start, to_minute=end)
                for weekday, start, end in version.available
            ),
            shifts=tuple(_shifts(thing, person.number, leave_out)),
        ),
    )


def _shifts(thing: PoolMember, number: str, leave_out: Booking | None) -> Iterable[OtherShift]:
    """Yield every shift she has or has had as far as anybody here knows, a piece for each day."""
    booked = Booking.objects.filter(substitute=thing, status__in=COMES)
    accepted = Booking.objects.filter(
        offers__member=thing, offers__answer=OfferAnswer.ACCEPTED, status=BookingStatus.ACCEPTED
    )
    bookings = {row.pk: row for row in (*booked, *accepted) if leave_out is None or row.pk != leave_out.pk}
    here = None if leave_out is None else leave_out.recipient_id
    for row in bookings.values():
        for piece in spans_between(Instant(row.start_at), Instant(row.end_at)):
            yield _other(f"V{row.pk}", number, piece, is_same_recipient=row.recipient_id == here)
    for work in OtherWork.objects.filter(member=thing):
        for piece in spans_between(Instant(work.start_at), Instant(work.end_at)):
            yield _other(f"A{work.pk}", number, piece, is_same_recipient=False)


def _other(reference: str, number: str, piece: ClockSpan, *, is_same_recipient: bool) -> OtherShift:
    return OtherShift(
        reference=reference,
        assistant_number=number,
        is_same_recipient=is_same_recipient,
        is_same_employer=True,
        kind=TimeKind.ACTIVE,
        span=piece,
    )


def contact_points(municipality: str, *, known_at: datetime, on: date) -> tuple[Reached, ...]:
    """Return where each desk is reached on a day."""
    things = ContactPoint.objects.filter(municipality__slug=municipality).prefetch_related("versions").order_by("pk")
    told = ((thing, current(thing.versions.all(), known_at=known_at, on=on)) for thing in things)
    return tuple(
        Reached(
            desk=Desk(thing.desk),
            name=version.name,
            telephone=version.telephone,
            from_minute=None if thing.from_minute == EVERY_BAND else thing.from_minute,
            contact_from=version.valid_from or date.min,
            contact_to=version.valid_to,
        )
        for thing, version in told
        if version is not None
    )


# --- time and costs ---------------------------------------------------------------------------------------


def newest_sheets(booking: Booking) -> TimeSheets | None:
    """Return the reports that count, None while none is in."""
    return booking.time_sheets.order_by("-number").first()


def newest_costs(booking: Booking) -> StatedCost | None:
    """Return the costs that count, None while the provider has stated none."""
    return booking.stated_costs.order_by("-number").first()


def sheet_rows(sheets: TimeSheets | None) -> tuple[SheetRow, ...]:
    """Return the rows of the two reports as they stand."""
    return () if sheets is None else tuple(_sheet_row(row) for row in sheets.rows)


def _sheet_row(row: dict[str, str]) -> SheetRow:
    piece = span(date.fromisoformat(row["work_on"]), row["from"], row["to"])
    if not isinstance(piece, ClockSpan):
        raise TypeError(f"a kept row is no piece of a day: {row}")
    return SheetRow(sheet=Sheet(row["sheet"]), span=piece, kind=TimeKind(row["kind"]))


def written_row(row: SheetRow) -> dict[str, str]:
    """Return a row as it is kept."""
    return {
        "sheet": row.sheet.value,
        "work_on": row.span.work_on.isoformat(),
        "from": row.span.from_text,
        "to": row.span.to_text,
        "kind": row.kind.value,
    }


def costs(stated: StatedCost | None) -> tuple[ProviderCost, ...]:
    """Return what the provider stated for each day and report."""
    if stated is None:
        return ()
    return tuple(
        ProviderCost(on=date.fromisoformat(row["on"]), sheet=Sheet(row["sheet"]), cost_ore=Ore(row["cost_ore"]))
        for row in stated.costs
    )


def written_cost(cost: ProviderCost) -> dict[str, object]:
    """Return a cost as it is kept."""
    return {"on": cost.on.isoformat(), "sheet": cost.sheet.value, "cost_ore": int(cost.cost_ore)}


def terms(
    booking: Booking, chosen: SubstituteSettings, average_week_minutes: int | None, law: LawReader
) -> QualifyingTerms | None:
    """Return which hours are qualifying; None when the routine or the average week does not tell. Raises `LawGap`."""
    if has_qualifying_day(booking.sick_from, law):
        return QualifyingTerms(sick_from=booking.sick_from, by_day=True)
    if chosen.qualifying_time is None:
        return None
    if chosen.qualifying_time is QualifyingTime.FIRST_DAY:
        return QualifyingTerms(sick_from=booking.sick_from, by_day=False, qualifying_time=chosen.qualifying_time)
    if average_week_minutes is None:
        return None
    percent = law.percent(QUALIFYING_DEDUCTION, booking.sick_from)
    whole = deduction_minutes(Minutes(average_week_minutes), percent)
    return QualifyingTerms(
        sick_from=booking.sick_from,
        by_day=False,
        qualifying_time=chosen.qualifying_time,
        deduction_minutes=Minutes(max(whole - _consumed_before(booking), 0)),
    )


def _consumed_before(booking: Booking) -> int:
    """Return what earlier bookings in the same sick period have put on the state's report."""
    earlier = Booking.objects.filter(
        recipient_id=booking.recipient_id,
        provider_id=booking.provider_id,
        sick_from=booking.sick_from,
        start_at__lt=booking.start_at,
    ).exclude(pk=booking.pk)
    rows = (row for other in earlier for row in sheet_rows(newest_sheets(other)))
    return sum(row.span.actual_minutes for row in rows if row.sheet is Sheet.STATE)


def local_moment(at: int) -> datetime:
    """Return an instant as a moment."""
    return moment_of(Instant(at))

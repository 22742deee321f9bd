"""The calendar: every deadline of the municipality's routines for a month, and what falls due in the queue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from timvis.apps.audit.queries import roles_on
from timvis.apps.routines import records as routines
from timvis.apps.routines.queries import in_force
from timvis.apps.state_reports.deadlines import last_days, rules_from_events
from timvis.apps.state_reports.pending import reported_duties
from timvis.config import clock
from timvis.config.law_book import law_book
from timvis.core.access import Role
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.months import month_after, month_on, read_month
from timvis.core.calendar.working_days import Definition, is_public_holiday, is_working_day, warning_day
from timvis.core.law import LawReader
from timvis.core.routine.due_days import due_days
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.web.office.queue.rows import OPEN, visible
from timvis.web.shared.asking import Ask
from timvis.web.shared.context import ROLE_WORDS
from timvis.web.shared.names import recipient_name

FEED = "timvis.calendar"
MONTHS_IN_FEED = 12
YEARS_SHOWN = range(2000, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A step that must be done by a day."""

    on: date | None
    at: str
    routine: str
    step: str
    roles: tuple[str, ...]
    rule: str
    care_month_on: date | None
    warn_on: date | None = None
    count: int = 1


def calendar(ask: Ask) -> HttpResponse:
    """Show the deadlines that fall in a month, and the claims that are due in it."""
    month = _month(ask)
    after = month_after(month)
    # Most rules fall one or two months after the care was given, so those months are asked.
    found = [one for back in range(4) for one in deadlines(ask.actor.municipality, month_after(month, -back))]
    found += state_deadlines(ask.actor.municipality, month, 1, now=ask.now)
    due = visible(ask.actor, ask.now).filter(status__in=OPEN, due_on__gte=month, due_on__lt=after)
    claims = due.select_related("recipient").prefetch_related("recipient__versions").order_by("due_on", "number")
    address = signing.dumps([ask.actor.person_id, ask.actor.municipality], salt=FEED)
    holidays = holidays_around(month)
    return render(
        ask,
        "calendar/calendar.html",
        {
            "month": month,
            "before": month_after(month, -1),
            "after": after,
            "deadlines": sorted(
                (one for one in told_once(found) if one.on and month <= one.on < after),
                key=lambda one: (one.on or date.max, one.step),
            ),
            "by_event": [
                *(
                    (one.step, one.rule)
                    for one in told_once(deadlines(ask.actor.municipality, month))
                    if one.on is None
                ),
                *(rules_from_events() if found else ()),
            ],
            "claims": [(one, recipient_name(one.recipient)) for one in claims],
            "days": [
                (day, is_working_day(day, holidays, Definition.MONDAY_TO_FRIDAY), is_public_holiday(day, holidays))
                for day in (month + timedelta(days=n) for n in range((after - month).days))
            ],
            "blanks": range(month.weekday()),
            "feed": ask.build_absolute_uri(reverse("calendar_feed", args=[address])),
            "roles": sorted((role.value, ROLE_WORDS.get(role, role)) for role in map(Role, ask.actor.roles)),
            "today": ask.today,
        },
    )


def _month(ask: Ask) -> date:
    """Return the month that is asked for, this one when it is none or too far away to have a calendar."""
    told = read_month(ask.GET.get("manad", ""))
    return told if told and told.year in YEARS_SHOWN else ask.today.replace(day=1)


def feed(request: HttpRequest, address: str) -> HttpResponse:
    """Give the deadlines of a person's municipality to a calendar program.

    The address is signed and names a person; it stops working when she has no role left. The feed holds last days and
    how many they concern, nothing about any case or person; with `?roll=` only those of one role.
    """
    try:
        person_id, municipality = signing.loads(address, salt=FEED)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    today, wanted = clock.today(), request.GET.get("roll", "")
    if not roles_on(person_id, municipality, today):
        raise Http404
    book = Calendar()
    book.add("prodid", "-//Timvis//kalender//SV")
    book.add("version", "2.0")
    book.add("x-wr-calname", _("Timvis: sista dagar"))
    first = month_after(month_on(today), -2)
    months = [month_after(first, ahead) for ahead in range(MONTHS_IN_FEED)]
    found = [one for month in months for one in deadlines(municipality, month)]
    found += state_deadlines(municipality, first, MONTHS_IN_FEED, now=clock.now())
    for one in told_once(found):
        if one.on is not None and (not wanted or wanted in one.roles):
            book.add_component(_event(one, clock.now()))
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="timvis.ics"'
    return response


def told_once(found: Iterable[Deadline]) -> list[Deadline]:
    """Return deadlines with what is asked for by the same day told once: by whom all, of whom all.

    Several routines may ask for the same, and the state for what a routine asks for.
    """
    alike: dict[tuple[object, ...], list[Deadline]] = {}
    for one in found:
        waits = one.rule if one.on is None else ""
        alike.setdefault((one.on, one.at, one.step, one.care_month_on, waits), []).append(one)
    return [
        replace(
            group[0],
            routine=", ".join(dict.fromkeys(one.routine for one in group)),
            roles=tuple(dict.fromkeys(role for one in group for role in one.roles)),
            count=max(one.count for one in group),
        )
        for group in alike.values()
    ]


def deadlines(municipality: str, care_month: date) -> list[Deadline]:
    """Return what the routines in force in a month ask for, and by when; a rule that waits for an event has no day."""
    return [
        Deadline(
            on=told.due.on if told.due else None,
            at=clock_text(told.due.at_minute) if told.due and told.due.at_minute is not None else "",
            routine=routine.name,
            step=told.step.label,
            roles=(told.step.role,) if told.step.role else (),
            rule=told.rule,
            care_month_on=care_month,
            warn_on=warning_day(told.due.on, holidays_around(told.due.on)) if told.due else None,
        )
        for routine in (routines.routine(version) for version in in_force(municipality, care_month))
        for told in due_days(routine, care_month, holidays_around(care_month))
    ]


def state_deadlines(municipality: str, first: date, months: int, *, now: datetime) -> list[Deadline]:
    """Return the last days towards the state in some months, where the municipality provides for it."""
    done = reported_duties(municipality, now=now)
    return [
        Deadline(
            on=one.on,
            at="",
            routine=_("Försäkringskassan"),
            step=one.label,
            roles=one.roles,
            rule=one.rule,
            care_month_on=one.care_month_on,
            warn_on=one.warn_on,
            count=one.count,
        )
        for one in last_days(municipality, first, months, LawReader(law_book()), now=now, done=done)
    ]


def _event(one: Deadline, made_at: datetime) -> Event:
    event = Event()
    assert one.on is not None
    about = f"{one.care_month_on:%Y%m}" if one.care_month_on else "0"
    event.add("uid", f"{one.on:%Y%m%d}-{about}-{one.step}@timvis".replace(" ", "-").lower())
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", _summary(one) + (f", {one.at}" if one.at else ""))
    event.add("description", f"{one.routine}. {one.rule}")
    if one.warn_on is not None:
        event.add_component(_warning(one, one.on - one.warn_on))
    return event


def _summary(one: Deadline) -> str:
    told = f"{one.step}: {one.care_month_on:%Y-%m}" if one.care_month_on else one.step
    return told if one.count == 1 else f"{told} ({one.count})"


def _warning(one: Deadline, ahead: timedelta) -> Alarm:
    """Return a warning at eight in the morning of the last working day before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(one))
    alarm.add("trigger", timedelta(hours=8) - ahead)
    return alarm

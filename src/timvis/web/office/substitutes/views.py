"""The desk: what is needed now, who comes tonight, what is open afterwards; a need told; one booking."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.documents.queries import letters_about
from timvis.apps.orders import queries, records
from timvis.apps.orders.actions import Told, request_substitute
from timvis.apps.orders.models import Booking, Offer, Procedure
from timvis.apps.parties.queries import recipient_by_number
from timvis.config.law_book import law_book
from timvis.core.access import Action, BookingStatus, Relation, may, opened
from timvis.core.calendar.local_time import clock_text
from timvis.core.faults import Refusal
from timvis.core.law import LawGap
from timvis.core.records import Instant
from timvis.core.substitute.request import AskedBy, objections
from timvis.core.substitute.time_sheets import form_of
from timvis.web.office.substitutes.forms import NeedForm, words_in
from timvis.web.office.substitutes.page import (
    OPEN_WORDS,
    SHEET_WORDS,
    Card,
    answering,
    card,
    handed_to,
    ladder,
    may_of,
    pieces_text,
    providers_for,
    sorted_out,
)
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, provider_name

DESK = "/vikarier/"
DAYS_ON_PAPER = 8
"""How far the printed list reaches: from one Friday past the next."""


def desk(ask: Ask) -> HttpResponse:
    """Show the desk to those who staff it, and to everybody else the bookings that are hers."""
    cards = _cards(ask)
    now, tonight, afterwards = sorted_out(cards, ask.now)
    answers, why = answering(ask.actor, ask.now)
    return render(
        ask,
        "substitutes/desk.html",
        {
            "whole": _sees_desk(ask),
            "mine": handed_to(ask.actor, cards),
            "now_cards": now,
            "tonight": tonight,
            "afterwards": afterwards,
            "answering": answers,
            "why": why,
            "may": may_of(ask.actor),
        },
    )


def emergency(ask: Ask) -> HttpResponse:
    """Show the list that works without the system: print it every Friday, and lay it by the telephone."""
    if not _sees_desk(ask):
        raise Http404
    cards = _cards(ask, reason="jourlista")
    answers, why = answering(ask.actor, ask.now, days=DAYS_ON_PAPER)
    members = records.pool(ask.actor.municipality, known_at=ask.now, on=ask.today)
    procedures = Procedure.objects.filter(provider__municipality__slug=ask.actor.municipality)
    return render(
        ask,
        "substitutes/emergency.html",
        {
            "answering": answers,
            "why": why,
            "ladder": ladder(ask.actor, ask.now),
            "cards": cards,
            "members": [(one, available_text(one.version.available)) for one in members],
            "procedures": [
                (provider_name(one.provider), newest(one))
                for one in procedures.prefetch_related("versions", "provider__versions")
            ],
            "now": ask.now,
        },
    )


def _cards(ask: Ask, *, reason: str = "") -> list[Card]:
    """Return the bookings that the actor may look at, each written in the log as looked at."""
    found: list[Card] = []
    for one in queries.bookings_on_desk(ask.actor, now=ask.now):
        relation = queries.relation_to_booking(ask.actor, one.booking, now=ask.now)
        if may(ask.actor, Action.LOOK_AT_BOOKING, relation=relation) is None:
            number, recipient_id = one.booking.number, one.booking.recipient_id
            look(
                ask,
                Action.LOOK_AT_BOOKING,
                "booking",
                number,
                relation=relation,
                recipient_id=recipient_id,
                reason=reason,
            )
            found.append(card(one))
    return found


def new(ask: Ask) -> HttpResponse:
    """Take down a need of a substitute, as it is told in the telephone."""
    form = NeedForm(
        ask.POST or None,
        providers=providers_for(ask.actor),
        initial={"on": ask.today, "sick_from": ask.today, "asked_by_name": _own_name(ask)},
    )
    if ask.method == "POST" and form.is_valid():
        outcome = _asked(ask, form)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=DESK)
        if isinstance(outcome, int):
            return done(ask, _("Behovet är nedskrivet."), f"{DESK}{outcome}/")
        for fault in outcome:
            form.add_error(None, f"{fault.message} {fault.remedy}")
    told = {
        "form": form,
        "title": _("Behov av vikarie"),
        "lead": _("Skriv det du vet. Är det akut räcker det för att någon ska komma; resten kommer i efterhand."),
        "button": _("Skriv ner behovet"),
        "back": DESK,
    }
    return render(ask, "form_page.html", told, status=422 if form.errors else 200)


def _asked(ask: Ask, form: NeedForm) -> Any:
    told = form.cleaned_data
    recipient = recipient_by_number(ask.actor.municipality, told["personal_number"])
    return request_substitute(
        ask.actor,
        Told(
            recipient_id=recipient.pk if recipient else 0,
            provider_id=number_in(told["provider"]),
            asked_by=AskedBy(told["asked_by"]),
            asked_by_name=told["asked_by_name"],
            start_at=Instant(told["start_at"]),
            end_at=Instant(told["end_at"]),
            sick_from=told["sick_from"],
            is_acute=told["is_acute"],
            telephone=told["telephone"],
            skills=words_in(told["skills"]),
            tried=told["tried"],
            note=told["note"],
        ),
        now=ask.now,
    )


def _own_name(ask: Ask) -> str:
    """Return the name of somebody who asks for herself or her company, nothing for the desk."""
    return "" if _sees_desk(ask) else ask.actor.name


def booking(ask: Ask, booking_id: str) -> HttpResponse:
    """Show a booking: who may come, what has been done, what is still to come in."""
    found = found_booking(ask, booking_id)
    told = queries.on_desk(found, now=ask.now)
    settings = records.settings(found)
    whole = _sees_desk(ask)
    is_waiting = found.status in (BookingStatus.REQUESTED, BookingStatus.OFFERED, BookingStatus.ACCEPTED)
    procedure = Procedure.objects.filter(provider=found.provider).prefetch_related("versions").first()
    offers = {
        offer.member_id: offer for offer in Offer.objects.filter(booking=found).select_related("member__assistant")
    }
    pool, why = _pool(ask, found) if whole and is_waiting and settings.is_booked_here else ((), "")
    sheets = records.sheet_rows(records.newest_sheets(found))
    return render(
        ask,
        "substitutes/booking.html",
        {
            "card": card(told),
            "booking": found,
            "pieces": pieces_text(found.start_at, found.end_at),
            "skills": found.skills,
            "objections": objections(records.request(found, known_at=ask.now), settings)
            if whole and is_waiting
            else (),
            "pool": [(one, offers.get(one.member.id)) for one in pool],
            "why": why,
            "is_booked_here": settings.is_booked_here,
            "is_waiting": is_waiting,
            "still_open": [(one.value, OPEN_WORDS[one]) for one in told.still_open],
            "sheets": [
                (row, SHEET_WORDS[row.sheet], form_of(row.sheet, row.span.work_on, settings.forms)) for row in sheets
            ],
            "papers_of_time": dict.fromkeys((row.sheet.value, SHEET_WORDS[row.sheet]) for row in sheets),
            "steps": found.steps.select_related("person", "member__assistant").order_by("number") if whole else (),
            "decision": found.decisions.order_by("-number").first() if whole else None,
            "letters": letters_about(ask.actor.municipality, found.number) if whole else (),
            "procedure": newest(procedure) if procedure and whole else None,
            "seen": queries.standing(found),
            "may": may_of(ask.actor),
            "whole": whole,
        },
    )


def _pool(ask: Ask, found: Booking) -> tuple[tuple[queries.CanCome, ...], str]:
    try:
        return queries.who_can_come(found, law_book(), now=ask.now), ""
    except LawGap as gap:
        return (), str(gap)


def booking_of(ask: Ask, booking_id: str) -> Booking:
    """Return a booking of the actor's municipality; else answer 404. Who may see it is not asked here."""
    found = queries.booking_in(ask.actor, number_in(booking_id))
    if found is None:
        raise Http404
    return found


def found_booking(ask: Ask, booking_id: str, action: Action = Action.LOOK_AT_BOOKING) -> Booking:
    """Return a booking that the actor may look at so, after writing in the log that she did; else answer 404."""
    found = booking_of(ask, booking_id)
    look(
        ask,
        action,
        "booking",
        found.number,
        relation=queries.relation_to_booking(ask.actor, found, now=ask.now),
        state=found.status,
        recipient_id=found.recipient_id,
    )
    return found


def available_text(available: list[list[int]]) -> str:
    """Return when somebody can be called, as "mån–fre 07.00–17.00" where the days agree."""
    names = (_("mån"), _("tis"), _("ons"), _("tor"), _("fre"), _("lör"), _("sön"))
    times: dict[tuple[int, int], list[int]] = {}
    for weekday, start, end in available:
        times.setdefault((start, end), []).append(weekday)
    return "; ".join(
        f"{', '.join(names[day] for day in sorted(days))} {clock_text(start)}–{clock_text(end)}"
        for (start, end), days in sorted(times.items())
    )


def _sees_desk(ask: Ask) -> bool:
    """Return whether the actor sees all of the municipality's bookings, and not only those that are hers."""
    return Action.LOOK_AT_DESK in opened(ask.actor, Relation.OWN_MUNICIPALITY)

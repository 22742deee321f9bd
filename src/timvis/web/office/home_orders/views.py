"""The board of orders with its clocks, one order, and a recipient's home care."""

from enum import StrEnum
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.audit import actions as audit
from timvis.apps.decisions import records as decisions
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.home_orders import board as boards
from timvis.apps.home_orders import queries, records, reminding
from timvis.apps.home_orders.board import OnBoard
from timvis.apps.home_orders.models import HomeEvent, HomeOrder, HomePaper
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.core.access import Action, Relation
from timvis.core.home_care.order import ClockKind
from timvis.core.identity import personal_text
from timvis.web.office.home_orders.page import (
    ACT_WORDS,
    EVENT_WORDS,
    PAPER_WORDS,
    may_of,
    moment_text,
    note_of,
    pieces,
    row,
    sees_all,
    shown_clock,
    shown_notice,
    status_of,
    told_to,
)
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, provider_name, recipient_name

BOARD = "/hemtjanst/"
PER_PAGE = 50
_PAPERS = frozenset({ClockKind.PLAN, ClockKind.DOCUMENTATION, ClockKind.FOLLOW_UP})


class Filter(StrEnum):
    """Which orders the board shows."""

    WATCH = "bevaka"
    LATE = "sena"
    ANSWERS = "svar"
    PAPERS = "papper"
    ALL = "alla"


FILTER_LABELS: Final[dict[Filter, str | Promise]] = {
    Filter.WATCH: _("Att bevaka"),
    Filter.LATE: _("Sena"),
    Filter.ANSWERS: _("Bekräfta och börja"),
    Filter.PAPERS: _("Plan, dokumentation, uppföljning"),
    Filter.ALL: _("Alla"),
}


def board(ask: Ask) -> HttpResponse:
    """Show the orders that something is waited for of, the soonest first, and what the actor was told to do."""
    found = boards.open_orders(ask.actor, now=ask.now)
    chosen = {one: [order for order in found if _is_in(order, one, ask)] for one in Filter}
    asked = ask.GET.get("visa", "")
    by = Filter(asked) if asked in set(Filter) else Filter.WATCH
    page = Paginator(chosen[by], PER_PAGE).get_page(ask.GET.get("sida"))
    notices = boards.notices_to(ask.actor)
    audit.record(
        ask.actor,
        Action.LOOK_AT_ORDERS,
        object_kind="home_orders",
        object_id=by.value,
        detail={
            "orders": [one.order.number for one in page],
            "notices": [one.order.number for one in notices[:PER_PAGE]],
        },
        at=ask.now,
    )
    return render(
        ask,
        "home_orders/board.html",
        {
            "whole": sees_all(ask.actor),
            "rows": [row(one, ask.now) for one in page],
            "page": page,
            "by": by,
            "chips": [(one.value, FILTER_LABELS[one], len(chosen[one]), one is by) for one in Filter],
            "notices": [shown_notice(notice, ask.actor) for notice in notices[:PER_PAGE]],
            "more_notices": max(len(notices) - PER_PAGE, 0),
            "may": may_of(ask.actor),
        },
    )


def _is_in(one: OnBoard, by: Filter, ask: Ask) -> bool:
    match by:
        case Filter.WATCH:
            return one.is_near(ask.now)
        case Filter.LATE:
            return one.is_late(ask.now)
        case Filter.ANSWERS:
            return any(clock.kind not in _PAPERS for clock in one.clocks)
        case Filter.PAPERS:
            return one.is_near(ask.now) and any(clock.kind in _PAPERS for clock in one.clocks)
        case Filter.ALL:
            return True


def order(ask: Ask, order_id: str) -> HttpResponse:
    """Show an order: how it stands, what is ordered, what is waited for, what has happened and who was told."""
    found = found_order(ask, order_id)
    [ordered] = records.ordered([found])
    settled = found.notices.filter(done__isnull=False).select_related("event", "done__person", "order")
    whole = sees_all(ask.actor)
    weight, status = status_of(found, ask.now)
    return render(
        ask,
        "home_orders/order.html",
        {
            "order": found,
            "recipient": recipient_name(found.recipient),
            "provider": provider_name(found.provider),
            "weight": weight,
            "status": status,
            "pieces": pieces(ordered.granted),
            "pauses": [(moment_text(one.from_at), moment_text(one.to_at)) for one in ordered.pauses],
            "clocks": [shown_clock(clock, ask.now) for clock in reminding.clocks_of(found, now=ask.now)],
            "notices": [shown_notice(one, ask.actor) for one in boards.notices_to(ask.actor, found)],
            "settled": [
                (shown_notice(one, ask.actor), one.done)
                for one in settled.order_by("made_at", "pk")
                if told_to(ask.actor, one)
            ],
            "events": [
                (EVENT_WORDS[one.kind], moment_text(one.at), note_of(one, ask.actor), one.known_at)
                for one in HomeEvent.objects.filter(Q(steps__order=found) | Q(order=found)).distinct().order_by("pk")
            ],
            "papers": [(PAPER_WORDS[one.kind], one) for one in found.papers.order_by("pk")],
            "steps": [
                (ACT_WORDS[one.act], moment_text(one.at), EVENT_WORDS[one.event.kind] if one.event else "", one)
                for one in found.steps.select_related("person", "event").order_by("number")
            ],
            "placed": moment_text(found.placed_at),
            "started": moment_text(found.started_at),
            "ended": moment_text(found.ended_at),
            "seen": queries.standing(found),
            "whole": whole,
            "may": may_of(ask.actor),
        },
    )


def person(ask: Ask, recipient_id: str) -> HttpResponse:
    """Show a recipient's home care: what is decided, what is ordered of whom, and when she was away."""
    recipient = found_recipient(ask, recipient_id)
    things = HomeCareDecision.objects.filter(recipient=recipient).prefetch_related("versions").order_by("pk")
    granted = [(one, newest(one)) for one in things]
    away = queries.away([recipient.pk], known_at=ask.now).get(recipient.pk)
    orders = queries.with_all(HomeOrder.objects.filter(recipient=recipient)).prefetch_related("provider__versions")
    return render(
        ask,
        "home_orders/person.html",
        {
            "recipient": recipient,
            "name": recipient_name(recipient),
            "number": personal_text(recipient.personal_number),
            "decisions": [
                (one, decisions.home_care_grant(one, version), version) for one, version in granted if version
            ],
            "orders": [
                (one, provider_name(one.provider), *status_of(one, ask.now))
                for one in orders.order_by("-placed_at", "-pk")
            ],
            "stays": [(moment_text(one.from_at), moment_text(one.to_at)) for one in away.hospital] if away else (),
            "died": moment_text(away.died_at) if away and away.died_at is not None else "",
            "whole": sees_all(ask.actor),
            "may": may_of(ask.actor),
        },
    )


def paper_file(ask: Ask, paper_id: str) -> HttpResponse:
    """Give a paper's file, exactly as it came."""
    paper = HomePaper.objects.select_related("original").filter(pk=number_in(paper_id)).first()
    if paper is None or paper.original is None:
        raise Http404
    found_order(ask, str(paper.order_id))
    return attachment(bytes(paper.original.content), paper.original.file_name)


def found_order(ask: Ask, order_id: str) -> HomeOrder:
    """Return an order that the actor may look at, after writing in the log that she did; else answer 404."""
    found = queries.order_in(ask.actor, number_in(order_id))
    if found is None:
        raise Http404
    look(
        ask,
        Action.LOOK_AT_ORDER,
        "home_order",
        found.number,
        relation=queries.relation_to_order(ask.actor, found, now=ask.now),
        state=found.status,
        recipient_id=found.recipient_id,
    )
    return found


def found_recipient(ask: Ask, recipient_id: str) -> Recipient:
    """Return a recipient whose home care the actor may look at, logged; else answer 404.

    A provider sees its own orders, not what others do for the same person.
    """
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None:
        raise Http404
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    if relation is Relation.OWN_PROVIDER:
        raise Http404
    look(ask, Action.LOOK_AT_ORDER, "recipient", recipient.pk, relation=relation, recipient_id=recipient.pk)
    return recipient

"""Att göra: the first page of everybody who handles claims."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from timvis.apps.audit import actions as audit
from timvis.apps.routines.queries import ToLookOver, to_look_over
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.web.office.queue.rows import FILTER_LABELS, Filter, named, queue, rows
from timvis.web.shared.asking import Ask

REMEMBERED = "queue_filter"
PER_PAGE = 50


def todo(ask: Ask) -> HttpResponse:
    """Show what waits, by last day and money at risk; the filter is remembered until another is chosen."""
    by, text = _chosen(ask)
    waiting = queue(ask.actor, ask.now)
    chosen = waiting.chosen(by, named(ask.actor, text, ask.now) if text else None)
    page = Paginator(chosen, PER_PAGE).get_page(ask.GET.get("sida"))
    ask.session["queue"] = [one.number for one in page if one.is_mine]
    audit.record(
        ask.actor,
        Action.LOOK_AT_CLAIM,
        object_kind="queue",
        object_id=by,
        detail={"claims": [one.number for one in page]},
        at=ask.now,
    )
    chips = [(one, FILTER_LABELS[one], waiting.counts[one], one is by) for one in Filter]
    return render(
        ask,
        "queue/todo.html",
        {
            "queue": waiting,
            "rows": rows(page, ask.today, law_book()),
            "page": page,
            "chips": chips,
            "text": text,
            "today": ask.today,
            "by": by,
            "routines": _to_look_over(ask),
        },
    )


def _to_look_over(ask: Ask) -> tuple[ToLookOver, ...]:
    """Return the routines it is time to look over, for those who can do something about it."""
    may = opened(ask.actor, Relation.OWN_MUNICIPALITY) & {Action.DRAFT_ROUTINE, Action.PUBLISH_ROUTINE}
    return to_look_over(ask.actor.municipality, ask.today) if may else ()


def next_case(ask: Ask, number: str) -> HttpResponse:
    """Lead to the case after this one in the queue as it was last shown, or back to the queue."""
    waiting: list[str] = ask.session.get("queue", [])
    after = waiting[waiting.index(number) + 1 :] if number in waiting else waiting
    return HttpResponseRedirect(f"/ansprak/{after[0]}/" if after else "/")


def _chosen(ask: Ask) -> tuple[Filter, str]:
    kept = ask.session.get(REMEMBERED, {})
    chosen = ask.GET.get("visa", kept.get("visa", Filter.ALL))
    by = Filter(chosen) if chosen in list(Filter) else Filter.ALL
    text = ask.GET.get("q", kept.get("q", "")) if "visa" not in ask.GET or "q" in ask.GET else ""
    ask.session[REMEMBERED] = {"visa": by, "q": text}
    return by, text[:100]

"""Who asks for a page, and the door she comes through: the route's row, the login, the access table, the log."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt

from timvis.apps.audit import actions as audit
from timvis.apps.parties.queries import seen_as_agent
from timvis.config import clock
from timvis.core.access import NEW, POLICY, Action, Actor, Relation, is_fresh, may
from timvis.core.faults import Refusal
from timvis.web.shared import once, session
from timvis.web.shared.context import ways_of
from timvis.web.shared.words import WHY_NOT


class Ask(HttpRequest):
    """A request by somebody who has logged in. The door puts the three last fields there."""

    actor: Actor
    now: datetime
    today: date


View = Callable[..., HttpResponse]

HOME = ""
"""Where everybody is sent first; who has nothing to do there goes on to her own first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: what it opens, how it may be called, and what it takes to come in.

    `action` is the action of the access table that somebody must hold in some relation to come in at all; the
    view judges the relation to the one object. None opens the page to everyone who has logged in, `public` to
    everyone. `needs_fresh_login` asks for a login of the last five minutes. `keeps_steps` is for an act that must
    commit step by step, such as a payment run between its file operations: no transaction is laid around it.
    `for_machines` is for a public address that a system calls with a key of its own: no form's token is asked for.
    `example` names objects of the demo.
    """

    path: str
    view: View
    name: str
    methods: tuple[str, ...] = ("GET",)
    action: Action | None = None
    public: bool = False
    needs_fresh_login: bool = False
    keeps_steps: bool = False
    for_machines: bool = False
    example: tuple[tuple[str, str], ...] = ()


def door(route: Route) -> View:
    """Return a route's view behind its door."""

    def opened(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if request.method not in (*route.methods, *(("HEAD",) if "GET" in route.methods else ())):
            return HttpResponseNotAllowed(route.methods)
        if route.public:
            return route.view(request, **kwargs)
        ask = cast(Ask, request)
        ask.now, ask.today = clock.now(), clock.today()
        actor = session.actor_of(request, now=ask.now, today=ask.today)
        if actor is None:
            return _to_login(request)
        ask.actor = actor
        if route.action is not None and not _holds(actor, route.action):
            if route.path == HOME:
                return HttpResponseRedirect(ways_of(actor)[0].path)
            return refused(ask, Refusal.ROLE_DOES_NOT_ALLOW)
        if route.needs_fresh_login and not is_fresh(actor, ask.now):
            return _to_login(request, again=True)
        with nullcontext() if route.keeps_steps else transaction.atomic():
            return once.answer(ask, actor, ask.now, lambda: route.view(ask, **kwargs))

    return csrf_exempt(opened) if route.for_machines else opened


def look(
    ask: Ask,
    action: Action,
    kind: str,
    object_id: object,
    *,
    relation: Relation,
    state: str = NEW,
    recipient_id: int | None = None,
    recipient_ids: Sequence[int] = (),
    reason: str = "",
    is_hers_alone: bool = False,
) -> None:
    """Write in the log that the actor looks at something of somebody, or answer as if it did not exist.

    What concerns several persons (`recipient_ids`) leaves a row for each of them. What is the recipient's alone, as an
    application, is not her provider's to see either without a power of attorney.
    Raises `Http404` when the access table says no, or when a power of attorney does not let her see: a foreign object
    and one that is not there look the same.
    """
    refusal = may(ask.actor, action, relation=relation, state=state, now=ask.now)
    concerned = recipient_ids or (recipient_id,)
    takes_a_power = relation is Relation.AGENT or (is_hers_alone and relation is Relation.OWN_PROVIDER)
    if refusal is not None or (takes_a_power and not may_see_as_agent(ask, concerned)):
        raise Http404
    audit.record_each(
        ask.actor, action, object_kind=kind, object_id=object_id, recipient_ids=concerned, reason=reason, at=ask.now
    )


def may_see_as_agent(ask: Ask, recipient_ids: Sequence[int | None]) -> bool:
    """Return whether the actor has powers of attorney to see what concerns all of some recipients."""
    return set(recipient_ids) <= seen_as_agent(ask.actor, now=ask.now)


def refused(ask: Ask, refusal: Refusal, *, back: str = "") -> HttpResponse:
    """Return the kind page that says why not and what to do; a login that is too old leads to a new one."""
    if refusal is Refusal.LOGIN_TOO_OLD:
        return _to_login(ask, again=True)
    if refusal in (Refusal.NOT_FOUND, Refusal.NO_RELATION):
        raise Http404
    status = 403 if refusal is Refusal.ROLE_DOES_NOT_ALLOW else 409
    why, remedy = WHY_NOT[refusal]
    return render(ask, "refused.html", {"why": why, "remedy": remedy, "back": back}, status=status)


def done(ask: Ask, sentence: str, to: str) -> HttpResponse:
    """Return to a page with a sentence that says what was done."""
    messages.success(ask, sentence)
    return HttpResponseRedirect(to)


def _holds(actor: Actor, action: Action) -> bool:
    return any(row.action is action and row.role in actor.roles for row in POLICY)


def _to_login(request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """Lead to the login and back; what was typed is kept and offered again afterwards."""
    where = {"next": request.get_full_path()}
    if request.method == "POST":
        where = {"next": session.keep_typed(request)}
    if again:
        where["igen"] = "1"
    return once.Detour(f"{reverse('login')}?{urlencode(where)}")

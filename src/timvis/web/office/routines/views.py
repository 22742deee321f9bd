"""The municipality's routines, and those that come with Timvis: read, compared, tried, adopted."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timvis.apps.accounting.simulating import simulated_year
from timvis.apps.audit.models import Person
from timvis.apps.routines import queries, records
from timvis.apps.routines.actions import NotPublished, publish_routine
from timvis.apps.routines.models import RoutineStatus, RoutineVersion
from timvis.config.law_book import law_book
from timvis.core.access import POLICY, Action, Actor, Relation, opened
from timvis.core.faults import Refusal
from timvis.core.routine.diff import Change, diff
from timvis.core.routine.due_days import review_due_on
from timvis.core.routine.records import Routine
from timvis.formats.routine.packaged import packaged_routine, packaged_routine_text, packaged_routines
from timvis.web.office.queue.rows import visible
from timvis.web.office.routines.page import page_of, role_words
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.ids import number_in

CASES_ON_A_PAGE = 100
"""As many claims as a page can calculate anew while somebody waits for it."""

OF_STAFF = frozenset({Action.LOOK_AT_CLAIM, Action.DRAFT_ROUTINE, Action.PUBLISH_ROUTINE})
"""Whoever may do one of these in the whole municipality reads drafts; an adopted routine is no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One routine of the municipality as the gallery shows it: what holds, what waits, and since when."""

    slug: str
    shown: RoutineVersion
    routine: Routine
    drawing: str
    holds: RoutineVersion | None
    waiting: RoutineVersion | None
    is_to_be_looked_over: bool


def gallery(ask: Ask) -> HttpResponse:
    """Show the municipality's own routines with how far each has come, and those that come with Timvis."""
    versions: dict[str, list[RoutineVersion]] = {}
    for one in _readable(ask.actor):
        versions.setdefault(one.slug, []).append(one)
    return render(
        ask,
        "routines/gallery.html",
        {
            "own": [_own(ask, slug, found) for slug, found in versions.items()],
            "shipped": [(one, page_of(one, ask.today)) for one in packaged_routines()],
            "may_draft": _may(ask.actor, Action.DRAFT_ROUTINE),
        },
    )


def shipped(ask: Ask, municipality: str, name: str) -> HttpResponse:
    """Show a routine as it comes with Timvis."""
    slug = f"{municipality}/{name}"
    found, text = packaged_routine(slug), packaged_routine_text(slug)
    if found is None or text is None:
        raise Http404
    return render(
        ask,
        "routines/routine.html",
        {
            "page": page_of(found, ask.today),
            "lines": text.splitlines(),
            "from_slug": slug,
            "may_draft": _may(ask.actor, Action.DRAFT_ROUTINE),
        },
    )


def routine(ask: Ask, municipality: str, name: str) -> HttpResponse:
    """Show the version of a routine that holds today, else the newest there is."""
    slug = f"{municipality}/{name}"
    versions = [one for one in _readable(ask.actor) if one.slug == slug]
    holds = next((one for one in queries.in_force(ask.actor.municipality, ask.today) if one.slug == slug), None)
    if not versions:
        raise Http404
    number = holds.number if holds else versions[0].number
    return _version_page(ask, next(one for one in versions if one.number == number), versions)


def version(ask: Ask, municipality: str, name: str, number: str) -> HttpResponse:
    """Show one version of a routine."""
    found = _version(ask.actor, f"{municipality}/{name}", number)
    return _version_page(ask, found, [one for one in _readable(ask.actor) if one.slug == found.slug])


def difference(ask: Ask, municipality: str, name: str, number: str, other: str) -> HttpResponse:
    """Show what differs between two versions, the older one first."""
    slug = f"{municipality}/{name}"
    newer, older = _version(ask.actor, slug, number), _version(ask.actor, slug, other)
    return render(
        ask,
        "routines/difference.html",
        {
            "newer": newer,
            "older": older,
            "routine": records.routine(newer),
            "changes": diff(records.routine(older), records.routine(newer)),
        },
    )


def simulation(ask: Ask, municipality: str, name: str, number: str) -> HttpResponse:
    """Show what a version would have done to last year's claims; nothing is kept of it."""
    found = _version(ask.actor, f"{municipality}/{name}", number)
    look(ask, Action.SIMULATE_ROUTINE, "routine", found.pk, relation=Relation.OWN_MUNICIPALITY)
    routine = records.routine(found)
    year = simulated_year(routine, visible(ask.actor, ask.now), law_book(), at_most=CASES_ON_A_PAGE)
    cases = year.simulation.cases if year else ()
    hands = {hand.person_id for case in cases for hand in case.refused}
    names = dict(Person.objects.filter(pk__in=[one for one in hands if one]).values_list("pk", "name"))
    rows = [
        {
            "case": case,
            "refused": [(hand, names.get(hand.person_id or 0, ""), role_words(hand.role)) for hand in case.refused],
            "added": [(hand, role_words(hand.role)) for hand in case.added],
        }
        for case in cases
        if case.is_changed
    ]
    return render(
        ask,
        "routines/simulation.html",
        {
            "version": found,
            "routine": routine,
            "year": year,
            "rows": rows,
            "unchanged": len(cases) - len(rows),
            "older": year.found - year.left_out - len(cases) if year else 0,
        },
    )


def adopt(ask: Ask, municipality: str, name: str, number: str) -> HttpResponse:
    """Adopt a draft: from its first day on it is the routine that claims begin under."""
    found = _version(ask.actor, f"{municipality}/{name}", number)
    outcome = publish_routine(ask.actor, found.pk, now=ask.now)
    here = reverse("routine_version", args=[municipality, name, number])
    if isinstance(outcome, NotPublished):
        return refused(ask, outcome.refusal, back=here)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=here)
    told = _("Version %(n)d är antagen och gäller från %(day)s.") % {"n": found.number, "day": found.valid_from}
    return done(ask, told, here)


# --- what the pages are made of -----------------------------------------------------------------------------


def _readable(actor: Actor) -> list[RoutineVersion]:
    """Return the versions somebody may read, the newest of each routine first; drafts are the staff's."""
    versions = queries.versions_of(actor.municipality)
    return [one for one in versions if one.status != RoutineStatus.DRAFT or _is_staff(actor)]


def _version(actor: Actor, slug: str, number: str) -> RoutineVersion:
    """Return a version somebody may read, or answer as if there were none."""
    found = queries.version_in(actor.municipality, slug, number_in(number))
    if found is None or (found.status == RoutineStatus.DRAFT and not _is_staff(actor)):
        raise Http404
    return found


def _is_staff(actor: Actor) -> bool:
    return bool(opened(actor, Relation.OWN_MUNICIPALITY) & OF_STAFF)


def _may(actor: Actor, action: Action) -> bool:
    return action in opened(actor, Relation.OWN_MUNICIPALITY)


def _own(ask: Ask, slug: str, versions: list[RoutineVersion]) -> Own:
    holds = next((one for one in queries.in_force(ask.actor.municipality, ask.today) if one.slug == slug), None)
    newest = max((one.valid_from for one in versions if one.status != RoutineStatus.DRAFT), default=None)
    waiting = next(
        (one for one in versions if one.status == RoutineStatus.DRAFT and (newest is None or one.valid_from > newest)),
        None,
    )
    shown = holds or versions[0]
    routine = records.routine(shown)
    by = review_due_on(routine, shown.adopted_on)
    return Own(
        slug=slug,
        shown=shown,
        routine=routine,
        drawing=page_of(routine, ask.today).drawing,
        holds=holds,
        waiting=waiting,
        is_to_be_looked_over=by is not None and by <= ask.today,
    )


def _version_page(ask: Ask, shown: RoutineVersion, versions: list[RoutineVersion]) -> HttpResponse:
    routine = records.routine(shown)
    before = next((one for one in versions if one.number < shown.number), None)
    is_draft = shown.status == RoutineStatus.DRAFT
    return render(
        ask,
        "routines/routine.html",
        {
            "page": page_of(routine, ask.today),
            "version": shown,
            "versions": [(one, earlier) for one, earlier in zip(versions, [*versions[1:], None], strict=True)],
            "before": before,
            "changes": _changes(before, routine) if is_draft else (),
            "lines": shown.text.splitlines(),
            "from_slug": f"{shown.slug}@{shown.number}",
            "review_on": review_due_on(routine, shown.adopted_on) if shown.status == RoutineStatus.PUBLISHED else None,
            "today": ask.today,
            "may_draft": _may(ask.actor, Action.DRAFT_ROUTINE),
            "may_simulate": _may(ask.actor, Action.SIMULATE_ROUTINE),
            "may_adopt": is_draft and _may(ask.actor, Action.PUBLISH_ROUTINE),
            "adopters": [role_words(row.role) for row in POLICY if row.action is Action.PUBLISH_ROUTINE],
            "is_own": shown.drafted_by_id == ask.actor.person_id,
        },
    )


def _changes(before: RoutineVersion | None, routine: Routine) -> tuple[Change, ...]:
    return diff(records.routine(before), routine) if before else ()

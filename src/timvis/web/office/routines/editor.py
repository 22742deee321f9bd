"""The editor: a draft as text, tried as it is written; without scripts a button does the same."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timvis.apps.routines import queries
from timvis.apps.routines import records as routines
from timvis.apps.routines.actions import draft_routine
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.diff import Change, diff
from timvis.formats.routine.packaged import packaged_routine_text
from timvis.formats.routine.read import read
from timvis.web.office.routines.page import RoutinePage, page_of
from timvis.web.shared.asking import Ask, done, refused

SOURCE = "utkast.toml"
LONGEST = 200_000
"""As many letters as no routine has; more is refused before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How a text went: its faults, or the routine it is with its proof and what it changes."""

    faults: tuple[Fault, ...] = ()
    page: RoutinePage | None = None
    changes: tuple[Change, ...] = ()
    compared_with: int | None = None
    begins_too_early: bool = False


def draft(ask: Ask) -> HttpResponse:
    """Show the editor with what the text says so far; keep it as a draft when that is what she asks for."""
    if ask.method != "POST":
        text = _start(ask.actor, ask.GET.get("fran", ""))
        return _show(ask, text, _try(ask, text) if text else Tried())
    text = _text(ask)
    tried = _try(ask, text)
    if ask.POST.get("gor") != "spara" or tried.faults:
        return _show(ask, text, tried, status=422 if tried.faults else 200)
    outcome = draft_routine(ask.actor, text.encode(), source=SOURCE, now=ask.now)
    if outcome is Refusal.NO_RELATION:
        return _show(ask, text, Tried(faults=(_another_town(ask.actor),)), status=422)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=reverse("routines"))
    if isinstance(outcome, tuple):
        return _show(ask, text, Tried(faults=outcome), status=422)
    assert tried.page is not None
    kept = next(one for one in queries.versions_of(ask.actor.municipality) if one.pk == outcome)
    told = _("Utkastet är sparat som version %(n)d. Det gäller inte förrän någon annan än du har antagit det.")
    municipality, _slash, name = kept.slug.partition("/")
    return done(ask, told % {"n": kept.number}, reverse("routine_version", args=[municipality, name, kept.number]))


def tried(ask: Ask) -> HttpResponse:
    """Give the piece of the page that tells how a text went, for the script that asks while she writes."""
    return render(ask, "routines/tried.html", {"tried": _try(ask, _text(ask))})


def _show(ask: Ask, text: str, tried: Tried, *, status: int = 200) -> HttpResponse:
    lines = text.splitlines() if tried.faults else []
    return render(ask, "routines/draft.html", {"text": text, "tried": tried, "lines": lines}, status=status)


def _text(ask: Ask) -> str:
    # A browser sends its lines as the old teleprinters did.
    return ask.POST.get("text", "").replace("\r\n", "\n")[: LONGEST + 1]


def _try(ask: Ask, text: str) -> Tried:
    """Return how a text goes: read, proved, and laid beside the version that would be taken over from."""
    if len(text) > LONGEST:
        return Tried(faults=(_TOO_LONG,))
    found = read(text.encode(), source=SOURCE)
    if isinstance(found, tuple):
        return Tried(faults=tuple(sorted(found, key=lambda fault: fault.line or 0)))
    adopted = queries.adopted(found.slug).filter(municipality=ask.actor.municipality).order_by("-valid_from").first()
    return Tried(
        page=page_of(found, ask.today),
        changes=diff(routines.routine(adopted), found) if adopted else (),
        compared_with=adopted.number if adopted else None,
        begins_too_early=adopted is not None and found.valid_from <= adopted.valid_from,
    )


def _start(actor: Actor, source: str) -> str:
    """Return the text to begin from: a version of the town's own, or a shipped routine made the town's."""
    slug, _at, number = source.partition("@")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        version = queries.version_in(actor.municipality, slug, int(number))
        return version.text if version else ""
    text = packaged_routine_text(slug) or ""
    town = actor.municipality
    text = re.sub(r'(?m)^municipality = "[^"]*"', f'municipality = "{town}"', text, count=1)
    return re.sub(r'(?m)^slug = "[^"/]*/', f'slug = "{town}/', text, count=1)


def _another_town(actor: Actor) -> Fault:
    return Fault(
        code="another_municipality",
        message="Rutinen är skriven för en annan kommun än den du arbetar i.",
        remedy=f"Skriv municipality = {actor.municipality!r} och låt slug börja med det.".replace("'", '"'),
        line=1,
        column="municipality",
        file=SOURCE,
    )


_TOO_LONG = Fault(
    code="too_long",
    message=f"Texten är längre än {LONGEST} tecken.",
    remedy="Klistra in en enda rutin.",
    file=SOURCE,
)

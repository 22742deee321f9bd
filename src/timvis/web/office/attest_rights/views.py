"""Attest rights: who could attest on a day, the board's lists, who holds a position and who is away."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.routines import records
from timvis.apps.routines.attest_lists import ATTEST_LISTS
from timvis.apps.routines.models import AttestList, OffDuty, OffDutyVersion, PositionHeld, PositionHeldVersion
from timvis.apps.routines.on_duty import change_off_duty, confirm_position, register_off_duty, register_position
from timvis.apps.routines.queries import known_by_end_of, who_could_attest
from timvis.core.access import Action, Relation, opened
from timvis.core.faults import Refusal
from timvis.web.office.attest_rights.forms import ChangedSpellForm, NewSpellForm, PositionForm, RowForm
from timvis.web.shared import board_lists
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in

BACK = "/attestratter/"


def who_could(ask: Ask) -> HttpResponse:
    """Show who could attest what on a day, with the lists, positions and days away that made it so."""
    told = ask.GET.get("dag", "")
    day, is_readable = board_lists.day_asked_for(told, ask.today)
    known_at = known_by_end_of(day, ask.now)
    lists = AttestList.objects.filter(municipality=ask.actor.municipality).select_related("adoption")
    return render(
        ask,
        "attest_rights/who_could.html",
        {
            "day": day,
            "problem": not is_readable,
            "rights": who_could_attest(ask.actor.municipality, on=day, known_at=known_at),
            "lists": lists.order_by("-number"),
            "positions": _positions(ask),
            "spells": _spells(ask),
            "may": opened(ask.actor, Relation.OWN_MUNICIPALITY) | opened(ask.actor, Relation.SELF),
        },
    )


# --- lists -----------------------------------------------------------------------------------------------------


PAGES = board_lists.ListPages(
    sort=ATTEST_LISTS,
    look=Action.LOOK_AT_ATTEST_RIGHTS,
    row_form=RowForm,
    typed=lambda right: {"act": right.act, "responsibility": right.responsibility},
    template="attest_rights/list.html",
    page="attest_list",
    over=BACK,
    over_words=gettext_lazy("Attesträtter"),
    new_words=gettext_lazy("Ny attestlista"),
    lead=gettext_lazy(
        "Listan gäller högst ett år och är ett utkast tills någon annan har fört in att nämnden har antagit den. "
        "Rader utan innehåll hoppas över."
    ),
    saved=gettext_lazy("Listan är sparad som utkast. Den gäller när nämnden har antagit den."),
    adopted_title=gettext_lazy("Nämnden har antagit lista %(number)d"),
    adopted_lead=gettext_lazy(
        "Beslutet förs in av en annan än den som skrev listan, och aldrig av någon som listan ger en rätt."
    ),
    adopted=gettext_lazy("Listan är antagen och gäller sina dagar."),
)


def attest_list(ask: Ask, number: str) -> HttpResponse:
    """Show an attest list."""
    return board_lists.show(ask, PAGES, number)


def draft(ask: Ask) -> HttpResponse:
    """Draft an attest list."""
    return board_lists.draft(ask, PAGES)


def adopt(ask: Ask, number: str) -> HttpResponse:
    """Enter that the board has adopted an attest list."""
    return board_lists.adopt(ask, PAGES, number)


# --- positions and days away -----------------------------------------------------------------------------------


def new_position(ask: Ask) -> HttpResponse:
    """Tell who holds a position; it counts when a second person has confirmed it."""

    def act(form: Form) -> object:
        told = form.cleaned_data
        return register_position(
            ask.actor,
            person_id=told["person"],
            position=told["position"],
            held_from=told["held_from"],
            held_to=told["held_to"],
            now=ask.now,
        )

    return form_page(
        ask,
        PositionForm(
            board_lists.people(ask, PAGES.look, but=ask.actor.person_id),
            ask.POST or None,
            initial={"held_from": ask.today},
        ),
        act,
        title=_("Vem har en befattning?"),
        lead=_("Det gäller när en andra person har bekräftat det. Att avsluta en befattning gäller genast."),
        button=_("Spara"),
        sentence=_("Befattningen är sparad. En annan person behöver bekräfta den."),
        back=BACK,
    )


def confirm(ask: Ask, version_id: str) -> HttpResponse:
    """Confirm, as the second person, that somebody holds a position."""
    outcome = confirm_position(ask.actor, version_id=number_in(version_id), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=BACK)
    return done(ask, _("Befattningen är bekräftad och gäller."), BACK)


def new_off_duty(ask: Ask) -> HttpResponse:
    """Tell that somebody is away: oneself, or for a chief anybody."""

    def act(form: Form) -> object:
        told = form.cleaned_data
        return register_off_duty(
            ask.actor, person_id=told["person"], off_from=told["off_from"], off_to=told["off_to"], now=ask.now
        )

    people = (
        board_lists.people(ask, PAGES.look) if _may_tell_of_others(ask) else [(ask.actor.person_id, ask.actor.name)]
    )
    initial = {"person": ask.actor.person_id, "off_from": ask.today}
    return form_page(
        ask,
        NewSpellForm(people, ask.POST or None, initial=initial),
        act,
        title=_("Registrera frånvaro"),
        lead=_("Under de här dagarna attesterar ersättaren på listan, och inte den som är borta."),
        button=_("Registrera"),
        sentence=_("Frånvaron är registrerad."),
        back=BACK,
    )


def change_spell(ask: Ask, off_duty_id: str) -> HttpResponse:
    """Tell a spell away anew, or call it off."""
    found = OffDuty.objects.filter(municipality=ask.actor.municipality, pk=number_in(off_duty_id)).first()
    version = records.off_duty_version(found, ask.now) if found else None
    if found is None or version is None or not (_may_tell_of_others(ask) or found.person_id == ask.actor.person_id):
        raise Http404

    def act(form: Form) -> object:
        told = form.cleaned_data
        off_to = told["off_from"] if told["called_off"] else told["off_to"]
        return change_off_duty(
            ask.actor,
            off_duty_id=found.pk,
            off_from=told["off_from"],
            off_to=off_to,
            seen=form.seen_number,
            now=ask.now,
        )

    before = {"off_from": version.valid_from, "off_to": version.valid_to, "seen": version.number}
    return form_page(
        ask,
        ChangedSpellForm(ask.POST or None, initial=before),
        act,
        title=_("Ändra %(name)s frånvaro") % {"name": found.person.name},
        button=_("Spara"),
        sentence=_("Frånvaron är ändrad."),
        back=BACK,
    )


# --- what the pages are made of ---------------------------------------------------------------------------------


def _may_tell_of_others(ask: Ask) -> bool:
    return Action.REGISTER_OFF_DUTY in opened(ask.actor, Relation.OWN_MUNICIPALITY)


def _positions(ask: Ask) -> list[tuple[PositionHeld, PositionHeldVersion | None, PositionHeldVersion | None]]:
    """Return every position with what holds of it now, and what waits for a second person."""
    things = PositionHeld.objects.filter(municipality=ask.actor.municipality).select_related("person")
    rows = []
    for thing in things.order_by("position", "person__sort_key").prefetch_related("versions__confirmed"):
        newest = max(thing.versions.all(), key=lambda one: one.number, default=None)
        waiting = newest if newest and newest.waits_for_second and not hasattr(newest, "confirmed") else None
        rows.append((thing, records.position_version(thing.versions.all(), ask.now), waiting))
    return rows


def _spells(ask: Ask) -> list[tuple[OffDuty, Any, bool]]:
    """Return who is away now or will be, with whether the one who asks may tell it anew."""
    things = OffDuty.objects.filter(municipality=ask.actor.municipality).select_related("person")
    told = [(thing, records.off_duty_version(thing, ask.now)) for thing in things.prefetch_related("versions")]
    coming = [
        (thing, version, _may_tell_of_others(ask) or thing.person_id == ask.actor.person_id)
        for thing, version in told
        if version is not None and _is_coming(version, ask.today)
    ]
    return sorted(coming, key=lambda row: (row[1].valid_from or date.min, row[0].pk))


def _is_coming(version: OffDutyVersion, today: date) -> bool:
    """Whether a spell has a day left."""
    first, last = version.valid_from, version.valid_to
    return first is not None and last is not None and max(first, today) < last

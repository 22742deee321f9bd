"""Attest rights: who could attest on a day, the board's lists, who holds a position and who is away."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.routines import records
from timvis.apps.routines.attest_lists import adopt_attest_list, draft_attest_list
from timvis.apps.routines.board_lists import Drafted
from timvis.apps.routines.models import AttestList, OffDuty, OffDutyVersion, PositionHeld, PositionHeldVersion
from timvis.apps.routines.on_duty import change_off_duty, confirm_position, register_off_duty, register_position
from timvis.apps.routines.queries import known_by_end_of, who_could_attest
from timvis.core.access import POLICY, Action, Relation, opened
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.attest_lists import year_after
from timvis.core.routine.attest_rights import AttestRight
from timvis.web.office.attest_rights.forms import (
    MORE_ROWS,
    MOST_ROWS,
    AdoptionForm,
    ChangedSpellForm,
    Choices,
    ListForm,
    NewSpellForm,
    PositionForm,
    RowForm,
    RowSet,
)
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in

BACK = "/attestratter/"


def who_could(ask: Ask) -> HttpResponse:
    """Show who could attest what on a day, with the lists, positions and days away that made it so."""
    told = ask.GET.get("dag", "")
    day, is_readable = _day(told, ask.today)
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


def attest_list(ask: Ask, number: str) -> HttpResponse:
    """Show a list as the board adopts it: to be read, printed and signed."""
    found = _list(ask, number)
    return render(
        ask,
        "attest_rights/list.html",
        {
            "list": found,
            "adoption": getattr(found, "adoption", None),
            "rights": found.rights.select_related("person").order_by("number"),
            "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
        },
    )


def draft(ask: Ask) -> HttpResponse:
    """Draft a list, empty or from an earlier one; every fault stands beside the row it concerns."""
    people = _people(ask)
    if ask.method == "POST" and "more" not in ask.POST:
        head, rows = ListForm(ask.POST), RowSet(ask.POST, prefix="row", form_kwargs={"people": people})
        if head.is_valid() & rows.is_valid():
            outcome = draft_attest_list(ask.actor, _drafted(head, rows), now=ask.now)
            if isinstance(outcome, Refusal):
                return refused(ask, outcome, back=BACK)
            if isinstance(outcome, int):
                number = AttestList.objects.get(pk=outcome).number
                sentence = _("Listan är sparad som utkast. Den gäller när nämnden har antagit den.")
                return done(ask, sentence, reverse("attest_list", args=[number]))
            _tell(head, rows, outcome)
        return _show_draft(ask, head, rows, status=422)
    if ask.method == "POST":
        given = {name: ask.POST.get(name, "") for name in ListForm.base_fields}
        typed = [
            {name: ask.POST.get(f"row-{n}-{name}", "") for name in RowForm.base_fields}
            for n in range(min(number_in(ask.POST.get("row-TOTAL_FORMS", "")), MOST_ROWS - MORE_ROWS))
        ]
    else:
        given, typed = _from_before(ask)
    rows = RowSet(prefix="row", initial=typed, form_kwargs={"people": people})
    return _show_draft(ask, ListForm(initial=given), rows)


def adopt(ask: Ask, number: str) -> HttpResponse:
    """Enter that the board has adopted a list."""
    found = _list(ask, number)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return adopt_attest_list(
            ask.actor, list_id=found.pk, decision=told["decision"], adopted_on=told["adopted_on"], now=ask.now
        )

    return form_page(
        ask,
        AdoptionForm(ask.POST or None, initial={"adopted_on": ask.today}),
        act,
        title=_("Nämnden har antagit lista %(number)d") % {"number": found.number},
        lead=_("Beslutet förs in av en annan än den som skrev listan, och aldrig av någon som listan ger en rätt."),
        button=_("För in beslutet"),
        sentence=_("Listan är antagen och gäller sina dagar."),
        back=reverse("attest_list", args=[found.number]),
    )


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
        PositionForm(_people(ask, but=ask.actor.person_id), ask.POST or None, initial={"held_from": ask.today}),
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

    people = _people(ask) if _may_tell_of_others(ask) else [(ask.actor.person_id, ask.actor.name)]
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


def _day(text: str, today: date) -> tuple[date, bool]:
    """Return the day that is asked for, today when there is none; False when it can't be read."""
    if not text:
        return today, True
    try:
        return date.fromisoformat(text), True
    except ValueError:
        return today, False


def _list(ask: Ask, number: str) -> AttestList:
    lists = AttestList.objects.filter(municipality=ask.actor.municipality).select_related("adoption__entered_by")
    found = lists.select_related("drafted_by").filter(number=number_in(number)).first()
    if found is None:
        raise Http404
    return found


def _drafted(head: ListForm, rows: Any) -> Drafted[AttestRight]:
    """Return the list as it is typed; a row keeps the number it has on the page."""
    told = head.cleaned_data
    first, last = told["valid_from"], told["valid_to"]
    used = ((number, row) for number, row in enumerate(rows, start=1) if row.is_used)
    rights = tuple(row.right(number, first, last) for number, row in used)
    return Drafted(board=told["board"], valid_from=first, valid_to=last, rights=rights)


def _tell(head: ListForm, rows: Any, faults: Iterable[Fault]) -> None:
    """Put every fault beside the field it is about."""
    for fault in faults:
        text = f"{fault.message} {fault.remedy}"
        if fault.line is not None:
            field = str(fault.column)
            rows[fault.line - 1].add_error(field if field in RowForm.base_fields else None, text)
        else:
            head.add_error(str(fault.column) if fault.column in ListForm.base_fields else None, text)


def _show_draft(ask: Ask, head: ListForm, rows: Any, *, status: int = 200) -> HttpResponse:
    return render(ask, "attest_rights/draft.html", {"form": head, "rows": rows, "back": BACK}, status=status)


def _from_before(ask: Ask) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a new draft begins with: the newest list's rows for the year after it, or an empty year."""
    before = AttestList.objects.filter(municipality=ask.actor.municipality).order_by("-number").first()
    if before is None:
        begins = ask.today.replace(month=1, day=1)
        return {"valid_from": begins, "valid_to": year_after(begins)}, []
    rows = [
        {
            "act": right.act,
            "person": right.person_id or "",
            "position": right.position,
            "responsibility": right.responsibility,
            "up_to_ore": right.up_to_ore,
            "deputy_of": right.deputy_of,
        }
        for right in before.rights.order_by("number")
    ]
    ends = year_after(before.valid_to)
    return {"board": before.board, "valid_from": before.valid_to, "valid_to": ends}, rows


def _people(ask: Ask, *, but: int = 0) -> Choices:
    """Return everybody at work in the municipality, by name."""
    here = roles_in_force(ask.today).filter(municipality=ask.actor.municipality, role__in=_AT_WORK)
    people = Person.objects.filter(id__in=here.values("person_id"), personal_number__isnull=False).exclude(id=but)
    return [(person.pk, person.name) for person in people.order_by("sort_key", "id")]


_AT_WORK = {row.role for row in POLICY if row.action is Action.LOOK_AT_ATTEST_RIGHTS}


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

"""The pages of a list that a board adopts: drafted from the last one, read and printed, entered as adopted.

What differs between sorts of lists is said in a `ListPages`: its act, its row form, its words and its page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.routines import board_lists
from timvis.apps.routines.board_lists import Drafted, ListSort
from timvis.core.access import POLICY, Action, Relation, opened
from timvis.core.faults import Fault, Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.attest_lists import year_after
from timvis.core.routine.board_lists import ListedRight
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Day, Form, Kronor, LastDay, form_page
from timvis.web.shared.ids import number_in

Choices = Sequence[tuple[Any, Any]]

MORE_ROWS = 5
MOST_ROWS = 200
NOBODY: Choices = (("", "–"),)


class ListForm(Form):
    """Whose list it is, and for which days."""

    board = forms.CharField(label=gettext_lazy("Nämnd"), max_length=200)
    valid_from = Day(label=gettext_lazy("Gäller från och med"))
    valid_to = LastDay(label=gettext_lazy("Gäller till och med"))


class ListedRowForm(forms.Form):
    """What every row of a list has; a row where nothing is told is empty."""

    person = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int, empty_value=None, required=False)
    position = forms.CharField(label=gettext_lazy("eller befattning"), required=False, max_length=120)
    up_to_ore = Kronor(label=gettext_lazy("Till och med, kronor (tomt: ingen gräns)"), required=False)
    deputy_of = forms.IntegerField(
        label=gettext_lazy("Ersättare för rad"), required=False, min_value=1, max_value=MOST_ROWS
    )

    tells: tuple[str, ...] = ("person", "position", "up_to_ore", "deputy_of")
    """The fields of which one at least is told in a row that is used."""

    def __init__(self, *args: Any, people: Choices = (), **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*NOBODY, *people]

    @property
    def is_used(self) -> bool:
        """Whether anybody has written in the row."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return any(told.get(name) for name in self.tells)

    def right(self, number: int, valid_from: date, valid_to: date) -> ListedRight:
        """Return the row as a right that holds as long as its list."""
        raise NotImplementedError

    def common(self, number: int, valid_from: date, valid_to: date) -> dict[str, Any]:
        """Return what every right has, by the names of the core's record."""
        told = self.cleaned_data
        return {
            "number": number,
            "person_id": told["person"],
            "position": told["position"].strip() or None,
            "up_to_ore": None if told["up_to_ore"] is None else Ore(told["up_to_ore"]),
            "valid_from": valid_from,
            "valid_to": valid_to,
            "deputy_of": told["deputy_of"],
        }


class AdoptionForm(Form):
    """That the board has adopted a list."""

    decision = forms.CharField(
        label=gettext_lazy("Nämndens beslut"),
        max_length=200,
        help_text=gettext_lazy("Sammanträdesdag och paragraf i protokollet."),
    )
    adopted_on = Day(label=gettext_lazy("Antagen den"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPages:
    """The pages of one sort of list. `typed` is what a kept row is typed as in its form, beside what all rows have.

    `template` shows one list; `page` names its address and takes its number; `over` is the page above it.
    """

    sort: ListSort[Any]
    look: Action
    row_form: type[ListedRowForm]
    typed: Callable[[Any], dict[str, Any]]
    template: str
    page: str
    over: str
    over_words: str | Promise
    new_words: str | Promise
    lead: str | Promise
    saved: str | Promise
    adopted_title: str | Promise
    adopted_lead: str | Promise
    adopted: str | Promise


def show(ask: Ask, pages: ListPages, number: str) -> HttpResponse:
    """Show a list as the board adopts it: to be read, printed and signed."""
    found = _list(ask, pages, number)
    return render(
        ask,
        pages.template,
        {
            "list": found,
            "adoption": getattr(found, "adoption", None),
            "rights": found.rights.select_related("person").order_by("number"),
            "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
        },
    )


def draft(ask: Ask, pages: ListPages) -> HttpResponse:
    """Draft a list, empty or from an earlier one; every fault stands beside the row it concerns."""
    staff = people(ask, pages.look)
    rows_of = forms.formset_factory(pages.row_form, extra=MORE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    if ask.method == "POST" and "more" not in ask.POST:
        head, rows = ListForm(ask.POST), rows_of(ask.POST, prefix="row", form_kwargs={"people": staff})
        if head.is_valid() & rows.is_valid():
            outcome = board_lists.draft(pages.sort, ask.actor, _drafted(head, rows), ask.now)
            if isinstance(outcome, Refusal):
                return refused(ask, outcome, back=pages.over)
            if isinstance(outcome, int):
                number = pages.sort.lists.objects.get(pk=outcome).number
                return done(ask, str(pages.saved), reverse(pages.page, args=[number]))
            _tell(head, rows, outcome, pages.row_form)
        return _show_draft(ask, pages, head, rows, status=422)
    if ask.method == "POST":
        given: dict[str, Any] = {name: ask.POST.get(name, "") for name in ListForm.base_fields}
        typed = [
            {name: ask.POST.get(f"row-{n}-{name}", "") for name in pages.row_form.base_fields}
            for n in range(min(number_in(ask.POST.get("row-TOTAL_FORMS", "")), MOST_ROWS - MORE_ROWS))
        ]
    else:
        given, typed = _from_before(ask, pages)
    rows = rows_of(prefix="row", initial=typed, form_kwargs={"people": staff})
    return _show_draft(ask, pages, ListForm(initial=given), rows)


def adopt(ask: Ask, pages: ListPages, number: str) -> HttpResponse:
    """Enter that the board has adopted a list."""
    found = _list(ask, pages, number)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return board_lists.adopt(
            pages.sort,
            ask.actor,
            list_id=found.pk,
            decision=told["decision"],
            adopted_on=told["adopted_on"],
            now=ask.now,
        )

    return form_page(
        ask,
        AdoptionForm(ask.POST or None, initial={"adopted_on": ask.today}),
        act,
        title=pages.adopted_title % {"number": found.number},
        lead=pages.adopted_lead,
        button=_("För in beslutet"),
        sentence=pages.adopted,
        back=reverse(pages.page, args=[found.number]),
    )


def day_asked_for(text: str, today: date) -> tuple[date, bool]:
    """Return the day that is asked for, today when there is none; False when it can't be read."""
    if not text:
        return today, True
    try:
        return date.fromisoformat(text), True
    except ValueError:
        return today, False


def people(ask: Ask, look: Action, *, but: int = 0) -> Choices:
    """Return everybody at work in the municipality, by name: those whose role lets them look at such lists."""
    at_work = {row.role for row in POLICY if row.action is look}
    here = roles_in_force(ask.today).filter(municipality=ask.actor.municipality, role__in=at_work)
    found = Person.objects.filter(id__in=here.values("person_id"), personal_number__isnull=False).exclude(id=but)
    return [(person.pk, person.name) for person in found.order_by("sort_key", "id")]


def _list(ask: Ask, pages: ListPages, number: str) -> Any:
    lists = pages.sort.lists.objects.filter(municipality=ask.actor.municipality)
    found = lists.select_related("adoption__entered_by", "drafted_by").filter(number=number_in(number)).first()
    if found is None:
        raise Http404
    return found


def _drafted(head: ListForm, rows: Any) -> Drafted[Any]:
    """Return the list as it is typed; a row keeps the number it has on the page."""
    told = head.cleaned_data
    first, last = told["valid_from"], told["valid_to"]
    used = ((number, row) for number, row in enumerate(rows, start=1) if row.is_used)
    rights = tuple(row.right(number, first, last) for number, row in used)
    return Drafted(board=told["board"], valid_from=first, valid_to=last, rights=rights)


def _tell(head: ListForm, rows: Any, faults: Iterable[Fault], row_form: type[ListedRowForm]) -> None:
    """Put every fault beside the field it is about."""
    for fault in faults:
        text = f"{fault.message} {fault.remedy}"
        if fault.line is not None:
            field = str(fault.column)
            rows[fault.line - 1].add_error(field if field in row_form.base_fields else None, text)
        else:
            head.add_error(str(fault.column) if fault.column in ListForm.base_fields else None, text)


def _show_draft(ask: Ask, pages: ListPages, head: ListForm, rows: Any, *, status: int = 200) -> HttpResponse:
    return render(ask, "board_list_draft.html", {"form": head, "rows": rows, "pages": pages}, status=status)


def _from_before(ask: Ask, pages: ListPages) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a new draft begins with: the newest list's rows for the year after it, or an empty year."""
    before = pages.sort.lists.objects.filter(municipality=ask.actor.municipality).order_by("-number").first()
    if before is None:
        begins = ask.today.replace(month=1, day=1)
        return {"valid_from": begins, "valid_to": year_after(begins)}, []
    rows = [
        {
            "person": right.person_id or "",
            "position": right.position,
            "up_to_ore": right.up_to_ore,
            "deputy_of": right.deputy_of,
            **pages.typed(right),
        }
        for right in before.rights.order_by("number")
    ]
    ends = year_after(before.valid_to)
    return {"board": before.board, "valid_from": before.valid_to, "valid_to": ends}, rows

"""Pages: visits as a file or typed from paper, and the deviation form; every fault at once, nothing half done."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties.models import Recipient
from timvis.apps.visits import actions, queries
from timvis.apps.visits.actions import HandedIn, VisitsFile
from timvis.apps.visits.models import Way
from timvis.core.access import Action, HomeOrderStatus
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, clock_minute
from timvis.core.calendar.months import month_after
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind
from timvis.core.quantities import Minutes
from timvis.formats.home_care_visits.columns import VisitColumn
from timvis.formats.home_care_visits.read import Ordered, ReadVisits, read_visits
from timvis.formats.home_care_visits.read_json import read_rows
from timvis.web.office.visits.forms import DeviationHeadForm, DeviationRowForm, PaperForm, VisitsFileForm
from timvis.web.office.visits.page import choices, providers_of, service_choices
from timvis.web.office.visits.views import VISITS
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.names import provider_name, recipient_name

PAPER = "blankett"
"""The name that typed visits have as their system."""
_EMPTY_ROWS = 6
_MOST_ROWS = 200
Read = Callable[[Ordered], ReadVisits]


# --- visits -----------------------------------------------------------------------------------------------------


def file(ask: Ask) -> HttpResponse:
    """Take a provider's file of visits in, or show every fault of it."""
    providers = providers_of(ask.actor, Action.HAND_IN_VISITS)
    form = VisitsFileForm(choices(providers), ask.POST or None, ask.FILES or None)
    faults: Sequence[Fault] = ()
    if ask.method == "POST" and form.is_valid():
        told = form.cleaned_data
        content = told["file"].read()
        handed = VisitsFile(
            way=Way.FILE,
            read=partial(read_visits, content, told["file"].name, today=ask.today),
            content=content,
            name=told["file"].name,
            media_type=told["file"].content_type or "application/octet-stream",
        )
        answer, faults = _handed_in(ask, told["provider"], handed, told["correction"])
        if answer is not None:
            return answer
    return _show(ask, "visits/file.html", form, faults)


def paper(ask: Ask) -> HttpResponse:
    """Take a month's paper form in, typed row by row, or show every fault of it."""
    orders = _orders(ask)
    services = service_choices(queries.services_in(ask.actor.municipality, on=ask.today))
    form = PaperForm(
        [(pk, f"{recipient_name(one.recipient)} · {provider_name(one.provider)}") for pk, one in orders.items()],
        services,
        ask.POST or None,
        initial={"month": f"{month_after(ask.today, -1):%Y-%m}"},
    )
    faults: Sequence[Fault] = ()
    if ask.method == "POST" and form.is_valid():
        told, order = form.cleaned_data, orders[form.cleaned_data["order"]]
        rows = [_typed(line, order, told) for line in told["rows"].splitlines() if line.strip()]
        handed = VisitsFile(way=Way.FORM, read=_typed_rows(rows, told["total"], ask.today))
        answer, faults = _handed_in(ask, order.provider_id, handed, told["correction"])
        if answer is not None:
            return answer
    return _show(ask, "visits/paper.html", form, faults)


def _typed_rows(rows: Sequence[dict[str, str]], total: int | None, today: date) -> Read:
    return lambda ordered: read_rows(rows, ordered, today=today, stated_minutes=total)


def _handed_in(
    ask: Ask, provider_id: int, handed: VisitsFile, correction: str
) -> tuple[HttpResponse | None, Sequence[Fault]]:
    """Return the page that follows on visits that were handed in, or what is wrong with them."""
    outcome = actions.hand_in_visits(ask.actor, provider_id, handed, now=ask.now, correction=correction)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=VISITS), ()
    if not isinstance(outcome, HandedIn):
        return None, outcome
    back = f"{VISITS}{provider_id}/"
    if outcome.from_on is None:
        return done(ask, _("Precis det här är redan inlämnat. Ingenting ändrades."), back), ()
    return done(ask, _sentence(outcome), f"{back}?manad={outcome.from_on:%Y-%m}"), ()


def _sentence(outcome: HandedIn) -> str:
    told = ngettext("%(n)d besök är sparat.", "%(n)d besök är sparade.", outcome.kept) % {"n": outcome.kept}
    if outcome.replaced:
        told += " " + _("%(n)d ersattes och finns kvar att läsa.") % {"n": outcome.replaced}
    if outcome.objections:
        asked = len(outcome.objections)
        told += " " + ngettext("%(n)d av dem är något att fråga om.", "%(n)d av dem är något att fråga om.", asked) % {
            "n": asked
        }
    return told


def _orders(ask: Ask) -> dict[int, HomeOrder]:
    """Return the orders that somebody may type visits for, by the recipient's name."""
    providers = {one.pk: one for one in providers_of(ask.actor, Action.HAND_IN_VISITS)}
    rows = HomeOrder.objects.filter(provider__in=providers).exclude(status=HomeOrderStatus.DECLINED)
    found = list(rows.select_related("recipient").prefetch_related("recipient__versions"))
    for one in found:
        one.provider = providers[one.provider_id]
    return {one.pk: one for one in sorted(found, key=lambda one: (recipient_name(one.recipient), one.pk))}


def _typed(line: str, order: HomeOrder, told: dict[str, Any]) -> dict[str, str]:
    """Return one typed line under the headings of the table; what cannot be read stays as it was typed."""
    day, start, end, staff, *_rest = [*line.replace(";", " ").replace("\t", " ").split(maxsplit=3), "", "", "", ""]
    on = _day_of(told["month"], day)
    from_minute, to_minute = clock_minute(start), clock_minute(end)
    until = on
    if on is not None and None not in (from_minute, to_minute) and (to_minute or 0) <= (from_minute or 0):
        until = on + timedelta(days=1)
    return {
        VisitColumn.KEY: f"{order.pk}-{told['month']:%Y-%m}-{day}-{start}-{staff}",
        VisitColumn.SYSTEM: PAPER,
        VisitColumn.RECIPIENT: order.recipient.personal_number,
        VisitColumn.SERVICE: told["service"],
        VisitColumn.STATE: "utfört",
        VisitColumn.START: _moment(on, from_minute, f"{day} {start}"),
        VisitColumn.END: _moment(until, to_minute, f"{day} {end}"),
        VisitColumn.STAFF: staff,
        VisitColumn.REGISTERED: "hand",
    }


def _day_of(month_on: date, day: str) -> date | None:
    try:
        return month_on.replace(day=int(day))
    except ValueError:
        return None


def _moment(on: date | None, minute: int | None, typed: str) -> str:
    if on is None or minute is None:
        return typed
    if minute == MIDNIGHT_AFTER:
        return f"{on + timedelta(days=1)} 00:00"
    return f"{on} {minute // 60:02d}:{minute % 60:02d}"


# --- deviations -------------------------------------------------------------------------------------------------


def deviations(ask: Ask) -> HttpResponse:
    """Take a provider's deviation form in, or show every fault of it with everything typed kept."""
    providers = providers_of(ask.actor, Action.HAND_IN_DEVIATIONS)
    head = DeviationHeadForm(
        choices(providers),
        ask.POST or None,
        initial={"month": ask.GET.get("manad") or f"{month_after(ask.today, -1):%Y-%m}", "signed_on": ask.today},
    )
    people = {one.recipient_id: one.recipient for one in _orders(ask).values()}
    rows = _row_forms(ask, people)
    faults: Sequence[Fault] = ()
    if ask.method == "POST" and head.is_valid() and rows.is_valid():
        told = head.cleaned_data
        newest = queries.deviation_form(told["provider"], told["month"])
        outcome = actions.hand_in_deviations(
            ask.actor,
            told["provider"],
            DeviationForm(
                month_on=told["month"],
                rows=tuple(_deviation(row.cleaned_data, people) for row in rows if row.cleaned_data.get("recipient")),
                manager_name=told["manager_name"],
                signed_on=told["signed_on"],
            ),
            seen=newest.number if newest else 0,
            now=ask.now,
        )
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=VISITS)
        if isinstance(outcome, int):
            back = f"{VISITS}{told['provider']}/?manad={told['month']:%Y-%m}"
            return done(ask, _("Avvikelseblanketten är inlämnad."), back)
        faults = outcome
    told_all = {"form": head, "rows": rows, "faults": [(one, "") for one in faults]}
    is_wrong = bool(faults or head.errors or (ask.method == "POST" and not rows.is_valid()))
    return render(ask, "visits/deviations.html", told_all, status=422 if is_wrong else 200)


def _row_forms(ask: Ask, people: dict[int, Recipient]) -> Any:
    services = service_choices(queries.services_in(ask.actor.municipality, on=ask.today))
    kind = forms.formset_factory(DeviationRowForm, extra=_EMPTY_ROWS, max_num=_MOST_ROWS, absolute_max=_MOST_ROWS)
    return kind(
        ask.POST or None,
        prefix="rad",
        form_kwargs={
            "people": [(str(pk), recipient_name(one)) for pk, one in people.items()],
            "services": services,
        },
    )


def _deviation(told: dict[str, Any], people: dict[int, Recipient]) -> Deviation:
    planned, performed = told["planned_minutes"], told["performed_minutes"]
    return Deviation(
        recipient=people[int(told["recipient"])].personal_number,
        service=told["service"],
        on=told["on"],
        kind=DeviationKind(told["kind"]),
        planned_minutes=None if planned is None else Minutes(planned),
        performed_minutes=None if performed is None else Minutes(performed),
        text=told["text"],
    )


def _show(ask: Ask, page: str, form: forms.Form, faults: Sequence[Fault]) -> HttpResponse:
    status = 422 if faults or form.errors else 200
    return render(ask, page, {"form": form, "faults": [(one, "") for one in faults]}, status=status)

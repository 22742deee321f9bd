"""Efterkontroll: the month's changes of fixed data, its sample of payments, and the controller's tick."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.accounting.after_control import control_afterwards, fixed_data_changes, sample
from timvis.apps.accounting.models import AfterControl
from timvis.apps.audit import actions as audit
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.months import month_after, read_month
from timvis.core.faults import Refusal
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.names import recipient_name


def after_control(ask: Ask) -> HttpResponse:
    """Show a month's changes of fixed data, its sample of payments, and what was found on them."""
    month_on = _month(ask.GET.get("manad", ""), ask.today)
    town = ask.actor.municipality
    drawn = sample(town, month_on)
    found = AfterControl.objects.filter(claim__municipality__slug=town, month_on=month_on)
    audit.record(
        ask.actor, Action.LOOK_AT_AFTER_CONTROL, object_kind="month", object_id=f"{month_on:%Y-%m}", at=ask.now
    )
    said: dict[int, list[AfterControl]] = {}
    for one in found.select_related("controlled_by").order_by("id"):
        said.setdefault(one.claim_id, []).append(one)
    return render(
        ask,
        "after_control/after_control.html",
        {
            "month_on": month_on,
            "before": month_after(month_on, -1),
            "after": month_after(month_on),
            "changes": fixed_data_changes(town, month_on),
            "sample": drawn,
            "claims": [
                (claim, recipient_name(claim.recipient), said.get(claim.pk, []))
                for claim in (drawn.claims if drawn else ())
            ],
            "may_tick": Action.CONTROL_AFTERWARDS in opened(ask.actor, Relation.OWN_MUNICIPALITY),
        },
    )


def tick(ask: Ask) -> HttpResponse:
    """Keep what a controller found on a claim of the sample."""
    month_on = read_month(ask.POST.get("month", ""))
    if month_on is None:
        raise Http404
    back = f"/efterkontroll/?manad={month_on:%Y-%m}"
    outcome = control_afterwards(
        ask.actor,
        ask.POST.get("claim", ""),
        month_on=month_on,
        is_right=ask.POST.get("outcome") == "right",
        note=ask.POST.get("note", "")[:1000],
        now=ask.now,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    return done(ask, _("Kontrollen är noterad."), back)


def _month(text: str, today: date) -> date:
    """Return the month that is asked for, the last whole one when it is none."""
    return read_month(text) or month_after(today.replace(day=1), -1)

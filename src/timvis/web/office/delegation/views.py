"""Delegation: who could decide for the board on a day, the board's orders, and the list of what was decided."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.audit import actions as audit
from timvis.apps.claims.delegated import DelegatedDecision, delegated_decisions
from timvis.apps.routines.delegation_orders import DELEGATION_ORDERS
from timvis.apps.routines.models import DelegationOrder
from timvis.apps.routines.queries import known_by_end_of, who_could_decide
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.months import month_after, read_month
from timvis.core.procedure.decision import Outcome
from timvis.formats.csv_table.write import Cell, write
from timvis.web.office.delegation.forms import OUTCOME_FIELDS, RowForm
from timvis.web.shared import board_lists
from timvis.web.shared.asking import Ask
from timvis.web.shared.files import attachment
from timvis.web.shared.words import KIND_WORDS, OUTCOME_WORDS

BACK = "/delegationsordning/"
KRONOR = -2
"""Whole öre with the comma two places in."""


def _typed(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", *OUTCOME_FIELDS, "may_be_passed_on", "may_be_automated")}


PAGES = board_lists.ListPages(
    sort=DELEGATION_ORDERS,
    look=Action.LOOK_AT_DELEGATION,
    row_form=RowForm,
    typed=_typed,
    template="delegation/order.html",
    page="delegation_order",
    over=BACK,
    over_words=gettext_lazy("Delegationsordning"),
    new_words=gettext_lazy("Ny delegationsordning"),
    lead=gettext_lazy(
        "Ordningen är ett utkast tills någon annan har fört in att nämnden har antagit den. "
        "Rader utan innehåll hoppas över."
    ),
    saved=gettext_lazy("Ordningen är sparad som utkast. Den gäller när nämnden har antagit den."),
    adopted_title=gettext_lazy("Nämnden har antagit delegationsordning %(number)d"),
    adopted_lead=gettext_lazy(
        "Beslutet förs in av en annan än den som skrev ordningen, och aldrig av någon som får besluta efter den."
    ),
    adopted=gettext_lazy("Delegationsordningen är antagen och gäller sina dagar."),
)


def who_could(ask: Ask) -> HttpResponse:
    """Show who could decide what on a day, and the orders that made it so."""
    day, is_readable = board_lists.day_asked_for(ask.GET.get("dag", ""), ask.today)
    orders = DelegationOrder.objects.filter(municipality=ask.actor.municipality).select_related("adoption")
    known_at = known_by_end_of(day, ask.now)
    return render(
        ask,
        "delegation/who_could.html",
        {
            "day": day,
            "problem": not is_readable,
            "delegations": [
                (one, [outcome for outcome in Outcome if outcome in one.held.right.outcomes])
                for one in who_could_decide(ask.actor.municipality, on=day, known_at=known_at)
            ],
            "orders": orders.order_by("-number"),
            "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
        },
    )


def order(ask: Ask, number: str) -> HttpResponse:
    """Show a delegation order."""
    return board_lists.show(ask, PAGES, number)


def draft(ask: Ask) -> HttpResponse:
    """Draft a delegation order."""
    return board_lists.draft(ask, PAGES)


def adopt(ask: Ask, number: str) -> HttpResponse:
    """Enter that the board has adopted a delegation order."""
    return board_lists.adopt(ask, PAGES, number)


# --- what was decided ------------------------------------------------------------------------------------------


def decided(ask: Ask) -> HttpResponse:
    """Show a month's decisions in the board's place, to be read, printed or taken along as a file."""
    month_on = read_month(ask.GET.get("manad", "")) or ask.today.replace(day=1)
    found = delegated_decisions(ask.actor.municipality, month_on)
    audit.record(
        ask.actor, Action.LOOK_AT_DELEGATED_DECISIONS, object_kind="month", object_id=f"{month_on:%Y-%m}", at=ask.now
    )
    if ask.GET.get("som") == "csv":
        return attachment(_file(found), f"delegationsbeslut-{month_on:%Y-%m}.csv")
    told = {"month_on": month_on, "before": month_after(month_on, -1), "after": month_after(month_on)}
    return render(ask, "delegation/decided.html", {**told, "decisions": found})


def _file(found: tuple[DelegatedDecision, ...]) -> bytes:
    headings = (_("Ärende"), _("Nr"), _("Dag"), _("Slag"), _("Utgång"), _("Kronor"), _("Beslutsfattare"), _("Enligt"))
    return write(headings, [_cells(one) for one in found])


def _cells(one: DelegatedDecision) -> tuple[Cell, ...]:
    return (
        one.case,
        one.number,
        one.on,
        str(KIND_WORDS[one.kind]),
        str(OUTCOME_WORDS[one.outcome]) if one.outcome else "",
        "" if one.amount_ore is None else Decimal(one.amount_ore).scaleb(KRONOR),
        one.decider,
        one.row,
    )

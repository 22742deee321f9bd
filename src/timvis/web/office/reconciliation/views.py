"""The reconciliation: every provider's month, one provider's lines, one line with its visits, and the summary."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from timvis.apps.audit import actions as audit
from timvis.apps.parties.models import Provider
from timvis.apps.parties.queries import recipient_in, relation_to_hours, relation_to_provider
from timvis.apps.reconciliation import queries, summing
from timvis.apps.reconciliation import records as kept
from timvis.apps.reconciliation.models import Summary
from timvis.apps.reconciliation.queries import DeskLine, LineStanding, ProviderMonth
from timvis.apps.visits import queries as visits
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_after, read_month
from timvis.core.faults import Fault
from timvis.core.home_care.decided import named_label
from timvis.core.home_care.month_summary import MonthSummary
from timvis.core.home_care.paid import LineWordKind, PaidLine
from timvis.core.law import LawGap
from timvis.core.statement import Line
from timvis.web.office.reconciliation.forms import WordForm
from timvis.web.office.reconciliation.page import (
    ASKED_WORDS,
    FILTER_LABELS,
    Filter,
    days_of,
    is_in,
    minutes_text,
    names_of,
    overview_row,
    own_ids,
    row,
    visit_row,
)
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name

OVERVIEW = "/hemtjanst/avstamning/"
PER_PAGE = 50


def overview(ask: Ask) -> HttpResponse:
    """Show every provider's month: what is left to reconcile, what it may cost, who has signed, what was sent."""
    month_on = asked_month(ask)
    found = queries.providers_of_month(ask.actor.municipality, month_on)
    names = names_of_providers([one.pk for one in found])
    months = [queries.provider_month(one, month_on, now=ask.now) for one in found]
    audit.record(
        ask.actor,
        Action.LOOK_AT_RECONCILIATION,
        object_kind="home_care_month",
        object_id=f"{month_on:%Y-%m}",
        detail={"providers": [one.pk for one in found]},
        at=ask.now,
    )
    return render(
        ask,
        "reconciliation/overview.html",
        {
            "month": month_on,
            "before": month_after(month_on, -1),
            "after": month_after(month_on),
            "rows": [overview_row(one, names[one.provider.pk]) for one in months if one is not None],
            "has_routine": all(one is not None for one in months),
            "days": days_of(ask.actor.municipality, month_on),
            "may": may_of(ask),
            "today": ask.today,
        },
    )


def desk(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Show a provider's lines, the costliest difference first; the next one to reconcile has the focus."""
    found = found_month(ask, provider_id, month)
    own = own_ids(ask.actor)
    lines = [one for one in found.lines if one.key.recipient_id not in own]
    asked = ask.GET.get("visa", "")
    by = Filter(asked) if asked in set(Filter) else (Filter.OPEN if found.unsettled else Filter.ALL)
    chosen = [one for one in lines if is_in(one, by)]
    page = Paginator(chosen, PER_PAGE).get_page(ask.GET.get("sida"))
    shown = list(page)
    _log(ask, found, shown)
    names = names_of({one.key.recipient_id for one in shown})
    days = days_of(ask.actor.municipality, found.month_on)
    waiting = (one for one in shown if one.standing is not LineStanding.SETTLED)
    first = next(waiting, None) if "nasta" in ask.GET else None
    return render(
        ask,
        "reconciliation/desk.html",
        {
            "month": found,
            "name": provider_name(found.provider),
            "rows": [row(one, names[one.key.recipient_id], is_next=one is first) for one in shown],
            "page": page,
            "by": by,
            "chips": [
                (one.value, FILTER_LABELS[one], sum(is_in(each, one) for each in lines), one is by) for one in Filter
            ],
            "agreeing": sum(one.agrees and one.standing is not LineStanding.SETTLED for one in lines),
            "days": days,
            "is_late": not found.is_signed and days.review_on is not None and days.review_on < ask.today,
            "deviations": visits.deviation_form(found.provider.pk, found.month_on),
            "may": may_of(ask),
        },
    )


def line(ask: Ask, provider_id: str, month: str, recipient_id: str, service: str) -> HttpResponse:
    """Show one line: four quantities, what it comes to, its visits, deviations, and what was said and asked."""
    month_, one = found_line(ask, provider_id, month, recipient_id, service)
    deviations = visits.deviation_form(month_.provider.pk, month_.month_on)
    told = deviations.rows.filter(recipient_id=one.key.recipient_id, service=service) if deviations else ()
    paid = _come_to(month_, one)
    form = WordForm(initial={"kind": one.word.kind if one.word else LineWordKind.APPROVED})
    return render(
        ask,
        "reconciliation/line.html",
        {
            "month": month_,
            "row": row(one, names_of([one.key.recipient_id])[one.key.recipient_id]),
            "provider": provider_name(month_.provider),
            "visits": [visit_row(visit) for visit in one.facts.visits],
            "deviations": told,
            "asked": [(ASKED_WORDS[each.question.asked_of], each) for each in one.asked],
            "paid": paid if isinstance(paid, PaidLine) else None,
            "lines": [(named_label(each.label), each) for each in paid.statement.lines]
            if isinstance(paid, PaidLine)
            else (),
            "faults": paid if not isinstance(paid, PaidLine) else (),
            "undecided": minutes_text(paid.undecided_minutes) if isinstance(paid, PaidLine) else "",
            "form": form,
            "may": may_of(ask),
        },
    )


def summary(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Show what a provider's month comes to as it stands, and the summary that was sent."""
    found = found_month(ask, provider_id, month)
    made: MonthSummary | tuple[Fault, ...] = ()
    gap = ""
    try:
        made = summing.proposed(found, law_book())
    except LawGap as law_gap:
        gap = law_gap.message
    _log(ask, found, found.lines)
    waiting = [one for one in found.lines if one.is_above and one.above is None]
    names = names_of({one.key.recipient_id for one in waiting})
    return render(
        ask,
        "reconciliation/summary.html",
        {
            "month": found,
            "name": provider_name(found.provider),
            "made": made if isinstance(made, MonthSummary) else None,
            "lines": shown_lines(made.statement.lines) if isinstance(made, MonthSummary) else (),
            "faults": made if not isinstance(made, MonthSummary) else (),
            "gap": gap,
            "waiting": [row(one, names[one.key.recipient_id]) for one in waiting],
            "is_sent": isinstance(made, MonthSummary)
            and found.summary is not None
            and found.summary.digest == made.statement.digest,
            "self_billing": queries.self_billing_on(found.provider.pk, day_of(ask.now)),
            "days": days_of(ask.actor.municipality, found.month_on),
            "may": may_of(ask),
        },
    )


def shown_lines(lines: tuple[Line, ...]) -> list[tuple[Line, str]]:
    """Return a summary's lines with their quantities as people read them."""
    return [(one, summing.quantity_text(one)) for one in lines]


# --- a provider's own month ---------------------------------------------------------------------------------------


def provider_months(ask: Ask) -> HttpResponse:
    """Show those who act for a provider its months: what may be billed, and what is asked."""
    own = ask.actor.provider_ids
    rows = Provider.objects.filter(pk__in=own, home_orders__isnull=False).distinct().prefetch_related("versions")
    found = list(rows.order_by("pk"))
    month_on = asked_month(ask)
    return render(
        ask,
        "reconciliation/provider_months.html",
        {
            "month": month_on,
            "rows": [(one, provider_name(one), queries.summaries_of([one.pk])[:24]) for one in found],
            "days": days_of(ask.actor.municipality, month_on),
        },
    )


def provider_month(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Show a provider its own month: each line with what was said of it, what is asked, and what may be billed."""
    provider, month_on = queries.provider_of(ask.actor, number_in(provider_id)), read_month(month)
    if provider is None or month_on is None:
        raise Http404
    found = queries.provider_month(provider, month_on, now=ask.now)
    if found is None:
        raise Http404
    own = own_ids(ask.actor)
    lines = [one for one in found.lines if one.key.recipient_id not in own]
    ids = sorted({one.key.recipient_id for one in lines})
    look(
        ask,
        Action.LOOK_AT_PROVIDER_MONTH,
        "provider_month",
        f"{provider.pk}/{month_on:%Y-%m}",
        relation=relation_to_provider(ask.actor, provider),
        recipient_ids=ids,
    )
    names = names_of(ids)
    return render(
        ask,
        "reconciliation/provider_month.html",
        {
            "month": found,
            "name": provider_name(provider),
            "rows": [row(one, names[one.key.recipient_id]) for one in lines],
            "asked": [
                (names[one.key.recipient_id], each)
                for one in lines
                for each in one.asked
                if each.question.asked_of == "provider"
            ],
            "summary": found.summary,
            "lines": shown_lines(kept.summary(found.summary).statement.lines) if found.summary else (),
            "days": days_of(ask.actor.municipality, month_on),
            "may": may_of(ask),
        },
    )


def letter(ask: Ask, summary_id: str) -> HttpResponse:
    """Show the message by which a summary was sent, as it was sent."""
    rows = Summary.objects.filter(pk=number_in(summary_id), provider__municipality__slug=ask.actor.municipality)
    found = rows.select_related("provider__municipality", "letter").first()
    if found is None or found.letter is None:
        raise Http404
    look(
        ask,
        Action.LOOK_AT_PROVIDER_MONTH,
        "home_care_summary",
        found.reference,
        relation=relation_to_provider(ask.actor, found.provider),
    )
    response = HttpResponse(bytes(found.letter.pdf), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    return response


# --- how things are found ---------------------------------------------------------------------------------------


def asked_month(ask: Ask) -> date:
    """Return the month that is asked for, else the one before this: what was performed last."""
    return read_month(ask.GET.get("manad", "")) or month_after(ask.today, -1)


def found_month(ask: Ask, provider_id: str, month: str) -> ProviderMonth:
    """Return a provider's month in the actor's municipality; else answer 404, as to somebody who acts for it."""
    provider, month_on = queries.provider_of(ask.actor, number_in(provider_id)), read_month(month)
    if provider is None or month_on is None:
        raise Http404
    if relation_to_provider(ask.actor, provider) is not Relation.OWN_MUNICIPALITY:
        raise Http404
    found = queries.provider_month(provider, month_on, now=ask.now)
    if found is None:
        raise Http404
    return found


def found_line(
    ask: Ask, provider_id: str, month: str, recipient_id: str, service: str
) -> tuple[ProviderMonth, DeskLine]:
    """Return a line that the actor may look at, logged, with the month as far as it is hers; else answer 404."""
    provider, month_on = queries.provider_of(ask.actor, number_in(provider_id)), read_month(month)
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if provider is None or recipient is None or month_on is None:
        raise Http404
    found = queries.provider_month(provider, month_on, now=ask.now, recipient_id=recipient.pk)
    one = None if found is None else found.line(recipient.pk, service)
    if found is None or one is None:
        raise Http404
    look(
        ask,
        Action.LOOK_AT_RECONCILIATION,
        "home_care_line",
        f"{provider.pk}/{month_on:%Y-%m}/{recipient.pk}/{service}",
        relation=relation_to_hours(ask.actor, recipient, provider, now=ask.now),
        recipient_id=recipient.pk,
    )
    return found, one


def may_of(ask: Ask) -> frozenset[str]:
    """Return what the actor's roles open in her own municipality, for what a page offers."""
    return frozenset(action.value for action in opened(ask.actor, Relation.OWN_MUNICIPALITY))


def names_of_providers(provider_ids: list[int]) -> dict[int, str]:
    """Return the names of some providers as they are known now, by id."""
    rows = Provider.objects.filter(pk__in=provider_ids).prefetch_related("versions")
    return {one.pk: provider_name(one) for one in rows}


def _log(ask: Ask, month: ProviderMonth, lines: list[DeskLine] | tuple[DeskLine, ...]) -> None:
    look(
        ask,
        Action.LOOK_AT_RECONCILIATION,
        "provider_month",
        f"{month.provider.pk}/{month.month_on:%Y-%m}",
        relation=Relation.OWN_MUNICIPALITY,
        recipient_ids=sorted({one.key.recipient_id for one in lines}),
    )


def _come_to(month: ProviderMonth, one: DeskLine) -> PaidLine | tuple[Fault, ...]:
    try:
        return queries.come_to(month, one, law_book())
    except LawGap as gap:
        return (Fault(code="law_gap", message=gap.message, remedy=""),)

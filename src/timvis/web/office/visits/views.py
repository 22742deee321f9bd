"""Pages: the month's visits by provider, a provider's month, and how much of the granted time was performed."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from timvis.apps.audit import actions as audit
from timvis.apps.parties.models import Provider
from timvis.apps.parties.queries import relation_to_provider
from timvis.apps.visits import queries, records
from timvis.apps.visits.models import Delivery, DeviationForm
from timvis.apps.visits.queries import Came
from timvis.core.access import Action, Relation, opened
from timvis.core.home_care.deviation import Deviation
from timvis.core.home_care.reconciliation import Share
from timvis.core.quantities import MINUTES_PER_HOUR, half_up
from timvis.core.routine.settings import SettingIsUnknown
from timvis.formats.csv_table.write import write
from timvis.web.office.visits.bars import bars_of
from timvis.web.office.visits.page import (
    DEVIATION_WORDS,
    OBJECTION_WORDS,
    SHOWN,
    WAY_WORDS,
    last_months,
    names_of,
    provider_or_404,
    providers_of,
    shown,
)
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name, recipient_name

VISITS = "/hemtjanst/besok/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A provider's month on the page."""

    provider: Provider
    name: str
    came: Came
    last: Delivery | None
    form: DeviationForm | None


# --- what came in -----------------------------------------------------------------------------------------------


def month(ask: Ask) -> HttpResponse:
    """Show what came in of a month, provider by provider."""
    months, providers = last_months(ask), providers_of(ask.actor, Action.LOOK_AT_VISITS)
    ids = [one.pk for one in providers]
    counts = queries.counts_of_month(ids, months.here)
    last: dict[int, Delivery] = {}
    for delivery in queries.deliveries_of(ids, months.here):
        last.setdefault(delivery.provider_id, delivery)
    forms = queries.deviation_forms(ids, months.here)
    rows = [
        ProviderRow(
            provider=one,
            name=provider_name(one),
            came=counts.get(one.pk, Came()),
            last=last.get(one.pk),
            form=forms.get(one.pk),
        )
        for one in providers
    ]
    audit.record(ask.actor, Action.LOOK_AT_VISITS, object_kind="visits", object_id=f"{months.here:%Y-%m}", at=ask.now)
    told = {"months": months, "rows": rows, "may": _may(ask)}
    return render(ask, "visits/month.html", told)


def provider_month(ask: Ask, provider_id: str) -> HttpResponse:
    """Show a provider's month: what came in when, what is asked about it, and its deviation form."""
    provider, months = provider_or_404(ask, provider_id), last_months(ask)
    asked = queries.objections_of_month(provider, months.here)
    form = queries.deviation_form(provider.pk, months.here)
    people = names_of(ask.actor.municipality, [one.visit.recipient for one in asked[:SHOWN]])
    concerned = {one.pk for one in people.values()} | ({row.recipient_id for row in form.rows.all()} if form else set())
    look(
        ask,
        Action.LOOK_AT_VISITS,
        "provider",
        provider.pk,
        relation=relation_to_provider(ask.actor, provider),
        recipient_ids=sorted(concerned),
    )
    told = {
        "months": months,
        "provider": provider,
        "name": provider_name(provider),
        "came": queries.counts_of_month([provider.pk], months.here).get(provider.pk, Came()),
        "asked": [(shown(one.visit, people), OBJECTION_WORDS[one.kind]) for one in asked[:SHOWN]],
        "asked_in_all": len(asked),
        "more": max(len(asked) - SHOWN, 0),
        "deliveries": [(one, WAY_WORDS[one.way]) for one in queries.deliveries_of([provider.pk], months.here)],
        "form": form,
        "form_rows": _form_rows(form),
        "may": _may(ask),
    }
    return render(ask, "visits/provider.html", told)


def _form_rows(form: DeviationForm | None) -> list[tuple[str, Deviation, str | Promise]]:
    if form is None:
        return []
    told = records.form(form).rows
    names = [recipient_name(row.recipient) for row in sorted(form.rows.all(), key=lambda row: row.number)]
    return [(name, row, DEVIATION_WORDS[row.kind]) for name, row in zip(names, told, strict=True)]


def delivery_file(ask: Ask, delivery_id: str) -> HttpResponse:
    """Give the file of a delivery as it came."""
    rows = Delivery.objects.filter(provider__municipality__slug=ask.actor.municipality, original__isnull=False)
    delivery = rows.filter(pk=number_in(delivery_id)).select_related("provider__municipality", "original").first()
    if delivery is None or delivery.original is None:
        raise Http404
    near = relation_to_provider(ask.actor, delivery.provider)
    concerned = sorted(set(delivery.visits.values_list("recipient_id", flat=True)))
    look(ask, Action.LOOK_AT_VISITS, "delivery", delivery.pk, relation=near, recipient_ids=concerned)
    return attachment(bytes(delivery.original.content), delivery.original.file_name or f"besok-{delivery.pk}.json")


def _may(ask: Ask) -> frozenset[Action]:
    return opened(ask.actor, Relation.OWN_MUNICIPALITY) | opened(ask.actor, Relation.OWN_PROVIDER)


# --- performed of granted ---------------------------------------------------------------------------------------


def comparison(ask: Ask) -> HttpResponse:
    """Show performed of granted time per provider and area, as a picture and as a table."""
    months = last_months(ask)
    shares, gap = _shares(ask)
    audit.record(ask.actor, Action.LOOK_AT_SHARES, object_kind="visits", object_id=f"{months.here:%Y-%m}", at=ask.now)
    names = _names(ask)
    told = {
        "months": months,
        "gap": gap,
        "bars": bars_of(shares, names),
        "rows": [
            (names.get(one.provider, ""), one.area, _minutes(one.ordered), _minutes(one.performed), _percent(one))
            for one in shares
        ],
    }
    return render(ask, "visits/comparison.html", told)


def comparison_table(ask: Ask) -> HttpResponse:
    """Give the comparison as a table for a spreadsheet: hours with two decimals."""
    months, (shares, _gap), names = last_months(ask), _shares(ask), _names(ask)
    audit.record(
        ask.actor, Action.LOOK_AT_SHARES, object_kind="visits", object_id=f"{months.here:%Y-%m}.csv", at=ask.now
    )
    content = write(
        (_("Utförare"), _("Område"), _("Beviljade timmar"), _("Utförda timmar"), _("Utförd del, procent")),
        [
            (
                names.get(one.provider, ""),
                one.area,
                _hours(one.ordered),
                _hours(one.performed),
                "" if one.share is None else _two(one.share * 100),
            )
            for one in shares
        ],
    )
    return attachment(content, f"utford-del-{months.here:%Y-%m}.csv")


def _shares(ask: Ask) -> tuple[tuple[Share, ...], str]:
    """Return the shares of the month that was asked for; none, and why, where the routine does not say how."""
    here = last_months(ask).here
    chosen = queries.counting_of(ask.actor.municipality, here)
    if chosen is None:
        return (), _("Ingen rutin för hemtjänst gällde den månaden.")
    try:
        return queries.shares_of_month(ask.actor.municipality, here, chosen), ""
    except SettingIsUnknown as gap:
        return (), gap.message


def _names(ask: Ask) -> dict[str, str]:
    return {str(one.pk): provider_name(one) for one in providers_of(ask.actor, Action.LOOK_AT_SHARES)}


def _percent(share: Share) -> int | None:
    return None if share.share is None else int(share.share * 100)


def _minutes(minutes: Fraction) -> int:
    """Return whole minutes, half up, as the reconciliation shows them."""
    return half_up(minutes.numerator, minutes.denominator)


def _hours(minutes: Fraction) -> Decimal:
    return _two(minutes / MINUTES_PER_HOUR)


def _two(number: Fraction) -> Decimal:
    return Decimal(round(number * 100)).scaleb(-2)

"""Pages for the fee officer: performed time to fetch, and what was charged to hand back."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.parties.models import Recipient
from timvis.apps.reconciliation import fees, queries
from timvis.apps.reconciliation.models import FeeHandover
from timvis.core.access import Action, Relation
from timvis.core.calendar.months import month_after, read_month
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import service_label
from timvis.formats.fee_basis.write import FeeRow, document, write_csv
from timvis.web.office.reconciliation.forms import ChargedForm
from timvis.web.office.reconciliation.views import asked_month, may_of, names_of_providers
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.forms import Form, form_page

MOST_SHOWN = 200


def basis(ask: Ask) -> HttpResponse:
    """Show a month's performed time as it was handed over, and what was charged."""
    month_on = asked_month(ask)
    handed = queries.newest_handover(ask.actor.municipality, month_on)
    rows: list[dict[str, Any]] = []
    if handed is not None:
        rows = _shown(ask, handed)
    return render(
        ask,
        "reconciliation/fees.html",
        {
            "month": month_on,
            "before": month_after(month_on, -1),
            "after": month_after(month_on),
            "handed": handed,
            "rows": rows[:MOST_SHOWN],
            "more": max(len(rows) - MOST_SHOWN, 0),
            "may": may_of(ask),
        },
    )


def _shown(ask: Ask, handed: FeeHandover) -> list[dict[str, Any]]:
    numbers = [row["recipient"] for row in handed.rows if row["recipient"] != ask.actor.personal_number]
    town = Recipient.objects.filter(municipality__slug=ask.actor.municipality, personal_number__in=numbers)
    people = {one.personal_number: one for one in town.prefetch_related("versions")}
    sellers = queries.providers_of_month(ask.actor.municipality, handed.month_on)
    names = names_of_providers([one.pk for one in sellers])
    by_number = {one.organisation_number: names[one.pk] for one in sellers}
    ids = {one.organisation_number: one.pk for one in sellers}
    charged = queries.charged_minutes([one.pk for one in sellers], handed.month_on)
    by_line = {(key.provider_id, key.recipient_id, key.service): minutes for key, minutes in charged.items()}
    look(
        ask,
        Action.LOOK_AT_FEE_BASIS,
        "fee_basis",
        f"{handed.month_on:%Y-%m}",
        relation=Relation.OWN_MUNICIPALITY,
        recipient_ids=sorted(one.pk for one in people.values()),
    )
    shown = []
    for row in handed.rows:
        person = people.get(row["recipient"])
        if person is None:
            continue
        minutes = by_line.get((ids.get(row["provider"], 0), person.pk, row["service"]))
        shown.append(
            row
            | {
                "name": max(person.versions.all(), key=lambda version: version.number).name,
                "provider_name": by_number.get(row["provider"], row["provider"]),
                "service_name": service_label(row["service"]),
                "charged_minutes": None if minutes is None else int(minutes),
            }
        )
    return shown


def hand_over(ask: Ask, month: str) -> HttpResponse:
    """Hand a month's performed time over to the fees as it stands now."""
    month_on = read_month(month)
    if month_on is None:
        raise Http404
    made = fees.hand_over(ask.actor, month_on, now=ask.now)
    back = f"{reverse('fee_basis')}?manad={month}"
    if isinstance(made, Refusal):
        return refused(ask, made, back=back)
    sentence = ngettext("Underlaget har %(n)s rad.", "Underlaget har %(n)s rader.", len(made.rows))
    return done(ask, sentence % {"n": len(made.rows)}, back)


def export(ask: Ask, month: str, form: str) -> HttpResponse:
    """Give a handed-over month as CSV, or as the JSON that another system reads."""
    month_on = read_month(month)
    handed = None if month_on is None else queries.newest_handover(ask.actor.municipality, month_on)
    if handed is None or form not in ("csv", "json"):
        raise Http404
    log_reading(ask, handed, f"{month}.{form}")
    if form == "json":
        return JsonResponse(told(handed))
    return attachment(write_csv(FeeRow(**row) for row in handed.rows), f"avgiftsunderlag-{month}.csv")


def told(handed: FeeHandover) -> dict[str, Any]:
    """Return a hand-over as another system reads it."""
    return document(f"{handed.month_on:%Y-%m}", handed.rows, number=handed.number, digest=handed.digest)


def log_reading(ask: Ask, handed: FeeHandover, what: str, *, by: str = "") -> None:
    """Write in the log, for everybody it concerns, that a hand-over is read; `by` names a system. Raises `Http404`."""
    numbers = [row["recipient"] for row in handed.rows]
    town = Recipient.objects.filter(municipality__slug=ask.actor.municipality, personal_number__in=numbers)
    look(
        ask,
        Action.LOOK_AT_FEE_BASIS,
        "fee_basis",
        what,
        relation=Relation.OWN_MUNICIPALITY,
        recipient_ids=sorted(town.values_list("pk", flat=True)),
        reason=by,
    )


def charged(ask: Ask, month: str) -> HttpResponse:
    """Take back what the fee system has charged."""
    month_on = read_month(month)
    if month_on is None:
        raise Http404

    def act(form: Form) -> object:
        file = form.cleaned_data["file"]
        return fees.tell_charged_time(ask.actor, month_on, file.read(), file.name, now=ask.now, today=ask.today)

    return form_page(
        ask,
        ChargedForm(ask.POST or None, ask.FILES or None),
        act,
        title=_("Debiterad tid %(month)s") % {"month": month},
        lead=_("Filen läses in hel eller inte alls. Debiterad tid visas bredvid beställd, utförd och godkänd."),
        button=_("Läs in"),
        sentence=_("Den debiterade tiden är inläst."),
        back=f"{reverse('fee_basis')}?manad={month}",
    )

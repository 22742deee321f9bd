"""The first hours of each week: their part of an invoice's page, the confirmed model, and the year's forecast."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from timvis.apps.claims.first_hours import forecast_persons
from timvis.apps.invoices import records
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties.models import Municipality, Recipient
from timvis.config.law_book import law_book
from timvis.core.invoice.first_hours import LineVerdict, Verification
from timvis.core.invoice.first_hours_forecast import forecast as forecast_of
from timvis.core.invoice.first_hours_letter import dispute_letter
from timvis.core.invoice.first_hours_models import MODEL_LABELS
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Parts, half_up
from timvis.core.review.review import hours_text
from timvis.web.shared.asking import Ask
from timvis.web.shared.names import recipient_name

YEARS = range(1998, 2100)
MODEL_CHOICES = tuple((model.value, words) for model, words in MODEL_LABELS.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line with its verdict, under the name of the person for those who may see it."""

    name: str
    hours: str
    line: LineVerdict
    models: tuple[tuple[str, str], ...]


def shown_lines(invoice: Invoice, found: Verification, names: dict[int, str]) -> tuple[ShownLine, ...]:
    """Return the lines as a person reads them."""
    who = {records.reference(share.recipient_id): share.recipient_id for share in records.share_rows(invoice)}
    return tuple(
        ShownLine(
            name=line.line.place.replace(line.line.recipient, names.get(who.get(line.line.recipient, 0), ""), 1)
            or line.line.place,
            hours=hours_text(half_up((line.line.hours * 60).numerator, (line.line.hours * 60).denominator)),
            line=line,
            models=tuple((MODEL_LABELS[each.model], _told(each.parts)) for each in line.counted),
        )
        for line in found.lines
    )


def _told(parts: Parts | None) -> str:
    """Return converted time as hours and minutes, nothing when it is not known."""
    return "" if parts is None else hours_text(half_up(parts, PARTS_PER_MINUTE))


def dispute(invoice: Invoice, found: Verification, case: str) -> str:
    """Return the draft of a letter that disputes the invoice, empty when nothing is disputed."""
    return dispute_letter(
        found,
        municipality=invoice.municipality.name,
        supplier=invoice.supplier_name,
        number=invoice.number,
        case=case,
    )


def forecast(ask: Ask) -> HttpResponse:
    """Show what the first hours of each week cost in a year: billed so far, and expected."""
    asked = ask.GET.get("ar", "")
    year = int(asked) if asked.isdecimal() and int(asked) in YEARS else ask.today.year
    town = Municipality.objects.get(slug=ask.actor.municipality)
    her_own = Recipient.objects.filter(municipality=town, personal_number=ask.actor.personal_number)
    own = {records.reference(one.pk) for one in her_own}
    persons = [one for one in forecast_persons(town.pk, known_at=ask.now) if one.person.recipient not in own]
    shown: dict[str, object] = {"year": year, "before": year - 1, "after": year + 1}
    try:
        told = forecast_of(year, persons, LawReader(law_book()))
    except LawGap as gap:
        return render(ask, "invoices/forecast.html", {**shown, "gap": gap.message})
    names = {
        records.reference(one.pk): recipient_name(one)
        for one in Recipient.objects.filter(municipality=town).prefetch_related("versions")
    }
    rows = [(names.get(row.recipient, row.recipient), row) for row in told.rows]
    return render(ask, "invoices/forecast.html", {**shown, "told": told, "rows": sorted(rows, key=lambda one: one[0])})

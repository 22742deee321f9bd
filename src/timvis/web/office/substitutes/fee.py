"""What the substitute worked, what the provider says it cost, the fee with its reasons, and what is sent for it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.accounting.queries import fee_standing
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import fee_acts, queries, records
from timvis.apps.orders.models import Booking
from timvis.apps.orders.time_letters import LETTERS
from timvis.config.law_book import law_book
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.statement import Statement
from timvis.core.substitute.fee import Payer, ProviderCost, asked_costs
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import WorkedPiece
from timvis.formats.frozen import thaw
from timvis.web.office.substitutes.acts import as_faults
from timvis.web.office.substitutes.forms import BasisForm, CostForm, TimeForm
from timvis.web.office.substitutes.page import OPEN_WORDS, SHEET_WORDS, may_of, shift_text
from timvis.web.office.substitutes.views import DESK, found_booking
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.names import provider_name

XML = "application/xml"


def time(ask: Ask, booking_id: str) -> HttpResponse:
    """Take in what the substitute worked; each hour is laid on its one report."""
    found = found_booking(ask, booking_id)
    start, end = Instant(found.start_at), Instant(found.end_at)

    def act(form: Form) -> object:
        told = form.cleaned_data
        pieces = [WorkedPiece(span=span) for span in told["pieces"]]
        return as_faults(
            fee_acts.report_time(
                ask.actor,
                found.pk,
                pieces,
                law=law_book(),
                now=ask.now,
                average_week_minutes=told["average_week"],
            )
        )

    return form_page(
        ask,
        TimeForm(
            ask.POST or None, initial={"on": local_day(start), "start": local_clock(start), "end": local_clock(end)}
        ),
        act,
        title=_("Vikariens tid"),
        lead=_("Varje timme hamnar på en av två tidrapporter: Försäkringskassans i karensen, kommunens egen därefter."),
        button=_("Lämna tidrapporten"),
        sentence=_("Tiden är redovisad."),
        back=_to(found),
    )


def cost(ask: Ask, booking_id: str) -> HttpResponse:
    """Take in what the sick assistant cost the provider in the same time."""
    found = found_booking(ask, booking_id)
    asked = asked_costs(records.sheet_rows(records.newest_sheets(found)))
    names = {_name(on, sheet): (on, sheet) for on, sheet, _minutes in asked}
    labels = [
        (
            _name(on, sheet),
            _("%(on)s, %(minutes)s h på %(sheet)s")
            % {"on": on, "minutes": f"{minutes // 60}:{minutes % 60:02d}", "sheet": SHEET_WORDS[sheet]},
        )
        for on, sheet, minutes in asked
    ]

    def act(form: Form) -> object:
        costs = [
            ProviderCost(on=on, sheet=sheet, cost_ore=Ore(form.cleaned_data[name]))
            for name, (on, sheet) in names.items()
        ]
        return fee_acts.state_provider_cost(
            ask.actor,
            found.pk,
            costs,
            stated_by=form.cleaned_data["stated_by"],
            stated_on=ask.today,
            now=ask.now,
        )

    return form_page(
        ask,
        CostForm(ask.POST or None, asked=labels, initial={"stated_by": provider_name(found.provider)}),
        act,
        title=_("Anordnarens kostnad för den sjuka assistenten"),
        lead=_("I karensen utgår ingen sjuklön, men semesterersättning och avgifter kan finnas."),
        button=_("Spara kostnaden"),
        sentence=_("Kostnaden är sparad."),
        back=f"{_to(found)}avgift/",
    )


def fee(ask: Ask, booking_id: str) -> HttpResponse:
    """Show the fee with its reasons, or what is missing to propose one."""
    found = found_booking(ask, booking_id)
    newest = queries.newest_fee(found)
    return render(ask, "substitutes/fee.html", _shown(ask, found, newest))


def _shown(ask: Ask, found: Booking, newest: Any, missing: tuple[Any, ...] = ()) -> dict[str, Any]:
    basis = getattr(found, "invoice_basis", None)
    standing = fee_standing(basis) if basis else None
    rows = records.sheet_rows(records.newest_sheets(found))
    stated = {(one.on, one.sheet): one.cost_ore for one in records.costs(records.newest_costs(found))}
    return {
        "booking": found,
        "when": shift_text(found.start_at, found.end_at),
        "provider": provider_name(found.provider),
        "asked": [
            (on, SHEET_WORDS[sheet], minutes, stated.get((on, sheet))) for on, sheet, minutes in asked_costs(rows)
        ],
        "fee": newest,
        "lines": thaw(Statement, newest.body).lines if newest else (),
        "review": getattr(newest, "review", None) if newest else None,
        "basis": basis,
        "standing": standing,
        "overdue": standing is not None and standing.is_overdue(ask.today),
        "payments": basis.payments.select_related("registered_by").order_by("id") if basis else (),
        "missing": missing,
        "before_charge": [OPEN_WORDS[one] for one in queries.stops_charging(found, now=ask.now)],
        "seen": queries.standing(found),
        "may": may_of(ask.actor),
    }


def calculate(ask: Ask, booking_id: str) -> HttpResponse:
    """Calculate the fee."""
    found = found_booking(ask, booking_id)
    outcome = fee_acts.calculate_fee(ask.actor, found.pk, law=law_book(), now=ask.now, seen=ask.POST.get("seen"))
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=f"{_to(found)}avgift/")
    if isinstance(outcome, tuple):
        told = _shown(ask, found, queries.newest_fee(found), outcome)
        return render(ask, "substitutes/fee.html", told, status=409)
    return done(ask, _("Avgiften är beräknad. Någon annan granskar den."), f"{_to(found)}avgift/")


def review(ask: Ask, booking_id: str) -> HttpResponse:
    """Review the fee that was shown."""
    found = found_booking(ask, booking_id)
    outcome = fee_acts.review_fee(ask.actor, found.pk, digest=ask.POST.get("digest", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=f"{_to(found)}avgift/")
    return done(ask, _("Avgiften är granskad."), f"{_to(found)}avgift/")


def basis(ask: Ask, booking_id: str) -> HttpResponse:
    """Send the basis of an invoice."""
    found = found_booking(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        return fee_acts.send_invoice_basis(
            ask.actor,
            found.pk,
            buyer_reference=told["buyer_reference"],
            bankgiro=told["bankgiro"],
            payer=Payer(told["payer"]),
            now=ask.now,
        )

    return form_page(
        ask,
        BasisForm(ask.POST or None),
        act,
        title=_("Fakturaunderlag"),
        lead=_("Betalaren får ett brev med skälen, och ett företag en e-faktura. Inget betalas ut av det."),
        button=_("Skicka underlaget"),
        sentence=_("Underlaget är skickat."),
        back=f"{_to(found)}avgift/",
    )


def invoice(ask: Ask, booking_id: str) -> HttpResponse:
    """Give the e-invoice exactly as it went."""
    found = found_booking(ask, booking_id)
    sent = getattr(found, "invoice_basis", None)
    if sent is None or not bytes(sent.xml):
        raise Http404
    answer = HttpResponse(bytes(sent.xml), content_type=XML)
    answer["Content-Disposition"] = f'attachment; filename="{sent.number}.xml"'
    return answer


def time_report(ask: Ask, booking_id: str, sheet: str) -> HttpResponse:
    """Give one of the two reports as PDF, to the byte as it last went to the finance assistant."""
    found = found_booking(ask, booking_id)
    if sheet not in list(Sheet):
        raise Http404
    letters = SentLetter.objects.filter(
        municipality=ask.actor.municipality, about=found.number, code=LETTERS[Sheet(sheet)]
    )
    letter = letters.order_by("-id").first()
    if letter is None:
        raise Http404
    return attachment(bytes(letter.pdf), f"{found.number}-{sheet}.pdf")


def _name(on: date, sheet: Sheet) -> str:
    return f"cost_{on:%Y%m%d}_{sheet.value}"


def _to(found: Booking) -> str:
    return f"{DESK}{found.pk}/"

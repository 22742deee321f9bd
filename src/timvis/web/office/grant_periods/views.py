"""Pages: a recipient's grant periods, and one of them with its account."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.grant_periods import actions, queries
from timvis.apps.grant_periods.models import GrantPeriod
from timvis.apps.grant_periods.records import Account, account
from timvis.apps.grant_periods.two_payers import TwoPayers, two_payers
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.apps.state_registers.actions import register_settlement
from timvis.config.law_book import law_book
from timvis.core.access import Action, opened
from timvis.core.calendar.months import Period
from timvis.core.law import LawGap, LawReader
from timvis.web.office.grant_periods.forms import EndForm, PaymentForm, PeriodForm, SettledForm
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """One period in the list; `told` is None, with the reason in `gap`, when it cannot be counted."""

    row: GrantPeriod
    days: Period
    told: Account | None
    gap: str = ""


def periods(ask: Ask, recipient_id: str) -> HttpResponse:
    """Show a recipient's grant periods, the latest first, with what is left or owed in each."""
    recipient = _recipient(ask, recipient_id, Action.LOOK_AT_GRANT_PERIODS)
    told = {
        "recipient": recipient,
        "name": recipient_name(recipient),
        "both": _both(recipient.pk, ask),
        "rows": [_row(ask, row, days) for row, days in queries.periods_of(recipient.pk, known_at=ask.now)],
        "may": opened(ask.actor, relation_to_recipient(ask.actor, recipient, now=ask.now)),
    }
    return render(ask, "grant_periods/periods.html", told)


def period(ask: Ask, period_id: str) -> HttpResponse:
    """Show a period: month by month what was used, what has been paid, and what is left, lapsed or owed."""
    row, days = _period(ask, period_id, Action.LOOK_AT_GRANT_PERIODS)
    told = {
        "recipient": row.recipient,
        "name": recipient_name(row.recipient),
        "one": _row(ask, row, days),
        "may": opened(ask.actor, relation_to_recipient(ask.actor, row.recipient, now=ask.now)),
    }
    return render(ask, "grant_periods/period.html", told)


def new_period(ask: Ask, recipient_id: str) -> HttpResponse:
    """Register a grant period."""
    recipient = _recipient(ask, recipient_id, Action.REGISTER_GRANT_PERIOD)

    def act(form: Form) -> object:
        return actions.register_period(
            ask.actor, recipient_id=recipient.pk, law=LawReader(law_book()), now=ask.now, **form.told()
        )

    return form_page(
        ask,
        PeriodForm(ask.POST or None),
        act,
        title=_("Ny beviljandeperiod för %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Timmarna tas ur statens beslut, den utförda tiden ur tidsredovisningarna."),
        button=_("Registrera"),
        sentence=_("Perioden är registrerad."),
        back=f"/personer/{recipient.pk}/perioder/",
    )


def change(ask: Ask, period_id: str) -> HttpResponse:
    """Tell anew where a period ends."""
    row, days = _period(ask, period_id, Action.CHANGE_GRANT_PERIOD)
    before = {"ends_on": days.to_on, "seen": max(version.number for version in row.versions.all())}

    def act(form: Form) -> object:
        return actions.change_period(
            ask.actor,
            period_id=row.pk,
            ends_on=form.cleaned_data["ends_on"],
            seen=form.seen_number,
            law=LawReader(law_book()),
            now=ask.now,
        )

    title, lead = _("Ändra periodens slut"), _("Den tidigare uppgiften finns kvar i historiken.")
    return _form(ask, row, EndForm(ask.POST or None, initial=before), act, title, lead, _("Perioden är ändrad."))


def payment(ask: Ask, period_id: str) -> HttpResponse:
    """Register what the state has paid for a period, or what was paid back to it."""
    row, _days = _period(ask, period_id, Action.REGISTER_STATE_PAYMENT)

    def act(form: Form) -> object:
        return actions.register_state_payment(ask.actor, period_id=row.pk, now=ask.now, **form.told())

    title = _("Utbetalning från staten")
    lead = _("Skriv beloppet som det kom. En felskriven utbetalning rättas med skillnaden, med omvänt tecken.")
    form = PaymentForm(ask.POST or None, initial={"paid_on": ask.today})
    return _form(ask, row, form, act, title, lead, _("Utbetalningen är registrerad."))


def settled(ask: Ask, period_id: str) -> HttpResponse:
    """Register that the state has settled a period for good."""
    row, days = _period(ask, period_id, Action.REGISTER_SETTLEMENT)

    def act(form: Form) -> object:
        return register_settlement(
            ask.actor,
            recipient_id=row.recipient_id,
            period_from=days.from_on,
            period_to=days.to_on,
            settled_on=form.cleaned_data["settled_on"],
            now=ask.now,
        )

    title = _("Slutavräkning")
    lead = _("Efter slutavräkningen betalas inget på en räkning för perioden, och timmar som är kvar förfaller.")
    form = SettledForm(ask.POST or None, initial={"settled_on": ask.today})
    return _form(ask, row, form, act, title, lead, _("Slutavräkningen är registrerad."))


def _both(recipient_id: int, ask: Ask) -> TwoPayers | None:
    try:
        return two_payers(recipient_id, law_book(), known_at=ask.now)
    except LawGap:
        return None  # nobody can say what waiting time is worth on a day without a number; the months still stand


def _form(ask: Ask, row: GrantPeriod, form: Form, act: Any, title: str, lead: str, sentence: str) -> HttpResponse:
    return form_page(
        ask, form, act, title=title, lead=lead, button=_("Spara"), sentence=sentence, back=f"/perioder/{row.pk}/"
    )


def _row(ask: Ask, row: GrantPeriod, days: Period) -> PeriodRow:
    try:
        return PeriodRow(row=row, days=days, told=account(row, law_book(), known_at=ask.now))
    except LawGap as gap:
        return PeriodRow(row=row, days=days, told=None, gap=gap.message)


def _recipient(ask: Ask, recipient_id: str, action: Action) -> Recipient:
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None:
        raise Http404
    _look(ask, recipient, action)
    return recipient


def _period(ask: Ask, period_id: str, action: Action) -> tuple[GrantPeriod, Period]:
    row = queries.period_in(ask.actor, number_in(period_id))
    if row is None:
        raise Http404
    _look(ask, row.recipient, action)
    days = next(days for one, days in queries.periods_of(row.recipient_id, known_at=ask.now) if one.pk == row.pk)
    return row, days


def _look(ask: Ask, recipient: Recipient, action: Action) -> None:
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, action, "recipient", recipient.pk, relation=relation, recipient_id=recipient.pk)

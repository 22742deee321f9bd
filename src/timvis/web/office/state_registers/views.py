"""Pages: what the state is to have and by when, which form means what, and what was done about a duty."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.apps.state_registers import actions, queries
from timvis.apps.state_registers.models import Assignment, DutyOutcome, Notified, ProviderNotice
from timvis.apps.state_registers.queries import FollowedDuty
from timvis.apps.state_reports.pending import reported_duties
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.law import LawReader
from timvis.formats.state_terms.read import load_state_terms
from timvis.web.office.state_registers.forms import DutyForm, ProviderNoticeForm
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in

HERE = "/forsakringskassan/"
MOST_DONE = 50
"""How many finished duties are shown beside the open ones, the newest last day first."""


def duties(ask: Ask) -> HttpResponse:
    """Show everything the state is to have from the municipality, the earliest last day first."""
    rows = [row for row in _followed(ask) if not _is_own(ask, row.recipient)]
    open_rows = [row for row in rows if not row.is_closed]
    concerned = {row.recipient.pk for row in open_rows if row.recipient}
    if concerned:
        look(
            ask,
            Action.LOOK_AT_STATE_REGISTERS,
            "municipality",
            ask.actor.municipality,
            relation=Relation.OWN_MUNICIPALITY,
            recipient_ids=sorted(concerned),
        )
    found = Assignment.objects.filter(recipient__municipality__slug=ask.actor.municipality)
    found = found.exclude(recipient__personal_number=ask.actor.personal_number)
    notices = ProviderNotice.objects.filter(municipality__slug=ask.actor.municipality).order_by("-told_on", "-id")
    told = {
        "rows": [(row, standing_of(row, ask.today)) for row in open_rows],
        "done": [row for row in reversed(rows) if row.is_closed][:MOST_DONE],
        "late": sum(1 for row in open_rows if row.is_late(ask.today)),
        "assignments": [
            (one, max(one.versions.all(), key=lambda version: version.number))
            for one in found.select_related("recipient")
            .prefetch_related("versions", "recipient__versions")
            .order_by("-begins_on", "pk")
        ],
        "notice": notices.first(),
        "is_notified": queries.is_notified(ask.actor.municipality),
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
        "today": ask.today,
    }
    return render(ask, "state_registers/duties.html", told)


def standing_of(row: FollowedDuty, today: date) -> str:
    """Return how a duty stands, as the word its mark is drawn by."""
    if row.is_late(today):
        return "late"
    if row.is_near(today):
        return "near"
    return "sent" if row.is_sent else "open"


def forms(ask: Ask) -> HttpResponse:
    """Show which form number means what on a day, and every last day with its rule and its source."""
    on = _day(ask.GET.get("dag", "")) or ask.today
    terms = load_state_terms()
    told = {
        "on": on,
        "forms": [form for form in terms.forms if form.holds_on(on)],
        "others": [form for form in terms.forms if not form.holds_on(on)],
        "deadlines": terms.deadlines,
    }
    return render(ask, "state_registers/forms.html", told)


def provider_notice(ask: Ask) -> HttpResponse:
    """Register what the supervising authority was told of the municipality's activity."""

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.register_provider_notice(
            ask.actor,
            about=Notified(told["about"]),
            told_on=told["told_on"],
            reference=told["reference"],
            now=ask.now,
        )

    return form_page(
        ask,
        ProviderNoticeForm(ask.POST or None, initial={"told_on": ask.today}),
        act,
        title=_("Kommunens anmälan till IVO"),
        lead=_("Kommunen behöver inget tillstånd, men anmäler verksamheten innan den börjar och när den ändras."),
        button=_("Spara anmälan"),
        sentence=_("Anmälan är sparad."),
        back=HERE,
    )


def tell(ask: Ask, recipient_id: str, key: str) -> HttpResponse:
    """Tell what was done about a duty."""
    recipient = _recipient(ask, recipient_id)
    row = next((one for one in _followed(ask, recipient.pk) if one.duty.key == key), None)
    if row is None:
        raise Http404
    newest = Assignment.objects.filter(recipient=recipient).order_by("-begins_on").first()

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.tell_duty(
            ask.actor,
            recipient_id=recipient.pk,
            duty_key=key,
            outcome=DutyOutcome(told["outcome"]),
            on=told["on"],
            seen=form.seen_number,
            now=ask.now,
            form=row.duty.form,
            way=told["way"],
            reason=told["reason"],
        )

    before = {"on": ask.today, "seen": row.steps, "outcome": DutyOutcome.RECEIVED if row.is_sent else DutyOutcome.SENT}
    return form_page(
        ask,
        DutyForm(ask.POST or None, initial=before),
        act,
        title=row.duty.label,
        lead=row.duty.because,
        button=_("Spara"),
        sentence=_("Det är antecknat."),
        back=f"{HERE}uppdrag/{newest.pk}/" if newest else HERE,
    )


def _followed(ask: Ask, recipient_id: int | None = None) -> list[FollowedDuty]:
    town = ask.actor.municipality
    return queries.followed(
        town, LawReader(law_book()), now=ask.now, recipient_id=recipient_id, done=reported_duties(town, now=ask.now)
    )


def _is_own(ask: Ask, recipient: Recipient | None) -> bool:
    return recipient is not None and recipient.personal_number == ask.actor.personal_number


def _recipient(ask: Ask, recipient_id: str) -> Recipient:
    """Return the recipient of an address, whom the actor may look at."""
    recipient = recipient_in(ask.actor, number_in(recipient_id))
    if recipient is None:
        raise Http404
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, Action.TELL_DUTY, "recipient", recipient.pk, relation=relation, recipient_id=recipient.pk)
    return recipient


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

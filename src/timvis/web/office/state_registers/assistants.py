"""The assistant register: whom the state knows of, since when, and the time that is lost because it did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.parties.models import Assistant, Recipient
from timvis.apps.parties.queries import own_provider, relation_to_recipient
from timvis.apps.schedules.records import planned as planned_shifts
from timvis.apps.state_registers import actions, queries, records
from timvis.apps.state_registers.models import Assignment, Placement
from timvis.apps.state_registers.particulars import NoticeParticulars, PlacementParticulars
from timvis.apps.state_reports.lost import LostTime, lost_time, worth
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.months import Period
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.law import LawByDay, LawGap, LawReader
from timvis.core.quantities import Ore
from timvis.core.records import TimeKind
from timvis.core.state_duties import records as core
from timvis.core.state_duties.duties import changes
from timvis.core.state_duties.records import Employer, NoticeWay
from timvis.gateways.state_services.disabled import E_IOA
from timvis.web.office.state_registers.forms import (
    AwayForm,
    NewPlacementForm,
    NotedTimeForm,
    NoticeForm,
    PlacementForm,
    ReceivedForm,
)
from timvis.web.office.state_registers.views import HERE
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, recipient_name

REGISTER = f"{HERE}assistenter/"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantRow:
    """One assistant's work with one recipient, how the state knows of it, and what is lost.

    `standing` is `in_time`, `late`, `sent`, `missing` or `not_yet`. While nobody is registered `ahead_ore` is what the
    shifts of the coming seven days are worth, `week_ore` what a week is where no shift is planned yet; None where
    nothing is planned or no rate is decided.
    """

    placement: core.Placement
    assignment_id: int
    recipient: Recipient
    name: str
    standing: str
    changed: tuple[str, ...]
    lost: LostTime | None
    ahead_ore: Ore | None
    week_ore: Ore | None


def register(ask: Ask) -> HttpResponse:
    """Show every assistant of the municipality's own, with whom she works and since when the state knows it."""
    found = Assignment.objects.filter(recipient__municipality__slug=ask.actor.municipality)
    found = found.exclude(recipient__personal_number=ask.actor.personal_number).select_related("recipient")
    rows = rows_of(ask, found.prefetch_related("recipient__versions").order_by("pk"), LawReader(law_book()))
    if rows:
        look(
            ask,
            Action.LOOK_AT_STATE_REGISTERS,
            "municipality",
            ask.actor.municipality,
            relation=Relation.OWN_MUNICIPALITY,
            recipient_ids=sorted({row.recipient.pk for row in rows}),
        )
    known = [row.lost.ore for row in rows if row.lost is not None]
    told = {
        "rows": sorted(rows, key=lambda row: (row.placement.assistant.name, row.name)),
        "lost_minutes": sum(row.lost.minutes for row in rows if row.lost is not None),
        "lost_ore": None if None in known else sum(ore or 0 for ore in known),
        "services": (E_IOA,),
        "has_provider": own_provider(ask.actor.municipality, known_at=ask.now) is not None,
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
    }
    return render(ask, "state_registers/register.html", told)


def rows_of(ask: Ask, assignments: Iterable[Assignment], law: LawByDay) -> list[AssistantRow]:
    """Return the assistants of some assignments with how the state knows them; recipients' versions are fetched."""
    things = {row.pk: row for row in assignments}
    told = records.assignments_of({row.recipient_id for row in things.values()}, known_at=ask.now)
    pairs = [
        (things[int(one.key)], placement)
        for found in told.values()
        for one in found
        if int(one.key) in things
        for placement in one.placements
    ]
    lost = lost_time([(row.recipient_id, placement) for row, placement in pairs], law)
    unknown = [int(placement.key) for _row, placement in pairs if placement.registered_on is None]
    planned = queries.planned_minutes(unknown)
    coming = planned_shifts(unknown, Period(ask.today, ask.today + timedelta(days=DAYS_PER_WEEK)), known_at=ask.now)
    return [
        AssistantRow(
            placement=placement,
            assignment_id=row.pk,
            recipient=row.recipient,
            name=recipient_name(row.recipient),
            standing=_standing(placement, ask),
            changed=changes(placement),
            lost=lost.get((row.recipient_id, placement.assistant.number)),
            ahead_ore=_worth(((each.minutes, each.kind) for each in coming.get(int(placement.key), ())), ask, law),
            week_ore=_worth([(planned.get(int(placement.key), 0), TimeKind.ACTIVE)], ask, law),
        )
        for row, placement in pairs
    ]


def _standing(placement: core.Placement, ask: Ask) -> str:
    registered_on = placement.registered_on
    if registered_on is not None:
        return "in_time" if registered_on <= placement.first_shift_on else "late"
    if placement.notices:
        return "sent"
    return "missing" if placement.first_shift_on <= ask.today else "not_yet"


def _worth(time: Iterable[tuple[int, TimeKind]], ask: Ask, law: LawByDay) -> Ore | None:
    try:
        return Ore(sum(worth(minutes, kind, ask.today, law) for minutes, kind in time)) or None
    except LawGap:
        return None


# --- forms -------------------------------------------------------------------------------------------------------


def place(ask: Ask, assignment_id: str) -> HttpResponse:
    """Register that an assistant begins in an assignment."""
    row = queries.assignment_in(ask.actor.municipality, number_in(assignment_id))
    if row is None:
        raise Http404
    _look(ask, Action.REGISTER_PLACEMENT, row)
    employed = Assistant.objects.filter(provider_id=row.provider_id).prefetch_related("versions")
    choices = sorted(((str(one.pk), newest(one).name) for one in employed if newest(one)), key=lambda one: one[1])

    def act(form: Form) -> object:
        told = form.told()
        assistant_id = told.pop("assistant_id")
        return actions.register_placement(
            ask.actor,
            assignment_id=row.pk,
            assistant_id=assistant_id,
            particulars=PlacementParticulars(**told),
            now=ask.now,
        )

    return form_page(
        ask,
        NewPlacementForm(ask.POST or None, assistants=choices, initial={"first_shift_on": row.begins_on}),
        act,
        title=_("Assistent hos %(name)s") % {"name": recipient_name(row.recipient)},
        lead=_("Den som saknas i listan registreras först som assistent hos kommunen, under Utförare."),
        button=_("Registrera"),
        sentence=_("Assistenten är registrerad. Anmäl henne till Försäkringskassan före det första passet."),
        back=_assignment(row.pk),
    )


def change(ask: Ask, placement_id: str) -> HttpResponse:
    """Tell anew when an assistant works in an assignment."""
    row = _placement(ask, placement_id, Action.CHANGE_PLACEMENT)
    version = newest(row)
    fields = PlacementParticulars.__dataclass_fields__
    before: dict[str, Any] = {name: getattr(version, name) for name in fields} | {"seen": version.number}

    def act(form: Form) -> object:
        return actions.change_placement(
            ask.actor,
            placement_id=row.pk,
            particulars=PlacementParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        PlacementForm(ask.POST or None, initial=before),
        act,
        title=_title(row),
        lead=_("Det som gällde förut finns kvar i historiken."),
        button=_("Spara"),
        sentence=_("Ändringen är sparad."),
        back=_assignment(row.assignment_id),
    )


def notify(ask: Ask, placement_id: str) -> HttpResponse:
    """Register what the state was told of an assistant, the first time or of a change."""
    row = _placement(ask, placement_id, Action.NOTIFY_ASSISTANT)
    now = newest(row.assistant)
    before = {
        "sent_on": ask.today,
        "hired_on": now.hired_on,
        "lives_outside_eea": now.lives_outside_eea,
        "seen": row.notices.count(),
    }

    def act(form: Form) -> object:
        told = form.told()
        told |= {"way": NoticeWay(told["way"]), "employer": Employer(told["employer"])}
        return actions.notify_assistant(
            ask.actor,
            placement_id=row.pk,
            particulars=NoticeParticulars(**told),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        NoticeForm(ask.POST or None, initial=before),
        act,
        title=_("Anmälan till Försäkringskassan: %(title)s") % {"title": _title(row)},
        lead=_("Anmälan räknas från den dag Försäkringskassan har den, inte från den dag den skickades."),
        button=_("Spara anmälan"),
        sentence=_("Anmälan är sparad. Anteckna när Försäkringskassan har bekräftat den."),
        back=_assignment(row.assignment_id),
    )


def received(ask: Ask, placement_id: str) -> HttpResponse:
    """Register the day on which the state had the newest notice of an assistant."""
    row = _placement(ask, placement_id, Action.NOTIFY_ASSISTANT)
    number = row.notices.count()

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.notice_was_received(
            ask.actor,
            placement_id=row.pk,
            number=form.seen_number,
            received_on=told["received_on"],
            reference=told["reference"],
            now=ask.now,
        )

    return form_page(
        ask,
        ReceivedForm(ask.POST or None, initial={"received_on": ask.today, "seen": number}),
        act,
        title=_("Bekräftad anmälan: %(title)s") % {"title": _title(row)},
        button=_("Spara dagen"),
        sentence=_("Dagen är sparad."),
        back=_assignment(row.assignment_id),
    )


def away(ask: Ask, placement_id: str) -> HttpResponse:
    """Register days on which an assistant was away from all work."""
    row = _placement(ask, placement_id, Action.REGISTER_AWAY)

    def act(form: Form) -> object:
        told = form.told()
        kind = AwayKind(told.pop("kind"))
        return actions.register_away(ask.actor, assistant_id=row.assistant_id, kind=kind, now=ask.now, **told)

    return form_page(
        ask,
        AwayForm(ask.POST or None),
        act,
        title=_("Frånvaro: %(name)s") % {"name": newest(row.assistant).name},
        lead=_("Redovisad tid under de dagarna ifrågasätts innan månaden skickas."),
        button=_("Spara frånvaron"),
        sentence=_("Frånvaron är sparad."),
        back=_assignment(row.assignment_id),
    )


def note(ask: Ask, placement_id: str) -> HttpResponse:
    """Register time of an assistant's that was no assistance."""
    row = _placement(ask, placement_id, Action.NOTE_TIME)

    def act(form: Form) -> object:
        told = form.told()
        return actions.note_time(
            ask.actor,
            recipient_id=row.assignment.recipient_id,
            assistant_id=row.assistant_id,
            purpose=RowPurpose(told["purpose"]),
            start_at=told["start_at"],
            end_at=told["end_at"],
            now=ask.now,
        )

    return form_page(
        ask,
        NotedTimeForm(ask.POST or None),
        act,
        title=_("Tid som inte är assistans: %(title)s") % {"title": _title(row)},
        lead=_("Möten och utbildning ingår i timbeloppet. Rader som tiden faller i ifrågasätts innan månaden skickas."),
        button=_("Spara tiden"),
        sentence=_("Tiden är antecknad."),
        back=_assignment(row.assignment_id),
    )


def _placement(ask: Ask, placement_id: str, action: Action) -> Placement:
    row = queries.placement_in(ask.actor.municipality, number_in(placement_id))
    if row is None:
        raise Http404
    _look(ask, action, row.assignment)
    return row


def _look(ask: Ask, action: Action, row: Assignment) -> None:
    relation = relation_to_recipient(ask.actor, row.recipient, now=ask.now)
    look(ask, action, "assignment", row.pk, relation=relation, recipient_id=row.recipient_id)


def _title(row: Placement) -> str:
    return _("%(assistant)s hos %(recipient)s") % {
        "assistant": newest(row.assistant).name,
        "recipient": recipient_name(row.assignment.recipient),
    }


def _assignment(assignment_id: int) -> str:
    return f"{HERE}uppdrag/{assignment_id}/"

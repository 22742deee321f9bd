"""Pages: a month of an assignment's schedule, and planning and striking its shifts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.schedules import actions, queries
from timvis.apps.schedules.actions import WantedShift
from timvis.apps.schedules.records import PLANNED
from timvis.apps.state_registers.models import Assignment
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.calendar.months import month_on
from timvis.core.faults import Fault
from timvis.core.records import Instant, TimeReport
from timvis.core.schedule import ScheduleLine, Shift
from timvis.formats.intake import read
from timvis.web.office.schedules.forms import KINDS, PlanForm, ScheduleFilesForm, StrikeForm
from timvis.web.office.state_registers.assignments import found
from timvis.web.shared.asking import Ask
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.month_shown import months_of
from timvis.web.shared.names import newest, recipient_name

KIND_WORDS = dict(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A line of the schedule as it is shown; `strike` are the planned shifts that can still be struck, by their ids."""

    line: ScheduleLine
    on: date
    name: str
    planned: tuple[str, ...]
    reported: tuple[str, ...]
    strike: tuple[int, ...]


def schedule(ask: Ask, assignment_id: str) -> HttpResponse:
    """Show a month: what is planned, what it would be worth if it were reported, and what became of it."""
    row = found(ask, assignment_id, Action.LOOK_AT_STATE_REGISTERS)
    months = months_of(ask, otherwise=ask.today)
    month = queries.schedule_month(row, months.here, law_book(), now=ask.now)
    told = {
        "assignment": row,
        "name": recipient_name(row.recipient),
        "months": months,
        "month": month,
        "rows": [_row(line) for line in month.lines],
        "has_assistants": row.placements.exists(),
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
    }
    return render(ask, "schedules/schedule.html", told)


def _row(line: ScheduleLine) -> ScheduleRow:
    return ScheduleRow(
        line=line,
        on=local_day(line.first.start_at),
        name=line.first.assistant_name,
        planned=_texts(line.planned),
        reported=_texts(line.reported),
        strike=() if line.reported else tuple(int(shift.key.removeprefix(PLANNED)) for shift in line.planned),
    )


def _texts(shifts: Iterable[Shift]) -> tuple[str, ...]:
    return tuple(f"{_clock(shift.start_at, shift.end_at)} {str(KIND_WORDS[shift.kind]).lower()}" for shift in shifts)


def _clock(start_at: Instant, end_at: Instant) -> str:
    end = local_clock(end_at)
    return f"{local_clock(start_at)}–{'24.00' if end == '00.00' else end}"


# --- acts ------------------------------------------------------------------------------------------------------------


def plan(ask: Ask, assignment_id: str) -> HttpResponse:
    """Plan a shift, once or as often as it comes back."""
    row = found(ask, assignment_id, Action.PLAN_SHIFTS)
    form = PlanForm(ask.POST or None, assistants=_assistants(row), initial={"on": ask.GET.get("dag") or ask.today})

    def act(form: Form) -> object:
        return _planned(ask, row, form.cleaned_data["wanted"])

    return form_page(
        ask,
        form,
        act,
        title=_("Planera pass hos %(name)s") % {"name": recipient_name(row.recipient)},
        lead=_("Ett pass över midnatt skrivs som ett. Månadens sida visar sedan vad granskningen skulle säga."),
        button=_("Planera"),
        sentence=_("Passen är planerade."),
        back=_page(row.pk, form.cleaned_data["on"] if form.is_bound and form.is_valid() else None),
    )


def from_files(ask: Ask, assignment_id: str) -> HttpResponse:
    """Plan what files say that have the columns of a time report: all of it, or nothing with every fault."""
    row = found(ask, assignment_id, Action.PLAN_SHIFTS)

    def act(form: Form) -> object:
        wanted, faults = _wanted(row, form.cleaned_data["schedule"], ask.today)
        return tuple(faults) if faults else _planned(ask, row, wanted)

    return form_page(
        ask,
        ScheduleFilesForm(ask.POST or None, ask.FILES or None),
        act,
        title=_("Läs in ett schema för %(name)s") % {"name": recipient_name(row.recipient)},
        lead=_("Passen läggs till dem som redan är planerade. Ett pass som redan finns planeras inte en gång till."),
        button=_("Läs in"),
        sentence=_("Schemat är inläst."),
        back=_page(row.pk),
    )


def strike(ask: Ask, shift_id: str) -> HttpResponse:
    """Strike a planned shift, or it and the later ones of the same plan."""
    shift = queries.shift_in(ask.actor.municipality, number_in(shift_id))
    if shift is None:
        raise Http404
    row = found(ask, str(shift.plan.placement.assignment_id), Action.STRIKE_SHIFTS)
    start_at, end_at = Instant(shift.start_at), Instant(shift.end_at)
    on = local_day(start_at)

    def act(form: Form) -> object:
        return actions.strike_shifts(ask.actor, shift_id=shift.pk, now=ask.now, **form.told())

    return form_page(
        ask,
        StrikeForm(ask.POST or None),
        act,
        title=_("Stryk passet %(day)s %(clock)s") % {"day": on.isoformat(), "clock": _clock(start_at, end_at)},
        lead=_("%(assistant)s hos %(recipient)s. Det strukna finns kvar i historiken.")
        % {"assistant": newest(shift.plan.placement.assistant).name, "recipient": recipient_name(row.recipient)},
        button=_("Stryk"),
        sentence=_("Passet är struket."),
        back=_page(row.pk, on),
    )


def _planned(ask: Ask, row: Assignment, wanted: list[WantedShift]) -> object:
    return actions.plan_shifts(ask.actor, assignment_id=row.pk, wanted=wanted, now=ask.now)


def _assistants(row: Assignment) -> list[tuple[str, str]]:
    """Return the assistants of an assignment to choose from, by name."""
    placements = row.placements.select_related("assistant").prefetch_related("assistant__versions")
    return sorted(((str(one.pk), newest(one.assistant).name) for one in placements), key=lambda one: one[1])


def _wanted(row: Assignment, files: Iterable[Any], today: date) -> tuple[list[WantedShift], list[Fault]]:
    """Return the shifts that some files want planned, or everything that is wrong with them."""
    placements = {one.assistant.personal_number: one.pk for one in row.placements.select_related("assistant")}
    wanted: list[WantedShift] = []
    faults: list[Fault] = []
    for file in files:
        told = read(file.read(), file_name=file.name, today=today, crosses_midnight=True)
        faults += [_placed(fault) for fault in told.faults]
        for report in told.reports:
            shifts = _shifts(report, row.recipient.personal_number, placements)
            if isinstance(shifts, Fault):
                faults.append(
                    _placed(replace(shifts, file=file.name, line=report.rows[0].line if report.rows else None))
                )
            else:
                wanted += shifts
    return wanted, faults


def _placed(fault: Fault) -> Fault:
    """Return a fault whose message begins with where it is."""
    line = _("rad %(n)d") % {"n": fault.line} if fault.line is not None else ""
    where = ", ".join(part for part in (fault.file or "", line) if part)
    return replace(fault, message=f"{where}: {fault.message}")


def _shifts(report: TimeReport, recipient_number: str, placements: dict[str, int]) -> list[WantedShift] | Fault:
    placement_id = placements.get(report.assistant_number or "")
    if report.recipient_number != recipient_number:
        return _ANOTHER_RECIPIENT
    if placement_id is None:
        return _NOT_IN_THE_ASSIGNMENT
    return [
        WantedShift(placement_id=placement_id, kind=row.kind, start_at=row.span.start_at, end_at=row.span.end_at)
        for row in report.rows
    ]


def _page(assignment_id: int, on: date | None = None) -> str:
    month = f"?manad={month_on(on):%Y-%m}" if on is not None else ""
    return f"/forsakringskassan/uppdrag/{assignment_id}/pass/{month}"


_ANOTHER_RECIPIENT = Fault(
    code="shift_of_another_recipient",
    message="Passen gäller en annan person än uppdraget.",
    remedy="Läs in filen på den personens sida, eller rätta personnumret.",
)
_NOT_IN_THE_ASSIGNMENT = Fault(
    code="assistant_is_not_in_the_assignment",
    message="Assistenten är inte registrerad i uppdraget.",
    remedy="Registrera assistenten i uppdraget först, med dagen för första passet.",
)

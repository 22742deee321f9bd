"""What is typed of planned shifts: one that comes back, a whole schedule in a file, and why one is struck."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.schedules.actions import WantedShift
from timvis.apps.state_registers.actions import YEARS
from timvis.core.calendar.local_time import ClockProblem, split_at_midnight
from timvis.core.records import ClockSpan, TimeKind
from timvis.core.schedule import FARTHEST, Repeat, repeated
from timvis.formats.clock_faults import clock_wrong
from timvis.web.office.intake.forms import Files
from timvis.web.shared.forms import Clock, Day, Form, LastDay

KINDS = [
    (TimeKind.ACTIVE, _("Aktiv tid")),
    (TimeKind.WAITING, _("Väntetid")),
    (TimeKind.STANDBY, _("Beredskap")),
]
MOST_TOLD = 5
"""As many days with an impossible clock time are told one by one."""


class PlanForm(Form):
    """A shift, and how it comes back."""

    placement_id = forms.TypedChoiceField(label=_("Assistent"), coerce=int)
    on = Day(label=_("Dag"))
    start = Clock(label=_("Från klockan"), max_length=6)
    end = Clock(label=_("Till klockan"), max_length=6, help_text=_("Nästa dag om klockslaget är tidigare."))
    kind = forms.ChoiceField(label=_("Slag av tid"), choices=KINDS)
    repeat = forms.ChoiceField(
        label=_("Hur ofta"),
        choices=[
            (Repeat.ONCE, _("Bara den dagen")),
            (Repeat.DAILY, _("Varje dag")),
            (Repeat.WEEKDAYS, _("Måndag till fredag")),
            (Repeat.WEEKLY, _("Varje vecka")),
            (Repeat.FORTNIGHTLY, _("Varannan vecka")),
        ],
    )
    until = LastDay(
        label=_("Till och med"), required=False, help_text=_("När passet kommer igen; högst ett år framåt.")
    )

    def __init__(self, *args: Any, assistants: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["placement_id"].choices = assistants  # type: ignore[attr-defined]  # a choice field has choices

    def clean_on(self) -> date:
        """Return the day, in a year that somebody may plan for."""
        on: date = self.cleaned_data["on"]
        if on.year not in YEARS:
            raise ValidationError(_("Dagen ligger så långt bort att den inte kan vara rätt. Se efter årtalet."))
        return on

    def clean(self) -> dict[str, Any]:
        """Turn the days and the clock times into shifts; every day that has no such clock time is told."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        repeat, on, until = Repeat(told["repeat"]), told["on"], told["until"]
        if repeat is not Repeat.ONCE and (until is None or not on < until <= on + FARTHEST):
            self.add_error("until", ValidationError(_("Skriv en dag efter den första, högst ett år senare.")))
            return told
        days = repeated(on, repeat, until or on + timedelta(days=1))
        pieces = {day: split_at_midnight(day, told["start"], told["end"]) for day in days}
        wrong = {day: found for day, found in pieces.items() if isinstance(found, ClockProblem)}
        told["wanted"] = [_shift(told, found) for found in pieces.values() if isinstance(found, tuple)]
        if not pieces:
            self.add_error("until", ValidationError(_("Inget pass faller på de dagarna.")))
        if wrong:
            said = [_wrong(day, found, told) for day, found in wrong.items()]
            self.add_error("start", [ValidationError(each) for each in said[:MOST_TOLD]])
        return told


def _shift(told: dict[str, Any], pieces: tuple[ClockSpan, ...]) -> WantedShift:
    return WantedShift(
        placement_id=told["placement_id"],
        kind=TimeKind(told["kind"]),
        start_at=pieces[0].start_at,
        end_at=pieces[-1].end_at,
    )


def _wrong(on: date, problem: ClockProblem, told: dict[str, Any]) -> str:
    wrong = clock_wrong(problem, on=on, from_text=told["start"], to_text=told["end"])
    return f"{on.isoformat()}: {wrong.message} {wrong.remedy}"


class ScheduleFilesForm(Form):
    """A schedule as files from the system that the shifts are planned in."""

    schedule = Files(
        label=_("Schemat"),
        help_text=_("Samma kolumner som i en tidrapport: CSV eller Excel, en månad i taget, flera filer går bra."),
    )


class StrikeForm(Form):
    """Why a planned shift is not to be worked."""

    reason = forms.CharField(label=_("Varför stryks passet?"), widget=forms.Textarea(attrs={"rows": 2}))
    and_later = forms.BooleanField(label=_("Stryk också de senare passen som planerades på samma gång"), required=False)

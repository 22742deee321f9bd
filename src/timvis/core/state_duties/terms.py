"""The state's forms and last days as dated data: which number means what when, and what is due by which rule.

The rows are data (`data/state_forms.toml`, `data/state_deadlines.toml`, read by `formats.state_terms`). What has no row
on a day is unknown, and is said to be: no form is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.deadlines import Due, DueRule, counts_from_event, due
from timvis.core.calendar.local_time import is_clock_change
from timvis.core.calendar.months import days_of_month, month_after
from timvis.core.calendar.working_days import Holidays, warning_day
from timvis.core.law import Confidence

MONTHS_ASKED = range(-1, 4)
"""From which months, counted back from a month, a rule can fall in it: the 15th before, the 5th of the second after."""


class FormKind(StrEnum):
    """What a form is for, whatever its number is."""

    TIME_REPORT = "time_report"
    BILL = "bill"
    ASSISTANT_NOTICE = "assistant_notice"
    PAYEE_AND_PROVIDER = "payee_and_provider"
    RETROACTIVE_REQUEST = "retroactive_request"
    SUPPORT_NOTICE = "support_notice"
    NEED_NOTICE = "need_notice"
    ASSISTANT_DATA_AFTERWARDS = "assistant_data_afterwards"


class Sender(StrEnum):
    """Whose the form is to send."""

    PROVIDER = "provider"
    RECIPIENT = "recipient"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateForm:
    """One edition of a form in the days it counts; `to_on` is the last of them.

    `own_form_only_from` is the day from which only the state's own paper is taken, no copy of its layout.
    """

    number: str
    edition: str
    kind: FormKind
    name: str
    sender: Sender
    from_on: date
    to_on: date | None
    source: str
    confidence: Confidence
    checked_on: date
    electronic: str = ""
    note: str = ""
    own_form_only_from: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the form counts on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDeadline:
    """One last day: its rule, who watches over it, and what it rests on. `is_event` is a day that comes by itself."""

    code: str
    label: str
    roles: tuple[str, ...]
    rule: DueRule
    from_on: date
    cites: tuple[str, ...]
    confidence: Confidence
    form: FormKind | None = None
    law: str = ""
    note: str = ""
    is_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueInMonth:
    """A last day that every month has: for which month of care, and when to warn of it."""

    deadline: StateDeadline
    care_month_on: date
    due: Due
    warn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTerms:
    """All forms and last days there are rows for."""

    forms: tuple[StateForm, ...]
    deadlines: tuple[StateDeadline, ...]

    def form(self, kind: FormKind, day: date) -> StateForm | None:
        """Return the form that is used for something on a day; None when no row says."""
        return next((form for form in self.forms if form.kind is kind and form.holds_on(day)), None)

    def meaning(self, number: str, day: date) -> StateForm | None:
        """Return what a form's number means on a day; None when no row says."""
        return next((form for form in self.forms if form.number == number and form.holds_on(day)), None)

    def deadline(self, code: str) -> StateDeadline:
        """Return the rule of a last day. Raises `LookupError` for one there is no row for: our own mistake."""
        found = next((one for one in self.deadlines if one.code == code), None)
        if found is None:
            raise LookupError(f"no deadline {code!r} in the state's terms")
        return found

    def due_after(self, code: str, event_on: date, holidays: Holidays) -> date:
        """Return the last day that a rule gives, counted from an event or from a month."""
        return due(self.deadline(code).rule, event_on, holidays).on

    def number_of(self, kind: FormKind | None, day: date) -> str:
        """Return the number of the form for something on a day, empty when it has none or no row says."""
        form = self.form(kind, day) if kind else None
        return form.number if form else ""


def due_in(terms: StateTerms, month_on: date, holidays: Holidays) -> Iterator[DueInMonth]:
    """Yield the last days that fall in a month whatever happens, in order of rule and care month.

    A rule that is counted from an event falls in no month by itself.
    """
    after = month_after(month_on)
    for deadline in terms.deadlines:
        if counts_from_event(deadline.rule):
            continue
        for back in MONTHS_ASKED:
            care_month = month_after(month_on, -back)
            told = due(deadline.rule, care_month, holidays)
            if month_on <= told.on < after and deadline.from_on <= told.on:
                warn_on = warning_day(told.on, holidays)
                yield DueInMonth(deadline=deadline, care_month_on=care_month, due=told, warn_on=warn_on)


def clock_change_in(month_on: date) -> date | None:
    """Return the day of a month on which the clocks change: the bill takes time that passed, reports the clock's."""
    return next((day for day in days_of_month(month_on) if is_clock_change(day)), None)

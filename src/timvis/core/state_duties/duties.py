"""The duties that follow of what is known: which form, about what, by when, and because of what.

Nothing is stored of a duty but what was done about it: a new or changed decision raises its duty by being there. A
duty's key names what it is about, so that what was done stays with it when the rest is told anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from timvis.core.calendar.months import day_text, month_after, month_on, month_text
from timvis.core.calendar.working_days import Holidays, warning_day
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.state_duties.records import Assignment, Concerned, Placement
from timvis.core.state_duties.terms import StateTerms

PERSONAL_ASSISTANCE = "9 § 2"
"""How a municipal decision on personal assistance names its ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something the state is to have by a day. `code` is the rule's; `form` the number on the paper, or empty.

    `assignment` is the key of the one it follows of, empty for others. `is_done` is whether what is known already says
    that it is done; otherwise somebody tells that it was sent.
    """

    key: str
    code: str
    label: str
    form: str
    concerned: str
    because: str
    due_on: date
    warn_on: date
    cites: tuple[str, ...]
    is_done: bool = False
    assignment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """What duties are told by: the state's terms, the calendar, the day, and the hours above which the state grants."""

    terms: StateTerms
    holidays: Holidays
    today: date
    threshold_minutes_per_week: int | None


def duties(one: Concerned, by: Knowing) -> Iterator[Duty]:
    """Yield everything that the state is to have about a recipient, done or not."""
    for assignment in one.assignments:
        placed = (_of_placement(one, placement, by) for placement in assignment.placements)
        for duty in chain(_of_assignment(one, assignment, by), *placed):
            yield replace(duty, assignment=assignment.key)
    since = one.told_of_since
    yield from _need(one, by) if since is None else _supports(one, since, by)


def provider_notice(first_begins_on: date, *, is_told: bool, by: Knowing) -> Duty:
    """Return the duty to tell the supervising authority of the activity, from the day the first assignment begins."""
    because = f"Kommunen har åtagit sig assistans från {day_text(first_begins_on)}."
    return _duty("", "provider_notice", "municipality", because, first_begins_on, by, is_done=is_told)


def pending_months(assignment: Assignment, today: date) -> Iterator[date]:
    """Yield the months that are accounted for although the state has not decided: from the start to the decision."""
    ends = min(each for each in (assignment.decided_on, assignment.ends_on, today) if each is not None)
    month = month_on(assignment.begins_on)
    while assignment.began_before_the_decision and month <= ends:
        yield month
        month = month_after(month)


# --- an assignment and its assistants ----------------------------------------------------------------------------


def _of_assignment(one: Concerned, assignment: Assignment, by: Knowing) -> Iterator[Duty]:
    begins = assignment.begins_on
    starts = f"Uppdraget börjar {day_text(begins)}."
    signed = assignment.agreement_signed_on
    yield _duty(one.key, "agreement", assignment.key, starts, begins, by, is_done=signed is not None)
    if assignment.decided_on is not None:
        yield _payee_and_provider(one, assignment, by)
    if assignment.began_before_the_decision:
        yield from _before_the_decision(one, assignment, by)


def _payee_and_provider(one: Concerned, assignment: Assignment, by: Knowing) -> Duty:
    """Return the duty of the 3079: before a change by the 15th of the month before, else by the start or decision."""
    begins, decided = assignment.begins_on, assignment.decided_on
    assert decided is not None
    if assignment.replaces_another and decided < begins:
        because = f"Anordnaren eller betalningsmottagaren byts {day_text(begins)}."
        return _duty(one.key, "payee_and_provider", assignment.key, because, month_on(begins), by)
    from_on = max(begins, decided)
    because = f"Kommunen är anordnare, och assistans är beviljad, från {day_text(from_on)}."
    return _duty(one.key, "payee_and_provider", assignment.key, because, from_on, by, due_on=from_on)


def _before_the_decision(one: Concerned, assignment: Assignment, by: Knowing) -> Iterator[Duty]:
    because = "Assistansen börjar innan Försäkringskassan har beslutat."
    yield _duty(one.key, "proof_before_the_decision", assignment.key, because, assignment.begins_on, by)
    known = assignment.application_known_on
    if known is not None:
        told = f"Kommunen fick veta om ansökan {day_text(known)}."
        yield _duty(one.key, "retroactive_request", assignment.key, told, known, by)
    for month in pending_months(assignment, by.today):
        told = f"{because} {month_text(month).capitalize()} redovisas ändå."
        yield _duty(one.key, "time_report", report_key(assignment, month), told, month, by)


def report_key(assignment: Assignment, month: date) -> str:
    """Return what the duty of a month's report before the decision is about."""
    return f"{assignment.key}:{month:%Y-%m}"


def _of_placement(one: Concerned, placement: Placement, by: Knowing) -> Iterator[Duty]:
    first = placement.first_shift_on
    because = f"{placement.assistant.name} har sitt första pass {day_text(first)}."
    is_in = placement.registered_on is not None
    yield _duty(one.key, "assistant_notice", placement.key, because, first, by, is_done=is_in)
    changed = changes(placement)
    if changed:
        told = f"{placement.assistant.name}: {', '.join(changed)} är inte det som anmäldes."
        version = f"{placement.key}:{len(placement.notices)}:{placement.assistant.known_on}"
        yield _duty(one.key, "assistant_change", version, told, placement.assistant.known_on, by)


def changes(placement: Placement) -> tuple[str, ...]:
    """Return what is known of an assistant otherwise than the newest notice told the state, in words."""
    if not placement.notices:
        return ()
    told, now = placement.notices[-1], placement.assistant
    found = []
    if now.lives_outside_eea is not None and now.lives_outside_eea != told.lives_outside_eea:
        found.append("bosättningen")
    if now.hired_on is not None and now.hired_on != told.hired_on:
        found.append("anställningsdagen")
    return tuple(found)


# --- municipal decisions ------------------------------------------------------------------------------------------


def _supports(one: Concerned, since: date, by: Knowing) -> Iterator[Duty]:
    """Yield a notice for everything decided since the state has to do with her, and for what stood before."""
    for support in one.supports:
        overtaken = any(
            other.decision == support.decision and support.decided_on <= other.decided_on <= since
            for other in one.supports[one.supports.index(support) + 1 :]
        )
        if not overtaken:
            what = "ändrades" if support.is_change else "beviljades"
            because = f"{support.legal_basis} {what} {day_text(support.decided_on)} (beslut {support.reference})."
            yield _duty(one.key, "support_notice", support.key, because, max(support.decided_on, since), by)


def _need(one: Concerned, by: Knowing) -> Iterator[Duty]:
    """Yield the duty to tell of a need, once, for who gets so much from the municipality that the state may owe it.

    What the law weighs is the basic needs; the decision tells only all the hours. So it is somebody's to judge, and
    the duty can be answered with why it does not apply.
    """
    if by.threshold_minutes_per_week is None:
        return
    for support in one.supports:
        minutes = support.minutes_per_week
        if PERSONAL_ASSISTANCE in support.legal_basis and minutes and minutes > by.threshold_minutes_per_week:
            because = (
                f"Kommunen har beviljat {minutes // MINUTES_PER_HOUR} timmar assistans i veckan (beslut "
                f"{support.reference}). Är mer än {by.threshold_minutes_per_week // MINUTES_PER_HOUR} av dem "
                "grundläggande behov ska Försäkringskassan få veta det."
            )
            yield _duty(one.key, "need_notice", one.key, because, support.decided_on, by)
            return


def _duty(
    concerned: str,
    code: str,
    about: str,
    because: str,
    event_on: date,
    by: Knowing,
    *,
    due_on: date | None = None,
    is_done: bool = False,
) -> Duty:
    rule = by.terms.deadline(code)
    last = due_on or by.terms.due_after(code, event_on, by.holidays)
    return Duty(
        key=f"{code}:{about}",
        code=code,
        label=rule.label,
        form=by.terms.number_of(rule.form, event_on),
        concerned=concerned,
        because=because,
        due_on=last,
        warn_on=warning_day(last, by.holidays),
        cites=rule.cites,
        is_done=is_done,
    )


def all_duties(concerned: tuple[Concerned, ...], by: Knowing) -> tuple[Duty, ...]:
    """Return the duties about several recipients, those with the earliest last day first."""
    found = chain.from_iterable(duties(one, by) for one in concerned)
    return tuple(sorted(found, key=lambda duty: (duty.due_on, duty.key)))

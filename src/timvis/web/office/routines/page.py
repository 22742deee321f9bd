"""What a routine's page shows: what the routine says, step by step, and how its proof went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from timvis.core.routine.check import check
from timvis.core.routine.due_days import StepDue, due_days
from timvis.core.routine.interpreter import separations_of
from timvis.core.routine.records import Problem, Requirement, Routine, Step
from timvis.core.routine.words import ACTS, CHECKS, FIELDS, NEEDED, ON_FINDING, in_words
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.routine.draw import NOBODY, draw
from timvis.web.shared.context import ROLE_WORDS

HAS_ITS_PLACE = frozenset(
    {
        *("slug", "municipality", "name", "source", "valid_from", "adopted_by", "adopted_on", "answered_by"),
        *("steps", "separations", "evidence", "channels", "settings", "rate", "coding", "rules", "claim_kinds"),
        *("regime", "accepts_invoices", "open_questions", "review_every_months"),
    }
)
"""The fields that the page has a place of its own for; any other is told as it stands, so that none is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step as the page tells it."""

    step: Step
    role: str | Promise
    acts: str
    checks: tuple[str, ...]
    due: StepDue | None
    on_finding: str
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """What keeps a routine from being adopted, and how it would be done: a line per act of the counter-example."""

    problem: Problem
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePage:
    """A routine as its page tells it."""

    routine: Routine
    drawing: SafeString
    steps: tuple[StepRow, ...]
    problems: tuple[ProblemRow, ...]
    choices: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, tuple[Requirement, ...]], ...]
    questions: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_proved(self) -> bool:
        """Whether nothing keeps the routine from being adopted."""
        return not self.problems


def page_of(routine: Routine, today: date) -> RoutinePage:
    """Return what the page of a routine shows, with the days of the month that is now."""
    days = {one.step.name: one for one in due_days(routine, today.replace(day=1), holidays_around(today))}
    return RoutinePage(
        routine=routine,
        # Our own drawing: every text in it is escaped where it is drawn.
        drawing=mark_safe(draw(routine)),
        steps=tuple(_step(routine, step, days) for step in routine.steps),
        problems=tuple(problem_rows(routine)),
        choices=tuple(_choices(routine)),
        evidence=tuple(
            (NEEDED[needed], found)
            for needed in NEEDED
            if (found := tuple(one for one in routine.evidence if one.needed == needed))
        ),
        questions=tuple(_questions(routine)),
        others=tuple(_others(routine)),
    )


def problem_rows(routine: Routine) -> Iterator[ProblemRow]:
    """Yield everything that keeps a routine from being adopted."""
    for problem in check(routine):
        steps = problem.example.split(" → ")
        yield ProblemRow(problem=problem, passage=tuple(steps) if len(steps) > 1 else ())


def role_words(role: str | None) -> str | Promise:
    """Return what a role is called on a page."""
    return ROLE_WORDS.get(role, role) if role else NOBODY


def _step(routine: Routine, step: Step, days: Mapping[str, StepDue]) -> StepRow:
    return StepRow(
        step=step,
        role=role_words(step.role),
        acts=", ".join(ACTS.get(act, act) for act in step.acts),
        checks=tuple(CHECKS.get(one, one) for one in step.checks),
        due=days.get(step.name),
        on_finding=ON_FINDING.get(step.on_finding, step.on_finding) if step.on_finding else "",
        apart=tuple(dict.fromkeys(separation.text for act in step.acts for separation in separations_of(routine, act))),
    )


def _choices(routine: Routine) -> Iterator[tuple[str, str]]:
    """Yield what the routine chooses besides its steps, each with its name."""
    for field in ("claim_kinds", "regime", "accepts_invoices", "rate"):
        yield FIELDS[field], in_words(getattr(routine, field))
    for name, value in routine.settings:
        yield FIELDS.get(name, name), in_words(value, name)
    yield FIELDS["chart"], routine.coding.chart
    for part, value in routine.coding.parts:
        yield f"{FIELDS['parts']}, {part}", value
    if routine.review_every_months:
        yield FIELDS["review_every_months"], str(routine.review_every_months)


def _questions(routine: Routine) -> Iterator[str]:
    yield from routine.open_questions
    yield from (one.open_question for one in routine.channels if one.open_question)
    yield from (f"{step.label}: {step.open_question}" for step in routine.steps if step.open_question)


def _others(routine: Routine) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the format has got since this page was written, so that nothing of a routine is hidden."""
    for field in fields(routine):
        value = getattr(routine, field.name)
        if field.name in HAS_ITS_PLACE or value in (None, (), frozenset()):
            continue
        told = tuple(in_words(one) for one in value) if isinstance(value, tuple) else (in_words(value, field.name),)
        yield FIELDS.get(field.name, field.name), told

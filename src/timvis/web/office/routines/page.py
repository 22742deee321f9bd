"""What a routine's page shows: what the routine says, step by step, and how its proof went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from timvis.core.routine.check import CounterExample, Proof, Verdict, prove
from timvis.core.routine.due_days import StepDue, due_days
from timvis.core.routine.passages import Move
from timvis.core.routine.records import Deadline, LetterSent, Problem, Requirement, Routine, Step
from timvis.core.routine.telling import called, first_sentence, in_words, titled
from timvis.core.routine.words import ACTS, CHECKS, NEEDED, ON_FINDING
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.routine.draw import NOBODY, draw
from timvis.formats.routine.shelf import packaged_shelf
from timvis.web.shared.context import ROLE_WORDS

HAS_ITS_PLACE = frozenset(
    {
        *("slug", "municipality", "name", "source", "valid_from", "adopted_by", "adopted_on", "answered_by"),
        *("steps", "separations", "evidence", "channels", "settings", "rate", "coding", "rules", "claim_kinds"),
        *("regime", "accepts_invoices", "open_questions", "review_every_months", "attest_by", "deadlines", "letters"),
    }
)
"""The fields that the page has a place of its own for; any other is told as it stands, so that none is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A last day as the page tells it: what it is for, the day this month, and the rule without its definitions."""

    label: str
    role: str | Promise
    on: date | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step as the page tells it."""

    step: Step
    role: str | Promise
    acts: str
    checks: tuple[str, ...]
    due: DueRow | None
    deadlines: tuple[DueRow, ...]
    letters: tuple[LetterSent, ...]
    on_finding: str
    when_disqualified: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """What keeps a routine from being adopted, and how it would be done: a line per act of the counter-example."""

    problem: Problem
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPage:
    """How the proof of a routine went: what stands in the way, or how few persons it takes and who does what."""

    problems: tuple[ProblemRow, ...]
    proof: Proof | None
    passage: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        """Whether nothing keeps the routine from being adopted."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePage:
    """A routine as its page tells it."""

    routine: Routine
    drawing: SafeString
    steps: tuple[StepRow, ...]
    beside: tuple[DueRow, ...]
    definitions: tuple[str, ...]
    proved: ProofPage
    choices: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, tuple[tuple[Requirement, str], ...]], ...]
    questions: tuple[str, ...]
    coding: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]


def page_of(routine: Routine, today: date) -> RoutinePage:
    """Return what the page of a routine shows, with the days of the month that is now."""
    days = due_days(routine, today.replace(day=1), holidays_around(today))
    of_steps = {step.name for step in routine.steps}
    return RoutinePage(
        routine=routine,
        # Our own drawing: every text in it is escaped where it is drawn.
        drawing=mark_safe(draw(routine)),
        steps=tuple(_step(routine, step, days) for step in routine.steps),
        beside=tuple(_due(one) for one in days if isinstance(one.step, Deadline) and one.step.step not in of_steps),
        definitions=tuple(dict.fromkeys(rest for one in days if (rest := first_sentence(one.rule)[1]))),
        proved=proof_of(routine),
        choices=tuple(_choices(routine)),
        evidence=tuple(
            (NEEDED[needed], found)
            for needed in NEEDED
            if (found := tuple((one, _whose(one)) for one in routine.evidence if one.needed == needed))
        ),
        questions=tuple(_questions(routine)),
        coding=tuple(_coding(routine)),
        others=tuple(_others(routine)),
    )


def proof_of(routine: Routine) -> ProofPage:
    """Return how the proof of a routine goes now."""
    verdict: Verdict = prove(routine, packaged_shelf())
    proof = verdict.proof if not verdict.problems else None
    return ProofPage(
        problems=tuple(
            ProblemRow(
                problem=problem,
                passage=_moves(routine, problem.passage) if isinstance(problem, CounterExample) else (),
            )
            for problem in verdict.problems
        ),
        proof=proof,
        passage=_moves(routine, proof.passage) if proof else (),
    )


def _moves(routine: Routine, passage: Sequence[Move]) -> tuple[str, ...]:
    """Return a passage in words, what one person does in a step on one line."""
    told: list[str] = []
    for (person, name), moves in groupby(passage, key=lambda move: (move.person, move.step)):
        step = routine.step(name)
        acts = ", ".join(str(ACTS.get(move.act, move.act)) for move in moves)
        told.append(f"{person} {acts}: {step.label if step else name}")
    return tuple(told)


def role_words(role: str | None) -> str | Promise:
    """Return what a role is called on a page."""
    return ROLE_WORDS.get(role, role) if role else NOBODY


def _step(routine: Routine, step: Step, days: Sequence[StepDue]) -> StepRow:
    return StepRow(
        step=step,
        role=role_words(step.role),
        acts=", ".join(ACTS.get(act, act) for act in step.acts),
        checks=tuple(CHECKS.get(one, one) for one in step.checks),
        due=next((_due(one) for one in days if one.step is step), None),
        deadlines=tuple(_due(one) for one in days if isinstance(one.step, Deadline) and one.step.step == step.name),
        letters=tuple(letter for letter in routine.letters if letter.at == step.name),
        on_finding=ON_FINDING.get(step.on_finding, step.on_finding) if step.on_finding else "",
        when_disqualified=role_words(step.when_disqualified) if step.when_disqualified else "",
    )


def _due(one: StepDue) -> DueRow:
    return DueRow(
        label=one.step.label,
        role=role_words(one.step.role) if one.step.role else "",
        on=one.due.on if one.due else None,
        rule=first_sentence(one.rule)[0],
    )


def _choices(routine: Routine) -> Iterator[tuple[str, str]]:
    """Yield what the routine chooses besides its steps, each with its name."""
    for field in ("claim_kinds", "regime", "accepts_invoices", "rate", "attest_by"):
        yield called(field), in_words(getattr(routine, field))
    for name, value in routine.settings:
        yield called(name), in_words(value, name)
    if routine.review_every_months:
        yield called("review_every_months"), str(routine.review_every_months)


def _whose(one: Requirement) -> str:
    """Return which providers, and for which claims, a document is asked of."""
    return ", ".join(in_words(kinds) for kinds in (one.provider_kinds, one.claim_kinds) if kinds)


def _coding(routine: Routine) -> Iterator[str]:
    yield f"{called('chart').capitalize()}: {routine.coding.chart}"
    yield from (f"{part}: {value}" for part, value in routine.coding.parts)
    yield from (in_words(rule) for rule in routine.coding.rules)
    yield from (f"{called('required').capitalize()}: {in_words(one)}" for one in routine.coding.required)


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
        several = value if isinstance(value, tuple) else (value,)
        told = tuple(titled(one) if is_dataclass(one) else in_words(one, field.name) for one in several)
        yield called(field.name), told

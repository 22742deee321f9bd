"""Every way to spoil a routine that holds is caught with an example, or a second opinion says that it still holds."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from tests.core.routine_oracle import faults_of, persons_for
from tests.core.routine_replay import replays
from tests.core.routines import a_routine
from timvis.core.routine.check import CounterExample, prove
from timvis.core.routine.records import SIGNATURES, Act, Routine, Step
from timvis.formats.routine.read import read

ROOT = Path(__file__).parents[2]
FOLLOWED = {"one_person_can_do_all", "same_person_decides_and_releases", "separation_is_not_held", "dead_end"}
"""Problems that show when claims are followed through the routine; the rest show when it is read."""


@cache
def at_hand() -> dict[str, Routine]:
    """Every routine there is: in tests, in the examples, in the package."""
    found = [a_routine()]
    places = (*ROOT.glob("examples/**/*.toml"), *ROOT.glob("src/timvis/data/routines/*/*.toml"))
    for path in sorted(places):
        content = path.read_bytes()
        if b"[[step]]" in content:
            routine = read(content, source=path.name)
            assert isinstance(routine, Routine), path
            found.append(replace(routine, slug=str(path.relative_to(ROOT).with_suffix(""))))
    return {routine.slug: answered(routine) for routine in found}


def answered(routine: Routine) -> Routine:
    """A routine with its open questions answered, so that it can be judged."""
    steps = tuple(replace(step, role=step.role or "answered", open_question=None) for step in routine.steps)
    channels = tuple(replace(channel, open_question=None) for channel in routine.channels)
    separations = routine.separations
    return replace(routine, steps=steps, channels=channels, separations=separations, open_questions=())


def mutants(routine: Routine) -> Iterator[tuple[str, Routine]]:
    """Yield a routine spoiled in one place, in every way we know, and what was done to it."""
    yield from _other_separations(routine)
    yield from _other_order(routine)
    yield from _other_acts(routine)


def _other_separations(routine: Routine) -> Iterator[tuple[str, Routine]]:
    kept = routine.separations
    for number, one in enumerate(kept):
        yield f"{one.code} dropped", replace(routine, separations=(*kept[:number], *kept[number + 1 :]))
        for act in one.acts:
            fewer = replace(one, acts=tuple(other for other in one.acts if other is not act))
            changed = (*kept[:number], fewer, *kept[number + 1 :])
            yield f"{act} taken out of {one.code}", replace(routine, separations=changed)
        for act in {act for step in routine.steps for act in step.acts} - set(one.acts):
            more = replace(one, acts=(*one.acts, act))
            changed = (*kept[:number], more, *kept[number + 1 :])
            yield f"{act} put into {one.code}", replace(routine, separations=changed)
    yield "no separation left", replace(routine, separations=())


def _other_order(routine: Routine) -> Iterator[tuple[str, Routine]]:
    steps = routine.steps
    for one, other in combinations(range(len(steps)), 2):
        swapped = list(steps)
        swapped[one], swapped[other] = steps[other], steps[one]
        yield f"{steps[one].name} and {steps[other].name} swapped", replace(routine, steps=tuple(swapped))
        roles = list(steps)
        roles[one] = replace(steps[one], role=steps[other].role)
        roles[other] = replace(steps[other], role=steps[one].role)
        yield f"roles of {steps[one].name} and {steps[other].name} swapped", replace(routine, steps=tuple(roles))
        merged = list(steps)
        merged[one] = replace(steps[one], acts=(*steps[one].acts, *steps[other].acts))
        del merged[other]
        yield f"{steps[one].name} and {steps[other].name} merged", replace(routine, steps=tuple(merged))


def _other_acts(routine: Routine) -> Iterator[tuple[str, Routine]]:
    steps = routine.steps
    for number, step in enumerate(steps):
        for act in step.acts:
            left = tuple(other for other in step.acts if other is not act)
            kept = (replace(step, acts=left),) if left else ()
            yield f"{act} removed", replace(routine, steps=(*steps[:number], *kept, *steps[number + 1 :]))
            for new in (Act.AUTHORIZATION_ATTEST, Act.DECIDE, Act.PAYMENT_RELEASE):
                renamed = replace(step, acts=tuple(new if other is act else other for other in step.acts))
                changed = (*steps[:number], renamed, *steps[number + 1 :])
                yield f"{act} renamed {new}", replace(routine, steps=changed)
        for act in (Act.HAND_IN, Act.DECISION_ATTEST, Act.PAYMENT_RELEASE):
            twice = (*steps[:number], replace(step, acts=(*step.acts, act)), *steps[number + 1 :])
            yield f"{act} also in {step.name}", replace(routine, steps=twice)
        yield f"{step.name} twice", replace(routine, steps=(*steps, Step(**_fields(step))))


def _fields(step: Step) -> dict[str, object]:
    return {name: getattr(step, name) for name in step.__dataclass_fields__}


@pytest.mark.parametrize("slug", at_hand())
def test_every_routine_at_hand_is_proved_once_its_questions_are_answered(slug: str) -> None:
    verdict = prove(at_hand()[slug])

    assert verdict.problems == ()
    assert faults_of(at_hand()[slug]) == set()
    assert verdict.proof is not None
    assert (verdict.proof.persons_needed, verdict.proof.fewest_persons) == persons_for(at_hand()[slug])


@pytest.mark.parametrize("slug", at_hand())
def test_a_spoiled_routine_is_caught_with_an_example_or_still_holds(slug: str) -> None:
    for what, mutant in mutants(at_hand()[slug]):
        verdict = prove(mutant)

        codes = {problem.code for problem in verdict.problems}
        judged = codes & FOLLOWED if codes <= FOLLOWED else {"misread"}
        assert judged == faults_of(mutant), what
        assert all(problem.message and problem.example for problem in verdict.problems), what
        for problem in verdict.problems:
            if problem.code in FOLLOWED:
                assert isinstance(problem, CounterExample), what
                assert replays(mutant, problem), what
        assert (verdict.proof is None) is bool(codes), what


@pytest.mark.parametrize("slug", at_hand())
def test_without_a_release_a_decision_attest_or_an_archive_nothing_is_paid(slug: str) -> None:
    routine = at_hand()[slug]
    for what, mutant in _other_acts(routine):
        if what in {f"{act} removed" for act in (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE)}:
            assert prove(mutant).problems, what


def test_the_mutations_reach_every_kind_of_flaw() -> None:
    """If no mutant were ever broken by persons, the comparison above would say nothing."""
    seen = {
        problem.code
        for slug in ("ekstad/assistance", "examples/vasteras/assistance")
        for _what, mutant in mutants(at_hand()[slug])
        for problem in prove(mutant).problems
    }

    assert seen >= FOLLOWED
    assert SIGNATURES

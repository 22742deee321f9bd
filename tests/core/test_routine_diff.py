"""What differs between two routines is told change by change; a field that nobody thought of is told too."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.routines import DECISION, HAND_IN, OWN_WORK, PAYMENT, RELEASE, REVIEW, TWO_HANDS, a_routine
from timvis.core.access import Role
from timvis.core.calendar.deadlines import WorkingDayOfMonth
from timvis.core.calendar.working_days import Definition
from timvis.core.review.rule import Severity
from timvis.core.routine.diff import Change, What, _differences, _Place, diff
from timvis.core.routine.records import Act, Routine, RuleChoice
from timvis.core.routine.telling import is_pair
from timvis.core.routine.words import FIELDS, WORDS
from timvis.formats.routine.packaged import packaged_routines

FIFTH = WorkingDayOfMonth(n=5, months_after=1, definition=Definition.MONDAY_TO_FRIDAY)
WHOLE = replace(
    a_routine(steps=(replace(HAND_IN, due=FIFTH), REVIEW, DECISION, RELEASE, PAYMENT)),
    rules=(RuleChoice(code="assistant_was_under_18", severity=Severity.ASKS),),
    adopted_by="Nämnden",
    adopted_on=date(2020, 1, 1),
    answered_by="Timvis",
    open_questions=("Vem?",),
)
"""A routine in which nothing is left out."""


def the_one(before: Routine, after: Routine) -> Change:
    (change,) = diff(before, after)
    return change


def mutated(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a value with one thing in it changed, with the fields that lead there."""
    match value:
        case bool():
            yield (), not value
        case StrEnum():
            yield (), next(one for one in type(value) if one is not value)
        case str():
            yield (), value + " till"
        case int():
            yield (), value + 1
        case date():
            yield (), value + timedelta(days=1)
        case frozenset():
            yield (), frozenset()
        case tuple() if is_pair(value):
            for path, other in mutated(value[1]):
                yield path, (value[0], other)
        case tuple():
            yield (), ()
            yield (), (*value, *value)
            yield from (((), value[::-1]) for _ in [0] if value[::-1] != value)
            for nth, one in enumerate(value):
                for path, other in mutated(one):
                    yield path, (*value[:nth], other, *value[nth + 1 :])
        case _ if is_dataclass(value):
            for field in fields(value):
                inner = getattr(value, field.name)
                if inner is None and isinstance(getattr(type(value), "text", None), property):
                    continue  # a rule's empty places are numbers, not texts
                for path, other in mutated(inner):
                    yield (field.name, *path), replace(value, **{field.name: other})  # type: ignore[type-var]
        case None:
            yield (), "något"


MUTATED = list(mutated(WHOLE))


def test_a_routine_does_not_differ_from_itself() -> None:
    assert diff(WHOLE, WHOLE) == ()


@pytest.mark.parametrize("nth", range(len(MUTATED)), ids=["/".join(path) for path, _ in MUTATED])
def test_whatever_is_changed_is_told_both_ways_and_by_its_place(nth: int) -> None:
    path, other = MUTATED[nth]
    if other == WHOLE:
        return
    for changes in (diff(WHOLE, other), diff(other, WHOLE)):
        assert changes
        assert all(change.sentence.endswith(".") and change.sentence[0].isupper() for change in changes)
        assert {change.where.split(".")[0] for change in changes} == {path[0]}


@given(st.lists(st.sampled_from(MUTATED), max_size=4), st.lists(st.sampled_from(MUTATED), max_size=4))
def test_two_routines_differ_exactly_when_something_is_told(
    one: list[tuple[tuple[str, ...], Routine]], two: list[tuple[tuple[str, ...], Routine]]
) -> None:
    before, after = _with(one), _with(two)

    assert bool(diff(before, after)) == (before != after)


def _with(changes: list[tuple[tuple[str, ...], Routine]]) -> Routine:
    made = WHOLE
    for path, other in changes:
        made = replace(made, **{path[0]: getattr(other, path[0])})
    return made


@pytest.mark.parametrize("routine", packaged_routines(), ids=lambda one: one.slug)
def test_whatever_is_changed_in_a_shipped_routine_is_told(routine: Routine) -> None:
    silent = [path for path, other in mutated(routine) if other != routine and not diff(routine, other)]

    assert silent == []
    assert diff(routine, routine) == ()


# --- how a change reads -------------------------------------------------------------------------------------


def test_another_role_is_told_with_both() -> None:
    budget_owner = replace(DECISION, role=Role.BUDGET_OWNER)
    change = the_one(a_routine(), a_routine(steps=(HAND_IN, REVIEW, budget_owner, RELEASE, PAYMENT)))

    assert change == Change(
        what=What.CHANGED,
        where="steps.decision.role",
        about="Steget ”Beslutsattest”: vem som gör det",
        before="socialchef",
        after="budgetansvarig",
        sentence="Steget ”Beslutsattest”: vem som gör det ändras från ”socialchef” till ”budgetansvarig”.",
    )


def test_a_new_step_is_told_with_what_it_holds() -> None:
    receipt = replace(RELEASE, name="receipt", label="Mottagningsattest", acts=(Act.RECEIPT_ATTEST,))
    change = the_one(a_routine(), a_routine(steps=(HAND_IN, REVIEW, receipt, DECISION, RELEASE, PAYMENT)))

    assert (change.what, change.where, change.before) == (What.ADDED, "steps.receipt", None)
    assert "steget ”Mottagningsattest”" in change.sentence
    assert "mottagningsattesterar" in change.sentence
    assert "ekonomiassistent" in change.sentence


def test_a_separation_taken_away_is_told() -> None:
    change = the_one(a_routine(), a_routine(separations=(TWO_HANDS,)))

    assert (change.what, change.where, change.after) == (What.REMOVED, "separations.own_work", None)
    assert change.sentence == (
        "Tas bort: skiljelinjen ”Ingen beslutar om sin egen beräkning” (det som görs: beräknar, beslutsattesterar)."
    )


def test_one_step_that_goes_first_is_one_move() -> None:
    moved = diff(a_routine(), a_routine(steps=(RELEASE, HAND_IN, REVIEW, DECISION, PAYMENT)))

    assert [(change.what, change.where, change.before, change.after) for change in moved] == [
        (What.MOVED, "steps.release", "plats 4", "plats 1")
    ]
    assert moved[0].sentence == "Flyttas: steget ”Frisläppande” går från plats 4 till plats 1."


def test_a_day_that_is_set_is_told_as_people_say_it() -> None:
    change = the_one(a_routine(), a_routine(steps=(replace(HAND_IN, due=FIFTH), REVIEW, DECISION, RELEASE, PAYMENT)))

    assert (change.where, change.before) == ("steps.hand_in.due", None)
    assert "den 5:e vardagen i månaden efter" in change.sentence


def test_a_choice_of_the_calculation_is_told_in_words() -> None:
    change = the_one(a_routine(), replace(a_routine(), settings=(("granted_window", "week"),)))

    assert change.where == "settings.granted_window"
    assert change.sentence == ("Rutinen: inom vilken tid beviljade timmar används ändras från ”månad” till ”vecka”.")


def test_both_separations_in_another_order_are_one_move() -> None:
    assert [one.what for one in diff(a_routine(), a_routine(separations=(OWN_WORK, TWO_HANDS)))] == [What.MOVED]


# --- what the format has not got yet ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    to: str
    text: str
    limit_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    letters: tuple[Letter, ...]
    limits: tuple[tuple[str, int], ...]


def test_a_field_that_is_new_in_the_format_is_compared_from_its_first_day() -> None:
    letter = Letter(to="provider", text="Din faktura kan inte betalas.", limit_ore=500_00)
    before = Newer(letters=(letter,), limits=(("section_head_ore", 100_000_00),))
    after = Newer(letters=(replace(letter, limit_ore=700_00),), limits=(("section_head_ore", 200_000_00),))

    told = [(change.where, change.before, change.after) for change in _differences(before, after, _Place())]

    assert told == [
        ("letters.provider.limit_ore", "500,00\N{NO-BREAK SPACE}kr", "700,00\N{NO-BREAK SPACE}kr"),
        (
            "limits.section_head_ore",
            "100\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr",
            "200\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr",
        ),
    ]


def records_in(kind: Any) -> Iterator[type]:
    """Yield the records and closed lists that a type is made of."""
    if get_origin(kind) is not None or get_args(kind):
        for inner in get_args(kind):
            yield from records_in(inner)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield kind
    elif is_dataclass(kind) and isinstance(kind, type) and not isinstance(getattr(kind, "text", None), property):
        yield kind
        for inner in get_type_hints(kind).values():
            yield from records_in(inner)


def test_everything_a_routine_can_say_has_a_swedish_word() -> None:
    kinds = set(records_in(Routine))

    without = [f"{kind.__name__}.{field.name}" for kind in kinds if is_dataclass(kind) for field in fields(kind)]
    assert [one for one in without if one.rpartition(".")[2] not in FIELDS] == []
    lists = {kind for kind in kinds if issubclass(kind, StrEnum)} | {Role}
    assert [f"{kind.__name__}.{word}" for kind in lists for word in kind if word not in WORDS.get(kind, {})] == []

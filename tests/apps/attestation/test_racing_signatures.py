"""Two signatures at once: whatever the order of their steps, what is left is what two in a row would have left.

The first tests try every interleaving of two signings on a store that keeps what the database keeps: a guarded move
of the claim that holds its row until the end, one signature per step, one part per person and separation. The judge
is the real one. Then the real act on real rows, with the other signature put in where it hurts; then threads.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import pytest
from django.db import connection

from tests.apps.attest_lists import erik
from tests.apps.signed_months import LATER, ROUTINE, a_calculated_claim, calculate, claim, law, sign
from tests.cast import Cast, ok, on_stage, with_role
from tests.core.routines import a_routine
from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.attestation import actions
from timvis.apps.attestation.models import SeparationRow, SignedAct
from timvis.apps.attestation.queries import to_sign
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.routine.interpreter import Done, SigningFacts, may_sign, separations_of
from timvis.core.routine.records import Act, Separation, Step

# --- every interleaving, on a store of our own -------------------------------------------------------------------

STEPS = (
    Step(name="review", label="", role="r", acts=(Act.REVIEW_ATTEST,)),
    Step(name="decision", label="", role="r", acts=(Act.DECISION_ATTEST,)),
    Step(name="release", label="", role="r", acts=(Act.PAYMENT_RELEASE,)),
)
MODEL = a_routine(
    steps=STEPS,
    separations=(
        Separation(code="all_different", acts=tuple(act for step in STEPS for act in step.acts), text="Tre personer."),
        Separation(code="own_work", acts=(Act.CALCULATE, Act.DECISION_ATTEST), text="Inte sin egen."),
    ),
)
ANNA, BO, CIA = 1, 2, 3
PHASES = 8
"""What a signing does, one after the other: reads claim, signatures and facts, judges, moves, writes twice, ends."""


@dataclass
class Store:
    """What the database keeps of one claim, with the row lock of the one who moved it."""

    version: int = 1
    held_by: int = 0
    signed: list[Done] = field(default_factory=list)
    parts: set[tuple[str, int]] = field(default_factory=set)


Signing = Iterator[None]


def a_signing(store: Store, me: int, act: Act, person_id: int, told: dict[int, Refusal | None]) -> Signing:
    """Sign as the act does, stopping after each phase; what came of it is left in `told`."""
    version = store.version
    yield
    signed = tuple(store.signed)
    yield
    facts = SigningFacts(current_digest="d", shown_digest="d", done=(Done(act=Act.CALCULATE, person_id=BO),))
    yield
    step = MODEL.signed_by(act)
    assert step is not None
    refusal = may_sign(MODEL, step, person_id=person_id, roles={"r"}, signed=signed, facts=facts)
    if refusal:
        told[me] = refusal
        return
    yield
    while store.held_by:  # the row is locked: this UPDATE waits until the other transaction has ended
        yield
    if store.version != version:
        told[me] = Refusal.SOMEONE_ELSE_WAS_FIRST
        return
    store.held_by = me
    yield
    if act in {one.act for one in store.signed}:
        store.held_by, told[me] = 0, Refusal.SAME_PERSON_ALREADY_SIGNED
        return
    yield
    parts = {(separation.code, person_id) for separation in separations_of(MODEL, act)}
    if parts & store.parts:
        store.held_by, told[me] = 0, Refusal.SAME_PERSON_ALREADY_SIGNED
        return
    yield
    # The end of the transaction: everything of it is seen at once.
    store.version, store.held_by = version + 1, 0
    store.signed.append(Done(act=act, person_id=person_id))
    store.parts |= parts
    told[me] = None


def interleavings() -> Iterator[tuple[int, ...]]:
    """Yield every order in which the phases of two signings can come: 12 870."""
    for firsts in combinations(range(2 * PHASES), PHASES):
        chosen = set(firsts)
        yield tuple(1 if place in chosen else 2 for place in range(2 * PHASES))


def played(order: tuple[int, ...], store: Store, first: tuple[Act, int], second: tuple[Act, int]) -> Any:
    """Return the store and what each was told, after two signings in one order of their phases."""
    told: dict[int, Refusal | None] = {}
    runs = {1: a_signing(store, 1, *first, told), 2: a_signing(store, 2, *second, told)}
    for who in order:
        next(runs[who], None)
    for _ in range(2 * PHASES):  # whoever waited for a lock goes on to the end
        for run in runs.values():
            next(run, None)
    assert set(told) == {1, 2}
    return store, told


PAIRS = [
    ("the same person twice", (Act.REVIEW_ATTEST, ANNA), (Act.REVIEW_ATTEST, ANNA), ()),
    ("two persons, one step", (Act.REVIEW_ATTEST, ANNA), (Act.REVIEW_ATTEST, CIA), ()),
    ("one person, two steps", (Act.REVIEW_ATTEST, ANNA), (Act.DECISION_ATTEST, ANNA), ()),
    ("two persons, two steps", (Act.REVIEW_ATTEST, ANNA), (Act.DECISION_ATTEST, CIA), ()),
    ("who calculated decides", (Act.REVIEW_ATTEST, ANNA), (Act.DECISION_ATTEST, BO), ()),
    ("both sides of the last two", (Act.DECISION_ATTEST, CIA), (Act.PAYMENT_RELEASE, CIA), (Act.REVIEW_ATTEST,)),
    ("decides and releases apart", (Act.DECISION_ATTEST, CIA), (Act.PAYMENT_RELEASE, BO), (Act.REVIEW_ATTEST,)),
]


@pytest.mark.parametrize(("first", "second", "before"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_whatever_the_interleaving_only_lawful_outcomes_are_left(
    first: tuple[Act, int], second: tuple[Act, int], before: tuple[Act, ...]
) -> None:
    def a_store() -> Store:
        signed = [Done(act=act, person_id=ANNA) for act in before]
        return Store(signed=signed, parts={("all_different", ANNA)} if before else set())

    in_a_row = {
        tuple((one.act, one.person_id) for one in played(order, a_store(), first, second)[0].signed)
        for order in ((1,) * PHASES + (2,) * PHASES, (2,) * PHASES + (1,) * PHASES)
    }
    # The two may also both have read before either wrote: then the second is told that somebody was first.
    alone = {
        tuple((one.act, one.person_id) for one in [*a_store().signed, Done(act=a, person_id=p)])
        for a, p in (first, second)
    }
    count = 0
    for order in interleavings():
        store, told = played(order, a_store(), first, second)
        left = tuple((one.act, one.person_id) for one in store.signed)
        assert left in in_a_row | (alone & _lawful(alone)), (order, left)
        assert _is_lawful(left)
        assert sum(outcome is None for outcome in told.values()) == len(left) - len(before)
        count += 1
    assert count == 12_870


def _lawful(outcomes: set[tuple[tuple[Act, int], ...]]) -> set[tuple[tuple[Act, int], ...]]:
    return {one for one in outcomes if _is_lawful(one)}


def _is_lawful(left: tuple[tuple[Act, int], ...]) -> bool:
    """Whether signatures stand in the routine's order, each once, by different persons, and none decides her own."""
    acts, persons = [act for act, _ in left], [person for _, person in left]
    in_order = acts == [Act.REVIEW_ATTEST, Act.DECISION_ATTEST, Act.PAYMENT_RELEASE][: len(acts)]
    return in_order and len(set(persons)) == len(persons) and (Act.DECISION_ATTEST, BO) not in left


# --- the real act, with the other signature put in where it hurts ------------------------------------------------


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast)


def between(monkeypatch: pytest.MonkeyPatch, name: str, other: Callable[[], object]) -> list[object]:
    """Let the other signature happen just before a phase of the act, once; return what came of it."""
    real, came = getattr(actions, name), []

    def first_the_other(*args: Any, **options: Any) -> Any:
        if not came:
            came.append(None)
            came[0] = other()
        return real(*args, **options)

    monkeypatch.setattr(actions, name, first_the_other)
    return came


PLACES = ["newest_statement", "roles_on", "may_sign", "_write"]
"""Phases of the act, in their order: before it judges, after it has judged, before it writes."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["herself", "another"])
def test_a_step_is_signed_once_wherever_the_other_comes_in(
    cast: Cast, number: str, monkeypatch: pytest.MonkeyPatch, place: str, who: str
) -> None:
    colleague = with_role(erik(cast), Role.ADMINISTRATIVE_ASSISTANT)
    other = cast.greta if who == "herself" else colleague
    before_her = shown(number)
    came = between(monkeypatch, place, lambda: give(other, number, Act.REVIEW_ATTEST, before_her))

    mine = give(cast.greta, number, Act.REVIEW_ATTEST, before_her)

    outcomes = [came[0], mine]
    assert sum(isinstance(outcome, int) for outcome in outcomes) == 1, outcomes
    assert SignedAct.objects.filter(claim=claim(number)).count() == 1
    parts = SeparationRow.objects.filter(claim=claim(number), act="review_attest")
    assert parts.values("person").distinct().count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_one_person_in_two_windows_takes_one_of_two_steps(
    cast: Cast, number: str, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    with_role(cast.david, Role.FINANCE_ASSISTANT)
    both = replace(cast.david, roles=frozenset({*cast.david.roles, Role.FINANCE_ASSISTANT}))
    before_her = shown(number)
    came = between(monkeypatch, place, lambda: give(both, number, Act.DECISION_ATTEST, before_her))

    mine = give(both, number, Act.PAYMENT_RELEASE, before_her)

    assert isinstance(mine, Refusal), "the release was never hers to give after her own decision"
    assert all(isinstance(outcome, int) for outcome in came)
    persons = list(SignedAct.objects.filter(claim=claim(number)).values_list("person_id", flat=True))
    assert len(persons) == len(set(persons))


def shown(number: str) -> str:
    before_her = to_sign(claim(number), now=LATER)
    assert before_her is not None
    return before_her.shown.digest


def give(actor: Actor, number: str, act: Act, digest: str) -> int | Refusal:
    return sign_and_book(replace(actor, logged_in_at=LATER), number, act, shown_digest=digest, law=law(), now=LATER)


# --- threads -----------------------------------------------------------------------------------------------------

RACES = 12


@pytest.mark.django_db(transaction=True)
def test_of_two_who_really_sign_at_once_one_is_first() -> None:
    cast = on_stage()
    number = a_calculated_claim(cast, ROUTINE)
    colleague = with_role(erik(cast), Role.ADMINISTRATIVE_ASSISTANT)
    for race in range(RACES):
        before_her, start = shown(number), threading.Barrier(2)
        outcomes: list[int | Refusal] = []

        threads = [
            threading.Thread(target=_in_a_thread, args=(actor, number, before_her, start, outcomes))
            for actor in (cast.greta, colleague)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sum(isinstance(outcome, int) for outcome in outcomes) == 1, (race, outcomes)
        assert SignedAct.objects.filter(claim=claim(number), round=claim(number).round).count() == 1
        calculate(cast, number, now=LATER)  # a new round for the next race


def _in_a_thread(
    actor: Actor, number: str, digest: str, start: threading.Barrier, outcomes: list[int | Refusal]
) -> None:
    start.wait()
    outcomes.append(give(actor, number, Act.REVIEW_ATTEST, digest))
    connection.close()

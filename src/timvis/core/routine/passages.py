"""Every way in which some persons can carry a claim through a routine: its whole state space.

The persons hold every role and deputyship all the time, those that only an amount limit names too, so nobody can
do more than they, and a role that changes in the middle of a case changes nothing. Each signature is asked of the
interpreter, the same one that judges real signatures; whatever else the claim remembers is guarded by nobody, so
anybody may do it as soon as what it presupposes has been done. What the claim does not remember is done in its turn.

Persons differ only in the separations they have a part in. Two states that differ only in who is called what
are therefore one, and so is everything that has no bearing on a later signature. A way back (`on_finding`)
begins a new round, which remembers nothing of the one before: it leads to a state that is explored anyway, so
any number of returns is covered.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from string import ascii_uppercase

from timvis.core.routine.interpreter import (
    WAITED_FOR,
    Done,
    SigningFacts,
    is_fully_signed,
    may_sign,
    next_steps,
    roles_for,
)
from timvis.core.routine.needs import IN_AT_ALL, unmet
from timvis.core.routine.records import BEFORE_ATTEST, SIGNATURES, Act, OnFinding, Routine, Separation, Step

TWO_HANDS = Separation(
    code="decision_attest, payment_release",
    acts=(Act.DECISION_ATTEST, Act.PAYMENT_RELEASE),
    text="Den som beslutsattesterar släpper inte betalningen.",
)
"""What is watched in every routine, whether or not the routine itself keeps it apart."""

IN_THE_STATEMENT = frozenset(BEFORE_ATTEST) - WAITED_FOR
"""Acts that every statement comes of: where there is something to sign they have been done, whoever did them."""

MACHINE_ACTS = frozenset(
    {Act.ORDER, Act.RUN_PAYMENTS, Act.TAKE_BANK_ANSWER, Act.BOOK, Act.ARCHIVE},
)
"""Acts that Timvis does on the strength of the signatures, whoever presses the key."""

MACHINE = "Timvis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One act in a passage: who did it, in which step."""

    person: str
    step: str
    act: Act

    @property
    def text(self) -> str:
        """The move as it is told: `A: beslut (decision_attest)`."""
        return f"{self.person}: {self.step} ({self.act})"


@dataclass(frozen=True, slots=True)
class Part:
    """What one person does at one go: a step's signature, or what the step holds before or after it.

    `separations` are the places of those that the acts have a part in, among all that are watched.
    """

    step: Step
    acts: tuple[Act, ...]
    separations: frozenset[int] = frozenset()

    @property
    def is_signature(self) -> bool:
        """Whether the interpreter is asked about it."""
        return self.acts[0] in SIGNATURES

    @property
    def is_remembered(self) -> bool:
        """Whether the claim remembers who did it, though it is no signature."""
        return not self.is_signature and any(act in BEFORE_ATTEST for act in self.acts)

    @property
    def is_machine(self) -> bool:
        """Whether nobody in particular does it."""
        return not self.separations and all(act in MACHINE_ACTS for act in self.acts)


Taken = tuple[int | None, ...]
"""Which person has taken each part, None for nobody yet."""


@dataclass(slots=True)
class State:
    """Where a claim can stand: what is done and by whom, which separations are broken, and how it came there.

    `held` is each person's parts in separations that are not yet complete. `leads_to` are the places of the
    states after this one, `returns_to` those that a way back leads to.
    """

    taken: Taken
    held: tuple[frozenset[int], ...]
    broken: frozenset[int]
    came_from: int | None = None
    leads_to: list[int] = field(default_factory=list)
    returns_to: list[int] = field(default_factory=list)

    @property
    def is_end(self) -> bool:
        """Whether every step is done."""
        return None not in self.taken


@dataclass(frozen=True, slots=True)
class Space:
    """All the states that a number of persons can bring a claim to, the nearest first.

    `is_whole` is False when there were more than the bound allows. `is_settled` tells that one person more
    could do nothing new: wherever somebody had to act there was one without a part in anything.
    """

    plan: "Plan"
    persons: int
    states: list[State]
    is_whole: bool
    is_settled: bool

    def hopeless(self) -> tuple[int, ...]:
        """Return the places of the states from which no end can be reached, the nearest first."""
        before: dict[int, list[int]] = {}
        for place, state in enumerate(self.states):
            for after in (*state.leads_to, *state.returns_to):
                before.setdefault(after, []).append(place)
        hopeful = {place for place, state in enumerate(self.states) if state.is_end}
        waiting = deque(hopeful)
        while waiting:
            for place in before.get(waiting.popleft(), ()):
                if place not in hopeful:
                    hopeful.add(place)
                    waiting.append(place)
        return tuple(place for place in range(len(self.states)) if place not in hopeful)

    def passage(self, place: int) -> tuple[Move, ...]:
        """Return how a claim comes to a state: one of the shortest ways, act by act."""
        chain = [place]
        while (earlier := self.states[chain[-1]].came_from) is not None:
            chain.append(earlier)
        chain.reverse()
        moves: list[Move] = []
        for before, after in pairwise(chain):
            moves += self.plan.moves(self.states[before].taken, self.states[after].taken)
        return tuple(moves)


@dataclass(frozen=True, slots=True)
class Plan:
    """A routine laid out for exploring: its parts in order and the separations that are watched."""

    routine: Routine
    parts: tuple[Part, ...]
    watched: tuple[Separation, ...]
    origin: int

    @property
    def start(self) -> Taken:
        """Nothing is done."""
        return (None,) * len(self.parts)

    def moves(self, before: Taken, after: Taken) -> Iterator[Move]:
        """Yield the acts of the parts that are taken after but not before."""
        for part, was, person in zip(self.parts, before, after, strict=True):
            if was is None and person is not None:
                who = MACHINE if part.is_machine else name_of(person)
                yield from (Move(person=who, step=part.step.name, act=act) for act in part.acts)

    def is_signed(self, taken: Taken) -> bool:
        """Whether the routine has every signature it asks for."""
        return is_fully_signed(self.routine, [act for act, _person in self._acts(taken) if act in SIGNATURES])

    def is_lost(self, separation: int, taken: Taken) -> bool:
        """Whether no signature of a separation is left that could still object to it."""
        return not any(
            part.is_signature and separation in part.separations and person is None
            for part, person in zip(self.parts, taken, strict=True)
        )

    def open_parts(self, state: State) -> Iterator[tuple[int, Part]]:
        """Yield the parts that somebody could take now, as far as the order is concerned."""
        done = {act for act, _person in self._acts(state.taken)}
        waiting = [number for number, person in enumerate(state.taken) if person is None]
        turn = self.parts[waiting[0]]
        if not (turn.is_signature or turn.is_remembered or turn.separations):
            # It changes nobody's rights, so it makes no difference when it is done: in its turn, before anything else.
            yield waiting[0], turn
            return
        next_to_sign = next_steps(self.routine, done)
        statement_waits = False
        for number in waiting:
            part = self.parts[number]
            if part.is_signature:
                if not statement_waits and part.step in next_to_sign:
                    yield number, part
            elif part.is_remembered:
                if self._needs_are_met(part, done):
                    yield number, part
                statement_waits = statement_waits or any(act in IN_THE_STATEMENT for act in part.acts)
            elif number == waiting[0]:
                yield number, part

    def takers(self, state: State, number: int) -> Iterator[int]:
        """Yield the persons who may take a part now, one of each sort: persons with equal parts are alike."""
        part = self.parts[number]
        persons = self._by_preference(state, part)
        if not part.separations:
            # Whoever does it gets no part in anything: it is enough to try one.
            persons = persons[:1]
        facts = self._facts(state.taken) if part.is_signature else None
        signed = self._done(state.taken, SIGNATURES)
        tried: set[frozenset[int]] = set()
        for person in persons:
            if state.held[person] in tried:
                continue
            tried.add(state.held[person])
            if facts is not None and may_sign(
                self.routine,
                part.step,
                person_id=person,
                roles=roles_for(self.routine, part.step),
                signed=signed,
                facts=facts,
            ):
                continue
            yield person

    def after(self, state: State, number: int, person: int) -> State:
        """Return the state when a person has taken a part."""
        taken = (*state.taken[:number], person, *state.taken[number + 1 :])
        part = self.parts[number]
        broken = state.broken | (part.separations & state.held[person]) | _twice_within(part, self.watched)
        held = list(state.held)
        held[person] = held[person] | part.separations
        return State(taken=taken, held=self._still_held(taken, held), broken=broken)

    def back(self, state: State) -> State | None:
        """Return the state after the way back that the step at hand offers, None when it offers none."""
        turn = next(self.parts[number] for number, person in enumerate(state.taken) if person is None)
        if turn.step.on_finding is not OnFinding.RETURN_TO_PROVIDER:
            return None
        taken = (*state.taken[: self.origin], *self.start[self.origin :])
        again = State(taken=self.start, held=(frozenset(),) * len(state.held), broken=frozenset())
        for number, person in enumerate(taken):
            if person is not None:
                again = self.after(again, number, person)
        return again

    def _still_held(self, taken: Taken, held: list[frozenset[int]]) -> tuple[frozenset[int], ...]:
        """Return the parts that still bear on something: those in separations with an act left to do."""
        left = frozenset[int]().union(
            *(part.separations for part, person in zip(self.parts, taken, strict=True) if person is None)
        )
        return tuple(parts & left for parts in held)

    def _by_preference(self, state: State, part: Part) -> list[int]:
        """Return the persons, first who has done a step of this role, then who has done nothing: it reads best."""
        roles: dict[int, set[str | None]] = {person: set() for person in range(len(state.held))}
        for one, person in zip(self.parts, state.taken, strict=True):
            if person is not None and not one.is_machine:
                roles[person].add(one.step.role)
        return sorted(roles, key=lambda person: (part.step.role not in roles[person], bool(roles[person]), person))

    def _needs_are_met(self, part: Part, done: set[Act]) -> bool:
        sofar = set(done)
        for act in part.acts:
            if unmet(act, sofar):
                return False
            sofar.add(act)
        return True

    def _acts(self, taken: Taken) -> Iterator[tuple[Act, int]]:
        for part, person in zip(self.parts, taken, strict=True):
            if person is not None:
                for act in part.acts:
                    yield act, person

    def _done(self, taken: Taken, acts: frozenset[Act]) -> tuple[Done, ...]:
        return tuple(Done(act=act, person_id=person) for act, person in self._acts(taken) if act in acts)

    def _facts(self, taken: Taken) -> SigningFacts:
        """Return what a signature is judged on when nothing but the persons and the order can object."""
        return SigningFacts(current_digest="", shown_digest="", done=self._done(taken, frozenset(BEFORE_ATTEST)))


def plan_of(routine: Routine) -> Plan:
    """Return a routine laid out for exploring; a step that is nobody's yet is explored as if it were somebody's."""
    steps = tuple(replace(step, role=step.role or "") for step in routine.steps)
    routine = replace(routine, steps=steps)
    done = {act for step in steps for act in step.acts}
    watched = (*routine.separations, *((TWO_HANDS,) if done.issuperset(TWO_HANDS.acts) else ()))
    parts = tuple(
        Part(step, acts, frozenset(n for n, one in enumerate(watched) if any(act in one.acts for act in acts)))
        for step in steps
        for acts in _at_one_go(step)
    )
    first = (n for n, part in enumerate(parts) if any(act in IN_AT_ALL for act in part.acts))
    return Plan(routine, parts, watched, next(first, 0))


def explore(plan: Plan, persons: int, *, at_most: int) -> Space:
    """Return the states that so many persons can bring a claim to, breadth first, but no more than a bound."""
    start = State(taken=plan.start, held=(frozenset(),) * persons, broken=frozenset())
    states = [start]
    places = {_key(start): 0}
    is_settled = True
    for place, state in enumerate(states):  # grows while it is walked
        if state.is_end:
            continue
        for number, part in plan.open_parts(state):
            is_settled = is_settled and (not part.separations or frozenset() in state.held)
            for person in plan.takers(state, number):
                state.leads_to.append(_place(plan.after(state, number, person), place, states, places))
        if again := plan.back(state):
            state.returns_to.append(_place(again, place, states, places))
        if len(states) > at_most:
            return Space(plan, persons, states, is_whole=False, is_settled=False)
    return Space(plan, persons, states, is_whole=True, is_settled=is_settled)


def name_of(person: int) -> str:
    """Return what a person is called in a passage: A, B, …, Z, A2 …"""
    turn, letter = divmod(person, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn + 1) if turn else "")


def told(passage: tuple[Move, ...]) -> str:
    """Return a passage on one line."""
    return " → ".join(move.text for move in passage)


def _key(state: State) -> object:
    done = tuple(person is not None for person in state.taken)
    return done, state.broken, tuple(sorted(tuple(sorted(parts)) for parts in state.held))


def _place(state: State, came_from: int, states: list[State], places: dict[object, int]) -> int:
    """Return the place of a state, which is given one if it is new."""
    key = _key(state)
    if key not in places:
        state.came_from = came_from
        places[key] = len(states)
        states.append(state)
    return places[key]


def _at_one_go(step: Step) -> Iterator[tuple[Act, ...]]:
    """Yield a step's acts in the pieces that the system keeps together: a signature stands by itself."""
    gathered: list[Act] = []
    for act in step.acts:
        if act in SIGNATURES:
            if gathered:
                yield tuple(gathered)
            yield (act,)
            gathered = []
        else:
            gathered.append(act)
    if gathered:
        yield tuple(gathered)


def _twice_within(part: Part, watched: tuple[Separation, ...]) -> frozenset[int]:
    """Return the separations that a part breaks by itself, since one person does all its acts."""
    return frozenset(n for n in part.separations if sum(act in part.acts for act in watched[n].acts) > 1)

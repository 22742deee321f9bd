"""Proves that a routine carries every claim to its end and that nobody carries it there alone.

The worst cases are enough: persons who hold every role and deputyship. Their number is raised, from one, until
one person more could do nothing new; what then holds, holds for everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from timvis.core.routine.needs import misread, outcomes
from timvis.core.routine.notes import Conflict, Note, conflicts, notes
from timvis.core.routine.passages import MACHINE, TWO_HANDS, Move, Plan, Space, explore, plan_of, told
from timvis.core.routine.records import Outcome, Problem, Routine
from timvis.core.routine.shelf import Shelf, missing
from timvis.core.routine.substitute import desk_problems

AT_MOST_STATES = 20_000
"""How many states are explored before the proof is given up: far more than any routine that people keep to has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterExample(Problem):
    """A way to break a routine, act by act; nobody can break it in fewer acts with as few persons."""

    passage: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was explored and found.

    With `persons_needed` persons who hold every role the end is reached from wherever a claim stands, whoever
    has done what before. `fewest_persons` can reach it if they share the work well: `passage` shows how.
    """

    states: int
    persons_needed: int
    fewest_persons: int
    passage: tuple[Move, ...]
    notes: tuple[Note, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything that keeps a routine from being published, and the proof, None when it can be broken."""

    problems: tuple[Problem, ...]
    proof: Proof | None


NOTHING_TO_ASK = Shelf()


def check(routine: Routine, shelf: Shelf = NOTHING_TO_ASK) -> tuple[Problem, ...]:
    """Return everything that keeps a routine from being published; nothing means that it is proved."""
    return prove(routine, shelf).problems


def prove(routine: Routine, shelf: Shelf = NOTHING_TO_ASK, *, at_most: int = AT_MOST_STATES) -> Verdict:
    """Return the verdict on a routine: its problems, and the proof that there is no other.

    `shelf` is what the routine may lean on: holidays, charts, letters. `at_most` bounds the states explored;
    a routine that has more is not proved, and says so.
    """
    unanswered = tuple(_open_questions(routine))
    unread = tuple(misread(routine))
    lacking = (*missing(routine, shelf), *desk_problems(routine))
    if unread:
        return Verdict(problems=(*unanswered, *unread, *lacking), proof=None)
    found = _explored(plan_of(routine), at_most)
    broken = tuple(_broken(routine, found))
    problems = (*unanswered, *broken, *lacking)
    return Verdict(problems=problems, proof=None if broken else _proof(routine, found))


def _open_questions(routine: Routine) -> Iterator[Problem]:
    asked = [("rutinen", question) for question in routine.open_questions]
    asked += [(f"kanalen {one.text}", one.open_question) for one in routine.channels if one.open_question]
    asked += [(f"steget {step.name}", step.open_question) for step in routine.steps if step.open_question]
    for place, question in asked:
        yield Problem(
            code="open_question",
            message=f"Källan svarar inte på en fråga om {place}: {question} "
            "Svara i en kopia av rutinen innan den publiceras.",
            example=question,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explored:
    """What one, two, three … persons could do, until one more could do nothing new."""

    plan: Plan
    spaces: tuple[Space, ...]

    @property
    def states(self) -> int:
        return sum(len(space.states) for space in self.spaces)

    @property
    def is_whole(self) -> bool:
        return self.spaces[-1].is_settled

    def first_ends(self) -> tuple[Move, ...] | None:
        """Return a whole passage with as few persons as can be, None when there is none."""
        for space in self.spaces:
            for place, state in enumerate(space.states):
                if state.is_end:
                    return space.passage(place)
        return None

    def alone(self) -> tuple[Move, ...] | None:
        """Return how one person gives every signature by herself, None when she can't."""
        alone = self.spaces[0]
        place = next((n for n, state in enumerate(alone.states) if self.plan.is_signed(state.taken)), None)
        return None if place is None else alone.passage(place)

    def breaks(self, separation: int) -> tuple[Move, ...] | None:
        """Return how a separation comes to be broken for good, with as few persons as can be."""
        for space in self.spaces:
            for place, state in enumerate(space.states):
                if separation in state.broken and self.plan.is_lost(separation, state.taken):
                    return space.passage(place)
        return None

    @staticmethod
    def stuck(space: Space) -> tuple[Move, ...] | None:
        """Return how a claim comes to a place where nobody can go on, and no way back helps."""
        hopeless = space.hopeless()
        place = next((n for n in hopeless if not space.states[n].leads_to), None)
        return None if place is None else space.passage(place)


def _explored(plan: Plan, at_most: int) -> _Explored:
    spaces = [explore(plan, 1, at_most=at_most)]
    while spaces[-1].is_whole and not spaces[-1].is_settled:
        left = at_most - sum(len(space.states) for space in spaces)
        spaces.append(explore(plan, len(spaces) + 1, at_most=left))
    return _Explored(plan=plan, spaces=tuple(spaces))


def _broken(routine: Routine, found: _Explored) -> Iterator[Problem]:
    if not found.is_whole:
        yield Problem(
            code="too_many_states",
            message=f"Rutinen har fler lägen än de {found.states} som har prövats, så inget är bevisat om resten. "
            "Dela den i två rutiner eller låt färre skiljelinjer gå i varandra.",
            example=f"{len(routine.steps)} steg, {len(routine.separations)} skiljelinjer",
        )
    if Outcome.PAYMENT in outcomes(routine) and (alone := found.alone()):
        yield CounterExample(
            code="one_person_can_do_all",
            message="En person som har alla roller kan ensam föra ett ärende från registrering till "
            "betalning. Lägg till en [[separation]] som skiljer handlingarna åt.",
            example=told(alone),
            passage=alone,
        )
    yield from _separations_broken(found)
    if found.is_whole and (stuck := found.stuck(found.spaces[-1])):
        waiting = _waits(routine, stuck)
        yield CounterExample(
            code="dead_end",
            message=f"Ärendet kan fastna före steget {waiting}: därefter får ingen utföra det, hur många personer "
            "det än finns. Låt en [[separation]] inte räkna upp två handlingar som båda görs före attesten, eller "
            "ge steget en väg tillbaka (on_finding).",
            example=f"{told(stuck)} → ingen: {waiting}",
            passage=stuck,
        )


def _separations_broken(found: _Explored) -> Iterator[Problem]:
    for number, separation in enumerate(found.plan.watched):
        passage = found.breaks(number)
        if passage is None:
            continue
        if separation is TWO_HANDS:
            yield CounterExample(
                code="same_person_decides_and_releases",
                message="Samma person kan både beslutsattestera och släppa betalningen. "
                "Lägg till en [[separation]] med decision_attest och payment_release.",
                example=told(passage),
                passage=passage,
            )
        else:
            yield CounterExample(
                code="separation_is_not_held",
                message=f"Skiljelinjen {separation.code} hålls inte: samma person kan göra två av dess handlingar "
                f"({', '.join(separation.acts)}), och ingen attest i den kommer efteråt och säger ifrån. "
                "Lägg till en attest som görs sist, eller ta bort det som inte kan hållas isär.",
                example=told(passage),
                passage=passage,
            )


def _waits(routine: Routine, passage: tuple[Move, ...]) -> str:
    """Return the first step and act that a passage has not done."""
    done = {move.act for move in passage}
    return next(f"{step.name} ({act})" for step in routine.steps for act in step.acts if act not in done)


def _proof(routine: Routine, found: _Explored) -> Proof:
    passage = found.first_ends() or ()
    fewest = len({move.person for move in passage} - {MACHINE})
    lost = next((space for space in reversed(found.spaces) if space.hopeless()), None)
    stuck = found.stuck(lost) if lost and lost.persons >= fewest else None
    return Proof(
        states=found.states,
        persons_needed=lost.persons + 1 if lost else fewest,
        fewest_persons=fewest,
        passage=passage,
        notes=tuple(
            notes(
                routine,
                found.plan,
                alone=passage if fewest == 1 else None,
                stuck=(lost.persons, stuck) if lost and stuck else None,
            )
        ),
        conflicts=tuple(conflicts(routine)),
    )

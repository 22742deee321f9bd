"""Plays a counter-example through the interpreter that signs for real, and sees that it does what it says."""

from dataclasses import replace

from timvis.core.routine.check import CounterExample
from timvis.core.routine.interpreter import Done, SigningFacts, is_fully_signed, may_sign, roles_for
from timvis.core.routine.passages import MACHINE, Move
from timvis.core.routine.records import BEFORE_ATTEST, SIGNATURES, Act, Routine, Step

STRANGER = 10_000
"""A person who has done nothing: with her, nobody in the world is left who could go on."""

EVERY_ROLE_STANDS = "any"


class Desk:
    """A claim under a routine where everybody holds every role."""

    def __init__(self, routine: Routine) -> None:
        self.routine = replace(
            routine, steps=tuple(replace(step, role=step.role or EVERY_ROLE_STANDS) for step in routine.steps)
        )
        self.who: dict[Act, str] = {}
        self.ids: dict[str, int] = {}

    def may(self, person_id: int, step: Step) -> bool:
        """Return whether a person may sign a step now."""
        done = tuple(Done(act=act, person_id=self.ids[who]) for act, who in self.who.items())
        facts = SigningFacts(
            current_digest="d", shown_digest="d", done=tuple(one for one in done if one.act in BEFORE_ATTEST)
        )
        signed = [one for one in done if one.act in SIGNATURES]
        roles = roles_for(self.routine, step)
        return may_sign(self.routine, step, person_id=person_id, roles=roles, signed=signed, facts=facts) is None

    def play(self, passage: tuple[Move, ...]) -> None:
        """Do every move; each signature must be one that the interpreter lets through."""
        for move in passage:
            step = self.routine.step(move.step)
            assert step is not None
            assert move.act in step.acts
            assert move.act not in self.who, f"{move.act} is done twice"
            person_id = self.ids.setdefault(move.person, len(self.ids))
            if move.act in SIGNATURES:
                assert move.person != MACHINE
                assert self.may(person_id, step), f"the interpreter stops {move.text}"
            self.who[move.act] = move.person


def replays(routine: Routine, problem: CounterExample) -> bool:
    """Return whether a counter-example really does what its code says."""
    desk = Desk(routine)
    desk.play(problem.passage)
    match problem.code:
        case "one_person_can_do_all":
            return len(desk.ids) == 1 and is_fully_signed(desk.routine, desk.who.keys())
        case "same_person_decides_and_releases":
            return desk.who[Act.DECISION_ATTEST] == desk.who[Act.PAYMENT_RELEASE]
        case "separation_is_not_held":
            return any(
                len({desk.who[act] for act in acts if act in desk.who}) < len([act for act in acts if act in desk.who])
                and all(act in desk.who for act in acts if act in SIGNATURES)
                for acts in [set(separation.acts) for separation in routine.separations]
            )
        case "dead_end":
            step = next(one for one in desk.routine.steps if one.signature and one.signature not in desk.who)
            return not any(desk.may(person_id, step) for person_id in (*desk.ids.values(), STRANGER))
    raise AssertionError(problem.code)

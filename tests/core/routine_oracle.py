"""A second opinion on routines: every state written out person by person, with none of the proof's shortcuts.

It shares no rule with the code under test. What a routine must hold is written down here once more, in the plainest
way, and the states are simply all of them: each piece of work by each of as many persons as there are pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from timvis.core.routine.records import Act, ClaimKind, OnFinding, Routine, Separation, Step

SIGNED = {
    Act.MATCH_HOURS,
    Act.REVIEW_ATTEST,
    Act.RECEIPT_ATTEST,
    Act.DECISION_ATTEST,
    Act.AUTHORIZATION_ATTEST,
    Act.PAYMENT_RELEASE,
}
KNOWN_BEFORE = {Act.HAND_IN, Act.REGISTER, Act.ACCOUNT_STAMP, Act.REVIEW, Act.DECIDE, Act.CALCULATE}
COMES_IN = {Act.APPLY, Act.HAND_IN, Act.REGISTER}

AFTER_ONE_OF: dict[Act, list[set[Act]]] = {
    Act.ACCOUNT_STAMP: [{Act.HAND_IN, Act.REGISTER}],
    Act.REVIEW: [COMES_IN],
    Act.GIVE_WORD: [{Act.REVIEW, Act.REGISTER, Act.APPLY}],
    Act.DECIDE: [COMES_IN],
    Act.SEND_DECISION: [{Act.DECIDE}],
    Act.CALCULATE: [{Act.REVIEW, Act.REGISTER, Act.APPLY, Act.DECIDE, Act.BOOK_SUBSTITUTE}],
    Act.SEND_SUMMARY: [{Act.REVIEW, Act.CALCULATE}],
    **{act: [{Act.CALCULATE}] for act in SIGNED},
    Act.PAYMENT_RELEASE: [{Act.DECISION_ATTEST}, {Act.CALCULATE}],
    Act.ORDER: [{Act.DECISION_ATTEST}, {Act.PAYMENT_RELEASE}],
    Act.RUN_PAYMENTS: [{Act.ORDER}],
    Act.TAKE_BANK_ANSWER: [{Act.RUN_PAYMENTS}],
    Act.BOOK: [{Act.TAKE_BANK_ANSWER, Act.SEND_INVOICE_BASIS}],
    Act.ALLOCATE: [{Act.BOOK, Act.DECISION_ATTEST}],
    Act.CONFIRM_ORDER: [{Act.PLACE_ORDER}],
    Act.CONFIRM_BOOKING: [{Act.BOOK_SUBSTITUTE}],
    Act.SEND_INVOICE_BASIS: [{Act.CALCULATE}],
    Act.SEND_REPORT: [COMES_IN | {Act.REVIEW, Act.CALCULATE}],
    Act.SEND_BILL: [COMES_IN | {Act.REVIEW, Act.CALCULATE}],
    Act.REPORT_FEE_BASIS: [COMES_IN | {Act.REVIEW, Act.CALCULATE}],
    Act.ARCHIVE: [{Act.BOOK, Act.SEND_INVOICE_BASIS, Act.SEND_REPORT, Act.SEND_BILL}],
}


def faults_of(routine: Routine) -> frozenset[str]:
    """Return what is wrong with a routine, by code; `misread` stands for all that shows without following a claim."""
    return _faults_of(_bare(routine))


def persons_for(routine: Routine) -> tuple[int, int]:
    """Return with how many persons a lawful routine always gets through, and with how few it can."""
    desk = _Desk(_bare(routine))
    walks = {number: desk.walk(number) for number in range(1, desk.enough + 1)}
    fewest = min(number for number, walk in walks.items() if walk.has_end)
    return max((number for number, walk in walks.items() if walk.has_stuck), default=fewest - 1) + 1, fewest


@dataclass(frozen=True)
class _Bare:
    """All of a routine that decides whether it holds: no labels, no roles."""

    claim_kinds: frozenset[ClaimKind]
    steps: tuple[Step, ...]
    separations: tuple[Separation, ...]


def _bare(routine: Routine) -> _Bare:
    numbers = {step.name: str(number) for number, step in enumerate(routine.steps)}
    steps = tuple(
        Step(name=numbers[step.name], label="", role="", acts=step.acts, on_finding=step.on_finding)
        for step in routine.steps
    )
    apart = tuple(Separation(code=one.code, acts=one.acts, text="") for one in routine.separations)
    return _Bare(routine.claim_kinds, steps, apart)


@cache
def _faults_of(routine: _Bare) -> frozenset[str]:
    if not _reads_well(routine):
        return frozenset({"misread"})
    desk = _Desk(routine)
    # What few persons can break, more can break too.
    many = desk.walk(desk.enough)
    codes = {*many.faults, *(["dead_end"] if many.has_stuck else [])}
    if _pays(routine) and desk.walk(1).all_signed:
        codes.add("one_person_can_do_all")
    return frozenset(codes)


def _pays(routine: _Bare) -> bool:
    return any(kind not in ("substitute_fee", "state_assistance") for kind in routine.claim_kinds)


def _reads_well(routine: _Bare) -> bool:
    acts = [act for step in routine.steps for act in step.acts]
    names = [step.name for step in routine.steps]
    codes = [one.code for one in routine.separations]
    if len(set(acts)) < len(acts) or len(set(names)) < len(names) or len(set(codes)) < len(codes):
        return False
    if any(len(SIGNED & set(step.acts)) > 1 for step in routine.steps):
        return False
    if any(not set(one.acts) <= set(acts) for one in routine.separations):
        return False
    for place, act in enumerate(acts):
        if any(not group & set(acts[:place]) for group in AFTER_ONE_OF.get(act, [])):
            return False
        if act in SIGNED and Act.ORDER in acts[:place]:
            return False
    return _ends_well(routine, set(acts)) and _goes_back_well(routine)


def _ends_well(routine: _Bare, acts: set[Act]) -> bool:
    if _pays(routine) and not {Act.DECISION_ATTEST, Act.PAYMENT_RELEASE, Act.ARCHIVE} <= acts:
        return False
    if "substitute_fee" in routine.claim_kinds and Act.SEND_INVOICE_BASIS not in acts:
        return False
    return "state_assistance" not in routine.claim_kinds or bool({Act.SEND_REPORT, Act.SEND_BILL} & acts)


def _goes_back_well(routine: _Bare) -> bool:
    sofar: set[Act] = set()
    for step in routine.steps:
        sofar |= set(step.acts)
        if step.on_finding is OnFinding.RETURN_TO_PROVIDER and not sofar & COMES_IN:
            return False
        if step.on_finding is OnFinding.ASK_FOR_WORD and not any(Act.GIVE_WORD in one.acts for one in routine.steps):
            return False
    return True


Who = tuple[int | None, ...]


@dataclass
class _Walk:
    """What so many persons can bring about."""

    faults: set[str]
    all_signed: bool
    has_end: bool
    has_stuck: bool


class _Desk:
    """The pieces of a routine, and every state they can be in."""

    def __init__(self, routine: _Bare) -> None:
        self.routine = routine
        self.pieces: list[tuple[int, tuple[Act, ...]]] = []
        for number, step in enumerate(routine.steps):
            piece: list[Act] = []
            for act in step.acts:
                if act in SIGNED:
                    self.pieces += [(number, tuple(piece))] if piece else []
                    self.pieces.append((number, (act,)))
                    piece = []
                else:
                    piece.append(act)
            self.pieces += [(number, tuple(piece))] if piece else []
        self.piece_of = {act: place for place, (_, acts) in enumerate(self.pieces) for act in acts}
        self.kept_apart = {one.code: one.acts for one in routine.separations}
        named = {act for acts in self.kept_apart.values() for act in acts}
        named |= {Act.DECISION_ATTEST, Act.PAYMENT_RELEASE}
        # Who does a piece that nothing is kept apart from makes no difference: the first person does it.
        self.matters = [bool(named & set(acts)) for _, acts in self.pieces]
        self.enough = sum(self.matters) + 1
        self.origin = next((place for place, (_, acts) in enumerate(self.pieces) if COMES_IN & set(acts)), 0)

    def walk(self, persons: int) -> _Walk:
        start: Who = (None,) * len(self.pieces)
        seen = {start}
        waiting = [start]
        after: dict[Who, list[Who]] = {}
        while waiting:
            state = waiting.pop()
            after[state] = list(self.next(state, persons))
            for one in after[state]:
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
        good = {state for state in seen if None not in state}
        has_end = bool(good)
        before: dict[Who, list[Who]] = {}
        for state, ones in after.items():
            for one in ones:
                before.setdefault(one, []).append(state)
        waiting = list(good)
        while waiting:
            more = set(before.get(waiting.pop(), ())) - good
            good |= more
            waiting += more
        return _Walk(
            faults={fault for state in seen for fault in self.faults(state)},
            all_signed=any(
                all(state[self.piece_of[act]] is not None for act in SIGNED & self.piece_of.keys()) for state in seen
            ),
            has_end=has_end,
            has_stuck=seen != good,
        )

    def next(self, state: Who, persons: int) -> Iterator[Who]:
        undone = [place for place, person in enumerate(state) if person is None]
        if not undone:
            return
        used = len({person for place, person in enumerate(state) if person is not None and self.matters[place]})
        done = {act for act in self.piece_of if state[self.piece_of[act]] is not None}
        for place in undone:
            if self.in_order(state, done, place, undone[0]):
                for person in range(min(used + 1, persons)) if self.matters[place] else (0,):
                    if self.may(state, place, person):
                        yield (*state[:place], person, *state[place + 1 :])
        if self.routine.steps[self.pieces[undone[0]][0]].on_finding is OnFinding.RETURN_TO_PROVIDER:
            yield (*state[: self.origin], *((None,) * (len(state) - self.origin)))

    def in_order(self, state: Who, done: set[Act], place: int, turn: int) -> bool:
        acts = self.pieces[place][1]
        if acts[0] in SIGNED:
            return all(
                state[before] is not None
                for before in range(place)
                if (SIGNED | KNOWN_BEFORE) & set(self.pieces[before][1])
            )
        if KNOWN_BEFORE & set(acts):
            return all(
                group & (done | set(acts[:number]))
                for number, act in enumerate(acts)
                for group in AFTER_ONE_OF.get(act, [])
            )
        return place == turn

    def may(self, state: Who, place: int, person: int) -> bool:
        act = self.pieces[place][1][0]
        if act not in SIGNED:
            return True
        then = (*state[:place], person, *state[place + 1 :])
        remembered = SIGNED | KNOWN_BEFORE
        return not any(
            self.shared(tuple(one for one in acts if one in remembered), then)
            for acts in self.kept_apart.values()
            if act in acts
        )

    def shared(self, acts: tuple[Act, ...], state: Who) -> bool:
        persons = [who for act in dict.fromkeys(acts) if (who := state[self.piece_of[act]]) is not None]
        return len(set(persons)) < len(persons)

    def faults(self, state: Who) -> Iterator[str]:
        for acts in self.kept_apart.values():
            left = any(act in SIGNED and state[self.piece_of[act]] is None for act in acts)
            if not left and self.shared(acts, state):
                yield "separation_is_not_held"
        hands = (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE)
        if self.piece_of.keys() >= set(hands) and self.shared(hands, state):
            yield "same_person_decides_and_releases"

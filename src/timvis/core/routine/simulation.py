"""What a new routine would have done to cases that have been through an old one: days, hands and money.

Nothing that was done is done again. The days are those on which the acts really were done; the signatures are
those that really were given, tried against the new routine's roles and separations; the money is calculated by
the caller, under both routines' choices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.calendar.working_days import Holidays
from timvis.core.faults import Refusal
from timvis.core.routine.due_days import due_days
from timvis.core.routine.interpreter import is_above_limit, roles_for, separations_of
from timvis.core.routine.records import SIGNATURES, Act, Routine, Step
from timvis.core.routine.terms import AttestBy


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAct:
    """Something that was done on a case: by whom, with which roles that day; a machine is nobody."""

    act: Act
    on: date
    person_id: int | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """A case as it went: the acts in the order they were done, and what was decided, in öre."""

    number: str
    month_on: date
    acts: tuple[PastAct, ...]
    total_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """What a case would have come to: in öre, None where a number is missing, which `gap` then tells.

    `unanswered` counts the findings that the new routine makes and nobody has answered; they take nothing away.
    """

    total_ore: int | None
    unanswered: int = 0
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDays:
    """One step of the new routine on one case: when it was done, how long it took, and when it would be due.

    None where a routine sets no day, counts from an event, or has no such step, and where nothing is done yet.
    `waited_days` is counted from the day the step before was done.
    """

    step: str
    label: str
    done_on: date | None
    waited_days: int | None
    due_before_on: date | None
    due_after_on: date | None

    @property
    def late_before(self) -> int:
        """How many days too late the step was by the old routine."""
        return _late(self.done_on, self.due_before_on)

    @property
    def late_after(self) -> int:
        """How many days too late it would have been by the new one."""
        return _late(self.done_on, self.due_after_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One signature that the new routine asks for, tried with the person who gave it.

    `person_id` is None when the old routine asked for no such signature: then it would have been one hand more.
    `refusal` says why the same person's signature would not have been taken, None when it would.
    """

    step: str
    label: str
    role: str | None
    person_id: int | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedCase:
    """One case through the new routine. `dropped` are signatures that were given and would not be asked for."""

    number: str
    month_on: date
    steps: tuple[StepDays, ...]
    hands: tuple[Hand, ...]
    dropped: tuple[str, ...]
    before_ore: int
    restated: Restated

    @property
    def days(self) -> int:
        """How many more days too late the steps would have been, all together; negative when fewer."""
        return sum(step.late_after - step.late_before for step in self.steps)

    @property
    def refused(self) -> tuple[Hand, ...]:
        """The signatures that the same persons could not have given."""
        return tuple(hand for hand in self.hands if hand.refusal)

    @property
    def added(self) -> tuple[Hand, ...]:
        """The signatures that the old routine did not ask for."""
        return tuple(hand for hand in self.hands if hand.person_id is None)

    @property
    def difference_ore(self) -> int | None:
        """How much more would have been paid, None when nobody can say."""
        return None if self.restated.total_ore is None else self.restated.total_ore - self.before_ore

    @property
    def is_changed(self) -> bool:
        """Whether anything at all would have been otherwise."""
        return bool(
            self.days or self.refused or self.added or self.dropped or self.difference_ore != 0 or self._moved_days
        )

    @property
    def _moved_days(self) -> bool:
        return any(step.due_before_on != step.due_after_on for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """All the cases, and their sums."""

    cases: tuple[SimulatedCase, ...]

    @property
    def changed(self) -> tuple[SimulatedCase, ...]:
        """The cases for which something would have been otherwise."""
        return tuple(case for case in self.cases if case.is_changed)

    @property
    def days(self) -> int:
        """How many more days too late the steps would have been, all cases together."""
        return sum(case.days for case in self.cases)

    @property
    def sum_ore(self) -> int:
        """How much more would have been paid, in öre, for the cases where that can be said."""
        return sum(case.difference_ore or 0 for case in self.cases)

    @property
    def refused(self) -> int:
        """How many signatures the same persons could not have given."""
        return sum(len(case.refused) for case in self.cases)

    @property
    def added(self) -> int:
        """How many signatures more there would have been."""
        return sum(len(case.added) for case in self.cases)

    @property
    def gaps(self) -> int:
        """For how many cases no amount can be said."""
        return sum(case.restated.total_ore is None for case in self.cases)


def simulate(before: Routine, after: Routine, case: PastCase, restated: Restated, holidays: Holidays) -> SimulatedCase:
    """Return what the new routine would have done to a case that went by the old one.

    Raises `CalendarGap` where the holidays do not reach.
    """
    asked = {step.signature for step in after.steps}
    signed = {one.act for one in case.acts if one.act in SIGNATURES}
    return SimulatedCase(
        number=case.number,
        month_on=case.month_on,
        steps=tuple(_days(before, after, case, holidays)),
        hands=tuple(_hands(before, after, case)),
        dropped=tuple(step.label for step in before.steps if step.signature in signed and step.signature not in asked),
        before_ore=case.total_ore,
        restated=restated,
    )


# --- days -------------------------------------------------------------------------------------------------


def _days(before: Routine, after: Routine, case: PastCase, holidays: Holidays) -> Iterator[StepDays]:
    since: date | None = None
    old_days, new_days = _due_days(before, case, holidays), _due_days(after, case, holidays)
    for step in after.steps:
        old = _counterpart(before, step)
        done_on = max((one.on for one in case.acts if one.act in step.acts), default=None)
        yield StepDays(
            step=step.name,
            label=step.label,
            done_on=done_on,
            waited_days=(done_on - since).days if done_on and since and done_on >= since else None,
            due_before_on=old_days.get(old.name) if old else None,
            due_after_on=new_days.get(step.name),
        )
        since = done_on or since


def _counterpart(before: Routine, step: Step) -> Step | None:
    """Return the step of the old routine that did what a step does, by its first act; names may have changed."""
    return next((old for act in step.acts for old in before.steps if act in old.acts), None)


def _due_days(routine: Routine, case: PastCase, holidays: Holidays) -> dict[str, date]:
    """Return the day of each step that has one, by the step's name; a day that counts from an event is not known."""
    steps = {step.name for step in routine.steps}
    return {
        row.step.name: row.due.on
        for row in due_days(routine, case.month_on, holidays)
        if row.due is not None and row.step.name in steps
    }


def _late(done_on: date | None, due_on: date | None) -> int:
    return max((done_on - due_on).days, 0) if done_on and due_on else 0


# --- hands ------------------------------------------------------------------------------------------------


def _hands(before: Routine, after: Routine, case: PastCase) -> Iterator[Hand]:
    """Yield the signatures the routine asks for, in its order, each tried against what was done before it.

    One that the old routine asks for too and nobody has given yet is still to come by either; it is left out.
    """
    given = {one.act: one for one in case.acts if one.act in SIGNATURES}
    done = [one for one in case.acts if one.act not in SIGNATURES]
    for step in after.steps:
        signature = given.get(step.signature) if step.signature else None
        if signature is not None:
            yield Hand(
                step=step.name,
                label=step.label,
                role=step.role,
                person_id=signature.person_id,
                refusal=_refusal(after, step, signature, done, case.total_ore),
            )
            done.append(signature)
        elif step.signature and before.signed_by(step.signature) is None:
            yield Hand(step=step.name, label=step.label, role=step.role, person_id=None, refusal=None)


def _refusal(after: Routine, step: Step, signature: PastAct, done: Sequence[PastAct], total_ore: int) -> Refusal | None:
    by_role = after.attest_by is AttestBy.ROLE
    if by_role and not {*roles_for(after, step), step.when_disqualified} & signature.roles:
        return Refusal.ROLE_DOES_NOT_ALLOW
    kept_apart = {act for separation in separations_of(after, signature.act) for act in separation.acts}
    if any(one.person_id == signature.person_id and one.act in kept_apart for one in done if one.person_id):
        return Refusal.SAME_PERSON_ALREADY_SIGNED
    if is_above_limit(after, signature.act, signature.roles, total_ore):
        return Refusal.ABOVE_AMOUNT_LIMIT
    return None

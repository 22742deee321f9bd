"""What a proof says besides yes: where it holds by persons and not by roles, and what few hands would risk."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

from timvis.core.routine.interpreter import separations_of
from timvis.core.routine.needs import IN_AT_ALL, outcomes
from timvis.core.routine.passages import Move, Plan
from timvis.core.routine.records import Act, OnFinding, Outcome, Routine, Step
from timvis.core.routine.shelf import events_of_others
from timvis.core.routine.words import ROLES, said

AT_THE_END = frozenset({Act.PAYMENT_RELEASE, Act.ORDER, Act.RUN_PAYMENTS, Act.BOOK, Act.SEND_INVOICE_BASIS})
"""Acts at the other end of a case than its registration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to know about a routine that holds; `passage` shows it, empty when there is nothing to show."""

    code: str
    message: str
    passage: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApart:
    """Two acts that two persons must do, and the separation that says so."""

    acts: tuple[Act, Act]
    separation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What a person with two roles (or one, told twice) can't do both of; `both_ends`: she would hold both ends."""

    roles: tuple[str, str]
    both_ends: bool
    kept_apart: tuple[KeptApart, ...]


def notes(
    routine: Routine, plan: Plan, *, alone: tuple[Move, ...] | None, stuck: tuple[int, tuple[Move, ...]] | None
) -> Iterator[Note]:
    """Yield what there is to know; `alone` is one person's passage, `stuck` how so many come to a stop."""
    yield from _same_role_at_both_ends(routine)
    if alone and Outcome.PAYMENT not in outcomes(routine):
        yield Note(
            code="one_person_can_do_all",
            message="En enda person kan göra allt. Inga pengar betalas ut, så rutinen får ändå gälla.",
            passage=alone,
        )
    if stuck:
        persons, passage = stuck
        yield Note(
            code="fewer_can_get_stuck",
            message=f"{persons} personer kan föra ärendet i mål om de delar rätt, men det kan också fastna: "
            f"{', '.join(f'{move.person} {said(move.act)}' for move in passage)}. "
            "Sedan är ingen av dem kvar som får gå vidare.",
            passage=passage,
        )
    for step in routine.steps:
        if step.on_finding is OnFinding.RETURN_TO_PROVIDER:
            yield Note(
                code="way_back",
                message=f"Från steget {step.label} kan ärendet gå tillbaka till utföraren. Då börjar en ny omgång från "
                f"{plan.parts[plan.origin].step.label}, och slutet nås även därifrån, hur många gånger det än sker.",
            )
    if by_hand := events_of_others(routine):
        rules = ", ".join(f"{label} ({event})" for label, event in by_hand)
        yield Note(
            code="event_is_told_by_hand",
            message=f"Några dagar räknas från något som inget steg gör, och den dagen skrivs in för hand: {rules}.",
        )


def conflicts(routine: Routine) -> Iterator[Conflict]:
    """Yield, for every pair of roles, what one person with both must leave to somebody else."""
    roles = tuple(dict.fromkeys(step.role for step in routine.steps if step.role is not None))
    for first, second in combinations_with_replacement(roles, 2):
        of_first, of_second = _acts_of(routine, first), _acts_of(routine, second)
        pairs = {
            tuple(sorted((one, other), key=list(Act).index)): separation.code
            for one in of_first
            for separation in separations_of(routine, one)
            for other in of_second
            if other is not one and other in separation.acts
        }
        yield Conflict(
            roles=(first, second),
            both_ends=bool(
                (_registers(routine) & set(of_first) and AT_THE_END & set(of_second))
                or (_registers(routine) & set(of_second) and AT_THE_END & set(of_first))
            ),
            kept_apart=tuple(KeptApart(acts=(one, other), separation=code) for (one, other), code in pairs.items()),
        )


def _same_role_at_both_ends(routine: Routine) -> Iterator[Note]:
    registers = _registers(routine)
    for role in dict.fromkeys(step.role for step in routine.steps if step.role is not None):
        steps = [step for step in routine.steps if step.role == role]
        first = next((step for step in steps if registers & set(step.acts)), None)
        last = next((step for step in steps if AT_THE_END & set(step.acts)), None)
        if first is None or last is None:
            continue
        yield Note(
            code="same_role_at_both_ends",
            message=f"Rollen {ROLES.get(role, role)} har både {first.label} och {last.label}. "
            f"{_how_it_holds(routine, first, last)}",
        )


def _how_it_holds(routine: Routine, first: Step, last: Step) -> str:
    """Return which separations put somebody else between two ends, or between the ends themselves."""
    ends = (*first.acts, *last.acts)
    direct = [one for act in first.acts for one in separations_of(routine, act) if set(one.acts) & set(last.acts)]
    if direct:
        return f"De två ändarna görs ändå av olika personer: {direct[0].text}"
    between = {
        step.label: separation.text
        for step in routine.steps
        if step is not first and step is not last
        for act in step.acts
        for end in ends
        for separation in separations_of(routine, end)
        if act in separation.acts
    }
    if not between:
        return "Inget steg däremellan måste göras av någon annan."
    told_steps = "; ".join(f"{label} ({text})" for label, text in between.items())
    return f"Samma person kan stå i båda ändar, men någon annan måste göra: {told_steps}"


def _registers(routine: Routine) -> frozenset[Act]:
    """Return the acts by which a case is registered: in the municipality where somebody does it there."""
    done = {act for step in routine.steps for act in step.acts}
    return frozenset({Act.REGISTER} if Act.REGISTER in done else done & set(IN_AT_ALL))


def _acts_of(routine: Routine, role: str) -> tuple[Act, ...]:
    return tuple(act for step in routine.steps if step.role == role for act in step.acts)

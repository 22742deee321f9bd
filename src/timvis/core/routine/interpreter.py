"""Which step comes next, and whether this person may sign it: the one reader of every routine."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from timvis.core.faults import Refusal
from timvis.core.routine.attest_rights import AttestBook, right_for
from timvis.core.routine.records import Act, Check, Routine, Separation, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An act that a person has done in the present round of a claim."""

    act: Act
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestFacts:
    """What the board's attest list is asked with: the book as known now, the claim's code and amount, the day."""

    book: AttestBook
    responsibility: str
    amount_ore: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningFacts:
    """What a signature is judged on.

    `done` tells who handed in, registered, stamped, reviewed, decided and calculated. `disqualified_ids` are
    persons with an interest of their own in the claim, `disqualified_roles` what roles they hold. `attest` is
    None where the routine leaves it to the roles who may sign. `shown_digest` is the digest of what the person
    had in front of her, `current_digest` of what she would have now; `signatures_hold` tells whether those
    before her saw the same. `amount_ore` is what the routine's own limits are held against.
    """

    current_digest: str
    shown_digest: str
    signatures_hold: bool = True
    done: tuple[Done, ...] = ()
    disqualified_ids: frozenset[int] = frozenset()
    disqualified_roles: frozenset[str] = frozenset()
    attest: AttestFacts | None = None
    amount_ore: int = 0
    findings_without_word: int = 0
    unconfirmed_numbers: int = 0
    documents_missing: int = 0
    payee_is_known: bool = True


def next_steps(routine: Routine, signed: Collection[Act]) -> tuple[Step, ...]:
    """Return the steps that may be signed now: the first that waits for a signature, or nothing."""
    waiting = (step for step in routine.steps if (act := step.signature) is not None and act not in signed)
    return tuple(islice(waiting, 1))


def is_fully_signed(routine: Routine, signed: Collection[Act]) -> bool:
    """Whether every signature the routine asks for is there."""
    return not next_steps(routine, signed)


def acts_before(routine: Routine, act: Act) -> frozenset[Act]:
    """Return the acts that the routine does before an act: in earlier steps, or earlier in the same one."""
    acts = [each for step in routine.steps for each in step.acts]
    return frozenset(acts[: acts.index(act)]) if act in acts else frozenset()


def separations_of(routine: Routine, act: Act) -> tuple[Separation, ...]:
    """Return the separations that an act is part of."""
    return tuple(separation for separation in routine.separations if act in separation.acts)


def is_kept_apart(separations: Sequence[Separation], done: Sequence[Done]) -> bool:
    """Whether nobody has two parts in any of some separations, over everything that was done.

    An act that one person did twice, as two files handed in, is one part. The two parts need not be a signer's
    own: when one person has both registered and decided, and the two are kept apart from a signature, nobody may
    put a name under it.
    """
    parts = {(one.act, one.person_id) for one in done}
    return all(
        len(persons) == len(set(persons))
        for separation in separations
        for persons in [[who for what, who in parts if what in separation.acts]]
    )


def may_sign(
    routine: Routine,
    step: Step,
    *,
    person_id: int,
    roles: Collection[str],
    signed: Sequence[Done],
    facts: SigningFacts,
) -> Refusal | None:
    """Return why this person may not sign this step now, or None; asked in the order of `Refusal`."""
    act = step.signature
    if act is None or not _is_hers(routine, step, roles, facts):
        return Refusal.ROLE_DOES_NOT_ALLOW
    if step not in next_steps(routine, [done.act for done in signed]) or _waits_for(routine, act, facts):
        return Refusal.NOT_THE_NEXT_STEP
    hers = Done(act=act, person_id=person_id)
    if not is_kept_apart(separations_of(routine, act), (*facts.done, *signed, hers)):
        return Refusal.SAME_PERSON_ALREADY_SIGNED
    if person_id in facts.disqualified_ids:
        return Refusal.DISQUALIFIED
    if facts.attest and (refusal := _attest_refusal(facts.attest, person_id, act)):
        return refusal
    if is_above_limit(routine, act, roles, facts.amount_ore):
        return Refusal.ABOVE_AMOUNT_LIMIT
    if facts.shown_digest != facts.current_digest or not facts.signatures_hold:
        return Refusal.SHOWN_IS_NOT_CURRENT
    return next(
        (refusal for check in _REFUSALS if check in step.checks and (refusal := _REFUSALS[check](facts))),
        None,
    )


def roles_for(routine: Routine, step: Step) -> tuple[str, ...]:
    """Return the roles a step's signature is open to: the step's own first, then others that have a limit for it."""
    limited = [limit.role for limit in routine.limits if limit.act is step.signature]
    return tuple(dict.fromkeys(role for role in (step.role, *limited) if role is not None))


def is_above_limit(routine: Routine, act: Act, roles: Collection[str], amount_ore: int) -> bool:
    """Whether an act has limits in the routine, and none that somebody with these roles has reaches the amount."""
    limits = [limit for limit in routine.limits if limit.act is act]
    hers = [limit for limit in limits if limit.role is None or limit.role in roles]
    reaching = (limit for limit in hers if limit.up_to_ore is None or abs(amount_ore) <= limit.up_to_ore)
    return bool(limits) and next(reaching, None) is None


def role_of(routine: Routine, step: Step, roles: Collection[str]) -> str:
    """Return the role somebody with these roles signs a step in: one it is open to, or the one that stands in for it.

    A right on an attest list is a person's or a position's: whoever signs by it does so in the step's name.
    """
    signing = (*roles_for(routine, step), step.when_disqualified)
    return next((role for role in signing if role in roles), step.role) or ""


def _is_hers(routine: Routine, step: Step, roles: Collection[str], facts: SigningFacts) -> bool:
    """Whether a step is one of these roles' to sign; where an attest list decides, it is asked later, by name."""
    if step.role is None:
        return False
    stands_in = step.when_disqualified in roles and step.role in facts.disqualified_roles
    return facts.attest is not None or stands_in or any(role in roles for role in roles_for(routine, step))


def _attest_refusal(attest: AttestFacts, person_id: int, act: Act) -> Refusal | None:
    right = right_for(
        attest.book,
        person_id=person_id,
        act=act,
        responsibility=attest.responsibility,
        amount_ore=attest.amount_ore,
        on=attest.on,
    )
    return right if isinstance(right, Refusal) else None


WAITED_FOR = frozenset({Act.ACCOUNT_STAMP, Act.DECIDE})
"""Acts that are no signatures and yet have to be done before the signatures that come after them."""


def _waits_for(routine: Routine, act: Act, facts: SigningFacts) -> bool:
    """Whether the routine puts an act before this signature that nobody has done, or that no longer holds."""
    return bool(acts_before(routine, act) & WAITED_FOR - {done.act for done in facts.done})


_REFUSALS: dict[Check, Callable[[SigningFacts], Refusal | None]] = {
    Check.FINDINGS_HAVE_WORD: lambda facts: Refusal.FINDINGS_WITHOUT_WORD if facts.findings_without_word else None,
    Check.DOCUMENTS_ARE_IN: lambda facts: Refusal.DOCUMENTS_ARE_MISSING if facts.documents_missing else None,
    Check.PAYEE_IS_KNOWN: lambda facts: None if facts.payee_is_known else Refusal.PAYEE_IS_MISSING,
    Check.LAW_IS_CONFIRMED: lambda facts: Refusal.LAW_NUMBER_IS_UNCONFIRMED if facts.unconfirmed_numbers else None,
}
"""Checks that a signature waits for, in the order of `Refusal`; the others wait for the payment order."""

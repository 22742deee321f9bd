"""What waits for a person's signature beside what was paid before, and signing what is green of it in one go."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.accounting.before import Before, before
from timvis.apps.attestation.batches import batch_of, frozen, is_whole, keep
from timvis.apps.attestation.models import AttestBatch
from timvis.apps.attestation.waiting import SIGNABLE, Waiting, waiting
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import attempt_on
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.routine.batch import Batch, Bounds, Candidate, Line, batch, lines
from timvis.core.routine.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What waits for one person's signature of one act: the lines she may sign, and what she may not.

    `waits` holds both, by claim number.
    """

    act: Act
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]
    refused: tuple[Waiting, ...]
    waits: dict[str, Waiting]

    @property
    def sum_ore(self) -> int:
        """The sum of the lines she may sign."""
        return sum(line.amount_ore for line in self.lines)

    @property
    def green(self) -> int:
        """How many of the lines are green."""
        return sum(line.is_green for line in self.lines)


def inboxes(actor: Actor, *, law: LawBook, now: datetime) -> tuple[Inbox, ...]:
    """Return what waits for an actor's signature, act by act in the order a case travels; nothing is left out.

    The number of queries is the same whatever waits.
    """
    of_act: defaultdict[Act, list[Waiting]] = defaultdict(list)
    for wait in waiting(actor, law=law, now=now):
        of_act[wait.act].append(wait)
    ready = candidates([wait for waits in of_act.values() for wait in waits if wait.refusal is None])
    return tuple(_inbox(act, of_act[act], ready, day_of(now)) for act in Act if act in of_act)


def _inbox(act: Act, waits: Sequence[Waiting], ready: Mapping[str, Candidate], today: date) -> Inbox:
    hers = tuple(ready[wait.claim.number] for wait in waits if wait.refusal is None)
    return Inbox(
        act=act,
        candidates=hers,
        lines=lines(hers, today, Bounds()),
        refused=tuple(wait for wait in waits if wait.refusal is not None),
        waits={wait.claim.number: wait for wait in waits},
    )


def candidates(waits: Collection[Waiting]) -> dict[str, Candidate]:
    """Return what waits with what came before it for the same recipient and provider, by claim number."""
    came_before = before([wait.claim for wait in waits])
    return {wait.claim.number: _candidate(wait, came_before[wait.claim.pk]) for wait in waits}


def _candidate(wait: Waiting, came_before: Before) -> Candidate:
    shown, facts = wait.grounds.shown, wait.grounds.facts
    return Candidate(
        claim_number=wait.claim.number,
        month_on=wait.claim.month_on,
        due_on=wait.due_on,
        amount_ore=shown.total_ore,
        shown_digest=shown.digest,
        payee=shown.payee,
        paid_to=came_before.paid_to,
        previous_ore=came_before.previous_ore,
        earlier_ore=came_before.earlier_ore,
        findings_set_aside=wait.grounds.findings_set_aside,
        findings_without_word=facts.findings_without_word,
        unconfirmed_numbers=facts.unconfirmed_numbers,
    )


# --- freezing and signing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSigned:
    """What was signed together: how many claims, and their sum."""

    count: int
    sum_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsShown:
    """A line that can't be signed as it was shown: the line, what it would be now (None: no longer hers), and why."""

    was: Line
    now: Line | None
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStopped:
    """Nothing of a batch was signed, because of these of its lines."""

    lines: tuple[NotAsShown, ...]


@transaction.atomic
def freeze_batch(actor: Actor, act: Act, *, law: LawBook, now: datetime) -> AttestBatch | Refusal:
    """Return the batch of everything that an actor may sign of one act now, frozen for her to look through."""
    attempt = Attempt(actor, Action.LOOK_AT_ATTESTS, "attest_batch", act, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    inbox = next((one for one in inboxes(actor, law=law, now=now) if one.act is act), None)
    if inbox is None or not inbox.candidates:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    made = batch(
        inbox.candidates,
        municipality=actor.municipality,
        act=act,
        person_id=actor.person_id,
        today=day_of(now),
    )
    return keep(actor, made, {number: wait.claim.pk for number, wait in inbox.waits.items()}, now)


@transaction.atomic
def sign_batch(
    actor: Actor, batch_id: int, *, digest: str, law: LawBook, now: datetime
) -> BatchSigned | BatchStopped | Refusal:
    """Return what was signed of a batch: every green line, each as if it were signed alone, or nothing at all.

    `digest` is that of the batch the person had before her. What has changed since, or is refused for any reason,
    stops the whole: she has then not seen what she would be signing.
    """
    row = batch_of(actor, batch_id)
    if row is None:
        return Attempt(actor, Action.LOOK_AT_ATTESTS, "attest_batch", batch_id, now).refuse(Refusal.NOT_FOUND)
    attempt = Attempt(actor, Action(row.act), "attest_batch", row.pk, now)
    # Role and login; the state is each claim's own and is asked for there.
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY, min(SIGNABLE)):
        return refusal
    if digest != row.digest or not is_whole(row):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    kept = frozen(row)
    if not kept.green:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    stopped = _changed(actor, kept, law, now) or _sign_every(actor, row, kept, law, now)
    if stopped:
        _log(actor, Act(row.act), stopped, now)
        attempt.refuse(stopped[0].refusal)
        return BatchStopped(lines=stopped)
    attempt.done(detail={"digest": row.digest, "signed": len(kept.green), "sum_ore": kept.green_sum_ore})
    return BatchSigned(count=len(kept.green), sum_ore=kept.green_sum_ore)


def _changed(actor: Actor, kept: Batch, law: LawBook, now: datetime) -> tuple[NotAsShown, ...]:
    """Return the green lines that would not be shown today as they were."""
    numbers = {line.claim_number for line in kept.green}
    waits = {one.claim.number: one for one in waiting(actor, law=law, now=now, numbers=numbers) if one.act is kept.act}
    ready = candidates([wait for wait in waits.values() if wait.refusal is None])
    current = {line.claim_number: line for line in lines(ready.values(), day_of(now), kept.bounds)}

    def why(line: Line) -> Refusal:
        wait = waits.get(line.claim_number)
        if wait is None:
            return Refusal.NOT_THE_NEXT_STEP
        return wait.refusal or Refusal.SHOWN_IS_NOT_CURRENT

    return tuple(
        NotAsShown(was=line, now=current.get(line.claim_number), refusal=why(line))
        for line in kept.green
        if current.get(line.claim_number) != line
    )


class _NothingIsSigned(Exception):
    """Undoes the signatures that were given before a line was refused."""


def _sign_every(actor: Actor, row: AttestBatch, kept: Batch, law: LawBook, now: datetime) -> tuple[NotAsShown, ...]:
    """Sign every green line, or none and return those that were refused.

    Every claim is held from the start, in the order of their numbers: whoever else signs one of them then waits,
    or is waited for, before either has taken a voucher number, and never both for one another.
    """
    refused: list[NotAsShown] = []
    held = Claim.objects.select_for_update().filter(number__in={line.claim_number for line in kept.green})
    try:
        with transaction.atomic():
            list(held.order_by("number").values_list("pk"))
            for line in kept.green:
                signed = sign_and_book(
                    actor, line.claim_number, kept.act, shown_digest=line.shown_digest, law=law, now=now, batch=row
                )
                if isinstance(signed, Refusal):
                    refused.append(NotAsShown(was=line, now=None, refusal=signed))
            if refused:
                raise _NothingIsSigned
    except _NothingIsSigned:
        return tuple(refused)
    return ()


def _log(actor: Actor, act: Act, stopped: Iterable[NotAsShown], now: datetime) -> None:
    """Write in the log which claims stopped a batch: what their own attempts wrote was undone with the rest."""
    refusals = {one.was.claim_number: one.refusal for one in stopped}
    for claim in Claim.objects.filter(number__in=refusals).order_by("number"):
        attempt_on(actor, Action(act), claim, now).refuse(refusals[claim.number])

"""One run of the queue: what people have queued is sent, one at a time, and every end of it is written down.

    queued → attempt noted → message sent → answer noted

Each arrow is one transaction or one call. An attempt is noted before its message leaves, so a run that dies there
leaves an attempt without a result: that report is not sent again by any machine. Everything else goes on where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.state_reports import queries, records
from timvis.apps.state_reports.actions import altered
from timvis.apps.state_reports.models import Queued, SendAttempt, SendOutcome, SendResult
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.state_report import Standing
from timvis.formats.elt_message.read import Answer, read
from timvis.gateways.elt.channel import EltChannel, NotReceived, OutcomeUnknown, Pace


class SendPoint(StrEnum):
    """Places where a run can die; a test, or an operator's drill, chooses one."""

    BEFORE_ATTEMPT = "before_attempt"
    ATTEMPT_IS_NOTED = "attempt_is_noted"
    MESSAGE_IS_SENT = "message_is_sent"
    RESULT_IS_NOTED = "result_is_noted"


Reached = Callable[[SendPoint], None]


@dataclass(slots=True, kw_only=True)
class SendRun:
    """What a run came to. `unknown` are the reports whose end nobody here knows, of this run and of earlier ones."""

    received: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    waiting: int = 0
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def _go_on(point: SendPoint) -> None:
    """Do nothing at a point: an ordinary run."""


def send_queue(
    actor: Actor,
    channel: EltChannel,
    *,
    clock: Callable[[], datetime],
    pace: Pace | None = None,
    reached: Reached = _go_on,
    most: int | None = None,
) -> SendRun | Refusal:
    """Return what became of everything that is queued in the actor's municipality.

    `most` is how many are sent at most; the others wait. Ends at the first message that cannot be delivered: when
    the receiver is away, the rest waits for the next run.
    """
    with transaction.atomic():
        attempt = Attempt(actor, Action.SEND_STATE_REPORTS, "municipality", actor.municipality, clock())
        if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
            return refusal
    with channel.alone() as is_alone:
        if not is_alone:
            return Refusal.SOMEONE_ELSE_WAS_FIRST
        return _run(actor, channel, clock, pace or Pace(), reached, most)


def _run(
    actor: Actor,
    channel: EltChannel,
    clock: Callable[[], datetime],
    pace: Pace,
    reached: Reached,
    most: int | None,
) -> SendRun:
    run = SendRun()
    waiting = queries.to_send(actor.municipality)
    for index, queued in enumerate(waiting):
        if index == most:
            run.waiting = len(waiting) - index
            break
        reached(SendPoint.BEFORE_ATTEMPT)
        if not records.is_as_signed(queued.report):
            run.faults.append(altered(queued.report.key))
            continue
        outcome = _send(queued, actor, channel, clock, pace, reached)
        if outcome is SendOutcome.RECEIPT:
            run.received.append(queued.report.key)
        elif outcome in (SendOutcome.NOT_RECEIVED, None):
            run.waiting = len(waiting) - index - (outcome is None)
            break
        else:
            run.refused.append(queued.report.key)
    run.unknown = [report.key for report in queries.with_standing(actor.municipality, Standing.UNKNOWN)]
    return run


def _send(
    queued: Queued,
    actor: Actor,
    channel: EltChannel,
    clock: Callable[[], datetime],
    pace: Pace,
    reached: Reached,
) -> SendOutcome | None:
    """Return what became of one report, None when nobody knows."""
    message = records.message(queued.report)
    pace.wait()
    attempt = _noted(queued, actor, clock(), message)
    reached(SendPoint.ATTEMPT_IS_NOTED)
    try:
        content = channel.send(message)
    except NotReceived as error:
        return _result(attempt, actor, clock(), SendOutcome.NOT_RECEIVED, message=str(error), reached=reached)
    except OutcomeUnknown:
        return None
    reached(SendPoint.MESSAGE_IS_SENT)
    answer = read(content)
    if not isinstance(answer, Answer):
        return None
    return _result(
        attempt,
        actor,
        clock(),
        SendOutcome(answer.kind.value),
        transaction_id=answer.transaction_id,
        message=answer.message,
        reached=reached,
    )


def _noted(queued: Queued, actor: Actor, now: datetime, message: bytes) -> SendAttempt:
    with transaction.atomic():
        return SendAttempt.objects.create(
            queued=queued,
            number=queued.attempts.count() + 1,
            message_digest=sha256(message).hexdigest(),
            begun_at=now,
            begun_by_id=actor.person_id,
        )


def _result(
    attempt: SendAttempt,
    actor: Actor,
    now: datetime,
    outcome: SendOutcome,
    *,
    reached: Reached,
    transaction_id: str = "",
    message: str = "",
) -> SendOutcome:
    report = attempt.queued.report
    with transaction.atomic():
        SendResult.objects.create(
            attempt=attempt,
            outcome=outcome,
            transaction_id=transaction_id,
            message=message,
            told_at=now,
            told_by_id=actor.person_id,
        )
        told = Attempt(actor, Action.SEND_STATE_REPORTS, "state_report", report.key, now, report.recipient_id)
        told.done(detail={"outcome": outcome.value, "transaction_id": transaction_id, "digest": report.digest})
    reached(SendPoint.RESULT_IS_NOTED)
    return outcome

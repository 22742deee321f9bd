"""Kommunikation (FL 25 §): a proposed decision that was sent to a party, and what she answered; in every sort of case.

Each sort of case has its own two tables of these shapes, with the letter it went by and the file it came in. How a
hearing is judged stands in `core.procedure.hearing`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from django.db import models

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import Original
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import Hearing as Heard
from timvis.core.procedure.hearing import NotHeard, why_not_yet


class Proposal(models.Model):
    """That a party was sent a proposed decision to say what she thinks of, before it goes against her (FL 25 §).

    `digest` is over the material that the proposal rests on: what comes later is heard anew. Append-only.
    """

    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Outcome])
    reasons = models.TextField()
    provisions = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    way = models.CharField(max_length=200)
    sent_on = models.DateField()
    answer_by = models.DateField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer_by__gt=models.F("sent_on")),
                name="%(app_label)s_%(class)s_leaves_time_to_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(reasons="") & ~models.Q(way=""), name="%(app_label)s_%(class)s_says_why_and_how"
            ),
        ]


class ProposalAnswer(models.Model):
    """What a party answered to a proposed decision, in her words or as the bytes that came. Append-only."""

    text = models.TextField(blank=True)
    more_is_coming = models.BooleanField(default=False)
    received_on = models.DateField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(text="") | models.Q(original__isnull=False),
                name="%(app_label)s_%(class)s_says_something",
            ),
        ]


def why_not_heard(
    outcome: Outcome,
    hearing: Proposal | None,
    answers: Iterable[ProposalAnswer],
    not_heard: NotHeard | None,
    *,
    digest: str,
    on: date,
) -> Refusal | None:
    """Return None when the party has had her say as the law asks, or a ground for leaving it out is told.

    `answers` are those to the hearing; `digest` is over what the decision rests on now.
    """
    told = list(answers)
    heard: Heard | NotHeard | None = not_heard or (heard_of(hearing, told) if hearing is not None else None)
    more = any(one.more_is_coming for one in told)
    return why_not_yet(outcome, heard, digest=digest, on=on, more_is_coming=more)


def heard_of(hearing: Proposal, answers: Iterable[ProposalAnswer]) -> Heard:
    """Return a hearing as it is judged, with the last answer that came."""
    last = max(answers, key=lambda one: (one.received_on, one.pk), default=None)
    return Heard(
        digest=hearing.digest,
        sent_on=hearing.sent_on,
        way=hearing.way,
        answer_by=hearing.answer_by,
        answered_on=last.received_on if last else None,
        answer=last.text if last else "",
    )


def answer_faults(
    hearing: Proposal, *, received_on: date, text: str, original_id: int | None, today: date
) -> tuple[Fault, ...]:
    """Return everything that is wrong with an answer as somebody registers it."""
    return tuple(_answer_faults(hearing, received_on, text, original_id, today))


def _answer_faults(
    hearing: Proposal, received_on: date, text: str, original_id: int | None, today: date
) -> Iterator[Fault]:
    if not text.strip() and not Original.objects.filter(pk=original_id or 0).exists():
        yield Fault(
            code="answer_is_empty",
            message="Svaret är tomt.",
            remedy="Skriv vad parten sade, eller bifoga det som kom in.",
            column="text",
        )
    if not hearing.sent_on <= received_on <= today:
        yield Fault(
            code="answer_came_another_day",
            message=f"Dagen {received_on} ligger inte mellan förslaget ({hearing.sent_on}) och i dag.",
            remedy="Skriv den dag svaret kom in.",
            column="received_on",
        )

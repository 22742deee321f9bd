"""Att göra: every claim that waits, what it waits for, and whether that is something for the one who asks.

What comes next is read from the claim's routine and from the access table; no role is named here. The number of
queries is the same for one claim and for ten thousand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.attestation.models import SignedAct
from timvis.apps.claims.models import STATUS_LABELS, Claim, Finding, Review, Statement, Word
from timvis.apps.routines import records as routines
from timvis.core.access import POLICY, Action, Actor, ClaimStatus, Relation
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.review.rule import Severity
from timvis.core.routine.interpreter import next_steps
from timvis.core.routine.records import Act, Step
from timvis.web.shared.names import provider_name, recipient_name
from timvis.web.shared.quantities import hours_in_minutes

OPEN = frozenset(
    {
        ClaimStatus.RECEIVED,
        ClaimStatus.IN_REVIEW,
        ClaimStatus.WAITING_FOR_PROVIDER,
        ClaimStatus.CALCULATED,
        ClaimStatus.ATTESTED,
        ClaimStatus.ORDERED,
    }
)
"""The statuses in which somebody has something left to do."""


class Filter(StrEnum):
    """What the queue can be narrowed to."""

    ALL = "alla"
    REVIEW = "granska"
    COMPLETE = "komplettering"
    ATTEST = "attestera"
    PAY = "betala"


FILTER_LABELS: Mapping[Filter, str | Promise] = {
    Filter.ALL: _("Alla"),
    Filter.REVIEW: _("Granska"),
    Filter.COMPLETE: _("Komplettering"),
    Filter.ATTEST: _("Attestera"),
    Filter.PAY: _("Betala"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A kind of finding on a claim, with how many there are and how heavy it is."""

    severity: Severity
    label: str
    count: int


@dataclass(slots=True, kw_only=True)
class QueueRow:
    """One claim as the queue shows it; times in minutes, money in öre."""

    number: str
    recipient: str
    provider: str
    month_on: date
    status: str
    due_on: date | None
    days_left: int | None
    granted: int
    reported: int
    paid: int
    marks: list[Mark] = field(default_factory=list)
    unanswered: int = 0
    at_risk_ore: int = 0
    next_label: str | Promise = ""
    next_filter: Filter = Filter.ALL
    is_mine: bool = False

    @property
    def is_due(self) -> bool:
        """Whether the last day is today or has been."""
        return self.days_left is not None and self.days_left <= 0


@dataclass(frozen=True)
class Queue:
    """The whole queue, by due day and money at risk."""

    rows: tuple[QueueRow, ...]

    def chosen(self, by: Filter, text: str) -> list[QueueRow]:
        """Return the rows of a filter whose names or number hold a text."""
        wanted = text.casefold()
        return [
            row
            for row in self.rows
            if by in (Filter.ALL, row.next_filter)
            and wanted in f"{row.number} {row.recipient} {row.provider}".casefold()
        ]

    @cached_property
    def counts(self) -> dict[Filter, int]:
        """How many rows each filter holds."""
        return {one: len(self.chosen(one, "")) for one in Filter}

    @property
    def due_today(self) -> int:
        """How many are due today or late."""
        return sum(row.is_due for row in self.rows)

    @property
    def due_this_week(self) -> int:
        """How many are due within seven days, today's with them."""
        return sum(row.days_left is not None and row.days_left < 7 for row in self.rows)

    @property
    def at_risk_ore(self) -> int:
        """The money that open findings put at risk."""
        return sum(row.at_risk_ore for row in self.rows)

    @property
    def green(self) -> int:
        """How many have nothing left to answer."""
        return sum(not row.unanswered for row in self.rows)


def visible(actor: Actor) -> QuerySet[Claim]:
    """Return the claims of the municipality that the access table lets an actor look at."""
    claims = Claim.objects.filter(municipality__slug=actor.municipality)
    relations = {row.relation for row in POLICY if row.action is Action.LOOK_AT_CLAIM and row.role in actor.roles}
    if Relation.OWN_MUNICIPALITY in relations:
        # Her own case and her own provider's are nearer relations, with rules of their own.
        return claims.exclude(recipient__personal_number=actor.personal_number).exclude(
            provider_id__in=actor.provider_ids
        )
    if Relation.OWN_PROVIDER in relations:
        return claims.filter(provider_id__in=actor.provider_ids)
    if Relation.SELF in relations:
        return claims.filter(recipient__personal_number=actor.personal_number)
    return claims.none()


def queue(actor: Actor, today: date) -> Queue:
    """Return everything that waits, as an actor may see it."""
    newest_review = Review.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    newest_statement = Statement.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    claims = list(
        visible(actor)
        .filter(status__in=OPEN)
        .select_related("recipient", "provider", "routine_version")
        .prefetch_related("recipient__versions", "provider__versions")
        .annotate(review_id=Subquery(newest_review), statement_id=Subquery(newest_statement))
    )
    reviews = Review.objects.in_bulk([claim.review_id for claim in claims if claim.review_id])
    statements = Statement.objects.defer("case").in_bulk([claim.statement_id for claim in claims if claim.statement_id])
    signed = _signed(claims)
    rows = {claim.pk: _row(claim, reviews, statements, today) for claim in claims}
    _mark(rows, {claim.review_id: claim.pk for claim in claims})
    for claim in claims:
        _say_next(rows[claim.pk], claim, signed.get(claim.pk, ()), actor)
    return Queue(tuple(sorted(rows.values(), key=_urgency)))


def _urgency(row: QueueRow) -> tuple[date, int, str]:
    return row.due_on or date.max, -row.at_risk_ore, row.number


def _row(claim: Claim, reviews: Mapping[int, Review], statements: Mapping[int, Statement], today: date) -> QueueRow:
    review = reviews.get(claim.review_id) if claim.review_id else None  # type: ignore[attr-defined]
    made = statements.get(claim.statement_id) if claim.statement_id else None  # type: ignore[attr-defined]
    sums: dict[str, int] = review.sums if review else {}
    reported = sums.get("payable_28ths", 0) // PARTS_PER_MINUTE
    return QueueRow(
        number=claim.number,
        recipient=recipient_name(claim.recipient),
        provider=provider_name(claim.provider),
        month_on=claim.month_on,
        status=str(STATUS_LABELS[ClaimStatus(claim.status)]),
        due_on=claim.due_on,
        days_left=(claim.due_on - today).days if claim.due_on else None,
        granted=sums.get("granted_28ths", 0) // PARTS_PER_MINUTE,
        reported=reported,
        paid=reported - _not_paid(made.body) if made else 0,
    )


def _not_paid(body: Mapping[str, object]) -> int:
    """Return the minutes that a statement's lines say are not paid."""
    lines = body["lines"]
    assert isinstance(lines, list)
    return sum(hours_in_minutes(line["quantity"]) for line in lines if not line["amount_ore"])


def _mark(rows: Mapping[int, QueueRow], claim_of: Mapping[int | None, int]) -> None:
    """Put the findings of each newest review on its row: marks by rule, and what is left to answer."""
    last = Word.objects.filter(finding=OuterRef("pk")).order_by("-said_at", "-id").values("word")[:1]
    found = Finding.objects.filter(review_id__in=[one for one in claim_of if one], severity__in=list(NEEDS_WORD))
    columns = ("review_id", "code", "label", "severity", "money_at_risk_ore", "said")
    counted: dict[tuple[int, str], int] = {}
    told: dict[tuple[int, str], tuple[Severity, str]] = {}
    for review_id, code, label, severity, risk, said in found.annotate(said=Subquery(last)).values_list(*columns):
        claim_id = claim_of[review_id]
        counted[claim_id, code] = counted.get((claim_id, code), 0) + 1
        told[claim_id, code] = (Severity(severity), label)
        if said is None or said == WordKind.ASK:
            rows[claim_id].unanswered += 1
            rows[claim_id].at_risk_ore += risk or 0
    order = list(Severity)
    for (claim_id, code), count in sorted(counted.items(), key=lambda one: order.index(told[one[0]][0])):
        severity, label = told[claim_id, code]
        rows[claim_id].marks.append(Mark(severity=severity, label=label, count=count))


def _signed(claims: Iterable[Claim]) -> dict[int, list[Act]]:
    rounds = {claim.pk: claim.round for claim in claims}
    signed: dict[int, list[Act]] = {}
    for claim_id, number, act in SignedAct.objects.filter(claim_id__in=rounds).values_list("claim_id", "round", "act"):
        if rounds[claim_id] == number:
            signed.setdefault(claim_id, []).append(Act(act))
    return signed


def step_waiting(claim: Claim, signed: Iterable[Act]) -> Step | None:
    """Return the step of the routine that waits for a signature, None before the calculation or after the last."""
    if claim.status not in (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED):
        return None
    steps = next_steps(routines.routine(claim.routine_version), list(signed))
    return steps[0] if steps else None


def _say_next(row: QueueRow, claim: Claim, signed: Iterable[Act], actor: Actor) -> None:
    """Say what the claim waits for, and whether it is the actor's to do."""
    step = step_waiting(claim, signed)
    if step is not None:
        row.next_label, row.next_filter = step.label, Filter.ATTEST
        row.is_mine = step.role in actor.roles
        return
    match ClaimStatus(claim.status):
        case ClaimStatus.WAITING_FOR_PROVIDER:
            row.next_label, row.next_filter, action = _("Invänta svar"), Filter.COMPLETE, Action.GIVE_WORD
        case ClaimStatus.ATTESTED:
            row.next_label, row.next_filter, action = _("Beställ betalning"), Filter.PAY, Action.ORDER
        case ClaimStatus.ORDERED:
            row.next_label, row.next_filter, action = _("Kör betalningar"), Filter.PAY, Action.RUN_PAYMENTS
        case ClaimStatus.IN_REVIEW if not row.unanswered:
            row.next_label, row.next_filter, action = _("Beräkna"), Filter.REVIEW, Action.CALCULATE
        case _:
            row.next_label, row.next_filter, action = _("Granska"), Filter.REVIEW, Action.GIVE_WORD
    row.is_mine = any(cell.action is action and cell.role in actor.roles for cell in POLICY)

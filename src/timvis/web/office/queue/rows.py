"""Att göra: every claim that waits, what it waits for, and whether that is something for the one who asks.

What comes next is read from the claim's routine and from the access table; no role is named here. The number of
queries is the same for one claim and for ten thousand, and only the page that is shown is fetched whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.appeals.queries import ages_of
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import Turns, turns_of
from timvis.apps.claims.models import STATUS_LABELS, Claim, Finding, Review, Statement, Word
from timvis.apps.invoices import records as invoice_records
from timvis.apps.invoices.models import Share
from timvis.apps.parties.models import ProviderVersion, RecipientVersion
from timvis.apps.parties.queries import seen_as_agent
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import POLICY, Action, Actor, ClaimStatus, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.invoice.interest import InterestRisk, risk
from timvis.core.law import LawBook, LawReader
from timvis.core.procedure.six_months import Shown
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

DAYS_PER_WEEK = 7

NEWEST_REVIEW = Review.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]


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
    waits: "Waits"
    granted: int
    reported: int
    paid: int
    interest: InterestRisk | None = None
    age: Shown | None = None
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What a claim waits for: enough to sort, count and narrow the whole queue by."""

    claim_id: int
    number: str
    due_on: date | None
    days_left: int | None
    unanswered: int
    at_risk_ore: int
    next_label: str | Promise
    next_filter: Filter
    is_mine: bool

    @property
    def is_due(self) -> bool:
        """Whether the last day is today or has been."""
        return self.days_left is not None and self.days_left <= 0


@dataclass(frozen=True)
class Queue:
    """Everything that waits, by due day and money at risk."""

    waits: tuple[Waits, ...]

    def chosen(self, by: Filter, ids: set[int] | None = None) -> list[Waits]:
        """Return what a filter holds, narrowed to some claims."""
        return [
            one for one in self.waits if by in (Filter.ALL, one.next_filter) and (ids is None or one.claim_id in ids)
        ]

    @cached_property
    def counts(self) -> dict[Filter, int]:
        """How many each filter holds."""
        return {one: len(self.chosen(one)) for one in Filter}

    @property
    def due_today(self) -> int:
        """How many are due today or late."""
        return sum(one.is_due for one in self.waits)

    @property
    def due_this_week(self) -> int:
        """How many are due within seven days, today's with them."""
        return sum(one.days_left is not None and one.days_left < DAYS_PER_WEEK for one in self.waits)

    @property
    def at_risk_ore(self) -> int:
        """The money that open findings put at risk."""
        return sum(one.at_risk_ore for one in self.waits)

    @property
    def green(self) -> int:
        """How many have nothing left to answer."""
        return sum(not one.unanswered for one in self.waits)


def visible(actor: Actor, now: datetime) -> QuerySet[Claim]:
    """Return the claims of the municipality that the access table lets an actor look at."""
    claims = Claim.objects.filter(municipality__slug=actor.municipality)
    relations = {row.relation for row in POLICY if row.action is Action.LOOK_AT_CLAIM and row.role in actor.roles}
    if Relation.OWN_MUNICIPALITY in relations:
        # Her own case and her own provider's are nearer relations, with rules of their own.
        of_her = Share.objects.filter(recipient__personal_number=actor.personal_number)
        return (
            claims.exclude(recipient__personal_number=actor.personal_number)
            .exclude(invoice__in=of_her.values("allocation__invoice"))
            .exclude(provider_id__in=actor.provider_ids)
        )
    near = Q(pk__in=())
    if Relation.OWN_PROVIDER in relations:
        # What was applied for is the recipient's; her employer of assistants sees it by a power of attorney alone.
        seen = Q(application__isnull=True) | Q(recipient_id__in=seen_as_agent(actor, now=now))
        near |= seen & Q(provider_id__in=actor.provider_ids)
    if Relation.SELF in relations:
        near |= Q(recipient__personal_number=actor.personal_number)
    if Relation.AGENT in relations:
        near |= Q(recipient_id__in=seen_as_agent(actor, now=now))
    return claims.filter(near)


def queue(actor: Actor, now: datetime) -> Queue:
    """Return everything that waits, as an actor may see it, without the rows themselves."""
    claims, today = _open_claims(actor, now), day_of(now)
    last = Word.objects.filter(finding=OuterRef("pk")).order_by("-said_at", "-id").values("word")[:1]
    unanswered = (
        Finding.objects.filter(review_id__in=claims.values("review_id"), severity__in=list(NEEDS_WORD))
        .annotate(said=Subquery(last))
        .filter(Q(said__isnull=True) | Q(said=WordKind.ASK))
        .values_list("review_id")
        .annotate(found=Count("id"), at_risk=Sum("money_at_risk_ore"))
    )
    of_review = {review_id: (found, at_risk or 0) for review_id, found, at_risk in unanswered}
    signed = _signed(claims)
    versions = RoutineVersion.objects.in_bulk(set(claims.values_list("routine_version_id", flat=True)))
    turns = turns_of(actor, today)
    waits = [
        _waits(claim, of_review.get(claim.review_id, (0, 0)), signed, versions, turns, today)
        for claim in claims.only(
            "number", "kind", "status", "due_on", "round", "routine_version_id", "invoice_id", "is_paid_by_invoice"
        )
        if not (_goes_to_the_state(claim) and claim.review_id not in of_review)
    ]
    return Queue(tuple(sorted(waits, key=lambda one: (one.due_on or date.max, -one.at_risk_ore, one.number))))


def rows(waits: Iterable[Waits], today: date, law: LawBook) -> list[QueueRow]:
    """Return the rows of some of the queue, in its order, with names, hours and marks, and what waiting costs."""
    order = {one.claim_id: one for one in waits}
    newest_statement = Statement.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    claims = list(
        Claim.objects.filter(pk__in=order)
        .select_related("recipient", "provider", "invoice")
        .prefetch_related("recipient__versions", "provider__versions")
        .annotate(review_id=Subquery(NEWEST_REVIEW), statement_id=Subquery(newest_statement))
    )
    reviews = Review.objects.in_bulk([claim.review_id for claim in claims if claim.review_id])
    statements = Statement.objects.defer("case").in_bulk([claim.statement_id for claim in claims if claim.statement_id])
    found = {claim.pk: _row(claim, order[claim.pk], reviews, statements) for claim in claims}
    for claim in claims:
        if claim.invoice is not None and claim.status != ClaimStatus.ORDERED:
            received_on = day_of(claim.invoice.received_at)
            found[claim.pk].interest = risk(invoice_records.invoice(claim.invoice), received_on, today, LawReader(law))
    for claim_id, age in ages_of(claims, today, law).items():
        found[claim_id].age = age
    _mark(found, {claim.review_id: claim.pk for claim in claims})
    return [found[claim_id] for claim_id in order]


def named(actor: Actor, text: str, now: datetime) -> set[int]:
    """Return the open claims whose number, recipient or provider is called something like a text."""
    recipients = RecipientVersion.objects.filter(name__icontains=text).values("thing_id")
    providers = ProviderVersion.objects.filter(name__icontains=text).values("thing_id")
    wanted = Q(number__icontains=text) | Q(recipient__in=recipients) | Q(provider__in=providers)
    return set(visible(actor, now).filter(wanted, status__in=OPEN).values_list("pk", flat=True))


def _goes_to_the_state(claim: Claim) -> bool:
    """Whether a month is reviewed and reported, not paid: once all has its word it is followed on the state's page."""
    return claim.status == ClaimStatus.IN_REVIEW and claim.is_reported


def _open_claims(actor: Actor, now: datetime) -> Any:
    """Return the open claims with the id of their newest review, which is no field of a claim's type."""
    return visible(actor, now).filter(status__in=OPEN).annotate(review_id=Subquery(NEWEST_REVIEW))


def _row(claim: Claim, waits: Waits, reviews: Mapping[int, Review], statements: Mapping[int, Statement]) -> QueueRow:
    review = reviews.get(claim.review_id) if claim.review_id else None  # type: ignore[attr-defined]  # annotated
    made = statements.get(claim.statement_id) if claim.statement_id else None  # type: ignore[attr-defined]  # annotated
    sums: dict[str, int] = review.sums if review else {}
    reported = sums.get("payable_28ths", 0) // PARTS_PER_MINUTE
    return QueueRow(
        number=claim.number,
        recipient=recipient_name(claim.recipient),
        provider=provider_name(claim.provider),
        month_on=claim.month_on,
        status=str(STATUS_LABELS[ClaimStatus(claim.status)]),
        waits=waits,
        granted=sums.get("granted_28ths", 0) // PARTS_PER_MINUTE,
        reported=reported,
        paid=reported - _not_paid(made.body) if made else 0,
    )


def _not_paid(body: Mapping[str, object]) -> int:
    """Return the minutes that a statement's lines say are not paid."""
    lines = body["lines"]
    assert isinstance(lines, list)
    return sum(
        hours_in_minutes(line["quantity"]) for line in lines if not line["amount_ore"] and line["unit"] == "hour"
    )


def _mark(rows: Mapping[int, QueueRow], claim_of: Mapping[int | None, int]) -> None:
    """Put the findings of each newest review on its row, by rule, the heaviest first."""
    found = Finding.objects.filter(review_id__in=[one for one in claim_of if one], severity__in=list(NEEDS_WORD))
    counted = found.values_list("review_id", "code", "label", "severity").annotate(count=Count("id"))
    order = list(Severity)
    for review_id, _code, label, severity, count in sorted(counted, key=lambda one: order.index(Severity(one[3]))):
        rows[claim_of[review_id]].marks.append(Mark(severity=Severity(severity), label=label, count=count))


def _signed(claims: QuerySet[Claim]) -> dict[int, list[Act]]:
    """Return the signatures of each claim's present round."""
    signed: dict[int, list[Act]] = {}
    acts = SignedAct.objects.filter(claim__in=claims.values("pk"), round=F("claim__round"))
    for claim_id, act in acts.values_list("claim_id", "act"):
        signed.setdefault(claim_id, []).append(Act(act))
    return signed


def step_waiting(claim: Claim, version: RoutineVersion, signed: Iterable[Act]) -> Step | None:
    """Return the step of the routine that waits for a signature, None before the calculation or after the last."""
    if claim.status not in (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED) or claim.is_paid_by_invoice:
        return None
    steps = next_steps(routines.routine(version), list(signed))
    return steps[0] if steps else None


def _waits(
    claim: Claim,
    told: tuple[int, int],
    signed: Mapping[int, list[Act]],
    versions: Mapping[int, RoutineVersion],
    turns: Turns,
    today: date,
) -> Waits:
    """Return what a claim waits for, and whether it is the turn of the one who asks."""
    unanswered, at_risk_ore = told
    version = versions[claim.routine_version_id]
    step = step_waiting(claim, version, signed.get(claim.pk, ()))
    if step is not None:
        label: str | Promise = step.label
        by, is_mine = Filter.ATTEST, turns.are_hers(routines.routine(version), step)
    else:
        label, by, action = _before_or_after_attest(ClaimStatus(claim.status), unanswered)
        if claim.invoice_id is not None and claim.status == ClaimStatus.RECEIVED:
            label, action = _("Pröva"), Action.CHECK_INVOICE
        elif claim.invoice_id is not None and action is Action.CALCULATE:
            label, action = _("Fastställ"), Action.STATE_INVOICE
        elif claim.is_paid_by_invoice and claim.status == ClaimStatus.CALCULATED:
            label, action = _("Besluta"), Action.DECIDE
        is_mine = any(cell.action is action and cell.role in turns.roles for cell in POLICY)
    return Waits(
        claim_id=claim.pk,
        number=claim.number,
        due_on=claim.due_on,
        days_left=(claim.due_on - today).days if claim.due_on else None,
        unanswered=unanswered,
        at_risk_ore=at_risk_ore,
        next_label=label,
        next_filter=by,
        is_mine=is_mine,
    )


def _before_or_after_attest(status: ClaimStatus, unanswered: int) -> tuple[str | Promise, Filter, Action]:
    match status:
        case ClaimStatus.WAITING_FOR_PROVIDER:
            return _("Invänta svar"), Filter.COMPLETE, Action.GIVE_WORD
        case ClaimStatus.ATTESTED:
            return _("Beställ betalning"), Filter.PAY, Action.ORDER
        case ClaimStatus.ORDERED:
            return _("Kör betalningar"), Filter.PAY, Action.RUN_PAYMENTS
        case ClaimStatus.IN_REVIEW if not unanswered:
            return _("Beräkna"), Filter.REVIEW, Action.CALCULATE
        case _:
            return _("Granska"), Filter.REVIEW, Action.GIVE_WORD

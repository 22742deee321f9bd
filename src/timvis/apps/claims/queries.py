"""What is asked about claims: whose they are, what is found and said of them, whether amounts still hold."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import judging, records
from timvis.apps.claims.models import Claim, ClaimDecision, Finding, Review, Statement
from timvis.apps.invoices import queries as invoices
from timvis.apps.orders import queries as orders
from timvis.apps.parties.models import Provider, Recipient
from timvis.apps.parties.queries import nearest_to_hours, relation_to_hours, relations_to_recipients
from timvis.core.access import Action, Actor, ClaimStatus, Relation
from timvis.core.law import LawBook
from timvis.core.records import Regime
from timvis.core.review.finding import NEEDS_WORD
from timvis.core.statement import Statement as StatementRecord


def claim_in(actor: Actor, claim_number: str) -> Claim | None:
    """Return a claim of the actor's own municipality; another's is as if it did not exist."""
    claims = Claim.objects.select_related(
        "routine_version",
        "recipient__municipality",
        "provider__municipality",
        "submitted_by",
        "invoice__municipality",
        "application__recipient__municipality",
    )
    return claims.filter(number=claim_number, municipality__slug=actor.municipality).first()


def standing(claim: Claim) -> str:
    """Return a text that changes with every act on a claim: a form that carries it is known to be stale.

    It counts what is only added to, so that it can never come back to what it was.
    """
    counts = Claim.objects.filter(pk=claim.pk).aggregate(
        reviewed=Count("reviews", distinct=True),
        said=Count("reviews__findings__words", distinct=True),
        stated=Count("statements", distinct=True),
        stamped=Count("stamps", distinct=True),
        decided=Count("decisions", distinct=True),
    )
    return "-".join([claim.status, str(claim.version), str(claim.round), *map(str, counts.values())])


def latest_of(recipient: Recipient, provider: Provider, month_on: date, regime: Regime) -> Claim | None:
    """Return the newest claim by time reports for a recipient's month that has not been turned down.

    Hours that the state has granted and hours that the municipality has are two months, handed in each for itself.
    """
    claims = Claim.objects.filter(
        recipient=recipient,
        provider=provider,
        month_on=month_on,
        regime=regime,
        invoice__isnull=True,
        application__isnull=True,
    )
    return claims.exclude(status=ClaimStatus.REJECTED).order_by("-id").first()


recipients_of = records.recipients_of


def recipients_of_each(claims: Collection[Claim]) -> dict[int, tuple[Recipient, ...]]:
    """Return everybody each of some claims concerns, by the claim's id, with as many queries for many as for one."""
    by_invoice = invoices.recipients_of_each({one.invoice_id for one in claims if one.invoice_id is not None})
    return {
        claim.pk: (claim.recipient,)
        if claim.invoice_id is None and claim.recipient is not None
        else by_invoice.get(claim.invoice_id or 0, ())
        for claim in claims
    }


def relation_to_claim(actor: Actor, claim: Claim, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a claim: to any recipient's hours with its provider."""
    near = [relation_to_hours(actor, one, claim.provider, now=now) for one in recipients_of(claim)]
    return min(near, key=list(Relation).index)


def relations_to_claims(actor: Actor, claims: Collection[Claim], *, now: datetime) -> dict[int, Relation]:
    """Return the nearest relation an actor has to each of some claims, by the claim's id."""
    concerned = recipients_of_each(claims)
    near = relations_to_recipients(actor, [one for some in concerned.values() for one in some], now=now)
    return {
        claim.pk: min(
            (nearest_to_hours(actor, near[one.pk], claim.provider) for one in concerned[claim.pk]),
            key=list(Relation).index,
            default=Relation.NONE,
        )
        for claim in claims
    }


def attempt_on(actor: Actor, action: Action, claim: Claim, now: datetime) -> Attempt:
    """Return an attempt at an act on a claim, as one that concerns everybody whose it is."""
    attempt = Attempt(actor, action, "claim", claim.pk, now)
    return attempt.about([recipient.pk for recipient in recipients_of(claim)])


def newest_review(claim: Claim) -> Review | None:
    """Return the review that counts: the last one made."""
    return claim.reviews.order_by("-number").first()


def newest_statement(claim: Claim) -> Statement | None:
    """Return the statement that counts: the last one made."""
    return newest_statements([claim]).get(claim.pk)


def newest_statements(claims: Collection[Claim]) -> dict[int, Statement]:
    """Return the statement that counts of each of some claims that has one, by the claim's id."""
    newest = Statement.objects.filter(claim=OuterRef("claim")).order_by("-number").values("id")[:1]
    found = Statement.objects.filter(claim_id__in={claim.pk for claim in claims}, id=Subquery(newest))
    # What an amount was made from is much, and is only read to make it again.
    return {made.claim_id: made for made in found.select_related("review").defer("case")}


def newest_decision(claim: Claim) -> ClaimDecision | None:
    """Return the officer's decision on a claim that counts: the last one made."""
    return newest_decisions([claim]).get(claim.pk)


def newest_decisions(claims: Collection[Claim]) -> dict[int, ClaimDecision]:
    """Return the officer's decision that counts of each of some claims that has one, by the claim's id."""
    made = ClaimDecision.objects.filter(claim_id__in={claim.pk for claim in claims}).order_by("number")
    return {one.claim_id: one for one in made}


def decisions_behind(claims: Collection[Claim]) -> dict[int, ClaimDecision]:
    """Return the decision each of some claims is paid by: its own, else that of the application its invoice follows."""
    own = newest_decisions(claims)
    followed = {
        claim.pk: claim.refers_to
        for claim in claims
        if claim.pk not in own and claim.refers_to is not None and claim.refers_to.is_paid_by_invoice
    }
    theirs = newest_decisions(followed.values())
    return own | {pk: theirs[first.pk] for pk, first in followed.items() if first.pk in theirs}


def findings_of(claim: Claim) -> QuerySet[Finding]:
    """Return the findings of the review that counts."""
    review = newest_review(claim)
    return Finding.objects.filter(review=review) if review else Finding.objects.none()


# --- the queue --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A claim that waits for somebody: what is left to answer, and what it may cost to be wrong."""

    number: str
    month_on: date
    status: ClaimStatus
    due_on: date | None
    findings: int
    money_at_risk_ore: int


def queue(municipality: str) -> tuple[QueueRow, ...]:
    """Return the claims that wait before the attest, by due day and then by money at risk."""
    newest = Review.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    weighty = Q(reviews__findings__severity__in=list(NEEDS_WORD), reviews=Subquery(newest))
    waiting = (
        Claim.objects.filter(municipality__slug=municipality, status__in=BEFORE_ATTEST)
        .annotate(
            found=Count("reviews__findings", filter=weighty),
            at_risk=Sum("reviews__findings__money_at_risk_ore", filter=weighty),
        )
        .order_by("due_on", "-at_risk", "id")
    )
    return tuple(
        QueueRow(
            number=claim.number,
            month_on=claim.month_on,
            status=ClaimStatus(claim.status),
            due_on=claim.due_on,
            findings=claim.found,
            money_at_risk_ore=claim.at_risk or 0,
        )
        for claim in waiting
    )


BEFORE_ATTEST = frozenset(
    {
        ClaimStatus.RECEIVED,
        ClaimStatus.IN_REVIEW,
        ClaimStatus.WAITING_FOR_PROVIDER,
        ClaimStatus.CALCULATED,
    }
)


# --- does every amount still come out the same? -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A statement that no longer comes out as it was kept."""

    claim_number: str
    number: int
    kept_digest: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """How many statements were made again, and the first that came out otherwise."""

    statements: int
    first_failure: Mismatch | None


def recompute_all(law: LawBook) -> Recomputed:
    """Return whether every statement ever kept, and every fee, comes out with the digest it was kept under.

    Raises `LawGap` when a row of the law that an amount rests on is gone.
    """
    count, first = 0, None
    for row in Statement.objects.select_related("claim").order_by("id").iterator():
        count += 1
        first = first or next(_mismatch(row, law), None)
    for fee in orders.altered_fees(law):
        count += 1
        if fee is not None and first is None:
            first = Mismatch(
                claim_number=fee.booking_number, number=fee.number, kept_digest=fee.kept_digest, digest=fee.digest
            )
    return Recomputed(statements=count, first_failure=first)


def _mismatch(row: Statement, law: LawBook) -> Iterator[Mismatch]:
    """Yield a mismatch when the stored amounts, the stored digest and the amounts made again are not one."""
    kept: StatementRecord = records.statement(row)
    again = judging.state(judging.thawed(row.case), law)
    for digest in (kept.digest, again.digest):
        if digest != row.digest:
            yield Mismatch(claim_number=row.claim.number, number=row.number, kept_digest=row.digest, digest=digest)
    if again.total_ore != row.total_ore:
        yield Mismatch(
            claim_number=row.claim.number,
            number=row.number,
            kept_digest=row.digest,
            digest=f"{again.digest} ({again.total_ore} öre)",
        )

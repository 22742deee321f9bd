"""The decisions that were made in a board's place, as they are told to it (KL 7:8): no name of whom they concern."""

from dataclasses import dataclass
from datetime import date

from timvis.apps.claims.deciding import row_text
from timvis.apps.claims.models import ClaimDecision
from timvis.core.calendar.local_time import day_of, month_moments
from timvis.core.procedure.decision import Outcome
from timvis.core.routine.records import ClaimKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatedDecision:
    """One decision: the case and its number in it, day, kind, what it came to, who decided and by which row.

    `row` is empty for a decision from before there was an order.
    """

    case: str
    number: int
    on: date
    kind: ClaimKind
    outcome: Outcome
    amount_ore: int
    decider: str
    row: str


def delegated_decisions(municipality: str, month_on: date) -> tuple[DelegatedDecision, ...]:
    """Return every decision of a month in the order they were made, also those that another has changed since."""
    begins, ends = month_moments(month_on)
    made = ClaimDecision.objects.filter(claim__municipality__slug=municipality, made_at__gte=begins, made_at__lt=ends)
    made = made.select_related("claim", "made_by", "delegation__list")
    return tuple(_told(one) for one in made.order_by("made_at", "id"))


def _told(one: ClaimDecision) -> DelegatedDecision:
    return DelegatedDecision(
        case=one.claim.number,
        number=one.number,
        on=day_of(one.made_at),
        kind=ClaimKind(one.claim.kind),
        outcome=Outcome(one.outcome),
        amount_ore=one.amount_ore,
        decider=one.made_by.name,
        row=row_text(one.delegation) if one.delegation else "",
    )

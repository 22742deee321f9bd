"""The decisions that were made in a board's place, as they are told to it (KL 7:8): no name of whom they concern."""

from dataclasses import dataclass
from datetime import date

from timvis.apps.claims.models import ClaimDecision
from timvis.apps.orders.models import SubstituteDecision
from timvis.apps.routines.queries import text_of
from timvis.core.calendar.local_time import day_of, month_moments
from timvis.core.procedure.decision import Outcome
from timvis.core.routine.records import ClaimKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatedDecision:
    """One decision: the case and its number in it, day, kind, what it came to, who decided and by which row.

    `amount_ore` is None for help that is no money; `row` is empty for a decision from before there was an order.
    """

    case: str
    number: int
    on: date
    kind: ClaimKind
    outcome: Outcome
    amount_ore: int | None
    decider: str
    row: str


def delegated_decisions(municipality: str, month_on: date) -> tuple[DelegatedDecision, ...]:
    """Return every decision of a month in the order they were made, also those that another has changed since."""
    begins, ends = month_moments(month_on)
    claims = ClaimDecision.objects.filter(claim__municipality__slug=municipality, made_at__gte=begins, made_at__lt=ends)
    substitutes = SubstituteDecision.objects.filter(
        booking__municipality__slug=municipality, made_at__gte=begins, made_at__lt=ends
    )
    made: list[ClaimDecision | SubstituteDecision] = [
        *claims.select_related("claim", "made_by", "delegation__list").order_by("made_at", "id"),
        *substitutes.select_related("booking__municipality", "made_by", "delegation__list").order_by("made_at", "id"),
    ]
    return tuple(_told(one) for one in sorted(made, key=lambda one: one.made_at))


def _told(one: ClaimDecision | SubstituteDecision) -> DelegatedDecision:
    if isinstance(one, ClaimDecision):
        case, kind, amount_ore = one.claim.number, ClaimKind(one.claim.kind), one.amount_ore
    else:
        case, kind, amount_ore = one.booking.number, ClaimKind.SUBSTITUTE_FEE, None
    return DelegatedDecision(
        case=case,
        number=one.number,
        on=day_of(one.made_at),
        kind=kind,
        outcome=Outcome(one.outcome),
        amount_ore=amount_ore,
        decider=one.made_by.name,
        row=text_of(one.delegation) if one.delegation else "",
    )

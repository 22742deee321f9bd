"""Rows of appeals, services and delays → what the core judges."""

from collections.abc import Iterable
from datetime import date

from timvis.apps.appeals import cases
from timvis.apps.appeals.models import Appeal, AppealStep, Delay, Demand, Service
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.core.calendar.local_time import day_of
from timvis.core.procedure import six_months
from timvis.core.procedure.appeal import AppealEvent, Arrival, Change, CourtAnswer, TimeFinding
from timvis.core.procedure.appeal import AppealStep as Step


def events(appeal: Appeal) -> tuple[AppealEvent, ...]:
    """Return the steps an appeal has taken, in order; that it was registered is the first."""
    first = AppealEvent(step=Step.REGISTERED, on=appeal.came_on)
    return (first, *(_event(row) for row in appeal.steps.order_by("number")))


def _event(row: AppealStep) -> AppealEvent:
    return AppealEvent(
        step=Step(row.step),
        on=row.on,
        time=TimeFinding(row.time) if row.time else None,
        change=Change(row.change) if row.change else None,
        answer=CourtAnswer(row.answer) if row.answer else None,
    )


def arrival(appeal: Appeal) -> Arrival:
    """Return how an appeal came in."""
    return Arrival(came_on=appeal.came_on, by_post=appeal.by_post, to_court_on=appeal.to_court_on)


def served(decided: cases.Decided) -> dict[str, date]:
    """Return the day each person was served with a decision, as it was registered last."""
    return {row.name: row.served_on for row in Service.objects.filter(**cases.named(decided)).order_by("id")}


def appeals_of(case: cases.Case) -> tuple[Appeal, ...]:
    """Return the appeals of every decision in a case, the oldest first."""
    rows = Appeal.objects.filter(cases.about(case)).select_related(
        "decision__claim", "substitute_decision__booking", "original", "registered_by"
    )
    return tuple(rows.order_by("id"))


def case_time(
    claim: Claim,
    decisions: Iterable[ClaimDecision],
    demands: Iterable[Demand],
    delays: Iterable[Delay],
) -> six_months.CaseTime:
    """Return what a claim's age is judged on, from its rows."""
    decided = min((day_of(one.made_at) for one in decisions), default=None)
    return six_months.CaseTime(
        received_on=day_of(claim.received_at),
        decided_on=decided,
        demands=tuple(_demand(one) for one in demands),
        delays=tuple(
            six_months.Delay(announced_on=one.announced_on, reason=one.reason, expected_by=one.expected_by)
            for one in delays
        ),
    )


def _demand(row: Demand) -> six_months.Demand:
    answered = getattr(row, "answered", None)
    return six_months.Demand(
        came_on=row.came_on,
        answer=six_months.DemandAnswer(answered.answer) if answered else None,
        answered_on=answered.on if answered else None,
    )

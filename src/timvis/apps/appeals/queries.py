"""What is asked about appeals and delays: where each stands, and by when something is to be done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from timvis.apps.appeals import cases, records
from timvis.apps.appeals.models import Appeal, Delay, Demand
from timvis.apps.claims.models import NOTHING_PAID, Claim, ClaimDecision
from timvis.core.access import Actor
from timvis.core.law import LawByDay
from timvis.core.procedure import six_months
from timvis.core.procedure.appeal import STEP_WORDS, AppealEvent, appeal_by, is_open, next_steps
from timvis.core.procedure.appeal import AppealStep as Step
from timvis.formats.holiday_calendar.read import holidays_around

R = TypeVar("R", ClaimDecision, Demand, Delay)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealStanding:
    """Where an appeal stands: its steps, what may follow, and the last day of the time to appeal where it is known."""

    appeal: Appeal
    events: tuple[AppealEvent, ...]
    served_on: date | None
    last_on: date | None
    next: frozenset[Step]

    @property
    def says(self) -> str:
        """The last step, in words."""
        return STEP_WORDS[self.events[-1].step]

    @property
    def is_open(self) -> bool:
        """Whether the authority or the court has something left to do."""
        return is_open(self.events)

    @property
    def waits_for_us(self) -> bool:
        """Whether the next step is the authority's."""
        return self.is_open and Step.COURT_ANSWERED not in self.next


def appeal_in(actor: Actor, appeal_id: int) -> Appeal | None:
    """Return an appeal in the actor's own municipality; another's is as if it did not exist."""
    rows = Appeal.objects.select_related(
        "decision__claim__municipality",
        "decision__claim__recipient__municipality",
        "decision__claim__provider__municipality",
        "decision__claim__invoice__municipality",
        "decision__claim__routine_version",
        "decision__claim__application",
        "decision__made_by",
        "substitute_decision__booking__municipality",
        "substitute_decision__booking__recipient__municipality",
        "substitute_decision__booking__provider__municipality",
        "substitute_decision__booking__routine_version",
        "substitute_decision__booking__substitute__assistant",
        "substitute_decision__made_by",
        "original",
    )
    return rows.filter(cases.in_town(actor.municipality), pk=appeal_id).first()


def standing_of(appeal: Appeal, law: LawByDay) -> AppealStanding:
    """Return where an appeal stands. Raises `LawGap`."""
    served_on = records.served(cases.decided_of(appeal)).get(appeal.name)
    events = records.events(appeal)
    return AppealStanding(
        appeal=appeal,
        events=events,
        served_on=served_on,
        last_on=appeal_by(served_on, law, holidays_around(served_on)) if served_on else None,
        next=next_steps(events),
    )


def ages_of(claims: Collection[Claim], on: date, law: LawByDay) -> dict[int, six_months.Shown]:
    """Return what is to be seen of the age of each undecided case that somebody has asked for, by the claim's id.

    A claim by time reports or an invoice is no such case. As many queries for many as for one.
    """
    asked = {one.pk: one for one in claims if one.application_id is not None and one.status not in NOTHING_PAID}
    decisions = ClaimDecision.objects.filter(claim_id__in=asked)
    demands = Demand.objects.filter(claim_id__in=asked).select_related("answered")
    delays = Delay.objects.filter(claim_id__in=asked)
    decided_by, demands_by, delays_by = _by_claim(decisions), _by_claim(demands), _by_claim(delays)
    return {
        pk: six_months.shown(
            records.case_time(one, decided_by.get(pk, ()), demands_by.get(pk, ()), delays_by.get(pk, ())),
            on,
            law,
            holidays_around(on),
        )
        for pk, one in asked.items()
    }


def _by_claim(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(row)
    return found

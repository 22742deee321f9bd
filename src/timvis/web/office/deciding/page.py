"""What a claim's page says of its decision: what it would be, what keeps it, who could make it, and what followed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.functional import Promise

from timvis.apps.appeals.models import SERVICE_LABELS
from timvis.apps.appeals.queries import AppealStanding, ages_of, standing_of
from timvis.apps.appeals.records import appeals_of, served
from timvis.apps.claims import deciding, decision_letters
from timvis.apps.claims.deciding import Ground, Wanted
from timvis.apps.claims.models import CHANGE_LABELS, Claim, ClaimDecision, Hearing
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.procedure.appeal import AGAINST_WORDS, CHANGE_WORDS, COURT_WORDS
from timvis.core.procedure.decision import Outcome, amount_at_stake
from timvis.core.procedure.hearing import NO_HEARING_WORDS
from timvis.core.procedure.six_months import Shown
from timvis.formats.statutes.read import load_statutes
from timvis.web.shared.words import WHY_NOT

DAYS_TO_ANSWER = 14
"""How long a party is given to answer when nobody says otherwise."""

WORDS = {
    "no_hearing": list(NO_HEARING_WORDS.items()),
    "change_kinds": list(CHANGE_LABELS.items()),
    "against": list(AGAINST_WORDS.items()),
    "appeal_changes": list(CHANGE_WORDS.items()),
    "court_answers": list(COURT_WORDS.items()),
    "service_ways": list(SERVICE_LABELS.items()),
}
"""What may be chosen in the forms, with the words for it."""


@dataclass(kw_only=True)
class Deciding:
    """Everything the page says of the decision on one claim, seen by one person."""

    claim: Claim
    actor: Actor
    now: datetime
    law: LawBook
    ground: Ground | None

    @cached_property
    def decisions(self) -> list[ClaimDecision]:
        """Every decision ever made, the one that counts first, each with its letters."""
        rows = self.claim.decisions.select_related("made_by", "presented_by", "delegation__list", "hearing")
        return list(rows.prefetch_related("letters__letter").order_by("-number"))

    @property
    def decision(self) -> ClaimDecision | None:
        """The decision that counts."""
        return self.decisions[0] if self.decisions else None

    @property
    def is_sent(self) -> bool:
        """Whether the decision that counts has been told."""
        return self.decision is not None and bool(self.decision.letters.all())

    @property
    def is_decidable(self) -> bool:
        """Whether there is an amount to decide on that no decision covers yet."""
        if self.ground is None or self.claim.status not in deciding.DECIDABLE:
            return False
        return self.decision is None or self.decision.statement_id != self.ground.statement.pk

    @cached_property
    def outcome(self) -> Outcome | None:
        """What the amounts make of it."""
        return self.ground.outcome_of(None) if self.ground else None

    @property
    def goes_against(self) -> bool:
        """Whether it would go against somebody, so that she is heard first."""
        return self.outcome is not None and deciding.goes_against(self.outcome)

    @cached_property
    def period(self) -> tuple[date, date]:
        """The first and the last day that are applied for."""
        applied = self.claim.application.versions.order_by("-number").first() if self.claim.application else None
        if applied is None:
            return self.claim.month_on, self.claim.month_on
        return applied.applied_from, applied.applied_to - timedelta(days=1)

    @cached_property
    def provisions(self) -> list[tuple[str, str]]:
        """The provisions that the calculation rests on, with what each says: those are offered first."""
        statutes = load_statutes()
        lines = self.ground.statement.body["lines"] if self.ground else []
        cited = dict.fromkeys(["LSS 9 § 2", *(code for line in lines for code in line["cites"])])
        return [(code, statutes[code].says) for code in cited if code in statutes]

    @cached_property
    def why_not(self) -> tuple[str | Promise, str | Promise] | None:
        """Why the one who looks may not decide now, and what to do about it."""
        return WHY_NOT[self._refusal] if self._refusal is not None else None

    @cached_property
    def _refusal(self) -> Refusal | None:
        if self.ground is None:
            return None
        first, last = self.period
        wanted = Wanted(
            period_from=first,
            period_to=last + timedelta(days=1),
            amount_ore=self.ground.statement.total_ore,
            reasons="",
        )
        why, _held = deciding.why_not(self.ground, wanted, self.actor, self.now)
        return why

    @property
    def waits_for_hearing(self) -> bool:
        """Whether only the hearing stands between her and the decision: she may write why none is needed."""
        return self._refusal in (
            Refusal.PARTY_IS_NOT_HEARD,
            Refusal.TIME_TO_ANSWER_IS_NOT_OVER,
            Refusal.SHOWN_IS_NOT_CURRENT,
        )

    @cached_property
    def could(self) -> tuple[tuple[str, str], ...]:
        """Who may decide it today by the delegation order, each with her row."""
        if self.ground is None or self.outcome is None:
            return ()
        at_stake = amount_at_stake(self.ground.claimed_ore, self.ground.statement.total_ore)
        return deciding.who_could(self.claim, self.outcome, at_stake, self.now)

    @cached_property
    def hearing(self) -> Hearing | None:
        """The last proposal that was sent."""
        return self.ground.hearing if self.ground else None

    @property
    def answer_by(self) -> date:
        """The day to answer that is suggested."""
        return day_of(self.now) + timedelta(days=DAYS_TO_ANSWER)

    @cached_property
    def receivers(self) -> list[str]:
        """To whom the decision would go."""
        if self.decision is None:
            return []
        return [one.head.receiver[0] for one in decision_letters.of_decision(self.decision, self.now)]

    @cached_property
    def party(self) -> str:
        """The name of the one the decision is about."""
        return decision_letters.party_name(self.claim)

    @cached_property
    def served(self) -> dict[str, date]:
        """When somebody was served with the decision that counts."""
        return served(self.decision) if self.decision else {}

    @cached_property
    def appeals(self) -> list[AppealStanding]:
        """Every appeal, the last first."""
        return [standing_of(one, self.law) for one in reversed(appeals_of(self.claim))]

    @cached_property
    def age(self) -> Shown | None:
        """What is to be seen of the case's age."""
        return ages_of([self.claim], day_of(self.now), self.law).get(self.claim.pk)


def deciding_of(claim: Claim, actor: Actor, *, law: LawBook, now: datetime) -> Deciding | None:
    """Return what is said of a claim's decision; None for one that is not applied for, which has its own way."""
    if claim.application_id is None:
        return None
    return Deciding(claim=claim, actor=actor, now=now, law=law, ground=deciding.ground_of(claim))

"""Acts on a case that takes too long: the delay that is announced, the demand for a decision, and its answer."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.appeals import records
from timvis.apps.appeals.actions import Outcome, Written, said_nothing
from timvis.apps.appeals.letters import send_about
from timvis.apps.appeals.models import Delay, Demand, DemandAnswer
from timvis.apps.claims.actions import found
from timvis.apps.claims.decision_letters import party_name, provisions_of
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import newest_decision
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text, month_text
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay
from timvis.core.letter import Value
from timvis.core.procedure.six_months import DELAY_CITES, DemandState, state_of
from timvis.core.procedure.six_months import DemandAnswer as Answer


@transaction.atomic
def announce_delay(actor: Actor, claim_number: str, *, reason: str, expected_by: date, now: datetime) -> Outcome:
    """Return the id of the row that says a party was told that her case is delayed, why and until when (FL 11 §)."""
    claim, attempt = found(actor, claim_number, Action.ANNOUNCE_DELAY, now)
    if isinstance(claim, Refusal):
        return claim
    if newest_decision(claim) is not None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if faults := _not_ahead(expected_by, now):
        return faults
    values: dict[str, Value] = {
        "period": month_text(claim.month_on),
        "due_on": date_text(expected_by),
        "reason": reason,
    }
    letter = send_about(actor, claim, party_name(claim), "delay_announced", values, now=now)
    if not isinstance(letter, int):
        return letter
    made = Delay.objects.create(
        claim=claim,
        announced_on=day_of(now),
        reason=reason.strip(),
        expected_by=expected_by,
        letter_id=letter,
        announced_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(reason=reason, detail={"expected_by": str(expected_by)})
    return made.pk


@transaction.atomic
def register_demand(actor: Actor, claim_number: str, written: Written, *, now: datetime) -> Outcome:
    """Return the id of a party's written demand that her case is decided, as it came in (FL 12 §)."""
    claim, attempt = found(actor, claim_number, Action.REGISTER_DEMAND, now)
    if isinstance(claim, Refusal):
        return claim
    if faults := said_nothing(written):
        return faults
    made = Demand.objects.create(
        claim=claim,
        came_on=written.came_on,
        text=written.text.strip(),
        original_id=written.original_id,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(detail={"demand": made.pk, "came_on": str(written.came_on)})
    return made.pk


@transaction.atomic
def answer_demand(
    actor: Actor, claim_number: str, *, because: str, expected_by: date, law: LawByDay, now: datetime
) -> Answer | Refusal | tuple[Fault, ...]:
    """Return how the demand that waits was answered: by the decision when the case has one, else refused by letter.

    One that cannot be tried, because it came too early or another was tried before, is dismissed. Raises `LawGap`.
    """
    claim, attempt = found(actor, claim_number, Action.ANSWER_DEMAND, now)
    if isinstance(claim, Refusal):
        return claim
    demand = claim.demands.filter(answered__isnull=True).order_by("id").first()
    if demand is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    decision = newest_decision(claim)
    answer, letter = Answer.CASE_DECIDED, None
    if decision is None:
        if not because.strip():
            return attempt.refuse(Refusal.REASON_IS_MISSING)
        if faults := _not_ahead(expected_by, now):
            return faults
        answer = Answer.REFUSED if _state(claim, demand, law) is DemandState.TO_BE_TRIED else Answer.DISMISSED
        sent = _refused(actor, claim, demand, because, expected_by, now)
        if not isinstance(sent, int):
            return sent
        letter = sent
    try:
        with transaction.atomic():
            DemandAnswer.objects.create(
                demand=demand,
                answer=answer,
                on=day_of(now),
                because=because.strip(),
                decision=decision,
                letter_id=letter,
                answered_by_id=actor.person_id,
                known_at=now,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=because, detail={"demand": demand.pk, "answer": answer.value})
    return answer


def _state(claim: Claim, demand: Demand, law: LawByDay) -> DemandState:
    before = claim.demands.exclude(pk=demand.pk).select_related("answered")
    case = records.case_time(claim, claim.decisions.all(), before, ())
    return state_of(case, records.case_time(claim, (), (demand,), ()).demands[0], law)


def _refused(actor: Actor, claim: Claim, demand: Demand, because: str, expected_by: date, now: datetime) -> Outcome:
    values: dict[str, Value] = {
        "came_on": date_text(demand.came_on),
        "decided_on": date_text(day_of(now)),
        "due_on": date_text(expected_by),
        "reason": because,
        "provisions": provisions_of(DELAY_CITES),
        "deciders": (f"Beslutat av {actor.name}.",),
    }
    return send_about(actor, claim, party_name(claim), "six_months_refused", values, now=now)


def _not_ahead(day: date, now: datetime) -> tuple[Fault, ...]:
    if day > day_of(now):
        return ()
    message = f"Dagen {day} är inte senare än i dag."
    remedy = "Skriv den dag då beslutet väntas."
    return (Fault(code="day_has_passed", message=message, remedy=remedy, column="expected_by"),)

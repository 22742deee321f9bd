"""Acts on what follows a decision: service, appeal and its steps to the court. Each is logged however it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.appeals import packages, records
from timvis.apps.appeals.cases import Case, Decided, attempted, case_of, decided_of, found, named, newest_decision
from timvis.apps.appeals.letters import tell
from timvis.apps.appeals.models import Appeal, AppealStep, CourtPackage, Service, ServiceWay
from timvis.apps.appeals.queries import appeal_in
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import actions as claims
from timvis.apps.claims import decision_acts
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.decision_acts import Changed
from timvis.apps.documents.models import Original
from timvis.apps.orders import keeping
from timvis.apps.orders.deciding import WantedDecision, given_by
from timvis.apps.orders.decision_acts import decide_on_substitute
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay
from timvis.core.letter import Value
from timvis.core.procedure.appeal import (
    PAPER_WORDS,
    AgainstParty,
    AppealEvent,
    Change,
    CourtAnswer,
    TimeFinding,
    appeal_by,
    event_faults,
    papers_to_court,
    received_on,
    time_of,
    why_not_change,
    why_not_step,
)
from timvis.core.procedure.appeal import AppealStep as Step
from timvis.core.substitute.decided import gives_less
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.statutes.read import provision_texts

Outcome = int | Refusal | tuple[Fault, ...]


# --- served, and appealed -----------------------------------------------------------------------------------------


@transaction.atomic
def register_service(
    actor: Actor, number: str, *, name: str, served_on: date, way: ServiceWay, now: datetime
) -> Outcome:
    """Return the id of the row that says when somebody was served with the decision that counts.

    Registered again it restates the day: the last row counts.
    """
    case, attempt = found(actor, number, Action.REGISTER_SERVICE, now)
    if isinstance(case, Refusal):
        return case
    decision = newest_decision(case)
    if decision is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    faults = (*_unnamed(name), *_not_between(served_on, day_of(decision.made_at), day_of(now), "served_on"))
    if faults:
        return faults
    made = Service.objects.create(
        **named(decision),
        name=name.strip(),
        served_on=served_on,
        way=way,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(detail={"decision": decision.number, "served_on": str(served_on), "way": way.value})
    return made.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An appeal, a demand or a court's paper as it came: typed, or the bytes that were kept."""

    came_on: date
    text: str = ""
    original_id: int | None = None


@transaction.atomic
def register_appeal(
    actor: Actor,
    number: str,
    written: Written,
    *,
    name: str,
    now: datetime,
    by_post: bool = False,
    to_court_on: date | None = None,
    decision_number: int | None = None,
) -> Outcome:
    """Return the id of an appeal of a decision (the one that counts, when none is named), as it came in."""
    case, attempt = found(actor, number, Action.REGISTER_APPEAL, now)
    if isinstance(case, Refusal):
        return case
    decisions = case.decisions.order_by("-number")
    decision = (decisions if decision_number is None else decisions.filter(number=decision_number)).first()
    if decision is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    made_on = day_of(decision.made_at)
    faults = (*_unnamed(name), *said_nothing(written), *_not_between(written.came_on, made_on, day_of(now), "came_on"))
    if faults:
        return faults
    made = Appeal(
        **named(decision),
        name=name.strip(),
        came_on=written.came_on,
        by_post=by_post,
        to_court_on=to_court_on,
        text=written.text.strip(),
        original_id=written.original_id,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    told = tell(actor, made, "appeal_received", {}, now=now)
    if not isinstance(told, int):
        return told
    made.save()
    attempt.done(detail={"appeal": made.pk, "decision": decision.number, "came_on": str(written.came_on)})
    return made.pk


# --- the steps ---------------------------------------------------------------------------------------------------


@transaction.atomic
def judge_time(
    actor: Actor, appeal_id: int, *, law: LawByDay, now: datetime, notice_was_right: bool = True, because: str = ""
) -> TimeFinding | Refusal | tuple[Fault, ...]:
    """Return whether an appeal came in time (FL 45 §); one that is late is rejected by letter. Raises `LawGap`.

    `notice_was_right` is whether the party was told correctly how to appeal; when not, `because` says what was wrong.
    """
    appeal, attempt = _found(actor, appeal_id, Action.JUDGE_APPEAL, now)
    if isinstance(appeal, Refusal):
        return appeal
    if not notice_was_right and not because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    came = records.arrival(appeal)
    holidays = holidays_around(came.came_on)
    served_on = records.served(decided_of(appeal)).get(appeal.name)
    time = time_of(came, served_on=served_on, notice_was_right=notice_was_right, law=law, holidays=holidays)
    taken = _take(attempt, appeal, AppealEvent(step=Step.TIME_CHECKED, on=day_of(now), time=time), because=because)
    if not isinstance(taken, AppealStep):
        return taken
    if time is TimeFinding.LATE and served_on is not None:
        last = appeal_by(served_on, law, holidays)
        values: dict[str, Value] = {
            "decided_on": date_text(day_of(now)),
            "served_on": date_text(served_on),
            "last_on": date_text(last),
            "came_on": date_text(received_on(came, holidays)),
            "reason": because or "Överklagandet kom alltså in för sent och ska avvisas.",
            "provisions": provision_texts(("FL 44 §", "FL 45 §")),
            "deciders": (f"Beslutat av {actor.name}.",),
        }
        event = AppealEvent(step=Step.REJECTED_AS_LATE, on=day_of(now))
        rejected = _take(attempt, appeal, event, because=because, code="appeal_rejected_as_late", values=values)
        if not isinstance(rejected, AppealStep):
            return rejected
    return time


@transaction.atomic
def reconsider(actor: Actor, appeal_id: int, change: Change, *, because: str, now: datetime) -> Outcome:
    """Return the number of the step by which the decision was looked at again (FL 37–39, 46 §§).

    When it was changed, the new decision has been made before (`change_decision`), and the party is told.
    """
    appeal, attempt = _found(actor, appeal_id, Action.RECONSIDER, now)
    if isinstance(appeal, Refusal):
        return appeal
    if not because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    appealed = decided_of(appeal)
    newest = newest_decision(case_of(appealed))
    is_new = newest is not None and newest.number > appealed.number and newest.made_at >= appeal.known_at
    if is_new != (change is not Change.NOT):
        return attempt.refuse(Refusal.WRONG_STATE)
    event = AppealEvent(step=Step.RECONSIDERED, on=day_of(now), change=change)
    values: dict[str, Value] = {"reason": because}
    code = "appeal_reconsidered" if is_new else ""
    return _number(
        _take(attempt, appeal, event, because=because, code=code, values=values, decision=newest if is_new else None)
    )


@transaction.atomic
def forward(actor: Actor, appeal_id: int, *, now: datetime) -> Outcome:
    """Return the number of the step by which an appeal was handed over to the court with its papers (FL 46 §).

    The papers are kept as one package, to be downloaded and sent; how they travel is not known here.
    """
    appeal, attempt = _found(actor, appeal_id, Action.FORWARD_APPEAL, now)
    if isinstance(appeal, Refusal):
        return appeal
    events = records.events(appeal)
    why = next((row.because for row in appeal.steps.order_by("-number") if row.step == Step.RECONSIDERED), "")
    values: dict[str, Value] = {
        "reason": why,
        "documents": tuple(PAPER_WORDS[paper].capitalize() for paper in papers_to_court(events)),
    }
    event = AppealEvent(step=Step.FORWARDED, on=day_of(now))
    taken = _take(attempt, appeal, event, code="appeal_forwarded", values=values)
    if not isinstance(taken, AppealStep):
        return taken
    sealed = packages.of_appeal(appeal, now)
    if isinstance(sealed, tuple):
        raise RuntimeError(f"the package of appeal {appeal.pk} cannot be sealed: {sealed}")
    CourtPackage.objects.create(
        step=taken,
        file_name=sealed.file_name,
        digest=sealed.digest,
        content=sealed.content,
        manifest=[{"path": row.path, "bytes": row.bytes, "sha256": row.sha256} for row in sealed.manifest],
    )
    return taken.number


@transaction.atomic
def register_court_answer(
    actor: Actor, appeal_id: int, answer: CourtAnswer, written: Written, *, decided_on: date, now: datetime
) -> Outcome:
    """Return the number of the step by which the court's answer was registered; the party is told what it means."""
    appeal, attempt = _found(actor, appeal_id, Action.REGISTER_COURT_ANSWER, now)
    if isinstance(appeal, Refusal):
        return appeal
    if faults := said_nothing(written):
        return faults
    event = AppealEvent(step=Step.COURT_ANSWERED, on=day_of(now), answer=answer)
    values: dict[str, Value] = {
        "decided_on": date_text(decided_on),
        "came_on": date_text(written.came_on),
        "reason": written.text.strip() or "Domen finns i ärendet.",
    }
    taken = _take(attempt, appeal, event, because=written.text, code="appeal_answered", values=values, written=written)
    return _number(taken)


@transaction.atomic
def withdraw(actor: Actor, appeal_id: int, *, because: str, now: datetime) -> Outcome:
    """Return the number of the step by which the one who appealed took it back, in her words."""
    appeal, attempt = _found(actor, appeal_id, Action.WITHDRAW_APPEAL, now)
    if isinstance(appeal, Refusal):
        return appeal
    if not because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    return _number(_take(attempt, appeal, AppealEvent(step=Step.WITHDRAWN, on=day_of(now)), because=because))


# --- the decision itself is changed --------------------------------------------------------------------------------


@transaction.atomic
def change_decision(
    actor: Actor,
    claim_number: str,
    wanted: Wanted,
    changed: Changed,
    *,
    seen: str,
    now: datetime,
    ground: AgainstParty | None = None,
) -> Outcome:
    """Return the number of the decision that replaces the last one, when it may still be changed (FL 36–39 §§).

    While an appeal stands it is only changed for the better, and not after it was handed over; else it is changed for
    the worse only on a `ground` of FL 37 §.
    """
    claim, attempt = claims.found(actor, claim_number, Action.CHANGE_CASE_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    before = claim.decisions.order_by("-number").first()
    if before is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if why := _why_not_change(claim, is_against_party=wanted.amount_ore < before.amount_ore, ground=ground):
        return attempt.refuse(why)
    return decision_acts.correct_decision(actor, claim_number, wanted, changed, seen=seen, now=now)


@transaction.atomic
def reopen(actor: Actor, claim_number: str, *, because: str, seen: str, now: datetime) -> ClaimStatus | Refusal:
    """Return the status of a refused claim that is tried anew, when no court has it."""
    claim, attempt = claims.found(actor, claim_number, Action.CHANGE_CASE_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if why := _why_not_change(claim, is_against_party=False, ground=None):
        return attempt.refuse(why)
    return decision_acts.reopen(actor, claim_number, because=because, seen=seen, now=now)


@transaction.atomic
def change_substitute_decision(
    actor: Actor, booking_id: int, wanted: WantedDecision, *, now: datetime, ground: AgainstParty | None = None
) -> Outcome:
    """Return the number of the decision on a substitute that replaces the last one, by the same rules."""
    booking, attempt = keeping.found(actor, booking_id, Action.DECIDE_ON_SUBSTITUTE, now)
    if isinstance(booking, Refusal):
        return booking
    before = booking.decisions.order_by("-number").first()
    if before is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if why := _why_not_change(booking, is_against_party=gives_less(wanted.gives, given_by(before)), ground=ground):
        return attempt.refuse(why)
    return decide_on_substitute(actor, booking_id, wanted, now=now)


def _why_not_change(case: Case, *, is_against_party: bool, ground: AgainstParty | None) -> Refusal | None:
    appeals = [records.events(one) for one in records.appeals_of(case)]
    return why_not_change(appeals, is_against_party=is_against_party, ground=ground)


# --- what the acts have in common ----------------------------------------------------------------------------------


def _found(actor: Actor, appeal_id: int, action: Action, now: datetime) -> tuple[Appeal | Refusal, Attempt]:
    appeal = appeal_in(actor, appeal_id)
    if appeal is None:
        attempt = Attempt(actor, action, "appeal", appeal_id, now)
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    refusal, attempt = attempted(actor, case_of(decided_of(appeal)), action, now)
    return refusal or appeal, attempt


def _take(
    attempt: Attempt,
    appeal: Appeal,
    event: AppealEvent,
    *,
    because: str = "",
    code: str = "",
    values: Mapping[str, Value] | None = None,
    decision: Decided | None = None,
    written: Written | None = None,
) -> AppealStep | Refusal | tuple[Fault, ...]:
    """Take a step when it may follow on the others, tell the one who appealed of it where a letter is named."""
    events = records.events(appeal)
    if why := why_not_step(events, event.step):
        return attempt.refuse(why)
    if faults := event_faults(events, event):
        return faults
    letter = tell(attempt.actor, appeal, code, values or {}, now=attempt.now) if code else None
    if letter is not None and not isinstance(letter, int):
        return letter
    try:
        with transaction.atomic():
            taken = AppealStep.objects.create(
                appeal=appeal,
                number=len(events),
                step=event.step,
                on=event.on,
                time=event.time or "",
                change=event.change or "",
                answer=event.answer or "",
                because=because.strip(),
                **named(decision),
                letter_id=letter,
                original_id=written.original_id if written else None,
                taken_by_id=attempt.actor.person_id,
                known_at=attempt.now,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=because, detail={"appeal": appeal.pk, "step": event.step.value})
    return taken


def _number(taken: AppealStep | Refusal | tuple[Fault, ...]) -> Outcome:
    return taken.number if isinstance(taken, AppealStep) else taken


def said_nothing(written: Written) -> tuple[Fault, ...]:
    """Return the fault of a paper that neither says anything nor is kept, none when it does."""
    if written.text.strip() or Original.objects.filter(pk=written.original_id or 0).exists():
        return ()
    return (
        Fault(
            code="paper_is_empty",
            message="Det som kom in är varken skrivet eller bifogat.",
            remedy="Skriv vad som står i det, eller bifoga det.",
            column="text",
        ),
    )


def _unnamed(name: str) -> tuple[Fault, ...]:
    if name.strip():
        return ()
    return (Fault(code="name_is_missing", message="Namnet saknas.", remedy="Skriv vem det är.", column="name"),)


def _not_between(day: date, first: date, last: date, column: str) -> tuple[Fault, ...]:
    if first <= day <= last:
        return ()
    message = f"Dagen {day} ligger inte mellan beslutet ({first}) och i dag."
    return (Fault(code="day_is_outside", message=message, remedy="Skriv den dag det skedde.", column=column),)

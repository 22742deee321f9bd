"""The letters a decision on a substitute is told by, and those whom the routine names in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.orders import records
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.models import Booking, SubstituteDecision
from timvis.apps.parties import records as party_records
from timvis.apps.parties.queries import who_may_see
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text, period_text
from timvis.core.letter import Head, Value
from timvis.core.procedure.decision import Outcome
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.routine.records import Act, LetterSent, Routine
from timvis.core.routine.terms import LetterWhen
from timvis.core.routine.words import ROLES
from timvis.formats.statutes.read import provision_texts

OF_OUTCOME = {
    Outcome.GRANTED: ("substitute_granted", LetterWhen.GRANTED),
    Outcome.PARTLY_GRANTED: ("substitute_partly_granted", LetterWhen.PARTLY_GRANTED),
    Outcome.REFUSED: ("substitute_refused", LetterWhen.REFUSED),
}
PROPOSAL = "substitute_proposed"
WAY = "brev"
"""How a proposed decision reaches the one who asks, when nobody says otherwise."""
_PROVIDERS = ("provider_admin", "own_employer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One letter to one receiver in one role; a provider's is its own, every other stands in the recipient's file."""

    code: str
    role: str
    head: Head
    values: dict[str, Value]
    recipient_id: int | None = None
    provider_id: int | None = None


def of_decision(made: SubstituteDecision, now: datetime) -> tuple[Envelope, ...]:
    """Return the letters of a decision: the routine's own and the copies, always one to whom it is about."""
    booking = made.booking
    routine = records.routine(booking)
    code, when = OF_OUTCOME[Outcome(made.outcome)]
    steps = [step for step in routine.steps if {Act.DECIDE, Act.SEND_DECISION} & set(step.acts)]
    told = [letter for step in steps for letter in routine.letters_at(step.name, when)]
    if not any("recipient" in letter.to for letter in told):
        told.insert(0, LetterSent(code=code, text="", at="", to=("recipient",)))
    copies = [letter for step in steps for letter in routine.letters_at(step.name)]
    values = _values(made, now)
    return tuple(
        Envelope(
            code=letter.code,
            role=role,
            head=_head(booking, name, now),
            # What the provider gets is hers: the file it is kept in is the provider's too.
            recipient_id=None if role in _PROVIDERS else booking.recipient_id,
            provider_id=booking.provider_id if role in _PROVIDERS else None,
            values=values,
        )
        for letter in (*told, *copies)
        for role in letter.to
        for name in _names(booking, role, now)
    )


def of_proposal(booking: Booking, wanted: WantedDecision, actor: Actor, *, answer_by: date, now: datetime) -> Envelope:
    """Return the letter by which the one who asks is told of a proposed decision, and how to answer it."""
    name = party_records.recipient(booking.recipient_id, known_at=now).name
    return Envelope(
        code=PROPOSAL,
        role="recipient",
        head=_head(booking, name, now),
        recipient_id=booking.recipient_id,
        values={
            "municipality": booking.municipality.name,
            "recipient": name,
            "case_number": booking.number,
            "officer": actor.name,
            "contact": _contact(booking),
            "period": _period(wanted.decision_from, wanted.decision_to),
            "granted": _granted(wanted.outcome, wanted.granted_minutes),
            "reason": wanted.reasons,
            "documents": records.evidence_list(booking, known_at=now),
            "provisions": provision_texts(wanted.provisions),
            "due_on": date_text(answer_by),
        },
    )


def receivers_named(routine: Routine, code: str) -> tuple[str, ...]:
    """Return who a letter of a routine goes to within the municipality, as a letter names them."""
    roles = dict.fromkeys(role for letter in routine.letters if letter.code == code for role in letter.to)
    return tuple(ROLES.get(role, role).capitalize() for role in roles)


def _names(booking: Booking, role: str, now: datetime) -> Iterator[str]:
    """Yield who has a role; an agent and a provider see it only by a power of attorney to see decisions."""
    if role == "recipient":
        yield party_records.recipient(booking.recipient_id, known_at=now).name
    elif role == "agent":
        yield from (power.agent_name for power in who_may_see(booking.recipient_id, now=now))
    elif role in _PROVIDERS:
        provider = party_records.provider(booking.provider_id, known_at=now)
        if provider.number in {power.thing.agent_number for power in who_may_see(booking.recipient_id, now=now)}:
            yield provider.name
    else:
        yield ROLES.get(role, role).capitalize()


def _head(booking: Booking, receiver: str, now: datetime) -> Head:
    return Head(
        sender=booking.municipality.name, receiver=(receiver,), reference=booking.number, written_on=day_of(now)
    )


def _values(made: SubstituteDecision, now: datetime) -> dict[str, Value]:
    booking, on = made.booking, date_text(day_of(made.made_at))
    granted = _granted(Outcome(made.outcome), made.granted_minutes)
    return {
        "municipality": booking.municipality.name,
        "recipient": party_records.recipient(booking.recipient_id, known_at=now).name,
        "case_number": booking.number,
        "officer": made.made_by.name,
        "contact": _contact(booking),
        "decided_on": on,
        "period": _period(made.decision_from, made.decision_to),
        "granted": granted,
        "amount": granted,
        "reason": made.reasons,
        "documents": ". ".join(made.evidence) + ".",
        "provisions": provision_texts(made.provisions),
        "dissent": (),
        "lines": (),
        "payment": (),
        "deciders": (_decider(made),),
        "changes": _changes(made),
    }


def _contact(booking: Booking) -> str:
    return booking.municipality.contact or f"Skriv till {booking.municipality.name}."


def _granted(outcome: Outcome, granted_minutes: int | None) -> str:
    if outcome is Outcome.REFUSED:
        return "avslag på begäran om vikarie"
    if granted_minutes is None:
        return "vikarie så länge den ordinarie assistenten är sjuk"
    hours, minutes = divmod(granted_minutes, MINUTES_PER_HOUR)
    return f"vikarie i högst {hours}:{minutes:02d} timmar"


def _period(first: date, end: date | None) -> str:
    return f"från och med den {date_text(first)}, tills vidare" if end is None else period_text(first, end)


def _decider(made: SubstituteDecision) -> str:
    if made.delegation is None:
        return f"Beslutat av {made.made_by.name}."
    order = made.delegation.list
    row = f"enligt delegationsordning {order.number}, rad {made.delegation.number}"
    return f"Beslutat av {made.made_by.name} på {order.board}s vägnar, {row}."


def _changes(made: SubstituteDecision) -> tuple[str, ...]:
    earlier = made.booking.decisions.filter(number=made.number - 1).first()
    if earlier is None:
        return ()
    return (f"Det ersätter beslutet den {date_text(day_of(earlier.made_at))}. {made.changed_because}".strip(),)

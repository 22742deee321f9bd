"""What a decision on a substitute rests on, and everything that keeps somebody from making it now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.audit.models import Person
from timvis.apps.documents import hearings
from timvis.apps.orders import records
from timvis.apps.orders.models import Booking, SubstituteDecision, SubstituteHearing
from timvis.apps.parties import queries as parties
from timvis.apps.parties import records as party_records
from timvis.apps.routines import queries as routines
from timvis.apps.routines.models import DelegationRow
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.disqualification import too_near
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import DecisionRecord, Outcome, Participant, faults_of
from timvis.core.procedure.hearing import NoHearing, NotHeard
from timvis.core.routine.records import ClaimKind
from timvis.core.statement import digest_of
from timvis.core.substitute.decided import Given, gives_less
from timvis.core.substitute.request import SUBSTITUTE
from timvis.formats.statutes.read import load_statutes

NO_AMOUNT = 0
"""What a decision on a substitute is about in öre, where a delegation has a limit: help is no money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDecision:
    """A decision as a case officer wants to make it. It holds until `decision_to`, None until further.

    `granted_minutes` is the most that it gives, None where it doesn't say. `not_heard` is the ground on which nobody
    is heard before it goes against her, with the reason. `changed_because` is why it replaces an earlier one.
    """

    reference: str
    outcome: Outcome
    decision_from: date
    reasons: str
    decision_to: date | None = None
    granted_minutes: int | None = None
    provisions: tuple[str, ...] = SUBSTITUTE
    not_heard: NoHearing | None = None
    not_heard_because: str = ""
    changed_because: str = ""

    @property
    def gives(self) -> Given:
        """What it gives."""
        return Given(
            outcome=self.outcome,
            given_from=self.decision_from,
            given_to=self.decision_to,
            minutes=self.granted_minutes,
        )


def given_by(made: SubstituteDecision) -> Given:
    """Return what a decision that was made gives."""
    return Given(
        outcome=Outcome(made.outcome),
        given_from=made.decision_from,
        given_to=made.decision_to,
        minutes=made.granted_minutes,
    )


def newest_hearing(booking: Booking) -> SubstituteHearing | None:
    """Return the last proposal that was sent, None while there is none."""
    return booking.hearings.order_by("-number").first()


def material_digest(booking: Booking, *, known_at: datetime) -> str:
    """Return the digest of what a decision on a booking rests on: the need, and what the provider can do itself."""
    request = records.request(booking, known_at=known_at)
    return digest_of(
        {
            "from": booking.start_at,
            "to": booking.end_at,
            "sick_from": booking.sick_from,
            "tried": request.tried,
            "own_routine": request.own_routine_is_in,
        }
    )


# --- whether it may be made -----------------------------------------------------------------------------------


def why_not(
    booking: Booking, wanted: WantedDecision, actor: Actor, now: datetime
) -> tuple[Refusal | None, DelegationRow | None]:
    """Return the first reason why somebody may not decide so now, else None, with the delegation she decides by."""
    if actor.person_id in disqualified_ids(booking, now):
        return Refusal.DISQUALIFIED, None
    held = routines.delegation_of(
        booking.municipality.slug,
        person_id=actor.person_id,
        kind=ClaimKind.SUBSTITUTE_FEE,
        outcome=wanted.outcome,
        amount_ore=NO_AMOUNT,
        now=now,
    )
    if isinstance(held, Refusal):
        return held, None
    return _why_not_heard(booking, wanted, actor, now), held


def _why_not_heard(booking: Booking, wanted: WantedDecision, actor: Actor, now: datetime) -> Refusal | None:
    on, hearing = day_of(now), newest_hearing(booking)
    not_heard = None
    if wanted.not_heard is not None:
        not_heard = NotHeard(
            ground=wanted.not_heard, reason=wanted.not_heard_because, by_person_id=actor.person_id, on=on
        )
    why = hearings.why_not_heard(
        wanted.outcome,
        hearing,
        hearing.answers.all() if hearing else (),
        not_heard,
        digest=material_digest(booking, known_at=now),
        on=on,
    )
    if why is None and hearing is not None and not_heard is None and gives_less(wanted.gives, _proposed_by(hearing)):
        # She has had her say on something better than this.
        return Refusal.SHOWN_IS_NOT_CURRENT
    return why


def _proposed_by(hearing: SubstituteHearing) -> Given:
    return Given(
        outcome=Outcome(hearing.outcome),
        given_from=hearing.proposed_from,
        given_to=hearing.proposed_to,
        minutes=hearing.proposed_minutes,
    )


def disqualified_ids(booking: Booking, now: datetime) -> frozenset[int]:
    """Return the persons who may not decide: it is theirs, their family's, their company's or the substitute's own."""
    on = day_of(now)
    numbers = {booking.recipient.personal_number, booking.provider.organisation_number}
    for _recipient_id, mandate in party_records.mandates_of([booking.recipient_id], known_at=now):
        if mandate.valid_from <= on and (mandate.valid_to is None or on < mandate.valid_to):
            numbers.add(mandate.agent_number)
    if booking.substitute is not None:
        numbers.add(booking.substitute.assistant.personal_number)
    near = too_near(numbers, party_records.interests(booking.municipality.slug, known_at=now), on)
    acting = parties.members_by_provider([booking.provider_id], on).get(booking.provider_id, frozenset())
    return frozenset(Person.objects.filter(personal_number__in=near).values_list("id", flat=True)) | acting


# --- what is wrong with it as it is written ---------------------------------------------------------------------


def decision_faults(
    wanted: WantedDecision, actor: Actor, held: DelegationRow | None, now: datetime
) -> tuple[Fault, ...]:
    """Return everything that is wrong with a decision as it is written down; nothing of it is then made."""
    record = DecisionRecord(
        on=day_of(now),
        outcome=wanted.outcome,
        claimed_ore=None,
        granted_ore=None,
        period_from=wanted.decision_from,
        period_to=wanted.decision_to,
        reasons=wanted.reasons,
        provisions=wanted.provisions,
        decider=Participant(person_id=actor.person_id, name=actor.name),
        delegation=routines.text_of(held) if held else "",
    )
    return (*faults_of(record, load_statutes()), *_faults_of_hours(wanted))


def _faults_of_hours(wanted: WantedDecision) -> Iterator[Fault]:
    if wanted.outcome is Outcome.REFUSED and wanted.granted_minutes:
        yield Fault(
            code="refusal_gives_hours",
            message="Ett avslag ger inga timmar.",
            remedy="Ta bort timmarna, eller välj bifall eller delavslag.",
            column="hours",
        )

"""What a decision on a claim rests on, and everything that keeps somebody from making it now.

The page asks the same questions as the act, so that a button that is not there says why.
"""

from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.claims import completion, standing_near
from timvis.apps.claims.models import Claim, ClaimDecision, Hearing, Statement
from timvis.apps.claims.queries import newest_decision, newest_statement
from timvis.apps.documents import hearings
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.apps.routines.models import DelegationRow
from timvis.core.access import POLICY, Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure import decision as procedure
from timvis.core.procedure.decision import NOT_WHOLLY_FAVOURABLE, Outcome, Participant
from timvis.core.procedure.delegation import DelegationBook, who_could_decide
from timvis.core.procedure.hearing import NoHearing, NotHeard
from timvis.core.quantities import Ore
from timvis.core.routine.records import ClaimKind
from timvis.core.statement import digest_of
from timvis.formats.statutes.read import load_statutes

DECIDABLE = (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED)
"""The states in which there is an amount to decide on, and nothing has been ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A decision as somebody wants to make it; the period ends before `period_to`, amounts are whole öre.

    `outcome` None is what the amounts make of it. `took_part` are names of others who had a part in the final
    handling. `not_heard` is the ground on which nobody is heard first, with the reason.
    """

    period_from: date
    period_to: date
    amount_ore: int
    reasons: str
    provisions: tuple[str, ...] = ()
    outcome: Outcome | None = None
    presented_by_id: int | None = None
    took_part: tuple[str, ...] = ()
    dissent: str = ""
    not_heard: NoHearing | None = None
    not_heard_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a claim's decision stands on: its statement, what was asked for, and the hearing that counts."""

    claim: Claim
    statement: Statement
    claimed_ore: Ore | None
    hearing: Hearing | None
    earlier: ClaimDecision | None

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """What the amounts can make of it: one, unless no amount was asked for."""
        return procedure.outcomes_of(self.claimed_ore, self.statement.total_ore)

    @property
    def digest(self) -> str:
        """The digest of the material that a hearing is about: how the amount came about, and what was asked for."""
        return digest_of({"statement": self.statement.digest, "claimed_ore": self.claimed_ore})

    def outcome_of(self, wanted: Outcome | None) -> Outcome:
        """Return the outcome that is wanted, else the most favourable that the amounts allow."""
        return wanted or next(one for one in Outcome if one in self.outcomes)


def ground_of(claim: Claim) -> Ground | None:
    """Return what a decision on a claim would stand on, None before anything is calculated."""
    statement = newest_statement(claim)
    if statement is None:
        return None
    return Ground(
        claim=claim,
        statement=statement,
        claimed_ore=_claimed(claim, statement),
        hearing=claim.hearings.order_by("-number").first(),
        earlier=newest_decision(claim),
    )


def _claimed(claim: Claim, statement: Statement) -> Ore | None:
    """Return what was asked for: an invoice asks for its own amount, an application for that of its lines."""
    if claim.invoice_id is not None:
        return Ore(statement.total_ore) if statement.total_ore > 0 else None
    told = [line.get("claimed_ore") for line in statement.body["lines"]]
    asked = [one for one in told if one is not None]
    return Ore(sum(asked)) if asked and sum(asked) > 0 else None


# --- who may --------------------------------------------------------------------------------------------------


def delegation_of(
    claim: Claim, person_id: int, outcome: Outcome, amount_ore: int, now: datetime
) -> DelegationRow | Refusal | None:
    """Return the row of the delegation order by which somebody may decide so today, or why she may not.

    None where the board has adopted no order for such cases and the claim rests on no application: then the routine
    and the access table say whose step it is, as before there was an order.
    """
    return routines.delegation_of(
        claim.municipality.slug,
        person_id=person_id,
        kind=ClaimKind(claim.kind),
        outcome=outcome,
        amount_ore=amount_ore,
        now=now,
        is_always_needed=claim.application_id is not None,
    )


def who_could(claim: Claim, outcome: Outcome, amount_ore: int, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return the names of those who may decide so today, each with the row of the order that says so."""
    held = who_could_decide(
        _book(claim, now), kind=ClaimKind(claim.kind), outcome=outcome, amount_ore=amount_ore, on=day_of(now)
    )
    names = dict(Person.objects.filter(id__in={one.person_id for one in held}).values_list("id", "name"))
    return tuple(
        (names[one.person_id], routines.row_text(one.board, one.list_number, one.right.number)) for one in held
    )


def who_could_present(municipality: str, now: datetime) -> dict[int, str]:
    """Return the names of those who handle such cases in a municipality today, by their ids, in order of name."""
    handles = {row.role for row in POLICY if row.action is Action.REGISTER_HEARING_ANSWER}
    here = roles_in_force(day_of(now)).filter(municipality=municipality, role__in=handles)
    found = Person.objects.filter(id__in=here.values("person_id"), personal_number__isnull=False)
    return dict(found.order_by("sort_key", "id").values_list("id", "name"))


def _book(claim: Claim, now: datetime) -> DelegationBook:
    return routine_records.delegation_book(claim.municipality.slug, known_at=now)


# --- whether everything before it is done -----------------------------------------------------------------------


def why_not_heard(ground: Ground, wanted: Wanted, actor: Actor, now: datetime) -> Refusal | None:
    """Return None when the party has had her say as the law asks, or a ground for leaving it out is told."""
    on, hearing = day_of(now), ground.hearing
    not_heard = None
    if wanted.not_heard is not None:
        not_heard = NotHeard(
            ground=wanted.not_heard, reason=wanted.not_heard_because, by_person_id=actor.person_id, on=on
        )
    return hearings.why_not_heard(
        ground.outcome_of(wanted.outcome),
        hearing,
        hearing.answers.all() if hearing else (),
        not_heard,
        digest=ground.digest,
        on=on,
    )


def why_not_complete(claim: Claim, outcome: Outcome, now: datetime) -> Refusal | None:
    """Return why a claim may not be refused yet: something is missing that nobody has asked for in time (FL 20 §)."""
    if outcome is not Outcome.REFUSED:
        return None
    why = completion.why_not_refuse_for_missing(claim, now=now)
    return None if why is Refusal.NOTHING_IS_MISSING else why


def why_not(ground: Ground, wanted: Wanted, actor: Actor, now: datetime) -> tuple[Refusal | None, DelegationRow | None]:
    """Return the first reason why somebody may not decide so now, else None, with the delegation she decides by."""
    outcome = ground.outcome_of(wanted.outcome)
    if too_near := standing_near.why_not_handle(actor.person_id, ground.claim, now):
        return too_near, None
    at_stake = procedure.amount_at_stake(ground.claimed_ore, wanted.amount_ore)
    held = delegation_of(ground.claim, actor.person_id, outcome, at_stake, now)
    if isinstance(held, Refusal):
        return held, None
    why = why_not_complete(ground.claim, outcome, now) or why_not_heard(ground, wanted, actor, now)
    return why, held


def faults_of(
    ground: Ground, wanted: Wanted, actor: Actor, held: DelegationRow | None, now: datetime
) -> tuple[Fault, ...]:
    """Return everything that is wrong with a decision as it is written down; nothing of it is then made."""
    stated, presenter = ground.statement.total_ore, wanted.presented_by_id
    could_present = who_could_present(ground.claim.municipality.slug, now)
    record = procedure.DecisionRecord(
        on=day_of(now),
        outcome=ground.outcome_of(wanted.outcome),
        claimed_ore=ground.claimed_ore,
        granted_ore=Ore(stated),  # another amount is one fault, and not one for each thing that follows from it
        period_from=wanted.period_from,
        period_to=wanted.period_to,
        reasons=wanted.reasons,
        provisions=wanted.provisions,
        decider=Participant(person_id=actor.person_id, name=actor.name),
        presenters=(Participant(person_id=presenter, name=could_present[presenter]),)
        if presenter in could_present
        else (),
        delegation=routines.text_of(held) if held else "",
    )
    return (
        *(() if wanted.amount_ore == stated else (_NOT_THE_STATED,)),
        *(() if presenter is None or presenter in could_present else (_NOT_A_PRESENTER,)),
        *procedure.faults_of(record, load_statutes()),
    )


_NOT_THE_STATED = Fault(
    code="amount_is_not_the_stated",
    message="Beloppet är inte det som ärendet är beräknat eller fastställt till.",
    remedy="Granska och beräkna på nytt om beloppet ska bli ett annat; för en faktura: återsänd den och be om en ny.",
    column="amount_ore",
)


_NOT_A_PRESENTER = Fault(
    code="presenter_is_not_of_the_office",
    message="Den som står som föredragande handlägger inte ärenden i kommunen i dag.",
    remedy="Välj någon i listan, eller lämna fältet tomt om ingen har föredragit ärendet.",
    column="presented_by",
)


def goes_against(outcome: Outcome) -> bool:
    """Return whether an outcome goes against somebody in some part."""
    return outcome in NOT_WHOLLY_FAVOURABLE

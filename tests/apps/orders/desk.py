"""A town that sends substitutes: the answered routine of Östhammar, a desk by day and by night, a pool of two."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.apps.signed_months import law
from tests.cast import LONG_AGO, REGISTERED_AT, Cast, a_registered_assistant, ok, on_stage
from timvis.apps.audit import persons
from timvis.apps.documents.actions import register_evidence
from timvis.apps.orders import actions, decision_acts, fee_acts, pool
from timvis.apps.orders.actions import Told
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.models import Booking
from timvis.apps.orders.pool import ContactParticulars, PoolParticulars
from timvis.apps.parties import actions as parties
from timvis.apps.parties import queries
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor, Role
from timvis.core.calendar.local_time import instant, spans_between
from timvis.core.procedure.decision import Outcome
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind
from timvis.core.substitute.fee import ProviderCost
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.routing import Desk
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import WorkedPiece

TOWN = "osthammar"
EXAMPLES = Path(__file__).parents[3] / "examples"

SUNDAY = date(2026, 3, 8)
MONDAY = date(2026, 3, 9)
CALL_AT = datetime(2026, 3, 8, 20, 40, tzinfo=UTC)
"""A Sunday at 21.40 in Sweden."""
MORNING = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
"""The Monday after, at 8.30: the office is open."""
LATER = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)

NIGHT_NUMBER, IDA_NUMBER, MIRA_NUMBER, NILS_NUMBER = "197110021834", "196711222940", "198501122397", "198412202395"
TOWN_AS_EMPLOYER = "2120009010"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Everybody at the desk, and the pool: Mira, who works nights, and Nils, who works days."""

    cast: Cast
    ida: Actor  # staffing assistant
    jon: Actor  # duty supervisor
    mira_id: int
    nils_id: int


def at(actor: Actor, now: datetime) -> Actor:
    """Return an actor who has just logged in."""
    return replace(actor, logged_in_at=now)


def a_town(*, slug: str = TOWN, routine: str = "osthammar/substitute.toml") -> Town:
    """Return a town with the routine adopted, contact points and a pool."""
    cast = on_stage(slug, "Kommunen")
    content = (EXAMPLES / routine).read_bytes()
    drafted = draft_routine(at(cast.david, REGISTERED_AT), content, source=routine, now=REGISTERED_AT)
    assert isinstance(drafted, int), drafted
    head = _employee(cast, "197306199287", "Hanna Ek", Role.AUTHORITY_HEAD)
    published = publish_routine(at(head, REGISTERED_AT), drafted, now=REGISTERED_AT)
    assert isinstance(published, int), published
    ida = _employee(cast, IDA_NUMBER, "Ida Lind", Role.STAFFING_ASSISTANT)
    jon = _employee(cast, NIGHT_NUMBER, "Jon Vik", Role.DUTY_SUPERVISOR)
    employer_id = ok(
        parties.register_provider(
            cast.cecilia,
            organisation_number=TOWN_AS_EMPLOYER,
            particulars=ProviderParticulars(name="Kommunens egen regi", kind=ProviderKind.MUNICIPALITY),
            now=REGISTERED_AT,
        )
    )
    mira_id = in_pool(cast, ida, employer_id, MIRA_NUMBER, "Mira Norén", born_on=date(1985, 1, 12), start=0, end=1440)
    nils_id = in_pool(cast, ida, employer_id, NILS_NUMBER, "Nils Å", born_on=date(1984, 12, 20), start=420, end=1020)
    for desk, telephone in ((Desk.STAFFING_ASSISTANT, "0173-000 01"), (Desk.DUTY_SUPERVISOR, "0173-000 02")):
        ok(
            pool.register_contact_point(
                ida,
                desk,
                ContactParticulars(name="Växeln", telephone=telephone, valid_from=LONG_AGO),
                now=REGISTERED_AT,
            )
        )
    return Town(cast=cast, ida=ida, jon=jon, mira_id=mira_id, nils_id=nils_id)


def in_pool(
    cast: Cast, ida: Actor, employer_id: int, number: str, name: str, *, born_on: date, start: int, end: int
) -> int:
    """Return the id of somebody in the pool who can be called every day between two clock minutes."""
    assistant_id = ok(
        parties.register_assistant(
            cast.cecilia,
            provider_id=employer_id,
            personal_number=number,
            particulars=a_registered_assistant(name, born_on=born_on),
            now=REGISTERED_AT,
        )
    )
    return ok(
        pool.register_substitute(
            ida,
            assistant_id=assistant_id,
            particulars=PoolParticulars(
                telephone="070-000 00 00",
                skills=["lift"],
                available=[[day, start, end] for day in range(7)],
                valid_from=LONG_AGO,
            ),
            now=REGISTERED_AT,
        )
    )


def a_call(town: Town, **says: object) -> Told:
    """Return what Elsa at Ekot tells in the telephone: Alma's assistant is sick, tonight."""
    told = Told(
        recipient_id=town.cast.recipient_id,
        provider_id=town.cast.ekot_id,
        asked_by=AskedBy.PROVIDER,
        asked_by_name="Elsa Ek",
        start_at=instant(SUNDAY, 23 * 60),
        end_at=instant(MONDAY, 7 * 60),
        sick_from=SUNDAY,
        is_acute=True,
        telephone="070-111 11 11",
        tried="Ringde alla sex vikarier i egen pool.",
    )
    return replace(told, **says)  # type: ignore[arg-type]


def called(town: Town, **says: object) -> int:
    """Return the id of a booking that Jon wrote down when the telephone rang."""
    found = actions.request_substitute(at(town.jon, CALL_AT), a_call(town, **says), now=CALL_AT)
    assert isinstance(found, int), found
    return found


def booking(booking_id: int) -> Booking:
    """Return a booking as it stands now."""
    return Booking.objects.get(pk=booking_id)


def offered(town: Town, booking_id: int, member_id: int | None = None, reason: str = "") -> int:
    """Let Jon ask somebody in the pool, Mira if nobody else is named."""
    found = actions.offer_shift(
        at(town.jon, CALL_AT), booking_id, member_id or town.mira_id, law=law(), now=CALL_AT, reason=reason
    )
    assert isinstance(found, int), found
    return found


def confirmed(town: Town, **says: object) -> int:
    """Return the id of a booking that Mira has said yes to and Jon has confirmed."""
    booking_id = called(town, **says)
    offered(town, booking_id)
    ok(actions.answer_offer(at(town.jon, CALL_AT), booking_id, town.mira_id, accepts=True, now=CALL_AT))
    letter = actions.confirm_booking(at(town.jon, CALL_AT), booking_id, law=law(), now=CALL_AT)
    assert isinstance(letter, int), letter
    return booking_id


def worked(booking_id: int) -> tuple[WorkedPiece, ...]:
    """Return the whole booked shift as worked."""
    row = booking(booking_id)
    return tuple(WorkedPiece(span=span) for span in spans_between(row.start_at, row.end_at))  # type: ignore[arg-type]


def reported(town: Town, booking_id: int, *, average_week_hours: int = 30) -> int:
    """Let Ida hand in that the substitute worked the whole shift."""
    found = fee_acts.report_time(
        at(town.ida, MORNING),
        booking_id,
        worked(booking_id),
        law=law(),
        now=MORNING,
        average_week_minutes=average_week_hours * 60,
    )
    assert isinstance(found, int), found
    return found


COSTS = (
    ProviderCost(on=SUNDAY, sheet=Sheet.STATE, cost_ore=Ore(2_500)),
    ProviderCost(on=MONDAY, sheet=Sheet.STATE, cost_ore=Ore(12_500)),
    ProviderCost(on=MONDAY, sheet=Sheet.OWN, cost_ore=Ore(38_600)),
)
"""One hour on Sunday and five on Monday at 25,00 in the qualifying time; two after it at 193,00."""


def stated(town: Town, booking_id: int, costs: tuple[ProviderCost, ...] = COSTS) -> int:
    """Let Hasse write down what Ekot says the sick assistant costs."""
    return ok(
        fee_acts.state_provider_cost(
            at(town.cast.hasse, LATER), booking_id, costs, stated_by="Elsa Ek", stated_on=LATER.date(), now=LATER
        )
    )


DECISION = WantedDecision(
    reference="V 2026-7",
    outcome=Outcome.GRANTED,
    reasons="Anordnaren kan inte själv få fram en vikarie, och behovet kan inte vänta.",
    decision_from=SUNDAY,
    decision_to=date(2026, 3, 22),
)


def papers_in(town: Town, booking_id: int, now: datetime = MORNING) -> None:
    """Let what was allowed to wait come in: Cecilia decides, the power of attorney comes."""
    cecilia = at(town.cast.cecilia, now)
    ok(decision_acts.decide_on_substitute(cecilia, booking_id, DECISION, now=now))
    ok(actions.register_paper(cecilia, booking_id, Open.POWER_OF_ATTORNEY, received_on=now.date(), now=now))
    ok(
        register_evidence(
            cecilia,
            requirement="own_substitute_routine",
            received_on=now.date(),
            provider_id=town.cast.ekot_id,
            now=now,
        )
    )


def _employee(cast: Cast, number: str, name: str, role: Role) -> Actor:
    machine = at(cast.machine, REGISTERED_AT)
    person_id = ok(persons.register_person(machine, personal_number=number, name=name, now=REGISTERED_AT))
    ok(
        persons.give_role(
            machine, person_id=person_id, role=role, held_from=LONG_AGO, reason="Anställd", now=REGISTERED_AT
        )
    )
    actor = queries.actor_of(person_id, municipality=cast.machine.municipality, logged_in_at=CALL_AT, on=SUNDAY)
    assert actor is not None
    return actor

"""A town with a system of choice: the answered routine of Leksand, three providers, one of them its own."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.cast import LONG_AGO, REGISTERED_AT, TOWN_NUMBER, Cast, ok, on_stage
from timvis.apps.audit import persons
from timvis.apps.home_choices import agreement_acts
from timvis.apps.home_choices.records import AgreementParticulars
from timvis.apps.parties import actions as parties
from timvis.apps.parties import queries
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor, Role
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import Minutes
from timvis.core.records import ProviderKind

TOWN = "leksand"
EXAMPLES = Path(__file__).parents[3] / "examples"
MORNING = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
TODAY = date(2026, 3, 9)
HEAD_NUMBER = "197306199287"
HELP = "home_care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The cast, the authority head who approves providers, and the town's own home care."""

    cast: Cast
    head: Actor
    own_id: int


def at(actor: Actor, now: datetime) -> Actor:
    """Return an actor who has just logged in."""
    return replace(actor, logged_in_at=now)


def a_town(*, routine: bytes | None = None, slug: str = TOWN) -> Town:
    """Return a town with its routine adopted and nobody approved yet."""
    cast = on_stage(slug, "Kommunen")
    content = routine if routine is not None else (EXAMPLES / "leksand/home_care.toml").read_bytes()
    head = _head(cast)
    drafted = draft_routine(at(cast.david, REGISTERED_AT), content, source="home_care.toml", now=REGISTERED_AT)
    assert isinstance(drafted, int), drafted
    published = publish_routine(at(head, REGISTERED_AT), drafted, now=REGISTERED_AT)
    assert isinstance(published, int), published
    own_id = ok(
        parties.register_provider(
            cast.cecilia,
            organisation_number=TOWN_NUMBER,
            particulars=ProviderParticulars(name="Kommunens hemtjänst", kind=ProviderKind.MUNICIPALITY),
            now=REGISTERED_AT,
        )
    )
    return Town(cast=cast, head=at(head, MORNING), own_id=own_id)


def an_agreement(**says: object) -> AgreementParticulars:
    """Return an agreement about all home care in the whole town, from long ago, without ceiling."""
    told = AgreementParticulars(
        reference="LOV 2015-1",
        begins_on=LONG_AGO,
        services=(OfferedService(name=HELP, from_minute=7 * 60, to_minute=22 * 60),),
        valid_from=LONG_AGO,
    )
    return replace(told, **says)  # type: ignore[arg-type]


def approved(town: Town, provider_id: int, **says: object) -> int:
    """Let the authority head approve a provider."""
    return made(agreement_acts.register_home_agreement(town.head, provider_id, an_agreement(**says), now=MORNING))


def all_approved(town: Town) -> tuple[int, int, int]:
    """Approve the three providers, and return their ids in the order their names stand."""
    three = (town.cast.ekot_id, town.cast.fjarran_id, town.own_id)
    for provider_id in three:
        approved(town, provider_id)
    return three


def made(outcome: int | Refusal | tuple[Fault, ...]) -> int:
    """Return what an act made, when it neither was refused nor found faults."""
    assert isinstance(outcome, int), outcome
    return outcome


def hours(count: int) -> Minutes:
    """Return hours as minutes."""
    return Minutes(count * 60)


def _head(cast: Cast) -> Actor:
    machine = at(cast.machine, REGISTERED_AT)
    person_id = ok(persons.register_person(machine, personal_number=HEAD_NUMBER, name="Hanna Ek", now=REGISTERED_AT))
    ok(
        persons.give_role(
            machine,
            person_id=person_id,
            role=Role.AUTHORITY_HEAD,
            held_from=LONG_AGO,
            reason="Anställd",
            now=REGISTERED_AT,
        )
    )
    actor = queries.actor_of(person_id, municipality=cast.machine.municipality, logged_in_at=REGISTERED_AT, on=TODAY)
    assert actor is not None
    return actor

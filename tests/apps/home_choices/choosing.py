"""A town with a system of choice: the answered routine of Leksand, three providers, one of them its own."""

from dataclasses import dataclass, replace
from datetime import datetime

from tests.apps.home_orders.town import MONDAY, NOW, ROUTINE, TOWN, an_employee, at, decided
from tests.cast import LONG_AGO, REGISTERED_AT, TOWN_NUMBER, Cast, ok, on_stage
from timvis.apps.home_choices import actions, agreement_acts
from timvis.apps.home_choices.actions import Wish
from timvis.apps.home_choices.models import HomeChoice
from timvis.apps.home_choices.records import AgreementParticulars
from timvis.apps.home_orders.actions import WantedOrder, place_order
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor, Role
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, ProviderKind

HEAD_NUMBER = "197306199287"
HELP = "home_care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The cast, the authority head who approves providers, and the town's own home care."""

    cast: Cast
    head: Actor
    own_id: int


def a_town(*, routine: bytes | None = None, slug: str = TOWN) -> Town:
    """Return a town with its routine adopted and nobody approved yet."""
    cast = on_stage(slug, "Kommunen")
    content = routine if routine is not None else ROUTINE.read_bytes()
    head = an_employee(cast, HEAD_NUMBER, "Hanna Ek", Role.AUTHORITY_HEAD)
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
    return Town(cast=cast, head=at(head, NOW), own_id=own_id)


def with_rules(*changes: tuple[str, str]) -> bytes:
    """Return the town's routine with some of its text changed; each must stand there."""
    text = ROUTINE.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text.encode()


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
    return made(agreement_acts.register_home_agreement(town.head, provider_id, an_agreement(**says), now=NOW))


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


def a_wish(town: Town, decision_id: int, provider_id: int | None, **says: object) -> Wish:
    """Return what Alma says today: who is to come with all that she was decided, or that she chooses nobody."""
    wish = Wish(
        recipient_id=town.cast.recipient_id,
        decision_id=decision_id,
        services=frozenset({HELP}),
        provider_id=provider_id,
        told_on=MONDAY,
    )
    return replace(wish, **says)  # type: ignore[arg-type]


def chosen(town: Town, wish: Wish, now: datetime = NOW) -> HomeChoice:
    """Return the choice that Cecilia has written down."""
    outcome = made(actions.choose(at(town.cast.cecilia, now), wish, now=now))
    return HomeChoice.objects.select_related("order", "turn").get(pk=outcome)


def a_decision(town: Town, number: int = 1, hours_a_month: int = 30) -> int:
    """Return the id of a decision for Alma on so many hours a month."""
    service = DecidedService(service=HELP, minutes=hours(hours_a_month), per=GrantUnit.MONTH)
    return decided(town.cast, f"SoL-2026-{number}", service)


def placed_at(town: Town, decision_id: int, provider_id: int) -> HomeOrder:
    """Return an order that Cecilia placed without writing down any choice."""
    wanted = WantedOrder(
        recipient_id=town.cast.recipient_id,
        provider_id=provider_id,
        decision_id=decision_id,
        services=(DecidedService(service=HELP, minutes=hours(30), per=GrantUnit.MONTH),),
        from_on=MONDAY,
    )
    return HomeOrder.objects.get(pk=made(place_order(at(town.cast.cecilia, NOW), wanted, now=NOW)))

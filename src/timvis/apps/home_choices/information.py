"""What is told in writing about who performs home care: the information sheet, a change, a ceiling that is near."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.documents.actions import send_letter
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_choices import queries
from timvis.apps.home_choices.queries import HomeProvider
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties import records as party_records
from timvis.apps.parties.models import Municipality
from timvis.core.access import Actor, Role
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.capacity import Room
from timvis.core.home_care.change_of_provider import rule_text
from timvis.core.letter import Head, Value
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.routine.home_care import labels_of
from timvis.core.routine.home_choices import information_rows, no_choice_text, turn_list_of
from timvis.core.routine.home_orders import change_rule_of
from timvis.core.routine.records import Routine
from timvis.core.routine.words import ROLES

SHEET, CHANGE, NEAR = "provider_information", "change_of_provider", "capacity_is_near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A letter about an order to one provider."""

    code: str
    provider: HomeProvider
    values: dict[str, Value]


@transaction.atomic
def send_sheet(actor: Actor, recipient_id: int, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the information sheet as a recipient got it: every provider, and what a choice means.

    Raises `SettingIsUnknown` where the routine does not say how a turn is kept or when a change holds.
    """
    town = Municipality.objects.get(slug=actor.municipality)
    routine = queries.routine_on(actor.municipality, day_of(now))
    if routine is None:
        return Refusal.ROUTINE_IS_NOT_PUBLISHED
    name = party_records.recipient(recipient_id, known_at=now).name
    return send_letter(
        actor,
        SHEET,
        Head(sender=town.name, receiver=(name,), reference=reference_of(town, recipient_id), written_on=day_of(now)),
        sheet_values(town, routine, officer=actor.name, now=now),
        now=now,
        recipient_id=recipient_id,
    )


def sheet_values(town: Municipality, routine: Routine, *, officer: str, now: datetime) -> dict[str, Value]:
    """Return what stands in the information sheet on a day. Raises `SettingIsUnknown`."""
    today = day_of(now)
    standing = queries.providers(town.slug, known_at=now, on=today, routine=routine)
    return {
        "municipality": town.name,
        "providers": tuple(_row(one, routine) for one in standing if one.terms.holds_on(today)),
        "no_choice": no_choice_text(turn_list_of(routine)),
        "change_rule": rule_text(change_rule_of(routine)),
        "officer": officer,
        "contact": contact_of(town),
    }


def sheet_of(municipality: str, recipient_id: int) -> SentLetter | None:
    """Return the last information sheet a recipient was given, None while she has been given none."""
    sent = SentLetter.objects.filter(municipality=municipality, recipient_id=recipient_id, code=SHEET)
    return sent.order_by("-sent_at", "-pk").first()


def send_all(
    actor: Actor, order: HomeOrder, letters: Iterator[Said], *, now: datetime
) -> Refusal | tuple[Fault, ...] | None:
    """Send some letters about an order, and return None; or what kept the first of them from being sent."""
    for letter in letters:
        sent = send_letter(
            actor,
            letter.code,
            Head(
                sender=order.municipality.name,
                receiver=(letter.provider.name if letter.code == CHANGE else ROLES[Role.CASE_OFFICER].capitalize(),),
                reference=order.number,
                written_on=day_of(now),
            ),
            letter.values,
            now=now,
            recipient_id=order.recipient_id if letter.code == CHANGE else None,
            provider_id=letter.provider.id,
        )
        if not isinstance(sent, int):
            return sent
    return None


def of_change(order: HomeOrder, first_on: date, told: tuple[HomeProvider, ...]) -> Iterator[Said]:
    """Yield the letters by which the former and the new provider learn of a change."""
    values: dict[str, Value] = {
        "case_number": order.number,
        "period": date_text(first_on),
        "contact": contact_of(order.municipality),
    }
    for provider in told:
        yield Said(code=CHANGE, provider=provider, values=values)


def of_ceiling(before: HomeProvider, after: HomeProvider) -> Iterator[Said]:
    """Yield the letter that says that a ceiling is near, the once that it comes near."""
    ceiling = after.terms.ceiling_minutes
    if ceiling is None or after.room in (None, Room.OPEN) or before.room is not Room.OPEN:
        return
    values: dict[str, Value] = {
        "provider": after.name,
        "granted": _hours(after.capacity.ordered_minutes),
        "claimed": _hours(ceiling),
    }
    yield Said(code=NEAR, provider=after, values=values)


def reference_of(town: Municipality, recipient_id: int) -> str:
    """Return what a recipient's letters about her choice are filed under."""
    return f"{town.slug}-val-{recipient_id}"


def contact_of(town: Municipality) -> str:
    """Return where one turns, as it stands in letters."""
    return town.contact or f"Skriv till {town.name}."


def _row(provider: HomeProvider, routine: Routine) -> tuple[str, ...]:
    version = provider.version
    called = provider.name if provider.room is not Room.FULL else f"{provider.name} (tar inte emot fler just nu)"
    return (
        ", ".join(part for part in (called, version.contact) if part),
        *information_rows(provider.terms, labels_of(routine, "service"), labels_of(routine, "choice_area")),
        version.profile or "–",
    )


def _hours(minutes: int) -> str:
    return f"{minutes // MINUTES_PER_HOUR} tim {minutes % MINUTES_PER_HOUR} min i månaden"

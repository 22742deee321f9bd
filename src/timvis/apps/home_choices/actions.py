"""The act of choosing who performs the home care: what the recipient said, the order it leads to, and who is told.

A first choice begins by the order's own clocks; a change by the routine's rule. Whoever chooses nobody gets the
provider whose turn it is. Everything is done in one transaction, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.decisions import queries as decisions
from timvis.apps.home_choices import information, queries, turn_acts
from timvis.apps.home_choices.models import EntryKind, HomeAgreement, HomeChoice, HowChosen, TurnEntry
from timvis.apps.home_choices.queries import HomeProvider
from timvis.apps.home_choices.turn_acts import TurnAsked
from timvis.apps.home_orders import actions as home_orders
from timvis.apps.home_orders import queries as orders
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.records import Ordered
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of, instant
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.change_of_provider import Change, Switch, switch
from timvis.core.home_care.decided import DecidedService, HomeCareGrant, service_label
from timvis.core.home_care.ordered import Contents, granted_of, month_load
from timvis.core.home_care.providers import CannotTake, Wanted, cannot_take
from timvis.core.home_care.turn_order import Assigned, NobodyCan
from timvis.core.quantities import Minutes
from timvis.core.routine.home_choices import choice_areas_of, has_turn_list, tell_within_days_of
from timvis.core.routine.home_orders import change_rule_of
from timvis.core.routine.records import Routine

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a recipient said on a day about some of the services she was decided; without provider she chose nobody.

    `wished_on` is the day she would rather begin, `agreed_on` one that both providers and she have agreed on.
    """

    recipient_id: int
    decision_id: int
    services: frozenset[str]
    provider_id: int | None
    told_on: date
    wished_on: date | None = None
    agreed_on: date | None = None
    area: str = ""
    zone: str = ""
    is_acute: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a wish would lead to: what is ordered, from which day and why, and the orders that it takes the place of."""

    routine: Routine
    services: tuple[DecidedService, ...]
    first_on: date
    because: str
    tell_by_on: date | None
    formers: tuple[Ordered, ...]
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taker:
    """Who is to come, and the turn it has by the list; None when the recipient chose."""

    provider: HomeProvider
    asked: TurnAsked | None


@transaction.atomic
def choose(actor: Actor, wish: Wish, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a choice whose order the provider now has; or why the provider, or every one of them, cannot.

    Raises `SettingIsUnknown` where the routine does not say when a change holds, or how a turn is kept.
    """
    attempt = attempt_of(actor, wish.recipient_id, now)
    recipient = parties.recipient_in(actor, wish.recipient_id)
    if recipient is None:
        return replace(attempt, recipient_id=None).refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    plan = plan_of(actor, wish, now=now)
    if isinstance(plan, Refusal):
        return attempt.refuse(plan)
    if isinstance(plan, tuple):
        return plan
    if wish.provider_id is None and isinstance(kept := turn_acts.keep_turn_order(actor, now=now), Refusal):
        return attempt.refuse(kept)
    # A savepoint of its own, so that what did not succeed is undone and its refusal still stands in the log.
    with transaction.atomic():
        outcome = _carried_out(attempt, wish, plan)
        if not isinstance(outcome, int):
            transaction.set_rollback(True)
    return attempt.refuse(outcome) if isinstance(outcome, Refusal) else outcome


@transaction.atomic
def order_directly(actor: Actor, wanted: WantedOrder, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of an order placed without a choice being written down, or everything that is wrong with it.

    Where there is a system of choice, nobody is ordered past the provider that already comes by what she said.
    """
    # The faults are looked for once the order may be placed at all: nobody else is told whom she chose.
    with transaction.atomic():
        outcome = home_orders.place_order(actor, wanted, now=now)
        faults = _past_her_choice(actor, wanted) if isinstance(outcome, int) else ()
        if faults:
            transaction.set_rollback(True)
    return faults or outcome


def _past_her_choice(actor: Actor, wanted: WantedOrder) -> tuple[Fault, ...]:
    """Return a fault for each wanted service that another provider performs by a choice on the order's first day."""
    day = wanted.from_on
    routine = queries.routine_on(actor.municipality, day)
    if routine is None or not has_turn_list(routine):
        return ()
    found = orders.orders_between(actor.municipality, day, day + _DAY, recipient_ids=[wanted.recipient_id])
    others = {one.order_id: one for one in found if one.provider_id != wanted.provider_id}
    by_choice = HomeChoice.objects.filter(order_id__in=others).values_list("order_id", flat=True)
    takes = {row.service: others[pk].provider_id for pk in by_choice for row in _rows_on(others[pk], day)}
    names = queries.names(set(takes.values()))
    return tuple(
        _fault(
            "provider",
            f"{service_label(service)}: {names[takes[service]]} kommer efter den enskildes eget besked.",
            "Beställ av samma utförare, eller skriv ner ett nytt besked: välj utförare vid beslutet.",
        )
        for service in sorted({row.service for row in wanted.services} & takes.keys())
    )


def attempt_of(actor: Actor, recipient_id: int, now: datetime) -> Attempt:
    """Return the attempt to write down what a recipient chose."""
    return Attempt(actor, Action.CHOOSE_HOME_PROVIDER, "recipient", recipient_id, now, recipient_id)


def plan_of(actor: Actor, wish: Wish, *, now: datetime) -> Plan | Refusal | tuple[Fault, ...]:
    """Return what a wish would lead to, before it is known who can. Raises `SettingIsUnknown`."""
    today = day_of(now)
    routine = queries.routine_on(actor.municipality, today)
    if routine is None:
        return Refusal.ROUTINE_IS_NOT_PUBLISHED
    decision = decisions.home_care_decision_in(actor, wish.decision_id)
    grant = decisions.home_care_grant(decision, known_at=now) if decision else None
    if decision is None or grant is None or decision.recipient_id != wish.recipient_id:
        return Refusal.NOT_FOUND
    formers = tuple(one for one in _running(actor, wish, today) if one.services & wish.services)
    open_ended = tuple(one for one in formers if one.ended_at is None)
    if faults := _faults(wish, routine, grant, today):
        return faults
    if open_ended:
        found = _by_rule(wish, routine, today)
        first_on, because, tell_by_on = found.first_on, found.text, found.tell_by_on
    else:
        first_on, because, tell_by_on = max(wish.wished_on or today, today, grant.granted_from), "", None
    services = _services(wish, open_ended, grant, first_on)
    load = month_load(granted_of((Contents(from_on=first_on, services=services),)), first_on)
    return Plan(
        routine=routine,
        services=services,
        first_on=first_on,
        because=because,
        tell_by_on=tell_by_on,
        formers=open_ended,
        wanted=Wanted(
            services=wish.services,
            from_on=first_on,
            minutes=Minutes(ceil(load)),
            area=wish.area,
            leaves=frozenset(str(one.provider_id) for one in open_ended),
        ),
    )


def who_can(actor: Actor, plan: Plan, *, now: datetime) -> tuple[tuple[HomeProvider, CannotTake | None], ...]:
    """Return every provider whose agreement holds, by name, with why it cannot take what is planned; None: it can."""
    standing = queries.providers(actor.municipality, known_at=now, on=plan.first_on, routine=plan.routine)
    found = ((one, cannot_take(one.terms, plan.wanted, one.capacity)) for one in standing)
    return tuple((one, why) for one, why in found if why is not CannotTake.AGREEMENT_DOES_NOT_HOLD)


def _carried_out(attempt: Attempt, wish: Wish, plan: Plan) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the choice, after ordering by it and telling of it; the caller undoes what did not succeed."""
    actor, now = attempt.actor, attempt.now
    taker = _taker(attempt, wish, plan)
    if not isinstance(taker, _Taker):
        return taker
    provider = taker.provider
    for former in plan.formers:
        left = _leave(actor, former, wish, plan, now)
        if left is not None:
            return left
    order_id = home_orders.place_order(
        actor,
        WantedOrder(
            recipient_id=wish.recipient_id,
            provider_id=provider.id,
            decision_id=wish.decision_id,
            services=plan.services,
            from_on=plan.first_on,
            area=wish.area,
            zone=wish.zone,
            is_acute=wish.is_acute,
            reason=wish.note,
        ),
        now=now,
    )
    if not isinstance(order_id, int):
        return order_id
    order = HomeOrder.objects.select_related("municipality").get(pk=order_id)
    choice = _written(attempt, wish, plan, order, taker.asked)
    if isinstance(choice, Refusal):
        return choice
    unsent = _tell(actor, order, plan, provider, now)
    if unsent is not None:
        return unsent
    attempt.done(reason=wish.note, detail={"choice": choice.pk, "order": order.number, "how": choice.how})
    return choice.pk


def _taker(attempt: Attempt, wish: Wish, plan: Plan) -> _Taker | Refusal | tuple[Fault, ...]:
    """Return who is to come, and the turn it has by the list when nobody was chosen."""
    actor, now = attempt.actor, attempt.now
    asked = None
    provider_id = wish.provider_id
    if provider_id is None:
        asked = turn_acts.ask_turn(actor.municipality, plan.wanted, plan.routine, now=now)
        if isinstance(asked.turn, NobodyCan):
            return _nobody(asked.turn)
        provider_id = int(asked.turn.provider)
    # Of two who order the last hours below a ceiling one waits here, and then sees what the other took.
    HomeAgreement.objects.select_for_update().filter(provider_id=provider_id).first()
    standing = queries.providers(
        actor.municipality, known_at=now, on=plan.first_on, routine=plan.routine, only=[provider_id]
    )
    if not standing:
        return Refusal.NOT_FOUND
    why = cannot_take(standing[0].terms, plan.wanted, standing[0].capacity)
    return _Taker(provider=standing[0], asked=asked) if why is None else (_cannot(standing[0].name, why),)


def _leave(actor: Actor, former: Ordered, wish: Wish, plan: Plan, now: datetime) -> Refusal | tuple[Fault, ...] | None:
    """Let a former order end the day the new one begins, or go on with what she did not choose anew; None when done."""
    reason = f"Byte av utförare efter besked den {date_text(wish.told_on)}."
    rest = [row for row in _rows_on(former, plan.first_on) if row.service not in wish.services]
    if rest:
        outcome = home_orders.change_order(
            actor, former.order_id, services=rest, from_on=plan.first_on, reason=reason, now=now
        )
        return outcome if isinstance(outcome, Refusal | tuple) else None
    ended = home_orders.end_order(actor, former.order_id, from_at=instant(plan.first_on, 0), reason=reason, now=now)
    return ended if isinstance(ended, Refusal) else None


def _written(
    attempt: Attempt, wish: Wish, plan: Plan, order: HomeOrder, asked: TurnAsked | None
) -> HomeChoice | Refusal:
    """Return the choice as it is kept, with its turn; the refusal when somebody else took the turn meanwhile."""
    turn: TurnEntry | None = None
    if asked is not None:
        assert isinstance(asked.turn, Assigned)
        turn = turn_acts.write(
            attempt,
            asked.area,
            number=len(asked.log) + 1,
            kind=EntryKind.ASSIGNED,
            provider_id=int(asked.turn.provider),
            on=asked.turn.on,
            turn=replace(asked.turn, order=order.number),
        )
        if turn is None:
            return Refusal.SOMEONE_ELSE_WAS_FIRST
    return HomeChoice.objects.create(
        recipient_id=wish.recipient_id,
        order=order,
        how=HowChosen.CHOSEN if turn is None else HowChosen.IN_TURN,
        told_on=wish.told_on,
        wished_on=wish.wished_on,
        agreed_on=wish.agreed_on,
        first_on=plan.first_on,
        tell_by_on=plan.tell_by_on,
        because=plan.because,
        leaves=[one.number for one in plan.formers],
        sheet=information.sheet_of(attempt.actor.municipality, wish.recipient_id),
        turn=turn,
        note=wish.note,
        made_at=attempt.now,
        made_by_id=attempt.actor.person_id,
    )


def _tell(
    actor: Actor, order: HomeOrder, plan: Plan, before: HomeProvider, now: datetime
) -> Refusal | tuple[Fault, ...] | None:
    """Tell both providers of a change, and the desk of a ceiling that is near; None when all of it went."""
    ids = {before.id, *(one.provider_id for one in plan.formers)}
    standing = queries.providers(actor.municipality, known_at=now, on=plan.first_on, routine=plan.routine, only=ids)
    [after] = [one for one in standing if one.id == before.id]
    if plan.formers:
        unsent = information.send_all(actor, order, information.of_change(order, plan.first_on, standing), now=now)
        if unsent is not None:
            return unsent
    return information.send_all(actor, order, information.of_ceiling(before, after), now=now)


# --- what a wish means ----------------------------------------------------------------------------------------


def _running(actor: Actor, wish: Wish, today: date) -> tuple[Ordered, ...]:
    """Return the orders by the decision that help comes by, today or later."""
    found = orders.orders_between(actor.municipality, today, date.max, recipient_ids=[wish.recipient_id])
    mine = set(HomeOrder.objects.filter(decision_id=wish.decision_id).values_list("pk", flat=True))
    return tuple(one for one in found if one.order_id in mine)


def _by_rule(wish: Wish, routine: Routine, today: date) -> Switch:
    """Return when a change takes effect; never before the day after it was written down."""
    change = Change(
        noticed_on=wish.told_on,
        to_provider=str(wish.provider_id or ""),
        wished_on=wish.wished_on,
        agreed_on=wish.agreed_on,
    )
    found = switch(change_rule_of(routine), change, tell_within_days=tell_within_days_of(routine))
    if found.first_on > today:
        return found
    return replace(
        found,
        first_on=today + _DAY,
        last_of_former_on=today,
        text=f"{found.text} Beskedet skrevs ner först den {date_text(today)}, så bytet sker dagen efter.",
    )


def _services(wish: Wish, formers: Sequence[Ordered], grant: HomeCareGrant, day: date) -> tuple[DecidedService, ...]:
    """Return what is ordered: as it was ordered of the former provider, else as it was decided."""
    moved = [row for one in formers for row in _rows_on(one, day) if row.service in wish.services]
    names = {row.service for row in moved}
    return (*moved, *(row for row in grant.services if row.service in wish.services - names))


def _rows_on(former: Ordered, day: date) -> tuple[DecidedService, ...]:
    return tuple(
        DecidedService(service=one.service, minutes=one.minutes, per=one.per, time_band=one.time_band)
        for one in former.granted
        if one.granted_from <= day < one.granted_to
    )


def _faults(wish: Wish, routine: Routine, grant: HomeCareGrant, today: date) -> tuple[Fault, ...]:
    faults = []
    if wish.told_on > today:
        faults.append(_fault("told_on", "Beskedet kan inte ha kommit efter i dag.", "Skriv dagen då beskedet kom."))
    if not wish.services:
        faults.append(_fault("services", "Ingen insats är vald.", "Välj minst en av insatserna i beslutet."))
    decided = {row.service for row in grant.services}
    faults += [
        _fault("services", f"Insatsen {name} står inte i beslutet {grant.reference}.", "Välj bland de beslutade.")
        for name in sorted(wish.services - decided)
    ]
    areas = choice_areas_of(routine)
    if areas and wish.area not in areas:
        faults.append(_fault("area", "Området finns inte i rutinen.", f"Välj ett av områdena: {', '.join(areas)}."))
    return tuple(faults)


_WHY = {
    CannotTake.AGREEMENT_DOES_NOT_HOLD: "har inget avtal som gäller den dagen",
    CannotTake.RECIPIENT_LEAVES_IT: "har uppdraget redan",
    CannotTake.SERVICE_IS_NOT_OFFERED: "utför inte alla de valda insatserna",
    CannotTake.AREA_IS_NOT_SERVED: "arbetar inte i området",
    CannotTake.FULL: "har inte plats under sitt kapacitetstak",
}


def why_text(name: str, why: CannotTake) -> str:
    """Return why a provider cannot take somebody, as a Swedish sentence."""
    return f"{name} {_WHY[why]}."


def _cannot(name: str, why: CannotTake) -> Fault:
    return _fault("provider", why_text(name, why), "Välj en annan utförare, eller låt turordningen avgöra.")


def _nobody(turn: NobodyCan) -> tuple[Fault, ...]:
    names = queries.names([int(one.provider) for one in turn.skipped])
    told = " ".join(why_text(names[int(one.provider)], one.because) for one in turn.skipped)
    message = f"Ingen i turordningen kan ta uppdraget. {told}".strip()
    return (_fault("provider", message, "Tala med utförarna om plats, eller låt kommunens egen hemtjänst ta det."),)


def _fault(column: str, message: str, remedy: str) -> Fault:
    return Fault(code="home_choice", message=message, remedy=remedy, column=column)

"""What the clock does with orders and papers that somebody waits for: it reminds, and then hands on upwards."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from timvis.apps.home_orders import keeping, records
from timvis.apps.home_orders.models import HomeNotice, HomeOrder
from timvis.core.access import Action, Actor, HomeOrderStatus
from timvis.core.calendar.local_time import day_of, instant_of
from timvis.core.faults import Refusal
from timvis.core.home_care.order import Clock, Nudge, clocks, nudges
from timvis.core.home_care.papers import PaperKind, paper_clocks
from timvis.core.routine.home_orders import nudging_of
from timvis.formats.holiday_calendar.read import holidays_around


def orders_to_remind_of(municipality: str, *, now: datetime) -> tuple[int, ...]:
    """Return the ids of the orders that somebody may wait for something of, the oldest first.

    Whether a clock has come so far is judged by `remind`, order by order.
    """
    awaits_papers = Q(status=HomeOrderStatus.ENDED, started_at__isnull=False) & ~Q(papers__kind=PaperKind.DOCUMENTATION)
    is_open = ~Q(status__in=[HomeOrderStatus.ENDED, HomeOrderStatus.DECLINED])
    rows = HomeOrder.objects.filter(is_open | awaits_papers, municipality__slug=municipality)
    return tuple(rows.order_by("placed_at", "id").values_list("id", flat=True))


@transaction.atomic
def remind(actor: Actor, order_id: int, *, now: datetime) -> int | Refusal:
    """Return how many reminders of an order went out now; each goes out once, to each, and stands in the log.

    Raises `CalendarGap`.
    """
    order, attempt = keeping.found(actor, order_id, Action.REMIND_OF_ORDER, now)
    if isinstance(order, Refusal):
        return order
    told = set(order.notices.values_list("key", flat=True))
    new = {
        _key(clock, nudge): (clock, nudge)
        for clock in clocks_of(order, now=now)
        for nudge in nudges([clock], nudging_of(records.routine(order), clock.kind), instant_of(now))
    }
    new = {key: said for key, said in new.items() if key not in told}
    try:
        with transaction.atomic():
            for key, (clock, nudge) in new.items():
                HomeNotice.objects.create(
                    order=order,
                    key=key,
                    to_role=nudge.to,
                    clock=clock.kind,
                    nudge=nudge.kind,
                    due_at=clock.due_at,
                    made_at=now,
                )
    except IntegrityError:
        # Another pass beside this one has told it.
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    for clock, nudge in new.values():
        attempt.done(detail={"clock": clock.kind.value, "nudge": nudge.kind.value, "to": nudge.to.value})
    return len(new)


def clocks_of(order: HomeOrder, *, now: datetime) -> tuple[Clock, ...]:
    """Return every clock of an order that runs or has run. Raises `CalendarGap`."""
    holidays = holidays_around(day_of(now))
    steps = records.steps(order)
    return (
        *clocks(steps, records.terms(order), holidays),
        *paper_clocks(steps, records.papers(order), records.paper_terms(order), holidays, instant_of(now)),
    )


def _key(clock: Clock, nudge: Nudge) -> str:
    return f"clock:{clock.kind}:{clock.from_at}:{nudge.kind}:{nudge.to}"

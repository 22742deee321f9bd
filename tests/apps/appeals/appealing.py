"""A decision that went against Alma, sent and served, and each person's part in what follows."""

from datetime import date, datetime, timedelta

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.apps.signed_months import law
from tests.cast import Cast, ok
from timvis.apps.appeals import actions
from timvis.apps.appeals.actions import Outcome, Written
from timvis.apps.appeals.models import Appeal, ServiceWay
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.appeal import Change, TimeFinding

SERVED_ON = date(2019, 3, 6)
LAST_DAY = date(2019, 3, 27)
"""Three weeks from Wednesday 6 March 2019: Wednesday 27 March."""


def noon(day: date) -> datetime:
    """Return midday of a day, when everybody has just logged in."""
    return a.NOW + (day - a.NOW.date())


def decided(cast: Cast, *, served: bool = True) -> str:
    """Return the number of a case that was granted in part, sent, and served unless it is said not to be."""
    number = d.partly(cast)
    d.decided(cast, number)
    ok(d.send(cast, number))
    if served:
        ok(serve(cast, number))
    return number


def serve(cast: Cast, number: str, *, on: date = SERVED_ON) -> Outcome:
    """Return what comes of registering that Alma was served."""
    now = noon(on) + timedelta(days=1)
    who = a.at(cast.cecilia, now)
    return actions.register_service(who, number, name="Alma Åkesson", served_on=on, way=ServiceWay.RECEIPT, now=now)


def appeal(cast: Cast, number: str, *, on: date = LAST_DAY, by: Actor | None = None, text: str = "Allt!") -> Appeal:
    """Return Alma's appeal, registered the day it came."""
    made = actions.register_appeal(
        a.at(by or cast.cecilia, noon(on)),
        number,
        Written(came_on=on, text=text),
        name="Alma Åkesson",
        now=noon(on),
    )
    assert isinstance(made, int), made
    return Appeal.objects.get(pk=made)


def judged(cast: Cast, one: Appeal, *, on: date | None = None) -> TimeFinding | Refusal | tuple[Fault, ...]:
    """Return what Cecilia finds of its time."""
    now = noon(on or one.came_on)
    return actions.judge_time(a.at(cast.cecilia, now), one.pk, law=law(), now=now)


def kept(cast: Cast, one: Appeal, change: Change = Change.NOT, *, on: date | None = None) -> Outcome:
    """Return what comes of looking at the decision again."""
    now = noon(on or one.came_on)
    because = "Det som skrivs i överklagandet har vi redan prövat."
    return actions.reconsider(a.at(cast.cecilia, now), one.pk, change, because=because, now=now)


def forwarded(cast: Cast, one: Appeal, *, on: date | None = None) -> Outcome:
    """Return what comes of handing it over."""
    now = noon(on or one.came_on)
    return actions.forward(a.at(cast.cecilia, now), one.pk, now=now)

"""A month of Alma's home care at Ekot: thirty hours ordered, visits that came in, and the first days of April."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tests.apps.home_orders.town import NOW as ORDERED_AT
from tests.apps.home_orders.town import Town, a_town, at, placed
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.home_orders import actions as home_orders
from timvis.apps.parties.models import Provider
from timvis.apps.reconciliation import actions, queries, summing
from timvis.apps.reconciliation.actions import OneLine
from timvis.apps.reconciliation.models import Summary
from timvis.apps.reconciliation.queries import DeskLine, ProviderMonth
from timvis.apps.visits import records as visit_records
from timvis.apps.visits.models import Delivery, Visit, Way
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant, instant_of
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.records import Instant

MARCH = date(2026, 3, 1)
NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
"""The second working day of April, 10.00 in Sweden."""

HOUR_ORE = 36_200
"""What an hour is worth by the answered routine: an example of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The town with its month, and everybody logged in in April."""

    town: Town

    @property
    def cecilia(self) -> Actor:
        return at(self.town.cast.cecilia, NOW)

    @property
    def hanna(self) -> Actor:
        return at(self.town.hanna, NOW)

    @property
    def elsa(self) -> Actor:
        return at(self.town.cast.elsa, NOW)

    @property
    def greta(self) -> Actor:
        return at(self.town.cast.greta, NOW)

    @property
    def ekot(self) -> int:
        return self.town.cast.ekot_id

    @property
    def of_alma(self) -> OneLine:
        return OneLine(
            provider_id=self.ekot, month_on=MARCH, recipient_id=self.town.cast.recipient_id, service="home_care"
        )

    def desk(self) -> ProviderMonth:
        """Return the month as it stands on the desk."""
        found = queries.provider_month(
            Provider.objects.select_related("municipality").get(pk=self.ekot), MARCH, now=NOW
        )
        assert found is not None
        return found

    def alma(self) -> DeskLine:
        """Return Alma's line as it stands on the desk."""
        found = self.desk().line(self.of_alma.recipient_id, self.of_alma.service)
        assert found is not None
        return found

    def says(self, kind: LineWordKind, comment: str = "") -> None:
        """Let Cecilia say something of Alma's line."""
        assert ok(actions.give_word(self.cecilia, self.of_alma, kind, seen=self.alma().seen, comment=comment, now=NOW))

    def signed(self) -> int:
        """Let Cecilia sign the month."""
        outcome = actions.sign_month(self.cecilia, self.ekot, MARCH, seen=self.desk().digest, now=NOW)
        assert isinstance(outcome, int), outcome
        return outcome

    def summed(self, comment: str = "") -> Summary:
        """Let Hanna send the summary."""
        outcome = summing.send_summary(
            self.hanna, self.ekot, MARCH, seen=self.desk().digest, law=law(), comment=comment, now=NOW
        )
        assert isinstance(outcome, int), outcome
        return Summary.objects.get(pk=outcome)


def a_month(hours: int = 30) -> Month:
    """Return the town with a started order and so many hours of visits, one each morning and then the next hour."""
    town = a_town()
    order_id = placed(town)
    began = Instant(instant_of(ORDERED_AT) + 60)
    home_orders.start_service(
        at(town.cast.elsa, ORDERED_AT + timedelta(hours=2)),
        order_id,
        started_at=began,
        now=ORDERED_AT + timedelta(hours=2),
    )
    month = Month(town=town)
    came_in(month, *(a_visit(3 + number % 28, 8 + number // 28) for number in range(hours)))
    return month


def a_visit(day: int, hour: int = 8, minutes: int = 60, **says: object) -> RegisteredVisit:
    """Return a visit of Alma's in March."""
    start_at = instant(date(2026, 3, day), hour * 60)
    visit = RegisteredVisit(
        key=f"{day}-{hour}",
        system="mobil",
        recipient="alma",
        service="home_care",
        state=VisitState.PERFORMED,
        start_at=start_at,
        end_at=Instant(start_at + minutes),
        staff="A",
    )
    return replace(visit, **says)  # type: ignore[arg-type]  # a field or two at a time


def came_in(month: Month, *visits: RegisteredVisit) -> None:
    """Let visits come in from Ekot."""
    delivery = Delivery.objects.create(
        provider_id=month.ekot,
        number=Delivery.objects.count() + 1,
        way=Way.FILE,
        kept=len(visits),
        replaced=0,
        repeated=0,
        from_at=min(visit.start_at for visit in visits),
        to_at=max(visit.end_at for visit in visits),
        handed_in_at=NOW,
        handed_in_by_id=month.elsa.person_id,
    )
    ids = {"alma": month.of_alma.recipient_id}
    Visit.objects.bulk_create([visit_records.row_of(visit, delivery, ids) for visit in visits])

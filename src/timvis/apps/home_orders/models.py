"""Orders of home care, what happened to the recipient, whom it was told, and the papers of an order.

An order moves (`status`) and everything that moved it stands in its steps, which are append-only, as is everything
beside them. Instants are whole minutes since 1970 (UTC).
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import HomeOrderStatus
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.order import OrderAct
from timvis.core.home_care.papers import PaperKind
from timvis.core.records import GrantUnit


def _one_of(codes: Iterable[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


class HomeOrder(models.Model):
    """What one provider is to do for one recipient by one decision.

    `legal_basis` and `needs_assessed` are the decision's when the order was placed. `from_on` is the first day that
    help is asked for; `started_at` when it came, `ended_at` from when it comes no more, which may lie ahead.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="home_orders")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="home_orders")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="home_orders")
    decision = models.ForeignKey(HomeCareDecision, on_delete=models.PROTECT, related_name="orders")
    routine_version = models.ForeignKey(RoutineVersion, on_delete=models.PROTECT, related_name="home_orders")
    legal_basis = models.CharField(max_length=80)
    needs_assessed = models.BooleanField()
    area = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=120, blank=True)
    is_acute = models.BooleanField(default=False)
    from_on = models.DateField()
    status = models.CharField(max_length=12, default=HomeOrderStatus.PLACED)
    is_paused = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    placed_at = models.BigIntegerField()
    started_at = models.BigIntegerField(null=True)
    ended_at = models.BigIntegerField(null=True)
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "status", "placed_at"], name="home_orders_board"),
            models.Index(fields=["recipient", "from_on"], name="home_orders_of_recipient"),
            models.Index(fields=["provider", "from_on"], name="home_orders_of_provider"),
        ]
        constraints = [
            _one_of(HomeOrderStatus, "status", "home_orders_homeorder_status"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~Q(status__in=[HomeOrderStatus.ENDED, HomeOrderStatus.DECLINED]),
                name="home_orders_homeorder_over_has_an_end",
            ),
        ]

    @property
    def number(self) -> str:
        """What the order is called in letters and in the log."""
        return f"{self.municipality.slug}-H{self.pk}"

    def __str__(self) -> str:
        return self.number


class HomeEvent(models.Model):
    """Something that happened to a recipient, or is planned to, and who told. Append-only.

    `order` is the order it is about, None when it concerns everything she has.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="home_events")
    order = models.ForeignKey(HomeOrder, null=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    at = models.BigIntegerField()
    by_role = models.CharField(max_length=30)
    note = models.TextField(blank=True)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["recipient", "kind", "at"], name="home_orders_events")]
        constraints = [_one_of(EventKind, "kind", "home_orders_homeevent_kind")]


class HomeOrderStep(models.Model):
    """One act on an order: from when it holds (`at`), and when it was known. Append-only.

    `first_on` is the first day of what was placed or changed, `decision` what it rests on and `legal_basis` that
    decision's paragraph. `event` is what led to the act, None when somebody chose.
    """

    order = models.ForeignKey(HomeOrder, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10)
    status = models.CharField(max_length=12)
    at = models.BigIntegerField()
    is_acute = models.BooleanField(default=False)
    first_on = models.DateField(null=True)
    decision = models.ForeignKey(HomeCareDecision, null=True, on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=80, blank=True, default="")
    event = models.ForeignKey(HomeEvent, null=True, on_delete=models.PROTECT, related_name="steps")
    reason = models.TextField(blank=True)
    known_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="home_orders_homeorderstep_numbers"),
            _one_of(OrderAct, "act", "home_orders_homeorderstep_act"),
            _one_of(HomeOrderStatus, "status", "home_orders_homeorderstep_status"),
            models.CheckConstraint(
                condition=Q(first_on__isnull=False) | ~Q(act__in=[OrderAct.PLACE, OrderAct.CHANGE]),
                name="home_orders_homeorderstep_asks_from_a_day",
            ),
        ]


class OrderedService(models.Model):
    """One service of what was placed or changed: a step's rows restate the order whole, from its day. Append-only.

    `to_on` is the first day that the decision behind it no longer covers, None until further. `minutes` is 0 where the
    help is given without needs assessment: there is nothing to be compared with.
    """

    order = models.ForeignKey(HomeOrder, on_delete=models.PROTECT, related_name="services")
    step_number = models.PositiveIntegerField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    service = models.CharField(max_length=120)
    minutes = models.PositiveIntegerField()
    per = models.CharField(max_length=10)
    time_band = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "step_number", "service", "time_band"], name="home_orders_orderedservice_once_a_step"
            ),
            _one_of(GrantUnit, "per", "home_orders_orderedservice_per"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")), name="home_orders_orderedservice_has_a_day"
            ),
        ]


class HomeNotice(models.Model):
    """That somebody was told, or reminded, of something about an order; `task` is what she is to do. Append-only.

    `key` names what it is about, so that the same thing is told once. Either an event or a clock is behind it.
    """

    order = models.ForeignKey(HomeOrder, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120)
    to_role = models.CharField(max_length=30)
    event = models.ForeignKey(HomeEvent, null=True, on_delete=models.PROTECT, related_name="notices")
    act = models.CharField(max_length=10, blank=True)
    task = models.CharField(max_length=40, blank=True)
    clock = models.CharField(max_length=20, blank=True)
    nudge = models.CharField(max_length=12, blank=True)
    due_at = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["to_role", "made_at"], name="home_orders_notices_of_role")]
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="home_orders_homenotice_is_told_once"),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | ~Q(clock="") | ~Q(act=""),
                name="home_orders_homenotice_is_about_something",
            ),
        ]


class HomeNoticeDone(models.Model):
    """That what a notice asked for is done, or that it was read. Append-only."""

    notice = models.OneToOneField(HomeNotice, on_delete=models.PROTECT, related_name="done")
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class HomePaper(models.Model):
    """A paper of an order that has come in, or what stands in its place. Append-only.

    `about_on` is the day it tells of: when a plan was signed, documentation handed over, a follow-up held.
    """

    order = models.ForeignKey(HomeOrder, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    about_on = models.DateField()
    received_on = models.DateField()
    has_consent = models.BooleanField(null=True)
    is_in_date_order = models.BooleanField(null=True)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            _one_of(PaperKind, "kind", "home_orders_homepaper_kind"),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("about_on")), name="home_orders_homepaper_tells_of_what_was"
            ),
            models.CheckConstraint(
                condition=Q(is_in_date_order__isnull=False) | ~Q(kind=PaperKind.DOCUMENTATION),
                name="home_orders_homepaper_documentation_is_looked_through",
            ),
            models.CheckConstraint(
                condition=Q(has_consent__isnull=False) | ~Q(kind=PaperKind.HANDOVER),
                name="home_orders_homepaper_handover_asks_for_consent",
            ),
        ]

"""A municipality's routines in every version, who attests and who decides in them: lists, positions, days away.

A routine moves from draft to published to superseded. What stands about rights is append-only: a list is drafted by
one person and adopted by another, a new list takes the place of the old.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.core.routine.records import SIGNATURES, ClaimKind


class RoutineStatus(StrEnum):
    """How far a version has come; a published text never changes, only its status, when a newer one is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class RoutineVersion(models.Model):
    """One version of a routine, its TOML text kept to the letter; `slug` is municipality/routine.

    A draft is free; what is adopted is guarded by triggers (`apps.audit.guards`): only its status and the day it
    ends move on. `drafted_by` is None for versions from before that was written down.
    """

    slug = models.CharField(max_length=160)
    municipality = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=12, default=RoutineStatus.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_on = models.DateField(null=True)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="routines_routineversion_number"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RoutineStatus]),
                name="routines_routineversion_status",
            ),
            models.CheckConstraint(
                condition=Q(status=RoutineStatus.DRAFT) | Q(adopted_by__isnull=False, adopted_on__isnull=False),
                name="routines_routineversion_is_adopted_by_somebody",
            ),
            # Two persons: who wrote it, and who answers for it.
            models.CheckConstraint(
                condition=Q(status=RoutineStatus.DRAFT) | Q(drafted_by__isnull=True) | ~Q(adopted_by=F("drafted_by")),
                name="routines_routineversion_is_adopted_by_another",
            ),
            # One version holds from each day on, and only the last of them has no end.
            models.UniqueConstraint(
                fields=["slug", "valid_from"],
                condition=~Q(status=RoutineStatus.DRAFT),
                name="routines_routineversion_one_from_each_day",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(status=RoutineStatus.PUBLISHED),
                name="routines_routineversion_one_is_published",
            ),
            models.CheckConstraint(
                # An unknown day is after no day, yet a constraint lets through what is neither true nor false.
                condition=Q(status=RoutineStatus.SUPERSEDED, valid_to__isnull=False, valid_to__gt=F("valid_from"))
                | (~Q(status=RoutineStatus.SUPERSEDED) & Q(valid_to__isnull=True)),
                name="routines_routineversion_ends_when_superseded",
            ),
        ]


class BoardList(models.Model):
    """What every list has that a board adopts, as drafted by somebody; numbered in its municipality. Append-only."""

    municipality = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    board = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="%(app_label)s_%(class)s_number"),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="%(app_label)s_%(class)s_ends_after_it_begins"
            ),
        ]


class ListedRight(models.Model):
    """What every row of such a list has: a person's or a position's right, or a deputy's to stand in for a row.

    The concrete table adds `list`, and what the right is for. No `up_to_ore` reaches every amount. Append-only.
    """

    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.CharField(max_length=120, blank=True)
    up_to_ore = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    deputy_of = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="%(app_label)s_%(class)s_number"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, position__gt="") | Q(person__isnull=False, position=""),
                name="%(app_label)s_%(class)s_is_a_persons_or_a_positions",
            ),
            models.CheckConstraint(
                condition=Q(up_to_ore__isnull=True) | Q(up_to_ore__gt=0),
                name="%(app_label)s_%(class)s_limit_is_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="%(app_label)s_%(class)s_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | Q(deputy_of__lt=F("number")),
                name="%(app_label)s_%(class)s_deputy_stands_below",
            ),
        ]


class ListAdoption(models.Model):
    """That a board has adopted a list, entered by another person than who drafted it. Append-only.

    The concrete table adds `list`; `decision` names the board's minutes.
    """

    decision = models.CharField(max_length=200)
    adopted_on = models.DateField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(entered_by=F("drafted_by")), name="%(app_label)s_%(class)s_takes_two_persons"
            ),
        ]


class AttestList(BoardList):
    """Who may attest what for a board during at most a year. Append-only."""


class AttestRight(ListedRight):
    """One row of an attest list; an empty `responsibility` reaches every code. Append-only."""

    list = models.ForeignKey(AttestList, on_delete=models.PROTECT, related_name="rights")
    act = models.CharField(max_length=40)
    responsibility = models.CharField(max_length=40, blank=True)

    class Meta(ListedRight.Meta):
        constraints = [
            *ListedRight.Meta.constraints,
            models.CheckConstraint(
                condition=Q(act__in=sorted(act.value for act in SIGNATURES)), name="routines_attestright_act"
            ),
        ]


class AttestListAdoption(ListAdoption):
    """That a board has adopted an attest list. Append-only."""

    list = models.OneToOneField(AttestList, on_delete=models.PROTECT, related_name="adoption")


class DelegationOrder(BoardList):
    """Who decides in a board's place, in which cases and for how much. Append-only."""


class DelegationRow(ListedRight):
    """One row of a delegation order: the outcomes it is for, in one kind of case. Append-only.

    `may_be_passed_on` is whether a head of administration may delegate it on; `may_be_automated` whether the system
    may decide by it without a person, which it never may against anybody.
    """

    list = models.ForeignKey(DelegationOrder, on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField(max_length=24)
    may_grant = models.BooleanField(default=False)
    may_grant_partly = models.BooleanField(default=False)
    may_refuse = models.BooleanField(default=False)
    may_be_passed_on = models.BooleanField(default=False)
    may_be_automated = models.BooleanField(default=False)

    class Meta(ListedRight.Meta):
        constraints = [
            *ListedRight.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in ClaimKind)), name="routines_delegationrow_kind"
            ),
            models.CheckConstraint(
                condition=Q(may_grant=True) | Q(may_grant_partly=True) | Q(may_refuse=True),
                name="routines_delegationrow_is_for_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(may_be_automated=False) | Q(may_grant=True, may_grant_partly=False, may_refuse=False),
                name="routines_delegationrow_decides_by_itself_only_for_somebody",
            ),
        ]


class DelegationOrderAdoption(ListAdoption):
    """That a board has adopted a delegation order. Append-only."""

    list = models.OneToOneField(DelegationOrder, on_delete=models.PROTECT, related_name="adoption")


class PositionHeld(models.Model):
    """A position (befattning) in a municipality and a person who holds it, or has held it."""

    municipality = models.CharField(max_length=80)
    position = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "position", "person"], name="routines_positionheld_is_registered_once"
            ),
        ]


class PositionHeldVersion(Version):
    """From when to when a person holds a position. Append-only.

    What gives her more days than she had waits for a second person (`PositionConfirmed`); what only takes days
    away holds at once.
    """

    thing = models.ForeignKey(PositionHeld, on_delete=models.PROTECT, related_name="versions")
    waits_for_second = models.BooleanField(default=True)

    class Meta(Version.Meta):
        pass


class PositionConfirmed(models.Model):
    """That a second person stands behind somebody's position. Append-only."""

    version = models.OneToOneField(PositionHeldVersion, on_delete=models.PROTECT, related_name="confirmed")
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("told_by")), name="routines_positionconfirmed_takes_two_persons"
            ),
        ]


class OffDuty(models.Model):
    """A spell of a person's away from duty in a municipality; `number` counts her spells."""

    municipality = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="off_duty")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person", "number"], name="routines_offduty_number"),
        ]


class OffDutyVersion(Version):
    """From when to when somebody is away, as told then; no days at all means that it was called off. Append-only."""

    thing = models.ForeignKey(OffDuty, on_delete=models.PROTECT, related_name="versions")

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False, valid_to__isnull=False, valid_to__gte=F("valid_from")),
                name="routines_offdutyversion_has_its_days",
            ),
        ]

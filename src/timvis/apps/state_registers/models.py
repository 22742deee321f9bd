"""What the state knows of the municipality as provider, and what it must be told: all of it only added to.

An assignment is one recipient's; a placement is one assistant's work in it, with every notice the state has had. Of a
duty only what was done is kept (`DutyStep`): the duties themselves follow of the rest (`core.state_duties`).
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.apps.parties.models import Assistant, Municipality, Provider, Recipient
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.state_duties.records import Employer, NoticeWay


class Notified(StrEnum):
    """What the supervising authority was told of the municipality's activity."""

    START = "start"
    CHANGE = "change"
    END = "end"


class DutyOutcome(StrEnum):
    """What was done about a duty; the newest step counts."""

    SENT = "sent"
    RECEIVED = "received"
    NOT_NEEDED = "not_needed"


def _one_of(codes: type[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


class _Told(models.Model):
    """When something was written down, and by whom."""

    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ProviderNotice(_Told):
    """That the municipality told the supervising authority (IVO) of its activity. Append-only."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="provider_notices")
    about = models.CharField(max_length=10)
    told_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [_one_of(Notified, "about", "state_registers_provider_notice_about")]


class Assignment(models.Model):
    """That the municipality provides a recipient's assistance."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="assignments")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assignments")
    begins_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "provider", "begins_on"], name="state_registers_assignment_is_registered_once"
            ),
        ]


class AssignmentVersion(Version):
    """What is known of an assignment: the agreement, the application to the state, its decision. Append-only."""

    thing = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="versions")
    ends_on = models.DateField(null=True)
    agreement_signed_on = models.DateField(null=True)
    agreement_reference = models.CharField(max_length=80, blank=True)
    replaces_another = models.BooleanField(default=False)
    applied_on = models.DateField(null=True)
    application_known_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True)
                | Q(application_known_on__isnull=True)
                | Q(application_known_on__gte=F("applied_on")),
                name="state_registers_application_is_known_after_it_is_made",
            ),
        ]


class Placement(models.Model):
    """That one of the municipality's assistants works in an assignment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="placements")
    assistant = models.ForeignKey(Assistant, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "assistant"], name="state_registers_placement_is_registered_once"
            ),
        ]


class PlacementVersion(Version):
    """When her first shift is, when she stops, and how much she is planned for. Append-only."""

    thing = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="versions")
    first_shift_on = models.DateField()
    ends_on = models.DateField(null=True)
    planned_minutes_per_week = models.PositiveIntegerField(default=0)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("first_shift_on")),
                name="state_registers_placement_ends_after_it_begins",
            ),
        ]


class AssistantNotice(_Told):
    """The data of an assistant as the state was told them: the first notice, then every change. Append-only."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=10)
    sent_on = models.DateField()
    hired_on = models.DateField(null=True)
    is_close = models.BooleanField(default=False)
    lives_outside_eea = models.BooleanField(default=False)
    address_abroad = models.CharField(max_length=400, blank=True)
    employer = models.CharField(max_length=15, default=Employer.PROVIDER.value)
    employer_number = models.CharField(max_length=12, blank=True)
    changed_from = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="state_registers_notice_number"),
            _one_of(NoticeWay, "way", "state_registers_notice_way"),
            _one_of(Employer, "employer", "state_registers_notice_employer"),
            models.CheckConstraint(
                condition=Q(lives_outside_eea=False) | ~Q(address_abroad=""),
                name="state_registers_notice_has_the_address_abroad",
            ),
            models.CheckConstraint(
                condition=~Q(employer=Employer.ANOTHER.value) | ~Q(employer_number=""),
                name="state_registers_notice_names_the_other_employer",
            ),
            models.CheckConstraint(
                condition=Q(number=1, changed_from__isnull=True) | Q(number__gt=1, changed_from__isnull=False),
                name="state_registers_notice_of_a_change_says_from_when",
            ),
        ]


class NoticeReceived(_Told):
    """That the state has a notice, and from which day: earlier work is not paid. Append-only."""

    notice = models.OneToOneField(AssistantNotice, on_delete=models.PROTECT, related_name="received")
    received_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)


class DutyStep(_Told):
    """What was done about a duty to the state; without a recipient it is the municipality's own. Append-only."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="duty_steps")
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="duty_steps")
    duty_key = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    on = models.DateField()
    form = models.CharField(max_length=10, blank=True)
    way = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "duty_key", "number"],
                condition=Q(recipient__isnull=False),
                name="state_registers_duty_step_number",
            ),
            models.UniqueConstraint(
                fields=["municipality", "duty_key", "number"],
                condition=Q(recipient__isnull=True),
                name="state_registers_own_duty_step_number",
            ),
            _one_of(DutyOutcome, "outcome", "state_registers_duty_step_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome=DutyOutcome.NOT_NEEDED.value) | ~Q(reason=""),
                name="state_registers_duty_is_not_needed_for_a_reason",
            ),
        ]


class AssistantAway(_Told):
    """Days, half-open, on which an assistant was away from all work. Append-only."""

    assistant = models.ForeignKey(Assistant, on_delete=models.PROTECT, related_name="away")
    kind = models.CharField(max_length=15)
    away_from = models.DateField()
    away_to = models.DateField()

    class Meta:
        constraints = [
            _one_of(AwayKind, "kind", "state_registers_away_kind"),
            models.CheckConstraint(
                condition=Q(away_to__gt=F("away_from")), name="state_registers_away_ends_after_it_begins"
            ),
        ]


class NotedTime(_Told):
    """Time of an assistant's with a recipient that is no assistance; instants in minutes. Append-only."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="noted_times")
    assistant = models.ForeignKey(Assistant, on_delete=models.PROTECT, related_name="noted_times")
    purpose = models.CharField(max_length=20)
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()

    class Meta:
        constraints = [
            _one_of(RowPurpose, "purpose", "state_registers_noted_purpose"),
            models.CheckConstraint(
                condition=Q(end_at__gt=F("start_at")), name="state_registers_noted_time_ends_after_it_begins"
            ),
        ]


class FinalSettlement(_Told):
    """That the state has settled a recipient's grant period: nothing is paid on a later bill. Append-only.

    The period runs from `period_from` up to but not including `period_to`.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="final_settlements")
    period_from = models.DateField()
    period_to = models.DateField()
    settled_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "period_from"], name="state_registers_period_is_settled_once"),
            models.CheckConstraint(
                condition=Q(period_to__gt=F("period_from")), name="state_registers_settled_period_ends_after_it_begins"
            ),
        ]

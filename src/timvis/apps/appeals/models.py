"""What is kept of what follows a decision: that somebody was served, appealed, demanded or was told of a delay.

All append-only: what turns out wrong is registered anew, and the last row counts.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.documents.models import Original, SentLetter
from timvis.apps.orders.models import SubstituteDecision
from timvis.core.procedure.appeal import AppealStep as Step
from timvis.core.procedure.appeal import Change, CourtAnswer, TimeFinding
from timvis.core.procedure.six_months import DemandAnswer as Answer


class ServiceWay(StrEnum):
    """How somebody got a decision in her hand (delgivning)."""

    LETTER = "letter"
    RECEIPT = "receipt"
    HANDED_OVER = "handed_over"
    TELEPHONE = "telephone"
    E_SERVICE = "e_service"


SERVICE_LABELS = {
    ServiceWay.LETTER: "Vanligt brev",
    ServiceWay.RECEIPT: "Delgivningskvitto",
    ServiceWay.HANDED_OVER: "Överlämnat",
    ServiceWay.TELEPHONE: "Telefon",
    ServiceWay.E_SERVICE: "E-tjänst",
}


_ONE_DECISION = Q(decision__isnull=False, substitute_decision__isnull=True) | Q(
    decision__isnull=True, substitute_decision__isnull=False
)


class Service(models.Model):
    """That somebody was served with a decision on a day; from it the time to appeal runs for her.

    It is a decision on a claim or one on a substitute.
    """

    decision = models.ForeignKey(ClaimDecision, null=True, on_delete=models.PROTECT, related_name="services")
    substitute_decision = models.ForeignKey(
        SubstituteDecision, null=True, on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(max_length=200)
    served_on = models.DateField()
    way = models.CharField(max_length=16, choices=list(SERVICE_LABELS.items()))
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=list(SERVICE_LABELS)), name="appeals_service_way"),
            models.CheckConstraint(condition=_ONE_DECISION, name="appeals_service_of_one_decision"),
        ]


class Appeal(models.Model):
    """An appeal as it came in: by whom, when, and what it says, in words or as the bytes that came.

    It is of a decision on a claim or of one on a substitute. `by_post` and `to_court_on` are what the day it counts as
    come in is judged on (FL 22 and 45 §§).
    """

    decision = models.ForeignKey(ClaimDecision, null=True, on_delete=models.PROTECT, related_name="appeals")
    substitute_decision = models.ForeignKey(
        SubstituteDecision, null=True, on_delete=models.PROTECT, related_name="appeals"
    )
    name = models.CharField(max_length=200)
    came_on = models.DateField()
    by_post = models.BooleanField(default=False)
    to_court_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="appeals")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(original__isnull=False), name="appeals_appeal_says_something"
            ),
            models.CheckConstraint(condition=_ONE_DECISION, name="appeals_appeal_of_one_decision"),
        ]


class AppealStep(models.Model):
    """One step on an appeal's way, numbered so that two never take the same; each tells what it led to and why.

    `decision`, or `substitute_decision`, is the one that stands after a reconsideration that changed something.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=24, choices=[(one.value, one.name) for one in Step])
    on = models.DateField()
    time = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in TimeFinding])
    change = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Change])
    answer = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in CourtAnswer])
    because = models.TextField(blank=True)
    decision = models.ForeignKey(ClaimDecision, null=True, on_delete=models.PROTECT, related_name="appeal_steps")
    substitute_decision = models.ForeignKey(
        SubstituteDecision, null=True, on_delete=models.PROTECT, related_name="appeal_steps"
    )
    letter = models.OneToOneField(SentLetter, null=True, on_delete=models.PROTECT, related_name="appeal_step")
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="appeal_steps")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeals_appealstep_numbers"),
            models.CheckConstraint(condition=Q(step__in=list(Step)), name="appeals_appealstep_is_known"),
        ]


class CourtPackage(models.Model):
    """What was handed over to the court, whole, with the digest of every file in it."""

    step = models.OneToOneField(AppealStep, on_delete=models.PROTECT, related_name="package")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    manifest = models.JSONField()


class Delay(models.Model):
    """That a party was told that her case takes longer, why, and until when about (FL 11 §)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="delays")
    announced_on = models.DateField()
    reason = models.TextField()
    expected_by = models.DateField()
    letter = models.OneToOneField(SentLetter, on_delete=models.PROTECT, related_name="delay")
    announced_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_by__gt=F("announced_on")) & ~Q(reason=""), name="appeals_delay_says_why_and_when"
            ),
        ]


class Demand(models.Model):
    """That a party has demanded in writing that her case is decided (FL 12 §)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="demands")
    came_on = models.DateField()
    text = models.TextField(blank=True)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="demands")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(original__isnull=False), name="appeals_demand_says_something"
            ),
        ]


class DemandAnswer(models.Model):
    """How a demand ended: the case was decided, or the demand refused or dismissed in a decision of its own."""

    demand = models.OneToOneField(Demand, on_delete=models.PROTECT, related_name="answered")
    answer = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Answer])
    on = models.DateField()
    because = models.TextField(blank=True)
    decision = models.ForeignKey(ClaimDecision, null=True, on_delete=models.PROTECT, related_name="answers_demands")
    letter = models.OneToOneField(SentLetter, null=True, on_delete=models.PROTECT, related_name="demand_answer")
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.CASE_DECIDED, decision__isnull=False) | ~Q(because=""),
                name="appeals_demandanswer_decides_or_says_why",
            ),
        ]

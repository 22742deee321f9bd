"""Bookings of substitutes: who was needed when, who was asked, who came, and what was charged for it.

A booking moves (`status`) and everything that moved it stands in its steps, which are append-only, as are the
papers, the time, the costs and the fees. Instants are whole minutes since 1970 (UTC).
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.apps.documents.hearings import Proposal, ProposalAnswer
from timvis.apps.documents.models import Original, SentLetter
from timvis.apps.parties.models import Assistant, Municipality, Provider, Recipient
from timvis.apps.routines.models import DelegationRow, RoutineVersion
from timvis.core.access import BookingStatus
from timvis.core.procedure.decision import Outcome
from timvis.core.records import Regime
from timvis.core.substitute.fee import Payer
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.routing import Desk


def _one_of(codes: Iterable[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


# --- reference data ---------------------------------------------------------------------------------------


class PoolMember(models.Model):
    """Somebody whom the municipality employs and can send as a substitute."""

    assistant = models.OneToOneField(Assistant, on_delete=models.PROTECT, related_name="in_pool")


class PoolMemberVersion(Version):
    """What a substitute can, how she is reached and when she can be called. Append-only.

    `available` are [weekday, from minute, to minute], Monday is 0.
    """

    thing = models.ForeignKey(PoolMember, on_delete=models.PROTECT, related_name="versions")
    telephone = models.CharField(max_length=40)
    skills = models.JSONField(default=list)
    available = models.JSONField(default=list)

    class Meta(Version.Meta):
        pass


class OtherWork(models.Model):
    """A shift that a substitute has elsewhere in the municipality, as her schedule says. Append-only."""

    member = models.ForeignKey(PoolMember, on_delete=models.PROTECT, related_name="other_work")
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="orders_otherwork_takes_time"),
            models.UniqueConstraint(fields=["member", "start_at", "end_at"], name="orders_otherwork_is_told_once"),
        ]


class ContactPoint(models.Model):
    """Where a desk is reached; `from_minute` names the band it is for, -1 every band."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="contact_points")
    desk = models.CharField(max_length=30)
    from_minute = models.IntegerField(default=-1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "desk", "from_minute"], name="orders_contactpoint_is_registered_once"
            ),
            _one_of(Desk, "desk", "orders_contactpoint_desk"),
        ]


class ContactPointVersion(Version):
    """A name and a number, from a day on. Append-only."""

    thing = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40)

    class Meta(Version.Meta):
        pass


class Procedure(models.Model):
    """How one provider's need of a substitute is met, written once and used again."""

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="procedure")


class ProcedureVersion(Version):
    """The procedure as it was written; `valid_from` is the day it is dated. Append-only."""

    thing = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField()

    class Meta(Version.Meta):
        pass


_SOMEBODY_CAME = [
    BookingStatus.CONFIRMED,
    BookingStatus.WORKED,
    BookingStatus.CHARGED,
    BookingStatus.PAID,
    BookingStatus.CLOSED,
]


# --- a booking --------------------------------------------------------------------------------------------


class Booking(models.Model):
    """A need of a substitute, from the call on. `company_substitute` is whom a contracted company sends.

    `provider` is the one whose assistant is sick; `sick_from` the first day of the sick period.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="bookings")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="bookings")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="bookings")
    routine_version = models.ForeignKey(RoutineVersion, on_delete=models.PROTECT, related_name="bookings")
    regime = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=16)
    asked_by_name = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40, blank=True)
    came_at = models.DateTimeField()
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()
    sick_from = models.DateField()
    is_acute = models.BooleanField()
    skills = models.JSONField(default=list)
    note = models.TextField(blank=True)
    status = models.CharField(max_length=12, default=BookingStatus.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    substitute = models.ForeignKey(PoolMember, null=True, on_delete=models.PROTECT, related_name="bookings")
    company_substitute = models.CharField(max_length=200, blank=True)
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "status", "start_at"], name="orders_desk"),
            models.Index(fields=["substitute", "start_at"], name="orders_shifts_of_substitute"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="orders_booking_takes_time"),
            _one_of(BookingStatus, "status", "orders_booking_status"),
            _one_of(AskedBy, "asked_by", "orders_booking_asked_by"),
            _one_of(Regime, "regime", "orders_booking_regime"),
            models.CheckConstraint(
                condition=~Q(status__in=_SOMEBODY_CAME) | Q(substitute__isnull=False) | ~Q(company_substitute=""),
                name="orders_booking_somebody_is_confirmed",
            ),
        ]

    @property
    def number(self) -> str:
        """What the booking is called in letters and in the log."""
        return f"{self.municipality.slug}-V{self.pk}"

    def __str__(self) -> str:
        return self.number


class BookingStep(models.Model):
    """One thing that was done with a booking, by whom and why. Append-only."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=30)
    status = models.CharField(max_length=12)
    member = models.ForeignKey(PoolMember, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking", "number"], name="orders_bookingstep_numbers")]


class OfferAnswer(StrEnum):
    """What was answered to an offer."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Offer(models.Model):
    """That a substitute was asked; at most one of a booking's offers is accepted at a time."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="offers")
    member = models.ForeignKey(PoolMember, on_delete=models.PROTECT, related_name="offers")
    answer = models.CharField(max_length=10, default=OfferAnswer.WAITING)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "member"], name="orders_offer_is_made_once"),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(answer=OfferAnswer.ACCEPTED), name="orders_offer_one_accepts"
            ),
            _one_of(OfferAnswer, "answer", "orders_offer_answer"),
        ]


class BookingPaper(models.Model):
    """That something a booking waits for is in; the last one of a kind counts. Append-only.

    For a decision `detail` holds what it says, also where it was made on another booking; for the provider's own
    routine, `note` what it has tried.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    reference = models.CharField(max_length=80, blank=True)
    received_on = models.DateField()
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [_one_of(Open, "kind", "orders_bookingpaper_kind")]


class SubstituteHearing(Proposal):
    """That the one who asks was sent a proposed decision on a substitute, before it goes against her. Append-only.

    What is proposed is days (half-open) and at most so many minutes, as in the decision.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="hearings")
    proposed_from = models.DateField()
    proposed_to = models.DateField(null=True)
    proposed_minutes = models.PositiveIntegerField(null=True)
    letter = models.OneToOneField(SentLetter, on_delete=models.PROTECT, related_name="substitute_hearing")

    class Meta(Proposal.Meta):
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="orders_substitutehearing_numbers"),
            *Proposal.Meta.constraints,
        ]


class SubstituteHearingAnswer(ProposalAnswer):
    """What she answered to a proposed decision on a substitute. Append-only."""

    hearing = models.ForeignKey(SubstituteHearing, on_delete=models.PROTECT, related_name="answers")
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(ProposalAnswer.Meta):
        pass


class SubstituteDecision(models.Model):
    """What was decided under LSS 9 § 2 about a substitute; the last of a booking counts, earlier stay. Append-only.

    It grants no money, so it is no decision on a claim: days, and at most so many minutes where it says so.
    `decision_to` is the first day it no longer holds, None until further. `evidence` is what it rested on, as the
    letter told it. `delegation` is the row of the order it was made by, None where the board has adopted none.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=80)
    outcome = models.CharField(max_length=16)
    decision_from = models.DateField()
    decision_to = models.DateField(null=True)
    granted_minutes = models.PositiveIntegerField(null=True)
    reasons = models.TextField()
    provisions = models.JSONField()
    evidence = models.JSONField()
    delegation = models.ForeignKey(DelegationRow, null=True, on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(SubstituteHearing, null=True, on_delete=models.PROTECT, related_name="decisions")
    not_heard = models.CharField(max_length=32, blank=True)
    not_heard_because = models.TextField(blank=True)
    # Why it stands instead of the one before; empty for the first.
    changed_because = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="orders_decision_numbers"),
            _one_of(Outcome, "outcome", "orders_decision_outcome"),
            models.CheckConstraint(
                condition=Q(decision_to__isnull=True) | Q(decision_to__gt=F("decision_from")),
                name="orders_decision_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(provisions=[]), name="orders_decision_says_why"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED)
                | Q(hearing__isnull=False)
                | (~Q(not_heard="") & ~Q(not_heard_because="")),
                name="orders_decision_party_was_heard",
            ),
        ]


class SubstituteDecisionLetter(models.Model):
    """That a decision was sent to somebody: which letter, and to whom as the routine names her. Append-only."""

    decision = models.ForeignKey(SubstituteDecision, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField(SentLetter, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)


# --- what was worked, and what is charged -------------------------------------------------------------------


class TimeSheets(models.Model):
    """The substitute's two reports as handed in; the last number counts. Append-only.

    `average_week_minutes` is the sick assistant's, which says how long the qualifying deduction lasts.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="time_sheets")
    number = models.PositiveIntegerField()
    rows = models.JSONField()
    average_week_minutes = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking", "number"], name="orders_timesheets_numbers")]


class StatedCost(models.Model):
    """What the provider says that the sick assistant cost in the same time; the last number counts. Append-only."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="stated_costs")
    number = models.PositiveIntegerField()
    costs = models.JSONField()
    stated_by = models.CharField(max_length=200)
    stated_on = models.DateField()
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking", "number"], name="orders_statedcost_numbers")]


class Fee(models.Model):
    """A proposed fee, whole: the lines and everything they were made from; the last number counts. Append-only."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="fees")
    number = models.PositiveIntegerField()
    time_sheets = models.ForeignKey(TimeSheets, on_delete=models.PROTECT, related_name="fees")
    stated_cost = models.ForeignKey(StatedCost, on_delete=models.PROTECT, related_name="fees")
    total_ore = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    case = models.JSONField()
    findings = models.JSONField(default=list)
    account = models.CharField(max_length=10)
    parts = models.JSONField(default=list)
    because = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="orders_fee_numbers"),
            models.CheckConstraint(condition=Q(total_ore__gte=0), name="orders_fee_is_never_owed_by_us"),
        ]


class FeeReview(models.Model):
    """That another person than who calculated a fee has reviewed it. Append-only."""

    fee = models.OneToOneField(Fee, on_delete=models.PROTECT, related_name="review")
    calculated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("calculated_by")), name="orders_feereview_takes_two_persons"
            ),
        ]


class InvoiceBasis(models.Model):
    """What was sent for a fee, and to whom: the letter, and the e-invoice exactly as it went. Append-only."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="invoice_basis")
    fee = models.OneToOneField(Fee, on_delete=models.PROTECT, related_name="invoice_basis")
    number = models.CharField(max_length=80, unique=True)
    payer = models.CharField(max_length=10, default=Payer.PROVIDER.value)
    total_ore = models.BigIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    letter = models.ForeignKey(SentLetter, on_delete=models.PROTECT, related_name="+")
    # Empty when the fee goes to a private person, who has no address in the network.
    xml = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            _one_of(Payer, "payer", "orders_invoicebasis_payer"),
            models.CheckConstraint(condition=Q(total_ore__gt=0), name="orders_invoicebasis_asks_for_something"),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="orders_invoicebasis_is_due_later"),
        ]

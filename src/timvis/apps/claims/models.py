"""What is kept of a claim: shape and constraints, no behaviour.

A claim and its reports move (`status`, `version`, `is_current`); shifts, reviews and findings are written once
by one act; words, stamps, decisions and statements are append-only (`apps.audit.guards`).
"""

from enum import StrEnum

from django.db import models

from timvis.apps.applications.models import Application
from timvis.apps.audit.models import Person
from timvis.apps.documents.hearings import Proposal, ProposalAnswer
from timvis.apps.documents.models import Original, SentLetter
from timvis.apps.invoices.models import Invoice, Share
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.apps.routines.models import DelegationRow, RoutineVersion
from timvis.core.access import ClaimStatus
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NoHearing
from timvis.core.records import Regime, TimeKind
from timvis.core.review.finding import WordKind
from timvis.core.review.rule import Grain, Quantity, Severity
from timvis.core.routine.records import REPORTED, ClaimKind

STATUS_LABELS = {
    ClaimStatus.RECEIVED: "Inkommen",
    ClaimStatus.IN_REVIEW: "Under granskning",
    ClaimStatus.WAITING_FOR_PROVIDER: "Väntar på utföraren",
    ClaimStatus.CALCULATED: "Beräknad",
    ClaimStatus.ATTESTED: "Attesterad",
    ClaimStatus.ORDERED: "Utbetalning upplagd",
    ClaimStatus.PAID: "Betald",
    ClaimStatus.BOOKED: "Bokförd",
    ClaimStatus.ARCHIVED: "Arkiverad",
    ClaimStatus.REJECTED: "Avslagen",
    ClaimStatus.RETURNED: "Återlämnad",
}

NOTHING_PAID = frozenset({ClaimStatus.REJECTED, ClaimStatus.RETURNED})
"""Claims whose hours nobody counts: they were turned down, or sent back."""

MAY_BE_PAID = [code for code in STATUS_LABELS if code not in NOTHING_PAID]
"""Every other claim: one that is or may come to be paid."""


def _choices(codes: type[StrEnum]) -> list[tuple[str, str]]:
    return [(code.value, code.name) for code in codes]


class NumberSeries(models.Model):
    """The last case number given in a municipality and year."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="claims_one_series_per_year"),
        ]


class Claim(models.Model):
    """What somebody wants to be paid for: a month by time reports, an invoice, or an application.

    `is_paid_by_invoice`: what an application comes to is decided here, and paid on the invoice that follows.
    An invoice may cover several recipients and months: then `recipient` is None and whose it is stands in the
    invoice's allocation; `month_on` is the last month, of an application too.
    """

    number = models.CharField(max_length=40, unique=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="claims")
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="claims")
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="claims")
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="claims")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=24, choices=_choices(ClaimKind), default=ClaimKind.ASSISTANCE)
    regime = models.CharField(max_length=8, choices=_choices(Regime))
    month_on = models.DateField()
    routine_version = models.ForeignKey(RoutineVersion, on_delete=models.PROTECT, related_name="claims")
    status = models.CharField(max_length=24, choices=list(STATUS_LABELS.items()), default=ClaimStatus.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_by_provider = models.BooleanField()
    refers_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="referred_to_by")
    is_paid_by_invoice = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "due_on"], name="claims_queue"),
            models.Index(fields=["recipient", "month_on"], name="claims_month_of_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(month_on__day=1), name="claims_month_starts_on_the_first"),
            models.CheckConstraint(condition=models.Q(status__in=list(STATUS_LABELS)), name="claims_status_is_known"),
            models.UniqueConstraint(
                fields=["recipient", "provider", "month_on", "kind", "regime"],
                condition=models.Q(status__in=MAY_BE_PAID, invoice__isnull=True, application__isnull=True),
                name="claims_one_claim_for_a_month",
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=models.Q(status__in=MAY_BE_PAID), name="claims_one_claim_for_an_invoice"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=MAY_BE_PAID),
                name="claims_one_claim_for_an_application",
            ),
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | models.Q(invoice__isnull=False),
                name="claims_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=True) | models.Q(invoice__isnull=True, recipient__isnull=False),
                name="claims_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(is_paid_by_invoice=False) | models.Q(application__isnull=False),
                name="claims_only_an_application_is_paid_by_invoice",
            ),
            models.CheckConstraint(
                condition=models.Q(refers_to__isnull=True) | ~models.Q(refers_to=models.F("id")),
                name="claims_refers_to_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_reported(self) -> bool:
        """Whether it is reported to the state: then nothing of it is worked out to be paid here."""
        return self.kind in REPORTED


class Report(models.Model):
    """One assistant's month as handed in; `number` counts the versions of the same report."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reports")
    key = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="reports")
    # The picture of the paper, when somebody typed the report from one.
    scan = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="typed_reports")
    assistant_number = models.CharField(max_length=12, null=True)  # null: the report does not tell
    assistant_name = models.CharField(max_length=200, null=True)
    recipient_number = models.CharField(max_length=12, null=True)
    recipient_name = models.CharField(max_length=200, null=True)
    employer_number = models.CharField(max_length=12, null=True)
    is_own_employer = models.BooleanField(null=True)
    has_agreement = models.BooleanField(null=True)
    reference_periods = models.JSONField(default=list)
    assistant_signed_on = models.DateField(null=True)
    assistant_signature_number = models.CharField(max_length=12, null=True)
    assistant_signature_name = models.CharField(max_length=200, blank=True)
    manager_signed_on = models.DateField(null=True)
    manager_signature_number = models.CharField(max_length=12, null=True)
    manager_signature_name = models.CharField(max_length=200, blank=True)
    stated_sums = models.JSONField(null=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "key", "number"], name="claims_report_versions"),
            models.UniqueConstraint(
                fields=["claim", "key"],
                condition=models.Q(is_current=True),
                name="claims_one_current_version_of_a_report",
            ),
        ]


class Shift(models.Model):
    """One row of a report on one local day."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="shifts")
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=_choices(TimeKind))
    work_on = models.DateField()
    from_text = models.CharField(max_length=20)
    to_text = models.CharField(max_length=20)
    start_minute = models.PositiveIntegerField()
    end_minute = models.PositiveIntegerField()
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()
    is_ambiguous = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["work_on"], name="claims_shift_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_minute__lt=models.F("end_minute"), end_minute__lte=24 * 60),
                name="claims_shift_stays_in_its_day",
            ),
            models.CheckConstraint(condition=models.Q(start_at__lt=models.F("end_at")), name="claims_shift_takes_time"),
        ]


class Review(models.Model):
    """One judgement of a claim, on what was known then."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    inputs_digest = models.CharField(max_length=64)
    law_version = models.CharField(max_length=64)
    sums = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="claims_review_numbers")]


class Finding(models.Model):
    """What a rule objects to: it proposes, a person disposes."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    key = models.CharField(max_length=64)
    code = models.CharField(max_length=100)
    severity = models.CharField(max_length=8, choices=_choices(Severity))
    grain = models.CharField(max_length=8, choices=_choices(Grain))
    label = models.CharField(max_length=200)
    quantity = models.CharField(max_length=16, blank=True, choices=_choices(Quantity))
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="findings")
    assistant_number = models.CharField(max_length=12, null=True)
    week = models.IntegerField(null=True)
    part_from = models.BigIntegerField(null=True)
    part_to = models.BigIntegerField(null=True)
    minutes = models.PositiveIntegerField()
    money_at_risk_ore = models.BigIntegerField(null=True)  # null: nobody has decided a rate
    message = models.TextField()
    cites = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    place = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="claims_finding_keys")]


class Word(models.Model):
    """What an officer said about a finding, and why; the last one said is the one that counts."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="words")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=10, choices=_choices(WordKind))
    reason = models.TextField(blank=True)
    said_at = models.DateTimeField()


class Statement(models.Model):
    """What is to be paid and why, whole: the lines, and everything they were made from."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="statements")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    total_ore = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    case = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="claims_statement_numbers")]


class Stamp(models.Model):
    """One account stamp (konteringsstämpel) on a claim; the last one set counts. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="stamps")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="claims_stamp_numbers")]


class StampedPart(models.Model):
    """The account string of a claim, or of one share of its invoice, and why. Append-only.

    `reason` is why somebody chose otherwise than what was suggested; empty when she did not.
    """

    stamp = models.ForeignKey(Stamp, on_delete=models.PROTECT, related_name="stamped")
    share = models.ForeignKey(Share, null=True, on_delete=models.PROTECT, related_name="stamped")
    account = models.CharField(max_length=10)
    parts = models.JSONField(default=list)
    because = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stamp", "share"], name="claims_stampedpart_share_is_stamped_once"),
        ]


class Hearing(Proposal):
    """That a party was sent a proposed decision on her claim, before it goes against her (FL 25 §). Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="hearings")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="hearings")
    amount_ore = models.BigIntegerField()
    letter = models.OneToOneField(SentLetter, on_delete=models.PROTECT, related_name="hearing")

    class Meta(Proposal.Meta):
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claims_hearing_numbers"),
            *Proposal.Meta.constraints,
        ]


class HearingAnswer(ProposalAnswer):
    """What a party answered to a proposed decision on her claim. Append-only."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="answers")
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="hearing_answers")

    class Meta(ProposalAnswer.Meta):
        pass


class ChangeKind(StrEnum):
    """Why there is a decision after a decision (FL 36–38 §§)."""

    CORRECTION = "correction"
    CHANGE = "change"
    DUTY = "duty"


CHANGE_LABELS = {
    ChangeKind.CORRECTION: "Rättelse av skrivfel, räknefel eller liknande (FL 36 §)",
    ChangeKind.CHANGE: "Ändring: nya omständigheter eller annat skäl (FL 37 §)",
    ChangeKind.DUTY: "Ändring: beslutet är uppenbart felaktigt (FL 38 §)",
}


class ClaimDecision(models.Model):
    """What was decided on a claim, by whom and why; the last one made counts, every earlier stays. Append-only.

    `claimed_ore` is None when no amount was asked for. `delegation` is the row of the order that it was made by, None
    where the board has adopted none for such cases. `took_part` are names of others who had a part in the final
    handling. A decision that goes against somebody has its hearing, or why none was needed.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=_choices(Outcome), default=Outcome.GRANTED)
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="decisions")
    period_from = models.DateField()
    period_to = models.DateField()
    claimed_ore = models.BigIntegerField(null=True)
    amount_ore = models.BigIntegerField()
    reasons = models.TextField()
    provisions = models.JSONField(default=list)
    presented_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    took_part = models.JSONField(default=list)
    dissent = models.TextField(blank=True)
    delegation = models.ForeignKey(DelegationRow, null=True, on_delete=models.PROTECT, related_name="decisions")
    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="decisions")
    not_heard = models.CharField(max_length=32, blank=True, choices=_choices(NoHearing))
    not_heard_because = models.TextField(blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    change = models.CharField(max_length=16, blank=True, choices=list(CHANGE_LABELS.items()))
    changed_because = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claims_claimdecision_numbers"),
            models.CheckConstraint(
                condition=models.Q(period_to__gt=models.F("period_from")),
                name="claims_claimdecision_period_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=list(Outcome)), name="claims_claimdecision_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.GRANTED) | (~models.Q(reasons="") & ~models.Q(provisions=[])),
                name="claims_claimdecision_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.REFUSED) | models.Q(amount_ore=0),
                name="claims_claimdecision_refusal_gives_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.GRANTED)
                | models.Q(hearing__isnull=False)
                | (~models.Q(not_heard="") & ~models.Q(not_heard_because="")),
                name="claims_claimdecision_party_was_heard",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, change="", changed_because="")
                | (models.Q(corrects__isnull=False) & ~models.Q(change="") & ~models.Q(changed_because="")),
                name="claims_claimdecision_change_says_why",
            ),
        ]


class DecisionLetter(models.Model):
    """That a decision was sent to somebody: which letter, and to whom as the routine names her. Append-only."""

    decision = models.ForeignKey(ClaimDecision, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField(SentLetter, on_delete=models.PROTECT, related_name="decision_letter")
    role = models.CharField(max_length=40)

"""Who signed what: one row per signature, one per separation it is held to, and the batches signed at one sitting."""

from django.db import models

from timvis.apps.audit.models import Person
from timvis.apps.claims.models import Claim
from timvis.apps.parties.models import Municipality
from timvis.apps.routines.models import AttestRight


class AttestBatch(models.Model):
    """What one person was shown to sign at one sitting, kept as she was shown it. Append-only.

    `content` is the frozen `core.routine.batch.Batch`; `digest` is its own, which her signatures cover.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    sum_ore = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()


class AttestBatchLine(models.Model):
    """One claim of a batch, at its place. Append-only."""

    batch = models.ForeignKey(AttestBatch, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    shown_digest = models.CharField(max_length=64)
    amount_ore = models.BigIntegerField()
    is_green = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="attestation_attestbatchline_place"),
            models.UniqueConstraint(fields=["batch", "claim"], name="attestation_attestbatchline_claim_once"),
        ]


class SignedAct(models.Model):
    """A signature over the digest of exactly what was shown, in one round of a claim. Append-only.

    Given together with others it is over the batch as well.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="signed_acts")
    round = models.PositiveIntegerField()
    step = models.CharField(max_length=80)
    act = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    statement_digest = models.CharField(max_length=64)
    shown_digest = models.CharField(max_length=64)
    # What was shown, to the letter; {} for a signature from before it was kept.
    shown = models.JSONField(default=dict)
    # The right on the board's list that it rests on; None where the routine leaves it to the roles.
    right = models.ForeignKey(AttestRight, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()
    batch = models.ForeignKey(AttestBatch, on_delete=models.PROTECT, null=True, related_name="signed_acts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "round", "step"], name="attestation_signedact_step_is_signed_once"
            ),
        ]


class SeparationRow(models.Model):
    """That a person has taken her one part in a separation; a second finds the place taken. Append-only.

    `signed` is None for what she did before the attests, on the claim itself: handing in, calculating.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="separation_rows")
    round = models.PositiveIntegerField()
    separation = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    signed = models.ForeignKey(SignedAct, on_delete=models.PROTECT, null=True, related_name="separations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "round", "separation", "person"],
                name="attestation_separationrow_one_part_per_person",
            ),
        ]

"""Who signed what: one row per signature, and one row per separation that the signature is held to."""

from django.db import models

from timvis.apps.audit.models import Person
from timvis.apps.claims.models import Claim
from timvis.apps.routines.models import AttestRight


class SignedAct(models.Model):
    """A signature over the digest of exactly what was shown, in one round of a claim. Append-only."""

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

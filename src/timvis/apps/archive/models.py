"""Closed claims as sealed packages, each with the day it may go."""

from django.db import models
from django.db.models import Q

from timvis.apps.claims.models import Claim


class Package(models.Model):
    """A sealed package: what is in it by digest, and how long each half is kept. Append-only.

    `keep_client_file_until` is None when the client file is kept for ever, `keep_accounting_until` when
    nothing was booked.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="packages")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=120, unique=True)
    content = models.BinaryField()
    manifest = models.JSONField()
    outcome = models.CharField(max_length=20)
    keep_client_file_for_ever = models.BooleanField()
    keep_client_file_until = models.DateField(null=True)
    client_file_gone_by = models.DateField(null=True)
    keep_accounting_until = models.DateField(null=True)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="archive_package_number"),
            models.CheckConstraint(
                condition=Q(keep_client_file_for_ever=True, keep_client_file_until__isnull=True)
                | Q(keep_client_file_for_ever=False, keep_client_file_until__isnull=False),
                name="archive_package_is_kept_for_a_time_or_for_ever",
            ),
        ]

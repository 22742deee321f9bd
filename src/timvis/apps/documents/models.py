"""What came in: the bytes exactly as handed over, and the evidence registered from them. Both append-only."""

from django.db import models
from django.db.models import Q

from timvis.apps.audit.models import Person
from timvis.apps.parties.models import Provider, Recipient


class Original(models.Model):
    """A file as it was handed in, known by the SHA-256 of its bytes: the same bytes are the same row."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")


class Evidence(models.Model):
    """That a document a routine asks for has come in, for a recipient, a provider or both."""

    requirement = models.CharField(max_length=80)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, related_name="evidence")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="evidence")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, null=True, related_name="evidence")
    received_on = models.DateField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(provider__isnull=False),
                name="documents_evidence_is_about_somebody",
            ),
        ]

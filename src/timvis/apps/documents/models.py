"""What came in and what went out: the bytes exactly as they were, and what was registered. All append-only."""

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


class SentLetter(models.Model):
    """A letter as it was sent: the PDF and its HTML twin, filled once and never made again from a template.

    `about` is the number of the case. `answer_by` is the day an answer is asked for, where one is.
    """

    municipality = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=80)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, related_name="letters")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="letters")
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    html = models.TextField()
    answer_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["municipality", "about"], name="documents_letters_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(provider__isnull=False),
                name="documents_sentletter_is_to_somebody",
            ),
        ]

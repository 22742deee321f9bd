"""What came in and what went out: the bytes exactly as they were, and what was registered. All append-only."""

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.parties.models import Provider, Recipient
from timvis.core.case_file import NoteKind


class Original(models.Model):
    """A file as it was handed in, known by the SHA-256 of its bytes: the same bytes are the same row."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")


class Evidence(models.Model):
    """That a document a routine asks for has come in, for a recipient, a provider or both.

    `about` is the number of the case it came in; empty for a document that stands and serves every case. `forms`
    are the forms it came in (`core.routine.terms.DocumentForm`), as far as somebody noted them.
    """

    about = models.CharField(max_length=80, blank=True, default="")
    forms = models.JSONField(default=list)
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

    `about` is the number of the case, empty before there is one; `receiver` the name it was sent to. `answer_by` is
    the day an answer is asked for, where one is; `asks_for` are the documents that are asked for. A letter is
    reminded of by one other, which may be reminded of in its turn.
    """

    municipality = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=80, blank=True)
    receiver = models.CharField(max_length=200, blank=True, default="")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, related_name="letters")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="letters")
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    html = models.TextField()
    answer_by = models.DateField(null=True)
    asks_for = models.JSONField(default=list)
    reminds_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reminder")
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


class CaseNote(models.Model):
    """What somebody noted in the case file: dated, with its author, and locked from the moment it is written.

    `about` is the number of the case; empty for what concerns the person in every case. What turns out wrong is
    corrected by a note that points at it, and both are read ever after.
    """

    municipality = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, related_name="notes")
    happened_on = models.DateField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        indexes = [models.Index(fields=["municipality", "about"], name="documents_notes_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(about=""), name="documents_casenote_is_about_something"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoteKind]), name="documents_casenote_kind"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, kind__in=[k.value for k in NoteKind if k is not NoteKind.CORRECTION])
                | Q(corrects__isnull=False, kind=NoteKind.CORRECTION.value),
                name="documents_casenote_correction_has_its_note",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="documents_casenote_corrects_another"
            ),
        ]


class NoteObjection(models.Model):
    """That somebody sees it otherwise than a note says, in her own words (LSS 21 b §); shown beside the note."""

    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="objections")
    whose = models.CharField(max_length=200)
    text = models.TextField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

"""What is kept of an application: who applied, how it came, and what it says. Versions are append-only."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Municipality, Payee, Provider, Recipient


class AppliedBy(StrEnum):
    """Who applies: the person who has the right, who represents her by law, or whom she has given a power to."""

    RECIPIENT = "recipient"
    REPRESENTATIVE = "representative"
    AGENT = "agent"


APPLIED_BY_LABELS = {
    AppliedBy.RECIPIENT: "Den enskilde",
    AppliedBy.REPRESENTATIVE: "Legal ställföreträdare",
    AppliedBy.AGENT: "Ombud med fullmakt",
}


class CameBy(StrEnum):
    """How an application reached the municipality."""

    E_SERVICE = "e_service"
    PAPER = "paper"
    TELEPHONE = "telephone"


CAME_BY_LABELS = {
    CameBy.E_SERVICE: "E-tjänst",
    CameBy.PAPER: "Papper",
    CameBy.TELEPHONE: "Telefon",
}


class Represents(StrEnum):
    """As what a legal representative acts; the empty word is for who needs none."""

    NOBODY = ""
    GUARDIAN_OF_CHILD = "guardian_of_child"
    LIMITED_GUARDIAN = "limited_guardian"
    ADMINISTRATOR = "administrator"


REPRESENTS_LABELS = {
    Represents.NOBODY: "",
    Represents.GUARDIAN_OF_CHILD: "Vårdnadshavare",
    Represents.LIMITED_GUARDIAN: "God man",
    Represents.ADMINISTRATOR: "Förvaltare",
}


class Application(models.Model):
    """One application of a recipient's, for what her employer of assistants has had to pay.

    `provider` is the employer: a company, or the recipient herself as own employer.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="applications")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="applications")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=24)
    came_by = models.CharField(max_length=12, choices=list(CAME_BY_LABELS.items()))
    received_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(came_by__in=list(CAME_BY_LABELS)), name="applications_application_came_by"
            ),
        ]


class ApplicationVersion(models.Model):
    """What an application says; the last version counts, and every earlier one stays readable. Append-only.

    `applied_from` and `applied_to` are the half-open days it is about, `covers` the routine's word for how much one
    application may be about. `parts` holds one written calculation case per assistant, without the routine's choices
    (`formats.calculation_case.sick_cost_form`). `payee` is the registered account the money is asked to go to,
    `payee_wish` what is written of another one: it takes a form of its own to be registered. `original` are the bytes
    it was read from or the picture of the paper.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    applied_by = models.CharField(max_length=16, choices=list(APPLIED_BY_LABELS.items()))
    applicant_number = models.CharField(max_length=12)
    applicant_name = models.CharField(max_length=200)
    represents = models.CharField(max_length=20, blank=True, default="", choices=list(REPRESENTS_LABELS.items()))
    contact = models.CharField(max_length=300, blank=True)
    signed_on = models.DateField(null=True)  # null: not signed, which the checklist asks for
    covers = models.CharField(max_length=40)
    applied_from = models.DateField()
    applied_to = models.DateField()
    payee = models.ForeignKey(Payee, null=True, on_delete=models.PROTECT, related_name="applications")
    payee_wish = models.CharField(max_length=200, blank=True, default="")
    invoice_reference = models.CharField(max_length=80, blank=True)
    parts = models.JSONField()
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="applications")
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="applications_version_numbers"),
            models.CheckConstraint(
                condition=Q(applied_by__in=list(APPLIED_BY_LABELS)), name="applications_version_applied_by"
            ),
            models.CheckConstraint(
                condition=Q(applied_to__gt=F("applied_from")), name="applications_version_is_about_a_day"
            ),
            models.CheckConstraint(
                condition=Q(represents__in=list(REPRESENTS_LABELS)), name="applications_version_represents"
            ),
        ]

"""Those a claim is about: municipality, recipient, provider, assistant, agent, payee, and what we know.

What changes stands in a version table beside its thing (`apps.audit.versions`); version tables, incapacities
and absences are append-only. Numbers are digits only, without hyphen.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.core.disqualification import InterestKind
from timvis.core.payment import AccountKind
from timvis.core.records import AbsenceKind, ProviderKind, WorkingTimeLaw


def _one_of(codes: type[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


def _twelve_digits(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Exact(Length(F(field)), 12), name=name)


class Municipality(models.Model):
    """A municipality; `slug` is its name in routines, roles and the log.

    `contact` is where one turns, and sends an appeal: post, e-mail and telephone, as it stands in letters.
    """

    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    organisation_number = models.CharField(max_length=10)
    contact = models.CharField(max_length=400, blank=True, default="")


class Recipient(models.Model):
    """A person who receives a service from one municipality."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="recipients")
    personal_number = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "personal_number"], name="parties_recipient_is_registered_once"
            ),
            _twelve_digits("personal_number", "parties_recipient_number_has_twelve_digits"),
        ]


class RecipientVersion(Version):
    """What was known of a recipient. Append-only."""

    thing = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    died_on = models.DateField(null=True)

    class Meta(Version.Meta):
        pass


class Provider(models.Model):
    """A provider in one municipality; an own employer's number is her personal number of twelve digits."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="providers")
    organisation_number = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation_number"], name="parties_provider_is_registered_once"
            ),
        ]


class ProviderVersion(Version):
    """What was known of a provider: permit, tax, registration, agreement, managers, whom to ask. Append-only."""

    thing = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    permit_is_known = models.BooleanField(default=False)
    permit_from = models.DateField(null=True)
    permit_to = models.DateField(null=True)
    told_of_end_on = models.DateField(null=True)
    f_tax_is_known = models.BooleanField(default=False)
    f_tax_from = models.DateField(null=True)
    f_tax_to = models.DateField(null=True)
    employer_registered_from = models.DateField(null=True)
    employer_registered_to = models.DateField(null=True)
    working_time_law = models.CharField(max_length=30, null=True)
    agreement = models.CharField(max_length=80, null=True)
    managers = models.JSONField(default=list)
    contact_name = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            _one_of(ProviderKind, "kind", "parties_providerversion_kind"),
            _one_of(WorkingTimeLaw, "working_time_law", "parties_providerversion_working_time_law"),
        ]


class Agreement(models.Model):
    """A municipality's agreement with a provider."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="agreements")
    reference = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "reference"], name="parties_agreement_is_registered_once"),
        ]


class AgreementVersion(Version):
    """What an agreement says from a day on: its price per hour, and what it is about. Append-only."""

    thing = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    about = models.CharField(max_length=200)
    price_ore_per_hour = models.BigIntegerField(null=True)  # null: the agreement sets no price per hour
    note = models.TextField(blank=True)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(price_ore_per_hour__isnull=True) | Q(price_ore_per_hour__gt=0),
                name="parties_agreementversion_price_is_a_price",
            ),
        ]


class Membership(models.Model):
    """That a person acts for a provider; `held_to` is the first day she no longer does."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    held_from = models.DateField()
    held_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "person", "held_from"], name="parties_membership_is_given_once"
            ),
        ]


class Assistant(models.Model):
    """An assistant as employed by one provider."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assistants")
    personal_number = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "personal_number"], name="parties_assistant_is_registered_once"
            ),
            _twelve_digits("personal_number", "parties_assistant_number_has_twelve_digits"),
        ]


class AssistantVersion(Version):
    """What was known of an assistant. Append-only."""

    thing = models.ForeignKey(Assistant, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    born_on = models.DateField(null=True)
    lives_outside_eea = models.BooleanField(null=True)
    registered_on = models.DateField(null=True)
    hired_on = models.DateField(null=True)

    class Meta(Version.Meta):
        pass


class Incapacity(models.Model):
    """A recorded assessment that an assistant lacked ability in a period. Append-only."""

    assistant = models.ForeignKey(Assistant, on_delete=models.PROTECT, related_name="incapacities")
    unable_from = models.DateField()
    unable_to = models.DateField(null=True)
    assessed_on = models.DateField()
    reason = models.TextField()
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unable_to__isnull=True) | Q(unable_to__gt=F("unable_from")),
                name="parties_incapacity_ends_after_it_begins",
            ),
        ]


class PowerOfAttorney(models.Model):
    """That a recipient has let an agent act in her place."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="powers_of_attorney")
    agent_number = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "agent_number"], name="parties_powerofattorney_is_registered_once"
            ),
        ]


class PowerOfAttorneyVersion(Version):
    """What a power of attorney covered, from when to when. Append-only."""

    thing = models.ForeignKey(PowerOfAttorney, on_delete=models.PROTECT, related_name="versions")
    agent_name = models.CharField(max_length=200)
    may_apply = models.BooleanField(default=False)
    may_report = models.BooleanField(default=False)
    may_see = models.BooleanField(default=False)
    may_receive = models.BooleanField(default=False)
    original_received_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    class Meta(Version.Meta):
        pass


class Payee(models.Model):
    """Who receives the money for one recipient's hours with one provider; without recipient, for its invoices."""

    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="payees")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="payees")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "provider"],
                condition=Q(recipient__isnull=False),
                name="parties_payee_is_registered_once",
            ),
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(recipient__isnull=True),
                name="parties_payee_of_invoices_is_registered_once",
            ),
        ]


class PayeeVersion(Version):
    """Which account, from which day, on which form and proof. Append-only."""

    thing = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="versions")
    payee_name = models.CharField(max_length=140)
    account_kind = models.CharField(max_length=20)
    account_number = models.CharField(max_length=34)
    # Whose the account is, a person's or a company's number; empty: the form does not tell.
    payee_number = models.CharField(max_length=12, blank=True, default="")
    proof_received_on = models.DateField(null=True)
    form_received_on = models.DateField(null=True)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            _one_of(AccountKind, "account_kind", "parties_payeeversion_account_kind"),
        ]


class Absence(models.Model):
    """Time a recipient spent where assistance is as a rule not paid; instants in minutes. Append-only."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20)
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()
    has_special_reason = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            _one_of(AbsenceKind, "kind", "parties_absence_kind"),
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="parties_absence_ends_after_it_begins"),
        ]


class Interest(models.Model):
    """That a person stands near another or a company (jäv), in the eyes of one municipality."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="interests")
    person_number = models.CharField(max_length=12)
    other_number = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person_number", "other_number", "kind"],
                name="parties_interest_is_registered_once",
            ),
            _twelve_digits("person_number", "parties_interest_number_has_twelve_digits"),
            _one_of(InterestKind, "kind", "parties_interest_kind"),
            models.CheckConstraint(
                condition=~Q(person_number=F("other_number")), name="parties_interest_is_in_another"
            ),
        ]


class InterestVersion(Version):
    """From when to when an interest holds, and what was said about it. Append-only."""

    thing = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="versions")
    note = models.TextField(blank=True)

    class Meta(Version.Meta):
        pass

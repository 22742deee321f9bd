"""Who performs home care: the providers' agreements, what recipients chose, and the turns of those who did not.

All of it is append-only. A turn order is its log and nothing else: where everybody stands is derived from it.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties.models import Municipality, Provider, Recipient


def _one_of(codes: Iterable[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


class HomeAgreement(models.Model):
    """That a provider is approved to perform home care in its municipality."""

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="home_agreement")


class HomeAgreementVersion(Version):
    """What the agreement says from `valid_from` on; `begins_on` and `ends_on` are the agreement's own. Append-only.

    `services` are rows of name, from and to minute of the day; no areas is the whole municipality. It has no prices:
    those are the routine's, the same for everybody.
    """

    thing = models.ForeignKey(HomeAgreement, on_delete=models.PROTECT, related_name="versions")
    reference = models.CharField(max_length=80)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    services = models.JSONField()
    areas = models.JSONField(default=list)
    ceiling_minutes = models.PositiveIntegerField(null=True)
    # What the recipient reads of it: what it is good at, languages, and how it is reached.
    profile = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")),
                name="home_choices_homeagreementversion_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False), name="home_choices_homeagreementversion_says_from_when"
            ),
        ]


class EntryKind(StrEnum):
    """What happened in a turn order."""

    JOINED = "joined"
    LEFT = "left"
    ASSIGNED = "assigned"


class TurnEntry(models.Model):
    """One row of a turn order's log; `area` is empty where the whole municipality has one list. Append-only.

    `reference` and `minutes` a month are the order's that was given; `skipped` is who stood before, why it did not
    get it, and the figures that rested on.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="turn_entries")
    area = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    on = models.DateField()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="turn_entries")
    reference = models.CharField(max_length=80, null=True, unique=True)
    minutes = models.PositiveIntegerField(null=True)
    skipped = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "area", "number"], name="home_choices_turnentry_numbers"),
            _one_of(EntryKind, "kind", "home_choices_turnentry_kind"),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.ASSIGNED) | Q(reference__isnull=False, minutes__isnull=False),
                name="home_choices_turnentry_says_what_was_given",
            ),
        ]


class HowChosen(StrEnum):
    """How a provider came to be somebody's."""

    CHOSEN = "chosen"
    IN_TURN = "in_turn"


class HomeChoice(models.Model):
    """What a recipient said of who is to come, and the order that it led to. Append-only.

    `first_on` is the provider's first day, by a rule that `because` tells; `tell_by_on` when both providers must know
    of a change, null for the first choice. `leaves` are the numbers of the orders that end with it. `sheet` is the
    information she had been given, null when none was sent from here.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="home_choices")
    order = models.OneToOneField(HomeOrder, on_delete=models.PROTECT, related_name="choice")
    how = models.CharField(max_length=10)
    told_on = models.DateField()
    wished_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    first_on = models.DateField()
    tell_by_on = models.DateField(null=True)
    because = models.TextField(blank=True)
    leaves = models.JSONField(default=list)
    sheet = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    turn = models.OneToOneField(TurnEntry, null=True, on_delete=models.PROTECT, related_name="choice")
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            _one_of(HowChosen, "how", "home_choices_homechoice_how"),
            models.CheckConstraint(
                condition=Q(how=HowChosen.IN_TURN) ^ Q(turn__isnull=True), name="home_choices_homechoice_turn_or_choice"
            ),
            models.CheckConstraint(
                condition=Q(first_on__gte=F("told_on")), name="home_choices_homechoice_begins_after_it_was_told"
            ),
        ]

"""What is typed about attest lists, positions, days away and interests."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.disqualification import InterestKind
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.records import Act
from timvis.web.shared.board_lists import Choices, ListedRowForm
from timvis.web.shared.forms import Day, Form, LastDay, PersonalNumber, ProviderNumber
from timvis.web.shared.words import INTEREST_WORDS, SIGNATURE_WORDS


class RowForm(ListedRowForm):
    """One row of an attest list."""

    act = forms.ChoiceField(label=_("Attest"), choices=[(act, words) for act, words in SIGNATURE_WORDS.items()])
    responsibility = forms.CharField(label=_("Ansvar (tomt: allt)"), required=False, max_length=40)
    field_order = ("act", "person", "position", "responsibility", "up_to_ore", "deputy_of")

    tells = (*ListedRowForm.tells, "responsibility")

    def right(self, number: int, valid_from: date, valid_to: date) -> AttestRight:
        """Return the row as a right that holds as long as its list."""
        told = self.cleaned_data
        return AttestRight(
            **self.common(number, valid_from, valid_to),
            act=Act(told["act"]),
            responsibility=told["responsibility"].strip() or None,
        )


class PositionForm(Form):
    """Who holds a position, from when to when."""

    position = forms.CharField(
        label=_("Befattning"), max_length=120, help_text=_("Precis som den står i attestlistan.")
    )
    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    held_from = Day(label=_("Från och med"))
    held_to = LastDay(label=_("Till och med"), required=False)

    def __init__(self, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = people


class SpellForm(Form):
    """From when to when somebody is away."""

    off_from = Day(label=_("Borta från och med"))
    off_to = LastDay(label=_("Borta till och med"))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        told = super().clean() or self.cleaned_data
        if told.get("off_from") and told.get("off_to") and told["off_to"] <= told["off_from"]:
            self.add_error("off_to", ValidationError(_("Sista dagen ligger före den första.")))
        return told


class NewSpellForm(SpellForm):
    """Who is away, and when."""

    person = forms.TypedChoiceField(label=_("Vem"), coerce=int)
    field_order = ("person", "off_from", "off_to")

    def __init__(self, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = people


class ChangedSpellForm(SpellForm):
    """A spell told anew, or called off."""

    called_off = forms.BooleanField(label=_("Frånvaron är inställd: jag eller hen är i tjänst"), required=False)


class InterestForm(Form):
    """When an interest holds, and what is to be said of it."""

    valid_from = Day(label=_("Från och med"), required=False, help_text=_("Tomt om det alltid har gällt."))
    valid_to = LastDay(label=_("Till och med"), required=False)
    note = forms.CharField(
        label=_("Anteckning"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )


class NewInterestForm(InterestForm):
    """Who stands near whom, and how."""

    person_number = PersonalNumber(label=_("Vem är jävig (personnummer)"))
    kind = forms.ChoiceField(label=_("Hur"), choices=[(kind, INTEREST_WORDS[kind]) for kind in InterestKind])
    other_number = ProviderNumber(
        label=_("Till vem"), help_text=_("Personnummer på den enskilda eller den anställda, eller organisationsnummer.")
    )
    field_order = ("person_number", "kind", "other_number")

    def clean(self) -> dict[str, Any]:
        """Refuse an interest in oneself: that one's own matter is one's own needs no telling."""
        told = super().clean() or self.cleaned_data
        if told.get("person_number") and told.get("person_number") == told.get("other_number"):
            self.add_error("other_number", ValidationError(_("Det är samma person. Egna ärenden är alltid jäv.")))
        return told

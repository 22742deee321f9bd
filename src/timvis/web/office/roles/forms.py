"""What is typed about roles."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.access import POLICY, Relation, Role
from timvis.web.shared.context import ROLE_WORDS
from timvis.web.shared.forms import Day, Form, LastDay, PersonalNumber

ROLES_AT_WORK = tuple(
    role
    for role in ROLE_WORDS
    if role is Role.PROVIDER_ADMIN
    or any(row.role == role and row.relation is Relation.OWN_MUNICIPALITY for row in POLICY)
)
"""The roles of those who work with other people's matters, in the order they are told. Who receives a service herself
is no business of whoever looks after the staff's."""


class NewRoleForm(Form):
    """Whose role it is, which, from when, and why."""

    personal_number = PersonalNumber(label=_("Personnummer"))
    name = forms.CharField(
        label=_("Namn"), max_length=200, required=False, help_text=_("Behövs bara om personen är ny i Timvis.")
    )
    role = forms.ChoiceField(label=_("Roll"), choices=[(role, ROLE_WORDS[role]) for role in ROLES_AT_WORK])
    held_from = Day(label=_("Från och med"))
    reason = forms.CharField(
        label=_("Skäl"), max_length=1000, help_text=_("Till exempel anställning, vikariat eller beslut.")
    )

    def __init__(self, own_number: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._own_number = own_number

    def clean_personal_number(self) -> str:
        """Refuse one's own number: nobody gives herself a role."""
        number: str = self.cleaned_data["personal_number"]
        if number == self._own_number:
            raise ValidationError(_("Ingen ger sig själv en roll. Be en kollega om det."))
        return number


class EndForm(Form):
    """The last day of a role, and why it ends."""

    held_to = LastDay(label=_("Sista dag"))
    reason = forms.CharField(label=_("Skäl"), max_length=1000)

    def __init__(self, held_from: date, held_to: date | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._held_from, self._held_to = held_from, held_to

    def clean_held_to(self) -> date:
        """Refuse a day before the role began, and one after it has ended already."""
        held_to: date = self.cleaned_data["held_to"]
        if held_to < self._held_from:
            raise ValidationError(
                _("Rollen började inte så tidigt. Den som aldrig ska gälla slutar dagen innan den börjar.")
            )
        if self._held_to is not None and held_to > self._held_to:
            raise ValidationError(_("Rollen slutar redan tidigare. En roll som ska gälla längre ges på nytt."))
        return held_to

"""What is chosen and typed when visits and deviations are handed in, and when a signal is answered."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.calendar.months import read_month
from timvis.core.home_care.deviation import LONGEST_TEXT
from timvis.web.office.visits.page import ANSWER_WORDS, DEVIATION_WORDS
from timvis.web.shared.forms import Day, Form

_TIME = re.compile(r"([0-9]{1,4})[:.]([0-5][0-9])")
_CHOOSE = ("", _("Välj"))


class Month(forms.CharField):
    """A month as ÅÅÅÅ-MM; its first day comes out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Månad"), help_text=_("ÅÅÅÅ-MM, månaden då besöken gjordes."), max_length=7, **options)

    def clean(self, value: str) -> Any:
        """Return the first day of the month."""
        month_on = read_month(super().clean(value))
        if month_on is None:
            raise ValidationError(_("Skriv månaden som ÅÅÅÅ-MM, till exempel 2026-10."))
        return month_on


class HoursAndMinutes(forms.CharField):
    """Time as hours and minutes, 30:15; whole minutes come out, None where nothing was written."""

    def clean(self, value: str) -> int | None:
        """Return whole minutes."""
        text = super().clean(value)
        if not text:
            return None
        match = _TIME.fullmatch(text.strip())
        if match is None:
            raise ValidationError(_("Skriv tiden som timmar och minuter, till exempel 30:15."))
        return int(match[1]) * 60 + int(match[2])


class _OfProvider(Form):
    """Which provider it is about."""

    provider = forms.TypedChoiceField(label=_("Utförare"), coerce=int)

    def __init__(self, providers: list[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        only = len(providers) == 1
        self.fields["provider"].choices = providers if only else [_CHOOSE, *providers]  # type: ignore[attr-defined]  # fields are typed as Field


class VisitsFileForm(_OfProvider):
    """A file of visits."""

    file = forms.FileField(
        label=_("Fil med besök"), help_text=_("CSV eller Excel i det öppna formatet; handboken visar kolumnerna.")
    )
    correction = forms.CharField(
        label=_("Rättelse: varför besök som redan är lämnade ändras"),
        required=False,
        max_length=1000,
        help_text=_("Lämna tomt när inget ska rättas. Det som ersätts finns kvar och kan läsas."),
    )


class PaperForm(Form):
    """A month's form on paper, typed row by row for one order."""

    order = forms.TypedChoiceField(label=_("Person och utförare"), coerce=int)
    service = forms.ChoiceField(label=_("Insats"))
    month = Month()
    rows = forms.CharField(
        label=_("Rader"),
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono"}),
        help_text=_("Ett besök på varje rad: dag, från, till, personal. Till exempel: 4 08.00 08.45 P7"),
    )
    total = HoursAndMinutes(
        label=_("Summan på blanketten"),
        required=False,
        max_length=8,
        help_text=_("Timmar och minuter, som 30:15. Stämmer den inte med raderna tas inget in."),
    )
    correction = forms.CharField(
        label=_("Rättelse: varför besök som redan är inskrivna ändras"), required=False, max_length=1000
    )

    def __init__(
        self, orders: list[tuple[int, str]], services: list[tuple[str, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["order"].choices = [_CHOOSE, *orders]  # type: ignore[attr-defined]  # fields are typed as Field
        only = len(services) == 1
        self.fields["service"].choices = services if only else [_CHOOSE, *services]  # type: ignore[attr-defined]  # fields are typed as Field


class DeviationHeadForm(_OfProvider):
    """Whose deviations of which month, and the manager's signature."""

    month = Month()
    manager_name = forms.CharField(label=_("Chefen som har skrivit på"), max_length=200)
    signed_on = Day(label=_("Chefen skrev på"))


class DeviationRowForm(forms.Form):
    """One deviation; a row where nobody is chosen is left out."""

    recipient = forms.ChoiceField(label=_("Person"), required=False)
    service = forms.ChoiceField(label=_("Insats"), required=False)
    on = Day(label=_("Dag"), required=False)
    kind = forms.ChoiceField(
        label=_("Avvikelse"),
        required=False,
        choices=[_CHOOSE, *DEVIATION_WORDS.items()],
    )
    planned_minutes = forms.IntegerField(label=_("Beställda minuter"), required=False, min_value=0, max_value=1440)
    performed_minutes = forms.IntegerField(label=_("Utförda minuter"), required=False, min_value=0, max_value=1440)
    text = forms.CharField(label=_("Vad hände"), required=False, max_length=LONGEST_TEXT)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], services: list[tuple[str, str]], **options: Any
    ) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.fields["recipient"].choices = [_CHOOSE, *people]  # type: ignore[attr-defined]  # fields are typed as Field
        self.fields["service"].choices = services if len(services) == 1 else [_CHOOSE, *services]  # type: ignore[attr-defined]  # fields are typed as Field

    def clean(self) -> dict[str, Any]:
        """Return the row; one that tells of somebody tells of a day and of what happened."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("recipient"):
            for name in ("service", "on", "kind"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fyll i det här också."))
        elif told.get("text") or told.get("on") or told.get("kind"):
            self.add_error("recipient", _("Välj vem raden gäller, eller töm raden."))
        return told


class KeyForm(_OfProvider):
    """A key for a provider's system."""

    system = forms.CharField(label=_("System"), max_length=120, help_text=_("Vad systemet heter hos er."))


class NoteForm(Form):
    """What somebody found out about a signal."""

    about = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = forms.ChoiceField(label=_("Vad blev det"), choices=list(ANSWER_WORDS.items()))
    text = forms.CharField(label=_("Anteckning"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

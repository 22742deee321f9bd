"""What is typed in the reconciliation: a word or a question, an answer, a decision, an agreement, a file."""

from enum import StrEnum
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.core.home_care.paid import LineWordKind
from timvis.web.shared.forms import Day, Form, LastDay

LONGEST = 2_000


class Said(StrEnum):
    """What an officer can say of a line: a word, or a question to somebody."""

    APPROVED = LineWordKind.APPROVED.value
    GRANTED_INSTEAD = LineWordKind.GRANTED_INSTEAD.value
    NOT_APPROVED = LineWordKind.NOT_APPROVED.value
    ASK_PROVIDER = "ask_provider"
    ASK_RECIPIENT = "ask_recipient"


SAID_WORDS: Final[dict[str, str | Promise]] = {
    Said.APPROVED: _("Godkänn den utförda tiden"),
    Said.GRANTED_INSTEAD: _("Underlaget är fel: betala den beställda tiden"),
    Said.NOT_APPROVED: _("Godkänn inte"),
    Said.ASK_PROVIDER: _("Fråga utföraren vad som har hänt"),
    Said.ASK_RECIPIENT: _("Fråga den enskilde vad som har hänt"),
}


def _text(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WordForm(Form):
    """What is said of a line; anything but approving says why, or asks."""

    kind = forms.ChoiceField(
        label=_("Vad säger du om raden?"), choices=list(SAID_WORDS.items()), widget=forms.RadioSelect
    )
    comment = _text(_("Kommentar eller fråga"), required=False, help_text=_("Utföraren kan läsa den."))
    figures = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one is needed."""
        told = super().clean() or self.cleaned_data
        if told.get("kind") not in (None, Said.APPROVED) and not (told.get("comment") or "").strip():
            self.add_error("comment", ValidationError(_("Skriv varför, eller vad du frågar.")))
        return told


class AnswerForm(Form):
    """An answer to a question about a line."""

    text = _text(_("Svar"))


class AboveForm(Form):
    """Whether time above the order is paid, and why."""

    is_paid = forms.TypedChoiceField(
        label=_("Tiden över beställningen"),
        choices=[("yes", _("ersätts")), ("no", _("ersätts inte"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = _text(_("Skäl"))
    figures = forms.CharField(widget=forms.HiddenInput, required=False)


class SelfBillingForm(Form):
    """An agreement that we write a provider's invoices."""

    reference = forms.CharField(label=_("Avtalets beteckning"), max_length=80)
    agreed_from = Day(label=_("Från och med"))
    agreed_to = LastDay(label=_("Till och med"), required=False, help_text=_("Lämna tomt om det gäller tills vidare."))


class ChargedForm(Form):
    """What the fee system has charged."""

    file = forms.FileField(
        label=_("Fil från avgiftssystemet"),
        help_text=_("CSV eller XLSX med personnummer, insats, utforare, manad och debiterade_minuter."),
    )


class FeeKeyForm(Form):
    """A key for the fee system."""

    system = forms.CharField(label=_("System"), max_length=120, help_text=_("Vad avgiftssystemet heter hos er."))

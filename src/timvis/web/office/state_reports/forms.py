"""What is typed about a recipient's bill, and about a report on its way to the state."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.state_reports.models import Signer
from timvis.core.calendar.local_time import clock_minute, instant
from timvis.web.shared.forms import Clock, Day, Form, HoursAndMinutes, PersonalNumber

STAYS = 3
"""As many stays in hospital as the bill has rows for."""


class BillForm(Form):
    """A recipient's bill for a month."""

    active_minutes = HoursAndMinutes(
        label=_("Aktiv tid"), help_text=_("Timmar och minuter som räkningen säger, som 412:30.")
    )
    waiting_minutes = HoursAndMinutes(label=_("Väntetid, faktiska timmar"), required=False)
    standby_minutes = HoursAndMinutes(label=_("Beredskapstid, faktiska timmar"), required=False)
    in_activity = forms.BooleanField(label=_("Assistans i barnomsorg, skola eller daglig verksamhet"), required=False)
    outside_eea = forms.BooleanField(label=_("Vistats utanför EES och anlitat assistent på plats"), required=False)
    signer_number = PersonalNumber(
        label=_("Undertecknarens personnummer"),
        required=False,
        help_text=_("Lämna tomt om räkningen inte är undertecknad."),
    )
    signer_is_representative = forms.BooleanField(
        label=_("Undertecknaren är vårdnadshavare, god man eller förvaltare, och det är kontrollerat"), required=False
    )
    signed_on = Day(label=_("Undertecknad den"), required=False)
    received_on = Day(label=_("Räkningen kom in eller lämnades"))
    is_current_form = forms.BooleanField(
        label=_("Den gällande blanketten eller e-tjänsten"), required=False, initial=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, STAYS + 1):
            told = {"number": number}
            self.fields[f"stay_from_{number}"] = Day(label=_("Sjukhus %(number)d, från") % told, required=False)
            self.fields[f"stay_from_at_{number}"] = Clock(label=_("klockan"), required=False)
            self.fields[f"stay_to_{number}"] = Day(label=_("Sjukhus %(number)d, till") % told, required=False)
            self.fields[f"stay_to_at_{number}"] = Clock(label=_("klockan"), required=False)

    def clean(self) -> dict[str, Any]:
        """Turn the stays into pairs of instants; a half-written one is a fault."""
        told = super().clean() or self.cleaned_data
        stays = []
        for number in range(1, STAYS + 1):
            parts = [told.pop(f"stay_{name}_{number}", None) for name in ("from", "from_at", "to", "to_at")]
            if not any(parts):
                continue
            stay = _stay(*parts)
            if stay is None:
                wrong = _("Skriv dag och klockslag för både början och slut, i rätt ordning.")
                self.add_error(f"stay_from_{number}", ValidationError(wrong))
            else:
                stays.append(stay)
        return {**told, "stays": tuple(stays)}


def _stay(from_on: Any, from_at: Any, to_on: Any, to_at: Any) -> tuple[int, int] | None:
    begins, ends = clock_minute(from_at or ""), clock_minute(to_at or "")
    if from_on is None or to_on is None or begins is None or ends is None:
        return None
    try:
        pair = (int(instant(from_on, begins)), int(instant(to_on, ends)))
    except ValueError:
        return None
    return pair if pair[0] < pair[1] else None


class FreezeForm(Form):
    """Time reports as files."""

    report = forms.FileField(label=_("Tidsredovisning (ELT, XML)"))


class SignatureForm(Form):
    """A signature as the signing service gave it."""

    signer = forms.ChoiceField(
        label=_("Vem har skrivit under?"),
        choices=[(Signer.ASSISTANT, _("Assistenten")), (Signer.PROVIDER, _("Anordnaren"))],
    )
    signature = forms.FileField(label=_("Underskriften, som underskriftstjänsten gav den"))
    ocsp_response = forms.FileField(label=_("Svaret från certifikatets utfärdare (OCSP)"))
    signed_on = Day(label=_("Undertecknad den"))


class QueueForm(Form):
    """Why another report for the same month is sent, where one has been."""

    although = forms.CharField(
        label=_("Skäl, om en tidsredovisning för samma månad redan är skickad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SettleForm(Form):
    """What somebody has found out about a report that nobody knew the end of."""

    was_received = forms.TypedChoiceField(
        label=_("Kom den fram?"),
        coerce=lambda value: value == "1",
        choices=[("", "–"), ("1", _("Ja, Försäkringskassan har den")), ("0", _("Nej, den kan skickas igen"))],
    )
    transaction_id = forms.CharField(label=_("Kvittots nummer, om det är känt"), required=False, max_length=80)
    reason = forms.CharField(label=_("Hur vet vi det?"), widget=forms.Textarea(attrs={"rows": 2}))

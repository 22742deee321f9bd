"""What is typed about a decision."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.records import GrantUnit, Regime
from timvis.formats.calculation_case.hourly import minutes_of
from timvis.web.shared.forms import Day, Form, Kronor, LastDay


class DecisionForm(Form):
    """What a decision grants, from when, per what."""

    regime = forms.ChoiceField(
        label=_("Vems beslut"), choices=[(Regime.LSS, _("Kommunens, LSS")), (Regime.SFB, _("Försäkringskassans, SFB"))]
    )
    decided_on = Day(label=_("Beslutat den"))
    decided_by = forms.CharField(label=_("Beslutat av"), max_length=200)
    valid_from = Day(
        label=_("Gäller från och med"), help_text=_("Får ligga före beslutsdagen: beslutet är då retroaktivt.")
    )
    valid_to = LastDay(label=_("Gäller till och med"), required=False)
    hours = forms.CharField(label=_("Timmar"), help_text=_("Till exempel 40 eller 37,5."), max_length=12)
    per = forms.ChoiceField(
        label=_("Per"),
        choices=[
            (GrantUnit.DAY, _("dag")),
            (GrantUnit.WEEK, _("vecka")),
            (GrantUnit.MONTH, _("månad")),
            (GrantUnit.PERIOD, _("hela perioden")),
        ],
        initial=GrantUnit.WEEK,
    )
    is_temporary = forms.BooleanField(label=_("Tillfällig utökning"), required=False)
    double_staffing = forms.BooleanField(label=_("Dubbel assistans"), required=False)
    rate_ore_per_hour = Kronor(
        label=_("Registrerat högre timbelopp, kronor"),
        required=False,
        help_text=_("Bara när Försäkringskassan har beviljat ett högre belopp. Lämna annars tomt."),
    )

    def clean(self) -> dict[str, Any]:
        """Turn written hours into whole minutes."""
        told = super().clean() or self.cleaned_data
        if "hours" in told:
            try:
                told["granted_minutes"] = minutes_of(told["hours"])
            except (ValueError, ZeroDivisionError):
                told["granted_minutes"] = 0
            if told["granted_minutes"] <= 0:
                self.add_error("hours", ValidationError(_("Skriv timmar som 40 eller 37,5; det ska bli hela minuter.")))
        if told.get("rate_ore_per_hour") and told.get("regime") != Regime.SFB:
            self.add_error(
                "rate_ore_per_hour", ValidationError(_("Bara Försäkringskassans beslut har ett registrerat timbelopp."))
            )
        ends = told.get("valid_to")
        if ends and told.get("valid_from") and ends <= told["valid_from"]:
            self.add_error("valid_to", ValidationError(_("Sista dagen ligger före den första.")))
        return told


class NewDecisionForm(DecisionForm):
    """A decision nobody has registered before."""

    reference = forms.CharField(label=_("Beslutets beteckning"), max_length=80)
    field_order = ("reference", "regime")

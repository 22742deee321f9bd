"""What is typed about a grant period: its days, what the state has paid, and that it is settled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timvis.web.shared.forms import Day, Form, Kronor, LastDay


class PeriodForm(Form):
    """The days of a new period."""

    begins_on = Day(label=_("Första dagen"))
    ends_on = LastDay(label=_("Sista dagen"), help_text=_("Perioden står i beslutet och är högst sex månader."))


class EndForm(Form):
    """Where a period ends."""

    ends_on = LastDay(label=_("Sista dagen"))


class PaymentForm(Form):
    """A payment from the state, or back to it."""

    paid_on = Day(label=_("Betald den"))
    amount_ore = Kronor(label=_("Belopp, kronor"))
    is_back = forms.BooleanField(label=_("Betalt tillbaka till staten"), required=False)
    reference = forms.CharField(
        label=_("Beteckning"), max_length=80, help_text=_("Utbetalningens nummer, eller månaden den gäller.")
    )

    def told(self) -> dict[str, Any]:
        """Return the payment with its sign: below zero when it was paid back."""
        told = super().told()
        is_back = told.pop("is_back")
        return {**told, "amount_ore": -told["amount_ore"] if is_back else told["amount_ore"]}


class SettledForm(Form):
    """That the state has settled a period for good."""

    settled_on = Day(label=_("Slutavräknad den"))

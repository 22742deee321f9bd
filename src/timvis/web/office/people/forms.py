"""What is typed about a recipient: herself, who may act for her, where the money goes, where she was."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.account_numbers import bankgiro, plusgiro
from timvis.core.calendar.local_time import ClockProblem, span
from timvis.core.identity import NumberProblem
from timvis.core.payment import AccountKind
from timvis.core.records import AbsenceKind, ClockSpan
from timvis.web.shared.forms import Clock, Day, Form, LastDay, PersonalNumber, ProviderNumber


class RecipientForm(Form):
    """A recipient's particulars."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    died_on = Day(label=_("Dödsdag"), required=False, help_text=_("Lämna tomt om personen lever."))


class NewRecipientForm(RecipientForm):
    """A recipient nobody has registered before."""

    personal_number = PersonalNumber(label=_("Personnummer"))
    field_order = ("personal_number", "name", "died_on")


class ResponsibilityForm(Form):
    """From when to when the municipality answers for a recipient."""

    valid_from = Day(label=_("Kommunen svarar från och med"), required=False)
    valid_to = LastDay(label=_("Till och med"), required=False, help_text=_("Lämna tomt om kommunen svarar än."))
    ground = forms.CharField(
        label=_("Grund"), max_length=200, help_text=_("Till exempel: inflyttad, LSS 16 §, eller beslut enligt 16 c §.")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told = super().clean() or self.cleaned_data
        begins, ends = told.get("valid_from"), told.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", ValidationError(_("Sista dagen ligger före den första.")))
        return told


class PowerOfAttorneyForm(Form):
    """A power of attorney, original in hand."""

    agent_number = PersonalNumber(label=_("Ombudets personnummer"))
    agent_name = forms.CharField(label=_("Ombudets namn"), max_length=200)
    valid_from = Day(label=_("Gäller från och med"))
    valid_to = LastDay(label=_("Gäller till och med"), required=False)
    original_received_on = Day(label=_("Originalet kom in"), required=False)
    may_report = forms.BooleanField(label=_("Får redovisa tid"), required=False, initial=True)
    may_apply = forms.BooleanField(label=_("Får ansöka"), required=False)
    may_see = forms.BooleanField(label=_("Får se beslut"), required=False)
    may_receive = forms.BooleanField(label=_("Får ta emot pengar"), required=False)


class RevokeForm(Form):
    """The end of a power of attorney."""

    revoked_on = Day(label=_("Återkallad den"), help_text=_("Den som redovisar med fullmakten stoppas genast."))


class PayeeForm(Form):
    """Where the money goes, on a form and with a proof."""

    payee_name = forms.CharField(label=_("Betalningsmottagarens namn"), max_length=140)
    account_kind = forms.ChoiceField(
        label=_("Kontoslag"),
        choices=[
            (AccountKind.BANKGIRO, _("Bankgiro")),
            (AccountKind.PLUSGIRO, _("Plusgiro")),
            (AccountKind.BANK_ACCOUNT, _("Bankkonto (clearing och konto)")),
        ],
    )
    account_number = forms.CharField(label=_("Nummer"), max_length=40)
    payee_number = ProviderNumber(
        label=_("Vems kontot är"),
        required=False,
        help_text=_("Organisationsnummer eller personnummer, så att den som är jävig inte attesterar."),
    )
    valid_from = Day(label=_("Gäller från och med"))
    form_received_on = Day(label=_("Blanketten kom in"), required=False)
    proof_received_on = Day(label=_("Kontobeviset kom in"), required=False)

    def clean(self) -> dict[str, Any]:
        """Check the number's own check digit; keep its digits only."""
        told = super().clean() or self.cleaned_data
        text, kind = told.get("account_number", ""), str(told.get("account_kind"))
        check = {AccountKind.BANKGIRO.value: bankgiro, AccountKind.PLUSGIRO.value: plusgiro}.get(kind)
        if not text:
            return told
        number = check(text) if check else "".join(one for one in text if one.isdigit())
        if isinstance(number, NumberProblem) or len(number) < 2:
            self.add_error("account_number", ValidationError(_("Numret stämmer inte: kontrollsiffran är fel.")))
        else:
            told["account_number"] = number
        if not told.get("form_received_on") and not told.get("proof_received_on"):
            self.add_error(
                "form_received_on",
                ValidationError(_("Ange när blanketten eller kontobeviset kom in; utan det betalas inget.")),
            )
        return told


class AbsenceForm(Form):
    """Where the recipient was when assistance is as a rule not paid."""

    kind = forms.ChoiceField(
        label=_("Var"),
        choices=[
            (AbsenceKind.HOSPITAL, _("Sjukhus")),
            (AbsenceKind.SCHOOL, _("Skola")),
            (AbsenceKind.DAILY_ACTIVITY, _("Daglig verksamhet")),
        ],
    )
    starts_on = Day(label=_("Från dag"))
    starts_at = Clock(label=_("Från klockan"), initial="00.00")
    ends_on = Day(label=_("Till dag"))
    ends_at = Clock(label=_("Till klockan"), initial="24.00")
    has_special_reason = forms.BooleanField(label=_("Särskilt skäl för assistans är antecknat"), required=False)

    def clean(self) -> dict[str, Any]:
        """Turn the two clock times into instants."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        first = span(told["starts_on"], told["starts_at"], "24.00")
        last = span(told["ends_on"], "00.00", told["ends_at"])
        for field, found in (("starts_at", first), ("ends_at", last)):
            if isinstance(found, ClockProblem):
                self.add_error(field, ValidationError(_("Klockslaget finns inte den dagen.")))
        if isinstance(first, ClockSpan) and isinstance(last, ClockSpan):
            if last.end_at <= first.start_at:
                self.add_error("ends_on", ValidationError(_("Slutet ligger före början.")))
            told["start_at"], told["end_at"] = first.start_at, last.end_at
        return told

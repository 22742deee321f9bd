"""The head of an application: whose it is, who applies, what it covers, the account and the signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timvis.apps.applications.models import (
    APPLIED_BY_LABELS,
    CAME_BY_LABELS,
    REPRESENTS_LABELS,
    AppliedBy,
    CameBy,
    Represents,
)
from timvis.apps.applications.particulars import Applied, PartForm
from timvis.web.shared.forms import Day, Form

Choices = list[tuple[Any, Any]]


class WhoForm(Form):
    """Whose cost it is, and who applies."""

    recipient = forms.TypedChoiceField(label=_("Den som har assistansen"), coerce=int)
    provider = forms.TypedChoiceField(label=_("Arbetsgivare för assistenten"), coerce=int)
    applied_by = forms.ChoiceField(label=_("Vem ansöker?"), choices=list(APPLIED_BY_LABELS.items()))
    applicant_name = forms.CharField(label=_("Den sökandes namn"), max_length=200)
    applicant_number = forms.CharField(
        label=_("Den sökandes personnummer"),
        max_length=20,
        help_text=_("ÅÅÅÅMMDD-NNNN, eller organisationsnumret när arbetsgivaren är ombud."),
    )
    represents = forms.ChoiceField(
        label=_("Legal ställföreträdare som"),
        required=False,
        choices=[(code, label or _("ingen")) for code, label in REPRESENTS_LABELS.items()],
    )
    contact = forms.CharField(
        label=_("Kontaktuppgifter och adress för beslutet"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    covers = forms.ChoiceField(label=_("Ansökan gäller"))

    def __init__(self, who: dict[str, Choices], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in who.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # fields are typed as Field
            if len(choices) == 1:
                self.initial.setdefault(name, choices[0][0])


class MoneyForm(Form):
    """Where the money goes, and the signature."""

    account = forms.ChoiceField(
        label=_("Pengarna betalas till"),
        choices=[
            ("registered", _("det konto som redan är registrerat")),
            ("other", _("ett annat konto, som jag lämnar blankett och kontobevis för")),
        ],
        initial="registered",
    )
    payee_wish = forms.CharField(
        label=_("Det andra kontot"),
        max_length=200,
        required=False,
        help_text=_("Vems kontot är och i vilken bank. Inget betalas dit förrän blanketten har registrerats."),
    )
    invoice_reference = forms.CharField(
        label=_("Fakturans nummer, om en faktura följer"), max_length=80, required=False
    )
    signed_on = Day(label=_("Underskriven den"), required=False)


class OfficeForm(Form):
    """How it came, when an officer types it."""

    came_by = forms.ChoiceField(
        label=_("Ansökan kom på"),
        choices=[(code, label) for code, label in CAME_BY_LABELS.items() if code is not CameBy.E_SERVICE],
    )
    received_on = Day(label=_("Ansökan kom in"))
    scan = forms.FileField(
        label=_("Bild av pappret"), required=False, help_text=_("Visas bredvid medan du skriver av, och sparas.")
    )


class ChangeForm(Form):
    """Why an application is changed."""

    reason = forms.CharField(
        label=_("Varför ändras ansökan?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


def applied_of(told: dict[str, Any], parts: tuple[PartForm, ...]) -> Applied:
    """Return the application that the forms say."""
    return Applied(
        applied_by=AppliedBy(told["applied_by"]),
        applicant_number=told["applicant_number"].replace("-", "").replace(" ", ""),
        applicant_name=told["applicant_name"],
        represents=Represents(told["represents"]),
        contact=told["contact"],
        covers=told["covers"],
        signed_on=told["signed_on"],
        uses_registered_account=told["account"] == "registered",
        payee_wish=told["payee_wish"],
        invoice_reference=told["invoice_reference"],
        parts=parts,
    )

"""What is typed about a provider, its assistants and its documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.config import clock
from timvis.core.identity import NumberProblem, birth_date, personal_number
from timvis.core.records import ProviderKind, WorkingTimeLaw
from timvis.web.shared.forms import NOT_A_PERSON, Day, Form, Kronor, LastDay, PersonalNumber, ProviderNumber, YesOrNo
from timvis.web.shared.words import PROVIDER_WORDS


class ProviderForm(Form):
    """A provider's particulars. What nobody knows is left empty, and a rule says what is missing."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=[(one, PROVIDER_WORDS[one]) for one in ProviderKind])
    permit_is_known = forms.BooleanField(label=_("Tillståndet från IVO är kontrollerat"), required=False)
    permit_from = Day(label=_("IVO-tillstånd från och med"), required=False)
    permit_to = LastDay(label=_("IVO-tillstånd till och med"), required=False)
    told_of_end_on = Day(
        label=_("Brukaren fick besked om att tillståndet upphört"),
        required=False,
        help_text=_("Två veckor efter beskedet ersätts arbetet ändå."),
    )
    f_tax_is_known = forms.BooleanField(label=_("F-skatten är kontrollerad"), required=False)
    f_tax_from = Day(label=_("Godkänd för F-skatt från och med"), required=False)
    f_tax_to = LastDay(label=_("F-skatt till och med"), required=False)
    employer_registered_from = Day(label=_("Registrerad arbetsgivare från och med"), required=False)
    employer_registered_to = LastDay(label=_("Registrerad arbetsgivare till och med"), required=False)
    working_time_law = forms.ChoiceField(
        label=_("Gränser för arbetstid"),
        required=False,
        choices=[
            ("", _("följer av slaget")),
            (WorkingTimeLaw.WORKING_HOURS_ACT, _("arbetstidslagen")),
            (WorkingTimeLaw.HOUSEHOLD_ACT, _("lagen om husligt arbete")),
            (WorkingTimeLaw.AGREEMENT, _("kollektivavtal")),
        ],
    )
    agreement = forms.CharField(label=_("Kollektivavtal"), required=False, max_length=120)
    contact_name = forms.CharField(
        label=_("Kontaktperson"),
        required=False,
        max_length=200,
        help_text=_("Den som Försäkringskassan frågar om assistenter och tid."),
    )
    phone = forms.CharField(label=_("Telefon"), required=False, min_length=7, max_length=40)
    managers = forms.CharField(
        label=_("Får skriva under tidrapporter"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ett personnummer på varje rad."),
    )

    def clean_managers(self) -> list[str]:
        """Return the managers' numbers, every wrong one named by its line."""
        numbers: list[str] = []
        for line, text in enumerate(self.cleaned_data["managers"].split("\n"), start=1):
            if not text.strip():
                continue
            number = personal_number(text.strip(), today=clock.today())
            if isinstance(number, NumberProblem):
                raise ValidationError(_("Rad %(line)d: %(why)s") % {"line": line, "why": NOT_A_PERSON})
            numbers.append(number)
        return numbers

    def told(self) -> dict[str, Any]:
        """Return the particulars with the core's own codes."""
        told = super().told()
        told["kind"] = ProviderKind(told["kind"])
        told["working_time_law"] = WorkingTimeLaw(told["working_time_law"]) if told["working_time_law"] else None
        told["agreement"] = told["agreement"] or None
        return told


class NewProviderForm(ProviderForm):
    """A provider nobody has registered before."""

    organisation_number = ProviderNumber(
        label=_("Organisationsnummer"), help_text=_("För egen arbetsgivare: personnumret.")
    )
    field_order = ("organisation_number", "name", "kind")


class AgreementForm(Form):
    """What an agreement says from a day on."""

    about = forms.CharField(label=_("Avser"), max_length=200)
    price = Kronor(
        label=_("Pris per timme, kronor"),
        required=False,
        help_text=_("Till exempel 345,50. Tomt om avtalet inte har timpris."),
    )
    valid_from = Day(label=_("Gäller från och med"))
    valid_to = LastDay(label=_("Gäller till och med"), required=False)
    note = forms.CharField(
        label=_("Anteckning"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def told(self) -> dict[str, Any]:
        """Return the particulars, the price in whole öre per hour."""
        told = super().told()
        return {**told, "price_ore_per_hour": told.pop("price")}


class NewAgreementForm(AgreementForm):
    """An agreement nobody has registered before."""

    reference = forms.CharField(label=_("Avtalets beteckning"), max_length=80)
    field_order = ("reference", "about")


class AssistantForm(Form):
    """An assistant as the employer tells of her."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    lives_outside_eea = YesOrNo(label=_("Bor utanför EES"), unanswered=_("vet inte"))
    registered_on = Day(label=_("Uppgifterna kom in"), required=False)
    hired_on = Day(label=_("Anställd från"), required=False)


class NewAssistantForm(AssistantForm):
    """An assistant nobody has registered before; her day of birth is read from her number."""

    personal_number = PersonalNumber(label=_("Personnummer"))
    field_order = ("personal_number", "name")

    def told(self) -> dict[str, Any]:
        """Return the particulars with the day of birth."""
        told = super().told()
        return told | {"born_on": birth_date(told["personal_number"])}


class EvidenceForm(Form):
    """A document that has come in."""

    requirement = forms.ChoiceField(label=_("Handling"))
    received_on = Day(label=_("Kom in den"))
    scan = forms.FileField(label=_("Bild eller fil"), required=False)
    note = forms.CharField(label=_("Anteckning"), required=False, max_length=500)

    def __init__(self, requirements: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requirement"].choices = requirements  # type: ignore[attr-defined]  # fields are typed as Field

"""What is chosen and typed when a month is handed in, as files or from paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.calendar.months import read_month
from timvis.core.records import Regime
from timvis.web.shared.forms import Day, Form, PersonalNumber


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each as it came."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, one or many."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given]


class MonthForm(Form):
    """Whose month, with whom, which month."""

    recipient = forms.TypedChoiceField(label=_("Person"), coerce=int)
    provider = forms.TypedChoiceField(label=_("Utförare"), coerce=int)
    month = forms.CharField(label=_("Månad"), help_text=_("ÅÅÅÅ-MM, månaden då assistansen gavs."), max_length=7)
    regime = forms.ChoiceField(
        label=_("Vem har beviljat timmarna"),
        required=False,
        choices=[
            (Regime.LSS, _("Kommunen")),
            (Regime.SFB, _("Försäkringskassan")),
        ],
        help_text=_(
            "Försäkringskassan när kommunen själv är anordnare: då redovisas månaden dit och betalas inte här."
        ),
    )

    def __init__(
        self, recipients: list[tuple[int, str]], providers: list[tuple[int, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("recipient", recipients), ("provider", providers)):
            self.fields[name].choices = [("", _("Välj")), *choices]  # type: ignore[attr-defined]  # fields are typed as Field

    def clean_month(self) -> Any:
        """Return the first day of the month."""
        month_on = read_month(self.cleaned_data["month"])
        if month_on is None:
            raise ValidationError(_("Skriv månaden som ÅÅÅÅ-MM, till exempel 2026-10."))
        return month_on

    def clean_regime(self) -> Regime:
        """Return whose decision it is; the municipality's when nobody has said."""
        return Regime(self.cleaned_data["regime"] or Regime.LSS)


class FilesForm(MonthForm):
    """A month handed in as files."""

    reports = Files(
        label=_("Tidrapporter"),
        required=False,
        help_text=_("Dra hit filerna eller välj dem: ELT, CSV eller Excel, flera på en gång."),
    )
    refers_to = forms.CharField(
        label=_("Tidrapporterna lämnades in tidigare, i ärende"),
        required=False,
        max_length=40,
        help_text=_("Vid retroaktivt beslut: ärendets nummer. Då behövs inga nya filer."),
    )
    corrects = forms.BooleanField(
        label=_("Filerna ersätter tidigare tidrapporter från samma assistent"), required=False
    )
    assistant_signed_on = Day(
        label=_("Assistenten skrev under"),
        required=False,
        help_text=_("Behövs för ELT, som inte själv visar underskrifter."),
    )
    manager_number = PersonalNumber(label=_("Chefen eller ombudet som skrev under"), required=False)
    manager_signed_on = Day(label=_("Chefen eller ombudet skrev under"), required=False)
    note = forms.CharField(
        label=_("Övrig information"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class PaperForm(MonthForm):
    """A paper report, typed beside its scan."""

    received_on = Day(label=_("Pappret kom in"))
    assistant_number = forms.CharField(label=_("Assistentens personnummer"), max_length=20)
    assistant_name = forms.CharField(label=_("Assistentens namn"), max_length=200)
    assistant_signed_on = forms.CharField(label=_("Assistentens underskrift, datum"), required=False, max_length=10)
    manager_number = forms.CharField(label=_("Chefens eller ombudets personnummer"), required=False, max_length=20)
    manager_name = forms.CharField(label=_("Chefens eller ombudets namn"), required=False, max_length=200)
    manager_signed_on = forms.CharField(label=_("Chefens underskrift, datum"), required=False, max_length=10)
    scan = forms.FileField(label=_("Bild av pappret"), required=False)
    rows = forms.CharField(
        label=_("Rader"),
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono"}),
        help_text=_("Ett pass på varje rad: dag, från, till, slag. Till exempel: 4 08.00 16.00 aktiv"),
    )

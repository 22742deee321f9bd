"""What is typed about who performs home care: agreements, ceilings, what the recipient said."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.home_choices.records import AgreementParticulars
from timvis.core.calendar.local_time import clock_minute, clock_text
from timvis.core.home_care.providers import OfferedService
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes
from timvis.web.shared.forms import Day, Form, LastDay

SERVICE = "service_"
"""What the name of a service's field begins with."""

ALWAYS, DAY_MINUTES = "dygnet runt", 24 * 60
MOST_HOURS = 100_000
NOBODY = "turn"
"""The choice to choose nobody."""

Labels = Mapping[str, str]
Choices = Sequence[tuple[str, Any]]


class Hours(forms.CharField):
    """Hours as people write them, 200 or 7,5; whole minutes come out, None where nothing was written."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 12)
        super().__init__(**options)

    def clean(self, value: str) -> Minutes | None:
        """Return whole minutes."""
        text = super().clean(value).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        if not text:
            return None
        try:
            hours = Decimal(text)
            minutes = hours * MINUTES_PER_HOUR if 0 < hours <= MOST_HOURS else Decimal(0)
        except InvalidOperation:
            minutes = Decimal(0)
        if minutes <= 0 or minutes != minutes.to_integral_value():
            raise ValidationError(_("Skriv timmar som 200 eller 7,5; det ska bli hela minuter."))
        return Minutes(int(minutes))

    def prepare_value(self, value: object) -> object:
        """Show whole minutes as hours."""
        if not isinstance(value, int):
            return value
        hours = Decimal(value) / MINUTES_PER_HOUR
        return f"{hours.normalize():f}".replace(".", ",")


class TimesOfDay(forms.CharField):
    """Between which clock times something is done, 07.00–22.00 or day and night; None where nothing was written."""

    def clean(self, value: str) -> tuple[int, int] | None:
        """Return the first minute of the day and the first after it."""
        text = super().clean(value).strip().lower()
        if not text:
            return None
        if text == ALWAYS:
            return 0, DAY_MINUTES
        start, _dash, end = text.replace("–", "-").partition("-")
        found = clock_minute(start.strip()), clock_minute(end.strip())
        if found[0] is None or found[1] is None:
            raise ValidationError(_("Skriv tiderna som 07.00–22.00, eller dygnet runt."))
        return found[0], found[1]


class AgreementForm(Form):
    """What an agreement on home care says from a day on: each service of the routine with its times."""

    reference = forms.CharField(label=_("Avtalets beteckning"), max_length=80)
    begins_on = Day(label=_("Avtalet börjar"))
    ends_on = LastDay(label=_("Avtalets sista dag"), required=False)
    valid_from = Day(label=_("Det som står här gäller från och med"))
    ceiling = Hours(
        label=_("Kapacitetstak, timmar i månaden"),
        required=False,
        help_text=_("Tomt om utföraren inte har satt något."),
    )
    contact = forms.CharField(label=_("Telefon eller e-post för den som vill veta mer"), max_length=200, required=False)
    profile = forms.CharField(
        label=_("Så berättar utföraren om sig själv"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text=_("Står på informationsbladet: språk, inriktning, fast omsorgskontakt."),
    )

    def __init__(self, *args: Any, services: Labels, areas: Labels, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in services.items():
            self.fields[f"{SERVICE}{name}"] = TimesOfDay(
                label=_("%(service)s, tider") % {"service": label},
                required=False,
                max_length=20,
                help_text=_("07.00–22.00 eller dygnet runt. Tomt om utföraren inte utför insatsen."),
            )
        if areas:
            self.fields["areas"] = forms.MultipleChoiceField(
                label=_("Områden"),
                choices=list(areas.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("Inget valt är hela kommunen."),
            )
        self.order_fields(
            ["reference", "begins_on", "ends_on", "valid_from", *(f"{SERVICE}{name}" for name in services), "areas"]
        )

    def particulars(self) -> AgreementParticulars:
        """Return what was told of the agreement."""
        told = self.cleaned_data
        return AgreementParticulars(
            reference=told["reference"],
            begins_on=told["begins_on"],
            ends_on=told["ends_on"],
            valid_from=told["valid_from"],
            services=tuple(
                OfferedService(name=name.removeprefix(SERVICE), from_minute=times[0], to_minute=times[1])
                for name, times in told.items()
                if name.startswith(SERVICE) and times is not None
            ),
            areas=tuple(told.get("areas", ())),
            ceiling_minutes=told["ceiling"],
            profile=told["profile"],
            contact=told["contact"],
        )


def agreement_initial(told: AgreementParticulars) -> dict[str, Any]:
    """Return the fields of a form that an agreement would fill."""
    times = {
        f"{SERVICE}{one.name}": ALWAYS
        if (one.from_minute, one.to_minute) == (0, DAY_MINUTES)
        else f"{clock_text(one.from_minute)}–{clock_text(one.to_minute)}"
        for one in told.services
    }
    return {
        "reference": told.reference,
        "begins_on": told.begins_on,
        "ends_on": told.ends_on,
        "areas": list(told.areas),
        "ceiling": told.ceiling_minutes,
        "profile": told.profile,
        "contact": told.contact,
        **times,
    }


class CeilingForm(Form):
    """How much a provider takes from a day on."""

    ceiling = Hours(label=_("Kapacitetstak, timmar i månaden"), required=False, help_text=_("Tomt tar bort taket."))
    from_on = Day(label=_("Gäller från och med"))


class JoinForm(Form):
    """The next that was drawn."""

    provider = forms.ChoiceField(label=_("Näst i lottningen"))
    reason = forms.CharField(
        label=_("Så lottades det"),
        max_length=500,
        help_text=_("När lottningen gjordes, hur, och vilka som såg på."),
    )

    def __init__(self, *args: Any, providers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["provider"].choices = providers  # type: ignore[attr-defined]  # fields are typed as Field


class ChoiceForm(Form):
    """What the recipient said of who is to come."""

    services = forms.MultipleChoiceField(label=_("Insatser"), widget=forms.CheckboxSelectMultiple)
    provider = forms.ChoiceField(label=_("Utförare"), widget=forms.RadioSelect)
    told_on = Day(label=_("Beskedet kom den"))
    wished_on = Day(
        label=_("Vill börja en senare dag"), required=False, help_text=_("Tomt om det får bli så snart det går.")
    )
    agreed_on = Day(
        label=_("Alla tre har kommit överens om en tidigare dag"),
        required=False,
        help_text=_("Bara vid ett byte: den enskilde och båda utförarna."),
    )
    area = forms.ChoiceField(label=_("Område"))
    zone = forms.ChoiceField(label=_("Priszon"), required=False)
    is_acute = forms.BooleanField(label=_("Akut: hjälpen behövs samma dag"), required=False)
    note = forms.CharField(
        label=_("Att veta för utföraren"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, required=False
    )

    def __init__(
        self, *args: Any, services: Choices, providers: Choices, areas: Choices, zones: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("services", services), ("provider", providers), ("area", areas), ("zone", zones)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # fields are typed as Field
        for name, choices in (("area", areas), ("zone", zones)):
            if not choices:
                del self.fields[name]

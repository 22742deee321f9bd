"""What is typed about home care: decisions and orders with their services, moments, events, papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.core.calendar.local_time import clock_minute, instants
from timvis.core.home_care.decided import UNITS, DecidedService, service_label
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.papers import PaperKind
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes
from timvis.core.records import GrantUnit
from timvis.formats.calculation_case.hourly import minutes_of
from timvis.web.office.home_orders.page import EVENT_WORDS, PAPER_WORDS
from timvis.web.shared.forms import Clock, Day, Form, LastDay
from timvis.web.shared.words import UNIT_WORDS

SERVICE = "service_"
"""What the name of a service's field begins with."""


class ServicesForm(Form):
    """The time of each service a routine has; what stands empty is not part of it."""

    per = forms.ChoiceField(
        label=_("Tiden är per"), choices=[(one, UNIT_WORDS[one]) for one in UNITS], initial=GrantUnit.MONTH
    )

    def __init__(self, *args: Any, services: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        # What is said in words stands last, after the hours.
        last = {name: self.fields.pop(name) for name in ("reason",) if name in self.fields}
        for service in services:
            self.fields[f"{SERVICE}{service}"] = forms.CharField(
                label=_("%(service)s, timmar") % {"service": service_label(service)}, max_length=12, required=False
            )
        self.fields |= last

    def clean(self) -> dict[str, Any]:
        """Turn the written hours into services with whole minutes."""
        told = super().clean() or self.cleaned_data
        per = GrantUnit(told.get("per") or GrantUnit.MONTH)
        told["services"] = tuple(
            DecidedService(service=name.removeprefix(SERVICE), minutes=minutes, per=per)
            for name, minutes in ((name, self._minutes(name, text)) for name, text in told.items())
            if minutes is not None
        )
        return told

    def _minutes(self, name: str, text: object) -> Minutes | None:
        if not name.startswith(SERVICE) or not text:
            return None
        try:
            found = int(minutes_of(str(text)))
        except (ValueError, ZeroDivisionError):
            found = -1
        if found >= 0:
            return Minutes(found)
        self.add_error(name, ValidationError(_("Skriv timmar som 30 eller 7,5; det ska bli hela minuter.")))
        return None


def hours_initial(services: Iterable[DecidedService]) -> dict[str, str]:
    """Return the fields of a form that services would fill."""
    found: dict[str, str] = {}
    for one in services:
        whole, rest = divmod(one.minutes, MINUTES_PER_HOUR)
        found[f"{SERVICE}{one.service}"] = f"{one.minutes}/60" if rest else str(whole)
        found["per"] = one.per.value
    return found


class HomeCareDecisionForm(ServicesForm):
    """A decision on home care."""

    needs_assessed = forms.TypedChoiceField(
        label=_("Behovet"),
        choices=[("yes", _("är prövat")), ("no", _("är inte prövat: hjälpen ges utan behovsprövning"))],
        coerce=lambda value: value == "yes",
        help_text=_("Utan behovsprövning finns ingen beviljad tid. Skriv 0 timmar för de insatser som ges."),
    )
    decided_on = Day(label=_("Beslutat den"), help_text=_("Lagrummet följer av dagen."))
    decided_by = forms.CharField(label=_("Beslutat av"), max_length=200)
    valid_from = Day(label=_("Gäller från och med"))
    valid_to = LastDay(label=_("Gäller till och med"), required=False)


class NewHomeCareDecisionForm(HomeCareDecisionForm):
    """A decision on home care that nobody has registered before."""

    reference = forms.CharField(label=_("Beslutets beteckning"), max_length=80)
    field_order = ("reference", "needs_assessed", "decided_on", "decided_by", "valid_from", "valid_to", "per")


class OrderForm(ServicesForm):
    """What is to be ordered by a decision."""

    provider = forms.ChoiceField(label=_("Utförare"))
    from_on = Day(label=_("Hjälpen ska börja"))
    is_acute = forms.BooleanField(label=_("Akut: hjälpen behövs samma dag"), required=False)
    area = forms.CharField(label=_("Område där den enskilde bor"), max_length=120, required=False)
    zone = forms.ChoiceField(label=_("Priszon"), required=False)
    reason = forms.CharField(
        label=_("Att veta för utföraren"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    field_order = ("provider", "from_on", "is_acute", "area", "zone", "per")

    def __init__(
        self, *args: Any, providers: Iterable[tuple[str, str]] = (), zones: Iterable[str] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["provider"].choices = list(providers)  # type: ignore[attr-defined]  # a ChoiceField's
        self.fields["zone"].choices = [("", _("ingen")), *((one, one) for one in zones)]  # type: ignore[attr-defined]  # a ChoiceField's
        if not list(zones):
            del self.fields["zone"]


class ChangeForm(ServicesForm):
    """What an order is changed to, from a day on."""

    from_on = Day(label=_("Ändringen gäller från och med"))
    is_acute = forms.BooleanField(label=_("Akut: hjälpen behövs samma dag"), required=False)
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("from_on", "is_acute", "per")


class MomentForm(Form):
    """A day and a clock time: `at` comes out, minutes since 1970."""

    on = Day(label=_("Dag"))
    clock = Clock(label=_("Klockan"), max_length=6)

    def clean(self) -> dict[str, Any]:
        """Turn the day and the clock time into the instant they mean; of an hour that comes twice, the first."""
        told = super().clean() or self.cleaned_data
        minute = clock_minute(told.get("clock", ""))
        if "on" in told and minute is not None:
            found = instants(told["on"], minute)
            if found:
                told["at"] = found[0]
            else:
                self.add_error("clock", ValidationError(_("Klockslaget finns inte den dagen: klockan ställs fram.")))
        return told


class StartForm(MomentForm):
    """When the first help was given."""


class PauseForm(MomentForm):
    """From when nobody is to come, and why."""

    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 2}))


class ResumeForm(MomentForm):
    """From when somebody comes again."""

    reason = forms.CharField(label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class EndForm(Form):
    """The last day of help, and why it ends."""

    ends_on = LastDay(label=_("Sista dagen med hjälp"))
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}))


class EventForm(MomentForm):
    """What has happened, and when."""

    kind = forms.ChoiceField(label=_("Vad har hänt"))
    note = forms.CharField(label=_("Att veta"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    field_order = ("kind", "on", "clock", "note")

    def __init__(self, *args: Any, kinds: Iterable[EventKind] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(one.value, EVENT_WORDS[one]) for one in kinds]  # type: ignore[attr-defined]  # a ChoiceField's


class PaperForm(Form):
    """A paper of an order."""

    kind = forms.ChoiceField(label=_("Handling"), choices=[(one.value, PAPER_WORDS[one]) for one in PaperKind])
    about_on = Day(
        label=_("Dagen det gäller"),
        help_text=_("När planen skrevs under, dokumentationen lämnades, eller uppföljningen gjordes."),
    )
    received_on = Day(label=_("Kom in den"))
    is_in_date_order = forms.BooleanField(label=_("Dokumentationen ligger i datumföljd"), required=False)
    has_consent = forms.BooleanField(label=_("Den enskilde har samtyckt till överrapporteringen"), required=False)
    scan = forms.FileField(label=_("Bild eller fil"), required=False)
    note = forms.CharField(label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def particulars(self) -> Mapping[str, Any]:
        """Return what was told, without the file."""
        return {name: value for name, value in self.told().items() if name != "scan"}

"""Forms: fields that read what Swedes write, and the one way a form page works."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from timvis.config import clock
from timvis.core.calendar.local_time import clock_minute
from timvis.core.faults import Fault, Refusal
from timvis.core.identity import NumberProblem, organisation_number, personal_number
from timvis.web.shared.asking import Ask, done, refused

NOT_A_PERSON = _(
    "Numret är inget personnummer: tolv siffror, eller tio med bindestreck, och kontrollsiffran ska stämma."
)
NOT_AN_ORGANISATION = _("Numret är inget organisationsnummer: tio siffror, och kontrollsiffran ska stämma.")

MOST_ORE = 10**15
"""More than anybody pays; it leaves room in every column."""


class PersonalNumber(forms.CharField):
    """A personal number as people write it; twelve digits come out."""

    def clean(self, value: str) -> str:
        """Return twelve digits, nothing where nothing was written."""
        text = super().clean(value)
        if not text:
            return ""
        number = personal_number(text, today=clock.today())
        if isinstance(number, NumberProblem):
            raise ValidationError(NOT_A_PERSON)
        return number


class ProviderNumber(forms.CharField):
    """An organisation number, or an own employer's personal number."""

    def clean(self, value: str) -> str:
        """Return ten digits, or twelve of a person; nothing where nothing was written."""
        text = super().clean(value)
        if not text:
            return ""
        number = organisation_number(text)
        if isinstance(number, NumberProblem):
            number = personal_number(text, today=clock.today())
        if isinstance(number, NumberProblem):
            raise ValidationError(NOT_AN_ORGANISATION)
        return number


class Day(forms.DateField):
    """A day, with the browser's own calendar where it has one."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y"], **options)


class LastDay(Day):
    """The last day something holds, as people say it; the first day without it comes out."""

    def clean(self, value: str) -> date | None:
        """Return the day after, None when nothing ends."""
        last = super().clean(value)
        return None if last is None else last + timedelta(days=1)

    def prepare_value(self, value: object) -> object:
        """Show the day before the first day without."""
        return value - timedelta(days=1) if isinstance(value, date) else value


class Clock(forms.CharField):
    """A clock time, 08.30; minutes after midnight come out."""

    def clean(self, value: str) -> str:
        """Return the clock time as written, when it is one."""
        text = super().clean(value)
        if text and clock_minute(text) is None:
            raise ValidationError(_("Skriv klockslaget som 08.30; 24.00 bara som slut."))
        return str(text)


class HoursAndMinutes(forms.CharField):
    """Hours and minutes, 412.30 or 412:30; whole minutes come out."""

    def clean(self, value: str) -> int:
        """Return whole minutes, none where nothing was written."""
        text = super().clean(value).strip().replace(",", ":").replace(".", ":")
        if not text:
            return 0
        hours, _colon, minutes = text.partition(":")
        if not hours.isdecimal() or not (minutes or "0").isdecimal() or int(minutes or "0") >= 60:
            raise ValidationError(_("Skriv timmar och minuter som 412:30."))
        return int(hours) * 60 + int(minutes or "0")

    def prepare_value(self, value: object) -> object:
        """Show whole minutes as hours and minutes."""
        return f"{value // 60}:{value % 60:02d}" if isinstance(value, int) else value


class Kronor(forms.CharField):
    """An amount in kronor as people write it, 345,50; whole öre come out, None where nothing was written."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 16)
        super().__init__(**options)

    def clean(self, value: str) -> int | None:
        """Return whole öre."""
        text = super().clean(value).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        if not text:
            return None
        try:
            ore = Decimal(text) * 100
            is_money = 0 < ore < MOST_ORE
        except InvalidOperation:
            ore, is_money = Decimal(0), False
        if not is_money or ore != ore.to_integral_value():
            raise ValidationError(_("Skriv beloppet i kronor med högst två decimaler, som 345,50."))
        return int(ore)

    def prepare_value(self, value: object) -> object:
        """Show whole öre as kronor."""
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value


class YesOrNo(forms.TypedChoiceField):
    """A question that may stand unanswered: True, False or None comes out."""

    def __init__(self, *, unanswered: Any, **options: Any) -> None:
        choices = [("", unanswered), ("yes", _("ja")), ("no", _("nej"))]
        super().__init__(
            choices=choices, coerce=lambda value: value == "yes", empty_value=None, required=False, **options
        )

    def prepare_value(self, value: object) -> object:
        """Show an answer as its choice."""
        return ("yes" if value else "no") if isinstance(value, bool) else value


class Form(forms.Form):
    """A form as the house draws it: no colon after a label, and the number of the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def told(self) -> dict[str, Any]:
        """Return what was told, without the version that was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def seen_number(self) -> int:
        """The number of the version the person had in front of her."""
        return self.cleaned_data.get("seen") or 0


def form_page(
    ask: Ask,
    form: Form,
    act: Callable[[Form], object],
    *,
    title: Any,
    lead: Any = "",
    button: Any,
    sentence: Any,
    back: str,
) -> HttpResponse:
    """Show a form, or carry out its act: faults beside the fields with everything typed kept, a refusal kindly."""
    if ask.method == "POST" and form.is_valid():
        outcome = act(form)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=back)
        if not _faults_of(outcome):
            return done(ask, str(sentence), back)
        for fault in _faults_of(outcome):
            form.add_error(None, f"{fault.message} {fault.remedy}")
    told = {"form": form, "title": title, "lead": lead, "button": button, "back": back}
    return render(ask, "form_page.html", told, status=422 if form.errors else 200)


def _faults_of(outcome: object) -> list[Fault]:
    """Return the faults that an act found in what was typed."""
    return [one for one in outcome if isinstance(one, Fault)] if isinstance(outcome, tuple) else []

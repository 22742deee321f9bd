"""What is typed about a substitute: the call, the answers, the papers, the time, the cost."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.appeals.models import SERVICE_LABELS
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, clock_minute, split_at_midnight
from timvis.core.procedure.appeal import AGAINST_WORDS
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NO_HEARING_WORDS
from timvis.core.quantities import Minutes
from timvis.core.records import ClockSpan
from timvis.core.substitute.fee import Payer
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.routing import Desk
from timvis.formats.calculation_case.hourly import minutes_of
from timvis.web.shared.forms import Clock, Day, Form, Kronor, LastDay, PersonalNumber

NO_SUCH_TIME = _("Klockslagen går inte ihop den dagen. Skriv dem som 22.00 och 07.00.")
WEEKDAYS = [
    ("0", _("måndag")),
    ("1", _("tisdag")),
    ("2", _("onsdag")),
    ("3", _("torsdag")),
    ("4", _("fredag")),
    ("5", _("lördag")),
    ("6", _("söndag")),
]
DESKS = [
    (Desk.STAFFING_ASSISTANT, _("Bemanningsassistent")),
    (Desk.DUTY_SUPERVISOR, _("Arbetsledare jourtid")),
    (Desk.CONTRACTED_COMPANY, _("Företaget med basansvar")),
    (Desk.SECTION_HEAD, _("Sektionschef")),
    (Desk.AUTHORITY_HEAD, _("Myndighetschef")),
]


class KronorOrNone(Kronor):
    """An amount in kronor where nothing at all is an answer too: 0."""

    def clean(self, value: str) -> int | None:
        """Return whole öre."""
        return 0 if (value or "").strip() in ("0", "0,00") else super().clean(value)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a list with commas, in small letters."""
    return tuple(sorted({word.strip().casefold() for word in text.split(",") if word.strip()}))


class ShiftForm(Form):
    """When somebody is needed; an end that is not after the start is the next day's."""

    on = Day(label=_("Dag"))
    start = Clock(label=_("Från klockan"), max_length=6)
    end = Clock(label=_("Till klockan"), max_length=6, help_text=_("Nästa dag om klockslaget är tidigare."))

    def clean(self) -> dict[str, Any]:
        """Turn a day and two clock times into the instants they mean."""
        told = super().clean() or self.cleaned_data
        if {"on", "start", "end"} <= told.keys():
            told |= self._instants(told["on"], told["start"], told["end"])
        return told

    def _instants(self, on: date, start: str, end: str) -> dict[str, int]:
        pieces = split_at_midnight(on, start, end)
        if not isinstance(pieces, tuple):
            self.add_error("end", ValidationError(NO_SUCH_TIME))
            return {}
        return {"start_at": pieces[0].start_at, "end_at": pieces[-1].end_at}


class NeedForm(ShiftForm):
    """A need of a substitute, as it is told."""

    personal_number = PersonalNumber(label=_("Brukarens personnummer"))
    provider = forms.ChoiceField(label=_("Anordnare, vars assistent är sjuk"))
    asked_by = forms.ChoiceField(
        label=_("Vem ber om vikarie"),
        choices=[
            (AskedBy.PROVIDER, _("Anordnaren")),
            (AskedBy.RECIPIENT, _("Den enskilde")),
            (AskedBy.OWN_EMPLOYER, _("Egen arbetsgivare")),
        ],
    )
    asked_by_name = forms.CharField(label=_("Namn på den som ber"), max_length=200)
    telephone = forms.CharField(
        label=_("Telefon"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    sick_from = Day(label=_("Assistenten är sjuk från och med"))
    is_acute = forms.BooleanField(label=_("Akut: vikarien behövs innan ett beslut hinner fattas"), required=False)
    tried = forms.CharField(
        label=_("Vad anordnaren själv har prövat"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    skills = forms.CharField(
        label=_("Vad vikarien behöver kunna"),
        help_text=_("Med komma emellan, till exempel lyft, teckenspråk."),
        max_length=200,
        required=False,
    )
    note = forms.CharField(label=_("Att veta"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    field_order = ("personal_number", "provider", "on", "start", "end", "is_acute", "sick_from")

    def __init__(self, *args: Any, providers: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["provider"].choices = list(providers)  # type: ignore[attr-defined]  # a ChoiceField's


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}))


class CompanyForm(Form):
    """Whom the contracted company sends."""

    substitute = forms.CharField(label=_("Vem företaget skickar"), max_length=200)


class PaperForm(Form):
    """A paper that was allowed to wait."""

    kind = forms.ChoiceField(
        label=_("Handling"),
        choices=[
            (Open.POWER_OF_ATTORNEY, _("Fullmakt från den enskilde")),
            (Open.OWN_ROUTINE, _("Vad anordnaren själv har prövat")),
            (Open.DECISION, _("Beslutet finns redan; skriv dess beteckning i anteckningen")),
        ],
    )
    received_on = Day(label=_("Kom in den"))
    note = forms.CharField(label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class GivenForm(Form):
    """What a decision on a substitute gives, and why."""

    decision_from = Day(label=_("Gäller från och med"))
    decision_to = LastDay(label=_("Gäller till och med"), required=False)
    hours = forms.CharField(
        label=_("Högst så många timmar"), max_length=12, required=False, help_text=_("Tomt om beslutet inte säger.")
    )
    reasons = forms.CharField(label=_("Skälen för beslutet"), widget=forms.Textarea(attrs={"rows": 4}))

    def clean_hours(self) -> int | None:
        """Return whole minutes, None where nothing was written."""
        return _minutes(self.cleaned_data["hours"])


class SubstituteDecisionForm(GivenForm):
    """A decision under LSS 9 § 2 about a substitute."""

    reference = forms.CharField(label=_("Beslutets beteckning"), max_length=80)
    outcome = forms.ChoiceField(
        label=_("Beslut"),
        choices=[
            (Outcome.GRANTED, _("Bifall")),
            (Outcome.PARTLY_GRANTED, _("Delavslag")),
            (Outcome.REFUSED, _("Avslag")),
        ],
    )
    not_heard = forms.ChoiceField(
        label=_("Om den enskilde inte ska höras före ett avslag: varför"),
        choices=[("", _("Bifall, eller hon har fått förslaget")), *NO_HEARING_WORDS.items()],
        required=False,
    )
    not_heard_because = forms.CharField(label=_("Skälet till det"), max_length=400, required=False)
    field_order: Sequence[str] = ("reference", "outcome")


class ChangedDecisionForm(SubstituteDecisionForm):
    """A decision that stands instead of the last one."""

    changed_because = forms.CharField(label=_("Varför beslutet ändras"), max_length=400)
    ground = forms.ChoiceField(
        label=_("Om det ändras till nackdel: grund enligt FL 37 §"),
        choices=[("", _("Inte till nackdel")), *AGAINST_WORDS.items()],
        required=False,
    )
    field_order = ("changed_because", "ground", "reference", "outcome")


class ProposalForm(GivenForm):
    """A proposed decision that goes against her, and by when she answers."""

    outcome = forms.ChoiceField(
        label=_("Förslag"), choices=[(Outcome.REFUSED, _("Avslag")), (Outcome.PARTLY_GRANTED, _("Delavslag"))]
    )
    answer_by = Day(label=_("Svar senast"))
    field_order = ("outcome",)


class AnswerForm(Form):
    """What was answered to a proposed decision."""

    received_on = Day(label=_("Kom in"))
    text = forms.CharField(label=_("Vad den enskilde säger"), widget=forms.Textarea(attrs={"rows": 4}))
    more_is_coming = forms.BooleanField(label=_("Hon har skrivit att mer är på väg"), required=False)


class ServiceForm(Form):
    """When and how somebody was served with a decision."""

    name = forms.CharField(label=_("Vem"), max_length=200)
    served_on = Day(label=_("Fick del av beslutet"))
    way = forms.ChoiceField(label=_("Hur"), choices=list(SERVICE_LABELS.items()))


class AppealForm(Form):
    """An appeal as it came in."""

    name = forms.CharField(label=_("Vem som överklagar"), max_length=200)
    came_on = Day(label=_("Kom in"))
    by_post = forms.BooleanField(label=_("Kom med post"), required=False)
    text = forms.CharField(label=_("Vad som står i det"), widget=forms.Textarea(attrs={"rows": 4}))


class TimeForm(ShiftForm):
    """What the substitute worked, with a break if there was one, and the sick assistant's average week."""

    break_from = Clock(label=_("Rast från"), max_length=6, required=False)
    break_to = Clock(label=_("Rast till"), max_length=6, required=False)
    average_week = forms.CharField(
        label=_("Den sjuka assistentens genomsnittliga veckoarbetstid, timmar"),
        max_length=12,
        required=False,
        help_text=_(
            "Karensavdraget räcker en femtedel av den; så långt skrivs tiden på Försäkringskassans tidrapport."
        ),
    )

    def clean_average_week(self) -> int | None:
        """Return whole minutes, None where nothing was written."""
        return _minutes(self.cleaned_data["average_week"])

    def clean(self) -> dict[str, Any]:
        """Turn what was worked into pieces of days, without the break."""
        told = super().clean()
        if "start_at" not in told:
            return told
        ends = (told.get("break_from") or "", told.get("break_to") or "")
        stretches = [(told["start"], told["end"])]
        if all(ends):
            stretches = [(told["start"], ends[0]), (ends[1], told["end"])]
        elif any(ends):
            self.add_error("break_to", ValidationError(_("Skriv både när rasten började och när den slutade.")))
        pieces: list[ClockSpan] = []
        for start, end in stretches:
            on = pieces[-1].work_on if pieces else told["on"]
            found = split_at_midnight(on, start, end)
            if not isinstance(found, tuple):
                self.add_error("break_from", ValidationError(NO_SUCH_TIME))
                return told
            pieces += found
        told["pieces"] = pieces
        return told


class CostForm(Form):
    """What the sick assistant cost the provider in the same time: an amount for each day and report."""

    stated_by = forms.CharField(label=_("Uppgiften kommer från"), max_length=200)

    def __init__(self, *args: Any, asked: Iterable[tuple[str, Any]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in asked:
            self.fields[name] = KronorOrNone(label=label, help_text=_("Skriv 0 om kostnaden är noll."))


class BasisForm(Form):
    """Who is asked for the fee, what her bookkeeping asks for on the invoice, and where it is paid."""

    payer = forms.ChoiceField(
        label=_("Vem som ska betala"),
        choices=[(Payer.PROVIDER, _("Anordnaren")), (Payer.RECIPIENT, _("Den enskilde"))],
    )
    buyer_reference = forms.CharField(label=_("Betalarens referens"), max_length=80, required=False)
    bankgiro = forms.CharField(label=_("Kommunens bankgiro"), max_length=12, required=False)


class PaymentForm(Form):
    """That a fee has been paid, as somebody sees it on the account."""

    amount = Kronor(label=_("Belopp"))
    paid_on = Day(label=_("Kom in på kontot"))
    bank_reference = forms.CharField(
        label=_("Bankens referens"), max_length=80, required=False, help_text=_("Som den står på kontoutdraget.")
    )


class PoolForm(Form):
    """How a substitute is reached, what she can and when she can be called."""

    telephone = forms.CharField(label=_("Telefon"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    skills = forms.CharField(label=_("Kan"), max_length=200, required=False, help_text=_("Med komma emellan."))
    days = forms.MultipleChoiceField(
        label=_("Kan ringas"), choices=WEEKDAYS, widget=forms.SelectMultiple(attrs={"size": 7})
    )
    start = Clock(label=_("Från klockan"), max_length=6)
    end = Clock(label=_("Till klockan"), max_length=6)
    valid_from = Day(label=_("Från och med"))
    valid_to = LastDay(label=_("Till och med"), required=False)

    def available(self) -> list[list[int]]:
        """Return [weekday, from minute, to minute]; over midnight it is a piece of two days."""
        told = self.cleaned_data
        start, end = clock_minute(told["start"]) or 0, clock_minute(told["end"]) or 0
        pieces: list[list[int]] = []
        for day in map(int, told["days"]):
            if start < end:
                pieces.append([day, start, end])
            else:
                pieces += [[day, start, MIDNIGHT_AFTER], [(day + 1) % 7, 0, end]]
        return [piece for piece in sorted(pieces) if piece[1] < piece[2]]


class NewMemberForm(PoolForm):
    """Somebody who is not in the pool yet."""

    assistant = forms.ChoiceField(label=_("Anställd"))
    field_order = ("assistant", "telephone")

    def __init__(self, *args: Any, assistants: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assistant"].choices = list(assistants)  # type: ignore[attr-defined]  # a ChoiceField's


class ContactForm(Form):
    """Who answers at which number, from a day on."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    telephone = forms.CharField(label=_("Telefon"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    valid_from = Day(label=_("Från och med"))
    valid_to = LastDay(label=_("Till och med"), required=False)


class NewContactForm(ContactForm):
    """A contact point nobody has registered before."""

    desk = forms.ChoiceField(label=_("Vem"), choices=DESKS)
    band = Clock(
        label=_("Bara det pass som börjar klockan"), max_length=6, required=False, help_text=_("Tomt: alla pass.")
    )
    field_order = ("desk", "band", "name")


class ProcedureForm(Form):
    """How a provider's need is met."""

    text = forms.CharField(label=_("Så gör vi"), widget=forms.Textarea(attrs={"rows": 8}))
    valid_from = Day(label=_("Daterat"))


def _minutes(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        minutes: Minutes = minutes_of(text)
    except (ValueError, ZeroDivisionError):
        raise ValidationError(_("Skriv timmar som 40 eller 37,5; det ska bli hela minuter.")) from None
    return minutes

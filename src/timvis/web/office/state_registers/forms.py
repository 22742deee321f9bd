"""What is typed about the municipality's assignments for the state, its assistants, and its forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.state_registers.models import DutyOutcome, Notified
from timvis.core.calendar.local_time import ClockProblem, span
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.records import ClockSpan
from timvis.core.state_duties.records import Employer, NoticeWay
from timvis.web.shared.forms import Clock, Day, Form, HoursAndMinutes, LastDay, PersonalNumber, ProviderNumber

WAYS = [
    (NoticeWay.E_SERVICE, _("E-tjänsten för arbetsgivare")),
    (NoticeWay.E_IOA, _("Elektroniskt gränssnitt (E-IOA)")),
    (NoticeWay.PAPER, _("På papper")),
]


class ProviderNoticeForm(Form):
    """What the supervising authority was told of the municipality's activity."""

    about = forms.ChoiceField(
        label=_("Vad anmäldes?"),
        choices=[
            (Notified.START, _("Verksamheten")),
            (Notified.CHANGE, _("En ändring")),
            (Notified.END, _("Att verksamheten har upphört")),
        ],
    )
    told_on = Day(label=_("Anmäld den"))
    reference = forms.CharField(label=_("IVO:s diarienummer"), required=False, max_length=80)


class DutyForm(Form):
    """What was done about a duty."""

    outcome = forms.ChoiceField(
        label=_("Vad har hänt?"),
        choices=[
            (DutyOutcome.SENT, _("Skickad")),
            (DutyOutcome.RECEIVED, _("Försäkringskassan har bekräftat att den är inne")),
            (DutyOutcome.NOT_NEEDED, _("Behövs inte")),
        ],
    )
    on = Day(label=_("Den"))
    way = forms.ChoiceField(label=_("Hur"), required=False, choices=[("", "–"), *WAYS])
    reason = forms.CharField(
        label=_("Anteckning"),
        required=False,
        help_text=_("Måste finnas när den inte behövs."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason why something is not needed."""
        told = super().clean() or self.cleaned_data
        if told.get("outcome") == DutyOutcome.NOT_NEEDED and not told.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("Skriv varför den inte behövs.")))
        return told


class AssignmentForm(Form):
    """What is known of an assignment."""

    ends_on = LastDay(label=_("Sista dag"), required=False, help_text=_("Lämna tomt så länge uppdraget löper."))
    agreement_signed_on = Day(label=_("Avtalet undertecknat av båda"), required=False)
    agreement_reference = forms.CharField(label=_("Avtalets beteckning"), required=False, max_length=80)
    replaces_another = forms.BooleanField(
        label=_("Byte från en annan anordnare, eller ny betalningsmottagare"), required=False
    )
    applied_on = Day(label=_("Ansökan till Försäkringskassan gjord"), required=False)
    application_known_on = Day(label=_("Kommunen fick veta om ansökan"), required=False)
    decided_on = Day(
        label=_("Försäkringskassan beviljade assistans"),
        required=False,
        help_text=_("Lämna tomt i väntan på beslutet."),
    )


class NewAssignmentForm(AssignmentForm):
    """An assignment nobody has registered before."""

    personal_number = PersonalNumber(label=_("Personnummer för den som har assistans"))
    begins_on = Day(label=_("Första dag"))
    field_order = ("personal_number", "begins_on")


class PlacementForm(Form):
    """When an assistant works in an assignment."""

    first_shift_on = Day(label=_("Första passet"))
    ends_on = LastDay(label=_("Sista dag"), required=False)
    planned_minutes_per_week = HoursAndMinutes(
        label=_("Planerad tid i veckan"), required=False, help_text=_("Timmar och minuter, som 38:15.")
    )


class NewPlacementForm(PlacementForm):
    """An assistant who begins in an assignment."""

    assistant_id = forms.TypedChoiceField(label=_("Assistent"), coerce=int)
    field_order = ("assistant_id",)

    def __init__(self, *args: Any, assistants: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assistant_id"].choices = assistants  # type: ignore[attr-defined]  # a choice field has choices


class NoticeForm(Form):
    """The data of an assistant as the state is told them (form 3066 or its e-service)."""

    way = forms.ChoiceField(label=_("Anmäld genom"), choices=WAYS)
    sent_on = Day(label=_("Skickad den"))
    hired_on = Day(label=_("Anställningsdag"), required=False)
    is_close = forms.BooleanField(
        label=_("Närstående till den som har assistans, eller i samma hushåll"), required=False
    )
    lives_outside_eea = forms.BooleanField(label=_("Bosatt utanför EES"), required=False)
    address_abroad = forms.CharField(label=_("Adress utanför EES"), required=False, max_length=400)
    employer = forms.ChoiceField(
        label=_("Assistenten är anställd av"),
        choices=[
            (Employer.PROVIDER, _("kommunen")),
            (Employer.ANOTHER, _("en annan arbetsgivare")),
            (Employer.SELF_EMPLOYED, _("sig själv, egenföretagare")),
        ],
    )
    employer_number = ProviderNumber(label=_("Den andra arbetsgivarens organisationsnummer"), required=False)
    changed_from = Day(
        label=_("Ändringen gäller från"),
        required=False,
        help_text=_("Bara när det är en ändring av en tidigare anmälan."),
    )


class ReceivedForm(Form):
    """That the state has a notice."""

    received_on = Day(label=_("Försäkringskassan fick anmälan"), help_text=_("Tid före den dagen ersätts aldrig."))
    reference = forms.CharField(label=_("Kvittensens nummer"), required=False, max_length=80)


class AwayForm(Form):
    """Days on which an assistant was away from all work."""

    kind = forms.ChoiceField(
        label=_("Varför"),
        choices=[
            (AwayKind.SICK, _("Sjuk")),
            (AwayKind.PARENTAL_LEAVE, _("Föräldraledig")),
            (AwayKind.CHILD_CARE, _("Vård av barn")),
            (AwayKind.UNEMPLOYED, _("Arbetslös med ersättning")),
        ],
    )
    away_from = Day(label=_("Från och med"))
    away_to = LastDay(label=_("Till och med"))


class NotedTimeForm(Form):
    """Time that was no assistance."""

    purpose = forms.ChoiceField(
        label=_("Vad"),
        choices=[
            (RowPurpose.MEETING, _("Personalmöte")),
            (RowPurpose.TRAINING, _("Utbildning")),
            (RowPurpose.NOT_WITH_RECIPIENT, _("Hemskickad, eller inte hos den som har assistans")),
        ],
    )
    day = Day(label=_("Dag"))
    starts_at = Clock(label=_("Från klockan"))
    ends_at = Clock(label=_("Till klockan"))

    def clean(self) -> dict[str, Any]:
        """Turn the clock times into instants."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        found = span(told.pop("day"), told.pop("starts_at"), told.pop("ends_at"))
        if isinstance(found, ClockProblem):
            self.add_error(
                "starts_at", ValidationError(_("Klockslagen finns inte den dagen, eller står i fel ordning."))
            )
        elif isinstance(found, ClockSpan):
            told |= {"start_at": found.start_at, "end_at": found.end_at}
        return told


class SettlementForm(Form):
    """The final settlement of a grant period."""

    period_from = Day(label=_("Beviljandeperioden började"))
    period_to = LastDay(label=_("Beviljandeperiodens sista dag"))
    settled_on = Day(label=_("Slutavräknad den"))

"""What is typed about a recipient's bill, and about a report on its way to the state."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timvis.apps.state_reports.models import Signer
from timvis.core.calendar.local_time import clock_minute, instant, local_clock, local_day
from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.state_bill import COST_WORDS, Activity, Cost, CostAccount, CostKind, RepaymentWay, SignerRole
from timvis.web.shared.forms import Clock, Day, Form, HoursAndMinutes, Kronor, LastDay, PersonalNumber, YesOrNo

STAYS = 3
"""As many stays in hospital as the bill has rows for."""


class BillForm(Form):
    """A recipient's bill for a month."""

    active_minutes = HoursAndMinutes(
        label=_("Aktiv tid"), help_text=_("Timmar och minuter som räkningen säger, som 412:30.")
    )
    waiting_minutes = HoursAndMinutes(label=_("Väntetid, faktiska timmar"), required=False)
    standby_minutes = HoursAndMinutes(label=_("Beredskapstid, faktiska timmar"), required=False)
    in_activity = forms.BooleanField(label=_("Assistans i barnomsorg, skola eller daglig verksamhet"), required=False)
    activities = forms.MultipleChoiceField(
        label=_("Var, om räkningen säger det"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Activity.CHILDCARE, _("Barnomsorg")),
            (Activity.SCHOOL, _("Skola")),
            (Activity.DAILY_ACTIVITY, _("Daglig verksamhet")),
        ],
    )
    outside_eea = YesOrNo(
        label=_("Vistats utanför EES och anlitat assistent på plats"),
        unanswered=_("räkningen säger det inte"),
        help_text=_("Är blankettens ruta för ja tom är svaret nej."),
    )
    abroad_from = Day(
        label=_("Utanför EES från och med"), required=False, help_text=_("Enligt förklaringen; lämna annars tomt.")
    )
    abroad_to = LastDay(label=_("Utanför EES till och med"), required=False)
    abroad_is_explained = forms.BooleanField(
        label=_("Förklaring och underlag om vistelsen följer med räkningen"), required=False
    )
    all_is_spent = forms.BooleanField(
        label=_("Förra månadens utbetalning är helt använd till assistans"), required=False
    )
    left_ore = Kronor(
        label=_("Kvar av förra månadens utbetalning"),
        required=False,
        help_text=_("Bara för den som köper assistans och får betalt i efterskott. Kronor."),
    )
    signer_number = PersonalNumber(
        label=_("Undertecknarens personnummer"),
        required=False,
        help_text=_("Lämna tomt om räkningen inte är undertecknad."),
    )
    signer_name = forms.CharField(label=_("Namnförtydligande"), required=False, max_length=200)
    signer_role = forms.ChoiceField(
        label=_("Undertecknat som"),
        choices=[
            (SignerRole.RECIPIENT, _("Den som har assistans")),
            (SignerRole.CUSTODIAN, _("Vårdnadshavare")),
            (SignerRole.APPOINTED_GUARDIAN, _("God man")),
            (SignerRole.ADMINISTRATOR, _("Förvaltare")),
        ],
    )
    signer_is_representative = forms.BooleanField(
        label=_("Det är kontrollerat att ställföreträdaren är den hon säger"), required=False
    )
    signed_on = Day(label=_("Undertecknad den"), required=False)
    received_on = Day(label=_("Räkningen kom in eller lämnades"))
    is_current_form = forms.BooleanField(
        label=_("Den gällande blanketten eller e-tjänsten"), required=False, initial=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, STAYS + 1):
            told = {"number": number}
            self.fields[f"stay_from_{number}"] = Day(label=_("Sjukhus %(number)d, från") % told, required=False)
            self.fields[f"stay_from_at_{number}"] = Clock(label=_("klockan"), required=False)
            self.fields[f"stay_to_{number}"] = Day(label=_("Sjukhus %(number)d, till") % told, required=False)
            self.fields[f"stay_to_at_{number}"] = Clock(label=_("klockan"), required=False)

    def clean(self) -> dict[str, Any]:
        """Turn the stays into pairs of instants; a half-written one is a fault."""
        told = super().clean() or self.cleaned_data
        stays = []
        for number in range(1, STAYS + 1):
            parts = [told.pop(f"stay_{name}_{number}", None) for name in ("from", "from_at", "to", "to_at")]
            if not any(parts):
                continue
            stay = _stay(*parts)
            if stay is None:
                wrong = _("Skriv dag och klockslag för både början och slut, i rätt ordning.")
                self.add_error(f"stay_from_{number}", ValidationError(wrong))
            else:
                stays.append(stay)
        if told.pop("all_is_spent", False) and told.get("left_ore") is None:
            told["left_ore"] = 0
        told |= {"activities": tuple(Activity(each) for each in told.get("activities", ()))}
        told |= {"signer_role": SignerRole(told.get("signer_role") or SignerRole.RECIPIENT)}
        return {**told, "stays": tuple(stays)}


def _stay(from_on: Any, from_at: Any, to_on: Any, to_at: Any) -> tuple[int, int] | None:
    begins, ends = clock_minute(from_at or ""), clock_minute(to_at or "")
    if from_on is None or to_on is None or begins is None or ends is None:
        return None
    try:
        pair = (int(instant(from_on, begins)), int(instant(to_on, ends)))
    except ValueError:
        return None
    return pair if pair[0] < pair[1] else None


class CostAccountForm(Form):
    """What the assistance cost, and what is left of an advance."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, words in COST_WORDS.items():
            told = {"kind": words}
            self.fields[f"per_hour_{kind}"] = Kronor(label=_("%(kind)s, kr per timme") % told, required=False)
            self.fields[f"period_{kind}"] = Kronor(label=_("%(kind)s, kr för perioden") % told, required=False)
        self.fields["cost_minutes"] = HoursAndMinutes(label=_("Utförda timmar som kostnaden är beräknad på"))
        self.fields["advance_from"] = Day(label=_("Förskottets första månad, den 1:a"), required=False)
        self.fields["advance_to"] = Day(label=_("Förskottets sista månad, den 1:a"), required=False)
        self.fields["left_ore"] = Kronor(label=_("Kvar av förskottet"), required=False)
        self.fields["repayment"] = forms.ChoiceField(
            label=_("Det som är kvar"),
            required=False,
            choices=[
                ("", "–"),
                (RepaymentWay.DEDUCTED, _("dras av från kommande utbetalningar")),
                (RepaymentWay.EXAMINED, _("Försäkringskassan prövar återbetalning")),
            ],
        )

    def account(self) -> CostAccount:
        """Return the account that was typed; a kind without any amount is left out."""
        told = self.cleaned_data
        costs = [
            Cost(
                kind=kind,
                per_hour_ore=Ore(told[f"per_hour_{kind}"] or 0),
                period_ore=Ore(told[f"period_{kind}"] or 0),
            )
            for kind in CostKind
            if told[f"per_hour_{kind}"] or told[f"period_{kind}"]
        ]
        return CostAccount(
            costs=tuple(costs),
            minutes=told["cost_minutes"],
            advance_from=told["advance_from"],
            advance_to=told["advance_to"],
            left_ore=told["left_ore"],
            repayment=RepaymentWay(told["repayment"]) if told["repayment"] else None,
        )


def typed_account(account: CostAccount | None) -> dict[str, Any]:
    """Return an account as the form shows it."""
    if account is None:
        return {}
    fields = {
        "cost_minutes": account.minutes,
        "advance_from": account.advance_from,
        "advance_to": account.advance_to,
        "left_ore": account.left_ore,
        "repayment": account.repayment or "",
    }
    for cost in account.costs:
        fields |= {f"per_hour_{cost.kind}": cost.per_hour_ore, f"period_{cost.kind}": cost.period_ore}
    return fields


def typed_stays(stays: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return stays in hospital as the form shows them."""
    fields: dict[str, Any] = {}
    for number, (begins, ends) in enumerate(stays[:STAYS], start=1):
        for end, at in (("from", Instant(begins)), ("to", Instant(ends))):
            fields |= {f"stay_{end}_{number}": local_day(at), f"stay_{end}_at_{number}": local_clock(at)}
    return fields


class ReturnedForm(Form):
    """A printed paper that came back."""

    returned_on = Day(label=_("Kom tillbaka den"))
    is_signed = forms.BooleanField(label=_("Undertecknad"), required=False, initial=True)
    scan = forms.FileField(label=_("Skannad bild eller fil"), required=False)


class ScannedForm(ReturnedForm):
    """A printed paper that came back, whose code is read from its picture."""

    scan = forms.FileField(
        label=_("Bild eller PDF av papperet"),
        help_text=_("Koden läses ur streckkoden. Ett papper i varje fil: PNG, JPEG, TIFF eller PDF."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/tiff,application/pdf"}),
    )


class FreezeForm(Form):
    """Time reports as files."""

    report = forms.FileField(label=_("Tidsredovisning (ELT, XML)"))


class SignatureForm(Form):
    """A signature as the signing service gave it."""

    signer = forms.ChoiceField(
        label=_("Vem har skrivit under?"),
        choices=[(Signer.ASSISTANT, _("Assistenten")), (Signer.PROVIDER, _("Anordnaren"))],
    )
    signature = forms.FileField(label=_("Underskriften, som underskriftstjänsten gav den"))
    ocsp_response = forms.FileField(label=_("Svaret från certifikatets utfärdare (OCSP)"))
    signed_on = Day(label=_("Undertecknad den"))


class QueueForm(Form):
    """Why another report for the same month is sent, where one has been."""

    although = forms.CharField(
        label=_("Skäl, om en tidsredovisning för samma månad redan är skickad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SettleForm(Form):
    """What somebody has found out about a report that nobody knew the end of."""

    was_received = forms.TypedChoiceField(
        label=_("Kom den fram?"),
        coerce=lambda value: value == "1",
        choices=[("", "–"), ("1", _("Ja, Försäkringskassan har den")), ("0", _("Nej, den kan skickas igen"))],
    )
    transaction_id = forms.CharField(label=_("Kvittots nummer, om det är känt"), required=False, max_length=80)
    reason = forms.CharField(label=_("Hur vet vi det?"), widget=forms.Textarea(attrs={"rows": 2}))

"""What a recipient's bill says beside the hours: where assistance was given, who signs, and the account of its cost."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.months import month_after
from timvis.core.faults import Fault
from timvis.core.quantities import MINUTES_PER_HOUR, Ore


class Activity(StrEnum):
    """Where assistance was given although somebody else answers for the person there."""

    CHILDCARE = "childcare"
    SCHOOL = "school"
    DAILY_ACTIVITY = "daily_activity"


class SignerRole(StrEnum):
    """As what somebody signs a bill; all but the first are legal representatives."""

    RECIPIENT = "recipient"
    CUSTODIAN = "custodian"  # vårdnadshavare
    APPOINTED_GUARDIAN = "appointed_guardian"  # god man
    ADMINISTRATOR = "administrator"  # förvaltare


class CostKind(StrEnum):
    """The six kinds of cost that an account tells apart, in its order."""

    PAY = "pay"
    INCONVENIENT_HOURS = "inconvenient_hours"
    ASSISTANCE_EXPENSES = "assistance_expenses"
    TRAINING = "training"
    STAFF = "staff"
    ADMINISTRATION = "administration"


class RepaymentWay(StrEnum):
    """How money that is left of an advance goes back."""

    DEDUCTED = "deducted"
    EXAMINED = "examined"


ACTIVITY_WORDS = {
    Activity.CHILDCARE: "barnomsorg",
    Activity.SCHOOL: "skola",
    Activity.DAILY_ACTIVITY: "daglig verksamhet",
}
SIGNER_WORDS = {
    SignerRole.RECIPIENT: "den som har assistans",
    SignerRole.CUSTODIAN: "vårdnadshavare",
    SignerRole.APPOINTED_GUARDIAN: "god man",
    SignerRole.ADMINISTRATOR: "förvaltare",
}
COST_WORDS = {
    CostKind.PAY: "Lön utom OB-tillägg, och lönebikostnader",
    CostKind.INCONVENIENT_HOURS: "Lön i form av OB-tillägg",
    CostKind.ASSISTANCE_EXPENSES: "Assistansomkostnader",
    CostKind.TRAINING: "Utbildningskostnader",
    CostKind.STAFF: "Arbetsmiljöinsatser och personalomkostnader",
    CostKind.ADMINISTRATION: "Administrationskostnader",
}
REPAYMENT_WORDS = {
    RepaymentWay.DEDUCTED: "dras av från kommande utbetalningar",
    RepaymentWay.EXAMINED: "Försäkringskassan prövar återbetalning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One kind of cost, per hour and for the period, in öre."""

    kind: CostKind
    per_hour_ore: Ore
    period_ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAccount:
    """What the assistance cost (*kostnadsredovisning*), on how many hours, and what is left of an advance.

    The advance was for the months from `advance_from` to `advance_to`, both their first days; None: paid afterwards.
    """

    costs: tuple[Cost, ...]
    minutes: int
    advance_from: date | None = None
    advance_to: date | None = None
    left_ore: Ore | None = None
    repayment: RepaymentWay | None = None

    @property
    def per_hour_ore(self) -> Ore:
        """All the costs per hour."""
        return Ore(sum(each.per_hour_ore for each in self.costs))

    @property
    def period_ore(self) -> Ore:
        """All the costs of the period."""
        return Ore(sum(each.period_ore for each in self.costs))


def account_faults(account: CostAccount) -> tuple[Fault, ...]:
    """Return everything in an account that does not hold together."""
    wrong = []
    if account.costs and not account.minutes:
        wrong.append(_NO_HOURS)
    wrong += [_differs(each, account.minutes) for each in account.costs if not _agrees(each, account.minutes)]
    if (account.advance_from is None) != (account.advance_to is None):
        wrong.append(_HALF_PERIOD)
    elif account.advance_from and account.advance_to and account.advance_to < account.advance_from:
        wrong.append(_PERIOD_BACKWARDS)
    if account.left_ore and account.repayment is None:
        wrong.append(_NO_WAY_BACK)
    return tuple(wrong)


def abroad_faults(
    month_on: date, *, outside_eea: bool | None, begins_on: date | None, ends_on: date | None, is_explained: bool
) -> tuple[Fault, ...]:
    """Return everything in what a bill for a month says of a stay outside the EEA that does not hold together.

    The stay is from `begins_on` up to but not including `ends_on`; it may begin before the month and end after it.
    """
    if not outside_eea:
        return (_ABROAD_WITHOUT_YES,) if begins_on or ends_on or is_explained else ()
    if begins_on is None and ends_on is None:
        return ()
    if begins_on is None or ends_on is None:
        return (_HALF_A_STAY,)
    if ends_on <= begins_on:
        return (_STAY_BACKWARDS,)
    return () if begins_on < month_after(month_on) and month_on < ends_on else (_STAY_IN_ANOTHER_MONTH,)


def _agrees(cost: Cost, minutes: int) -> bool:
    """Whether a cost per hour gives the cost of the period: a rounding of half an öre an hour is let through."""
    beyond = abs(cost.per_hour_ore * minutes - cost.period_ore * MINUTES_PER_HOUR)
    return not minutes or not cost.per_hour_ore or 2 * beyond <= minutes + MINUTES_PER_HOUR


def _differs(cost: Cost, minutes: int) -> Fault:
    expected = cost.per_hour_ore * minutes // MINUTES_PER_HOUR
    return Fault(
        code="cost_per_hour_differs_from_the_period",
        message=(
            f"{COST_WORDS[cost.kind]}: {_kronor(cost.per_hour_ore)} per timme ger {_kronor(expected)} för perioden, "
            f"men där står {_kronor(cost.period_ore)}."
        ),
        remedy="Rätta kostnaden per timme, kostnaden för perioden eller antalet timmar.",
        column=cost.kind.value,
    )


def _kronor(ore: int) -> str:
    return f"{ore // 100},{ore % 100:02d} kr"


_NO_HOURS = Fault(
    code="hours_of_the_account_are_missing",
    message="Antalet timmar som kostnaden är beräknad på saknas.",
    remedy="Skriv antalet utförda timmar.",
    column="cost_minutes",
)
_HALF_PERIOD = Fault(
    code="advance_has_half_a_period",
    message="Förskottets period saknar sin första eller sin sista månad.",
    remedy="Skriv båda månaderna, eller ingen av dem.",
    column="advance_from",
)
_PERIOD_BACKWARDS = Fault(
    code="advance_ends_before_it_begins",
    message="Förskottets sista månad ligger före den första.",
    remedy="Rätta den ena månaden.",
    column="advance_to",
)
_NO_WAY_BACK = Fault(
    code="repayment_is_not_told",
    message="Pengar är kvar, men inte hur de betalas tillbaka.",
    remedy="Välj avdrag eller prövning.",
    column="repayment",
)
_ABROAD_WITHOUT_YES = Fault(
    code="stay_abroad_without_a_yes",
    message="Det står något om en vistelse utanför EES, men svaret på frågan är inte ja.",
    remedy="Svara ja, eller ta bort dagarna och krysset för förklaringen.",
    column="outside_eea",
)
_HALF_A_STAY = Fault(
    code="stay_abroad_has_half_a_period",
    message="Vistelsen utanför EES saknar sin första eller sin sista dag.",
    remedy="Skriv båda dagarna, eller ingen av dem.",
    column="abroad_from",
)
_STAY_BACKWARDS = Fault(
    code="stay_abroad_ends_before_it_begins",
    message="Vistelsen utanför EES slutar före den börjar.",
    remedy="Rätta den ena dagen.",
    column="abroad_to",
)
_STAY_IN_ANOTHER_MONTH = Fault(
    code="stay_abroad_is_in_another_month",
    message="Vistelsen utanför EES har ingen dag i räkningens månad.",
    remedy="Rätta dagarna, eller skriv vistelsen på den månadens räkning.",
    column="abroad_from",
)

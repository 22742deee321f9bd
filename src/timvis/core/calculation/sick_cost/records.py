"""What a sick-cost claim is made of: one assistant's absence, who stood in, what was paid, what was applied for.

Days `…_on` belong to what they bound (the forms ask for the last sick *day*); periods `…_from`/`…_to` are half-open.
`row` is where a thing stood in what was handed in, from 1, so that a fault or a finding can point at it. `None`
means that nobody has told.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.sick_cost.settings import Cause, SickCostSettings
from timvis.core.quantities import Minutes, Ore, OrePerHour
from timvis.core.records import Instant, ProviderKind, TimeKind


class CostItem(StrEnum):
    """What can be claimed, by name: the costs that are owed, and those that are known and never are."""

    SICK_PAY = "sick_pay"
    SICK_PAY_SUPPLEMENT = "sick_pay_supplement"
    SICK_PAY_WAITING = "sick_pay_waiting"
    SICK_PAY_STANDBY = "sick_pay_standby"
    QUALIFYING_DEDUCTION = "qualifying_deduction"
    HOLIDAY_COMPENSATION = "holiday_compensation"
    EMPLOYER_CONTRIBUTIONS = "employer_contributions"
    AGREEMENT_COSTS = "agreement_costs"
    PENSION_TAX = "pension_tax"
    STATE_COMPENSATION = "state_compensation"
    SICK_PAY_ON_QUALIFYING_DAY = "sick_pay_on_qualifying_day"
    SICKNESS_INSURANCE_CHARGE = "sickness_insurance_charge"
    ADMINISTRATION = "administration"
    INTEREST = "interest"
    TRAINING = "training"
    STANDARD_AMOUNT = "standard_amount"


PAYABLE = frozenset(
    {
        CostItem.SICK_PAY,
        CostItem.SICK_PAY_SUPPLEMENT,
        CostItem.SICK_PAY_WAITING,
        CostItem.SICK_PAY_STANDBY,
        CostItem.QUALIFYING_DEDUCTION,
        CostItem.HOLIDAY_COMPENSATION,
        CostItem.EMPLOYER_CONTRIBUTIONS,
        CostItem.AGREEMENT_COSTS,
        CostItem.PENSION_TAX,
    }
)
"""The costs that are owed where there is such a cost; the rest are known by name and never are."""

SHOWN_ITEMS = frozenset(
    {
        CostItem.HOLIDAY_COMPENSATION,
        CostItem.EMPLOYER_CONTRIBUTIONS,
        CostItem.AGREEMENT_COSTS,
        CostItem.PENSION_TAX,
    }
)
"""The costs that an absence for another cause than sickness can have: nobody owes sick pay for it."""


class CompensationKind(StrEnum):
    """On what ground the state has paid an employer for sick pay."""

    SPECIAL_HIGH_RISK = "special_high_risk"
    PANDEMIC_IN_FULL = "pandemic_in_full"
    PANDEMIC_EXCESS = "pandemic_excess"
    HIGH_COST = "high_cost"


# --- the assistant and the employer ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """One agreed employment with the same employer; `agreed_to` None when it has no agreed end."""

    agreed_from: date
    agreed_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """The one who was ill. `is_regular` False for a substitute who fell ill herself.

    `sick_days_of_year` are her sick days so far in the holiday's earning year, these included.
    """

    born_year: int | None
    is_regular: bool = True
    sick_days_of_year: int | None = None
    employments: tuple[Employment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """Who pays her. `was_paid_by_agency`: whether Försäkringskassan has paid an own employer for the sick time."""

    kind: ProviderKind
    was_paid_by_agency: bool | None = None
    is_private_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """The pay from a day on: by the hour, or by the month with the agreement's own hours a month if it has any."""

    paid_from: date
    hourly_ore: OrePerHour | None = None
    monthly_ore: Ore | None = None
    hours_per_month: Fraction | None = None
    waiting_ore_per_hour: OrePerHour | None = None
    standby_ore_per_hour: OrePerHour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What is known of her average week.

    `worked_minutes` in the half-open days [`worked_from`, `worked_to`) for somebody without agreed hours;
    `supplements_ore` is what supplements come to in an average week.
    """

    agreed_minutes: Minutes | None = None
    worked_minutes: Minutes | None = None
    worked_from: date | None = None
    worked_to: date | None = None
    supplements_ore: Ore | None = None


# --- what happened ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """An unbroken absence, from its first to its last sick day.

    `certificate_from` is the first day a doctor's certificate covers; `first_day_back_on` the first day worked again.
    """

    row: int
    first_on: date
    last_on: date
    cause: Cause = Cause.SICKNESS
    notified_on: date | None = None
    certificate_from: date | None = None
    first_day_back_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSpell:
    """An absence before the claim, and what of the qualifying deduction it has taken."""

    row: int
    first_on: date
    last_on: date
    deducted_ore: Ore | None = None
    deducted_minutes: Fraction | None = None
    deducted_in_full: bool = False
    first_day_back_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Pay on top of the hourly pay, for a whole shift or for [`start_at`, `end_at`) of it.

    `code` is a dated number, or `ore_per_hour` an amount.
    """

    name: str
    code: str | None = None
    ore_per_hour: OrePerHour | None = None
    start_at: Instant | None = None
    end_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SickShift:
    """A piece of one day that she should have worked and did not.

    `is_by_clock` False: only how long it was is known, not when. `is_covered`: whether a substitute worked all of it;
    None leaves that to the substitutes' own shifts. `is_elsewhere`: with another recipient, claimed from somebody else.
    """

    row: int
    work_on: date
    start_at: Instant
    minutes: int
    kind: TimeKind = TimeKind.ACTIVE
    supplements: tuple[Supplement, ...] = ()
    is_by_clock: bool = True
    is_covered: bool | None = None
    is_elsewhere: bool = False

    @property
    def end_at(self) -> Instant:
        """The moment it should have ended."""
        return Instant(self.start_at + self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteShift:
    """A piece of time that a substitute worked; `was_ill` when she was ill herself and did not."""

    row: int
    start_at: Instant
    end_at: Instant
    was_ill: bool = False


# --- what was paid and claimed ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOut:
    """The day the pay for a month's sickness is paid out."""

    month_on: date
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedContributions:
    """What the employer says of the contributions: the rate really paid, the month's or the year's pay."""

    percent: Fraction | None = None
    pay_of_month_ore: Ore | None = None
    pay_of_year_ore: Ore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCost:
    """A cost that the agreement brings, in percent of sick pay and holiday pay; `code` is a dated number.

    `pension_percent` is the part of it that is pension premium.
    """

    name: str
    code: str | None = None
    percent: Fraction | None = None
    pension_percent: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCompensation:
    """What the employer has had from the state for sick pay of the days [`paid_from`, `paid_to`).

    `ore` is what came in. `of_cost_ore` is the employer's whole sick-pay cost that it was for, when it is to be shared
    with other recipients or municipalities. `wage_sum_ore` is the month's wage sum, where the state's part follows it.
    """

    row: int
    kind: CompensationKind
    paid_from: date
    paid_to: date
    ore: Ore | None = None
    of_cost_ore: Ore | None = None
    wage_sum_ore: Ore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What was applied for: a cost by name, for one sick-pay period (counted from 1 in time order).

    `spell` is the row of an absence for another cause than sickness, which belongs to no sick-pay period.
    """

    row: int
    item: CostItem
    ore: Ore
    occasion: int | None = None
    spell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A cost that a paper shows the employer has had for an absence for another cause than sickness.

    `evidence` says which paper, and where in it; `spell` is the absence's row, None when there is only one.
    """

    row: int
    item: CostItem
    ore: Ore
    evidence: str
    spell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payslip:
    """What the payslip says of a sick-pay period, to lay beside the schedule.

    `daily_pay_ore` and `deduction_ore` are what two ways of counting the deduction start from.
    """

    occasion: int | None = None
    sick_minutes: Minutes | None = None
    hourly_ore: OrePerHour | None = None
    deduction_ore: Ore | None = None
    daily_pay_ore: Ore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SickCase:
    """Everything one assistant's sick cost is worked out from.

    Only what was lost in [`claim_from`, `claim_to`) is claimed; what lies outside still uses up the qualifying
    deduction and the days. `deductions_on` are the first days of the sick-pay periods of the last year in which a
    qualifying day or deduction was taken; None when the employer has not said. `agreement` is a pack's code, ""
    when there is none. `data_came_before` False: the provider had not handed in its monthly hours (LSS 11 a §).
    """

    assistant: Assistant
    employer: Employer
    agreement: str
    pay: tuple[Pay, ...]
    week: Week
    spells: tuple[Spell, ...]
    shifts: tuple[SickShift, ...]
    substitutes: tuple[SubstituteShift, ...]
    earlier: tuple[EarlierSpell, ...]
    deductions_on: tuple[date, ...] | None
    has_high_risk_protection: bool
    claim_from: date
    claim_to: date
    paid_on: date
    pay_outs: tuple[PayOut, ...]
    contributions: StatedContributions
    agreement_costs: tuple[AgreementCost, ...]
    compensations: tuple[StateCompensation, ...]
    claimed: tuple[Claimed, ...]
    payslips: tuple[Payslip, ...]
    settings: tuple[SickCostSettings, ...]
    data_came_before: bool | None = None
    is_paid_already: bool | None = None
    shown: tuple[Shown, ...] = ()

    @property
    def asks_for_real_costs(self) -> bool:
        """Whether there is anything to work out: nothing was claimed at all, or something that can be owed."""
        return not self.claimed or any(one.item in PAYABLE for one in self.claimed)

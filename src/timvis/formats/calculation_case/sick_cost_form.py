"""The written form of a `sick_cost` case: every table an official may write, and what each key takes."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    Cause,
    CertificateDays,
    ClaimCovers,
    CompensationCovers,
    DeductionLine,
    DeductionMethod,
    HolidayBase,
    HourlySickPay,
    PaidCost,
    PartlyCovered,
    PensionTax,
    RefusedCost,
    RelapseCount,
    ShortFirstDay,
    SocialFees,
    WeekPay,
    WithoutCertificate,
)
from timvis.core.identity import birth_date, luhn_is_right
from timvis.core.records import ProviderKind, TimeKind
from timvis.formats.calculation_case.hourly import Clock, Hours, Written

Thing = TypeVar("Thing")


def _one_or_several(value: Any) -> Any:
    """Let a table that stands once be written [so], and one that stands several times [[so]]."""
    return [value] if isinstance(value, dict) else value


def _number(text: str) -> str:
    number_of(text)
    return text


def number_of(text: str) -> Fraction:
    """Return a written number, "31.42" or "1/3". Raises ValueError when it is none, or below zero."""
    try:
        number = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"”{text}” är inget tal") from error
    if number < 0:
        raise ValueError(f"{text} är mindre än noll")
    return number


Number = Annotated[str, AfterValidator(_number), Field(description='Ett tal som text: "31.42", "1.4" eller "1/3".')]
Several = Annotated[tuple[Thing, ...], BeforeValidator(_one_or_several)]
"""A table that may stand once or several times."""


def _person_number(text: str) -> str:
    digits = text.replace("-", "")
    if digits and (birth_date(digits) is None or not luhn_is_right(digits[-10:])):
        raise ValueError(f"”{text}” är inget personnummer med tolv siffror")
    return digits


PersonNumber = Annotated[str, AfterValidator(_person_number), Field(description="Personnummer: ÅÅÅÅMMDD-NNNN.")]


class WrittenEmployment(Written):
    """One agreed employment with the same employer; `to` is the first day after it."""

    from_: date = Field(alias="from")
    to: date | None = None


class WrittenAssistant(Written):
    """The assistant who was ill; `number` and `name` tell who she is, where somebody has to know."""

    number: PersonNumber = ""
    name: str = ""
    born_year: int | None = Field(default=None, gt=1900)
    is_regular: bool = True
    sick_days_of_year: int | None = Field(default=None, ge=0)
    employment: Several[WrittenEmployment] = ()


class WrittenEmployer(Written):
    """Her employer."""

    kind: ProviderKind = ProviderKind.COMPANY
    was_paid_by_agency: bool | None = None
    is_private_person: bool = False


class WrittenPay(Written):
    """Her pay from a day on (left out: always)."""

    from_: date = Field(default=date.min, alias="from")
    hourly_ore: int | None = Field(default=None, gt=0)
    monthly_ore: int | None = Field(default=None, gt=0)
    hours_per_month: Number | None = None
    waiting_ore_per_hour: int | None = Field(default=None, ge=0)
    standby_ore_per_hour: int | None = Field(default=None, ge=0)


class WrittenWeek(Written):
    """Her average week: as agreed, or as worked over a time back."""

    agreed_hours: Hours | None = None
    worked_hours: Hours | None = None
    worked_from: date | None = None
    worked_to: date | None = None
    supplements_ore: int | None = Field(default=None, ge=0)


class WrittenSpell(Written):
    """An unbroken absence; `last_on` is the last sick day."""

    first_on: date
    last_on: date
    cause: Cause = Cause.SICKNESS
    notified_on: date | None = None
    certificate_from: date | None = None
    first_day_back_on: date | None = None


class WrittenEarlier(Written):
    """An absence before the claim, and what of the qualifying deduction it took."""

    first_on: date
    last_on: date
    deducted_ore: int | None = Field(default=None, ge=0)
    deducted_hours: Number | None = None
    deducted_in_full: bool = False
    first_day_back_on: date | None = None


class WrittenSupplement(Written):
    """A supplement on the whole shift, or between two clock times each day it touches."""

    name: str
    from_: Clock | None = Field(default=None, alias="from")
    to: Clock | None = None
    code: str | None = None
    ore_per_hour: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _has_both_ends(self) -> "WrittenSupplement":
        if (self.from_ is None) != (self.to is None):
            raise ValueError("ange både from och to, eller inget av dem för hela passet")
        return self


class WrittenShift(Written):
    """A shift she should have worked: by the clock, or as a number of hours."""

    on: date
    from_: Clock | None = Field(default=None, alias="from")
    to: Clock | None = None
    hours: Hours | None = None
    kind: TimeKind = TimeKind.ACTIVE
    substitute: bool | None = None
    elsewhere: bool = False
    supplement: Several[WrittenSupplement] = ()

    @model_validator(mode="after")
    def _is_one_thing(self) -> "WrittenShift":
        by_clock = self.from_ is not None and self.to is not None
        if (self.hours is None) != by_clock or (self.from_ is None) != (self.to is None):
            raise ValueError("ange antingen hours, eller from och to")
        return self


class WrittenSubstitute(Written):
    """A shift that a substitute worked; `was_ill` when she was ill herself."""

    on: date
    from_: Clock = Field(alias="from")
    to: Clock
    was_ill: bool = False


class WrittenPayOut(Written):
    """When the pay for a month is paid out, where it differs from `paid_on`."""

    month: date
    on: date


class WrittenContributions(Written):
    """What the employer says of the contributions."""

    percent: Number | None = None
    pay_of_month_ore: int | None = Field(default=None, gt=0)
    pay_of_year_ore: int | None = Field(default=None, gt=0)


class WrittenAgreementCost(Written):
    """A cost by agreement, in percent of sick pay and holiday pay."""

    name: str
    code: str | None = None
    percent: Number | None = None
    pension_percent: Number = "0"


class WrittenCompensation(Written):
    """What the employer has had from the state; `to` is the first day after."""

    kind: core.CompensationKind
    from_: date = Field(alias="from")
    to: date
    ore: int | None = Field(default=None, ge=0)
    of_cost_ore: int | None = Field(default=None, gt=0)
    wage_sum_ore: int | None = Field(default=None, gt=0)


class WrittenClaimed(Written):
    """A cost as it was applied for."""

    item: core.CostItem
    ore: int
    occasion: int | None = Field(default=None, gt=0)
    spell: int | None = Field(default=None, gt=0)


class WrittenShown(Written):
    """A cost that a paper shows, for an absence for another cause than sickness; `evidence` says which paper."""

    item: core.CostItem
    ore: int
    evidence: str = Field(min_length=1)
    spell: int | None = Field(default=None, gt=0)


class WrittenPayslip(Written):
    """What the payslip says."""

    occasion: int | None = Field(default=None, gt=0)
    sick_hours: Hours | None = None
    hourly_ore: int | None = Field(default=None, gt=0)
    deduction_ore: int | None = Field(default=None, ge=0)
    daily_pay_ore: int | None = Field(default=None, gt=0)


class WrittenSettings(Written):
    """The routine's choices, for sick-pay periods that begin in [`valid_from`, `valid_to`)."""

    valid_from: date = date.min
    valid_to: date | None = None
    claim_covers: tuple[ClaimCovers, ...] | None = None
    claim_most_assistants: int | None = Field(default=None, gt=0)
    without_certificate: WithoutCertificate | None = None
    certificate_from_day: int | None = Field(default=None, gt=0)
    certificate_days: CertificateDays | None = None
    absence_causes: tuple[Cause, ...] | None = None
    cost_items: tuple[PaidCost, ...] | None = None
    refused_items: tuple[RefusedCost, ...] | None = None
    social_fees: SocialFees | None = None
    deduction_line: DeductionLine = DeductionLine.OWN_LINE
    pension_tax: PensionTax | None = None
    holiday_compensation_base: HolidayBase | None = None
    deduction_method: DeductionMethod | None = None
    deduction_daily_factor: Number | None = None
    deduction_fixed_ore: int | None = Field(default=None, gt=0)
    deduction_week_pay: WeekPay | None = None
    average_week: AverageWeek | None = None
    average_week_months: int | None = Field(default=None, gt=0)
    short_first_day: ShortFirstDay | None = None
    relapse_counts_from: RelapseCount | None = None
    partly_covered: PartlyCovered | None = None
    state_compensation_covers: CompensationCovers | None = None
    hourly_sick_pay: HourlySickPay = HourlySickPay.EXACT
    tolerance_ore: int = Field(default=0, ge=0)


class WrittenAbsence(Written):
    """What is applied for: one assistant's absence, who stood in, what was paid. The routine makes the choices."""

    kind: Literal["sick_cost"]
    title: str = ""
    claim_from: date | None = None
    claim_to: date | None = None
    paid_on: date
    agreement: str = ""
    deductions_on: tuple[date, ...] | None = None
    special_high_risk: bool = False
    data_came_before: bool | None = None
    is_paid_already: bool | None = None
    assistant: WrittenAssistant = WrittenAssistant()
    employer: WrittenEmployer = WrittenEmployer()
    pay: Several[WrittenPay] = ()
    week: WrittenWeek = WrittenWeek()
    spell: Several[WrittenSpell] = Field(min_length=1)
    earlier: Several[WrittenEarlier] = ()
    shift: Several[WrittenShift] = ()
    substitute: Several[WrittenSubstitute] = ()
    pay_out: Several[WrittenPayOut] = ()
    contributions: WrittenContributions = WrittenContributions()
    agreement_cost: Several[WrittenAgreementCost] = ()
    state_compensation: Several[WrittenCompensation] = ()
    claimed: Several[WrittenClaimed] = ()
    shown: Several[WrittenShown] = ()
    payslip: Several[WrittenPayslip] = ()


class WrittenSickCost(WrittenAbsence):
    """A sick-cost case: an absence, and the routine's choices beside it."""

    settings: Several[WrittenSettings] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)

"""What a routine chooses about a sick cost, as a closed catalogue: the word, what it decides, and what each can be.

`v` is the number of the variation point in the survey of the municipalities' routines, so that a catalogue of all
settings can be laid over this one. A choice left out is asked for where it matters: none is ever made here. What the
law or an agreement decides (whether there is a qualifying day or a deduction, a percentage) is no setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from timvis.core.quantities import Ore


class HolidayBase(StrEnum):
    """What holiday pay is a percentage of."""

    PAID_SICK_PAY = "paid_sick_pay"
    ORDINARY_PAY_ALL_HOURS = "ordinary_pay_all_hours"
    ORDINARY_PAY_AFTER_DEDUCTION = "ordinary_pay_after_deduction"


class DeductionMethod(StrEnum):
    """How large a qualifying deduction is, and in what it is counted."""

    AMOUNT = "amount"
    HOURS = "hours"
    DAILY_FACTOR = "daily_factor"
    AS_ON_PAYSLIP = "as_on_payslip"
    FIXED_AMOUNT = "fixed_amount"
    REPRESENTATIVE_PERIOD = "representative_period"


class WeekPay(StrEnum):
    """What the average week's pay of a deduction in kronor holds."""

    BASE_PAY = "base_pay"
    BASE_PAY_AND_SUPPLEMENTS = "base_pay_and_supplements"


class AverageWeek(StrEnum):
    """Where the hours of an average week come from."""

    AGREED = "agreed"
    WORKED = "worked"


class ShortFirstDay(StrEnum):
    """What becomes of the rest of a deduction when somebody is ill for one day only."""

    REST_IS_CARRIED = "rest_is_carried"
    DAY_IS_ENOUGH = "day_is_enough"


class RelapseCount(StrEnum):
    """Which day is the first when the days until a relapse are counted."""

    DAY_AFTER_LAST_SICK_DAY = "day_after_last_sick_day"
    FIRST_WORKING_DAY_BACK = "first_working_day_back"


class PartlyCovered(StrEnum):
    """Which hours bear the deduction when a substitute worked only some of them."""

    FIRST_HOURS_IN_TIME_ORDER = "first_hours_in_time_order"
    SPREAD_OVER_ALL_HOURS = "spread_over_all_hours"


class WithoutCertificate(StrEnum):
    """What is done with the days that need a doctor's certificate and have none: a routine's words of its papers."""

    ASK = "ask"
    PAYMENT_WAITS = "payment_waits"
    REFUSE = "refuse"
    NOTHING_FROM_THAT_DAY = "nothing_from_that_day"


class CertificateDays(StrEnum):
    """Whether the days until a certificate is needed begin again at a relapse."""

    EACH_SPELL = "each_spell"
    WHOLE_PERIOD = "whole_period"


class ClaimCovers(StrEnum):
    """What one application may be about; a routine that states several takes any of them."""

    OCCASION = "occasion"
    CALENDAR_MONTH = "calendar_month"
    MONTH_WITH_ALL_ASSISTANTS = "month_with_all_assistants"
    ASSISTANT_WITH_SEVERAL_PERIODS = "assistant_with_several_periods"
    HALF_YEAR = "half_year"
    INVOICE = "invoice"


class Cause(StrEnum):
    """Why an assistant was away."""

    SICKNESS = "sickness"
    CARE_OF_CHILD = "care_of_child"
    PREGNANCY = "pregnancy"
    PARENTAL_LEAVE = "parental_leave"


class PaidCost(StrEnum):
    """A cost that a routine names among those it pays; the last two say that it stands on a line of its own."""

    SICK_PAY = "sick_pay"
    HOLIDAY_PAY = "holiday_pay"
    AGREEMENT_COSTS = "agreement_costs"
    SOCIAL_FEES = "social_fees"
    INSURANCES = "insurances"
    UNSOCIAL_HOURS = "unsocial_hours"
    WAITING_TIME = "waiting_time"


class RefusedCost(StrEnum):
    """A cost that a routine names among those it never pays."""

    SPECIAL_SICKNESS_CHARGE = "special_sickness_charge"
    ADMINISTRATION = "administration"
    INTEREST = "interest"
    EDUCATION = "education"


class SocialFees(StrEnum):
    """Where the rate of the employer contributions comes from."""

    BY_AGE_AS_LAW_SAYS = "by_age_as_law_says"
    AS_SHOWN = "as_shown"


class DeductionLine(StrEnum):
    """Whether the qualifying deduction is a line of its own."""

    OWN_LINE = "own_line"
    IN_SICK_PAY = "in_sick_pay"


class PensionTax(StrEnum):
    """Whether the special payroll tax on pension premiums is a cost that the agreement brings."""

    INCLUDED = "included"
    LEFT_OUT = "left_out"


class CompensationCovers(StrEnum):
    """Which costs the state's compensation for sick pay is set against."""

    SICK_PAY = "sick_pay"
    SICK_PAY_AND_CONTRIBUTIONS = "sick_pay_and_contributions"


class HourlySickPay(StrEnum):
    """Whether an hour's sick pay is rounded before it is multiplied."""

    EXACT = "exact"
    ROUNDED_TO_ORE = "rounded_to_ore"


@dataclass(frozen=True, slots=True, kw_only=True)
class SickCostSettings:
    """The choices in force for the sick-pay periods that begin on a day in [`valid_from`, `valid_to`).

    None means that the routine has not said. The three with a value are how the answer looks, not how large it is,
    and `tolerance_ore` 0 accepts no difference.
    """

    valid_from: date = date.min
    valid_to: date | None = None
    claim_covers: tuple[ClaimCovers, ...] | None = None
    claim_most_assistants: int | None = None
    without_certificate: WithoutCertificate | None = None
    certificate_from_day: int | None = None
    certificate_days: CertificateDays | None = None
    absence_causes: tuple[Cause, ...] | None = None
    cost_items: tuple[PaidCost, ...] | None = None
    refused_items: tuple[RefusedCost, ...] | None = None
    social_fees: SocialFees | None = None
    deduction_line: DeductionLine = DeductionLine.OWN_LINE
    pension_tax: PensionTax | None = None
    holiday_compensation_base: HolidayBase | None = None
    deduction_method: DeductionMethod | None = None
    deduction_daily_factor: Fraction | None = None
    deduction_fixed_ore: Ore | None = None
    deduction_week_pay: WeekPay | None = None
    average_week: AverageWeek | None = None
    average_week_months: int | None = None
    short_first_day: ShortFirstDay | None = None
    relapse_counts_from: RelapseCount | None = None
    partly_covered: PartlyCovered | None = None
    state_compensation_covers: CompensationCovers | None = None
    hourly_sick_pay: HourlySickPay = HourlySickPay.EXACT
    tolerance_ore: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether these choices are for a sick-pay period that begins on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return every choice made, as a statement keeps it."""
        made = ((code, getattr(self, code)) for code in _CODES)
        return tuple((code, _as_told(value)) for code, value in made if value is not None)


def _as_told(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One choice: its code, its variation points, what it decides, and what it can be.

    `values` gives each word its Swedish reading; empty when the value is a number.
    """

    code: str
    v: tuple[str, ...]
    decides: str
    values: Mapping[str, str]


def _setting(code: str, v: str, decides: str, /, **values: str) -> Setting:
    return Setting(code=code, v=tuple(v.split()), decides=decides, values=MappingProxyType(values))


SETTINGS = (
    _setting(
        "claim_covers",
        "V4",
        "vad en ansökan får omfatta",
        occasion="ett sjuktillfälle",
        calendar_month="högst en kalendermånad",
        month_with_all_assistants="en månad och en brukare, med alla assistenter",
        assistant_with_several_periods="en assistent, med flera perioder",
        half_year="ett halvår",
        invoice="en faktura, som kan gälla flera brukare och månader",
    ),
    _setting("claim_most_assistants", "V4", "hur många assistenter en ansökan får gälla"),
    _setting(
        "without_certificate",
        "V10",
        "vad som händer med de dagar som kräver läkarintyg och inte har det",
        ask="handläggaren frågar",
        payment_waits="inget betalas innan intyget har kommit",
        refuse="dagarna avslås",
        nothing_from_that_day="ingenting ersätts från den dagen",
    ),
    _setting("certificate_from_day", "V10", "från vilken sjukdag ett läkarintyg krävs, aldrig tidigare än lagens"),
    _setting(
        "certificate_days",
        "V10 V20",
        "om dagarna till läkarintyget räknas om vid återinsjuknande",
        each_spell="varje sjukdomsfall för sig",
        whole_period="hela sjuklöneperioden i följd",
    ),
    _setting(
        "absence_causes",
        "V11",
        "vilken frånvaro som ersätts",
        sickness="sjukdom",
        care_of_child="vård av barn",
        pregnancy="havandeskap",
        parental_leave="föräldraledighet",
    ),
    _setting(
        "cost_items",
        "V12",
        "vilka kostnader som ingår, och om OB och väntetid är egna rader",
        sick_pay="sjuklön",
        holiday_pay="semesterersättning",
        agreement_costs="kostnader enligt avtal",
        social_fees="sociala avgifter",
        insurances="försäkringar",
        unsocial_hours="OB-ersättning, på egen rad",
        waiting_time="väntetid, på egen rad",
    ),
    _setting(
        "refused_items",
        "V13",
        "vilka kostnader som aldrig ersätts",
        special_sickness_charge="särskild sjukförsäkringsavgift",
        administration="administration",
        interest="ränta",
        education="utbildning",
    ),
    _setting(
        "social_fees",
        "V23",
        "varifrån satsen för de sociala avgifterna tas",
        by_age_as_law_says="efter assistentens ålder, med lagens tal",
        as_shown="som arbetsgivaren visar, dock högst lagens tal",
    ),
    _setting(
        "deduction_line",
        "V21",
        "om karensavdraget är en egen rad",
        own_line="egen rad",
        in_sick_pay="redan draget från sjuklönens rad",
    ),
    _setting(
        "pension_tax",
        "V12",
        "om särskild löneskatt på pensionspremien ersätts",
        included="ersätts",
        left_out="ersätts inte",
    ),
    _setting(
        "holiday_compensation_base",
        "V14 V15",
        "vad semesterersättningen räknas på",
        paid_sick_pay="den sjuklön som betalas ut",
        ordinary_pay_all_hours="ordinarie lön för alla sjuktimmar, också karensen",
        ordinary_pay_after_deduction="ordinarie lön för timmarna efter karensen",
    ),
    _setting(
        "deduction_method",
        "V16 V17",
        "hur karensavdraget räknas",
        amount="ett belopp: del av en genomsnittlig veckas sjuklön",
        hours="timmar: första delen av en genomsnittlig veckas arbetstid, med OB och jour",
        daily_factor="en dags sjuklön gånger en faktor",
        as_on_payslip="det belopp som lönebeskedet visar",
        fixed_amount="ett fast belopp",
        representative_period="ett belopp, av veckosnittet i en representativ period",
    ),
    _setting("deduction_fixed_ore", "V17", "karensavdraget när det är ett fast belopp"),
    _setting("deduction_daily_factor", "V17", "faktorn när karensavdraget är en dags sjuklön gånger en faktor"),
    _setting(
        "deduction_week_pay",
        "V17",
        "vad en genomsnittlig veckas lön innehåller",
        base_pay="grundlön",
        base_pay_and_supplements="grundlön och genomsnittliga tillägg",
    ),
    _setting(
        "average_week",
        "V18",
        "varifrån en genomsnittlig veckas timmar tas",
        agreed="avtalad tjänstgöringsgrad",
        worked="arbetade timmar i en tid bakåt",
    ),
    _setting("average_week_months", "V18", "hur många månader bakåt en genomsnittlig vecka räknas av arbetade timmar"),
    _setting(
        "short_first_day",
        "V19",
        "vad som händer med resten av karensavdraget efter en enda sjukdag",
        rest_is_carried="resten dras vid återinsjuknande",
        day_is_enough="den dagens sjuklön är hela avdraget",
    ),
    _setting(
        "relapse_counts_from",
        "V20",
        "från vilken dag de fem dagarna till ett återinsjuknande räknas",
        day_after_last_sick_day="dagen efter den sista sjukdagen",
        first_working_day_back="den första arbetsdagen tillbaka",
    ),
    _setting(
        "partly_covered",
        "V9",
        "vilka timmar karensavdraget tas från när bara en del har haft vikarie",
        first_hours_in_time_order="de första sjuktimmarna i tidsordning",
        spread_over_all_hours="jämnt över alla sjuktimmar",
    ),
    _setting(
        "state_compensation_covers",
        "V22",
        "vilka kostnader statens ersättning för sjuklön räknas av mot",
        sick_pay="sjuklönen",
        sick_pay_and_contributions="sjuklönen och arbetsgivaravgifterna på den",
    ),
    _setting(
        "hourly_sick_pay",
        "V17",
        "om timmens sjuklön avrundas före multiplikationen",
        exact="nej, bara raden avrundas",
        rounded_to_ore="ja, till öre",
    ),
    _setting("tolerance_ore", "V21", "hur många öre en begärd rad får skilja från den räknade utan att ändras"),
)

CATALOGUE: Mapping[str, Setting] = MappingProxyType({setting.code: setting for setting in SETTINGS})
_CODES = tuple(field.name for field in fields(SickCostSettings) if field.name in CATALOGUE)

"""The closed words of the law's data: units, what picks a row, and what kind of source binds.

A unit says how its values are written, so that a percentage can never be read as a number of days. A word
that is not listed here is a fault in the data, not a new unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Shape(StrEnum):
    """How a value is written and read."""

    DECIMAL = "decimal"  # money, rates, percentages, hours: exact decimals
    COUNT = "count"  # whole days, months, years
    COUNTS = "counts"  # one whole number, or several with commas between
    FRACTION = "fraction"  # a conversion factor such as 1/4
    FLAG = "flag"  # true or false
    TEXT = "text"  # a code, or a rule that no number holds


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the data with its Swedish and English reading."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the shape of its values and how it is read aloud after one."""

    shape: Shape
    sv: str
    en: str


UNITS: Final[Mapping[str, Unit]] = {
    "SEK": Unit(Shape.DECIMAL, "kr", "SEK"),
    "SEK/hour": Unit(Shape.DECIMAL, "kr per timme", "SEK per hour"),
    "SEK/month": Unit(Shape.DECIMAL, "kr per månad", "SEK per month"),
    "SEK/half-year": Unit(Shape.DECIMAL, "kr per halvår", "SEK per half-year"),
    "SEK/year": Unit(Shape.DECIMAL, "kr per år", "SEK per year"),
    "percent": Unit(Shape.DECIMAL, "procent", "percent"),
    "percentage_points": Unit(Shape.DECIMAL, "procentenheter", "percentage points"),
    "percent_of_average_weekly_sick_pay": Unit(
        Shape.DECIMAL, "procent av en genomsnittlig veckas sjuklön", "percent of average weekly sick pay"
    ),
    "percent_of_monthly_pay_per_day": Unit(
        Shape.DECIMAL, "procent av månadslönen per dag", "percent of monthly pay per day"
    ),
    "percent_of_weekly_pay_per_day": Unit(
        Shape.DECIMAL, "procent av veckolönen per dag", "percent of weekly pay per day"
    ),
    "percent_of_pension_premium": Unit(Shape.DECIMAL, "procent av pensionspremien", "percent of the premium"),
    "hours": Unit(Shape.DECIMAL, "timmar", "hours"),
    "hours/day": Unit(Shape.DECIMAL, "timmar per dygn", "hours per day"),
    "hours/week": Unit(Shape.DECIMAL, "timmar per vecka", "hours per week"),
    "hours/7 days": Unit(Shape.DECIMAL, "timmar per sju dagar", "hours per seven days"),
    "hours/4 weeks": Unit(Shape.DECIMAL, "timmar per fyra veckor", "hours per four weeks"),
    "hours/month": Unit(Shape.DECIMAL, "timmar per månad", "hours per month"),
    "hours/year": Unit(Shape.DECIMAL, "timmar per år", "hours per year"),
    "assistance_hours_per_hour": Unit(Shape.FRACTION, "assistanstimme per timme", "assistance hours per hour"),
    "working_hours_per_hour": Unit(Shape.FRACTION, "arbetstimme per timme", "working hours per hour"),
    "day": Unit(Shape.COUNT, "dag", "day"),
    "days": Unit(Shape.COUNT, "dagar", "days"),
    "calendar_days": Unit(Shape.COUNT, "kalenderdagar", "calendar days"),
    "working_days": Unit(Shape.COUNT, "arbetsdagar", "working days"),
    "weeks": Unit(Shape.COUNT, "veckor", "weeks"),
    "months": Unit(Shape.COUNT, "månader", "months"),
    "years": Unit(Shape.COUNT, "år", "years"),
    "day_of_month": Unit(Shape.COUNTS, "(dag i månaden)", "(day of the month)"),
    "weekday_of_month": Unit(Shape.COUNT, "(vardag i månaden, räknad från 1)", "(weekday of the month, from 1)"),
    "day_of_sick_period": Unit(Shape.COUNT, "(dag i sjukperioden)", "(day of the sick period)"),
    "days_per_earning_year": Unit(Shape.COUNT, "dagar per intjänandeår", "days per earning year"),
    "deductions_per_12_months": Unit(Shape.COUNT, "karensavdrag per tolv månader", "deductions per twelve months"),
    "months_after_payment_month": Unit(
        Shape.COUNT, "månader efter utbetalningsmånaden", "months after the month of payment"
    ),
    "months_after_period_end": Unit(Shape.COUNT, "månader efter periodens slut", "months after the end of the period"),
    "months_before_application_month": Unit(
        Shape.COUNT, "månad före ansökningsmånaden", "months before the month of application"
    ),
    "years_after_fiscal_year": Unit(Shape.COUNT, "år efter räkenskapsåret", "years after the fiscal year"),
    "bool": Unit(Shape.FLAG, "", ""),
    "code": Unit(Shape.TEXT, "", ""),
    "date-rule": Unit(Shape.TEXT, "", ""),
    "formula": Unit(Shape.TEXT, "", ""),
    "legal-reference": Unit(Shape.TEXT, "", ""),
    "list": Unit(Shape.TEXT, "", ""),
    "rule": Unit(Shape.TEXT, "", ""),
    "term": Unit(Shape.TEXT, "", ""),
    "workflow": Unit(Shape.TEXT, "", ""),
}

ORE_PER_HOUR_UNITS: Final = frozenset({"SEK/hour"})
ORE_UNITS: Final = frozenset({"SEK", "SEK/month", "SEK/half-year", "SEK/year"})
HOUR_UNITS: Final = frozenset(unit for unit in UNITS if unit.split("/")[0] == "hours")
PERCENT_UNITS: Final = frozenset(unit for unit in UNITS if unit.startswith("percent"))

SELECT_BY: Final[Mapping[str, Word]] = {
    "performed_on": Word("dagen då arbetet utfördes", "the day the work was done"),
    "performed_month": Word("månaden då arbetet utfördes", "the month the work was done"),
    "paid_on": Word("dagen då lönen betalades ut", "the day the pay was paid out"),
    "payment_month": Word("utbetalningsmånaden", "the month of payment"),
    "decision_on": Word("beslutsdagen", "the day of the decision"),
    "application_on": Word("ansökningsdagen", "the day of the application"),
    "received_on": Word("dagen då handlingen kom in", "the day it was received"),
    "notified_on": Word("dagen för delgivning eller besked", "the day of notification"),
    "change_on": Word("dagen för ändringen", "the day of the change"),
    "change_month": Word("månaden då ändringen börjar gälla", "the month the change takes effect"),
    "calendar": Word("kalendern", "the calendar"),
    "calendar_month": Word("kalendermånaden", "the calendar month"),
    "calendar_year": Word("kalenderåret", "the calendar year"),
    "period_end": Word("periodens sista dag", "the last day of the period"),
    "available_on": Word("dagen då beloppet kunde lyftas", "the day the amount became available"),
    "accrual_day": Word("dagen som räntan löper på", "the day the interest accrues"),
    "earned_on": Word("dagen då lönen tjänades in", "the day the pay was earned"),
    "earning_year": Word("intjänandeåret", "the earning year"),
    "holiday_year": Word("semesteråret", "the holiday year"),
    "sick_period_start": Word("sjukperiodens första dag", "the first day of the sick period"),
    "sick_period_end": Word("sjuklöneperiodens sista dag", "the last day of the sick-pay period"),
    "employment_start": Word("anställningens första dag", "the first day of the employment"),
    "hired_on": Word("anställningsdagen", "the day of hiring"),
    "breach_on": Word("dagen för överträdelsen", "the day of the breach"),
    "last_note_on": Word("dagen för sista anteckningen", "the day of the last note"),
    "fiscal_year_end": Word("räkenskapsårets sista dag", "the last day of the fiscal year"),
    "document_on": Word("handlingens dag", "the day of the document"),
    "birth_date": Word("födelsedagen", "the date of birth"),
    "case_closed_on": Word("dagen då ärendet avslutades", "the day the case was closed"),
    "claim_received_on": Word("dagen då fordran kom in", "the day the claim was received"),
    "claim_arose_on": Word("dagen då fordran uppkom", "the day the claim arose"),
    "contract_on": Word("avtalsdagen", "the day of the contract"),
    "supplied_on": Word("dagen då tjänsten lämnades", "the day of supply"),
    "booked_on": Word("bokföringsdagen", "the day of booking"),
    "ordered_on": Word("beställningsdagen", "the day of the order"),
    "service_start": Word("insatsens första dag", "the first day of the service"),
    "service_end": Word("insatsens sista dag", "the last day of the service"),
    "any": Word("vilken dag som helst", "any day"),
}

KINDS: Final[Mapping[str, Word]] = {
    "law": Word("lag", "act"),
    "regulation": Word("förordning eller föreskrift", "ordinance or regulation"),
    "court": Word("domstols avgörande", "court decision"),
    "agreement": Word("kollektivavtal (binder parterna)", "collective agreement (binds its parties)"),
    "agency-practice": Word("myndighets eller SKR:s praxis (binder ingen)", "practice (binds nobody)"),
    "local-routine": Word("kommunens egen rutin (gäller bara där)", "the municipality's own routine"),
    "derived": Word("härlett ur andra värden", "derived from other numbers"),
}

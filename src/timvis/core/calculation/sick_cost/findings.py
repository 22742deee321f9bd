"""What a sick cost is objected to for: the closed list of findings, and the notes a calculation gathers on its way.

A doubt is always a finding: the amount beside it is what the law file says, and the sentence says what may change it.
What is missing and cannot be done without is a fault, gathered with all others; nothing is ever filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from timvis.core.calculation.sick_cost.settings import CATALOGUE
from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Grain, Severity

Choice = TypeVar("Choice")
SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Objection:
    """A kind of finding: how heavy, what it is called, and what it rests on."""

    severity: Severity
    label: str
    cites: tuple[str, ...]


def _one(severity: Severity, label: str, *cites: str) -> Objection:
    return Objection(severity, label, cites)


OBJECTIONS: Mapping[str, Objection] = MappingProxyType(
    {
        # what is refused
        "no_substitute_worked": _one(Severity.REFUSES, "Ingen vikarie arbetade", "HFD 2015 ref 72"),
        "substitute_was_ill": _one(Severity.REFUSES, "Vikarien var själv sjuk", "KR Sundsvall 1345-17"),
        "assistant_was_a_substitute": _one(
            Severity.REFUSES, "Den sjuka var själv vikarie", "KR Sundsvall 1345-17", "LSS 9 § 2"
        ),
        "day_was_after_the_sick_pay_period": _one(
            Severity.REFUSES, "Dagen ligger efter sjuklöneperioden", "sjuklönelagen 7 §"
        ),
        "day_was_before_the_sick_notice": _one(Severity.REFUSES, "Dagen ligger före sjukanmälan", "sjuklönelagen 8 §"),
        "employment_gave_no_right_that_day": _one(
            Severity.REFUSES, "Anställningen gav ingen rätt till sjuklön den dagen", "sjuklönelagen 3 §"
        ),
        "certificate_was_missing": _one(Severity.REFUSES, "Läkarintyg saknas", "sjuklönelagen 8 §"),
        "own_employer_was_already_paid": _one(
            Severity.REFUSES, "Försäkringskassan har redan betalat", "förordning (1993:1091) 6 §"
        ),
        "cause_is_not_paid_for": _one(Severity.REFUSES, "Rutinen ersätter inte den frånvaron", "LSS 9 § 2"),
        "cost_is_never_an_extra_cost": _one(
            Severity.REFUSES, "Kostnaden är ingen merkostnad", "LSS 9 § 2", "SKL cirkulär 2006:39"
        ),
        "sick_pay_was_claimed_for_the_qualifying_day": _one(
            Severity.REFUSES, "Sjuklön begärs för karensen", "RÅ 2009 ref 104"
        ),
        "sick_pay_was_claimed_for_another_absence": _one(
            Severity.REFUSES, "Sjuklön begärs för annan frånvaro än sjukdom", "LSS 9 § 2", "RÅ 2009 ref 104"
        ),
        "claimed_more_than_the_cost": _one(Severity.REFUSES, "Begärt mer än kostnaden", "LSS 9 § 2", "RÅ 2009 ref 104"),
        # what stops until somebody has answered
        "payment_waits_for_the_certificate": _one(
            Severity.STOPS, "Betalningen väntar på läkarintyg", "sjuklönelagen 8 §"
        ),
        "state_compensation_was_not_told": _one(
            Severity.STOPS, "Statens ersättning är inte uppgiven", "LSS 9 § 2", "förordning (2020:244)"
        ),
        "own_employers_payment_was_not_told": _one(
            Severity.STOPS, "Okänt om Försäkringskassan har betalat", "förordning (1993:1091) 6 §"
        ),
        # what a person has to look at
        "standard_amount_was_claimed": _one(
            Severity.ASKS, "Ett schablonbelopp begärs utan verklig kostnad", "RÅ 2005 ref 86", "FL 20 §"
        ),
        "claimed_less_than_the_cost": _one(Severity.ASKS, "Begärt mindre än kostnaden", "FL 20 §"),
        "cost_was_not_claimed": _one(Severity.ASKS, "Kostnaden är inte begärd", "FL 20 §"),
        "claim_is_longer_than_the_routine_allows": _one(
            Severity.ASKS, "Ansökan gäller längre tid än rutinen tar emot", "FL 20 §"
        ),
        "more_assistants_than_the_routine_takes": _one(
            Severity.ASKS, "Ansökan gäller fler assistenter än rutinen tar emot", "FL 20 §"
        ),
        "cost_of_another_absence_is_open_in_law": _one(
            Severity.ASKS, "Hur merkostnaden räknas är inte avgjort", "LSS 9 § 2", "RÅ 2009 ref 104"
        ),
        "absence_was_covered_in_part": _one(Severity.ASKS, "Vikarie arbetade en del av tiden", "HFD 2015 ref 72"),
        "cost_was_not_shown": _one(Severity.ASKS, "Inget underlag visar kostnaden", "FL 20 §", "RÅ 2009 ref 104"),
        "cost_is_not_named_in_the_routine": _one(
            Severity.ASKS, "Rutinen nämner inte kostnaden", "LSS 9 § 2", "RÅ 2009 ref 104"
        ),
        "contributions_were_not_shown": _one(Severity.ASKS, "De betalda avgifterna är inte visade", "FL 20 §"),
        "average_week_is_of_another_time": _one(
            Severity.ASKS, "Veckosnittet gäller en annan tid än rutinens", "FL 20 §"
        ),
        "certificate_should_be_asked_for": _one(Severity.ASKS, "Läkarintyg behöver begäras", "sjuklönelagen 8 §"),
        "deductions_of_the_year_were_not_told": _one(
            Severity.ASKS, "Årets karensavdrag är inte uppgivna", "sjuklönelagen 6 § fjärde stycket"
        ),
        "deduction_stands_on_the_edge_of_the_year": _one(
            Severity.ASKS, "Ett karensavdrag ligger på årsgränsen", "sjuklönelagen 6 § fjärde stycket"
        ),
        "relapse_depends_on_how_days_are_counted": _one(
            Severity.INFORMS, "Återinsjuknandet beror på hur dagarna räknas", "sjuklönelagen 7 §"
        ),
        "qualifying_day_had_no_shift": _one(
            Severity.ASKS, "Inget pass på karensdagen", "sjuklönelagen 6 § (äldre lydelse)"
        ),
        "agreement_and_routine_differ": _one(
            Severity.ASKS, "Avtalet och rutinen säger olika", "sjuklönelagen 2 §", "RÅ 2009 ref 104"
        ),
        "agreement_is_silent_that_day": _one(
            Severity.ASKS, "Avtalets villkor är inte kända den dagen", "sjuklönelagen 2 §"
        ),
        "employment_came_to_give_right_during_the_spell": _one(
            Severity.ASKS, "Rätten till sjuklön började under sjukdomen", "sjuklönelagen 3 §"
        ),
        "deduction_was_spread_over_part_of_the_period": _one(
            Severity.ASKS, "Karensavdraget är fördelat på en del av perioden", "sjuklönelagen 7 §"
        ),
        "contributions_differ_from_the_rate": _one(
            Severity.ASKS, "Uppgivna avgifter stämmer inte med satsen", "SAL 2:26"
        ),
        "contributions_passed_the_cap": _one(Severity.ASKS, "Lönen går över taket för den lägre avgiften", "SAL 2:26"),
        "reduction_for_the_young_was_not_checked": _one(
            Severity.ASKS, "Nedsättning för unga är inte kontrollerad den dagen", "SAL 2:26"
        ),
        "contributions_may_have_been_lowered_in_the_pandemic": _one(
            Severity.ASKS, "Avgifterna kan ha varit tillfälligt nedsatta", "LSS 9 § 2"
        ),
        "high_cost_compensation_was_not_told": _one(
            Severity.ASKS, "Ersättning för höga sjuklönekostnader är inte uppgiven", "sjuklönelagen 17 §"
        ),
        "state_paid_for_high_risk": _one(
            Severity.INFORMS, "Särskilt högriskskydd: Försäkringskassan ersätter", "sjuklönelagen 16 §"
        ),
        "substitute_stood_in_for_no_shift": _one(
            Severity.ASKS, "Vikariens pass ersätter inget pass", "HFD 2015 ref 72", "FL 23 §"
        ),
        "paid_before_the_absence": _one(Severity.ASKS, "Utbetald före frånvaron", "SAL 2:26", "FL 23 §"),
        "payslip_contradicts_the_schedule": _one(Severity.ASKS, "Lönebeskedet stämmer inte med schemat", "FL 23 §"),
        "sick_absence_passed_the_days_that_count": _one(
            Severity.ASKS, "Fler sjukdagar än som ger semesterlön", "semesterlagen 17 §"
        ),
        "holiday_compensation_of_monthly_staff": _one(
            Severity.INFORMS, "Månadsavlönad: semesterlönen kan följa sammalöneregeln", "semesterlagen 16 a §"
        ),
        "holiday_compensation_base_is_open_in_law": _one(
            Severity.INFORMS,
            "Underlaget för semesterersättning är inte avgjort",
            "semesterlagen 17 §",
            "RÅ 2009 ref 104",
        ),
        "hours_borne_by_the_deduction_are_open_in_law": _one(
            Severity.INFORMS, "Vilka timmar karensavdraget tas från är inte avgjort", "sjuklönelagen 6 §"
        ),
        "daily_factor_is_taken_of_sick_pay": _one(
            Severity.INFORMS, "Faktorn räknas på en dags sjuklön", "sjuklönelagen 2 §"
        ),
        "data_did_not_come_before": _one(
            Severity.INFORMS, "Uppgifter enligt LSS 11 a § kom inte i förväg", "HFD 2143-21", "LSS 11 a §"
        ),
        "pay_is_not_paid_out_yet": _one(Severity.INFORMS, "Lönen är inte utbetalad än", "RÅ 2009 ref 104"),
    }
)


def objection(code: str, message: str, *, at_risk: Ore | None = None, minutes: int = 0, place: str = "") -> Finding:
    """Return a finding of the list."""
    kind = OBJECTIONS[code]
    return Finding(
        code=code,
        severity=kind.severity,
        grain=Grain.CLAIM,
        label=kind.label,
        message=message,
        cites=kind.cites,
        minutes=minutes,
        money_at_risk_ore=at_risk,
        place=place,
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings the heaviest first, each with a key of its own: those alike at one place are numbered."""
    ordered = sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.code, one.place, one.message))
    seen: dict[tuple[str, str], int] = {}
    told: list[Finding] = []
    for one in ordered:
        number = seen[one.code, one.place] = seen.get((one.code, one.place), 0) + 1
        told.append(one if number == 1 else replace(one, place=f"{one.place} {number}".strip()))
    return tuple(told)


@dataclass(slots=True)
class Notes:
    """What a calculation gathers on its way: findings, and the faults of what it cannot do without."""

    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    faults: dict[tuple[str, str | None], Fault] = field(default_factory=dict)
    place: str = ""
    """Which sick-pay period is looked at, by its first day; "" for the application as a whole."""

    def find(self, code: str, message: str, *, at_risk: Ore | None = None, minutes: int = 0) -> None:
        """Note a finding once."""
        if (code, message) not in self.findings:
            self.findings[code, message] = objection(code, message, at_risk=at_risk, minutes=minutes, place=self.place)

    def lacks(self, key: str, message: str, remedy: str, *, code: str = "missing") -> None:
        """Note that something the amount rests on is missing or impossible, at its key."""
        self.faults.setdefault((key, message), Fault(code=code, message=message, remedy=remedy, column=key))

    def choice(self, value: Choice | None, code: str, stand_in: Choice) -> Choice:
        """Return a choice that was made; else note that it is needed, and return a word to go on with until the end."""
        if value is not None:
            return value
        setting = CATALOGUE[code]
        words = ", ".join(f"{word} ({reading})" for word, reading in setting.values.items())
        self.lacks(
            f"settings.{code}",
            f"Rutinen säger inte {setting.decides} ({', '.join(setting.v)}), och det avgör beloppet.",
            f"Skriv {code} med något av: {words}.",
            code="missing_setting",
        )
        return stand_in

    def told(self) -> tuple[Finding, ...]:
        """Return every finding, the heaviest first."""
        return in_order(self.findings.values())

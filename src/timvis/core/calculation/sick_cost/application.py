"""What an application as a whole is objected to for, and the payslip laid beside the schedule."""

from collections.abc import Sequence
from datetime import date, timedelta

from timvis.core.calculation.sick_cost.pay import hourly_on
from timvis.core.calculation.sick_cost.rounding import Exact, hours_told, line_amount, money_told
from timvis.core.calculation.sick_cost.settings import ClaimCovers, DeductionMethod
from timvis.core.calculation.sick_cost.sick_pay import Sum
from timvis.core.calculation.sick_cost.spells import Occasion
from timvis.core.calculation.sick_cost.terms import Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.calendar.months import month_on, same_day_after

MONTHS_OF_HALF_A_YEAR = 6
TOO_LONG = "claim_is_longer_than_the_routine_allows"


def look_at_the_application(work: Work, occasions: Sequence[Occasion], absences: int) -> None:
    """Note what the application is objected to for as a whole; `absences` are the sick-pay periods and the others."""
    case = work.case
    for one in case.claimed:
        if one.occasion is not None and one.occasion > len(occasions):
            work.notes.lacks(
                f"claimed[{one.row}].occasion",
                f"Ansökan har {len(occasions)} sjuklöneperioder, och kostnaden sägs höra till nummer {one.occasion}.",
                "Rätta numret; den första i tiden är 1.",
                code="no_such_occasion",
            )
    _look_at_the_substitutes(work)
    if case.spells and case.paid_on < min(spell.first_on for spell in case.spells):
        work.notes.find(
            "paid_before_the_absence",
            f"Lönen sägs vara utbetald {case.paid_on}, innan frånvaron började. Avgiften följer utbetalningsdagen; "
            "kontrollera den.",
        )
    if case.data_came_before is False:
        work.notes.find(
            "data_did_not_come_before",
            "Anordnaren hade inte lämnat uppgifter enligt LSS 11 a § i förväg. Det är inte ensamt skäl att avslå.",
        )
    if case.is_paid_already is False:
        work.notes.find(
            "pay_is_not_paid_out_yet",
            "Lönen är inte utbetalad än. Det krävs inte, om underlaget i övrigt visar kostnaden.",
        )
    for settings in case.settings:
        too_long = is_too_long(case.claim_from, case.claim_to, settings.claim_covers, absences=absences)
        if settings.holds_on(case.claim_from) and too_long:
            work.notes.find(TOO_LONG, too_long_told(case.claim_from, case.claim_to))


def too_long_told(claim_from: date, claim_to: date) -> str:
    """Return a Swedish sentence about an application for more than the routine takes in one."""
    return (
        f"Ansökan gäller {claim_from} till {claim_to - timedelta(days=1)}, längre än rutinen tar emot i en ansökan. "
        "Be om en per tid; det är inget skäl att avslå."
    )


def _look_at_the_substitutes(work: Work) -> None:
    """Note the substitutes' shifts that stand in for nothing: a day or a time may be wrong in one of the two."""
    for one in work.case.substitutes:
        if not work.shifts.during(one.start_at, one.end_at):
            stood_in = f"{local_day(one.start_at)} {local_clock(one.start_at)}–{local_clock(one.end_at)}"
            work.notes.find(
                "substitute_stood_in_for_no_shift",
                f"Vikariens pass {stood_in} (rad {one.row}) ligger inte på något av assistentens pass, så det "
                "ersätter ingen tid. Kontrollera dagen och klockslagen i båda scheman.",
            )


def is_too_long(
    claim_from: date, claim_to: date, covers: Sequence[ClaimCovers] | None, *, absences: int, assistants: int = 1
) -> bool:
    """Whether an application is about more than any of what the routine takes in one; never when it has not said."""
    if not covers:
        return False
    return not any(_fits(one, claim_from, claim_to, absences, assistants) for one in covers)


def _fits(covered: ClaimCovers, claim_from: date, claim_to: date, absences: int, assistants: int) -> bool:
    match covered:
        case ClaimCovers.OCCASION:
            return absences <= 1
        case ClaimCovers.CALENDAR_MONTH | ClaimCovers.MONTH_WITH_ALL_ASSISTANTS:
            return month_on(claim_from) == month_on(claim_to - timedelta(days=1))
        case ClaimCovers.HALF_YEAR:
            return claim_to <= same_day_after(claim_from, MONTHS_OF_HALF_A_YEAR)
        case ClaimCovers.ASSISTANT_WITH_SEVERAL_PERIODS:
            return assistants == 1
        case ClaimCovers.INVOICE:
            return True


# --- the payslip -----------------------------------------------------------------------------------------


def compare_with_payslip(occasion: Occasion, terms: Terms, of_period: Sum, minutes: Exact, work: Work) -> None:
    """Note where the payslip and the schedule say different things. `minutes` is the claimed sick time."""
    slip, tolerance = work.payslip(occasion.number), terms.settings.tolerance_ore
    said: list[str] = []
    if slip.sick_minutes is not None and slip.sick_minutes != minutes:
        said.append(f"{hours_told(slip.sick_minutes)} sjuktid på lönebeskedet, {hours_told(minutes)} i schemat")
    if slip.hourly_ore is not None:
        hourly = hourly_on(work, occasion.start_on)
        if abs(slip.hourly_ore - hourly) > tolerance:
            said.append(f"{money_told(slip.hourly_ore)} i timmen på lönebeskedet, {money_told(hourly)} i ansökan")
    deducted = line_amount(terms.full_ore - terms.left_ore + of_period.sick_pay_taken)
    told = slip.deduction_ore
    if told is not None and terms.method is not DeductionMethod.AS_ON_PAYSLIP and abs(told - deducted) > tolerance:
        said.append(f"karensavdraget är {money_told(told)} på lönebeskedet och {money_told(deducted)} räknat")
    if said:
        work.notes.find(
            "payslip_contradicts_the_schedule",
            f"Sjuklöneperioden från {occasion.start_on}: {'; '.join(said)}. Fråga vilket som är rätt.",
        )

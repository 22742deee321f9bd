"""One sick-pay period as lines: each cost once, beside what was claimed, with its reason and what it rests on."""

from collections.abc import Iterator
from datetime import date, timedelta

from timvis.core.calculation.sick_cost import cost_items
from timvis.core.calculation.sick_cost.claimed import SAID, claimed_ore, has_own_line, settled
from timvis.core.calculation.sick_cost.contributions import contribution_on, mean_percent, paid_on
from timvis.core.calculation.sick_cost.cost_items import Share, spread_over, weights
from timvis.core.calculation.sick_cost.findings import OBJECTIONS
from timvis.core.calculation.sick_cost.records import PAYABLE, CostItem
from timvis.core.calculation.sick_cost.rounding import (
    Exact,
    hours_told,
    line_amount,
    line_amounts,
    money_told,
    number_text,
    percent_of,
    percent_told,
    quotient,
)
from timvis.core.calculation.sick_cost.segments import WITH_ANOTHER_RECIPIENT, refused_codes
from timvis.core.calculation.sick_cost.settings import (
    CompensationCovers,
    DeductionLine,
    DeductionMethod,
    HolidayBase,
    PaidCost,
)
from timvis.core.calculation.sick_cost.sick_pay import Sum, Sums
from timvis.core.calculation.sick_cost.spells import Occasion
from timvis.core.calculation.sick_cost.state_compensation import compensated
from timvis.core.calculation.sick_cost.terms import Qualifying, Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.statement import Line

HOUR, KRONOR, DEDUCTION = "hour", "krona", "deduction"
ORE_PER_KRONA = 100

SICK_PAY_ITEMS = (
    CostItem.SICK_PAY,
    CostItem.SICK_PAY_WAITING,
    CostItem.SICK_PAY_STANDBY,
    CostItem.SICK_PAY_SUPPLEMENT,
)

OWN_LINE_OF = {
    CostItem.SICK_PAY_SUPPLEMENT: PaidCost.UNSOCIAL_HOURS,
    CostItem.SICK_PAY_WAITING: PaidCost.WAITING_TIME,
    CostItem.SICK_PAY_STANDBY: PaidCost.WAITING_TIME,
}
"""What a routine calls the pay that may stand on a line of its own."""

NAMED_BY = {
    CostItem.SICK_PAY: (PaidCost.SICK_PAY,),
    CostItem.HOLIDAY_COMPENSATION: (PaidCost.HOLIDAY_PAY,),
    CostItem.EMPLOYER_CONTRIBUTIONS: (PaidCost.SOCIAL_FEES,),
    CostItem.AGREEMENT_COSTS: (PaidCost.AGREEMENT_COSTS, PaidCost.INSURANCES),
}
"""What a routine may call the costs that it names."""


class Sheet:
    """The lines of one sick-pay period while they are written: each later cost builds on what the earlier ones paid."""

    def __init__(self, occasion: Occasion, terms: Terms, sums: Sums, work: Work) -> None:
        self.occasion, self.terms, self.sums, self.work = occasion, terms, sums, work
        self.lines: list[Line] = []
        first_on = max(occasion.start_on, work.case.claim_from)
        self._period = (first_on, min(occasion.last_on + timedelta(days=1), work.case.claim_to))

    def add(
        self,
        item: CostItem,
        cost: Exact,
        because: str,
        cites: tuple[str, ...],
        quantity: Exact,
        unit: str,
        rate: Exact,
        *,
        at_least: Ore | None = None,
    ) -> Ore:
        """Write a cost as a line beside what was claimed, and return what is paid of it."""
        amount, claimed, remark = settled(item, line_amount(cost), self.occasion.number, self.terms.settings, self.work)
        if at_least is not None:
            amount = max(amount, at_least)
        named = self.terms.settings.cost_items
        if amount > 0 and named is not None and item in NAMED_BY and not any(one in named for one in NAMED_BY[item]):
            self.work.notes.find(
                "cost_is_not_named_in_the_routine",
                f"Rutinen nämner inte {SAID[item][0].lower()}{SAID[item][1:]} bland det som ingår. Är kostnaden "
                "verklig är den en merkostnad enligt lagen, så den är räknad med.",
                at_risk=amount,
            )
        self.write(item.value, SAID[item], amount, because + remark, cites, quantity, unit, rate, claimed)
        return amount

    def write(
        self,
        code: str,
        label: str,
        amount: Ore,
        because: str,
        cites: tuple[str, ...],
        quantity: Exact,
        unit: str,
        rate: Exact,
        claimed: Ore | None = None,
    ) -> None:
        """Write one line."""
        self.lines.append(
            Line(
                code=code,
                label=label,
                quantity=number_text(quantity),
                unit=unit,
                rate=number_text(rate),
                amount_ore=amount,
                cites=cites,
                because=because,
                period_from=self._period[0],
                period_to=self._period[1],
                claimed_ore=claimed,
            )
        )

    def share(self, item: CostItem, share: Share, because: str, cites: tuple[str, ...]) -> Ore:
        """Write a percentage of an amount as a line, and return what is paid of it."""
        cost = percent_of(share.base, share.percent)
        return self.add(item, cost, because, cites, quotient(share.base, ORE_PER_KRONA), KRONOR, share.percent)


def lines_of(occasion: Occasion, terms: Terms, sums: Sums, work: Work) -> tuple[Line, ...]:
    """Return the lines of a sick-pay period. Raises `LawGap` when a number it needs has no value that day."""
    sheet = Sheet(occasion, terms, sums, work)
    if sums.pieces:
        sick_pay = _sick_pay(sheet)
        holiday = _holiday_compensation(sheet, sick_pay)
        percent = _contributions(sheet, sick_pay, holiday)
        _agreement_costs(sheet, sick_pay + holiday)
        _state_compensation(sheet, sick_pay, percent, percent_of(sick_pay + holiday, percent))
    _claimed_for_nothing(sheet)
    for line in _refused(sheet):
        sheet.write(*line)
    return tuple(sheet.lines)


def _claimed_for_nothing(sheet: Sheet) -> None:
    """Write a line for what was claimed and what nothing of the time or the terms gives a cost for."""
    written = {line.code for line in sheet.lines}
    for item in dict.fromkeys(one.item for one in sheet.work.case.claimed if one.item in PAYABLE):
        if item.value not in written and claimed_ore(item, sheet.occasion.number, sheet.work) is not None:
            because = "Underlaget visar ingen sådan kostnad för tid som ersätts."
            sheet.add(item, 0, because, ("LSS 9 § 2", "RÅ 2009 ref 104"), 0, KRONOR, 0, at_least=Ore(0))


# --- sick pay and the deduction --------------------------------------------------------------------------


def _sick_pay(sheet: Sheet) -> Ore:
    """Write sick pay, and the qualifying day or deduction; return what is paid of both together."""
    terms, number, work = sheet.terms, sheet.occasion.number, sheet.work
    by_item = _as_lines(sheet)
    wants_own_line = terms.settings.deduction_line is DeductionLine.OWN_LINE
    own_line = has_own_line(CostItem.QUALIFYING_DEDUCTION, wants_own_line, number, work)
    is_deducted = terms.qualifying is Qualifying.DEDUCTION
    taken = sheet.sums.paid
    before_deduction = own_line and is_deducted
    shown = {item: by_item[item] for item in SICK_PAY_ITEMS if item in by_item}
    costs = [one.sick_pay if before_deduction else one.sick_pay_left for one in shown.values()]
    amounts = line_amounts([*costs, -taken.sick_pay_taken])
    paid = 0
    for (item, one), cost, amount in zip(shown.items(), costs, amounts, strict=False):
        paid += _sick_pay_line(sheet, item, one, cost, amount, before_deduction=before_deduction)
    if terms.qualifying is Qualifying.DAY and taken.minutes_taken:
        sheet.write(
            "qualifying_day",
            "Karensdag",
            Ore(0),
            f"{hours_told(taken.minutes_taken)} på sjuklöneperiodens första dag ger ingen sjuklön; lönen som går "
            f"förlorad är {money_told(taken.ordinary - taken.ordinary_left)}.",
            ("sjuklönelagen 6 § (äldre lydelse)",),
            quotient(taken.minutes_taken, MINUTES_PER_HOUR),
            HOUR,
            0,
        )
    if before_deduction and taken.sick_pay_taken:
        paid += _deduction_line(sheet, taken, next(amounts), Ore(paid))
    elif own_line and work.case.claimed:
        because = "Inget karensavdrag räknas fram; har arbetsgivaren ändå gjort ett är kostnaden så mycket lägre."
        item, cites = CostItem.QUALIFYING_DEDUCTION, ("LSS 9 § 2", "RÅ 2009 ref 104")
        paid += sheet.add(item, 0, because, cites, 0, DEDUCTION, 0, at_least=Ore(-paid))
    return Ore(paid)


def _as_lines(sheet: Sheet) -> dict[CostItem, Sum]:
    """Return the sick pay as it is to be shown: supplements and waiting on their own, or inside sick pay."""
    named = sheet.terms.settings.cost_items
    shown: dict[CostItem, Sum] = {}
    for item, one in sheet.sums.by_item.items():
        by_routine = named is None or OWN_LINE_OF.get(item) in named
        alone = item is CostItem.SICK_PAY or has_own_line(item, by_routine, sheet.occasion.number, sheet.work)
        into = shown.setdefault(item if alone else CostItem.SICK_PAY, one.empty())
        into.take_in(one, same_minutes=item is CostItem.SICK_PAY_SUPPLEMENT and not alone)
    return shown


def _sick_pay_line(sheet: Sheet, item: CostItem, one: Sum, cost: Exact, amount: Ore, *, before_deduction: bool) -> Ore:
    terms = sheet.terms
    of_day = terms.qualifying is Qualifying.DAY
    minutes = one.minutes_left if of_day else one.minutes
    lost = one.ordinary_left if of_day else one.ordinary
    gross = one.sick_pay_left if of_day else one.sick_pay
    because = (
        f"{hours_told(minutes)} inom sjuklöneperioden då en vikarie arbetade. Förlorad lön är {money_told(lost)}, och "
        f"{percent_told(number_text(terms.sick_pay_percent))} av den är {money_told(gross)}."
    )
    if terms.qualifying is Qualifying.NOTHING:
        because += f" Inget karensavdrag: {terms.why}."
    elif terms.has_been_deducted:
        because += f" Karensavdraget är redan draget i sjuklöneperioden, som började {terms.start_on}."
    elif not of_day and not before_deduction and one.sick_pay_taken:
        because += f" Karensavdraget, {money_told(one.sick_pay_taken)}, är draget."
    hours = quotient(minutes, MINUTES_PER_HOUR)
    cites = ("sjuklönelagen 6 § (äldre lydelse)" if of_day else "sjuklönelagen 6 §", "RÅ 2009 ref 104")
    return sheet.add(item, amount, because, cites, hours, HOUR, quotient(cost, hours) if hours else 0)


def _deduction_line(sheet: Sheet, taken: Sum, amount: Ore, paid: Ore) -> Ore:
    """Write the deduction, never more than the sick pay that is paid (a claim may have made that smaller)."""
    terms = sheet.terms
    in_hours = terms.method is DeductionMethod.HOURS
    hours = quotient(taken.minutes_taken, MINUTES_PER_HOUR)
    whole = hours_told(terms.full_minutes) if in_hours else money_told(terms.full_ore)
    because = f"Ett helt karensavdrag är {terms.why}: {whole}. "
    if in_hours:
        because += f"Här dras {hours_told(taken.minutes_taken)} med alla tillägg, {money_told(taken.sick_pay_taken)}."
    else:
        because += f"Här dras {money_told(taken.sick_pay_taken)}."
    if (terms.left_minutes, terms.left_ore) != (terms.full_minutes, terms.full_ore):
        because += " Resten är redan draget i samma sjuklöneperiod."
    clause = terms.agreement.cites if terms.agreement and terms.agreement.deduction_method else ()
    return sheet.add(
        CostItem.QUALIFYING_DEDUCTION,
        amount,
        because,
        ("sjuklönelagen 6 §", *clause),
        hours if in_hours else 1,
        HOUR if in_hours else DEDUCTION,
        -quotient(taken.sick_pay_taken, hours) if in_hours else -taken.sick_pay_taken,
        at_least=Ore(-paid),
    )


# --- what is laid on top ---------------------------------------------------------------------------------


def _holiday_compensation(sheet: Sheet, sick_pay: Ore) -> Ore:
    share = cost_items.holiday_compensation(sheet.sums, sick_pay, sheet.terms, sheet.work)
    return sheet.share(
        CostItem.HOLIDAY_COMPENSATION,
        share,
        f"{percent_told(number_text(share.percent))} av {money_told(share.base)}, som är {share.why}.",
        ("semesterlagen 16 b §", "RÅ 2009 ref 104"),
    )


def _contributions(sheet: Sheet, sick_pay: Ore, holiday: Ore) -> Exact:
    """Write the contributions, and return their rate: of several pay-out days weighed by what is paid on each."""
    sums, work, base = sheet.sums, sheet.work, sick_pay + holiday
    paid: dict[date, Exact] = {}
    days = {day: paid_on(day, work) for day in sums.days}
    if len(set(days.values())) == 1:
        paid = {next(iter(days.values())): base}
    else:
        on_sick_pay = spread_over(sick_pay, weights(sums, HolidayBase.PAID_SICK_PAY))
        on_holiday = spread_over(holiday, weights(sums, cost_items.holiday_base(sheet.terms, work)))
        for day, on in days.items():
            paid[on] = paid.get(on, 0) + on_sick_pay[day] + on_holiday[day]
    rates = {on: contribution_on(on, sheet.terms, work) for on in sorted(paid)}
    percent = mean_percent([(paid[on], rates[on].percent) for on in rates])
    told = "; ".join(
        f"{percent_told(number_text(one.percent))} vid utbetalning {on} ({one.why})" for on, one in rates.items()
    )
    cites = tuple(dict.fromkeys(cite for one in rates.values() for cite in one.cites))
    sheet.share(
        CostItem.EMPLOYER_CONTRIBUTIONS,
        Share(base, percent, ""),
        f"På sjuklön och semesterersättning, {money_told(base)}: {told}.",
        cites,
    )
    return percent


def _agreement_costs(sheet: Sheet, base: int) -> None:
    work, sums = sheet.work, sheet.sums
    costs = cost_items.agreement_costs(base, sums, work)
    if not costs:
        return
    percent = sum((share.percent for _, share in costs), 0)
    told = ", ".join(f"{share.why} {percent_told(number_text(share.percent))}" for _, share in costs)
    sheet.share(
        CostItem.AGREEMENT_COSTS,
        Share(base, percent, ""),
        f"På sjuklön och semesterersättning, {money_told(base)}: {told}.",
        ("LSS 9 § 2", "SKL cirkulär 2006:39"),
    )
    premium = cost_items.pension_premium(base, sums, work)
    tax = cost_items.pension_tax(premium, paid_on(sums.days[0], work), sheet.terms, work) if premium else None
    if tax is not None:
        sheet.share(
            CostItem.PENSION_TAX,
            tax,
            f"{percent_told(number_text(tax.percent))} av pensionspremien, {money_told(premium)}.",
            ("lag (1991:687)",),
        )


def _state_compensation(sheet: Sheet, sick_pay: Ore, contribution_percent: Exact, contributions: Exact) -> None:
    total = sheet.sums.paid.sick_pay_left
    if not total or not sick_pay:
        return
    chosen = sheet.terms.settings.state_compensation_covers

    def cost_of(day: date) -> Exact:
        cost = quotient(sheet.sums.by_day[day].sick_pay_left * sick_pay, total)
        return cost if chosen is CompensationCovers.SICK_PAY else cost + percent_of(cost, contribution_percent)

    # What the state has paid is looked at before the choice is asked for: most sick-pay periods have nothing of it.
    paid = tuple(compensated(sheet.sums.days, cost_of, sheet.work))
    if not paid:
        return
    covers = sheet.work.notes.choice(chosen, "state_compensation_covers", CompensationCovers.SICK_PAY_AND_CONTRIBUTIONS)
    of_sick_pay = covers is CompensationCovers.SICK_PAY
    what = "sjuklönen" if of_sick_pay else "sjuklönen och arbetsgivaravgifterna på den"
    _, *amounts = line_amounts([0 if of_sick_pay else contributions, *(-one.ore for one in paid)])
    for one, amount in zip(paid, amounts, strict=True):
        sheet.write(
            CostItem.STATE_COMPENSATION.value,
            SAID[CostItem.STATE_COMPENSATION],
            amount,
            f"Räknas av mot {what}: {one.why}. Det som staten har betalat är ingen merkostnad.",
            ("LSS 9 § 2", one.cite),
            1,
            DEDUCTION,
            -one.ore,
        )


# --- what is not paid ------------------------------------------------------------------------------------


def _refused(sheet: Sheet) -> Iterator[tuple[str, str, Ore, str, tuple[str, ...], Exact, str, Exact]]:
    for code in refused_codes():
        one = sheet.sums.refused.get(code)
        if one is None:
            continue
        hours = quotient(one.minutes, MINUTES_PER_HOUR)
        if code == WITH_ANOTHER_RECIPIENT:
            because = f"{hours_told(one.minutes)} hos en annan brukare söks för sig."
            yield code, "Hos en annan brukare", Ore(0), because, ("LSS 9 § 2",), hours, HOUR, 0
            continue
        kind = OBJECTIONS[code]
        label = f"{kind.label[0].lower()}{kind.label[1:]}"
        because = f"{hours_told(one.minutes)} ersätts inte: {label}."
        if one.sick_pay_left:
            because = f"{hours_told(one.minutes)} med {money_told(one.sick_pay_left)} i sjuklön ersätts inte: {label}."
        sheet.work.notes.find(code, because, at_risk=line_amount(one.sick_pay_left), minutes=int(one.minutes))
        yield code, kind.label, Ore(0), because, kind.cites, hours, HOUR, 0

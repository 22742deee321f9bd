"""Costs that are known by name and never owed: shown as lines of nothing, with the reason, so that nobody wonders."""

from collections.abc import Iterator

from timvis.core.calculation.sick_cost.claimed import SAID
from timvis.core.calculation.sick_cost.findings import OBJECTIONS
from timvis.core.calculation.sick_cost.records import CostItem
from timvis.core.calculation.sick_cost.rounding import money_told
from timvis.core.calculation.sick_cost.settings import RefusedCost
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import Ore
from timvis.core.statement import Line

EXCLUDED_ITEMS = "lss.sick_cost.excluded_items"
NAME_IN_THE_LAW_FILE = {
    CostItem.SICKNESS_INSURANCE_CHARGE: "special sickness insurance charge",
    CostItem.ADMINISTRATION: "administration",
    CostItem.INTEREST: "interest",
    CostItem.TRAINING: "training",
}
"""How the dated list of excluded costs names each of them."""

OTHER_REFUSED = {
    CostItem.SICK_PAY_ON_QUALIFYING_DAY: (
        "sick_pay_was_claimed_for_the_qualifying_day",
        "Karensen ger ingen sjuklön, så arbetsgivaren har inte den kostnaden.",
    ),
    CostItem.STANDARD_AMOUNT: (
        "standard_amount_was_claimed",
        "Kommunen ersätter den verkliga merkostnaden, inte ett belopp per timme. Be om de verkliga kostnaderna.",
    ),
}

NAME_IN_THE_ROUTINE = {
    CostItem.SICKNESS_INSURANCE_CHARGE: RefusedCost.SPECIAL_SICKNESS_CHARGE,
    CostItem.ADMINISTRATION: RefusedCost.ADMINISTRATION,
    CostItem.INTEREST: RefusedCost.INTEREST,
    CostItem.TRAINING: RefusedCost.EDUCATION,
}
"""How a routine names each of them."""


def excluded_lines(work: Work) -> Iterator[Line]:
    """Yield a line of 0 öre for each claimed cost that is never an extra cost. Raises `LawGap`."""
    day = work.case.claim_from
    for one in work.case.claimed:
        if one.item in NAME_IN_THE_LAW_FILE:
            listed = [name.strip() for name in work.law.word(EXCLUDED_ITEMS, day).split(";")]
            if NAME_IN_THE_LAW_FILE[one.item] not in listed:
                work.notes.lacks(
                    f"claimed[{one.row}].item",
                    f"{SAID[one.item]} står inte längre bland de kostnader som inte ersätts, och ingen källa säger hur "
                    "den räknas.",
                    "Räkna den utanför Timvis och fatta beslutet på underlaget.",
                    code="no_rule",
                )
            code = "cost_is_never_an_extra_cost"
            because = f"{SAID[one.item]} räknas inte som merkostnad, för sjukdomen är inte det som gör att den finns."
            because += _by_routine(one.item, work)
        elif one.item in OTHER_REFUSED:
            code, because = OTHER_REFUSED[one.item]
        else:
            continue
        work.notes.find(code, f"{SAID[one.item]}, begärt {money_told(one.ore)}: {because}", at_risk=one.ore)
        yield Line(
            code=one.item.value,
            label=SAID[one.item],
            quantity="1",
            unit="claimed",
            rate="0",
            amount_ore=Ore(0),
            cites=OBJECTIONS[code].cites,
            because=because,
            period_from=work.case.claim_from,
            period_to=work.case.claim_to,
            claimed_ore=one.ore,
        )


def _by_routine(item: CostItem, work: Work) -> str:
    """Return what the routine says of a cost that is never owed, as a sentence; "" when it lists none."""
    for settings in work.case.settings:
        if settings.refused_items is not None and settings.holds_on(work.case.claim_from):
            is_named = NAME_IN_THE_ROUTINE[item] in settings.refused_items
            return " Rutinen säger detsamma." if is_named else " Rutinen nämner den inte."
    return ""

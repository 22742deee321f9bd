"""What was applied for beside what the cost is: the smaller of the two is paid, and the difference is said.

The municipality owes the actual extra cost (RÅ 2009 ref 104): never more than the cost, and never more than what the
application says that it was. Less claimed than the cost may be a mistake, so a person asks (FL 20 §).
"""

from collections.abc import Sequence
from typing import TypeVar

from timvis.core.calculation.sick_cost.records import Claimed, CostItem, Shown, SickCase, Spell
from timvis.core.calculation.sick_cost.rounding import money_told
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import Ore

SAID = {
    CostItem.SICK_PAY: "Sjuklön",
    CostItem.SICK_PAY_SUPPLEMENT: "Sjuklön på OB och andra tillägg",
    CostItem.SICK_PAY_WAITING: "Sjuklön på väntetid (jour)",
    CostItem.SICK_PAY_STANDBY: "Sjuklön på beredskap",
    CostItem.QUALIFYING_DEDUCTION: "Karensavdrag",
    CostItem.HOLIDAY_COMPENSATION: "Semesterersättning",
    CostItem.EMPLOYER_CONTRIBUTIONS: "Arbetsgivaravgifter",
    CostItem.AGREEMENT_COSTS: "Kostnader enligt kollektivavtal",
    CostItem.PENSION_TAX: "Särskild löneskatt på pensionspremien",
    CostItem.STATE_COMPENSATION: "Ersättning från staten",
    CostItem.SICK_PAY_ON_QUALIFYING_DAY: "Sjuklön för karensen",
    CostItem.SICKNESS_INSURANCE_CHARGE: "Särskild sjukförsäkringsavgift",
    CostItem.ADMINISTRATION: "Administration",
    CostItem.INTEREST: "Ränta",
    CostItem.TRAINING: "Utbildning",
    CostItem.STANDARD_AMOUNT: "Schablonbelopp",
}
"""What each cost is called to people."""


Told = TypeVar("Told", Claimed, Shown)


def rows_of(rows: Sequence[Told], spell: Spell, case: SickCase) -> tuple[Told, ...]:
    """Return what was claimed or shown of one absence for another cause than sickness."""
    is_alone = len(case.spells) == 1
    return tuple(one for one in rows if one.spell == spell.row or (one.spell is None and is_alone))


def claimed_ore(item: CostItem, occasion: int, work: Work) -> Ore | None:
    """Return what was claimed of a cost for a sick-pay period; None when it was not claimed."""
    rows = [one.ore for one in work.case.claimed if _is_of(one, item, occasion)]
    return Ore(sum(rows)) if rows else None


def _is_of(one: Claimed, item: CostItem, occasion: int) -> bool:
    return one.item is item and one.spell is None and one.occasion in (None, occasion)


def has_own_line(item: CostItem, by_routine: bool, occasion: int, work: Work) -> bool:
    """Whether a cost stands on its own: as the application has it, or as the routine wants it when nothing was claimed.

    An application that names sick pay and no deduction means what is left after it, so the two are then one line.
    """
    return claimed_ore(item, occasion, work) is not None if work.case.claimed else by_routine


def settled(
    item: CostItem, cost: Ore, occasion: int, settings: SickCostSettings, work: Work
) -> tuple[Ore, Ore | None, str]:
    """Return what is paid of a cost, what was claimed of it, and a Swedish sentence when the two made a difference."""
    if not work.case.claimed:
        return cost, None, ""
    claimed = claimed_ore(item, occasion, work)
    if claimed is None:
        if cost <= 0:
            return cost, None, ""
        work.notes.find(
            "cost_was_not_claimed",
            f"{SAID[item]} är inte begärd men skulle bli {money_told(cost)}. Fråga om den har glömts.",
            at_risk=cost,
        )
        return Ore(0), Ore(0), f" Den är inte begärd; räknad blir den {money_told(cost)}."
    if abs(claimed - cost) <= settings.tolerance_ore:
        remark = f" Begärt är {money_told(claimed)}, så nära att det begärda gäller." if claimed != cost else ""
        return claimed, claimed, remark
    if claimed > cost:
        work.notes.find(
            "claimed_more_than_the_cost",
            f"{SAID[item]}: begärt {money_told(claimed)}, räknat {money_told(cost)}. Det som är mer än kostnaden "
            f"ersätts inte: {money_told(claimed - cost)}.",
            at_risk=Ore(claimed - cost),
        )
        return cost, claimed, f" Begärt är {money_told(claimed)}."
    work.notes.find(
        "claimed_less_than_the_cost",
        f"{SAID[item]}: begärt {money_told(claimed)}, räknat {money_told(cost)}. Inte mer än det begärda betalas; "
        "fråga om det är ett misstag.",
        at_risk=Ore(cost - claimed),
    )
    return claimed, claimed, f" Räknad blir den {money_told(cost)}, men mer än det begärda betalas inte."

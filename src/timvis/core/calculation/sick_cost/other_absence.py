"""Absence for another cause than sickness, in a routine that pays for it: what was claimed beside what was shown.

The state pays parental benefit and the employer owes no sick pay, so there is nothing to take a percentage of. No
statute, ruling or published routine that Timvis knows says how the extra cost is worked out. So nothing is: each cost
is the smaller of what was applied for and what a paper shows that the employer has had, and the doubt is told.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from timvis.core.calculation.sick_cost.claimed import SAID, rows_of
from timvis.core.calculation.sick_cost.findings import OBJECTIONS
from timvis.core.calculation.sick_cost.records import PAYABLE, SHOWN_ITEMS, CostItem, Spell
from timvis.core.calculation.sick_cost.rounding import hours_told, money_told, number_text, quotient
from timvis.core.calculation.sick_cost.segments import (
    OUTSIDE_THE_CLAIM,
    WITH_ANOTHER_RECIPIENT,
    stretches_of,
    why_not_paid,
)
from timvis.core.calculation.sick_cost.settings import CATALOGUE, Cause
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.statement import Line

NOTHING = Ore(0)
CITES = ("LSS 9 § 2", "RÅ 2009 ref 104")
NAMES: Mapping[str, str] = MappingProxyType(dict(CATALOGUE["absence_causes"].values))


def other_absences(work: Work) -> tuple[Spell, ...]:
    """Return the absences for another cause than sickness, in time order."""
    others = (spell for spell in work.case.spells if spell.cause is not Cause.SICKNESS)
    return tuple(sorted(others, key=lambda spell: spell.first_on))


def other_absence_lines(work: Work) -> Iterator[Line]:
    """Yield the lines of every absence for another cause than sickness."""
    for spell in other_absences(work):
        paid_for = work.notes.choice(work.settings_on(spell.first_on).absence_causes, "absence_causes", ())
        work.notes.place = str(spell.first_on)
        minutes = _minutes(spell, work)
        if not any(minutes.values()):
            continue
        if spell.cause in paid_for:
            yield from _shown(spell, minutes, work)
        else:
            yield from _not_paid_for(spell, minutes, work)
    work.notes.place = ""


def _minutes(spell: Spell, work: Work) -> dict[str | None, int]:
    """Return the claimed minutes of an absence by why they are not paid, None when a substitute worked them."""
    minutes: dict[str | None, int] = {}
    for shift in work.case.shifts:
        if spell.first_on <= shift.work_on <= spell.last_on:
            for _, length, why_not in stretches_of(shift, why_not_paid(shift, work), work):
                if why_not != OUTSIDE_THE_CLAIM:
                    minutes[why_not] = minutes.get(why_not, 0) + length
    return minutes


# --- an absence that the routine does not pay for --------------------------------------------------------------


def _not_paid_for(spell: Spell, minutes: Mapping[str | None, int], work: Work) -> Iterator[Line]:
    code, total = "cause_is_not_paid_for", sum(minutes.values())
    because = f"{hours_told(total)} ersätts inte: rutinen ersätter inte frånvaro för {NAMES[spell.cause.value]}."
    work.notes.find(code, because, minutes=total)
    yield _line(spell, work, code, OBJECTIONS[code].label, because, OBJECTIONS[code].cites, hours=total)
    for item, claimed in _claimed(spell, work).items():
        yield _line(spell, work, item.value, SAID[item], because, CITES, claimed=claimed)


# --- an absence that it pays for -----------------------------------------------------------------------------


def _shown(spell: Spell, minutes: Mapping[str | None, int], work: Work) -> Iterator[Line]:
    covered = minutes.get(None, 0)
    told = f"Frånvaron från {spell.first_on} för {NAMES[spell.cause.value]}"
    work.notes.find(
        "cost_of_another_absence_is_open_in_law",
        f"{told}: rutinen ersätter den, men ingen lag, dom eller rutin som Timvis känner säger hur merkostnaden "
        "räknas. Staten ersätter den som är borta, och arbetsgivaren betalar ingen sjuklön. Inget är uträknat: varje "
        "rad är det som begärs, högst det som ett underlag visar.",
    )
    if covered and covered < sum(minutes.values()):
        work.notes.find(
            "absence_was_covered_in_part",
            f"{told}: vikarie arbetade {hours_told(covered)} av {hours_told(sum(minutes.values()))}. Bara kostnaden "
            "för de timmarna är en merkostnad; kontrollera att det visade gäller dem.",
        )
    claimed, nothing_claimed = _claimed(spell, work), not work.case.claimed
    shown = {one.item for one in rows_of(work.case.shown, spell, work.case)}
    for item in CostItem:
        if item in claimed or item in shown:
            yield _cost(spell, item, None if nothing_claimed else claimed.get(item, Ore(0)), covered, work)
    for code, length in minutes.items():
        if code == WITH_ANOTHER_RECIPIENT:
            because = f"{hours_told(length)} hos en annan brukare söks för sig."
            yield _line(spell, work, code, "Hos en annan brukare", because, ("LSS 9 § 2",), hours=length)
        elif code is not None:
            kind = OBJECTIONS[code]
            because = f"{hours_told(length)} ersätts inte: {kind.label[0].lower()}{kind.label[1:]}."
            work.notes.find(code, because, minutes=length)
            yield _line(spell, work, code, kind.label, because, kind.cites, hours=length)


def _cost(spell: Spell, item: CostItem, claimed: Ore | None, covered: int, work: Work) -> Line:
    """Return the line of a cost: the smaller of what is claimed and what is shown, of time a substitute worked."""
    if item not in SHOWN_ITEMS:
        because = "Arbetsgivaren betalar ingen sjuklön för sådan frånvaro, så kostnaden finns inte."
        work.notes.find(
            "sick_pay_was_claimed_for_another_absence",
            f"{SAID[item]}, begärt {money_told(claimed or 0)}: {because}",
            at_risk=claimed,
        )
        return _line(spell, work, item.value, SAID[item], because, CITES, claimed=claimed)
    rows = [one for one in rows_of(work.case.shown, spell, work.case) if one.item is item]
    shown = Ore(sum(one.ore for one in rows))
    if not rows:
        because = "Inget underlag visar kostnaden, så den kan inte betalas än."
        work.notes.find("cost_was_not_shown", f"{SAID[item]}, begärt {money_told(claimed or 0)}: {because}")
        return _line(spell, work, item.value, SAID[item], because, CITES, claimed=claimed)
    because = f"Visat är {money_told(shown)} ({'; '.join(one.evidence for one in rows)})."
    if not covered:
        return _line(spell, work, item.value, SAID[item], f"{because} Ingen vikarie arbetade.", CITES, claimed=claimed)
    amount = shown if claimed is None else min(claimed, shown)
    if claimed is not None and claimed > shown:
        because += f" Begärt är {money_told(claimed)}; mer än det visade ersätts inte."
        work.notes.find("claimed_more_than_the_cost", f"{SAID[item]}: {because}", at_risk=Ore(claimed - shown))
    elif claimed is not None and claimed < shown:
        because += f" Begärt är {money_told(claimed)}; mer än det begärda betalas inte."
        work.notes.find("claimed_less_than_the_cost", f"{SAID[item]}: {because}", at_risk=Ore(shown - claimed))
    return _line(spell, work, item.value, SAID[item], because, CITES, amount=amount, claimed=claimed)


def _claimed(spell: Spell, work: Work) -> dict[CostItem, Ore]:
    """Return what was applied for of an absence, by cost; what is never owed has its lines elsewhere."""
    claimed: dict[CostItem, Ore] = {}
    for one in rows_of(work.case.claimed, spell, work.case):
        if one.item in PAYABLE:
            claimed[one.item] = Ore(claimed.get(one.item, 0) + one.ore)
    return claimed


def _line(
    spell: Spell,
    work: Work,
    code: str,
    label: str,
    because: str,
    cites: tuple[str, ...],
    *,
    amount: Ore = NOTHING,
    claimed: Ore | None = None,
    hours: int | None = None,
) -> Line:
    return Line(
        code=code,
        label=label,
        quantity="1" if hours is None else number_text(quotient(hours, MINUTES_PER_HOUR)),
        unit="shown" if hours is None else "hour",
        rate=str(amount),
        amount_ore=amount,
        cites=cites,
        because=because,
        period_from=max(spell.first_on, work.case.claim_from),
        period_to=min(spell.last_on + timedelta(days=1), work.case.claim_to),
        claimed_ore=claimed,
    )

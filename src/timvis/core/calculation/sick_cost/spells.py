"""Which sick-pay period a spell belongs to, and which of its days each day is.

A new spell within a few days goes on with the old period: no new deduction, and the days count on (sjuklönelagen 7 §).
From which day those few are counted is a choice of the routine. Only sick days count towards the period's length.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.calculation.sick_cost.records import EarlierSpell, Spell
from timvis.core.calculation.sick_cost.settings import Cause, RelapseCount
from timvis.core.calculation.sick_cost.work import Work

RELAPSE_DAYS = "sick_pay.relapse_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One spell's place in its sick-pay period. `days_before` are the period's sick days before it.

    `begins_on` is the first day of the unbroken absence it belongs to, when a claim was cut in the middle of one.
    """

    spell: Spell | EarlierSpell
    days_before: int
    begins_on: date

    def day(self, on: date) -> int:
        """Return which day of the sick-pay period a day of the spell is, from 1."""
        return self.days_before + (on - self.spell.first_on).days + 1

    def holds(self, on: date) -> bool:
        """Whether a day lies in the spell."""
        return self.spell.first_on <= on <= self.spell.last_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One sick-pay period: the spells it consists of, in time order. `number` counts those with claimed days."""

    number: int
    parts: tuple[Part, ...]

    @property
    def start_on(self) -> date:
        """The first day of the sick-pay period, which picks the law, the agreement and the routine's choices."""
        return self.parts[0].spell.first_on

    @property
    def last_on(self) -> date:
        """The last sick day that is known."""
        return self.parts[-1].spell.last_on

    @property
    def carried(self) -> tuple[EarlierSpell, ...]:
        """The spells before the claim that go on in it."""
        return tuple(part.spell for part in self.parts if isinstance(part.spell, EarlierSpell))

    @property
    def first_absence_is_over_on(self) -> date | None:
        """The last day of the first absence, when another one follows it in the same period; None while it lasts."""
        first = next((part for part in self.parts if part.begins_on != self.start_on), None)
        if first is None:
            return None
        return self.parts[self.parts.index(first) - 1].spell.last_on

    def part_on(self, on: date) -> Part | None:
        """Return the part a day belongs to."""
        for part in self.parts:
            if part.holds(on):
                return part
        return None


def occasions(work: Work) -> tuple[Occasion, ...]:
    """Return the sick-pay periods that the claim's spells belong to, in time order."""
    chains: list[list[Part]] = []
    sick = [spell for spell in work.case.spells if spell.cause is Cause.SICKNESS]
    absences: list[Spell | EarlierSpell] = [*work.case.earlier, *sick]
    for spell in sorted(absences, key=lambda one: one.first_on):
        last = chains[-1][-1] if chains else None
        if last is not None and _goes_on(last.spell, spell, work):
            unbroken = last.spell.last_on + timedelta(days=1) == spell.first_on
            begins_on = last.begins_on if unbroken else spell.first_on
            chains[-1].append(Part(spell=spell, days_before=last.day(last.spell.last_on), begins_on=begins_on))
        else:
            chains.append([Part(spell=spell, days_before=0, begins_on=spell.first_on)])
    claimed = (chain for chain in chains if any(isinstance(part.spell, Spell) for part in chain))
    return tuple(Occasion(number=number, parts=tuple(chain)) for number, chain in enumerate(claimed, start=1))


def _goes_on(before: Spell | EarlierSpell, after: Spell | EarlierSpell, work: Work) -> bool:
    """Return whether a spell goes on with the sick-pay period of the one before it."""
    within = work.law.count(RELAPSE_DAYS, after.first_on)
    if (after.first_on - before.last_on).days <= within:
        return True  # nobody is back before the day after the last sick day, so the other count is never longer
    back_on = before.first_day_back_on
    if back_on is not None and (after.first_on - back_on).days + 1 > within:
        return False
    counted = work.notes.choice(
        work.settings_on(after.first_on).relapse_counts_from,
        "relapse_counts_from",
        RelapseCount.DAY_AFTER_LAST_SICK_DAY,
    )
    goes_on = counted is RelapseCount.FIRST_WORKING_DAY_BACK
    if back_on is not None:
        work.notes.find(
            "relapse_depends_on_how_days_are_counted",
            f"Sista sjukdagen var {before.last_on}, första arbetsdagen tillbaka {back_on} och nästa sjukdom började "
            f"{after.first_on}. Räknat från arbetsdagen är det högst {within} dagar och samma period, räknat från "
            f"dagen efter sista sjukdagen en ny. Rutinen räknar det som {'samma' if goes_on else 'en ny'} period.",
        )
    elif goes_on:
        work.notes.lacks(
            "first_day_back_on",
            f"Första arbetsdagen efter {before.last_on} är inte uppgiven, och den avgör om {after.first_on} är ett "
            "återinsjuknande.",
            "Skriv first_day_back_on på den tidigare frånvaron.",
        )
    return goes_on

"""What every step of the calculation has at hand: the case, the law, the agreement, and a place for its notes."""

from dataclasses import dataclass, field
from datetime import date

from timvis.core.calculation.agreements import AgreementPack
from timvis.core.calculation.sick_cost.findings import Notes
from timvis.core.calculation.sick_cost.records import Payslip, SickCase, SickShift, SubstituteShift
from timvis.core.calculation.sick_cost.rounding import Exact, exactly
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.calculation.sick_cost.timeline import Timeline
from timvis.core.law import LawByDay
from timvis.core.quantities import OrePerHour


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One calculation under way."""

    case: SickCase
    law: LawByDay
    pack: AgreementPack | None
    shifts: Timeline[SickShift]
    substitutes: Timeline[SubstituteShift]
    notes: Notes = field(default_factory=Notes)
    counts: dict[tuple[str, date], int] = field(default_factory=dict)
    """Whole numbers of the law that were asked for already: every sick day asks for the same few."""

    hourly: dict[date, OrePerHour] = field(default_factory=dict)
    """What an hour pays on the days that were asked for."""

    def settings_on(self, day: date) -> SickCostSettings:
        """Return the choices for a sick-pay period that begins on a day; a fault and no choice when there are none."""
        for settings in self.case.settings:
            if settings.holds_on(day):
                return settings
        self.notes.lacks(
            "settings",
            f"Inga val gäller för en sjuklöneperiod som börjar {day}.",
            "Skriv en [[settings]] vars dagar (valid_from, valid_to) omfattar den.",
        )
        return SickCostSettings()

    def payslip(self, occasion: int) -> Payslip:
        """Return what the payslip says of a sick-pay period; an empty one when nobody has handed one in."""
        own = [slip for slip in self.case.payslips if slip.occasion in (None, occasion)]
        return max(own, key=lambda slip: slip.occasion or 0, default=Payslip())

    def count(self, code: str, day: date) -> int:
        """Return a whole number of the law. Raises `LawGap` when nobody has decided it."""
        found = self.counts.get((code, day))
        if found is None:
            found = self.counts[code, day] = self.law.count(code, day)
        return found

    def percent(self, code: str, day: date) -> Exact:
        """Return a percentage of the law as an exact number. Raises `LawGap` when nobody has decided it."""
        return exactly(self.law.percent(code, day))

    def in_force(self, code: str, day: date) -> bool:
        """Whether a number has a row for a day; asking for one past what anybody has checked still stops."""
        return self.was_in_force(code, day, day)

    def is_one_row(self, code: str, first_on: date, last_on: date) -> bool:
        """Whether the same row of a number, and no other, holds from a day to another: what it says of both holds."""
        rows = [row for row in self.law.number(code).rows if row.from_on <= last_on]
        holding = [row for row in rows if row.to_on is None or first_on <= row.to_on]
        return len(holding) == 1 and self.in_force(code, first_on) and self.in_force(code, last_on)

    def was_in_force(self, code: str, first_on: date, last_on: date) -> bool:
        """Whether a number has a row for any of some days."""
        for row in self.law.number(code).rows:
            if row.from_on <= last_on and (row.to_on is None or first_on <= row.to_on):
                return True
        return False

"""What a routine may choose about substitutes, as the desk, the sheets and the fee take it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calculation.substitute_fee import QualifyingTime
from timvis.core.calendar.working_days import Definition
from timvis.core.substitute.routing import Band, Rung


class ArrangedBy(StrEnum):
    """Who supplies the substitute."""

    RECIPIENT_CHOOSES = "recipient_chooses"
    MUNICIPALITY_AS_LAST_RESORT = "municipality_as_last_resort"
    CONTRACTED_COMPANY = "contracted_company"
    PROVIDER = "provider"


class Sheet(StrEnum):
    """Which of the two reports an hour stands on."""

    STATE = "state"  # Försäkringskassan's time report: the recipient's allowance pays the hour
    OWN = "own"  # the municipality's own


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOnDay:
    """Which form a sheet is, from a day on; `form_to` is the first day it no longer is."""

    sheet: Sheet
    form: str
    form_from: date
    form_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteSettings:
    """The choices of a routine; None is what it does not say.

    `tries_own_routine_first`: the provider shows that it has a routine of its own and has tried it.
    `decided_afterwards`: what is acute is done first, decision and power of attorney come afterwards.
    """

    arranged_by: ArrangedBy
    tries_own_routine_first: bool
    decided_afterwards: bool
    cancelled_is_billed: bool | None = None
    bands: tuple[Band, ...] = ()
    ladder: tuple[Rung, ...] = ()
    working_day: Definition | None = None
    qualifying_time: QualifyingTime | None = None
    forms: tuple[FormOnDay, ...] = ()

    @property
    def is_booked_here(self) -> bool:
        """Whether the substitute is the municipality's own; a contracted company bills the provider by itself."""
        return self.arranged_by is not ArrangedBy.CONTRACTED_COMPANY

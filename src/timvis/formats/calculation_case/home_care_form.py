"""The written form of a `home_care` case: choices with their days, the price list, the order, and what happened."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations
from typing import Literal

from pydantic import Field, field_validator, model_validator

from timvis.core.calculation.home_care.records import Outcome, Owner, PriceUnit
from timvis.core.calculation.home_care.settings import (
    AboveGranted,
    AbsenceShare,
    Basis,
    Cause,
    Cohabitants,
    HomeCareSettings,
    LateFee,
    MinuteRounding,
    Notice,
    OwnerPercent,
    PartMonth,
    PriceRounding,
    QualityLevel,
    ServiceShare,
    Staffing,
    TaskMinutes,
    Window,
    WrongBasis,
)
from timvis.core.calendar.working_days import Definition
from timvis.core.records import GrantUnit
from timvis.formats.calculation_case.hourly import Hours, Written

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


# --- settings --------------------------------------------------------------------------------------------


class WrittenSettings(Written):
    """Choices from a day on; each stands until a later table makes it anew. The names are the core's."""

    from_: date = Field(alias="from")
    basis: Basis | None = None
    window: Window | None = None
    above_granted: AboveGranted | None = None
    ceiling_percent: Decimal | None = Field(default=None, ge=100)
    wrong_basis: WrongBasis | None = None
    notice: Notice | None = None
    working_days: Definition | None = None
    wasted_visit: tuple[ServiceShare, ...] | None = None
    absence: tuple[AbsenceShare, ...] | None = None
    minute_rounding: MinuteRounding | None = None
    double_staffing: Staffing | None = None
    cohabitants: Cohabitants | None = None
    task_minutes: tuple[TaskMinutes, ...] | None = None
    new_recipient_minutes: int | None = Field(default=None, gt=0)
    quality: tuple[QualityLevel, ...] | None = None
    owner_percent: tuple[OwnerPercent, ...] | None = None
    price_rounding: PriceRounding | None = None
    part_month: PartMonth | None = None
    client_notice: Notice | None = None
    late_fee: LateFee | None = None
    fee_ore_per_hour: int | None = Field(default=None, gt=0)
    fee_ceiling_ore: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _is_possible(self) -> "WrittenSettings":
        objections = (*_impossible_shares(self), *_impossible_amounts(self))
        if objections:
            raise ValueError("; ".join(objections))
        return self

    @property
    def made(self) -> HomeCareSettings:
        """The choices, as the core has them."""
        return HomeCareSettings(**{field.name: getattr(self, field.name) for field in fields(HomeCareSettings)})


def _impossible_shares(settings: WrittenSettings) -> Iterator[str]:
    services = [one.service for one in settings.wasted_visit or ()]
    if len(services) != len(set(services)):
        yield "samma insats står två gånger i wasted_visit"
    rows = settings.absence or ()
    shares = [*(one.percent for one in settings.wasted_visit or ()), *(one.percent for one in rows)]
    if any(not 0 <= percent <= 100 for percent in shares):
        yield "en andel ligger inte mellan 0 och 100 procent"
    if any(one.from_day < 1 or (one.to_day or one.from_day) < one.from_day for one in rows):
        yield "frånvarons dagar räknas från 1, och to_day kommer inte före from_day"
    if any(_overlap(one, other) for one, other in combinations(rows, 2)):
        yield "två rader i absence gäller samma dag"
    if any(not -100 < one.percent <= 100 for one in settings.owner_percent or ()):
        yield "ett tillägg eller avdrag ligger inte mellan -100 och 100 procent"


def _overlap(one: AbsenceShare, other: AbsenceShare) -> bool:
    shares_cause = one.cause is other.cause and (one.planned == other.planned or None in (one.planned, other.planned))
    before = one.to_day is not None and one.to_day < other.from_day
    after = other.to_day is not None and other.to_day < one.from_day
    return shares_cause and not before and not after


def _impossible_amounts(settings: WrittenSettings) -> Iterator[str]:
    lengths = [one.minutes for one in settings.task_minutes or ()]
    lengths += [] if settings.minute_rounding is None else [settings.minute_rounding.minutes]
    if any(minutes < 1 for minutes in lengths):
        yield "minuter är större än noll"
    amounts = [one.ore_per_hour for one in settings.quality or ()]
    amounts += [] if settings.late_fee is None else [settings.late_fee.ore, settings.late_fee.free_events]
    amounts += [one.amount for one in (settings.notice, settings.client_notice) if one is not None]
    if any(amount < 0 for amount in amounts):
        yield "ett belopp eller antal är mindre än noll"


# --- prices ----------------------------------------------------------------------------------------------


class WrittenPrice(Written):
    """A row of the price list; without zone, band or owner it holds for every one."""

    service: str = Field(min_length=1)
    per: PriceUnit
    ore: int = Field(ge=0)
    zone: str = ""
    band: str = ""
    owner: Owner | None = None
    from_: date = Field(default=date.min, alias="from")
    to: date = date.max


class WrittenBand(Written):
    """A stretch of the day with its own price; the first that holds is taken."""

    name: str = Field(min_length=1)
    from_: str = Field(default="00.00", alias="from")
    to: str = "24.00"
    days: tuple[Weekday, ...] = ()
    dates: tuple[date, ...] = ()


# --- the order and what happened ---------------------------------------------------------------------------


class WrittenRun(Written):
    """What holds for some days, both included; without them, for the month."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class WrittenGranted(WrittenRun):
    """What was ordered; without a service it may be used for any."""

    service: str = ""
    hours: Hours
    per: GrantUnit
    zone: str = ""
    band: str = ""


class WrittenVisit(Written):
    """A visit: by the clock, as minutes or hours, or as a task with fixed minutes."""

    on: date
    service: str = Field(min_length=1)
    zone: str = ""
    band: str = ""
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    minutes: int | None = Field(default=None, gt=0)
    hours: Hours | None = None
    task: str = ""
    outcome: Outcome = Outcome.PERFORMED
    notice_at: datetime | date | None = None
    reason: str = ""
    staff: int = Field(default=1, gt=0)
    shared_by: int = Field(default=1, gt=0)

    @field_validator("notice_at")
    @classmethod
    def _is_local(cls, value: datetime | date | None) -> datetime | date | None:
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise ValueError("skriv svensk tid utan tidszon")
        return value

    @model_validator(mode="after")
    def _has_one_length(self) -> "WrittenVisit":
        by_clock = self.from_ is not None and self.to is not None
        if (self.from_ is None) != (self.to is None):
            raise ValueError("ange både from och to")
        ways = by_clock + (self.minutes is not None) + (self.hours is not None)
        if ways > 1 or (ways == 0 and not self.task):
            raise ValueError("ange antingen from och to, minutes, hours eller task")
        if by_clock and self.band:
            raise ValueError("ange band bara när klockslag saknas")
        return self


class WrittenItem(Written):
    """Things paid per occasion."""

    service: str = Field(min_length=1)
    count: int = Field(ge=0)
    zone: str = ""
    on: date | None = None


class WrittenStay(WrittenRun):
    """Days paid per day, or a level paid per month."""

    service: str = Field(min_length=1)
    zone: str = ""


class WrittenAbsence(Written):
    """Days the recipient was not at home; without `to` it had not ended. Days are inclusive."""

    cause: Cause
    from_: date = Field(alias="from")
    to: date | None = None
    planned: bool = False

    @model_validator(mode="after")
    def _begins_first(self) -> "WrittenAbsence":
        if self.to is not None and self.to < self.from_:
            raise ValueError("to kommer före from")
        return self


class WrittenNewRecipient(Written):
    """The day a recipient began, and the service the added time is paid as."""

    on: date
    service: str = Field(min_length=1)
    zone: str = ""


class WrittenQuality(Written):
    """The criteria a provider met; without `hours`, for the visits' performed time."""

    met: tuple[int, ...]
    hours: Hours | None = None


class WrittenDecision(Written):
    """On what the support rests: SoL by the day of the decision, or the LSS paragraph that is named."""

    decided_on: date
    needs_assessed: bool = True
    lss: Literal["LSS 9 § 3", "LSS 9 § 5"] | None = None


class WrittenHomeCare(Written):
    """A month of home care at one provider."""

    kind: Literal["home_care"]
    title: str = ""
    month: date
    owner: Owner
    choice_system: bool = False
    decision: WrittenDecision
    settings: tuple[WrittenSettings, ...] = ()
    price: tuple[WrittenPrice, ...] = ()
    band: tuple[WrittenBand, ...] = ()
    granted: tuple[WrittenGranted, ...] = ()
    visit: tuple[WrittenVisit, ...] = ()
    item: tuple[WrittenItem, ...] = ()
    stay: tuple[WrittenStay, ...] = ()
    level: tuple[WrittenStay, ...] = ()
    absence: tuple[WrittenAbsence, ...] = ()
    wrong_basis: str = ""
    new_recipient: WrittenNewRecipient | None = None
    quality: WrittenQuality | None = None
    late_events_before: int = Field(default=0, ge=0)
    expected: dict[str, object] = Field(default_factory=dict)

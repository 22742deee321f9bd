"""The written form of a `home_care` case: choices with their days, the price list, the order, and what happened."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations
from typing import Literal

from pydantic import Field, field_validator, model_validator

from timvis.core.calculation.home_care.records import Outcome, PriceUnit
from timvis.core.calculation.home_care.settings import (
    AbsenceShare,
    Addition,
    BeyondGranted,
    Cause,
    ClientFee,
    Cohabitants,
    Form,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    PartMonth,
    PayBasis,
    PriceRounding,
    Service,
    Staffing,
    Window,
    WrongReport,
)
from timvis.core.calculation.home_care.time_bands import Days
from timvis.core.calendar.working_days import Definition
from timvis.core.records import GrantUnit
from timvis.formats.calculation_case.hourly import Clock, Hours, Written

# --- settings --------------------------------------------------------------------------------------------


class WrittenSettings(Written):
    """Choices from a day on; each stands until a later table makes it anew. The names are the core's."""

    from_: date = Field(alias="from")
    pay_basis: tuple[PayBasis, ...] | None = None
    granted_window: Window | None = None
    beyond_granted: BeyondGranted | None = None
    ceiling_of_granted: Decimal | None = Field(default=None, ge=100, le=1000)
    wrong_report: WrongReport | None = None
    working_day: Definition | None = None
    service: tuple[Service, ...] | None = None
    absence: tuple[AbsenceShare, ...] | None = None
    notice: tuple[Notice, ...] | None = None
    addition: tuple[Addition, ...] | None = None
    vat_compensation: Decimal | None = Field(default=None, ge=0, le=100)
    overhead: Decimal | None = Field(default=None, ge=0, le=100)
    price_rounding: PriceRounding | None = None
    minute_rounding: MinuteRounding | None = None
    double_staffing: Staffing | None = None
    cohabitants: Cohabitants | None = None
    part_month: PartMonth | None = None
    client_fee: ClientFee | None = None
    client_fee_ore: int | None = Field(default=None, gt=0)
    client_fee_after_warnings: int | None = Field(default=None, ge=0)
    client_fee_within_cap: bool | None = None
    client_fee_exempt: tuple[str, ...] | None = None

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
    rows = settings.absence or ()
    if any(not 0 <= one.percent <= 100 for one in rows):
        yield "en andel ligger inte mellan 0 och 100 procent"
    if any(one.first_day < 1 or (one.last_day or one.first_day) < one.first_day for one in rows):
        yield "frånvarons dagar räknas från 1, och last_day kommer inte före first_day"
    if any(_overlap(one, other) for one, other in combinations(rows, 2)):
        yield "två rader i absence gäller samma orsak, insats och dag"
    if any(len({row.counted_from for row in rows if row.cause is cause}) > 1 for cause in Cause):
        yield "en orsaks dagar räknas från samma dag på alla rader i absence"


def _overlap(one: AbsenceShare, other: AbsenceShare) -> bool:
    before = one.last_day is not None and one.last_day < other.first_day
    after = other.last_day is not None and other.last_day < one.first_day
    return (one.cause, one.service) == (other.cause, other.service) and not before and not after


def _impossible_amounts(settings: WrittenSettings) -> Iterator[str]:
    lengths = [1 if one.minutes is None else one.minutes for one in settings.service or ()]
    lengths += [1 if one.minutes is None else one.minutes for one in settings.addition or ()]
    lengths += [] if settings.minute_rounding is None else [settings.minute_rounding.minutes]
    if any(minutes < 1 for minutes in lengths):
        yield "minuter är större än noll"
    amounts = [one.ore_per_hour or 0 for one in settings.addition or ()]
    if any(amount < 0 for amount in (*amounts, *(one.count for one in settings.notice or ()))):
        yield "ett belopp eller antal är mindre än noll"
    for name, keys in (
        ("pay_basis", [one.form for one in settings.pay_basis or ()]),
        ("service", [one.name for one in settings.service or ()]),
        ("notice", [one.concerns for one in settings.notice or ()]),
        ("addition", [one.kind for one in settings.addition or ()]),
    ):
        if len(keys) != len(set(keys)):
            yield f"samma sak står på två rader i {name}"


# --- prices ----------------------------------------------------------------------------------------------


class WrittenPrice(Written):
    """A row of the price list; without zone, time band or form it holds for every one."""

    service: str = Field(min_length=1)
    unit: PriceUnit
    amount_ore: int = Field(ge=0)
    zone: str = ""
    time_band: str = ""
    form: Form = Form.ALL
    vat_compensated: bool = False
    from_: date = Field(default=date.min, alias="from")
    to: date = date.max


class WrittenTimeBand(Written):
    """A stretch of the day with its own price; an end that is not after the start is the next day's."""

    name: str = Field(min_length=1)
    days: Days
    from_: Clock = Field(alias="from")
    to: Clock


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
    time_band: str = ""


class WrittenVisit(Written):
    """A visit: by the clock, as minutes or hours, or without a length where its service has a fixed one."""

    on: date
    service: str = Field(min_length=1)
    zone: str = ""
    time_band: str = ""
    from_: Clock | None = Field(default=None, alias="from")
    to: Clock | None = None
    minutes: int | None = Field(default=None, gt=0)
    hours: Hours | None = None
    safety_visit: bool = False
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
        if ways > 1:
            raise ValueError("ange antingen from och to, minutes eller hours")
        if by_clock and self.time_band:
            raise ValueError("ange time_band bara när klockslag saknas")
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

    cause: Literal[Cause.PLANNED, Cause.HOSPITAL_PLANNED, Cause.HOSPITAL_UNPLANNED, Cause.DEATH]
    from_: date = Field(alias="from")
    to: date | None = None

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


class WrittenFee(Written):
    """What the fee officer's system tells of the recipient."""

    ore_per_hour: int | None = Field(default=None, gt=0)
    ceiling_ore: int | None = Field(default=None, gt=0)
    late_events_before: int = Field(default=0, ge=0)


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
    form: Literal[Form.OWN, Form.PRIVATE]
    choice_system: bool = False
    compare_with_order: bool = True
    decision: WrittenDecision
    setting: tuple[WrittenSettings, ...] = ()
    price: tuple[WrittenPrice, ...] = ()
    time_band: tuple[WrittenTimeBand, ...] = ()
    major_holidays: tuple[date, ...] = ()
    granted: tuple[WrittenGranted, ...] = ()
    visit: tuple[WrittenVisit, ...] = ()
    item: tuple[WrittenItem, ...] = ()
    stay: tuple[WrittenStay, ...] = ()
    level: tuple[WrittenStay, ...] = ()
    absence: tuple[WrittenAbsence, ...] = ()
    wrong_report: str = ""
    new_recipient: WrittenNewRecipient | None = None
    quality: WrittenQuality | None = None
    fee: WrittenFee = WrittenFee()
    expected: dict[str, object] = Field(default_factory=dict)

"""What a month of home care consists of: visits, things per occasion, days, absences, the order and the prices."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.home_care.settings import Cause, Form, SettingsByDay
from timvis.core.calendar.months import Period
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit, Instant


class PriceUnit(StrEnum):
    """What a price is per."""

    HOUR = "hour"
    OCCASION = "occasion"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One row of a price list; an empty zone or time band and form `all` stand for every one. `to_on` is inclusive.

    `vat_compensated`: it holds what a private provider gets for hidden VAT, and nothing is added.
    """

    service: str
    unit: PriceUnit
    amount_ore: Ore
    zone: str = ""
    time_band: str = ""
    form: Form = Form.ALL
    vat_compensated: bool = False
    from_on: date = date.min
    to_on: date = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What was ordered of a service; an empty service may be used for any. `granted_to` is the first day outside."""

    service: str
    minutes: Minutes
    per: GrantUnit
    granted_from: date
    granted_to: date
    zone: str = ""
    time_band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Minutes of one time band."""

    time_band: str
    minutes: Fraction


class Outcome(StrEnum):
    """What became of a planned visit."""

    PERFORMED = "performed"
    NOT_PERFORMED = "not_performed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit, planned or performed, cut at the borders of the time bands.

    `start_at` is None when only its length is known. `noticed_at` is when the recipient told that it would not
    be needed, None when she never did; `reason` is her reason.
    """

    number: int
    on: date
    service: str
    stretches: tuple[Stretch, ...]
    zone: str = ""
    start_at: Instant | None = None
    outcome: Outcome = Outcome.PERFORMED
    noticed_on: date | None = None
    noticed_at: Instant | None = None
    reason: str = ""
    is_safety_visit: bool = False
    staff: int = 1
    shared_by: int = 1

    @property
    def minutes(self) -> Fraction:
        """How long it is by the clock, or as written."""
        return sum((stretch.minutes for stretch in self.stretches), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Things paid per occasion: meals, alarms."""

    number: int
    on: date
    service: str
    count: int
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Days paid per day (särskilt boende) or a level paid per month; half-open."""

    number: int
    service: str
    period: Period
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which the recipient was not at home, from the day it began; `to_on` is the first day back, or None."""

    cause: Cause
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        """Whether she was away on a day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecipient:
    """The day a recipient began, and the service whose price the added time has."""

    on: date
    service: str
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Which criteria a provider met, and for how many performed hours; None: those of the visits."""

    met: tuple[int, ...]
    performed_minutes: Minutes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFacts:
    """What the fee officer's system tells: the recipient's fee, its ceiling, and earlier late cancellations."""

    ore_per_hour: int | None = None
    ceiling_ore: int | None = None
    late_events_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCareCase:
    """One recipient's month at one provider, or a provider's sum of such months.

    `cites` are the codes of the decision's paragraph and of where prices are public. `is_compared`: performed time
    is held against the order, which a price example has none of. `wrong_report` is a Swedish reason why the
    reported time cannot be used, empty when it can.
    """

    month_on: date
    form: Form
    cites: tuple[str, ...]
    needs_assessed: bool
    is_compared: bool
    settings: SettingsByDay
    prices: tuple[Price, ...] = ()
    granted: tuple[Granted, ...] = ()
    visits: tuple[Visit, ...] = ()
    items: tuple[Item, ...] = ()
    stays: tuple[Stay, ...] = ()
    levels: tuple[Stay, ...] = ()
    absences: tuple[Absence, ...] = ()
    wrong_report: str = ""
    new_recipient: NewRecipient | None = None
    quality: Quality | None = None
    fee: FeeFacts = FeeFacts()

    def absence_on(self, day: date) -> Absence | None:
        """Return why the recipient was not at home on a day: of several reasons a death, else the earliest."""
        covering = [absence for absence in self.absences if absence.covers(day)]
        return min(covering, key=lambda one: (one.cause is not Cause.DEATH, one.from_on, one.cause), default=None)

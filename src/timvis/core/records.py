"""What an assistance claim is made of, as immutable records.

Days are `date`s here; instants are whole minutes since 1970-01-01 00:00 UTC (`Instant`), because every
difference between two of them is then real time, also over a clock change. Periods are half-open: the `…_to`
day is the first day that no longer belongs. `None` means "nobody has told us", never "no".
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from timvis.core.quantities import Minutes

Instant = NewType("Instant", int)
"""A moment: whole minutes since 1970-01-01 00:00 UTC."""


class Regime(StrEnum):
    """Whose decision the hours rest on."""

    LSS = "lss"  # the municipality's, LSS 9 § 2
    SFB = "sfb"  # Försäkringskassan's, SFB 51 kap.


class TimeKind(StrEnum):
    """The three kinds of time a report tells apart."""

    ACTIVE = "active"
    WAITING = "waiting"
    STANDBY = "standby"


class ProviderKind(StrEnum):
    """Who arranges the assistance."""

    COMPANY = "company"
    COOPERATIVE = "cooperative"
    OWN_EMPLOYER = "own_employer"
    MUNICIPALITY = "municipality"


class GrantUnit(StrEnum):
    """What a granted quantity is granted per."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PERIOD = "period"


class AbsenceKind(StrEnum):
    """Where a recipient was when assistance is as a rule not paid."""

    HOSPITAL = "hospital"
    SCHOOL = "school"
    DAILY_ACTIVITY = "daily_activity"


class WorkingTimeLaw(StrEnum):
    """Which limits of working time cover an employment."""

    WORKING_HOURS_ACT = "working_hours_act"  # arbetstidslagen (1982:673)
    HOUSEHOLD_ACT = "household_act"  # lagen (1970:943), own employers
    AGREEMENT = "agreement"  # a collective agreement that meets ATL 3 §


# --- as handed in -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSpan:
    """A piece of one local day, as the clock was read and as time really passed.

    `from_text` and `to_text` stand as handed in. `start_minute` and `end_minute` count from local midnight as
    the clock shows (24.00 is 1440); `start_at` and `end_at` are instants. `is_ambiguous` when an end lies in
    the hour that the autumn change gives twice: then the shortest reading is used and a person is asked.
    """

    work_on: date
    from_text: str
    to_text: str
    start_minute: int
    end_minute: int
    start_at: Instant
    end_at: Instant
    is_ambiguous: bool = False

    @property
    def clock_minutes(self) -> Minutes:
        """What the clock shows between the two ends."""
        return Minutes(self.end_minute - self.start_minute)

    @property
    def actual_minutes(self) -> Minutes:
        """The time that really passed."""
        return Minutes(self.end_at - self.start_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One row of a time report; `line` is where it stood in the file, from 1."""

    line: int
    kind: TimeKind
    span: ClockSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who says that a report is true. `number` is a personal number when the report tells it."""

    signed_on: date
    name: str = ""
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSums:
    """Minutes per kind of time, as stated or as summed."""

    active_minutes: int = 0
    waiting_minutes: int = 0
    standby_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReport:
    """One assistant's month with one recipient, as handed in, whatever the format.

    `key` is the report's own identity (ELT's `id`; else built from the original's digest and the row block).
    Numbers are twelve digits. `month_on` is the first day of the month.
    """

    key: str
    month_on: date
    recipient_number: str | None
    recipient_name: str | None
    assistant_number: str | None
    assistant_name: str | None
    rows: tuple[ReportRow, ...]
    employer_number: str | None = None
    is_own_employer: bool | None = None
    has_agreement: bool | None = None
    reference_periods: tuple[tuple[date, date], ...] = ()
    assistant_signature: Signature | None = None
    manager_signature: Signature | None = None
    stated_sums: KindSums | None = None


# --- what the municipality knows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """The person who receives the assistance."""

    number: str
    name: str
    died_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incapacity:
    """A recorded assessment that an assistant lacked ability because of illness, age or the like."""

    unable_from: date
    unable_to: date | None
    assessed_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """An assistant as the employer registered her.

    `registered_on` is the day the municipality had her data (LSS 11 a §); None means never registered.
    `lives_outside_eea` None means that nobody has told. `hired_on` matters for the transition of 2013-07-01.
    """

    number: str
    name: str
    born_on: date | None
    lives_outside_eea: bool | None
    registered_on: date | None
    hired_on: date | None = None
    incapacities: tuple[Incapacity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider, with its permit (or, for those who need none, its notification) with IVO.

    `permit_is_known` tells "no permit" from "nobody has told us". `permit_to` is the first day without permit;
    `told_of_end_on` the day the recipient was told that the permit had ended (the two-week rule).
    """

    number: str
    name: str
    kind: ProviderKind
    permit_is_known: bool = True
    permit_from: date | None = None
    permit_to: date | None = None
    told_of_end_on: date | None = None
    working_time_law: WorkingTimeLaw | None = None
    agreement: str | None = None
    managers: tuple[str, ...] = ()
    """Personal numbers of those who may sign reports for the provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A decided quantity of assistance in a period: what was granted, from which day, per what."""

    reference: str
    regime: Regime
    decided_on: date
    granted_from: date
    granted_to: date | None
    granted_minutes: Minutes
    per: GrantUnit
    is_temporary: bool = False
    double_staffing: bool = False
    used_parts: int = 0
    """Of a quantity granted for its whole period: what earlier months have used, in 28ths of a minute."""
    legal_basis: str = "LSS 9 § 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Time the recipient spent where assistance is as a rule not paid."""

    kind: AbsenceKind
    start_at: Instant
    end_at: Instant
    has_special_reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A power of attorney: who may act for the recipient towards the municipality, in what, from when."""

    agent_number: str
    valid_from: date
    valid_to: date | None
    may_report: bool = True
    original_received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherShift:
    """A shift outside the claim that the judgement needs: earlier weeks, or another recipient.

    `reference` is opaque: it lets somebody with the right to it find the row, and tells nobody else anything.
    `is_same_recipient` separates "reported twice" from "with two recipients at once".
    """

    reference: str
    assistant_number: str
    is_same_recipient: bool
    is_same_employer: bool
    kind: TimeKind
    span: ClockSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything a claim for one month of assistance is judged on.

    `submitted_by` is the personal number of the one who handed the month in, None when the recipient did it on
    paper. `received_on` and `due_on` are days; `due_on` None when the routine sets no day.
    """

    regime: Regime
    month_on: date
    recipient: Recipient
    provider: Provider
    reports: tuple[TimeReport, ...]
    assistants: tuple[Assistant, ...]
    grants: tuple[Grant, ...]
    absences: tuple[Absence, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    others: tuple[OtherShift, ...] = ()
    received_on: date
    due_on: date | None = None
    submitted_by: str | None = None
    submitted_by_provider: bool = True
    settings: dict[str, str] = field(default_factory=dict)

"""Every choice of a home-care calculation, by the code a routine states it with, and the days it holds.

Municipalities differ in each of them. Nothing here has a default: a choice that a month needs and nobody has made
is a fault that says which one, never a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from timvis.core.calculation.setting import Setting
from timvis.core.calendar.working_days import Definition


class Form(StrEnum):
    """Who runs the provider; `all` in a table stands for both."""

    OWN = "own"
    PRIVATE = "private"
    ALL = "all"


class Basis(StrEnum):
    """What is paid for."""

    PERFORMED_MEASURED = "performed_measured"
    PERFORMED_SELF_REPORTED = "performed_self_reported"
    GRANTED = "granted"
    LEVELS = "levels"


class Window(StrEnum):
    """Within what the granted hours are used; nothing is carried over its end."""

    WEEK = "week"
    MONTH = "month"


class BeyondGranted(StrEnum):
    """What becomes of time performed beyond the granted hours."""

    NOT_PAID = "not_paid"
    AUTHORITY_DECIDES = "authority_decides"
    UP_TO_CEILING = "up_to_ceiling"


class WrongReport(StrEnum):
    """What is done when the reported time cannot be used."""

    GRANTED_TIME_IS_BILLED = "granted_time_is_billed"
    NEW_INVOICE_IS_ASKED = "new_invoice_is_asked"
    REGISTERED_AFTERWARDS = "registered_afterwards"
    REPORT_IS_RETURNED = "report_is_returned"


class Concerns(StrEnum):
    """Whose money a rule of notice is about."""

    PROVIDER_PAY = "provider_pay"
    CLIENT_FEE = "client_fee"


class Before(StrEnum):
    """Before what a visit must be cancelled."""

    ONGOING_DAY_PLAN = "ongoing_day_plan"
    WORKING_DAY_SAME_TIME = "working_day_same_time"
    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"
    DAYS_BEFORE = "days_before"


class Cause(StrEnum):
    """Why a planned visit was not made."""

    NO_NOTICE = "no_notice"
    DECLINED_VISIT = "declined_visit"
    PLANNED = "planned"
    HOSPITAL_UNPLANNED = "hospital_unplanned"
    HOSPITAL_PLANNED = "hospital_planned"
    DEATH = "death"


class CountedFrom(StrEnum):
    """Which day of an absence is day 1."""

    SAME_DAY = "same_day"
    DAY_AFTER = "day_after"


class AdditionKind(StrEnum):
    """What is added to the performed time, or counted by a fixed time."""

    NEW_RECIPIENT = "new_recipient"
    SAFETY_VISIT = "safety_visit"
    QUALITY_1 = "quality_1"
    QUALITY_2 = "quality_2"


class RoundingHow(StrEnum):
    """Which way minutes are rounded."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


class Staffing(StrEnum):
    """How a visit by two employees counts."""

    EACH_COUNTS = "each_counts"
    COUNTS_ONCE = "counts_once"


class Cohabitants(StrEnum):
    """How a visit counts that several recipients of one household share."""

    SPLIT = "split"
    WHOLE = "whole"


class PartMonth(StrEnum):
    """How a monthly amount counts that did not hold all month."""

    BY_DAY = "by_day"
    WHOLE = "whole"


class PriceRounding(StrEnum):
    """To what whole a derived price is rounded, half up."""

    ORE = "ore"
    KRONOR = "kronor"


class ClientFee(StrEnum):
    """What the recipient is charged for a visit cancelled too late."""

    NONE = "none"
    FIXED = "fixed"
    ORDINARY_HOUR_FEE = "ordinary_hour_fee"


# --- rows of tables ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBasis:
    """What one form of provider is paid for."""

    form: Form
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service, and the fixed minutes it counts for however long it took."""

    name: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShare:
    """The percentage of the price that is paid when a visit is not made: for one service or every other, some days."""

    cause: Cause
    percent: Decimal
    service: str = ""
    first_day: int = 1
    last_day: int | None = None
    counted_from: CountedFrom = CountedFrom.SAME_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A rule of notice; `count` in its days or hours, 0 where the rule has none."""

    concerns: Concerns
    before: Before
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """An addition: fixed minutes, or an amount per performed hour for those who meet enough criteria.

    `criteria` is how many, `required` those that must be among them.
    """

    kind: AdditionKind
    minutes: int | None = None
    ore_per_hour: int | None = None
    criteria: int | None = None
    required: tuple[int, ...] = ()
    judged_every_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteRounding:
    """Each visit is rounded to whole multiples of so many minutes."""

    minutes: int
    how: RoundingHow


# --- all choices -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCareSettings:
    """The choices in force on one day; None: nobody has made that choice."""

    pay_basis: tuple[PayBasis, ...] | None = None
    granted_window: Window | None = None
    beyond_granted: BeyondGranted | None = None
    ceiling_of_granted: Decimal | None = None
    wrong_report: WrongReport | None = None
    working_day: Definition | None = None
    service: tuple[Service, ...] | None = None
    absence: tuple[AbsenceShare, ...] | None = None
    notice: tuple[Notice, ...] | None = None
    addition: tuple[Addition, ...] | None = None
    vat_compensation: Decimal | None = None
    overhead: Decimal | None = None
    price_rounding: PriceRounding | None = None
    minute_rounding: MinuteRounding | None = None
    double_staffing: Staffing | None = None
    cohabitants: Cohabitants | None = None
    part_month: PartMonth | None = None
    client_fee: ClientFee | None = None
    client_fee_ore: int | None = None
    client_fee_after_warnings: int | None = None
    client_fee_within_cap: bool | None = None
    client_fee_exempt: tuple[str, ...] | None = None

    def basis_for(self, form: Form) -> Basis | None:
        """Return what a form of provider is paid for: its own row before the one for all."""
        rows = {row.form: row.basis for row in self.pay_basis or ()}
        return rows.get(form, rows.get(Form.ALL))

    def notice_for(self, concerns: Concerns) -> Notice | None:
        """Return the rule of notice for the provider's pay or the recipient's fee."""
        return next((row for row in self.notice or () if row.concerns is concerns), None)

    def addition_of(self, kind: AdditionKind) -> Addition | None:
        """Return an addition."""
        return next((row for row in self.addition or () if row.kind is kind), None)


SETTINGS = (
    Setting(name="pay_basis", variation="V30", says="Vad hemtjänsten betalas efter."),
    Setting(name="granted_window", variation="V33", says="Inom vilken tid beviljade timmar används."),
    Setting(name="beyond_granted", variation="V32", says="Vad som händer med utförd tid utöver beviljad."),
    Setting(name="ceiling_of_granted", variation="V32", says="Taket för utförd tid, i procent av beviljad."),
    Setting(name="wrong_report", variation="V34", says="Vad som sker när underlaget är fel eller saknas."),
    Setting(name="working_day", variation="V46", says="Vad som är en vardag."),
    Setting(name="service", variation="V31", says="Vilka insatser som finns, och deras schablontid."),
    Setting(
        name="absence",
        variation="V35",
        says="Hur stor andel av priset som ersätts när ett besök inte blir av, av vilken orsak och vilken dag.",
    ),
    Setting(name="notice", variation="V37", says="När besked om frånvaro måste lämnas."),
    Setting(name="addition", variation="V40", says="Tillägg för ny brukare, trygghetsbesök och kvalitet."),
    Setting(name="vat_compensation", variation="V31", says="Momskompensation till privata utförare, i procent."),
    Setting(name="overhead", variation="V31", says="Avdrag för overhead i egen regi, i procent."),
    Setting(name="price_rounding", variation="V8", says="Om ett härlett pris avrundas till hela ören eller kronor."),
    Setting(name="minute_rounding", variation="V30", says="Om varje besök avrundas till ett antal minuter."),
    Setting(
        name="double_staffing",
        variation="V30",
        says="Om ett besök med två anställda räknas en gång eller för var och en.",
    ),
    Setting(name="cohabitants", variation="V30", says="Om tiden delas mellan brukare i samma hushåll."),
    Setting(name="part_month", variation="V30", says="Hur en nivå räknas som inte gällt hela månaden."),
    Setting(name="client_fee", variation="V36", says="Den enskildes avgift vid missat besök."),
    Setting(name="client_fee_ore", variation="V36", says="Den fasta avgiften vid missat besök."),
    Setting(name="client_fee_after_warnings", variation="V36", says="Antalet varningar före avgiften."),
    Setting(name="client_fee_within_cap", variation="V36", says="Om avgiften räknas in i maxtaxan."),
    Setting(name="client_fee_exempt", variation="V36", says="Vilka skäl som befriar från avgiften."),
)
"""The closed catalogue: every field of `HomeCareSettings`, in its order."""


# --- through time ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedSettings:
    """Choices from a day on."""

    from_on: date
    settings: HomeCareSettings


@dataclass(frozen=True, slots=True)
class SettingsByDay:
    """All choices through time: each piece holds, from its day on, everything that is chosen then."""

    pieces: tuple[DatedSettings, ...]

    def on(self, day: date) -> HomeCareSettings:
        """Return the choices in force on a day; before the first piece nobody has chosen anything."""
        for piece in reversed(self.pieces):
            if piece.from_on <= day:
                return piece.settings
        return NOTHING_CHOSEN

    def told(self, from_on: date, to_on: date) -> tuple[tuple[str, str], ...]:
        """Return the choices of a half-open period as a statement keeps them; one that changes, with its days."""
        first = DatedSettings(from_on=from_on, settings=self.on(from_on))
        later = [piece for piece in self.pieces if from_on < piece.from_on < to_on]
        seen: dict[str, list[tuple[date, str]]] = {}
        for piece in (first, *later):
            for name, value in _made(piece.settings).items():
                before = seen.setdefault(name, [])
                if not before or before[-1][1] != _text(value):
                    before.append((piece.from_on, _text(value)))
        return tuple(
            (name, values[0][1] if len(values) == 1 else "; ".join(f"{day} {text}" for day, text in values))
            for name, values in sorted(seen.items())
        )


NOTHING_CHOSEN = HomeCareSettings()


def settings_by_day(rows: Iterable[DatedSettings]) -> SettingsByDay:
    """Return choices through time; those a row does not make are the earlier rows'."""
    pieces: list[DatedSettings] = []
    for row in sorted(rows, key=lambda row: row.from_on):
        before = pieces[-1].settings if pieces else NOTHING_CHOSEN
        pieces.append(DatedSettings(from_on=row.from_on, settings=replace(before, **_made(row.settings))))
    return SettingsByDay(tuple(pieces))


def _made(settings: HomeCareSettings) -> dict[str, Any]:
    return {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if getattr(settings, field.name) is not None
    }


def _text(value: object) -> str:
    """Return a choice in one exact line: a record as its values, a table as its rows."""
    if isinstance(value, tuple):
        return ", ".join(_text(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        parts = [_text(getattr(value, name)) for name in value.__dataclass_fields__]
        return " ".join(part for part in parts if part)
    return "" if value is None else str(value)

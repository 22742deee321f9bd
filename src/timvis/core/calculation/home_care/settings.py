"""Every choice of a home-care calculation, by name, with the days it holds. Nothing here has a default.

Municipalities differ in each of them, so a choice that a month needs and nobody has made is a fault that says
which one, never a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from timvis.core.calculation.setting import Setting
from timvis.core.calendar.working_days import Definition


class Basis(StrEnum):
    """What is paid for."""

    PERFORMED_MEASURED = "performed_measured"
    PERFORMED_REPORTED = "performed_reported"
    GRANTED = "granted"
    LEVELS = "levels"


class Window(StrEnum):
    """Within what the granted hours are used; nothing is carried over its end."""

    WEEK = "week"
    MONTH = "month"


class AboveGranted(StrEnum):
    """What becomes of time performed above the granted hours."""

    NOT_PAID = "not_paid"
    ASKS = "asks"
    CEILING = "ceiling"
    NOT_COMPARED = "not_compared"


class WrongBasis(StrEnum):
    """What is done when the reported time cannot be trusted."""

    GRANTED = "granted"
    ASKS = "asks"


class NoticeRule(StrEnum):
    """By when a visit must be cancelled not to count as a wasted one."""

    DAY_PLAN = "day_plan"
    DAY_BEFORE = "day_before"
    WORKING_DAY_BEFORE = "working_day_before"
    HOURS = "hours"
    DAYS = "days"


class Cause(StrEnum):
    """Why the recipient was not at home."""

    HOSPITAL = "hospital"
    DEATH = "death"
    AWAY = "away"


class CountedFrom(StrEnum):
    """Which day of an absence is day 1."""

    EVENT_DAY = "event_day"
    DAY_AFTER = "day_after"


class RoundingHow(StrEnum):
    """Which way minutes or kronor are rounded."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


class Staffing(StrEnum):
    """How a visit by two employees counts."""

    EACH_COUNTS = "each_counts"
    COUNTS_ONCE = "counts_once"


class Cohabitants(StrEnum):
    """How a visit counts that two recipients of one household share."""

    SPLIT = "split"
    WHOLE = "whole"


class PartMonth(StrEnum):
    """How a monthly amount counts that did not hold all month."""

    BY_DAY = "by_day"
    WHOLE = "whole"


class PriceRounding(StrEnum):
    """To what a derived price is rounded, half up."""

    ORE = "ore"
    KRONA = "krona"


class ClientFee(StrEnum):
    """What the recipient is charged for a visit cancelled too late."""

    NONE = "none"
    AMOUNT = "amount"
    HOURLY = "hourly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A rule of notice; `amount` in its hours or days, 0 where the rule has none."""

    rule: NoticeRule
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceShare:
    """A percentage for one service; an empty service stands for every other one."""

    percent: Decimal
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShare:
    """What is paid of planned time on some days of an absence; `to_day` None: to its end.

    `planned` None: whether or not it was known beforehand.
    """

    cause: Cause
    counted_from: CountedFrom
    percent: Decimal
    planned: bool | None = None
    from_day: int = 1
    to_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteRounding:
    """Each visit is rounded to whole multiples of so many minutes."""

    minutes: int
    how: RoundingHow


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMinutes:
    """The fixed minutes that a task counts for, however long it took."""

    task: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPercent:
    """What a price without owner is raised (or lowered) by for one kind of provider."""

    owner: str
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLevel:
    """An amount per performed hour for those who meet all of `needs` and, where it is not empty, one of `any_of`."""

    level: int
    ore_per_hour: int
    needs: tuple[int, ...]
    any_of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFee:
    """What the recipient is charged for late cancellations: after `free_events`, never for an exempt reason."""

    kind: ClientFee
    ore: int = 0
    free_events: int = 0
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCareSettings:
    """The choices in force on one day; None: nobody has made that choice."""

    basis: Basis | None = None
    window: Window | None = None
    above_granted: AboveGranted | None = None
    ceiling_percent: Decimal | None = None
    wrong_basis: WrongBasis | None = None
    notice: Notice | None = None
    working_days: Definition | None = None
    wasted_visit: tuple[ServiceShare, ...] | None = None
    absence: tuple[AbsenceShare, ...] | None = None
    minute_rounding: MinuteRounding | None = None
    double_staffing: Staffing | None = None
    cohabitants: Cohabitants | None = None
    task_minutes: tuple[TaskMinutes, ...] | None = None
    new_recipient_minutes: int | None = None
    quality: tuple[QualityLevel, ...] | None = None
    owner_percent: tuple[OwnerPercent, ...] | None = None
    price_rounding: PriceRounding | None = None
    part_month: PartMonth | None = None
    client_notice: Notice | None = None
    late_fee: LateFee | None = None
    fee_ore_per_hour: int | None = None
    fee_ceiling_ore: int | None = None


SETTINGS = (
    Setting(name="basis", variation="V30", says="Vad som ersätts.", words=tuple(Basis)),
    Setting(name="window", variation="V33", says="Inom vad beviljad tid får användas.", words=tuple(Window)),
    Setting(
        name="above_granted",
        variation="V32",
        says="Vad som händer med utförd tid utöver beviljad.",
        words=tuple(AboveGranted),
    ),
    Setting(name="ceiling_percent", variation="V32", says="Taket för utförd tid, i procent av beviljad."),
    Setting(
        name="wrong_basis",
        variation="V34",
        says="Vad som gäller när underlaget är fel: beviljad tid ersätts, eller ett nytt begärs.",
        words=tuple(WrongBasis),
    ),
    Setting(
        name="notice",
        variation="V37",
        says="När ett besök senast ska vara avbokat för att inte räknas som bomtid.",
        words=tuple(NoticeRule),
    ),
    Setting(name="working_days", variation="V46", says="Vilka dagar som är vardagar.", words=tuple(Definition)),
    Setting(name="wasted_visit", variation="V35", says="Hur stor del av bomtiden som ersätts, per insats."),
    Setting(
        name="absence",
        variation="V38, V39",
        says="Hur stor del av planerad tid som ersätts vid sjukhusvistelse, dödsfall och annan frånvaro, dag för dag.",
    ),
    Setting(name="minute_rounding", variation="", says="Om varje besök avrundas till ett antal minuter."),
    Setting(
        name="double_staffing",
        variation="",
        says="Om ett besök med två anställda räknas en gång eller för var och en.",
        words=tuple(Staffing),
    ),
    Setting(
        name="cohabitants",
        variation="",
        says="Om tiden delas mellan två brukare i samma hushåll.",
        words=tuple(Cohabitants),
    ),
    Setting(name="task_minutes", variation="V40", says="Schablonminuter som en uppgift räknas med."),
    Setting(name="new_recipient_minutes", variation="V40", says="Tid som läggs till för en ny brukare."),
    Setting(name="quality", variation="V40", says="Kvalitetspengar per utförd timme, nivå för nivå."),
    Setting(
        name="owner_percent",
        variation="V31",
        says="Vad grundpriset höjs eller sänks med för privat utförare (momskompensation) eller egen regi.",
    ),
    Setting(
        name="price_rounding",
        variation="V8",
        says="Vad ett härlett pris avrundas till.",
        words=tuple(PriceRounding),
    ),
    Setting(
        name="part_month",
        variation="V30",
        says="Hur en månadsnivå räknas som inte gällt hela månaden.",
        words=tuple(PartMonth),
    ),
    Setting(
        name="client_notice",
        variation="V37",
        says="När brukaren senast ska avboka för att slippa avgift.",
        words=tuple(NoticeRule),
    ),
    Setting(name="late_fee", variation="V36", says="Avgift för sent avbokat besök.", words=tuple(ClientFee)),
    Setting(name="fee_ore_per_hour", variation="V36", says="Brukarens avgift per timme."),
    Setting(name="fee_ceiling_ore", variation="V36", says="Brukarens högsta avgift för månaden."),
)
"""The closed catalogue: every field of `HomeCareSettings`, in its order."""


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

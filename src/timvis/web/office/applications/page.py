"""What a claim's page says of the application it rests on: what was applied for, the shifts side by side, the lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from timvis.apps.applications import queries as applications
from timvis.apps.applications.models import (
    APPLIED_BY_LABELS,
    CAME_BY_LABELS,
    REPRESENTS_LABELS,
    ApplicationVersion,
    AppliedBy,
    CameBy,
    Represents,
)
from timvis.apps.claims.applying import parts_now
from timvis.apps.claims.models import NOTHING_PAID, Claim
from timvis.apps.claims.queries import newest_decision
from timvis.core.application.case import worked_out
from timvis.core.application.matching import Coverage, MatchedDay, MatchedShift, StoodIn, matched
from timvis.core.application.records import Part
from timvis.core.calculation.sick_cost.settings import CATALOGUE
from timvis.core.calendar.local_time import day_of, local_clock
from timvis.core.faults import Fault
from timvis.core.law import LawBook, LawGap
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Instant
from timvis.core.review.finding import Finding
from timvis.core.review.review import hours_text
from timvis.core.statement import Line, Statement
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.statutes.read import load_statutes
from timvis.web.office.applications.fields import ITEM_WORDS, Text
from timvis.web.office.queue.rows import OPEN

DAY_MINUTES = 24 * MINUTES_PER_HOUR
OPEN_IN_LAW = frozenset(
    {
        "holiday_compensation_base_is_open_in_law",
        "hours_borne_by_the_deduction_are_open_in_law",
        "relapse_depends_on_how_days_are_counted",
        "daily_factor_is_taken_of_sick_pay",
        "agreement_and_routine_differ",
    }
)
"""Findings that say that two readings of the law stand, and which one is counted with here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A piece of a day as it is drawn, in minutes from midnight."""

    x: int
    width: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of the matching view: what was missed, who stood in, and what nobody worked."""

    on: date
    sick: str
    stood_in: str
    vacant_minutes: int
    has_stray: bool
    sick_bars: tuple[Bar, ...]
    substitute_bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """One assistant of the application."""

    label: str
    spells: tuple[str, ...]
    agreement: str
    hourly_ore: int | None
    monthly_ore: int | None
    days: tuple[DayShown, ...]
    claimed: tuple[tuple[Text, int], ...]
    sick_minutes: int
    vacant_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One line: what was claimed, what it comes to, the difference and why."""

    line: Line
    statutes: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingShown:
    """One choice that the amount was made by."""

    decides: str
    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationShown:
    """Everything the page says of an application."""

    version: ApplicationVersion
    versions: tuple[ApplicationVersion, ...]
    applied_by: str
    represents: str
    came_by: str
    parts: tuple[PartShown, ...]
    lines: tuple[LineShown, ...]
    is_preliminary: bool
    claimed_ore: int
    total_ore: int
    settings: tuple[SettingShown, ...]
    doubts: tuple[str, ...]
    lacks: tuple[Fault, ...]
    gap: str
    days_late: int
    days_waited: int
    is_waited_for: bool
    followed_by: Claim | None
    is_decided: bool

    @property
    def difference_ore(self) -> int:
        """What is paid more (less: below zero) than was asked for."""
        return self.total_ore - self.claimed_ore


def application_shown(claim: Claim, statement: Statement | None, *, law: LawBook, now: datetime) -> ApplicationShown:
    """Return what the page says of a claim's application; without a statement what it would come to as it stands."""
    application = claim.application
    assert application is not None
    versions = applications.versions_of(application)
    version = versions[0]
    parts = parts_now(claim, version)
    made, findings, lacks, gap = _preliminary(parts, law)
    shown = statement or made
    today = day_of(now)
    return ApplicationShown(
        version=version,
        versions=versions,
        applied_by=APPLIED_BY_LABELS[AppliedBy(version.applied_by)],
        represents=REPRESENTS_LABELS[Represents(version.represents)],
        came_by=CAME_BY_LABELS[CameBy(application.came_by)],
        parts=tuple(_part(part) for part in parts),
        lines=tuple(_lines(shown)),
        is_preliminary=statement is None,
        claimed_ore=sum(one.ore for part in parts for one in part.case.claimed),
        total_ore=shown.total_ore if shown else 0,
        settings=tuple(_settings(shown)),
        doubts=tuple(one.message for one in findings if one.code in OPEN_IN_LAW),
        lacks=lacks,
        gap=gap,
        days_late=max((today - claim.due_on).days, 0) if claim.due_on else 0,
        days_waited=(today - day_of(claim.received_at)).days,
        is_waited_for=claim.status in OPEN,
        followed_by=claim.referred_to_by.exclude(status__in=NOTHING_PAID).first(),
        is_decided=newest_decision(claim) is not None,
    )


def _preliminary(
    parts: Sequence[Part], law: LawBook
) -> tuple[Statement | None, tuple[Finding, ...], tuple[Fault, ...], str]:
    """Return what the parts come to as they stand, or what they lack, or the gap in the law."""
    try:
        made = worked_out(parts, load_agreements(), law)
    except LawGap as gap:
        return None, (), (), gap.message
    if isinstance(made, tuple):
        return None, (), made, ""
    return made.statement, made.findings, (), ""


def _lines(statement: Statement | None) -> Iterator[LineShown]:
    statutes = load_statutes()
    for line in statement.lines if statement else ():
        yield LineShown(line=line, statutes=tuple(statutes[code] for code in line.cites if code in statutes))


def _settings(statement: Statement | None) -> Iterator[SettingShown]:
    for code, value in statement.settings if statement else ():
        name, _at, where = code.partition("@")
        setting = CATALOGUE.get(name)
        if setting is not None:
            yield SettingShown(decides=setting.decides, value=_words(setting.values, value), where=where)


def _words(values: Any, value: str) -> str:
    """Return a choice in words; a choice of several as all of them."""
    return str(values.get(value, value)) if values else value


# --- the shifts side by side ----------------------------------------------------------------------------------


def _part(part: Part) -> PartShown:
    case = part.case
    days = tuple(_day(one) for one in matched(case))
    pay = case.pay[-1] if case.pay else None
    pack = load_agreements().get(case.agreement)
    return PartShown(
        label=part.label,
        spells=tuple(f"{one.first_on} – {one.last_on}" for one in case.spells),
        agreement=pack.name if pack else case.agreement,
        hourly_ore=pay.hourly_ore if pay else None,
        monthly_ore=pay.monthly_ore if pay else None,
        days=days,
        claimed=tuple((ITEM_WORDS[one.item], one.ore) for one in case.claimed),
        sick_minutes=sum(one.minutes for one in case.shifts),
        vacant_minutes=sum(one.vacant_minutes for one in days),
    )


def _day(one: MatchedDay) -> DayShown:
    by_clock = [shift for shift in one.shifts if shift.is_by_clock]
    return DayShown(
        on=one.on,
        sick=", ".join(_clock(shift) for shift in one.shifts),
        stood_in=", ".join(f"{_span(who)} ({_('sjuk')})" if who.was_ill else _span(who) for who in one.substitutes),
        vacant_minutes=one.vacant_minutes,
        has_stray=any(not who.fits for who in one.substitutes),
        sick_bars=tuple(
            _bar(piece.start_at, piece.end_at, piece.coverage.value) for shift in by_clock for piece in shift.pieces
        ),
        substitute_bars=tuple(
            _bar(who.start_at, who.end_at, "ill" if who.was_ill else "worked" if who.fits else "stray")
            for who in one.substitutes
        ),
    )


def _clock(shift: MatchedShift) -> str:
    if not shift.is_by_clock:
        hours = hours_text(shift.end_at - shift.start_at)
        covered = all(piece.coverage is Coverage.COVERED for piece in shift.pieces)
        return _("%(h)s tim, vikarie") % {"h": hours} if covered else _("%(h)s tim") % {"h": hours}
    return f"{local_clock(shift.start_at)}–{_end(shift.end_at)}"


def _span(who: StoodIn) -> str:
    return f"{local_clock(who.start_at)}–{_end(who.end_at)}"


def _end(at: Instant) -> str:
    told = local_clock(at)
    return "24.00" if told == "00.00" else told


def _bar(start_at: Instant, end_at: Instant, code: str) -> Bar:
    x = _minute(local_clock(start_at))
    end = _minute(_end(end_at))
    return Bar(x=x, width=max(end - x, 1), code=code)


def _minute(clock: str) -> int:
    hours, _dot, minutes = clock.replace(":", ".").partition(".")
    return int(hours) * MINUTES_PER_HOUR + int(minutes)

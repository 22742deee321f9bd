"""What the pages of a month show, in words: four quantities side by side, what differs, and what was said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.parties.models import Provider, Recipient
from timvis.apps.reconciliation.models import AskedOf
from timvis.apps.reconciliation.queries import DeskLine, LineStanding, ProviderMonth
from timvis.apps.reconciliation.records import routine_of
from timvis.core.access import Actor
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.reconciliation import DifferenceKind
from timvis.core.home_care.visits import RegisteredBy, RegisteredVisit, VisitState
from timvis.core.quantities import Ore, half_up
from timvis.core.review.review import hours_text
from timvis.core.routine.due_days import due_days
from timvis.core.routine.records import Act
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.web.shared.names import recipient_name

_D, _S, _W = DifferenceKind, LineStanding, LineWordKind

DIFFERENCE_WORDS: Final[dict[str, str | Promise]] = {
    _D.BELOW_ORDER: _("mindre än beställt"),
    _D.ABOVE_ORDER: _("mer än beställt"),
    _D.WITHOUT_ORDER: _("utan beställning"),
    _D.APPROVED_BUT_NOT_PERFORMED: _("godkänt utöver utfört"),
    _D.PERFORMED_BUT_NOT_APPROVED: _("utfört men inte godkänt"),
    _D.CHARGED_BUT_NOT_PERFORMED: _("debiterat utöver utfört"),
    _D.PERFORMED_BUT_NOT_CHARGED: _("utfört men inte debiterat"),
}
STANDING_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    _S.UNSEEN: ("tell", _("inte avstämd")),
    _S.ASKED: ("ask", _("väntar på svar")),
    _S.ANSWERED: ("ask", _("besvarad, väntar på dig")),
    _S.CHANGED: ("stop", _("ändrad sedan den bockades av")),
    _S.SETTLED: ("clear", _("avstämd")),
}
WORD_WORDS: Final[dict[str, str | Promise]] = {
    _W.APPROVED: _("Utförd tid godkänd"),
    _W.GRANTED_INSTEAD: _("Beställd tid betalas, underlaget är fel"),
    _W.NOT_APPROVED: _("Inte godkänd"),
    _W.ASKED: _("Frågad"),
}
ASKED_WORDS: Final[dict[str, str | Promise]] = {
    AskedOf.PROVIDER: _("till utföraren"),
    AskedOf.RECIPIENT: _("till den enskilde"),
}
STATE_WORDS: Final[dict[str, str | Promise]] = {
    VisitState.PLANNED: _("planerat"),
    VisitState.PERFORMED: _("utfört"),
    VisitState.CANCELLED: _("inställt"),
}
REGISTERED_WORDS: Final[dict[str, str | Promise]] = {
    RegisteredBy.ON_SITE: _("på plats"),
    RegisteredBy.BY_HAND: _("för hand"),
}


class Filter(StrEnum):
    """Which lines the desk shows."""

    OPEN = "att-stamma-av"
    DIFFER = "skiljer"
    ASKED = "fragor"
    ALL = "alla"


FILTER_LABELS: Final[dict[Filter, str | Promise]] = {
    Filter.OPEN: _("Att stämma av"),
    Filter.DIFFER: _("Skiljer"),
    Filter.ASKED: _("Frågor"),
    Filter.ALL: _("Alla"),
}


def is_in(one: DeskLine, by: Filter) -> bool:
    """Return whether a line belongs under a filter."""
    match by:
        case Filter.OPEN:
            return one.standing is not LineStanding.SETTLED
        case Filter.DIFFER:
            return not one.agrees
        case Filter.ASKED:
            return one.standing in (LineStanding.ASKED, LineStanding.ANSWERED)
        case Filter.ALL:
            return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line as people read it; `at_risk_ore` is its costliest difference, None where nobody knows the price."""

    one: DeskLine
    name: str
    ordered: str
    performed: str
    approved: str
    charged: str
    differences: tuple[tuple[str | Promise, str], ...]
    at_risk_ore: Ore | None
    weight: str
    standing: str | Promise
    word: str | Promise
    is_next: bool = False

    @property
    def anchor(self) -> str:
        """What the row is called in the page's address."""
        return f"rad-{self.one.key.recipient_id}-{self.one.key.service}"


def minutes_text(minutes: Fraction | None) -> str:
    """Return minutes as hours and whole minutes, half up; a dash where there is nothing to tell."""
    return "–" if minutes is None else hours_text(half_up(minutes.numerator, minutes.denominator))


def row(one: DeskLine, name: str, *, is_next: bool = False) -> Row:
    """Return a line as the pages show it."""
    weight, standing = STANDING_WORDS[one.standing]
    line = one.line
    costs = [each.amount_ore for each in line.differences]
    known = [cost for cost in costs if cost is not None]
    return Row(
        one=one,
        name=name,
        ordered=minutes_text(line.ordered),
        performed=minutes_text(line.performed),
        approved=minutes_text(line.approved),
        charged=minutes_text(line.charged),
        differences=tuple((DIFFERENCE_WORDS[each.kind], minutes_text(each.minutes)) for each in line.differences),
        at_risk_ore=None if len(known) < len(costs) else Ore(max(known, default=0)),
        weight=weight,
        standing=standing,
        word=WORD_WORDS[one.word.kind] if one.word is not None else "",
        is_next=is_next,
    )


def names_of(recipient_ids: Collection[int]) -> dict[int, str]:
    """Return the names of some recipients as they are known now, by id."""
    found = Recipient.objects.filter(pk__in=recipient_ids).prefetch_related("versions")
    return {recipient.pk: recipient_name(recipient) for recipient in found}


def own_ids(actor: Actor) -> set[int]:
    """Return the ids under which somebody is a recipient herself: her own lines are not shown to her."""
    return set(Recipient.objects.filter(personal_number=actor.personal_number).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit as people read it."""

    on: date
    clock: str
    length: str
    state: str | Promise
    is_performed: bool
    staff: str
    registered: str | Promise
    note: str


def visit_row(visit: RegisteredVisit) -> VisitRow:
    """Return a visit in words."""
    return VisitRow(
        on=local_day(visit.start_at),
        clock=f"{local_clock(visit.start_at)}–{local_clock(visit.end_at)}",
        length=hours_text(visit.minutes),
        state=STATE_WORDS[visit.state],
        is_performed=visit.state is VisitState.PERFORMED,
        staff=visit.staff,
        registered=REGISTERED_WORDS[visit.registered] if visit.registered else "",
        note=visit.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDays:
    """When a month's report, review and summary are due by the routine; None where it sets no day."""

    hand_in_on: date | None = None
    review_on: date | None = None
    summary_on: date | None = None


def days_of(municipality: str, month_on: date) -> MonthDays:
    """Return the days by which a month of home care is reported, reconciled and summed."""
    found = routine_of(municipality, month_on)
    if found is None:
        return MonthDays()
    told = {
        act: each.due.on
        for each in due_days(found[1], month_on, holidays_around(month_on))
        for act in getattr(each.step, "acts", ())
        if each.due is not None
    }
    return MonthDays(
        hand_in_on=told.get(Act.HAND_IN), review_on=told.get(Act.REVIEW), summary_on=told.get(Act.SEND_SUMMARY)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """A provider's month in the list of them all."""

    provider: Provider
    name: str
    lines: int
    unsettled: int
    performed: str
    ordered: str
    at_risk_ore: int
    month: ProviderMonth


def overview_row(month: ProviderMonth, name: str) -> OverviewRow:
    """Return a provider's month summed for the list."""
    return OverviewRow(
        provider=month.provider,
        name=name,
        lines=len(month.lines),
        unsettled=len(month.unsettled),
        performed=minutes_text(_sum(one.line.performed for one in month.lines)),
        ordered=minutes_text(_sum(one.line.ordered for one in month.lines)),
        at_risk_ore=sum(max((each.amount_ore or 0 for each in one.line.differences), default=0) for one in month.lines),
        month=month,
    )


def _sum(minutes: Iterable[Fraction | None]) -> Fraction:
    return sum((each for each in minutes if each is not None), Fraction(0))

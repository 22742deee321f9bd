"""When a change of provider takes effect, who must know by when, and who comes on a day.

Two rules are known: a number of days after notice, and the first of a month with a day by which notice must come.
Which of them holds is the routine's choice. The first choice is no change, and begins by the order's own clocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.calendar.months import date_text, month_after

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAfterNotice:
    """The new provider begins so many days after the recipient's notice; that day is not counted."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOfMonth:
    """The new provider begins on a first of a month.

    Notice on `cutoff_day` or before gives the first `months_after` months later, notice after it one month more.
    """

    cutoff_day: int
    months_after: int


ChangeRule = DaysAfterNotice | FirstOfMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A recipient's notice that she wants another provider.

    `wished_on` is a later day she would rather have; `agreed_on` an earlier one that both providers and she have
    agreed on.
    """

    noticed_on: date
    to_provider: str
    wished_on: date | None = None
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What a notice leads to: the new provider's first day (the other's last is the day before), and when both
    providers must have been told at the latest. `text` says why in Swedish."""

    first_on: date
    last_of_former_on: date
    tell_by_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A provider that was chosen, or given in turn: when that was said, and from which day it comes."""

    noticed_on: date
    from_on: date
    provider: str


def by_rule_on(rule: ChangeRule, noticed_on: date) -> date:
    """Return the new provider's first day by the rule alone."""
    match rule:
        case DaysAfterNotice():
            return noticed_on + timedelta(days=rule.days)
        case FirstOfMonth():
            late = noticed_on.day > rule.cutoff_day
            return month_after(noticed_on, rule.months_after + late)


def switch(rule: ChangeRule, change: Change, *, tell_within_days: int | None) -> Switch:
    """Return when a change takes effect.

    An agreed day holds when it comes after the notice and before the rule's own; a wish only when it is later.
    Where the routine sets no days to tell the providers in, they are told before the new one begins.
    """
    latest_on = by_rule_on(rule, change.noticed_on)
    if change.agreed_on is not None and change.noticed_on < change.agreed_on < latest_on:
        first_on, text = change.agreed_on, "Dagen har alla tre kommit överens om."
    elif change.wished_on is not None and change.wished_on > latest_on:
        first_on, text = change.wished_on, "Dagen har den enskilde själv önskat."
    else:
        first_on, text = latest_on, rule_text(rule)
    told_on = first_on - _DAY if tell_within_days is None else change.noticed_on + timedelta(days=tell_within_days)
    return Switch(
        first_on=first_on,
        last_of_former_on=first_on - _DAY,
        tell_by_on=min(told_on, first_on - _DAY),
        text=f"Besked {date_text(change.noticed_on)}, ny utförare från {date_text(first_on)}. {text}",
    )


def rule_text(rule: ChangeRule) -> str:
    """Return a rule as a Swedish sentence."""
    match rule:
        case DaysAfterNotice():
            return f"Bytet gäller {rule.days} dagar efter beskedet."
        case FirstOfMonth():
            months = "månaden efter" if rule.months_after == 1 else f"{rule.months_after} månader efter"
            return (
                f"Besked senast den {rule.cutoff_day}:e gäller från den 1:a {months}, senare besked en månad därefter."
            )


def provider_on(choices: Iterable[Choice], day: date) -> str | None:
    """Return who comes on a day, None before the first. What was said last holds from its own first day on."""
    holding = [choice for choice in choices if choice.from_on <= day]
    # Sorted by what was said when; of two notices the same day the one given last.
    return max(enumerate(holding), key=lambda one: (one[1].noticed_on, one[0]))[1].provider if holding else None

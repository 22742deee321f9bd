"""What a claim is judged and priced with, and the frozen whole of it that a statement keeps.

A statement must come out the same for ever. So everything that went in is frozen beside it, and of the law's
rows only those are read again that were known when it was made: a correction is a row with a later `known_on`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from timvis.core.calculation.hourly import HourlySettings, statement
from timvis.core.calculation.rates import RateRule, rate_on
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.records import Case
from timvis.core.review.finding import Finding, Word
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rate_code_of, word_of
from timvis.core.statement import Statement
from timvis.formats.frozen import freeze, thaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a statement is made from, besides the law."""

    case: Case
    findings: tuple[Finding, ...]
    words: dict[str, Word]
    rate: RateRule
    review_settings: ReviewSettings
    settings: HourlySettings
    law_known_on: date


def rate_rule(routine: Routine) -> RateRule:
    """Return where a routine says that its rate stands. Raises `SettingIsUnknown`, a `LawGap`."""
    return RateRule(code=rate_code_of(routine))


def review_settings(routine: Routine, month_on: date, law: LawBook) -> ReviewSettings:
    """Return what a routine chooses about the review of a month; without a decided rate no money is at risk."""
    try:
        rate = rate_on(rate_rule(routine), month_on, LawReader(law)).ore_per_hour
    except LawGap:
        rate = None  # the review can still be made; the calculation stops
    switched_off, severities = rule_choices(routine)
    return ReviewSettings(switched_off=switched_off, severities=severities, rate=rate)


def rule_choices(routine: Routine) -> tuple[frozenset[str], dict[str, str]]:
    """Return the rules that a routine switches off, and those that it weighs otherwise, by code."""
    return (
        frozenset(choice.code for choice in routine.rules if not choice.is_on),
        {choice.code: choice.severity for choice in routine.rules if choice.severity},
    )


def hourly_settings(routine: Routine) -> HourlySettings:
    """Return what a routine chooses about the calculation. Raises `SettingIsUnknown`, a `LawGap`."""
    return HourlySettings(window=word_of(routine, "granted_window"))


def inputs(
    case: Case, findings: tuple[Finding, ...], words: Mapping[str, Word], routine: Routine, law: LawBook
) -> Inputs:
    """Return what a claim's statement is to be made from, as things stand."""
    return Inputs(
        case=case,
        findings=findings,
        words=dict(sorted(words.items())),
        rate=rate_rule(routine),
        review_settings=review_settings(routine, case.month_on, law),
        settings=hourly_settings(routine),
        law_known_on=known_on(law),
    )


def state(given: Inputs, law: LawBook) -> Statement:
    """Return the statement of some inputs. Raises `LawGap`."""
    return statement(
        given.case,
        given.findings,
        given.words,
        LawReader(as_known(law, given.law_known_on)),
        given.rate,
        given.review_settings,
        given.settings,
    )


def known_on(law: LawBook) -> date:
    """Return the day that the newest row of the law's data was written."""
    return max(row.known_on for number in law.values.values() for row in number.rows)


def as_known(law: LawBook, on: date) -> LawBook:
    """Return the law's data without the rows that were written after a day."""
    return replace(
        law,
        values={
            code: replace(number, rows=rows)
            for code, number in law.values.items()
            if (rows := tuple(row for row in number.rows if row.known_on <= on))
        },
    )


def frozen(given: Inputs) -> Any:
    """Return the inputs as JSON knows them."""
    return freeze(Inputs, given)


def thawed(value: Any) -> Inputs:
    """Return the inputs that were frozen."""
    return thaw(Inputs, value)

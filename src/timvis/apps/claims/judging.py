"""What a claim is judged and priced with, and the frozen whole of it that a statement keeps.

A statement must come out the same for ever. So everything that went in is frozen beside it, and of the law's
rows only those are read again that were known when it was made: a correction is a row with a later `known_on`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from timvis.apps.claims import applying, invoicing, records
from timvis.apps.claims.models import Claim
from timvis.apps.claims.two_payers import with_used
from timvis.core.application import case as applied
from timvis.core.application.records import ApplicationCase, Part
from timvis.core.calculation.agreements import AgreementPack
from timvis.core.calculation.hourly import HourlySettings, statement
from timvis.core.calculation.rates import RateRule, rate_on
from timvis.core.facts.settings import ReviewSettings
from timvis.core.invoice import case as invoiced
from timvis.core.invoice.case import InvoiceCase
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.records import Case
from timvis.core.review.finding import Finding, Word
from timvis.core.review.review import Sums, review
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rate_code_of, word_of
from timvis.core.statement import Statement, digest_of
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.frozen import freeze, thaw

AnyCase = Case | InvoiceCase | ApplicationCase


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyInputs:
    """Everything the statement of a month by time reports is made from, besides the law."""

    case: Case
    findings: tuple[Finding, ...]
    words: dict[str, Word]
    rate: RateRule
    review_settings: ReviewSettings
    settings: HourlySettings
    law_known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicedInputs:
    """Everything the statement of an invoice is made from: it rests on no number of the law's."""

    case: InvoiceCase
    words: dict[str, Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedInputs:
    """Everything the statement of an application is made from, besides the law: the agreements it names as well."""

    parts: tuple[Part, ...]
    packs: tuple[AgreementPack, ...]
    words: dict[str, Word]
    law_known_on: date


Inputs = HourlyInputs | InvoicedInputs | AppliedInputs

_SHAPES: dict[str, type[HourlyInputs] | type[InvoicedInputs] | type[AppliedInputs]] = {
    "hourly": HourlyInputs,
    "invoiced": InvoicedInputs,
    "applied": AppliedInputs,
}
_SHAPE = "shape"
"""What is frozen says by this key which of the shapes it is; what was frozen without it is hourly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is found of a case, and the time it tells of."""

    findings: tuple[Finding, ...]
    sums: Sums


def case_of(claim: Claim, routine: Routine, law: LawBook, *, known_at: datetime) -> AnyCase:
    """Return everything a claim is judged on, as it was known at a moment."""
    if claim.invoice_id is not None:
        return invoicing.case(claim, routine, law, known_at=known_at)
    if claim.application_id is not None:
        return applying.case(claim, routine, law, known_at=known_at)
    found = records.case(claim, known_at=known_at)
    assert claim.recipient_id is not None, "time reports are one recipient's"
    return with_used(found, claim.recipient_id, law, known_at=known_at)


def digest(case: AnyCase) -> str:
    """Return the digest of everything a claim is judged on: when it has changed, the review is out of date."""
    return digest_of(freeze(type(case), case))


def judged(case: AnyCase, routine: Routine, law: LawBook) -> Judged:
    """Return what is found of a case. Raises `LawGap`."""
    if isinstance(case, InvoiceCase):
        return Judged(findings=invoiced.review(case), sums=invoicing.sums(case))
    if isinstance(case, ApplicationCase):
        return Judged(findings=applied.review(case, load_agreements(), law), sums=applied.sums(case))
    found = review(case, LawReader(law), review_settings(routine, case.month_on, law))
    return Judged(findings=found.findings, sums=found.sums)


def holding_back(case: AnyCase, findings: tuple[Finding, ...], words: Mapping[str, Word]) -> tuple[Finding, ...]:
    """Return the findings that let no amount be stated; a month by time reports is paid less instead."""
    if isinstance(case, InvoiceCase):
        return invoiced.stopping(findings, words)
    return applied.holding_back(findings, words) if isinstance(case, ApplicationCase) else ()


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
    case: AnyCase, findings: tuple[Finding, ...], words: Mapping[str, Word], routine: Routine, law: LawBook
) -> Inputs:
    """Return what a claim's statement is to be made from, as things stand."""
    if isinstance(case, InvoiceCase):
        return InvoicedInputs(case=invoiced.stated_from(case), words=dict(sorted(words.items())))
    if isinstance(case, ApplicationCase):
        named = {part.case.agreement for part in case.parts}
        return AppliedInputs(
            parts=case.parts,
            packs=tuple(pack for code, pack in sorted(load_agreements().items()) if code in named),
            words=dict(sorted(words.items())),
            law_known_on=known_on(law),
        )
    return HourlyInputs(
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
    if isinstance(given, InvoicedInputs):
        return invoiced.statement(given.case, given.words)
    if isinstance(given, AppliedInputs):
        packs = {pack.code: pack for pack in given.packs}
        return applied.statement(given.parts, packs, as_known(law, given.law_known_on))
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
    """Return the inputs as JSON knows them, with the name of their shape."""
    shape = next(name for name, kind in _SHAPES.items() if isinstance(given, kind))
    return {_SHAPE: shape, **freeze(type(given), given)}


def thawed(value: Any) -> Inputs:
    """Return the inputs that were frozen."""
    shape = _SHAPES[value.get(_SHAPE, "hourly")]
    return thaw(shape, {name: each for name, each in value.items() if name != _SHAPE})

"""`hourly`: performed and granted hours at a rate, the statement of an assistance claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.pieces import (
    BEYOND_THE_GRANT,
    Left,
    Piece,
    Taken,
    left_of,
    pools,
    within_pools,
)
from timvis.core.calculation.rates import Rate, RateRule, rate_on
from timvis.core.calendar.months import month_after
from timvis.core.facts.load import load
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE, Ore, Parts, pay_for
from timvis.core.records import Case, Grant
from timvis.core.review.finding import NEEDS_WORD, Finding, Word, WordKind
from timvis.core.review.review import hours_text
from timvis.core.review.rule import Severity
from timvis.core.review.rules import RULES
from timvis.core.statement import Line, Statement, digest_of

PARTS_PER_HOUR = PARTS_PER_MINUTE * MINUTES_PER_HOUR

KIND = "hourly"


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlySettings:
    """The dated choices of an hourly calculation.

    `window`: the grant is used within each `month` or within each `week`. `beyond`: which minutes lie beyond a
    limit; only `latest_in_time_order` exists so far, and it is named so that another choice can be told from it.
    """

    window: str = "month"
    beyond: str = "latest_in_time_order"


def unanswered(findings: Iterable[Finding], words: Mapping[str, Word]) -> tuple[Finding, ...]:
    """Return the findings that still need the officer's word, or that somebody has been asked about."""
    return tuple(
        finding
        for finding in findings
        if finding.severity in NEEDS_WORD and (finding.key not in words or words[finding.key].kind is WordKind.ASK)
    )


def proposed_words(findings: Iterable[Finding]) -> dict[str, Word]:
    """Return the words the findings themselves propose: what refuses is accepted, the rest waits for a person."""
    return {finding.key: Word(kind=WordKind.ACCEPT) for finding in findings if finding.severity is Severity.REFUSES}


def statement(
    case: Case,
    findings: Sequence[Finding],
    words: Mapping[str, Word],
    law: LawReader,
    rate: RateRule,
    review_settings: ReviewSettings,
    settings: HourlySettings,
) -> Statement:
    """Return what a claim comes to, line by line. Raises `LawGap` when a rate or a factor has no value that day."""
    loaded = load(case, law, review_settings)
    left = left_of(case, loaded, findings, words, settings.window)
    lines = priced(left, case.month_on, month_after(case.month_on), rate, law)
    return Statement(
        kind=KIND,
        lines=lines,
        law_rows=law.rows_used,
        settings=told(settings),
        inputs_digest=digest_of([case, dict(words)]),
    )


def priced(left: Left, period_from: date, period_to: date, rule: RateRule, law: LawReader) -> tuple[Line, ...]:
    """Return one line per rate for what is left, and a line of 0 öre for each thing that took time away."""
    by_rate: dict[Rate, list[Piece]] = {}
    for piece in left.pieces:
        by_rate.setdefault(rate_on(rule, piece.work_on, law), []).append(piece)
    paid = tuple(_paid_line(rate, pieces, period_from, period_to) for rate, pieces in by_rate.items())
    return paid + tuple(_not_paid_line(taken, period_from, period_to) for taken in left.taken)


def _paid_line(rate: Rate, pieces: Sequence[Piece], period_from: date, period_to: date) -> Line:
    parts = sum(piece.parts for piece in pieces)
    return Line(
        code="performed_within_the_decision",
        label="Utförd tid inom beslut",
        quantity=exact_text(Fraction(parts, PARTS_PER_HOUR)),
        unit="hour",
        rate=str(rate.ore_per_hour),
        amount_ore=pay_for(Parts(parts), rate.ore_per_hour),
        cites=rate.cites,
        because=f"{time_text(parts)} timmar à {kronor_text(rate.ore_per_hour)}: {rate.why}.",
        period_from=period_from,
        period_to=period_to,
    )


def _not_paid_line(taken: Taken, period_from: date, period_to: date) -> Line:
    rule = RULES[taken.code]
    return Line(
        code=taken.code,
        label=rule.label,
        quantity=exact_text(Fraction(taken.parts, PARTS_PER_HOUR)),
        unit="hour",
        rate="0",
        amount_ore=Ore(0),
        cites=rule.cites,
        because=f"{time_text(taken.parts)} timmar ersätts inte: {rule.label[0].lower()}{rule.label[1:]}.",
        period_from=period_from,
        period_to=period_to,
    )


def exact_text(number: Fraction) -> str:
    """Return a number exactly: as a decimal when it has an end ("120", "7.25"), else as a fraction ("1/28")."""
    rest = number.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    if not places:
        return str(number.numerator)
    scaled = number.numerator * 10**places // number.denominator
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


def kronor_text(amount_ore: int) -> str:
    """Return whole öre as people write money: 51 975,00 kr, with spaces that do not break."""
    sign = "\N{MINUS SIGN}" if amount_ore < 0 else ""
    kronor, ore = divmod(abs(amount_ore), 100)
    return f"{sign}{kronor:,}".replace(",", "\N{NO-BREAK SPACE}") + f",{ore:02d}\N{NO-BREAK SPACE}kr"


def time_text(parts: int) -> str:
    """Return converted time as people write it: 7:30, and the 28ths that are no whole minute."""
    minutes, rest = divmod(parts, PARTS_PER_MINUTE)
    return hours_text(minutes) + (f" och {rest}/{PARTS_PER_MINUTE} minut" if rest else "")


# --- a case of its own, without a report ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyCase:
    """An hourly calculation as an official writes it down: what was performed, what was granted, at which rate."""

    month_on: date
    performed: tuple[Piece, ...]
    grants: tuple[Grant, ...]
    rate: RateRule
    settings: HourlySettings = HourlySettings()


def calculate(case: HourlyCase, law: LawReader) -> Statement:
    """Return what a written case comes to. Raises `LawGap` when a rate or a factor has no value that day."""
    granted = pools(case.month_on, case.grants, case.settings.window)
    pieces, beyond = within_pools(case.performed, granted)
    left = Left(pieces, (Taken(code=BEYOND_THE_GRANT, parts=beyond),) if beyond else ())
    lines = priced(left, case.month_on, month_after(case.month_on), case.rate, law)
    return Statement(
        kind=KIND,
        lines=lines,
        law_rows=law.rows_used,
        settings=told(case.settings),
        inputs_digest=digest_of(case),
    )


def told(settings: HourlySettings) -> tuple[tuple[str, str], ...]:
    """Return the choices of a calculation as a statement keeps them, with the rounding that is not a choice."""
    return (("beyond", settings.beyond), ("rounding", "each_line_half_up"), ("window", settings.window))

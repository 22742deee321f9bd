"""Freezing a record: plain JSON out, an equal record back."""

import json
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from timvis.core.calculation.rates import RateRule
from timvis.core.quantities import Ore
from timvis.core.records import ClockSpan, Instant, KindSums, ReportRow, TimeKind
from timvis.core.statement import LawRowUsed, Line, Statement
from timvis.formats.frozen import freeze, thaw

A_STATEMENT = Statement(
    kind="hourly",
    lines=(
        Line(
            code="performed_within_the_decision",
            label="Utförd tid",
            quantity="8",
            unit="hour",
            rate="29900",
            amount_ore=Ore(239_200),
            cites=("LSS 9 § 2",),
            period_from=date(2021, 1, 1),
            period_to=date(2021, 2, 1),
        ),
    ),
    law_rows=(
        LawRowUsed(code="a.rate", from_on=date(2021, 1, 1), known_on=date(2021, 1, 1), value=str(Decimal("299.00"))),
    ),
    settings=(("window", "month"),),
    inputs_digest="0" * 64,
)


def test_a_statement_comes_back_with_its_digest() -> None:
    through_json = json.loads(json.dumps(freeze(Statement, A_STATEMENT)))

    thawed = thaw(Statement, through_json)

    assert thawed == A_STATEMENT
    assert thawed.digest == A_STATEMENT.digest


def test_what_is_nested_comes_back_as_records_and_codes() -> None:
    span = ClockSpan(
        work_on=date(2019, 10, 27),
        from_text="00.30",
        to_text="02.30S",
        start_minute=30,
        end_minute=150,
        start_at=Instant(26_200_000),
        end_at=Instant(26_200_120),
        is_ambiguous=True,
    )
    row = ReportRow(line=2, kind=TimeKind.WAITING, span=span)

    assert thaw(ReportRow, json.loads(json.dumps(freeze(ReportRow, row)))) == row


def test_nothing_is_told_from_none() -> None:
    assert thaw(RateRule, freeze(RateRule, RateRule(code="a.rate"))).ore_per_hour is None


def test_something_else_than_was_frozen_is_not_thawed() -> None:
    with pytest.raises(ValidationError):
        thaw(KindSums, {"active_minutes": "many"})

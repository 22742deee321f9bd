"""What is signed: whatever of it changes, the digest is another, and the same again gives the same."""

import json
from dataclasses import replace
from typing import Any

import pytest

from timvis.core.quantities import Ore
from timvis.core.routine.shown import Shown
from timvis.core.statement import Line, Statement, digest_of

SHOWN = Shown(
    claim_number="ekstad-2021-0001",
    round=1,
    statement_digest="1" * 64,
    total_ore=239_200,
    payee=("Ekot AB", "bankgiro", "9912346"),
    coding=(("ansvar", "3100"), ("verksamhet", "513")),
)
LINE = Line(
    code="performed_within_the_decision",
    label="Utförda timmar",
    quantity="8",
    unit="h",
    rate="29900",
    amount_ore=Ore(239_200),
    cites=("LSS 9 §",),
)
STATEMENT = Statement(kind="hourly", lines=(LINE,), law_rows=(), settings=(), inputs_digest="2" * 64)


@pytest.mark.parametrize(
    "change",
    [
        {"claim_number": "ekstad-2021-0002"},
        {"round": 2},
        {"statement_digest": "3" * 64},
        {"total_ore": 239_201},
        {"payee": ("Ekot Förvaltning AB", "bankgiro", "9912346")},
        {"payee": ("Ekot AB", "plusgiro", "9912346")},
        {"payee": ("Ekot AB", "bankgiro", "54029681")},
        {"payee": ()},
        {"coding": (("ansvar", "3200"), ("verksamhet", "513"))},
        {"coding": (("ansvar", "3100"),)},
    ],
    ids=str,
)
def test_another_amount_payee_account_or_coding_is_something_else_to_sign(change: dict[str, Any]) -> None:
    assert replace(SHOWN, **change).digest != SHOWN.digest


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": "9"},
        {"rate": "30000"},
        {"amount_ore": Ore(1)},
        {"unit": "day"},
        {"code": "not_paid"},
        {"cites": ()},
        {"period_from": "2021-01-01"},
        {"period_to": "2021-02-01"},
    ],
    ids=str,
)
def test_other_hours_another_rate_or_period_is_another_statement(change: dict[str, Any]) -> None:
    assert replace(STATEMENT, lines=(replace(LINE, **change),)).digest != STATEMENT.digest


def test_what_is_kept_as_json_has_the_same_digest_for_ever() -> None:
    assert digest_of(json.loads(json.dumps(SHOWN.content))) == SHOWN.digest

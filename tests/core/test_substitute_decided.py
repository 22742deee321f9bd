"""Whether a decision on a substitute gives less than another, in any part."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.procedure.decision import Outcome
from timvis.core.substitute.decided import Given, gives_less

HALF = Given(outcome=Outcome.PARTLY_GRANTED, given_from=date(2026, 3, 8), given_to=date(2026, 3, 15), minutes=4 * 60)


@pytest.mark.parametrize(
    "less",
    [
        {"outcome": Outcome.REFUSED},
        {"given_from": date(2026, 3, 9)},
        {"given_to": date(2026, 3, 14)},
        {"minutes": 60},
    ],
)
def test_it_is_less_when_it_is_less_in_any_part(less: dict[str, object]) -> None:
    assert gives_less(replace(HALF, **less), HALF)  # type: ignore[arg-type]  # each is of its field's type


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"outcome": Outcome.GRANTED},
        {"given_from": date(2026, 3, 7)},
        {"given_to": None},
        {"minutes": None},
        {"minutes": 5 * 60},
    ],
)
def test_it_is_not_less_when_it_is_as_much_or_more(more: dict[str, object]) -> None:
    assert not gives_less(replace(HALF, **more), HALF)  # type: ignore[arg-type]  # each is of its field's type


def test_a_limit_where_there_was_none_is_less() -> None:
    free = replace(HALF, given_to=None, minutes=None)

    assert gives_less(replace(free, minutes=60), free)
    assert gives_less(replace(free, given_to=date(2030, 1, 1)), free)


def test_nothing_is_less_than_a_refusal() -> None:
    assert not gives_less(replace(HALF, outcome=Outcome.REFUSED), replace(HALF, outcome=Outcome.REFUSED))

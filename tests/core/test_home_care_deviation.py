"""The deviation form: what is wrong with it is told all at once, and an empty one is signed for too."""

from dataclasses import replace
from datetime import date

import pytest

from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind, faults_of
from timvis.core.quantities import Minutes

ROW = Deviation(
    recipient="Alma",
    service="care",
    on=date(2026, 3, 3),
    kind=DeviationKind.LESS_TIME,
    planned_minutes=Minutes(45),
    performed_minutes=Minutes(30),
)
FORM = DeviationForm(month_on=date(2026, 3, 1), rows=(ROW,), manager_name="Maj Ek", signed_on=date(2026, 3, 31))


def codes(form: DeviationForm, today: date = date(2026, 4, 1)) -> list[str]:
    told = faults_of(form, recipients=frozenset({"Alma"}), services=frozenset({"care"}), today=today)
    return [fault.code for fault in told]


def test_a_form_in_order_and_one_with_nothing_to_tell_pass() -> None:
    assert codes(FORM) == []
    assert codes(replace(FORM, rows=())) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"recipient": "Fatima"}, "unknown_recipient"),
        ({"service": "shopping"}, "unknown_service"),
        ({"on": date(2026, 2, 28)}, "day_is_outside_the_month"),
        ({"planned_minutes": None}, "minutes_are_missing"),
        ({"performed_minutes": Minutes(60)}, "minutes_say_otherwise"),
        ({"performed_minutes": Minutes(45)}, "minutes_say_otherwise"),
        ({"kind": DeviationKind.OTHER}, "text_is_missing"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(changed: dict[str, object], code: str) -> None:
    assert codes(replace(FORM, rows=(replace(ROW, **changed),))) == [code]  # type: ignore[arg-type]


def test_the_manager_signs_after_what_the_form_tells_of_and_not_ahead() -> None:
    assert codes(replace(FORM, signed_on=date(2026, 3, 2))) == ["signed_before_it_happened"]
    assert codes(replace(FORM, signed_on=date(2026, 4, 2))) == ["signed_in_the_future"]
    assert codes(replace(FORM, manager_name=" ")) == ["manager_is_missing"]

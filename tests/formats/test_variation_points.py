"""Every way in which municipalities differ, V1 to V54, with its real values: written down, and read back."""

import pytest

from tests.formats.variation_point import Point
from tests.formats.variation_points_of_attest import ATTEST_POINTS
from tests.formats.variation_points_of_days import DAY_POINTS
from tests.formats.variation_points_of_home_care import HOME_CARE_POINTS
from tests.formats.variation_points_of_papers import PAPER_POINTS
from tests.formats.variation_points_of_sick_cost import SICK_COST_POINTS
from tests.formats.written_routines import routine_of
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.variation import POINTS as POINTS_BY_NAME
from timvis.core.routine.variation import said_by

POINTS = (*PAPER_POINTS, *SICK_COST_POINTS, *HOME_CARE_POINTS, *DAY_POINTS, *ATTEST_POINTS)
EVERY = [f"V{number}" for number in range(1, 55)]


@pytest.mark.parametrize("point", POINTS, ids=lambda one: f"V{one.number} {one.who}")
def test_what_a_municipality_really_does_can_be_written_down(point: Point) -> None:
    assert point.read_from(routine_of(point.text)) == point.said


def test_no_way_of_differing_is_forgotten() -> None:
    tried = {point.number for point in POINTS}

    assert sorted(set(range(1, 55)) - tried) == []


def test_every_setting_says_which_way_of_differing_it_is_for() -> None:
    wrong = {setting.code: setting.covers for setting in CATALOGUE.values() if not set(setting.covers) <= set(EVERY)}
    for_none = [setting.code for setting in CATALOGUE.values() if not setting.covers]

    assert wrong == {}
    assert for_none == ["visit_signals", "told_at_once"], (
        "no municipality has published when a visit is odd, and only Leksand words its points 13, 15 and 16"
    )


def test_every_way_of_differing_has_a_name_and_a_place_in_the_file() -> None:
    parts = {part.split(".")[0] for point in EVERY for part in said_by(point)}

    assert list(POINTS_BY_NAME) == EVERY
    assert [point for point in EVERY if not said_by(point)] == []
    assert parts <= {
        "attest_by",
        "attest_list",
        "channel",
        "coding",
        "deadline",
        "disqualified_for",
        "evidence",
        "letter",
        "limit",
        "rate",
        "separation",
        "setting",
        "step",
    }


def test_every_setting_is_tried_with_a_real_value() -> None:
    tried = {code for point in POINTS for code in dict(routine_of(point.text).settings)}

    assert [code for code in CATALOGUE if code not in tried] == [
        "completion_reminders",
        "week_to_period",
        "takes",
        "rounding",
        "visit_signals",
        "order_reminder",
        "told_at_once",
    ], "the shipped routines and the answered copies try these"

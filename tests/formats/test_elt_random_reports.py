"""Random reports to the state: each follows the schema and comes back as the same record. `make bench` makes 10 000."""

from bench.elt_reports import reports, round_trip

from timvis.core.calendar.local_time import is_clock_change
from timvis.core.identity import is_coordination_number


def test_random_reports_follow_the_schema_and_come_back_as_they_were() -> None:
    told = round_trip(400, seed=7)

    assert told.reports == 400
    assert (told.refused, told.changed) == ((), ())


def test_the_random_reports_hold_what_is_hard() -> None:
    made = list(reports(400, seed=7))
    rows = [row for report in made for row in report.rows]

    assert any(row.span.to_text == "24.00" for row in rows)
    assert any(is_clock_change(row.span.work_on) for row in rows)
    assert any(row.span.is_ambiguous for row in rows)
    assert any(len(report.rows) > 80 for report in made)
    assert any(report.is_own_employer for report in made)
    assert any(is_coordination_number(report.assistant_number or "") for report in made)
    assert {row.kind for row in rows} == {"active", "waiting", "standby"}

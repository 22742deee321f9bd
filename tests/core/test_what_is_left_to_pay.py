"""What the officer's words and the limits take, in which order, and what is never taken twice."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.core.rule_cases import month
from timvis.core.calculation.hourly import HourlySettings, proposed_words, statement, unanswered
from timvis.core.calculation.pieces import Piece, Pool, within_pools
from timvis.core.calculation.rates import RateRule
from timvis.core.law import LawReader
from timvis.core.quantities import OrePerHour
from timvis.core.records import TimeKind
from timvis.core.review.finding import Finding, Word, WordKind
from timvis.core.review.review import review
from timvis.core.statement import Statement
from timvis.formats.law.packaged import load_law

RATE = RateRule(ore_per_hour=OrePerHour(29_900))
ACCEPT, SET_ASIDE = Word(kind=WordKind.ACCEPT), Word(kind=WordKind.SET_ASIDE, reason="prövat")


def paid_hours(changes: dict[str, Any], words: dict[str, Word] | None = None) -> tuple[Statement, tuple[Finding, ...]]:
    case, settings = month(changes)
    findings = review(case, LawReader(load_law()), settings).findings
    said = {one.key: (words or {}).get(one.code, ACCEPT) for one in findings}
    return (
        statement(case, findings, said, LawReader(load_law()), RATE, settings, HourlySettings()),
        findings,
    )


def quantities(made: Statement) -> dict[str, str]:
    return {line.code: line.quantity for line in made.lines}


def test_an_hour_that_is_refused_anyway_uses_up_nothing_of_the_grant() -> None:
    # Ten hours granted. Eight of the first day are refused: Alma had no decision before the 5th.
    # The ten of the days after are paid whole, though eighteen were reported.
    changes = {
        "rows": ["2021-03-04 08.00-16.00 active", "2021-03-05 08.00-13.00 active", "2021-03-06 08.00-13.00 active"],
        "set": {
            "facts.grants.0.granted_from": date(2021, 3, 5),
            "facts.grants.0.hours": "10",
            "facts.grants.0.per": "period",
        },
    }

    made, findings = paid_hours(changes)

    assert "hours_were_beyond_the_granted_hours" in {one.code for one in findings}
    assert quantities(made) == {"performed_within_the_decision": "10", "no_decision_was_in_force_that_day": "8"}


def test_the_latest_minutes_are_those_beyond_the_grant() -> None:
    changes = {
        "rows": ["2021-03-04 08.00-16.00 active", "2021-03-05 08.00-13.00 active"],
        "set": {"facts.grants.0.hours": "10", "facts.grants.0.per": "period"},
    }

    made, _ = paid_hours(changes)

    assert quantities(made) == {"performed_within_the_decision": "10", "hours_were_beyond_the_granted_hours": "3"}


def test_a_finding_that_is_set_aside_takes_nothing() -> None:
    changes = {"set": {"facts.grants.0.hours": "7", "facts.grants.0.per": "period"}}

    accepted, _ = paid_hours(changes)
    set_aside, _ = paid_hours(changes, {"hours_were_beyond_the_granted_hours": SET_ASIDE})

    assert accepted.total_ore == 7 * 29_900
    assert set_aside.total_ore == 8 * 29_900


def test_minutes_that_two_findings_refuse_are_taken_once() -> None:
    # Born 2005 and living outside the EEA: eight hours, refused twice, taken once.
    changes = {
        "rows": ["2021-03-04 08.00-16.00 active", "2021-03-05 08.00-10.00 active"],
        "set": {"facts.assistants.0.born_on": date(2003, 3, 5), "facts.assistants.0.lives_outside_eea": False},
    }
    others = [
        {
            "reference": "annat ärende",
            "assistant_number": "198002152380",
            "is_same_recipient": False,
            "on": date(2021, 3, 4),
            "from": "12.00",
            "to": "18.00",
        }
    ]
    changes["set"]["facts.others"] = others

    made, findings = paid_hours(changes)

    refusing = {one.code for one in findings if one.severity == "refuses"}
    assert refusing == {"assistant_was_under_18", "assistant_was_with_two_recipients_at_once"}
    assert made.total_ore == 2 * 29_900
    assert sum(float(line.quantity) for line in made.lines) == 10


def test_two_assistants_may_work_at_once_and_only_one_shift_loses_its_minutes() -> None:
    # A minute is refused in a shift, never on the clock: the other assistant's shift keeps the same hours.
    changes = {"rows": ["2021-03-04 08.00-16.00 active", "2021-03-04 15.00-18.00 active"]}

    made, _ = paid_hours(changes)

    assert quantities(made) == {
        "performed_within_the_decision": "10",
        "assistant_overlapped_with_the_same_recipient": "1",
    }


def test_working_time_is_judged_again_on_what_is_left() -> None:
    # Four weeks of 52 h are the limit's 208 h; nine more on Saturday lie beyond it, unless they are refused anyway.
    days = [1, 2, 3, 4, 8, 9, 10, 11, 15, 16, 17, 18, 22, 23, 24, 25]
    full = [f"2021-03-{day:02d} 07.00-20.00 active" for day in days]
    rows = [*full, "2021-03-27 08.00-17.00 active"]
    grant = {"facts.grants.0.hours": "80"}

    beyond, _ = paid_hours({"rows": rows, "set": grant})
    refused, _ = paid_hours({"rows": rows, "set": {**grant, "facts.recipient.died_on": date(2021, 3, 26)}})

    assert quantities(beyond)["four_weeks_were_longer_than_the_limit"] == "9"
    assert quantities(refused) == {"performed_within_the_decision": "208", "work_was_after_the_recipients_death": "9"}


def test_what_is_proposed_waits_for_a_person_where_only_a_person_can_tell() -> None:
    case, settings = month({"set": {"report.assistant_signed": False, "facts.assistants.0.born_on": date(2003, 3, 5)}})
    findings = review(case, LawReader(load_law()), settings).findings

    waiting = unanswered(findings, proposed_words(findings))

    assert [one.code for one in waiting] == ["assistants_signature_was_missing"]


def test_a_question_is_no_answer() -> None:
    case, settings = month({"set": {"report.assistant_signed": False}})
    findings = review(case, LawReader(load_law()), settings).findings

    asked = {one.key: Word(kind=WordKind.ASK, reason="Vem skrev under?") for one in findings}

    assert unanswered(findings, asked) == tuple(findings)


def test_a_temporary_increase_is_used_before_the_ordinary_hours() -> None:
    # Two hours extra on the 4th only. Ten hours on the 4th take both of them, and eight of the ordinary.
    ordinary = Pool(reference="a", usable_from=date(2021, 3, 1), usable_to=date(2021, 4, 1), parts=10 * 1680)
    extra = Pool(reference="b", usable_from=date(2021, 3, 4), usable_to=date(2021, 3, 5), parts=2 * 1680)

    kept, beyond = within_pools([piece(4, 10), piece(5, 3)], [ordinary, extra])

    assert [one.minutes for one in kept] == [600, 120]
    assert beyond == 60 * 28


def piece(day: int, hours: int, kind: TimeKind = TimeKind.ACTIVE) -> Piece:
    on = date(2021, 3, day)
    return Piece(
        shift_id=day,
        assistant_id=1,
        kind=kind,
        work_on=on,
        week=on.toordinal() // 7,
        start_at=on.toordinal() * 1440,
        minutes=hours * 60,
        parts_per_minute=7 if kind is TimeKind.WAITING else 28,
    )


pieces = st.lists(
    st.builds(piece, st.integers(1, 28), st.integers(0, 24), st.sampled_from([TimeKind.ACTIVE, TimeKind.WAITING])),
    max_size=20,
    unique_by=lambda one: one.shift_id,
)


@given(pieces=pieces, granted=st.integers(0, 300))
def test_never_more_than_was_granted_or_performed_and_nothing_is_lost(pieces: list[Piece], granted: int) -> None:
    pool = Pool(reference="a", usable_from=date(2021, 3, 1), usable_to=date(2021, 4, 1), parts=granted * 1680)

    kept, beyond = within_pools(pieces, [pool])

    paid = sum(one.parts for one in kept)
    assert paid <= pool.parts
    assert paid + beyond == sum(one.parts for one in pieces)
    # What is left of the grant is too little for another minute, or everything was paid.
    assert beyond == 0 or pool.parts - paid < 28


@given(st.integers(1, 200), st.integers(1, 200))
def test_more_performed_hours_never_pay_less(fewer: int, more: int) -> None:
    pool = Pool(reference="a", usable_from=date(2021, 3, 1), usable_to=date(2021, 4, 1), parts=100 * 1680)
    one = piece(1, 1)

    paid = [sum(p.parts for p in within_pools([replace(one, minutes=m)], [pool])[0]) for m in sorted((fewer, more))]

    assert paid[0] <= paid[1]

"""Who may lawfully take a shift: the rules that judge worked hours judge the hour that is to come."""

from dataclasses import replace
from datetime import date, timedelta

from timvis.core.calendar.local_time import instant, spans_between
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes
from timvis.core.records import (
    Assistant,
    Grant,
    GrantUnit,
    Instant,
    OtherShift,
    Provider,
    ProviderKind,
    Recipient,
    Regime,
    TimeKind,
)
from timvis.core.review.rules import RULES
from timvis.core.substitute.staffing import (
    STAFFING_RULES,
    Candidate,
    Judged,
    Need,
    Verdict,
    WeeklyTime,
    judge,
    ranked,
)
from timvis.formats.law.packaged import load_law

SATURDAY = date(2026, 3, 7)
SUNDAY = date(2026, 3, 8)
TOWN = Provider(number="2120009010", name="Kommunen", kind=ProviderKind.MUNICIPALITY)
NIGHT = Need(
    start_at=instant(SUNDAY, 22 * 60),
    end_at=instant(SUNDAY + timedelta(days=1), 7 * 60),
    recipient=Recipient(number="198002152380", name="Alma"),
    regime=Regime.LSS,
    grants=(
        Grant(
            reference="B 1",
            regime=Regime.LSS,
            decided_on=date(2025, 1, 1),
            granted_from=date(2025, 1, 1),
            granted_to=None,
            granted_minutes=Minutes(80 * 60),
            per=GrantUnit.WEEK,
        ),
    ),
)
BJORN = Assistant(
    number="198308092389",
    name="Björn",
    born_on=date(1983, 8, 9),
    lives_outside_eea=False,
    registered_on=date(2025, 1, 1),
)
ALWAYS = tuple(WeeklyTime(weekday=day, from_minute=0, to_minute=1440) for day in range(7))
READY = Candidate(person=BJORN, available=ALWAYS)


def shifts(on: date, start: int, hours: int, *, same_employer: bool = True) -> tuple[OtherShift, ...]:
    start_at = instant(on, start * 60)
    return tuple(
        OtherShift(
            reference=f"{on}",
            assistant_number=BJORN.number,
            is_same_recipient=False,
            is_same_employer=same_employer,
            kind=TimeKind.ACTIVE,
            span=span,
        )
        for span in spans_between(start_at, Instant(start_at + hours * 60))
    )


def judged(candidate: Candidate, need: Need = NIGHT) -> Judged:
    return judge(need, candidate, TOWN, LawReader(load_law()), ReviewSettings())


def codes(candidate: Candidate, need: Need = NIGHT) -> set[str]:
    return {finding.code for finding in judged(candidate, need).findings}


def test_somebody_who_is_rested_and_registered_may_take_the_night() -> None:
    found = judged(READY)

    assert found.findings == ()
    assert found.verdict is Verdict.MAY
    assert found.is_available
    # two hours on Sunday fall in one week, seven on Monday in the next: 40 h less 7 h
    assert found.week_room_minutes == 33 * 60


def test_somebody_under_18_may_not() -> None:
    found = judged(replace(READY, person=replace(BJORN, born_on=date(2009, 8, 14))))

    assert "assistant_was_under_18" in {finding.code for finding in found.findings}
    assert found.verdict is Verdict.MAY_NOT


def test_somebody_who_works_elsewhere_at_the_same_time_may_not() -> None:
    found = judged(replace(READY, shifts=shifts(SUNDAY, 20, 6)))

    assert "assistant_was_with_two_recipients_at_once" in {finding.code for finding in found.findings}
    assert found.verdict is Verdict.MAY_NOT


def test_a_night_after_a_day_leaves_too_little_rest_and_asks_for_a_reason() -> None:
    found = judged(replace(READY, shifts=shifts(SUNDAY, 9, 9)))

    assert "daily_rest_was_short" in {finding.code for finding in found.findings}
    assert found.verdict is Verdict.ASKS


def test_somebody_whose_four_weeks_are_full_has_no_room() -> None:
    worked = tuple(
        shift for days in range(2, 28) for shift in shifts(SUNDAY - timedelta(days=days), 8, 12) if days % 7 < 6
    )

    found = judged(replace(READY, shifts=worked))

    assert "four_weeks_were_longer_than_the_limit" in {finding.code for finding in found.findings}
    assert found.four_weeks_room_minutes < 0


def test_nobody_is_sent_on_a_day_that_no_decision_grants() -> None:
    ended = replace(NIGHT, grants=tuple(replace(grant, granted_to=SUNDAY) for grant in NIGHT.grants))

    assert "no_decision_was_in_force_that_day" in codes(READY, ended)


def test_what_she_cannot_do_she_is_not_sent_to() -> None:
    found = judged(READY, replace(NIGHT, skills=frozenset({"lift", "sign_language"})))

    assert found.missing_skills == ("lift", "sign_language")
    assert found.verdict is Verdict.MAY_NOT


def test_somebody_who_cannot_be_called_at_night_is_told_apart_but_not_forbidden() -> None:
    daytime = tuple(WeeklyTime(weekday=day, from_minute=7 * 60, to_minute=17 * 60) for day in range(7))
    evening_and_night = (
        WeeklyTime(weekday=6, from_minute=20 * 60, to_minute=22 * 60 + 30),
        WeeklyTime(weekday=6, from_minute=22 * 60 + 30, to_minute=1440),
        WeeklyTime(weekday=0, from_minute=0, to_minute=8 * 60),
    )

    assert not judged(replace(READY, available=daytime)).is_available
    assert judged(replace(READY, available=daytime)).verdict is Verdict.MAY
    assert judged(replace(READY, available=evening_and_night)).is_available


def test_those_who_may_and_can_stand_first_and_nobody_is_left_out() -> None:
    young = replace(BJORN, number="200908142391", name="Ung", born_on=date(2009, 8, 14))
    pool = (
        Candidate(person=young, available=ALWAYS),
        Candidate(person=replace(BJORN, name="Upptagen"), available=()),
        READY,
    )

    found = ranked(NIGHT, pool, TOWN, LawReader(load_law()), ReviewSettings())

    assert [one.candidate.person.name for one in found] == ["Björn", "Upptagen", "Ung"]


def test_a_rule_that_the_municipality_has_switched_off_is_not_asked_here_either() -> None:
    off = ReviewSettings(switched_off=frozenset({"assistant_was_under_18"}))
    young = replace(READY, person=replace(BJORN, born_on=date(2009, 8, 14)))

    assert judge(NIGHT, young, TOWN, LawReader(load_law()), off).findings == ()


def test_only_rules_about_the_shift_and_its_person_are_asked() -> None:
    assert RULES.keys() > STAFFING_RULES
    assert not {code for code in STAFFING_RULES if "signature" in code or "handed_in" in code}

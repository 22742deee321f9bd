"""A recipient wants another provider: from which day, who must know by when, and who comes on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.home_care.change_of_provider import (
    Change,
    ChangeRule,
    Choice,
    DaysAfterNotice,
    FirstOfMonth,
    by_rule_on,
    provider_on,
    switch,
)
from timvis.core.routine.home_orders import capacity_warning_of, change_rule_of
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import SettingIsUnknown
from timvis.formats.routine.packaged import packaged_routine

FOURTEEN = DaysAfterNotice(days=14)
THE_TWENTIETH = FirstOfMonth(cutoff_day=20, months_after=2)
THE_FIFTEENTH_BEFORE = FirstOfMonth(cutoff_day=15, months_after=1)
RULES = st.one_of(
    st.builds(DaysAfterNotice, days=st.integers(1, 366)),
    st.builds(FirstOfMonth, cutoff_day=st.integers(1, 31), months_after=st.integers(1, 12)),
)
DAYS = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def leksand() -> Routine:
    found = packaged_routine("leksand/home_care")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rule", "noticed_on", "first_on"),
    [
        (FOURTEEN, date(2026, 3, 1), date(2026, 3, 15)),
        (FOURTEEN, date(2026, 12, 20), date(2027, 1, 3)),
        (THE_TWENTIETH, date(2026, 6, 20), date(2026, 8, 1)),
        (THE_TWENTIETH, date(2026, 6, 21), date(2026, 9, 1)),
        (THE_TWENTIETH, date(2026, 12, 21), date(2027, 3, 1)),
        (THE_FIFTEENTH_BEFORE, date(2026, 6, 15), date(2026, 7, 1)),
        (THE_FIFTEENTH_BEFORE, date(2026, 6, 16), date(2026, 8, 1)),
    ],
)
def test_the_published_rules_give_their_published_days(rule: ChangeRule, noticed_on: date, first_on: date) -> None:
    assert by_rule_on(rule, noticed_on) == first_on


def test_the_routine_of_leksand_gives_fourteen_days_and_warns_at_a_tenth() -> None:
    routine = leksand()
    assert change_rule_of(routine) == FOURTEEN
    assert capacity_warning_of(routine) == 10


def test_a_routine_that_says_nothing_of_changes_is_asked() -> None:
    with pytest.raises(SettingIsUnknown):
        change_rule_of(replace(leksand(), settings=()))


def test_both_providers_are_told_the_next_day_and_the_first_works_until_the_other_begins() -> None:
    found = switch(FOURTEEN, Change(noticed_on=date(2026, 3, 1), to_provider="Eken"), tell_within_days=1)
    assert (found.tell_by_on, found.last_of_former_on, found.first_on) == (
        date(2026, 3, 2),
        date(2026, 3, 14),
        date(2026, 3, 15),
    )
    assert found.text.endswith("Bytet gäller 14 dagar efter beskedet.")


def test_an_earlier_day_that_all_agree_on_holds_and_a_later_one_is_the_rules() -> None:
    agreed = Change(noticed_on=date(2026, 3, 1), to_provider="Eken", agreed_on=date(2026, 3, 5))
    assert switch(FOURTEEN, agreed, tell_within_days=1).first_on == date(2026, 3, 5)
    too_late = replace(agreed, agreed_on=date(2026, 4, 1))
    assert switch(FOURTEEN, too_late, tell_within_days=1).first_on == date(2026, 3, 15)


def test_she_may_wish_for_a_later_day_but_not_alone_for_an_earlier() -> None:
    wish = Change(noticed_on=date(2026, 3, 1), to_provider="Eken", wished_on=date(2026, 5, 1))
    assert switch(FOURTEEN, wish, tell_within_days=1).first_on == date(2026, 5, 1)
    assert switch(FOURTEEN, replace(wish, wished_on=date(2026, 3, 3)), tell_within_days=1).first_on == date(2026, 3, 15)


@given(rule=RULES, noticed_on=DAYS)
def test_a_change_never_holds_before_it_was_noticed_and_later_notice_never_gives_an_earlier_day(
    rule: ChangeRule, noticed_on: date
) -> None:
    first_on = by_rule_on(rule, noticed_on)
    assert first_on > noticed_on
    assert by_rule_on(rule, noticed_on + timedelta(days=1)) >= first_on


@given(rule=RULES, noticed_on=DAYS, tell_within_days=st.integers(0, 30))
def test_the_providers_are_always_told_before_the_day_of_the_change(
    rule: ChangeRule, noticed_on: date, tell_within_days: int
) -> None:
    found = switch(rule, Change(noticed_on=noticed_on, to_provider="Eken"), tell_within_days=tell_within_days)
    assert noticed_on <= found.tell_by_on < found.first_on
    assert found.last_of_former_on + timedelta(days=1) == found.first_on


def test_on_each_day_one_provider_comes_and_the_last_notice_holds_from_its_own_day() -> None:
    choices = (
        Choice(noticed_on=date(2026, 1, 1), from_on=date(2026, 1, 2), provider="Björken"),
        Choice(noticed_on=date(2026, 3, 1), from_on=date(2026, 3, 15), provider="Eken"),
        # She changes her mind before Eken has begun.
        Choice(noticed_on=date(2026, 3, 5), from_on=date(2026, 3, 10), provider="Granen"),
    )
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 20)]
    assert [provider_on(choices, day) for day in days] == [None, "Björken", "Björken", "Granen", "Granen"]


def test_without_days_to_tell_in_the_providers_know_before_the_new_one_begins() -> None:
    change = Change(noticed_on=date(2026, 3, 2), to_provider="Eken")
    found = switch(DaysAfterNotice(days=14), change, tell_within_days=None)
    assert (found.first_on, found.tell_by_on) == (date(2026, 3, 16), date(2026, 3, 15))

"""The law book: a day is answered with the row in force, or with a gap that says where values are."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.law import (
    AgeIsNeeded,
    Confidence,
    LawBook,
    LawGap,
    LawReader,
    LawRow,
    LawValue,
    NotFound,
    Value,
    WrongUnit,
    text_of,
)
from timvis.core.statement import LawRowUsed

REACHES_TO = date(2026, 11, 21)
CHECKED = date(2026, 11, 21)
RATE = "municipal.hourly_rate"


def row(
    from_on: str,
    to_on: str | None,
    value: Value,
    *,
    known_on: date = CHECKED,
    confidence: Confidence = Confidence.VERIFIED,
    min_age: int | None = None,
    max_age: int | None = None,
) -> LawRow:
    return LawRow(
        from_on=date.fromisoformat(from_on),
        to_on=date.fromisoformat(to_on) if to_on else None,
        value=value,
        law="påhittad lag 1 §",
        source=("https://example.org",),
        confidence=confidence,
        checked_on=CHECKED,
        known_on=known_on,
        min_age=min_age,
        max_age=max_age,
    )


def book(*rows: LawRow, unit: str = "SEK/hour", confirmed: frozenset[tuple[str, date]] = frozenset()) -> LawBook:
    number = LawValue(
        code=RATE, label="timbelopp", label_en="rate", unit=unit, kind="law", select_by="performed_on", rows=rows
    )
    return LawBook({RATE: number}, REACHES_TO, confirmed)


THREE_YEARS = (
    row("2019-01-01", "2019-12-31", Decimal("284.81")),
    row("2020-01-01", "2020-12-31", Decimal("289.00")),
    row("2021-01-01", "2021-12-31", Decimal("299.00")),
)


# --- a day and its row -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2019, 1, 1), "284.81"),
        (date(2019, 12, 31), "284.81"),
        (date(2020, 1, 1), "289.00"),
        (date(2021, 12, 31), "299.00"),
    ],
)
def test_the_first_and_the_last_day_belong_to_a_row(day: date, value: str) -> None:
    assert text_of(book(*THREE_YEARS).on(RATE, day).value) == value


def test_a_day_before_the_first_row_names_the_first_day() -> None:
    with pytest.raises(LawGap) as gap:
        book(*THREE_YEARS).on(RATE, date(2018, 12, 31))

    assert gap.value.message == (
        "municipal.hourly_rate har inget värde som gäller 2018-12-31; det första gäller från och med 2019-01-01."
    )
    assert (gap.value.code, gap.value.on, gap.value.after) == (RATE, date(2018, 12, 31), date(2019, 1, 1))


def test_a_day_after_the_last_row_names_the_last_day() -> None:
    with pytest.raises(LawGap) as gap:
        book(*THREE_YEARS).on(RATE, date(2022, 1, 1))

    assert gap.value.message == (
        "municipal.hourly_rate har inget värde som gäller 2022-01-01; det sista gäller till och med 2021-12-31."
    )


def test_a_day_between_two_rows_names_both() -> None:
    with pytest.raises(LawGap) as gap:
        book(THREE_YEARS[0], THREE_YEARS[2]).on(RATE, date(2020, 6, 1))

    assert "det närmaste före gäller till och med 2019-12-31" in gap.value.message
    assert "det närmaste efter från och med 2021-01-01" in gap.value.message


def test_an_open_row_holds_only_as_far_as_somebody_has_checked() -> None:
    law = book(row("2011-01-01", None, Decimal("20")))

    assert law.on(RATE, REACHES_TO).value == 20
    with pytest.raises(LawGap, match="gäller tills vidare men är bara kontrollerat till och med 2026-11-21"):
        law.on(RATE, REACHES_TO + timedelta(days=1))


def test_a_plan_takes_what_holds_until_further_notice_to_hold_and_nothing_else() -> None:
    law = book(row("2011-01-01", None, Decimal("20")))
    ended = book(row("2026-01-01", "2026-12-31", Decimal("347.70")))
    next_year = date(2027, 3, 1)

    assert law.looking_ahead_to(next_year).on(RATE, next_year).value == 20
    assert law.looking_ahead_to(REACHES_TO) is law
    with pytest.raises(LawGap, match="det sista gäller till och med 2026-12-31"):
        ended.looking_ahead_to(next_year).on(RATE, next_year)


def test_a_row_with_a_last_day_holds_beyond_what_the_data_reaches_to() -> None:
    law = book(row("2026-01-01", "2026-12-31", Decimal("347.70")))

    assert law.on(RATE, date(2026, 12, 31)).value == Decimal("347.70")


def test_a_code_that_does_not_exist_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        book(*THREE_YEARS).on("municipal.no_such_rate", date(2020, 1, 1))


rows_in_order = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 200)),  # a gap before the row, and its length after day one
    min_size=1,
    max_size=8,
)


@given(rows_in_order, st.booleans(), st.integers(-100, 2500))
def test_a_day_is_answered_exactly_when_some_row_covers_it(
    lengths: list[tuple[int, int]], last_is_open: bool, offset: int
) -> None:
    start = date(2020, 1, 1)
    rows: list[LawRow] = []
    for gap, length in lengths:
        first = start + timedelta(days=gap)
        last = first + timedelta(days=length)
        rows.append(row(str(first), str(last), Decimal(len(rows))))
        start = last + timedelta(days=1)
    if last_is_open:
        rows[-1] = row(str(rows[-1].from_on), None, rows[-1].value)
    day = date(2020, 1, 1) + timedelta(days=offset)
    covering = [one for one in rows if one.from_on <= day <= (one.to_on or REACHES_TO)]

    try:
        answer = [book(*rows).on(RATE, day)]
    except LawGap:
        answer = []

    assert answer == covering


# --- what was known when ------------------------------------------------------------------------------


def test_a_correction_holds_once_it_is_known_and_not_before() -> None:
    corrected = row("2020-01-01", "2020-12-31", Decimal("289.09"), known_on=date(2026, 12, 5))
    law = book(*THREE_YEARS, corrected)
    day = date(2020, 5, 1)

    assert law.on(RATE, day).value == Decimal("289.09")
    assert law.on(RATE, day, known_on=date(2026, 12, 5)).value == Decimal("289.09")
    assert law.on(RATE, day, known_on=date(2026, 12, 4)).value == Decimal("289.00")


def test_what_nobody_knew_yet_is_a_gap_that_says_so() -> None:
    with pytest.raises(LawGap, match="var inte känt 2020-01-01; den första raden fördes in 2026-11-21"):
        book(*THREE_YEARS).on(RATE, date(2020, 5, 1), known_on=date(2020, 1, 1))


# --- ages ---------------------------------------------------------------------------------------------


YOUNG = (
    row("2019-08-01", "2023-12-31", Decimal("10.21"), min_age=15, max_age=17),
    row("2021-01-01", "2021-05-31", Decimal("19.73"), min_age=18, max_age=22),
)


def test_the_age_picks_the_row_where_several_are_in_force() -> None:
    law, day = book(*YOUNG, unit="percent"), date(2021, 3, 25)

    assert law.percent(RATE, day, age=17) == Decimal("10.21")
    assert law.percent(RATE, day, age=18) == Decimal("19.73")


def test_several_rows_without_an_age_are_not_guessed_between() -> None:
    with pytest.raises(AgeIsNeeded) as needed:
        book(*YOUNG, unit="percent").on(RATE, date(2021, 3, 25))

    assert needed.value.rows == YOUNG


def test_an_age_that_no_row_covers_is_a_gap() -> None:
    with pytest.raises(LawGap, match="för den som är 40 år"):
        book(*YOUNG, unit="percent").on(RATE, date(2021, 3, 25), age=40)


def test_a_correction_for_some_ages_leaves_the_others_alone() -> None:
    corrected = row("2019-08-01", "2023-12-31", Decimal("10.22"), known_on=date(2026, 12, 1), min_age=15, max_age=17)
    law, day = book(*YOUNG, corrected, unit="percent"), date(2021, 3, 25)

    assert law.percent(RATE, day, age=16) == Decimal("10.22")
    assert law.percent(RATE, day, age=20) == Decimal("19.73")


# --- units --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "ask", "answer"),
    [
        ("SEK/hour", Decimal("347.70"), "ore_per_hour", 34_770),
        ("SEK", Decimal("1500000"), "ore", 150_000_000),
        ("hours", Decimal("1.25"), "minutes", 75),
        ("hours/4 weeks", Decimal("48"), "minutes", 2_880),
        ("percent", Decimal("31.42"), "percent", Decimal("31.42")),
        ("assistance_hours_per_hour", Fraction(1, 4), "fraction", Fraction(1, 4)),
        ("calendar_days", 14, "count", 14),
        ("day_of_month", 15, "count", 15),
        ("bool", False, "flag", False),
        ("code", "never_a_cost", "word", "never_a_cost"),
    ],
)
def test_a_number_comes_back_in_the_unit_asked_for(unit: str, value: Value, ask: str, answer: object) -> None:
    law = book(row("2020-01-01", None, value), unit=unit)

    assert getattr(law, ask)(RATE, date(2021, 1, 1)) == answer


@pytest.mark.parametrize(
    ("unit", "value", "ask"),
    [
        ("percent", Decimal("95"), "ore_per_hour"),
        ("SEK/year", Decimal("1000"), "ore_per_hour"),
        ("SEK/hour", Decimal("289"), "ore"),
        ("calendar_days", 14, "minutes"),
        ("hours", Decimal("8"), "percent"),
        ("SEK/hour", Decimal("289"), "count"),
        ("code", "true", "flag"),
        ("bool", True, "word"),
        ("calendar_days", 1, "fraction"),
    ],
)
def test_a_number_of_another_kind_is_refused(unit: str, value: Value, ask: str) -> None:
    law = book(row("2020-01-01", None, value), unit=unit)

    with pytest.raises(WrongUnit):
        getattr(law, ask)(RATE, date(2021, 1, 1))


def test_a_rate_that_is_no_whole_number_of_ore_is_refused() -> None:
    law = book(row("2020-01-01", None, Decimal("289.085")))

    with pytest.raises(WrongUnit, match=r"28908\.5"):
        law.ore_per_hour(RATE, date(2021, 1, 1))


def test_several_days_of_the_month_are_not_one_number() -> None:
    law = book(row("2020-01-01", None, "5,15,25"), unit="day_of_month")

    with pytest.raises(WrongUnit, match="several"):
        law.count(RATE, date(2021, 1, 1))


# --- what a statement keeps ----------------------------------------------------------------------------


def test_a_reader_remembers_the_rows_it_used_once_each_and_in_order() -> None:
    reader = LawReader(book(*THREE_YEARS))

    reader.ore_per_hour(RATE, date(2021, 2, 1))
    reader.ore_per_hour(RATE, date(2020, 2, 1))
    reader.ore_per_hour(RATE, date(2020, 3, 1))

    assert reader.rows_used == (
        LawRowUsed(code=RATE, from_on=date(2020, 1, 1), known_on=CHECKED, value="289.00"),
        LawRowUsed(code=RATE, from_on=date(2021, 1, 1), known_on=CHECKED, value="299.00"),
    )


def test_a_gap_is_not_a_row_used() -> None:
    reader = LawReader(book(*THREE_YEARS))

    with pytest.raises(LawGap):
        reader.on(RATE, date(2022, 1, 1))

    assert reader.rows_used == ()


def test_a_reader_keeps_to_what_was_known_on_its_day() -> None:
    corrected = row("2020-01-01", "2020-12-31", Decimal("289.09"), known_on=date(2026, 12, 5))
    reader = LawReader(book(*THREE_YEARS, corrected), known_on=date(2026, 12, 1))

    assert reader.ore_per_hour(RATE, date(2020, 5, 1)) == 28_900


def test_a_row_from_memory_is_unconfirmed_until_the_operator_answers_for_it() -> None:
    remembered = row("1999-01-01", "1999-12-31", Decimal("174.00"), confidence=Confidence.FROM_MEMORY)
    law = book(remembered, *THREE_YEARS)
    reader = LawReader(law)
    reader.on(RATE, date(1999, 6, 1))
    reader.on(RATE, date(2020, 6, 1))

    used = LawRowUsed(code=RATE, from_on=date(1999, 1, 1), known_on=CHECKED, value="174.00")
    confirmed = book(remembered, *THREE_YEARS, confirmed=frozenset({(RATE, date(1999, 1, 1))}))

    assert reader.unconfirmed == (used,)
    assert law.unconfirmed(reader.rows_used) == (used,)
    assert confirmed.unconfirmed(reader.rows_used) == ()


def test_a_row_that_the_data_does_not_have_pays_nothing() -> None:
    elsewhere = LawRowUsed(code=RATE, from_on=date(2020, 1, 1), known_on=CHECKED, value="290.00")
    unheard_of = LawRowUsed(code="municipal.no_such_rate", from_on=CHECKED, known_on=CHECKED, value="1")

    assert book(*THREE_YEARS).unconfirmed((elsewhere, unheard_of)) == (elsewhere, unheard_of)


def test_the_version_changes_when_a_number_does_and_only_then() -> None:
    same = book(*THREE_YEARS)
    other = book(*THREE_YEARS[:2], row("2021-01-01", "2021-12-31", Decimal("299.01")))

    assert same.version == book(*THREE_YEARS).version
    assert same.version != other.version


def test_what_was_not_found_is_told_for_a_code_and_its_group() -> None:
    missing = NotFound(code="municipal", what="2022", look_in="kommunens sida", from_on=date(2022, 1, 1))
    law = LawBook(book(*THREE_YEARS).values, REACHES_TO, not_found=(missing,))

    assert law.where_to_look(RATE, date(2022, 5, 1)) == (missing,)
    assert law.where_to_look(RATE, date(2018, 5, 1)) == ()
    assert law.where_to_look("municipality.other", date(2022, 5, 1)) == ()

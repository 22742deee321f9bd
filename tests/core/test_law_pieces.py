"""What is in force on a day is what the rows say one by one, however it is looked up."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.law import Confidence, LawBook, LawGap, LawRow, LawValue
from timvis.formats.law.packaged import load_law

ONE_DAY = timedelta(days=1)
REACHES_TO = date(2020, 1, 31)
DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 5))


def row_by_row(book: LawBook, code: str, day: date, known_on: date | None) -> tuple[LawRow, ...]:
    """Return the rows in force on a day by asking each: those that cover it and that no later known one corrects."""
    known = [row for row in book.number(code).rows if known_on is None or row.known_on <= known_on]
    covering = [row for row in known if row.covers(day, book.reaches_to)]
    return tuple(
        row
        for row in covering
        if not any(other.known_on > row.known_on and other.shares_ages_with(row) for other in covering)
    )


def looked_up(book: LawBook, code: str, day: date, known_on: date | None) -> tuple[LawRow, ...]:
    try:
        return book.rows_on(code, day, known_on=known_on)
    except LawGap:
        return ()


@st.composite
def rows(draw: st.DrawFn) -> LawRow:
    from_on = draw(DAYS)
    to_on = draw(st.none() | DAYS.filter(lambda day: day >= from_on) if from_on < date(2020, 2, 5) else st.none())
    return LawRow(
        from_on=from_on,
        to_on=to_on,
        value=draw(st.integers(1, 9)),
        law="x",
        source=("x",),
        confidence=Confidence.VERIFIED,
        checked_on=from_on,
        known_on=draw(DAYS),
        min_age=draw(st.none() | st.sampled_from([16, 19])),
        max_age=draw(st.none() | st.sampled_from([18, 23])),
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(rows(), max_size=6), DAYS, st.none() | DAYS)
def test_what_is_in_force_is_what_the_rows_say(some: list[LawRow], day: date, known_on: date | None) -> None:
    number = LawValue(code="x", label="x", label_en="x", unit="day", kind="x", select_by="x", rows=tuple(some), note="")
    book = LawBook(values={"x": number}, reaches_to=REACHES_TO)

    if any(row for row in some if known_on is None or row.known_on <= known_on):
        assert looked_up(book, "x", day, known_on) == row_by_row(book, "x", day, known_on)
        assert looked_up(book, "x", day, known_on) == looked_up(book, "x", day, known_on)


@pytest.mark.parametrize("code", sorted(load_law().values))
def test_every_number_changes_on_the_days_its_rows_do(code: str) -> None:
    book = load_law()
    edges = {row.from_on for row in book.number(code).rows} | {
        row.to_on for row in book.number(code).rows if row.to_on is not None
    }

    for edge in edges | {book.reaches_to}:
        for day in (edge - ONE_DAY, edge, edge + ONE_DAY):
            assert looked_up(book, code, day, None) == row_by_row(book, code, day, None)

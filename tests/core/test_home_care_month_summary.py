"""The summary that a provider bills by names nobody, is rounded as an invoice is, and is laid out to the öre."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calculation.hourly import exact_text
from timvis.core.home_care.month_summary import laid_out, summarised
from timvis.core.home_care.reconciliation import Whose
from timvis.core.quantities import Ore, half_up
from timvis.core.statement import Line, Statement

MONTH = date(2025, 3, 1)


def whose(recipient: str, service: str = "care") -> Whose:
    return Whose(recipient=recipient, service=service, provider="Ekot AB")


def line(hours: Fraction | int, *, rate: int = 40_000, label: str = "Utförd tid: omvårdnad") -> Line:
    exact = Fraction(hours) * rate
    return Line(
        code="performed_time",
        label=label,
        quantity=exact_text(Fraction(hours)),
        unit="hour",
        rate=str(rate),
        amount_ore=Ore(half_up(exact.numerator, exact.denominator)),
        cites=("SoL (2001:453) 4 kap. 1 §",),
    )


def statement(*lines: Line) -> Statement:
    return Statement(kind="home_care", lines=lines, law_rows=(), settings=(), inputs_digest="")


def test_the_same_price_is_one_line_for_everybody_and_each_has_a_part() -> None:
    found = summarised(
        MONTH,
        {
            whose("D-2"): statement(line(10), line(2, rate=38_200, label="Utförd tid: städning")),
            whose("D-1"): statement(line(20), line(1, rate=0, label="Avbokat i tid: omvårdnad")),
        },
    )

    assert [(one.label, one.quantity, one.amount_ore) for one in found.statement.lines] == [
        ("Utförd tid: omvårdnad", "30", 1_200_000),
        ("Utförd tid: städning", "2", 76_400),
    ]
    assert [(one.whose.recipient, one.minutes, one.amount_ore) for one in found.parts] == [
        ("D-1", 1200, 800_000),
        ("D-2", 720, 476_400),
    ]


def test_the_sum_is_rounded_once_and_not_for_each_recipient() -> None:
    # Three times 1 minute at 401,00 an hour is 20,05 kr; each alone is 6,6833… kr, and three times 6,68 is 20,04.
    found = summarised(MONTH, {whose(f"D-{one}"): statement(line(Fraction(1, 60), rate=40_100)) for one in (1, 2, 3)})

    assert [one.amount_ore for one in found.statement.lines] == [2_005]
    assert [one.amount_ore for one in found.parts] == [669, 668, 668]


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH").map(whose), st.fractions(0, 500, max_denominator=60)),
    st.integers(0, 10**7),
)
def test_what_is_laid_out_sums_to_the_ore_and_nobody_is_an_ore_from_her_part(
    quantities: dict[Whose, Fraction], amount: int
) -> None:
    laid, whole = laid_out(amount, quantities), sum(quantities.values())

    assert set(laid) == set(quantities)
    if whole:
        assert sum(laid.values()) == amount
        assert all(abs(laid[one] - amount * quantities[one] / whole) < 1 for one in quantities)


def test_a_month_in_which_nothing_is_paid_is_a_summary_of_nothing() -> None:
    found = summarised(MONTH, {whose("D-1"): statement(line(3, rate=0))})

    assert found.statement.lines == () == found.parts
    assert found.statement.total_ore == 0

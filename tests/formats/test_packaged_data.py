"""What comes with the package: numbers of the law, what rules cite, and the glossary."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest

from timvis.core.law import Confidence, LawGap, LawReader
from timvis.formats.glossary.read import load_glossary, read_terms
from timvis.formats.law.packaged import load_law
from timvis.formats.packaged import PackagedDataIsFaulty
from timvis.formats.statutes.read import load_statutes, read_paragraphs

LAW = load_law()
DATA = files("timvis").joinpath("data")


# --- numbers ------------------------------------------------------------------------------------------


def test_all_188_numbers_are_there_in_their_three_places() -> None:
    kinds = Counter(number.kind for number in LAW.values.values())

    assert kinds == {
        "law": 115,
        "regulation": 30,
        "agreement": 15,
        "local-routine": 14,
        "agency-practice": 8,
        "court": 5,
        "derived": 1,
    }


@pytest.mark.parametrize("code", sorted(LAW.values))
def test_a_number_answers_on_the_first_and_last_day_of_each_of_its_rows(code: str) -> None:
    for row in LAW.number(code).rows:
        assert row in LAW.rows_on(code, row.from_on)
        assert row in LAW.rows_on(code, row.to_on or LAW.reaches_to)


@pytest.mark.parametrize("code", sorted(LAW.values))
def test_a_number_is_a_gap_the_day_before_its_first_row_and_the_day_after_its_last(code: str) -> None:
    rows = LAW.number(code).rows
    last = max(row.to_on or LAW.reaches_to for row in rows)

    for day in (min(row.from_on for row in rows) - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(LawGap):
            LAW.rows_on(code, day)


def test_the_files_have_the_names_of_their_codes() -> None:
    for folder in ("law", "agreements"):
        for path in DATA.joinpath(folder).iterdir():
            if path.is_file() and not path.name.startswith("_"):
                assert tomllib.loads(path.read_text(encoding="utf-8"))["code"] == path.name.removesuffix(".toml")


def test_rows_stand_in_the_order_of_their_days() -> None:
    for number in LAW.values.values():
        days = [row.from_on for row in number.rows]
        assert days == sorted(days), number.code


def test_a_row_without_source_owns_up_to_it() -> None:
    without = [row for number in LAW.values.values() for row in number.rows if not row.source]

    assert without
    assert all(row.confidence is Confidence.FROM_MEMORY and row.note for row in without)


# --- what the straight path leans on --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "ore_per_hour"),
    [
        (date(2019, 1, 1), 28_481),
        (date(2019, 12, 31), 28_481),
        (date(2020, 1, 1), 28_900),
        (date(2021, 12, 31), 29_900),
    ],
)
def test_the_rate_of_vasteras_is_the_amount_that_was_decided(day: date, ore_per_hour: int) -> None:
    assert LAW.ore_per_hour("local.vasteras.amount", day) == ore_per_hour


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (date(2018, 12, 31), "det första gäller från och med 2019-01-01"),
        (date(2022, 1, 1), "det sista gäller till och med 2021-12-31"),
    ],
)
def test_vasteras_has_no_rate_before_2019_or_after_2021(day: date, near: str) -> None:
    with pytest.raises(LawGap, match=near):
        LAW.on("local.vasteras.amount", day)


def test_the_hourly_rate_of_2027_is_a_gap_that_says_where_to_look() -> None:
    with pytest.raises(LawGap) as gap:
        LAW.on("assistance.hourly_rate", date(2027, 1, 1))

    assert gap.value.message == (
        "assistance.hourly_rate har inget värde som gäller 2027-01-01; det sista gäller till och med 2026-12-31."
    )
    (missing,) = LAW.where_to_look("assistance.hourly_rate", date(2027, 1, 1))
    assert missing.look_in == "förordning (1993:1091) 5 §, ändringen hösten 2026"


def test_a_month_of_this_autumn_is_answered() -> None:
    day = date(2026, 10, 15)

    assert LAW.ore_per_hour("assistance.hourly_rate", day) == 34_770
    assert LAW.minutes("worktime.atl.ordinary_week", day) == 2_400
    assert LAW.count("assistance.assistant.min_age", day) == 18
    assert LAW.fraction("assistance.standby.waiting_time_factor", day) == Fraction(1, 4)
    assert LAW.word("lss.assistant.outside_eea", day) == "never_a_cost"
    assert LAW.flag("lss.assistant_data_before_start", day) is True
    assert LAW.percent("payroll.contribution.full", day) == Decimal("31.42")


def test_a_cap_that_was_halved_has_its_own_unit_for_the_half_year() -> None:
    number = LAW.number("sick_pay.high_cost_protection.cap")

    assert [number.unit_of(row) for row in number.rows] == ["SEK/year", "SEK/half-year"]


def test_the_rate_for_the_young_follows_their_age() -> None:
    day = date(2021, 3, 25)

    assert LAW.percent("payroll.contribution.young", day, age=17) == Decimal("10.21")
    assert LAW.percent("payroll.contribution.young", day, age=22) == Decimal("19.73")
    assert LAW.on("payroll.contribution.young", day, age=22).monthly_cap_ore == 2_500_000


def test_rows_from_memory_pay_nothing_until_confirmed() -> None:
    remembered = [
        (code, row.from_on)
        for code, number in LAW.values.items()
        for row in number.rows
        if row.confidence is Confidence.FROM_MEMORY
    ]
    reader = LawReader(LAW)
    for code, day in remembered:
        reader.on(code, day)

    assert len(remembered) == 15
    assert len(reader.unconfirmed) == 15
    assert load_law(confirmed=frozenset(remembered)).unconfirmed(reader.rows_used) == ()


def test_the_law_is_read_once() -> None:
    assert load_law() is LAW


# --- what rules cite -----------------------------------------------------------------------------------


def test_paragraphs_say_one_sentence_and_where_it_comes_from() -> None:
    for code, paragraph in load_statutes().items():
        assert paragraph.code == code
        assert paragraph.says.endswith("."), code
        assert paragraph.source or paragraph.confidence is Confidence.FROM_MEMORY, code


def test_the_statutes_that_a_month_leans_on_are_there() -> None:
    statutes = load_statutes()

    assert {"LSS 9 § 2", "LSS 9 d §", "LSS 11 a §", "SFB 51:16", "SFB 106:24", "ATL 10 b §"} <= statutes.keys()
    assert {"HFD 2143-21", "HFD 2015 ref 72", "RÅ 2005 ref 85", "FL 25 §", "FKFS 2016:4"} <= statutes.keys()
    assert statutes["LSS 9 d § första stycket 1"].in_force_from == date(2013, 7, 1)


def test_a_repealed_act_ends_all_its_paragraphs() -> None:
    old = load_statutes()["SoL (2001:453) 4 kap. 1 §"]

    assert old.covers(date(2025, 6, 30))
    assert not old.covers(date(2025, 7, 1))


def test_a_broken_statute_file_tells_every_fault() -> None:
    text = 'act = "X"\ntitle = "X"\nin_force_from = 2020-01-01\nsource = []\nconfidence = "verified"\n'
    broken = text + '[[paragraph]]\ncode = "X 1 §"\nin_force_to = 2019-01-01\nsay = "…"\n'

    paragraphs, faults = read_paragraphs(broken, source="x.toml")

    assert paragraphs == ()
    assert [(fault.code, fault.line) for fault in faults] == [
        ("missing_key", 6),
        ("ends_before_it_begins", 8),
        ("unknown_key", 9),
    ]


# --- the glossary ----------------------------------------------------------------------------------------


def test_the_names_that_the_house_has_decided_are_in_the_glossary() -> None:
    english = {term.sv: term.en for term in load_glossary()}

    assert english["brukare"] == "recipient"
    assert english["karensdag"] == "qualifying_day"
    assert english["karensavdrag"] == "qualifying_deduction"
    assert english["personakt"] == "case_file"
    assert english["gallring"] == "disposal"
    assert english["beslutsattest"] == "decision_attest"
    assert "jour" not in english


def test_waiting_is_väntetid_and_nothing_else() -> None:
    waiting = [term.sv for term in load_glossary() if term.en.startswith("waiting")]

    assert waiting == ["väntetid"]


def test_an_identifier_stands_once() -> None:
    term = '[[term]]\nsv = "pass"\nen = "shift"\nmeaning = "x"\n'

    terms, faults = read_terms(term + term, source="glossary.toml")

    assert terms == ()
    assert [(fault.code, fault.line) for fault in faults] == [("identifier_stands_twice", 7)]


def test_faulty_data_in_the_package_is_our_own_mistake_and_says_where() -> None:
    _, faults = read_terms("term = 1\n", source="glossary.toml")

    assert "glossary.toml, line 1: " in str(PackagedDataIsFaulty(faults))

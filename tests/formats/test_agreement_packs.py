"""Collective agreements are data: what a pack says is known, dated and sourced, and a new one needs no code."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from timvis.core.calculation.agreements import AgreementPack
from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.law import LawReader
from timvis.core.law_terms import HOUR_UNITS, ORE_PER_HOUR_UNITS, PERCENT_UNITS
from timvis.formats.agreement_packs.read import load_agreements, read_pack
from timvis.formats.calculation_case.read import read
from timvis.formats.calculation_case.sick_cost import case_of
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.law.packaged import load_law
from timvis.formats.packaged import packaged_texts
from timvis.formats.statutes.read import load_statutes

CASES = Path(__file__).parents[1] / "cases" / "sick_cost"
NEW = """
code = "nytt"
name = "Ett nytt avtal"
parties = ["en", "annan"]
for_own_employers = false
checked_on = 2026-11-21
known_on = 2026-11-21

[[terms]]
from = 2024-01-01
deduction_method = "hours"
average_week = "agreed"
source = ["https://example.org"]
confidence = "single-source"
"""


def test_the_agreements_of_the_law_file_are_there_under_the_names_of_their_files() -> None:
    assert set(load_agreements()) == {"fremia", "vardforetagarna", "pan", "ab_p"}
    assert {name.rsplit("/", 1)[1] for name, _ in packaged_texts("agreements", "packs")} == {
        f"{code}.toml" for code in load_agreements()
    }


def test_only_fremia_takes_own_employers() -> None:
    assert [code for code, pack in load_agreements().items() if pack.for_own_employers] == ["fremia"]


def test_every_number_a_pack_names_is_there_in_its_unit() -> None:
    law = load_law()
    for pack in load_agreements().values():
        units = [(one.code, ORE_PER_HOUR_UNITS) for one in pack.supplements]
        units += [(one.code, PERCENT_UNITS) for one in pack.costs]
        units += [(one.pension_code, PERCENT_UNITS) for one in pack.costs if one.pension_code]
        for terms in pack.terms:
            units += [(code, PERCENT_UNITS) for code in (terms.sick_pay_percent_code,) if code]
            units += [(code, HOUR_UNITS) for code in (terms.qualifying_day_hours_code,) if code]
        for code, allowed in units:
            assert law.number(code).unit in allowed, (pack.code, code)


def test_every_clause_a_pack_cites_is_there_on_the_first_day_it_holds() -> None:
    statutes = load_statutes()
    for pack in load_agreements().values():
        for terms in pack.terms:
            assert terms.source
            assert all(statutes[cite].covers(terms.from_on) for cite in terms.cites)


def test_one_set_of_terms_holds_a_day() -> None:
    for pack in load_agreements().values():
        for before, after in pairwise(pack.terms):
            assert before.to_on is not None
            assert before.to_on < after.from_on
            assert pack.terms_on(after.from_on) is after
        assert pack.terms_on(pack.terms[0].from_on - timedelta(days=1)) is None


def test_a_new_agreement_is_a_file_and_no_code() -> None:
    pack, faults = read_pack(NEW, source="nytt.toml")
    assert (faults, isinstance(pack, AgreementPack)) == ((), True)
    text = (CASES / "W-06-tolv-timmar-beloppsmetoden.toml").read_text(encoding="utf-8")
    text = text.replace("deductions_on", 'agreement = "nytt"\ndeductions_on').replace("2019-", "2024-")
    written = read(text.replace("2020-01-01", "2025-01-01"), source="fall.toml")
    assert isinstance(written, WrittenSickCost), written
    case = case_of(written)
    assert not isinstance(case, tuple)

    assert pack is not None
    cost = calculate(case, {"nytt": pack}, LawReader(load_law()))

    assert isinstance(cost, SickCost)
    assert [line.unit for line in cost.statement.lines if line.code == "qualifying_deduction"] == ["hour"]
    assert "agreement_and_routine_differ" in {finding.code for finding in cost.findings}
    assert [row.from_on for row in cost.statement.law_rows if row.code == "agreement.nytt.terms"] == [date(2024, 1, 1)]


def test_an_agreements_own_percentages_hold_before_the_laws() -> None:
    written = read((CASES / "W-16-tionde-raknas.toml").read_text(encoding="utf-8"), source="fall.toml")
    assert isinstance(written, WrittenSickCost), written
    case = case_of(written)
    assert not isinstance(case, tuple)
    own = 'sick_pay_percent_code = "payroll.contribution.full"\nholiday_compensation_percent_code = "sick_pay.rate"\n'
    pack, faults = read_pack(NEW + own, source="nytt.toml")
    assert (faults, pack is not None) == ((), True)
    assert pack is not None

    cost = calculate(replace(case, agreement="nytt"), {"nytt": pack}, LawReader(load_law()))

    # two of the law's numbers stand in for the agreement's: 8 h × 110,00 × 31,42 % = 276,50, and 80 % of that
    assert isinstance(cost, SickCost)
    assert [line.amount_ore for line in cost.statement.lines[:2]] == [27_650, 22_120]


def test_a_broken_pack_tells_every_fault_with_its_line() -> None:
    broken = (
        NEW.replace('"hours"', '"minutes"')
        .replace("for_own_employers = false", "own = 1")
        .replace("2024-01-01", '"i fjol"')
    )

    pack, faults = read_pack(broken, source="nytt.toml")

    assert pack is None
    assert [(fault.code, fault.line) for fault in faults] == [
        ("missing_key", 1),
        ("wrong_kind", 10),
        ("unknown_word", 11),
        ("unknown_key", 5),
    ]

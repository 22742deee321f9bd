"""One application for several assistants is one statement: every line says whose it is, and the total is their sum."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.calculation.sick_cost.settings import ClaimCovers
from timvis.core.calculation.sick_cost.several import Joined, Part, calculate_parts
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import OrePerHour
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.read import read
from timvis.formats.calculation_case.sick_cost import case_of
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.law.packaged import load_law

CASES = Path(__file__).parents[1] / "cases" / "sick_cost"
VACANT, LONG = "W-18-vakant-pass-tidsordning", "W-17-a-med-intyg"


def reader() -> LawReader:
    return LawReader(load_law())


def case(name: str) -> SickCase:
    written = read((CASES / f"{name}.toml").read_text(encoding="utf-8"), source=name)
    assert isinstance(written, WrittenSickCost), written
    found = case_of(written)
    assert isinstance(found, SickCase), found
    return found


def alone(one: SickCase) -> SickCost:
    cost = calculate(one, load_agreements(), reader())
    assert isinstance(cost, SickCost), cost
    return cost


def together(*cases: SickCase) -> Joined:
    parts = [Part(label=f"Assistent {number}", case=one) for number, one in enumerate(cases, start=1)]
    whole = calculate_parts(parts, load_agreements(), reader)
    assert isinstance(whole, Joined), whole
    return whole


def with_covers(one: SickCase, *covers: ClaimCovers, most: int | None = None) -> SickCase:
    [settings] = one.settings
    return replace(one, settings=(replace(settings, claim_covers=covers, claim_most_assistants=most),))


def test_the_total_is_the_sum_of_the_assistants() -> None:
    first, second = case(VACANT), case(LONG)

    whole = together(first, second)

    assert whole.statement.total_ore == alone(first).statement.total_ore + alone(second).statement.total_ore
    assert whole.statement.total_ore == sum(line.amount_ore for line in whole.statement.lines)


def test_every_line_and_finding_says_whose_it_is() -> None:
    whole = together(case(VACANT), case(LONG))

    labels = [line.label.partition(": ")[0] for line in whole.statement.lines]
    assert labels == sorted(labels)
    assert set(labels) == {"Assistent 1", "Assistent 2"}
    assert all(finding.message.startswith(("Assistent 1: ", "Assistent 2: ")) for finding in whole.findings)
    assert len({finding.key for finding in whole.findings}) == len(whole.findings)


def test_an_application_for_one_assistant_is_that_calculation() -> None:
    only = case(VACANT)

    assert together(only).statement == alone(only).statement
    assert together(only).statement.digest == alone(only).statement.digest


def test_the_digest_knows_which_assistant_is_which() -> None:
    first, second = case(VACANT), case(LONG)

    assert together(first, second).statement.digest == together(first, second).statement.digest
    assert together(first, second).statement.digest != together(second, first).statement.digest
    assert together(first, first).statement.digest != together(first).statement.digest


def test_a_choice_that_differs_is_told_with_the_assistant_it_holds_for() -> None:
    told = dict(together(case("W-18-vakant-pass-fordelat"), case(VACANT)).statement.settings)

    assert told["partly_covered@Assistent 1"] == "spread_over_all_hours"
    assert told["partly_covered@Assistent 2"] == "first_hours_in_time_order"
    assert told["average_week"] == "agreed"


def test_every_fault_of_every_assistant_is_told_at_once() -> None:
    broken = replace(case(VACANT), agreement="nothing")
    no_pay = replace(case(LONG), pay=())

    faults = calculate_parts(
        [Part(label="Assistent 1", case=broken), Part(label="Assistent 2", case=no_pay)], load_agreements(), reader
    )

    assert isinstance(faults, tuple)
    assert {fault.column for fault in faults} >= {"part[1].agreement", "part[2].pay"}
    assert all(isinstance(fault, Fault) and fault.message.startswith("Assistent ") for fault in faults)


@pytest.mark.parametrize(("labels", "code"), [((), "missing"), (("Assistent 1", "Assistent 1"), "two_at_once")])
def test_parts_that_cannot_be_told_apart_are_a_fault(labels: tuple[str, ...], code: str) -> None:
    parts = [Part(label=label, case=case(VACANT)) for label in labels]

    faults = calculate_parts(parts, load_agreements(), reader)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == [code]


@pytest.mark.parametrize(
    ("covers", "is_too_much"),
    [
        ((ClaimCovers.OCCASION,), True),
        ((ClaimCovers.ASSISTANT_WITH_SEVERAL_PERIODS,), True),
        ((ClaimCovers.CALENDAR_MONTH,), False),
        ((ClaimCovers.OCCASION, ClaimCovers.HALF_YEAR), False),
        ((ClaimCovers.MONTH_WITH_ALL_ASSISTANTS,), False),
        ((ClaimCovers.INVOICE,), False),
        ((), False),
    ],
)
def test_two_assistants_are_asked_about_where_the_routine_takes_one(
    covers: tuple[ClaimCovers, ...], is_too_much: bool
) -> None:
    whole = together(with_covers(case(VACANT), *covers), with_covers(case(LONG), *covers))

    assert ("claim_is_longer_than_the_routine_allows" in [one.code for one in whole.findings]) is is_too_much


def test_two_months_together_are_asked_about_where_the_routine_takes_a_month() -> None:
    march = with_covers(case(VACANT), ClaimCovers.CALENDAR_MONTH)
    april = replace(march, claim_from=date(2025, 2, 10), claim_to=date(2025, 3, 6))

    assert "claim_is_longer_than_the_routine_allows" not in [one.code for one in alone(march).findings]
    codes = [one.code for one in together(march, april).findings]
    assert codes.count("claim_is_longer_than_the_routine_allows") == 1


def test_more_assistants_than_the_routine_takes_are_asked_about() -> None:
    first = with_covers(case(VACANT), most=1)

    whole = together(first, case(LONG))

    assert "more_assistants_than_the_routine_takes" in [one.code for one in whole.findings]


def test_raising_one_assistants_pay_changes_nothing_of_the_other() -> None:
    first, second = case(VACANT), case(LONG)
    [pay] = second.pay

    before = together(first, second)
    after = together(first, replace(second, pay=(replace(pay, hourly_ore=OrePerHour(14_000)),)))

    assert after.parts[0].cost == before.parts[0].cost
    assert after.statement.total_ore > before.statement.total_ore

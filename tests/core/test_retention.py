"""How long a claim is kept, by the numbers of the law as they are shipped."""

from datetime import date

import pytest

from timvis.core.law import LawGap
from timvis.core.retention import KeepUntil, Outcome, keep_until
from timvis.formats.law.packaged import load_law

BORN_ON_THE_28TH = "198302282382"


def kept(
    number: str = BORN_ON_THE_28TH,
    *,
    note: date = date(2021, 3, 10),
    year: int = 2021,
    outcome: Outcome = Outcome.PAID,
    keeps_every_file: bool = False,
) -> KeepUntil:
    return keep_until(
        outcome,
        load_law(),
        recipient_numbers=[number],
        last_note_on=note,
        fiscal_year_ends_on=date(year, 12, 31),
        keeps_every_file=keeps_every_file,
    )


def test_a_client_file_goes_five_years_after_the_last_note_before_the_next_year_is_over() -> None:
    found = kept()

    assert (found.client_file_until, found.client_file_gone_by) == (date(2026, 3, 10), date(2027, 12, 31))
    assert not found.is_for_ever


def test_a_note_on_a_leap_day_counts_from_the_last_of_february() -> None:
    assert kept(note=date(2020, 2, 29)).client_file_until == date(2025, 2, 28)


@pytest.mark.parametrize("born", ["05", "15", "25"])
def test_a_person_born_on_the_5th_15th_or_25th_is_kept_for_ever(born: str) -> None:
    number = {"05": "198606052382", "15": "198001152381", "25": "196605253225"}[born]

    found = kept(number)

    assert found.is_for_ever
    assert found.accounting_until == date(2028, 12, 31), "vouchers go by their own law"


def test_a_coordination_number_has_sixty_added_to_its_day() -> None:
    # 86 – 60 = the 26th, which is not kept; a day nobody could read would be.
    assert not kept("200106862394").is_for_ever


def test_in_a_research_area_every_client_file_is_kept() -> None:
    assert kept(keeps_every_file=True).is_for_ever


def test_vouchers_from_2019_are_kept_seven_years_and_older_ones_ten() -> None:
    assert kept(year=2019).accounting_until == date(2026, 12, 31)
    assert kept(year=2018).accounting_until == date(2028, 12, 31)


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.NOTHING_TO_PAY])
def test_a_claim_that_was_never_paid_has_no_vouchers(outcome: Outcome) -> None:
    assert kept(outcome=outcome).accounting_until is None


def test_beyond_the_laws_data_there_is_a_gap_and_no_guess() -> None:
    with pytest.raises(LawGap):
        kept(note=date(2099, 1, 1))

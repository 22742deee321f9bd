"""Jäv: own, one's family's and one's company's matters are never one's own to judge."""

from datetime import date

import pytest

from timvis.core.disqualification import CLOSE, Interest, InterestKind, too_near

CIA, PAYEE, COMPANY = "197606052384", "198002152380", "5599000105"
DAY = date(2026, 6, 15)


def near(kind: InterestKind, number: str, other: str, *, concerned: str = PAYEE) -> frozenset[str]:
    return too_near([concerned], [Interest(number=number, other_number=other, kind=kind)], DAY) - {concerned}


def test_everybody_is_too_near_what_is_her_own() -> None:
    assert too_near([CIA], [], DAY) == {CIA}


@pytest.mark.parametrize("kind", sorted(CLOSE))
def test_family_holds_both_ways(kind: InterestKind) -> None:
    assert near(kind, CIA, PAYEE) == {CIA}
    assert near(kind, PAYEE, CIA) == {CIA}


@pytest.mark.parametrize("kind", sorted(set(InterestKind) - CLOSE))
def test_a_company_or_a_chief_holds_one_way(kind: InterestKind) -> None:
    assert near(kind, CIA, COMPANY, concerned=COMPANY) == {CIA}
    assert near(kind, CIA, COMPANY, concerned=CIA) == frozenset()


@pytest.mark.parametrize(
    ("kind", "stopped"),
    [(InterestKind.OWNER, True), (InterestKind.BOARD_MEMBER, True), (InterestKind.EMPLOYEE, False)],
)
def test_whose_husband_owns_the_company_does_not_judge_its_month(kind: InterestKind, stopped: bool) -> None:
    interests = [
        Interest(number=PAYEE, other_number=COMPANY, kind=kind),
        Interest(number=CIA, other_number=PAYEE, kind=InterestKind.SPOUSE),
    ]

    assert (CIA in too_near([COMPANY], interests, DAY)) is stopped


def test_whose_husband_works_in_another_case_of_the_company_may_judge_this_one() -> None:
    interests = [Interest(number=CIA, other_number=PAYEE, kind=InterestKind.SPOUSE)]

    assert too_near([COMPANY], interests, DAY) == {COMPANY}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (None, DAY, False),
        (date(2026, 6, 16), None, False),
        (date(2020, 1, 1), date(2026, 6, 16), True),
    ],
)
def test_an_interest_has_its_days(valid_from: date | None, valid_to: date | None, holds: bool) -> None:
    interest = Interest(
        number=CIA, other_number=PAYEE, kind=InterestKind.SPOUSE, valid_from=valid_from, valid_to=valid_to
    )

    assert (CIA in too_near([PAYEE], [interest], DAY)) is holds

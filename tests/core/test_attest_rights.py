"""Attest rights: who could sign what on a day, for how much, and when a deputy's turn has come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.attest_lists import list_faults
from timvis.core.routine.attest_rights import AttestBook, AttestList, AttestRight, right_for
from timvis.core.routine.board_list_faults import given_to
from timvis.core.routine.board_lists import OffDuty, PositionHolder, RightHeld, stands_in_for, who_could
from timvis.core.routine.records import Act

CIA, EVA, DAVID, HASSE = 1, 2, 3, 4
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
DAY = date(2026, 6, 15)

CIAS = AttestRight(number=1, act=Act.DECISION_ATTEST, person_id=CIA, responsibility="3100", **YEAR)
EVAS = replace(CIAS, number=2, person_id=EVA, deputy_of=1, up_to_ore=Ore(5_000_000))
CIA_IS_OFF = OffDuty(person_id=CIA, off_from=date(2026, 6, 10), off_to=date(2026, 6, 20))


def a_list(*rights: AttestRight, number: int = 1, board: str = "Socialnämnden") -> AttestList:
    return AttestList(number=number, board=board, rights=rights, **YEAR)


def a_book(*rights: AttestRight, off: tuple[OffDuty, ...] = ()) -> AttestBook:
    return AttestBook(lists=(a_list(*(rights or (CIAS, EVAS))),), off_duty=off)


def ask(
    book: AttestBook,
    person_id: int,
    *,
    act: Act = Act.DECISION_ATTEST,
    responsibility: str = "3100",
    amount_ore: int = 100,
    on: date = DAY,
) -> RightHeld[AttestRight] | Refusal:
    return right_for(book, person_id=person_id, act=act, responsibility=responsibility, amount_ore=amount_ore, on=on)


def may(book: AttestBook, person_id: int, **asked: object) -> bool:
    return isinstance(ask(book, person_id, **asked), RightHeld)  # type: ignore[arg-type]  # same names as ask


# --- whose right it is -----------------------------------------------------------------------------------


def test_a_right_is_for_one_person_one_act_and_one_code() -> None:
    book = a_book()

    assert may(book, CIA)
    assert ask(book, DAVID) is Refusal.NO_ATTEST_RIGHT
    assert ask(book, CIA, act=Act.PAYMENT_RELEASE) is Refusal.NO_ATTEST_RIGHT
    assert ask(book, CIA, responsibility="3200") is Refusal.NO_ATTEST_RIGHT


def test_a_right_for_every_code_also_reaches_a_claim_without_one() -> None:
    book = a_book(replace(CIAS, responsibility=None))

    assert may(book, CIA, responsibility="3200")
    assert may(book, CIA, responsibility="")
    assert ask(a_book(), CIA, responsibility="") is Refusal.NO_ATTEST_RIGHT


@pytest.mark.parametrize(("amount_ore", "allowed"), [(0, True), (5_000_000, True), (5_000_001, False)])
def test_the_limit_is_the_highest_amount_that_is_let_through(amount_ore: int, allowed: bool) -> None:
    book = a_book(replace(CIAS, up_to_ore=Ore(5_000_000)))

    assert may(book, CIA, amount_ore=amount_ore) is allowed
    assert may(book, CIA, amount_ore=-amount_ore) is allowed, "money asked back is as much money"


def test_above_the_limit_is_told_as_such() -> None:
    assert ask(a_book(replace(CIAS, up_to_ore=Ore(1))), CIA) is Refusal.ABOVE_AMOUNT_LIMIT


@pytest.mark.parametrize(
    ("on", "allowed"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_list_whose_year_has_ended_gives_no_rights(on: date, allowed: bool) -> None:
    assert may(a_book(), CIA, on=on) is allowed


def test_a_position_carries_its_right_from_holder_to_holder() -> None:
    book = AttestBook(
        lists=(a_list(replace(CIAS, person_id=None, position="Socialchef")),),
        holders=(
            PositionHolder(position="Socialchef", person_id=CIA, held_from=date(2025, 1, 1), held_to=DAY),
            PositionHolder(position="Socialchef", person_id=DAVID, held_from=DAY),
        ),
    )

    before, after = DAY - timedelta(days=1), DAY
    assert [(may(book, CIA, on=day), may(book, DAVID, on=day)) for day in (before, after)] == [
        (True, False),
        (False, True),
    ]
    (held,) = who_could(book, after)
    assert (held.person_id, held.held_from, held.held_to) == (DAVID, DAY, date(2027, 1, 1))


def test_the_newest_adopted_list_of_a_board_speaks_from_the_day_it_begins() -> None:
    newer = replace(
        a_list(replace(CIAS, person_id=DAVID, valid_from=DAY), number=2), valid_from=DAY, valid_to=date(2027, 1, 1)
    )
    book = AttestBook(lists=(a_list(CIAS), newer))

    assert may(book, CIA, on=DAY - timedelta(days=1))
    assert ask(book, CIA, on=DAY) is Refusal.NO_ATTEST_RIGHT
    assert may(book, DAVID, on=DAY)


def test_two_boards_have_a_list_each() -> None:
    other = a_list(replace(CIAS, person_id=DAVID), number=2, board="Omsorgsnämnden")

    assert [held.person_id for held in who_could(AttestBook(lists=(a_list(CIAS), other)), DAY)] == [CIA, DAVID]


# --- deputies ----------------------------------------------------------------------------------------------


def test_a_deputy_signs_only_while_the_ordinary_is_registered_as_off_duty() -> None:
    at_work, away = a_book(), a_book(off=(CIA_IS_OFF,))

    assert ask(at_work, EVA) is Refusal.ORDINARY_IS_ON_DUTY
    assert may(away, EVA)
    assert ask(away, EVA, on=CIA_IS_OFF.off_to) is Refusal.ORDINARY_IS_ON_DUTY, "Cia is back that day"
    assert ask(away, CIA) is Refusal.IS_OFF_DUTY
    assert [held.person_id for held in who_could(at_work, DAY)] == [CIA]
    assert [held.person_id for held in who_could(away, DAY)] == [EVA]


def test_a_deputy_of_a_shared_position_waits_for_everybody_who_holds_it() -> None:
    book = AttestBook(
        lists=(a_list(replace(CIAS, person_id=None, position="Enhetschef"), EVAS),),
        holders=tuple(
            PositionHolder(position="Enhetschef", person_id=person_id, held_from=date(2025, 1, 1))
            for person_id in (CIA, DAVID)
        ),
        off_duty=(CIA_IS_OFF,),
    )

    assert ask(book, EVA) is Refusal.ORDINARY_IS_ON_DUTY
    assert may(replace(book, off_duty=(CIA_IS_OFF, replace(CIA_IS_OFF, person_id=DAVID))), EVA)


def test_nobody_is_deputy_for_an_empty_chair() -> None:
    book = a_book(replace(CIAS, person_id=None, position="Enhetschef"), EVAS)

    assert ask(book, EVA) is Refusal.ORDINARY_IS_ON_DUTY


def test_the_second_deputy_waits_for_the_first() -> None:
    second = replace(EVAS, number=3, person_id=DAVID, deputy_of=2)
    eva_is_off = replace(CIA_IS_OFF, person_id=EVA)

    assert ask(a_book(CIAS, EVAS, second, off=(CIA_IS_OFF,)), DAVID) is Refusal.ORDINARY_IS_ON_DUTY
    assert ask(a_book(CIAS, EVAS, second, off=(eva_is_off,)), DAVID) is Refusal.ORDINARY_IS_ON_DUTY
    assert may(a_book(CIAS, EVAS, second, off=(CIA_IS_OFF, eva_is_off)), DAVID)


def test_whom_somebody_stands_in_for_is_known() -> None:
    days = (DAY, DAY + timedelta(days=1))

    assert stands_in_for(a_book(), EVA, days) == {CIA}
    assert stands_in_for(a_book(), CIA, days) == frozenset()
    assert stands_in_for(a_book(), EVA, (date(2027, 1, 1), date(2027, 2, 1))) == frozenset()


# --- drafts ------------------------------------------------------------------------------------------------


def test_a_whole_draft_has_no_faults() -> None:
    assert list_faults(a_list(CIAS, EVAS)) == ()


@pytest.mark.parametrize(
    ("drafted", "code"),
    [
        (replace(a_list(CIAS), valid_to=date(2027, 1, 2)), "list_is_longer_than_a_year"),
        (replace(a_list(CIAS), valid_to=date(2026, 1, 1)), "list_ends_before_it_begins"),
        (a_list(), "list_is_empty"),
        (a_list(CIAS, board=" "), "board_is_missing"),
        (a_list(replace(CIAS, person_id=None)), "holder_is_unclear"),
        (a_list(replace(CIAS, position="Socialchef")), "holder_is_unclear"),
        (a_list(replace(CIAS, act=Act.CALCULATE)), "act_is_no_signature"),
        (a_list(replace(CIAS, up_to_ore=Ore(0))), "limit_is_no_amount"),
        (a_list(replace(CIAS, valid_to=date(2028, 1, 1))), "right_is_outside_its_list"),
        (a_list(CIAS, replace(EVAS, deputy_of=2)), "deputy_of_nobody"),
        (a_list(CIAS, replace(EVAS, deputy_of=7)), "deputy_of_nobody"),
        (a_list(CIAS, replace(EVAS, person_id=CIA)), "deputy_of_herself"),
        (a_list(CIAS, replace(EVAS, act=Act.PAYMENT_RELEASE)), "deputy_has_wider_right"),
        (a_list(CIAS, replace(EVAS, responsibility=None)), "deputy_has_wider_right"),
        (a_list(replace(CIAS, up_to_ore=Ore(100)), replace(EVAS, up_to_ore=None)), "deputy_has_wider_right"),
        (a_list(replace(CIAS, up_to_ore=Ore(100)), replace(EVAS, up_to_ore=Ore(101))), "deputy_has_wider_right"),
    ],
)
def test_a_draft_with_a_mistake_is_told_where(drafted: AttestList, code: str) -> None:
    assert code in [fault.code for fault in list_faults(drafted)]


def test_every_mistake_is_told_at_once() -> None:
    drafted = a_list(replace(CIAS, person_id=None), replace(EVAS, deputy_of=9), board="")

    assert [(fault.code, fault.line) for fault in list_faults(drafted)] == [
        ("board_is_missing", None),
        ("holder_is_unclear", 1),
        ("deputy_of_nobody", 2),
    ]


def test_whom_a_list_gives_rights_to_counts_positions_too() -> None:
    drafted = a_list(replace(CIAS, person_id=None, position="Socialchef"), replace(CIAS, number=2, person_id=HASSE))
    book = AttestBook(
        holders=(
            PositionHolder(position="Socialchef", person_id=CIA, held_from=date(2020, 1, 1), held_to=date(2026, 3, 1)),
            PositionHolder(position="Socialchef", person_id=DAVID, held_from=date(2026, 3, 1)),
            PositionHolder(position="Socialchef", person_id=EVA, held_from=date(2027, 1, 1)),
        )
    )

    assert given_to(drafted, book) == {CIA, DAVID, HASSE}


# --- against an oracle that knows only single days -----------------------------------------------------------

FIRST = date(2026, 1, 1)
DAYS = 24
PERSONS = (CIA, EVA, DAVID, HASSE)
POSITIONS = ("Socialchef", "Enhetschef")
ACTS = (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE)
CODES = ("3100", "3200")


def a_random_book(random: Random) -> AttestBook:
    """Return two or three short lists, some holders and some days off, all inside `DAYS` days."""
    return AttestBook(
        lists=tuple(_random_list(random, number) for number in range(1, random.randint(2, 4))),
        holders=tuple(
            PositionHolder(position=random.choice(POSITIONS), person_id=random.choice(PERSONS), **_held(random))
            for _ in range(random.randint(0, 4))
        ),
        off_duty=tuple(
            OffDuty(person_id=random.choice(PERSONS), off_from=first, off_to=last)
            for first, last in (_period(random) for _ in range(random.randint(0, 4)))
        ),
    )


def _random_list(random: Random, number: int) -> AttestList:
    first, last = _period(random)
    rights: list[AttestRight] = []
    for row in range(1, random.randint(2, 6)):
        person = random.random() < 0.6
        starts, ends = _period(random)
        right = AttestRight(
            number=row,
            act=random.choice(ACTS),
            person_id=random.choice(PERSONS) if person else None,
            position=None if person else random.choice(POSITIONS),
            responsibility=random.choice((None, *CODES)),
            up_to_ore=random.choice((None, Ore(100), Ore(200))),
            valid_from=starts,
            valid_to=ends,
            deputy_of=random.randint(1, row - 1) if row > 1 and random.random() < 0.5 else None,
        )
        rights.append(right)
    board = random.choice(("A", "B"))
    return AttestList(number=number, board=board, valid_from=first, valid_to=last, rights=tuple(rights))


def _period(random: Random) -> tuple[date, date]:
    first, last = sorted(random.sample(range(DAYS), 2))
    return FIRST + timedelta(days=first), FIRST + timedelta(days=last)


def _held(random: Random) -> dict[str, date]:
    first, last = _period(random)
    return {"held_from": first} if random.random() < 0.3 else {"held_from": first, "held_to": last}


def days_of(first: date, last: date | None) -> set[date]:
    """Return every single day of a period."""
    return {FIRST + timedelta(days=n) for n in range(DAYS) if first <= FIRST + timedelta(days=n) < (last or date.max)}


def oracle(book: AttestBook, on: date) -> Iterator[tuple[int, int, int]]:
    """Yield (list, row, person) of every right that could be used on a day, told day by day from sets alone."""
    away = {one.person_id for one in book.off_duty if on in days_of(one.off_from, one.off_to)}
    chairs = {
        position: {
            one.person_id
            for one in book.holders
            if one.position == position and on in days_of(one.held_from, one.held_to)
        }
        for position in POSITIONS
    }
    for board in ("A", "B"):
        speaking = [one for one in book.lists if one.board == board and on in days_of(one.valid_from, one.valid_to)]
        if not speaking:
            continue
        spoken = max(speaking, key=lambda one: one.number)
        in_use: dict[int, set[int]] = {}
        for right in spoken.rights:
            holding = {right.person_id} if right.person_id is not None else chairs[str(right.position)]
            in_use[right.number] = holding if on in days_of(right.valid_from, right.valid_to) else set()
        awake: dict[int, bool] = {}
        for right in spoken.rights:  # a deputy stands below the row it stands in for
            if right.deputy_of is None:
                awake[right.number] = True
            else:
                ordinary = in_use[right.deputy_of]
                awake[right.number] = awake[right.deputy_of] and len(ordinary) > 0 and not (ordinary - away)
        for right in spoken.rights:
            for person_id in in_use[right.number] - away:
                if awake[right.number] and person_id is not None:
                    yield spoken.number, right.number, person_id


@pytest.mark.parametrize("seed", range(60))
def test_who_could_attest_on_any_day_equals_the_oracle(seed: int) -> None:
    book = a_random_book(Random(seed))

    for on in (FIRST + timedelta(days=n) for n in range(DAYS)):
        told = who_could(book, on)
        expected = set(oracle(book, on))
        assert {(held.list_number, held.right.number, held.person_id) for held in told} == expected, (seed, on)
        rows = {(one.number, right.number): right for one in book.lists for right in one.rights}
        for person_id, act, code, amount_ore in product(PERSONS, ACTS, (*CODES, ""), (100, 150, 250)):
            lawful = any(
                holder == person_id
                and rows[(number, row)].act is act
                and rows[(number, row)].responsibility in {None, code or None}
                and amount_ore <= (rows[(number, row)].up_to_ore or amount_ore)
                for number, row, holder in expected
            )
            asked = {"act": act, "responsibility": code, "amount_ore": amount_ore, "on": on}
            assert may(book, person_id, **asked) is lawful, (seed, on, person_id, asked)

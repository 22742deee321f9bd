"""Delegation: who decides for the board, in which kind of case, with which outcome, for how much and on which day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.delegation import (
    CITES,
    Delegation,
    DelegationBook,
    DelegationOrder,
    DelegationRow,
    may_decide,
    may_decide_by_itself,
    order_faults,
    who_could_decide,
)
from timvis.core.quantities import Ore
from timvis.core.routine.board_lists import OffDuty, PositionHolder, RightHeld
from timvis.core.routine.records import ClaimKind
from timvis.formats.statutes.read import load_statutes

CECILIA, DAVID, EVA, FATIMA = 1, 2, 3, 4
TERM = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
DAY = date(2026, 6, 15)
SICK, HOME = ClaimKind.SICK_COST, ClaimKind.HOME_CARE
ALL = frozenset(Outcome)

OFFICER = DelegationRow(
    number=1,
    kind=SICK,
    outcomes=frozenset({Outcome.GRANTED, Outcome.PARTLY_GRANTED}),
    position="Handläggare",
    up_to_ore=Ore(5_000_000),
    **TERM,
)
HEAD = DelegationRow(number=2, kind=SICK, outcomes=ALL, person_id=DAVID, may_be_passed_on=True, **TERM)
DEPUTY = replace(HEAD, number=3, person_id=EVA, up_to_ore=Ore(20_000_000), deputy_of=2, may_be_passed_on=False)
SUMMER_HOME = DelegationRow(
    number=4,
    kind=HOME,
    outcomes=frozenset({Outcome.GRANTED}),
    person_id=EVA,
    valid_from=date(2026, 6, 1),
    valid_to=date(2026, 9, 1),
)
CECILIA_IS_OFFICER = PositionHolder(position="Handläggare", person_id=CECILIA, held_from=date(2026, 3, 1))
DAVID_IS_OFF = OffDuty(person_id=DAVID, off_from=date(2026, 7, 1), off_to=date(2026, 8, 1))


def an_order(*rows: DelegationRow, number: int = 1, board: str = "Socialnämnden") -> DelegationOrder:
    return DelegationOrder(number=number, board=board, rights=rows, **TERM)


BOOK = DelegationBook(
    lists=(an_order(OFFICER, HEAD, DEPUTY, SUMMER_HOME),), holders=(CECILIA_IS_OFFICER,), off_duty=(DAVID_IS_OFF,)
)


def ask(
    person_id: int,
    *,
    book: DelegationBook = BOOK,
    kind: ClaimKind = SICK,
    outcome: Outcome = Outcome.GRANTED,
    amount_ore: int = 100,
    on: date = DAY,
) -> Delegation | Refusal:
    return may_decide(book, person_id=person_id, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on)


# --- whose decision it is -------------------------------------------------------------------------------


def test_a_decision_is_made_by_the_row_that_gives_it() -> None:
    held = ask(CECILIA)

    assert isinstance(held, RightHeld)
    assert (held.right, held.board, held.list_number) == (OFFICER, "Socialnämnden", 1)


@pytest.mark.parametrize(
    ("person_id", "asked", "refusal"),
    [
        (FATIMA, {}, Refusal.NOT_DELEGATED),
        (CECILIA, {"outcome": Outcome.REFUSED}, Refusal.NOT_DELEGATED),
        (CECILIA, {"kind": HOME}, Refusal.NOT_DELEGATED),
        (CECILIA, {"amount_ore": 5_000_001}, Refusal.ABOVE_AMOUNT_LIMIT),
        (CECILIA, {"on": date(2026, 2, 28)}, Refusal.NOT_DELEGATED),
        (DAVID, {"on": date(2026, 7, 15)}, Refusal.IS_OFF_DUTY),
        (DAVID, {"on": date(2027, 1, 1)}, Refusal.NOT_DELEGATED),
        (EVA, {}, Refusal.ORDINARY_IS_ON_DUTY),
        (EVA, {"on": date(2026, 7, 15), "amount_ore": 20_000_001}, Refusal.ABOVE_AMOUNT_LIMIT),
        (EVA, {"kind": HOME, "on": date(2026, 9, 1)}, Refusal.NOT_DELEGATED),
    ],
)
def test_who_lacks_a_delegation_is_told_the_first_thing_that_is_missing(
    person_id: int, asked: dict[str, object], refusal: Refusal
) -> None:
    assert ask(person_id, **asked) is refusal  # type: ignore[arg-type]  # the names are ask's own


def test_the_deputy_decides_while_the_ordinary_is_away() -> None:
    assert isinstance(ask(EVA, on=date(2026, 7, 15)), RightHeld)
    assert ask(EVA, on=date(2026, 8, 1)) is Refusal.ORDINARY_IS_ON_DUTY


def test_a_newer_order_of_the_same_board_takes_the_place_of_the_old() -> None:
    newer = replace(an_order(replace(HEAD, person_id=EVA), number=2), valid_from=date(2026, 6, 1))
    both = replace(BOOK, lists=(*BOOK.lists, newer))

    assert isinstance(ask(CECILIA, book=both, on=date(2026, 5, 31)), RightHeld)
    assert ask(CECILIA, book=both, on=date(2026, 6, 1)) is Refusal.NOT_DELEGATED


# --- the matrix -----------------------------------------------------------------------------------------


def expected(person_id: int, kind: ClaimKind, outcome: Outcome, amount_ore: int, on: date) -> bool:
    """The order above, said once more in plain words."""
    if not date(2026, 1, 1) <= on <= date(2026, 12, 31):
        return False
    david_is_off = date(2026, 7, 1) <= on <= date(2026, 7, 31)
    if kind is SICK and person_id == CECILIA:
        return outcome is not Outcome.REFUSED and amount_ore <= 5_000_000 and on >= date(2026, 3, 1)
    if kind is SICK and person_id == DAVID:
        return not david_is_off
    if kind is SICK and person_id == EVA:
        return david_is_off and amount_ore <= 20_000_000
    if kind is HOME and person_id == EVA:
        return outcome is Outcome.GRANTED and date(2026, 6, 1) <= on <= date(2026, 8, 31)
    return False


EDGES = sorted(
    {
        day + timedelta(days=step)
        for day in (
            date(2026, 1, 1),
            date(2026, 3, 1),
            date(2026, 6, 1),
            date(2026, 7, 1),
            date(2026, 8, 1),
            date(2026, 9, 1),
            date(2027, 1, 1),
        )
        for step in (-1, 0, 1)
    }
)
AMOUNTS = (0, 1, 5_000_000, 5_000_001, 20_000_000, 20_000_001)


@pytest.mark.parametrize("person_id", [CECILIA, DAVID, EVA, FATIMA])
def test_every_cell_of_kind_outcome_amount_and_day_equals_the_oracle(person_id: int) -> None:
    for kind, outcome, amount_ore, on in product(ClaimKind, Outcome, AMOUNTS, EDGES):
        wanted = expected(person_id, kind, outcome, amount_ore, on)
        told = ask(person_id, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on)
        could = who_could_decide(BOOK, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on)

        cell = (kind, outcome, amount_ore, on, told)
        assert isinstance(told, RightHeld) == wanted, cell
        assert (person_id in {held.person_id for held in could}) == wanted, cell


# --- by itself ------------------------------------------------------------------------------------------

AUTOMATED = replace(HEAD, outcomes=frozenset({Outcome.GRANTED}), may_be_automated=True, up_to_ore=Ore(1_000))


def by_itself(book: DelegationBook, outcome: Outcome = Outcome.GRANTED, amount_ore: int = 100) -> object:
    return may_decide_by_itself(book, kind=SICK, outcome=outcome, amount_ore=amount_ore, on=DAY)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_is_decided_by_itself_unless_the_board_has_said_so(outcome: Outcome) -> None:
    assert not DelegationRow.__dataclass_fields__["may_be_automated"].default
    assert by_itself(BOOK, outcome) is Refusal.NEEDS_A_HUMAN


@pytest.mark.parametrize("outcome", [Outcome.PARTLY_GRANTED, Outcome.REFUSED])
def test_nothing_is_ever_decided_against_somebody_by_itself(outcome: Outcome) -> None:
    everything = replace(AUTOMATED, outcomes=ALL)

    assert by_itself(DelegationBook(lists=(an_order(everything),)), outcome) is Refusal.NEEDS_A_HUMAN
    assert [fault.code for fault in order_faults(an_order(everything))] == ["automated_row_goes_against_somebody"]


def test_a_marked_row_reaches_its_amount_and_its_days() -> None:
    book = DelegationBook(lists=(an_order(AUTOMATED),))

    assert isinstance(by_itself(book), RightHeld)
    assert by_itself(book, amount_ore=1_001) is Refusal.NEEDS_A_HUMAN


# --- a draft --------------------------------------------------------------------------------------------


def test_a_draft_as_it_should_be_has_no_fault() -> None:
    assert order_faults(an_order(OFFICER, HEAD, DEPUTY, SUMMER_HOME)) == ()


@pytest.mark.parametrize(
    ("drafted", "code"),
    [
        (an_order(), "list_is_empty"),
        (an_order(HEAD, board=""), "board_is_missing"),
        (replace(an_order(HEAD), valid_to=date(2026, 1, 1)), "list_ends_before_it_begins"),
        (an_order(replace(HEAD, outcomes=frozenset())), "outcome_is_missing"),
        (an_order(replace(HEAD, person_id=None)), "holder_is_unclear"),
        (an_order(replace(HEAD, up_to_ore=Ore(0))), "limit_is_no_amount"),
        (an_order(HEAD, replace(DEPUTY, kind=HOME)), "deputy_has_wider_right"),
        (an_order(OFFICER, replace(DEPUTY, deputy_of=1)), "deputy_has_wider_right"),
        (an_order(HEAD, replace(DEPUTY, deputy_of=9)), "deputy_of_nobody"),
        (an_order(HEAD, replace(DEPUTY, person_id=DAVID)), "deputy_of_herself"),
    ],
)
def test_a_draft_with_a_mistake_is_told_where(drafted: DelegationOrder, code: str) -> None:
    assert code in {fault.code for fault in order_faults(drafted)}


def test_the_provisions_that_delegation_rests_on_are_known() -> None:
    assert set(CITES) <= load_statutes().keys()

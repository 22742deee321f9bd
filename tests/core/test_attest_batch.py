"""A batch to sign: every candidate is a line, deviations come first, and the digest holds every one of them."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.routine.batch import Batch, Bounds, Candidate, Deviation, batch, biggest_changes
from timvis.core.routine.records import Act

TODAY = date(2026, 11, 10)
EKOT = ("Ekot AB", "bankgiro", "9912346")
GREEN = Candidate(
    claim_number="ekkoping-2026-0001",
    month_on=date(2026, 10, 1),
    due_on=date(2026, 11, 30),
    amount_ore=1_000_000,
    shown_digest="a" * 64,
    payee=EKOT,
    paid_to=EKOT,
    previous_ore=980_000,
    earlier_ore=(980_000, 1_010_000, 1_000_000),
)


def a_batch(*candidates: Candidate, bounds: Bounds | None = None) -> Batch:
    return batch(candidates, municipality="ekkoping", act=Act.DECISION_ATTEST, person_id=4, today=TODAY, bounds=bounds)


amounts = st.integers(min_value=0, max_value=10_000_000)
payees = st.sampled_from([(), EKOT, ("Sista Utposten AB", "bankgiro", "54029681")])
some_candidates = st.lists(
    st.builds(
        Candidate,
        claim_number=st.integers(min_value=1, max_value=9999).map(lambda n: f"ekkoping-2026-{n:04d}"),
        month_on=st.just(date(2026, 10, 1)),
        due_on=st.none() | st.integers(-9, 9).map(lambda days: TODAY + timedelta(days=days)),
        amount_ore=amounts,
        shown_digest=st.text("0123456789abcdef", min_size=64, max_size=64),
        payee=payees,
        paid_to=st.none() | payees,
        previous_ore=st.none() | amounts,
        earlier_ore=st.lists(amounts, max_size=8).map(tuple),
        findings_set_aside=st.integers(0, 2),
        findings_without_word=st.integers(0, 1),
        unconfirmed_numbers=st.integers(0, 1),
    ),
    max_size=12,
    unique_by=lambda one: one.claim_number,
)


# --- no hidden lines ------------------------------------------------------------------------------------


@given(some_candidates)
def test_every_candidate_is_one_line_and_the_sum_is_theirs(candidates: list[Candidate]) -> None:
    made = a_batch(*candidates)

    assert sorted(line.claim_number for line in made.lines) == sorted(one.claim_number for one in candidates)
    assert made.sum_ore == sum(one.amount_ore for one in candidates)
    assert made.beyond == 0


@given(some_candidates, st.integers(min_value=1, max_value=5))
def test_what_has_no_room_is_counted_and_is_never_due_before_what_has(candidates: list[Candidate], room: int) -> None:
    made = a_batch(*candidates, bounds=Bounds(most_lines=room))

    assert len(made.lines) + made.beyond == len(candidates)
    assert len(made.lines) <= room
    inside = {line.claim_number for line in made.lines}
    last = max((line.due_on or date.max for line in made.lines), default=date.min)
    assert all(last <= (one.due_on or date.max) for one in candidates if one.claim_number not in inside)


@given(some_candidates)
def test_deviations_come_first_and_only_the_green_are_signed_together(candidates: list[Candidate]) -> None:
    made = a_batch(*candidates)

    greens = [line.is_green for line in made.lines]
    assert greens == sorted(greens)
    assert made.green == tuple(line for line in made.lines if set(line.deviations) <= {"is_late", "is_due_soon"})
    assert made.green_sum_ore <= made.sum_ore


@given(some_candidates)
def test_the_biggest_changes_are_the_biggest(candidates: list[Candidate]) -> None:
    made = a_batch(*candidates)
    top = biggest_changes(made.lines, 3)

    sizes = [abs(line.change_ore or 0) for line in top]
    others = [abs(line.change_ore or 0) for line in made.lines if line not in top]
    assert sizes == sorted(sizes, reverse=True)
    assert len(top) == min(3, sum(line.change_ore not in (None, 0) for line in made.lines))
    assert not others or not sizes or len(top) < 3 or min(sizes) >= max(others)


@given(some_candidates, st.randoms())
def test_the_order_they_were_found_in_changes_nothing(candidates: list[Candidate], shuffled: Any) -> None:
    other_way = list(candidates)
    shuffled.shuffle(other_way)

    assert a_batch(*other_way) == a_batch(*candidates)


# --- the digest -----------------------------------------------------------------------------------------

OTHERWISE: dict[str, object] = {
    "claim_number": "ekkoping-2026-0009",
    "month_on": date(2026, 9, 1),
    "due_on": date(2026, 12, 1),
    "amount_ore": 1_000_001,
    "shown_digest": "a" * 63 + "b",
    "payee": ("Ekot AB", "bankgiro", "9912347"),
    "change_ore": 20_001,
    "usual_ore": 1,
    "deviations": (Deviation.IS_LATE,),
    "municipality": "vasteras",
    "act": Act.PAYMENT_RELEASE,
    "person_id": 5,
    "made_on": date(2026, 11, 11),
    "bounds": Bounds(far_percent=21),
    "lines": (),
    "beyond": 1,
}


@pytest.mark.parametrize("field", [field.name for field in fields(Batch)])
def test_the_digest_changes_with_anything_in_the_batch(field: str) -> None:
    made = a_batch(GREEN)

    assert replace(made, **{field: OTHERWISE[field]}).digest != made.digest  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize("field", [field.name for field in fields(a_batch(GREEN).lines[0])])
def test_the_digest_changes_with_anything_in_a_line(field: str) -> None:
    made = a_batch(GREEN)
    other = replace(made.lines[0], **{field: OTHERWISE[field]})  # type: ignore[arg-type]  # by name

    assert replace(made, lines=(other,)).digest != made.digest


# --- each deviation -------------------------------------------------------------------------------------


def deviations(**changes: object) -> tuple[Deviation, ...]:
    return a_batch(replace(GREEN, **changes)).lines[0].deviations  # type: ignore[arg-type]  # by name


def test_a_month_like_the_others_to_the_same_account_is_green() -> None:
    (line,) = a_batch(GREEN).lines

    assert line.is_green
    assert line.deviations == ()
    assert line.change_ore == 20_000
    assert line.usual_ore == 1_000_000


@pytest.mark.parametrize(
    ("changes", "deviation"),
    [
        ({"payee": ("Ekot AB", "bankgiro", "54029681")}, Deviation.PAYEE_HAS_CHANGED),
        ({"payee": ("Ekot Förvaltning AB", "bankgiro", "9912346")}, Deviation.PAYEE_HAS_CHANGED),
        ({"paid_to": None}, Deviation.NEVER_PAID_BEFORE),
        ({"payee": (), "paid_to": ()}, Deviation.PAYEE_IS_MISSING),
        ({"unconfirmed_numbers": 1}, Deviation.LAW_IS_UNCONFIRMED),
        ({"findings_without_word": 1}, Deviation.FINDINGS_WITHOUT_WORD),
        ({"findings_set_aside": 1}, Deviation.FINDINGS_SET_ASIDE),
        ({"earlier_ore": (), "previous_ore": None}, Deviation.NO_EARLIER_MONTH),
    ],
)
def test_what_asks_for_a_look_of_its_own_is_not_green(changes: dict[str, object], deviation: Deviation) -> None:
    (line,) = a_batch(replace(GREEN, **changes)).lines  # type: ignore[arg-type]  # by name

    assert line.deviations == (deviation,)
    assert not line.is_green


def test_an_amount_is_far_when_it_differs_by_more_than_a_fifth_and_a_thousand_kronor() -> None:
    # The usual is 10 000 kr: a fifth is 2 000 kr.
    assert deviations(amount_ore=1_200_000) == ()
    assert deviations(amount_ore=1_200_001) == (Deviation.AMOUNT_IS_FAR,)
    assert deviations(amount_ore=799_999) == (Deviation.AMOUNT_IS_FAR,)
    # Of a small amount half as much again is still less than 1 000 kr.
    assert deviations(amount_ore=150_000, earlier_ore=(100_000,)) == ()


def test_the_usual_is_the_middle_of_the_last_six_decided_months() -> None:
    one_odd_month = (9_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000)
    assert deviations(earlier_ore=one_odd_month) == ()
    # What lies further back than six months says nothing any more.
    assert deviations(earlier_ore=(3_000_000,) * 6 + (1_000_000,) * 20) == (Deviation.AMOUNT_IS_FAR,)


def test_a_late_month_comes_first_among_the_green_and_is_one_of_them() -> None:
    late = replace(GREEN, claim_number="ekkoping-2026-0003", due_on=TODAY - timedelta(days=1))
    soon = replace(GREEN, claim_number="ekkoping-2026-0004", due_on=TODAY + timedelta(days=3))
    odd = replace(GREEN, claim_number="ekkoping-2026-0005", findings_set_aside=2)

    made = a_batch(GREEN, soon, late, odd)

    assert [line.claim_number for line in made.lines] == [
        odd.claim_number,
        late.claim_number,
        soon.claim_number,
        GREEN.claim_number,
    ]
    assert [line.is_green for line in made.lines] == [False, True, True, True]


def test_the_weightiest_deviation_decides_the_place() -> None:
    changed = replace(GREEN, claim_number="ekkoping-2026-0007", payee=("Ekot AB", "bankgiro", "54029681"))
    far = replace(GREEN, claim_number="ekkoping-2026-0002", amount_ore=9_000_000)

    assert [line.claim_number for line in a_batch(far, changed).lines] == [changed.claim_number, far.claim_number]

"""The chain over the log: whatever somebody does to a sealed row is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.audit_chain import Break, Checkpoint, LogRow, SealRow, seal, verify

START = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)


def row(number: int, **given: Any) -> LogRow:
    made = LogRow(
        id=number,
        at=START + timedelta(seconds=number),
        person_id=7,
        role="case_officer",
        action="look_at_claim",
        object_kind="claim",
        object_id="42",
        recipient_id=3,
        municipality="vasteras",
        reason="",
        outcome="done",
        detail={"rows": number},
    )
    return replace(made, **given)


def sealed(rows: list[LogRow], sizes: list[int]) -> list[SealRow]:
    """Return seals over the rows, so many at a time; what is left over stays unsealed."""
    seals: list[SealRow] = []
    begin = 0
    for size in sizes:
        made = seal(rows[begin : begin + size], seals[-1] if seals else None, START + timedelta(hours=1))
        if made is not None:
            seals.append(made)
        begin += size
    return seals


# Ten rows with a gap after 4 (a transaction that failed), under seals of three, four and two; one unsealed.
ROWS = [row(number) for number in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11)]
SEALS = sealed(ROWS, [3, 4, 2])
CHECKPOINT = Checkpoint(number=3, digest=SEALS[-1].digest)


def test_a_whole_log_is_whole_and_a_gap_in_the_ids_is_none_in_the_log() -> None:
    verdict = verify(ROWS, SEALS, CHECKPOINT)

    assert verdict.ok
    assert (verdict.entries, verdict.seals, verdict.unsealed) == (10, 3, 1)


def test_an_empty_log_is_whole() -> None:
    assert verify([], []).ok
    assert seal([], None, START) is None


def test_a_new_row_does_not_change_what_was_sealed() -> None:
    later = [*ROWS, row(12)]

    assert verify(later, [*SEALS, *sealed_after(later[9:])], CHECKPOINT).ok


def sealed_after(rows: list[LogRow]) -> list[SealRow]:
    made = seal(rows, SEALS[-1], START + timedelta(hours=2))
    assert made is not None
    return [made]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", START),
        ("person_id", None),
        ("role", "auditor"),
        ("action", "give_word"),
        ("object_kind", "person"),
        ("object_id", "43"),
        ("recipient_id", 4),
        ("municipality", "motala"),
        ("reason", "för att"),
        ("outcome", "no_relation"),
        ("detail", {"rows": 0}),
    ],
)
def test_a_change_of_any_field_of_any_sealed_row_is_found(name: str, value: Any) -> None:
    for place in range(9):
        told: dict[str, Any] = {name: value}
        changed = [*ROWS[:place], replace(ROWS[place], **told), *ROWS[place + 1 :]]

        assert verify(changed, SEALS).broken is Break.ROW_OR_SEAL_IS_CHANGED


@pytest.mark.parametrize(
    ("rows", "seals", "expected"),
    [
        (ROWS[1:], SEALS, Break.ROW_IS_MISSING_OR_ADDED),
        ([*ROWS[:4], *ROWS[5:]], SEALS, Break.ROW_IS_MISSING_OR_ADDED),
        ([*ROWS[:4], row(5), *ROWS[4:]], SEALS, Break.ROW_IS_MISSING_OR_ADDED),
        (ROWS, SEALS[1:], Break.SEAL_IS_MISSING),
        (ROWS, [SEALS[0], SEALS[2]], Break.SEAL_IS_MISSING),
        (ROWS, [SEALS[0], replace(SEALS[1], previous_digest="0" * 64)], Break.SEAL_DOES_NOT_FOLLOW),
        (ROWS, [replace(SEALS[0], sealed_at=START)], Break.ROW_OR_SEAL_IS_CHANGED),
        (ROWS[:3], SEALS[:1], Break.LOG_ENDS_BEFORE_CHECKPOINT),
        ([row(1), row(2)], sealed([row(1), row(2)], [1, 0, 1]), Break.LOG_ENDS_BEFORE_CHECKPOINT),
    ],
)
def test_whatever_is_taken_away_or_added_is_found(rows: list[LogRow], seals: list[SealRow], expected: Break) -> None:
    verdict = verify(rows, seals, CHECKPOINT)

    assert verdict.broken is expected


def test_a_log_that_was_written_anew_from_the_start_differs_from_the_checkpoint() -> None:
    forged = [replace(one, person_id=8) for one in ROWS]

    assert verify(forged, sealed(forged, [3, 4, 2])).ok
    verdict = verify(forged, sealed(forged, [3, 4, 2]), CHECKPOINT)
    assert verdict.broken is Break.LOG_DIFFERS_FROM_CHECKPOINT


def test_two_sealed_rows_that_changed_places_are_found() -> None:
    first, second = ROWS[3], ROWS[4]
    swapped = [*ROWS[:3], replace(second, id=first.id), replace(first, id=second.id), *ROWS[5:]]

    assert verify(swapped, SEALS).broken is Break.ROW_OR_SEAL_IS_CHANGED


@settings(max_examples=200)
@given(data=st.data())
def test_random_tampering_with_sealed_rows_is_always_found(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    rows = [row(number * 2) for number in range(1, sum(sizes) + 1)]
    seals = sealed(rows, sizes)
    place = data.draw(st.integers(0, len(rows) - 1))

    match data.draw(st.sampled_from(["change", "remove", "add", "swap", "cut"])):
        case "change":
            touched = [*rows[:place], replace(rows[place], reason="x"), *rows[place + 1 :]]
        case "remove":
            touched = [*rows[:place], *rows[place + 1 :]]
        case "add":
            touched = [*rows[:place], row(rows[place].id - 1), *rows[place:]]
        case "swap":
            touched = [*rows[:place], *reversed(rows[place:])] if place < len(rows) - 1 else rows[:-1]
        case _:
            touched = rows[:place]

    assert verify(rows, seals).ok
    assert not verify(touched, seals).ok

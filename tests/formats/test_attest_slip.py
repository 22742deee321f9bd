"""The attest slip: whatever is changed in it is found, and named, with nothing but the file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.audit_chain import Checkpoint, LogRow, digest_of_row, seal
from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.core.routine.attest_slip import PlaceInLog, Signature, Slip, problems_in_log, problems_of
from timvis.core.routine.shown import Shown
from timvis.core.statement import LawRowUsed, Line, Statement
from timvis.formats.attest_slip.read import read
from timvis.formats.attest_slip.write import write

AT = datetime(2021, 2, 1, 9, 1, 0, 17, tzinfo=UTC)
RIGHT = "Socialnämnden, lista 1, rad 2"
STATEMENT = Statement(
    kind="hourly",
    lines=(
        Line(
            code="performed_within_the_decision",
            label="Utförda timmar",
            quantity="8",
            unit="h",
            rate="299",
            amount_ore=Ore(239_200),
            cites=("LSS 9 §",),
            because="Passet ryms i beslutet.",
            period_from=date(2021, 1, 4),
            period_to=date(2021, 1, 5),
        ),
    ),
    law_rows=(LawRowUsed(code="local.x", from_on=date(2021, 1, 1), known_on=date(2021, 1, 1), value="299"),),
    settings=(("granted_window", "month"),),
    inputs_digest="1" * 64,
)
SHOWN = Shown(
    claim_number="ekstad-2021-0001",
    round=1,
    statement_digest=STATEMENT.digest,
    total_ore=STATEMENT.total_ore,
    payee=("Ekot AB", "bankgiro", "9912346"),
    coding=(("ansvar", "3100"),),
)


def a_log() -> tuple[LogRow, ...]:
    """Return four rows, of which the third is David's decision attest."""
    look = LogRow(
        id=1,
        at=AT - timedelta(minutes=1),
        person_id=7,
        role="head_of_social_services",
        action="look_at_claim",
        object_kind="claim",
        object_id="12",
        recipient_id=1,
        municipality="ekstad",
        reason="",
        outcome="done",
        detail={},
    )
    signed = replace(
        look,
        id=3,
        at=AT,
        action="decision_attest",
        detail={"round": 1, "step": "decision", "shown_digest": SHOWN.digest, "right": RIGHT},
    )
    return look, replace(look, id=2), signed, replace(look, id=4)


LOG = a_log()
SEALED = seal(LOG, None, AT)
assert SEALED is not None
SLIP = Slip(
    shown=SHOWN.content,
    shown_digest=SHOWN.digest,
    statement=STATEMENT,
    signature=Signature(
        claim_number="ekstad-2021-0001",
        round=1,
        step="decision",
        act="decision_attest",
        person_id=7,
        person_name="David Ås",
        role="head_of_social_services",
        right=RIGHT,
        signed_at=AT,
    ),
    log_row=LOG[2],
    log_row_digest=digest_of_row(LOG[2]),
    place=PlaceInLog(seal=1, seal_digest=SEALED.digest, row=3),
)
DOCUMENT = json.loads(write(SLIP))


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every value in a document."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from leaves(child, (*place, key))
    if not children:
        yield place


def changed(place: tuple[Any, ...], value: Any) -> bytes:
    """Return the document with another value at a place."""
    document = json.loads(json.dumps(DOCUMENT))
    holder = document
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return json.dumps(document).encode()


def named(place: tuple[Any, ...]) -> str:
    """Return a place as the answer names it, as `statement.lines[0].amount_ore`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).removeprefix(".")


def found(content: bytes) -> list[str]:
    """Return the fields that verification names, of the document or of what it says."""
    outcome = read(content)
    if isinstance(outcome, Fault):
        return [outcome.code]
    slip, problems = outcome
    return [one.field for one in (*problems, *(problems_of(slip) if slip else ()))]


def test_a_slip_that_nobody_touched_is_whole_and_reads_as_it_was_written() -> None:
    outcome = read(write(SLIP))

    assert outcome == (SLIP, ())
    assert problems_of(SLIP) == ()


PLACES = [place for place in leaves(DOCUMENT) if place[0] not in ("field_digests", "digest")]


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_every_changed_field_is_named(place: tuple[Any, ...]) -> None:
    assert named(place) in found(changed(place, "ändrad"))


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_every_removed_field_is_found(place: tuple[Any, ...]) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    holder = document
    for key in place[:-1]:
        holder = holder[key]
    del holder[place[-1]]

    assert found(json.dumps(document).encode()) != []


@given(
    place=st.sampled_from(list(leaves(DOCUMENT))),
    value=st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.dates().map(str)),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_over_any_field_is_found(place: tuple[Any, ...], value: Any) -> None:
    holder = DOCUMENT
    for key in place[:-1]:
        holder = holder[key]

    unchanged = type(holder[place[-1]]) is type(value) and holder[place[-1]] == value
    assert unchanged or found(changed(place, value)) != []


def test_a_field_that_was_added_is_found() -> None:
    assert found(changed(("signature", "also_signed_by"), "Fatima")) == ["signature.also_signed_by"]


@pytest.mark.parametrize(
    ("forged", "field"),
    [
        (replace(SLIP, shown={**SLIP.shown, "total_ore": 1}), "shown"),
        (replace(SLIP, statement=replace(STATEMENT, lines=())), "statement"),
        (replace(SLIP, signature=replace(SLIP.signature, person_id=8)), "signature.person_id"),
        (replace(SLIP, signature=replace(SLIP.signature, round=2)), "signature.round"),
        (replace(SLIP, signature=replace(SLIP.signature, right="")), "signature.right"),
        (replace(SLIP, signature=replace(SLIP.signature, act="payment_release")), "signature.act"),
        (replace(SLIP, signature=replace(SLIP.signature, signed_at=AT + timedelta(1))), "signature.signed_at"),
        (replace(SLIP, log_row=replace(LOG[2], person_id=8)), "log_row"),
    ],
)
def test_a_forger_who_makes_every_digest_anew_is_caught_where_two_places_say_the_same(forged: Slip, field: str) -> None:
    outcome = read(write(forged))
    assert not isinstance(outcome, Fault)

    assert outcome[1] == (), "the file is of one piece"
    assert field in [one.field for one in problems_of(forged)]


# --- with the log at hand ------------------------------------------------------------------------------------


def test_a_whole_log_bears_the_slip_out() -> None:
    assert SEALED is not None
    point = Checkpoint(number=1, digest=SEALED.digest)

    assert problems_in_log(SLIP, LOG, [SEALED], point) == ()


def test_a_slip_that_is_consistent_but_was_never_logged_is_found() -> None:
    assert SEALED is not None
    row = replace(LOG[2], person_id=8)
    forged = replace(
        SLIP,
        signature=replace(SLIP.signature, person_id=8),
        log_row=row,
        log_row_digest=digest_of_row(row),
    )

    assert problems_of(forged) == ()
    assert [one.field for one in problems_in_log(forged, LOG, [SEALED])] == ["log_row"]


def test_a_log_that_was_touched_proves_nothing() -> None:
    assert SEALED is not None
    touched = (replace(LOG[0], person_id=9), *LOG[1:])

    assert [one.field for one in problems_in_log(SLIP, touched, [SEALED])] == ["log.seal[1]"]


def test_another_place_in_the_log_is_found() -> None:
    assert SEALED is not None
    assert SLIP.place is not None
    moved = replace(SLIP, place=replace(SLIP.place, row=2))

    assert [one.field for one in problems_in_log(moved, LOG, [SEALED])] == ["place"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"format": 1}', b"[" * 100_000, b'{"field_digests": {}, "digest": "x"}'],
)
def test_what_is_no_slip_at_all_is_a_fault(content: bytes) -> None:
    assert isinstance(read(content), Fault)

"""Seals take up every row once, in order, whatever order transactions end in."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.cast import NOW, TOWN
from timvis.apps.audit import actions, persons, queries
from timvis.apps.audit.models import LogEntry, Seal
from timvis.core.access import Action, Actor
from timvis.core.audit_chain import Break, Checkpoint


def look(actor: Actor, times: int = 1) -> None:
    """Write so many rows."""
    with transaction.atomic():
        for number in range(times):
            actions.record(actor, Action.LOOK_AT_LOG, object_kind="log", object_id=number, at=NOW)


@pytest.mark.django_db
def test_each_seal_takes_up_where_the_last_one_ended() -> None:
    machine = persons.machine(TOWN, NOW)
    look(machine, 3)
    first = actions.seal(NOW)
    look(machine, 2)
    second = actions.seal(NOW + timedelta(seconds=5))

    assert first is not None
    assert second is not None
    assert (first.number, first.entries, second.number, second.entries) == (1, 3, 2, 2)
    assert second.previous_digest == first.digest
    assert queries.verdict().ok


@pytest.mark.django_db
def test_sealing_when_nothing_is_new_makes_no_seal() -> None:
    look(persons.machine(TOWN, NOW))
    actions.seal(NOW)

    assert actions.seal(NOW) is None
    assert Seal.objects.count() == 1


@pytest.mark.django_db
def test_rows_that_went_before_their_number_was_used_are_no_gap_in_the_log() -> None:
    machine = persons.machine(TOWN, NOW)
    look(machine)
    with transaction.atomic():
        look(machine, 2)
        transaction.set_rollback(True)
    look(machine)

    actions.seal(NOW)

    assert queries.verdict().ok
    assert queries.verdict().entries == 2


@pytest.mark.django_db
def test_a_checkpoint_that_is_no_longer_reached_is_found() -> None:
    look(persons.machine(TOWN, NOW))
    actions.seal(NOW)

    verdict = queries.verdict(Checkpoint(number=2, digest="0" * 64))

    assert verdict.broken is Break.LOG_ENDS_BEFORE_CHECKPOINT


@pytest.mark.django_db(transaction=True)
def test_no_row_comes_to_lie_behind_a_seal_when_transactions_end_out_of_order() -> None:
    machine = persons.machine(TOWN, NOW)
    has_written, may_end = threading.Event(), threading.Event()

    def slow_act() -> None:
        with transaction.atomic():
            actions.record(machine, Action.LOOK_AT_LOG, object_kind="log", object_id="slow", at=NOW)
            has_written.set()
            may_end.wait(timeout=10)
        connection.close()

    slow = threading.Thread(target=slow_act)
    slow.start()
    assert has_written.wait(timeout=10)
    # The slow act has its number and is not done: the sealer must wait for it, not pass it by.
    threading.Timer(0.3, may_end.set).start()
    actions.seal(NOW)
    slow.join()
    look(machine)
    actions.seal(NOW)

    assert queries.verdict().ok
    assert queries.verdict().unsealed == 0
    assert LogEntry.objects.count() == 2

"""The log stands or falls with what it tells of, and tells of what was refused too."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit import actions, persons, queries
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import LogEntry
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.core.access import Action, Relation
from timvis.core.faults import Refusal


def test_an_act_leaves_a_row_that_says_who_what_whom_and_how_it_ended(cast: Cast) -> None:
    number = ok(
        parties.change_recipient(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            particulars=RecipientParticulars(name="Alma Ek"),
            seen=1,
            now=NOW,
        )
    )

    row = LogEntry.objects.order_by("id").last()
    assert row is not None
    assert (row.at, row.person_id, row.role) == (NOW, cast.cecilia.person_id, "case_officer")
    assert (row.action, row.object_kind, row.object_id) == (
        "change_recipient",
        "recipient",
        str(cast.recipient_id),
    )
    assert (row.recipient_id, row.municipality, row.outcome) == (cast.recipient_id, "vasteras", "done")
    assert row.detail == {"version": number}


def test_no_name_and_no_number_of_a_person_stands_in_a_log_row(cast: Cast) -> None:
    told = " ".join(str(values) for values in LogEntry.objects.values_list())

    for private in ("Alma", "Åkesson", "198002152380", "198308092389", "9912346"):
        assert private not in told


def test_what_was_refused_is_in_the_log(cast: Cast) -> None:
    refusal = parties.change_recipient(
        cast.fatima,
        recipient_id=cast.recipient_id,
        particulars=RecipientParticulars(name="Någon annan"),
        seen=1,
        now=NOW,
    )

    row = LogEntry.objects.order_by("id").last()
    assert refusal is Refusal.ROLE_DOES_NOT_ALLOW
    assert row is not None
    assert (row.person_id, row.outcome) == (cast.fatima.person_id, "role_does_not_allow")


def test_somebody_elses_municipality_answers_like_one_that_does_not_exist(cast: Cast) -> None:
    from_afar = in_another_town(cast.cecilia)
    particulars = RecipientParticulars(name="Alma")

    there = parties.change_recipient(
        from_afar, recipient_id=cast.recipient_id, particulars=particulars, seen=1, now=NOW
    )
    nowhere = parties.change_recipient(from_afar, recipient_id=999_999, particulars=particulars, seen=1, now=NOW)

    assert there is nowhere is Refusal.NOT_FOUND


def test_when_the_act_is_undone_so_is_its_row(cast: Cast) -> None:
    before = LogEntry.objects.count()

    with transaction.atomic():
        Attempt(cast.cecilia, Action.LOOK_AT_PERSON, "recipient", cast.recipient_id, NOW).done()
        transaction.set_rollback(True)

    assert LogEntry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_our_mistake() -> None:
    with transaction.atomic():
        machine = persons.machine(TOWN, NOW)

    with pytest.raises(TransactionManagementError, match="transaction of the act"):
        actions.record(machine, Action.SEAL_LOG, object_kind="log", object_id="x", at=NOW)


def test_the_log_of_a_whole_registration_is_whole_when_sealed(cast: Cast) -> None:
    made = actions.seal(NOW)

    assert made is not None
    assert made.entries == LogEntry.objects.count()
    assert queries.verdict().ok


def test_a_login_that_is_too_old_is_refused_before_the_state_is_told(cast: Cast) -> None:
    attempt = Attempt(cast.greta, Action.CHANGE_PAYEE, "payee", cast.payee_id, NOW.replace(hour=11))

    assert attempt.refused(Relation.OWN_MUNICIPALITY) is Refusal.LOGIN_TOO_OLD

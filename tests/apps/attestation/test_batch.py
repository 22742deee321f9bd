"""Attest all green: a frozen batch, signed whole or not at all, over exactly what was shown."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.apps.signed_months import (
    LATER,
    PAYABLE_ORE,
    ROUTINE,
    a_calculated_claim,
    calculate,
    claim,
    hand_in,
    law,
    let_elsa_report,
    publish,
    sign,
)
from tests.apps.waiting_months import MONTHS, SPRING, a_month_for_david, freeze, months_for_david, now_as, sign_green
from tests.cast import NOW, Cast, a_payee, in_another_town, ok, on_stage, with_role
from timvis.apps.accounting.attest_batches import BatchSigned, BatchStopped, freeze_batch, inboxes, sign_batch
from timvis.apps.accounting.models import Entry
from timvis.apps.attestation.batches import altered_batches, frozen
from timvis.apps.attestation.models import AttestBatch, AttestBatchLine, SignedAct
from timvis.apps.attestation.queries import unproven_signatures
from timvis.apps.attestation.records import grounds
from timvis.apps.attestation.waiting import how_many, waiting
from timvis.apps.audit import guards
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import relation_to_claim, relations_to_claims
from timvis.apps.parties import actions as parties
from timvis.apps.routines.attest_lists import adopt_attest_list, draft_attest_list
from timvis.apps.routines.board_lists import Drafted
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.quantities import Ore
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.batch import Deviation
from timvis.core.routine.records import Act


@pytest.fixture
def numbers(cast: Cast, tmp_path: Path) -> list[str]:
    return months_for_david(cast, tmp_path)


def signed_by(cast: Cast, numbers: list[str]) -> list[str]:
    rows = SignedAct.objects.filter(claim__number__in=numbers, person_id=cast.david.person_id)
    return list(rows.order_by("claim__number").values_list("claim__number", flat=True))


def change_the_payee(cast: Cast) -> None:
    ok(
        parties.change_payee(
            now_as(cast.greta),
            payee_id=cast.payee_id,
            particulars=a_payee("Ekot Förvaltning AB", "54029681", valid_from=date(2021, 1, 1)),
            seen=1,
            now=SPRING,
        )
    )


# --- freezing -------------------------------------------------------------------------------------------


def test_the_batch_is_everything_that_waits_with_its_sum(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)

    assert (batch.count, batch.sum_ore) == (3, 3 * PAYABLE_ORE)
    assert sorted(line.claim.number for line in batch.lines.all()) == numbers
    assert frozen(batch).digest == batch.digest
    assert all(line.is_green for line in batch.lines.all())


def test_a_line_is_measured_by_the_months_that_were_decided_before_it(cast: Cast, numbers: list[str]) -> None:
    lines = {line.claim_number: line for line in frozen(freeze(cast.david)).lines}

    # January is decided; February is not, so March has no month before it to compare with.
    assert [lines[number].change_ore for number in numbers] == [0, None, None]
    assert [lines[number].usual_ore for number in numbers] == [PAYABLE_ORE] * 3


def test_what_deviates_comes_first_and_is_not_green(cast: Cast, numbers: list[str]) -> None:
    # May: five shifts of eight hours where the months before had one.
    may = a_month_for_david(cast, date(2021, 5, 1), 3, 4, 5, 6, 7)

    lines = frozen(freeze(cast.david)).lines

    assert (lines[0].claim_number, lines[0].deviations) == (may, (Deviation.AMOUNT_IS_FAR,))
    assert [line.is_green for line in lines] == [False, True, True, True]


def test_money_to_a_new_account_is_never_green(cast: Cast, numbers: list[str]) -> None:
    change_the_payee(cast)
    number = hand_in(cast, 8, month=date(2021, 5, 1), now=SPRING)
    calculate(cast, number, now=SPRING)

    (line,) = frozen(freeze(cast.greta, Act.REVIEW_ATTEST)).lines

    assert line.claim_number == number
    assert Deviation.PAYEE_HAS_CHANGED in line.deviations


def test_the_first_month_of_all_is_never_green(cast: Cast) -> None:
    number = a_calculated_claim(cast)

    (line,) = frozen(freeze(cast.greta, Act.REVIEW_ATTEST)).lines

    assert (line.claim_number, line.is_green) == (number, False)
    assert {Deviation.NEVER_PAID_BEFORE, Deviation.NO_EARLIER_MONTH} <= set(line.deviations)


def test_late_is_told_by_the_steps_own_day_and_stays_green(cast: Cast, numbers: list[str]) -> None:
    # The decision on February is due on the 14th working day of March, long before May.
    lines = {line.claim_number: line for line in frozen(freeze(cast.david)).lines}

    assert [lines[number].due_on for number in numbers] == [date(2021, 3, 18), date(2021, 4, 22), date(2021, 5, 21)]
    assert lines[numbers[0]].deviations == (Deviation.IS_LATE,)
    assert lines[numbers[2]].deviations == ()
    assert [line.claim_number for line in frozen(freeze(cast.david)).lines] == numbers


def test_nothing_to_sign_is_no_batch(cast: Cast, numbers: list[str]) -> None:
    assert freeze_batch(now_as(cast.hasse), Act.PAYMENT_RELEASE, law=law(), now=SPRING) is Refusal.NOT_THE_NEXT_STEP
    assert freeze_batch(now_as(cast.david), Act.PAYMENT_RELEASE, law=law(), now=SPRING) is Refusal.NOT_THE_NEXT_STEP
    assert freeze_batch(now_as(cast.elsa), Act.PAYMENT_RELEASE, law=law(), now=SPRING) is Refusal.ROLE_DOES_NOT_ALLOW


# --- signing --------------------------------------------------------------------------------------------


def test_every_green_line_is_signed_and_booked_over_the_batch(cast: Cast, numbers: list[str]) -> None:
    before, batch = Entry.objects.count(), freeze(cast.david)

    assert sign_green(cast.david, batch) == BatchSigned(count=3, sum_ore=3 * PAYABLE_ORE)

    acts = SignedAct.objects.filter(batch=batch)
    assert {act.claim.number for act in acts} == set(numbers)
    assert {act.shown_digest for act in acts} == {line.shown_digest for line in batch.lines.all()}
    assert Entry.objects.count() == before + 3
    assert {claim(number).status for number in numbers} == {"attested"}


def test_what_is_not_green_is_left_for_a_look_of_its_own(cast: Cast, numbers: list[str]) -> None:
    may = a_month_for_david(cast, date(2021, 5, 1), 3, 4, 5, 6, 7)

    assert sign_green(cast.david, freeze(cast.david)) == BatchSigned(count=3, sum_ore=3 * PAYABLE_ORE)

    assert signed_by(cast, [*numbers, may]) == numbers
    ok(sign(cast.david, may, Act.DECISION_ATTEST, now=SPRING))


def test_payments_are_released_together_in_the_same_way(cast: Cast, numbers: list[str]) -> None:
    sign_green(cast.david, freeze(cast.david))

    released = sign_green(cast.hasse, freeze(cast.hasse, Act.PAYMENT_RELEASE))

    assert released == BatchSigned(count=3, sum_ore=3 * PAYABLE_ORE)
    assert SignedAct.objects.filter(act="payment_release", batch__isnull=False).count() == 3


def test_one_claim_that_has_changed_stops_them_all_and_is_named(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    calculate(cast, numbers[1], now=SPRING)

    stopped = sign_green(cast.david, batch)

    assert isinstance(stopped, BatchStopped)
    # Calculated anew it waits for Greta again.
    assert [(one.was.claim_number, one.now, one.refusal) for one in stopped.lines] == [
        (numbers[1], None, Refusal.NOT_THE_NEXT_STEP)
    ]
    assert signed_by(cast, numbers) == []
    assert sign_green(cast.david, freeze(cast.david)) == BatchSigned(count=2, sum_ore=2 * PAYABLE_ORE)


def test_a_changed_account_stops_them_all_and_is_told(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    change_the_payee(cast)

    stopped = sign_green(cast.david, batch)

    assert isinstance(stopped, BatchStopped)
    assert {one.refusal for one in stopped.lines} == {Refusal.SHOWN_IS_NOT_CURRENT}
    assert signed_by(cast, numbers) == []
    log = LogEntry.objects.filter(object_kind="claim", outcome="shown_is_not_current", action="decision_attest")
    assert set(log.values_list("object_id", flat=True)) == {str(claim(number).pk) for number in numbers}


def test_a_line_that_is_refused_while_signing_undoes_those_before_it(
    cast: Cast, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Between the comparison and the signature somebody takes the last of them back.
    batch, before = freeze(cast.david), Entry.objects.count()
    monkeypatch.setattr("timvis.apps.accounting.attest_batches._changed", lambda *_: ())
    Claim.objects.filter(number=numbers[2]).update(status="in_review")

    stopped = sign_green(cast.david, batch)

    assert isinstance(stopped, BatchStopped)
    assert [(one.was.claim_number, one.refusal) for one in stopped.lines] == [(numbers[2], Refusal.WRONG_STATE)]
    assert signed_by(cast, numbers) == []
    assert Entry.objects.count() == before
    assert {claim(number).status for number in numbers[:2]} == {"calculated"}


def test_the_same_batch_is_signed_once(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    sign_green(cast.david, batch)

    again = sign_green(cast.david, batch)

    assert isinstance(again, BatchStopped)
    assert {one.refusal for one in again.lines} == {Refusal.NOT_THE_NEXT_STEP}
    assert SignedAct.objects.filter(batch=batch).count() == 3


def test_a_digest_that_differs_by_one_letter_signs_nothing(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    other = batch.digest[:-1] + ("0" if batch.digest[-1] != "0" else "1")

    assert sign_green(cast.david, batch, digest=other) is Refusal.SHOWN_IS_NOT_CURRENT
    assert signed_by(cast, numbers) == []


def test_nobody_signs_what_another_was_shown(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    agnes = with_role(cast.hasse, Role.HEAD_OF_SOCIAL_SERVICES)

    assert sign_green(agnes, batch) is Refusal.NOT_FOUND
    assert sign_green(in_another_town(cast.david), batch) is Refusal.NOT_FOUND
    assert sign_green(with_role(cast.david, Role.CASE_OFFICER), batch) is Refusal.ROLE_DOES_NOT_ALLOW


def test_an_old_login_signs_no_batch(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    stale = replace(cast.david, logged_in_at=SPRING - timedelta(hours=1))

    assert sign_batch(stale, batch.pk, digest=batch.digest, law=law(), now=SPRING) is Refusal.LOGIN_TOO_OLD


def test_a_right_that_has_ended_since_the_page_was_opened_signs_nothing(cast: Cast, numbers: list[str]) -> None:
    batch = freeze(cast.david)
    on_leave = replace(now_as(cast.david), roles=frozenset())

    refused = sign_batch(on_leave, batch.pk, digest=batch.digest, law=law(), now=SPRING)

    assert refused is Refusal.ROLE_DOES_NOT_ALLOW
    assert signed_by(cast, numbers) == []


# --- what is kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["attestation_attestbatch", "attestation_attestbatchline"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_shown_is_never_changed(cast: Cast, numbers: list[str], table: str, statement: str) -> None:
    freeze(cast.david)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.fixture
def without_guards(cast: Cast) -> None:
    """Somebody who owns the database takes the guards away; the transaction of the test puts them back."""
    with connection.cursor() as cursor:
        for table in ("attestation_attestbatch", "attestation_attestbatchline"):
            for name in guards.trigger_names(connection, table):
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def test_a_batch_that_somebody_has_altered_is_not_signed_and_is_found(
    cast: Cast, numbers: list[str], without_guards: None
) -> None:
    batch = freeze(cast.david)
    assert altered_batches() == frozenset()
    content = batch.content
    content["lines"][0]["amount_ore"] += 1
    AttestBatch.objects.filter(pk=batch.pk).update(content=content)

    assert sign_green(cast.david, batch) is Refusal.SHOWN_IS_NOT_CURRENT
    assert altered_batches() == {batch.pk}


def test_a_batch_altered_after_it_was_signed_leaves_its_signatures_unproven(
    cast: Cast, numbers: list[str], without_guards: None
) -> None:
    batch = freeze(cast.david)
    sign_green(cast.david, batch)
    assert unproven_signatures() == ()

    AttestBatchLine.objects.filter(batch=batch, place=1).update(amount_ore=1)

    assert unproven_signatures() == tuple(f"{number}: decision_attest" for number in numbers)


# --- what waits -----------------------------------------------------------------------------------------


def test_who_has_already_taken_a_part_sees_what_waits_and_why_it_is_not_hers(cast: Cast, numbers: list[str]) -> None:
    promoted = now_as(with_role(cast.greta, Role.HEAD_OF_SOCIAL_SERVICES))

    (inbox,) = inboxes(promoted, law=law(), now=SPRING)

    assert inbox.lines == ()
    assert {wait.refusal for wait in inbox.refused} == {Refusal.SAME_PERSON_ALREADY_SIGNED}
    assert {wait.claim.number for wait in inbox.refused} == set(numbers)


def test_what_waits_is_what_the_signature_itself_would_say(cast: Cast, numbers: list[str]) -> None:
    unanswered = hand_in(cast, 8, month=date(2021, 5, 1), now=SPRING)
    calculate(cast, unanswered, now=SPRING)
    actors = [
        *(cast.greta, cast.david, cast.hasse, cast.cecilia, cast.elsa, cast.alma),
        *(with_role(cast.greta, Role.HEAD_OF_SOCIAL_SERVICES), with_role(cast.cecilia, Role.HEAD_OF_SOCIAL_SERVICES)),
        with_role(cast.alma, Role.HEAD_OF_SOCIAL_SERVICES),
    ]
    for actor in map(now_as, actors):
        for wait in waiting(actor, law=law(), now=SPRING):
            assert _would_be(actor, wait.claim.number, wait.act) == wait.refusal


def _would_be(actor: Actor, number: str, act: Act) -> Refusal | None:
    """Return how the signature itself would end, and undo it."""
    with transaction.atomic():
        outcome = sign(actor, number, act, now=SPRING)
        transaction.set_rollback(True)
    return outcome if isinstance(outcome, Refusal) else None


def test_relations_are_the_same_for_many_as_for_one(cast: Cast, numbers: list[str]) -> None:
    claims = list(Claim.objects.select_related("recipient__municipality", "provider__municipality"))
    for actor in (cast.alma, cast.elsa, cast.fatima, cast.david, in_another_town(cast.david)):
        many = relations_to_claims(actor, claims, now=SPRING)
        assert many == {one.pk: relation_to_claim(actor, one, now=SPRING) for one in claims}


def test_the_recipient_herself_is_not_told_of_her_own_month_whatever_her_role(cast: Cast, numbers: list[str]) -> None:
    assert waiting(with_role(cast.alma, Role.HEAD_OF_SOCIAL_SERVICES), law=law(), now=SPRING) == ()


@pytest.mark.parametrize(("who", "waits"), [("david", 3), ("greta", 0), ("hasse", 0), ("cecilia", 0), ("elsa", 0)])
def test_how_many_wait_for_somebody(cast: Cast, numbers: list[str], who: str, waits: int) -> None:
    assert how_many(getattr(cast, who), now=SPRING) == waits


def test_as_much_is_asked_of_the_database_for_one_claim_as_for_four(cast: Cast, tmp_path: Path) -> None:
    months_for_david(cast, tmp_path)

    def asked(numbers: int) -> int:
        claims = list(Claim.objects.select_related("routine_version").order_by("id")[:numbers])
        with CaptureQueriesContext(connection) as queries:
            grounds(claims, law=law(), now=SPRING)
        return len(queries)

    assert asked(1) == asked(4) <= 22
    with CaptureQueriesContext(connection) as all_three:
        inboxes(now_as(cast.david), law=law(), now=SPRING)
    ok(sign(cast.david, claim_of_month(MONTHS[0]), Act.DECISION_ATTEST, now=SPRING))
    with CaptureQueriesContext(connection) as two:
        inboxes(now_as(cast.david), law=law(), now=SPRING)
    assert len(all_three) == len(two)


def claim_of_month(month: date) -> str:
    return Claim.objects.get(month_on=month).number


# --- where the board's list decides ---------------------------------------------------------------------


A_LIST = b"""
[attest_list]
tied_to = ["person"]
code_parts = ["ansvar"]
text = "N\xc3\xa4mnden utser attestanter"
"""


def waits_by_list(cast: Cast, *rights: AttestRight) -> str:
    """Return the number of a claim that waits for a review attest, where a list with these rights is adopted."""
    publish(cast, b'attest_by = "attest_list"\n' + ROUTINE + A_LIST)
    let_elsa_report(cast)
    number = hand_in(cast)
    calculate(cast, number)
    year = (date(2021, 1, 1), date(2022, 1, 1))
    drafted = Drafted(board="Nämnden", valid_from=year[0], valid_to=year[1], rights=rights)
    list_id = ok(draft_attest_list(cast.greta, drafted, now=NOW))
    assert isinstance(list_id, int), list_id
    entered_by = replace(with_role(cast.cecilia, Role.SYSTEM_OPERATOR), logged_in_at=NOW)
    told = {"decision": "Nämnden 2021-01-14 § 3", "adopted_on": date(2021, 1, 14)}
    ok(adopt_attest_list(entered_by, list_id=list_id, **told, now=NOW))
    return number


def a_right(person: Actor, *, up_to_ore: int | None = None) -> AttestRight:
    return AttestRight(
        number=1,
        act=Act.REVIEW_ATTEST,
        person_id=person.person_id,
        up_to_ore=None if up_to_ore is None else Ore(up_to_ore),
        valid_from=date(2021, 1, 1),
        valid_to=date(2022, 1, 1),
    )


@pytest.mark.parametrize(("up_to_ore", "refusal"), [(PAYABLE_ORE, None), (PAYABLE_ORE - 1, Refusal.ABOVE_AMOUNT_LIMIT)])
def test_what_is_above_the_limit_waits_with_the_reason(cast: Cast, up_to_ore: int, refusal: Refusal | None) -> None:
    number = waits_by_list(cast, a_right(cast.greta, up_to_ore=up_to_ore))

    (wait,) = waiting(cast.greta, law=law(), now=LATER)

    assert (wait.claim.number, wait.refusal) == (number, refusal)
    assert how_many(cast.greta, now=LATER) == 1


def test_who_is_not_on_the_list_has_nothing_waiting(cast: Cast) -> None:
    waits_by_list(cast, a_right(cast.hasse))

    assert waiting(cast.greta, law=law(), now=LATER) == ()
    assert how_many(cast.greta, now=LATER) == 0
    assert how_many(cast.hasse, now=LATER) == 1


# --- two at once ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_the_same_claims_at_once_sign_each_once_and_whole(tmp_path: Path) -> None:
    cast = on_stage()
    numbers = months_for_david(cast, tmp_path)
    other = now_as(with_role(cast.hasse, Role.HEAD_OF_SOCIAL_SERVICES))
    batches = {actor.person_id: (actor, freeze(actor)) for actor in (now_as(cast.david), other)}
    outcomes: dict[int, object] = {}
    ready = threading.Barrier(len(batches))

    def signs(actor: Actor, batch: AttestBatch) -> None:
        ready.wait(timeout=20)
        try:
            outcomes[actor.person_id] = sign_green(actor, batch)
        finally:
            connection.close()

    threads = [threading.Thread(target=signs, args=pair) for pair in batches.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won = [person_id for person_id, outcome in outcomes.items() if isinstance(outcome, BatchSigned)]
    lost = [outcome for outcome in outcomes.values() if isinstance(outcome, BatchStopped)]
    assert len(won) == len(lost) == 1
    assert {one.was.claim_number for one in lost[0].lines} == set(numbers)
    decided = SignedAct.objects.filter(claim__number__in=numbers, act="decision_attest")
    assert {(act.claim.number, act.person_id) for act in decided} == {(number, won[0]) for number in numbers}
    assert Entry.objects.filter(claim__number__in=numbers).count() == 3
    assert unproven_signatures() == ()

"""A report to the state: frozen as it was signed, queued by a person, sent once, and what became of it told."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from bench.sent_month import sent_through
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.state_reports import months as at
from tests.cast import Cast, ok
from tests.formats.handed_in_months import ELT_ROW, elt_bytes
from timvis.apps.audit.models import LogEntry
from timvis.apps.state_reports import actions, papers, queries, records
from timvis.apps.state_reports.models import FrozenReport, Queued, SendAttempt, SendOutcome, Signer
from timvis.apps.state_reports.sending import SendPoint, SendRun, send_queue
from timvis.core.faults import Fault, Refusal
from timvis.core.state_report import Standing
from timvis.gateways.elt.channel import Pace
from timvis.gateways.elt.simulator import SimulatedElt, Weather


class Died(Exception):
    """The run was killed."""


def quick() -> Pace:
    """Return a pace that waits for nobody."""
    return Pace(clock=lambda: 0.0, sleep=lambda _seconds: None)


def run(cast: Cast, channel: SimulatedElt, reached: object = None) -> SendRun:
    """Return what Greta's run of the queue came to."""
    told = {} if reached is None else {"reached": reached}
    return ok(send_queue(cast.greta, channel, clock=lambda: at.NOW, pace=quick(), **told))  # type: ignore[arg-type]


def standing(key: str) -> Standing:
    return records.standing(FrozenReport.objects.get(key=key))


@pytest.fixture
def receiver(tmp_path: Path) -> SimulatedElt:
    return SimulatedElt(tmp_path / "elt", mode="test")


# --- frozen, signed, queued ----------------------------------------------------------------------------------------


def test_a_report_is_kept_byte_for_byte_with_the_text_that_is_signed(cast: Cast) -> None:
    content = at.elt()

    report = FrozenReport.objects.get(key=at.frozen(cast, content))

    assert bytes(report.content) == content
    assert report.digest == hashlib.sha256(content).hexdigest()
    assert report.text_to_sign.startswith(f"{at.a_key(1)},")
    assert at.frozen(cast, content) == report.key
    assert FrozenReport.objects.count() == 1


def test_what_the_schema_lets_through_and_nobody_should_send_is_not_frozen(cast: Cast) -> None:
    rows = [ELT_ROW.format(1, *times, "aktivTid", "aktivTid") for times in (("08.00", "12.00"), ("11.00", "13.00"))]

    faults = actions.freeze_report(cast.greta, elt_bytes(rows), now=at.NOW)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["rows_overlap"]
    assert not FrozenReport.objects.exists()


def test_a_report_that_is_changed_after_it_was_frozen_needs_an_id_of_its_own(cast: Cast) -> None:
    at.signed(cast, at.elt())

    changed = actions.freeze_report(cast.greta, at.elt().replace(b"16.30", b"17.30"), now=at.NOW)

    assert isinstance(changed, tuple)
    assert [fault.code for fault in changed] == ["report_was_changed_after_freezing"]


def test_another_towns_person_is_as_if_she_did_not_exist(cast: Cast) -> None:
    assert actions.freeze_report(cast.greta, elt_bytes(), now=at.NOW) is Refusal.NOT_FOUND


def test_the_assistant_signs_first_each_signs_once_and_both_before_the_queue(cast: Cast) -> None:
    key = at.frozen(cast, at.elt())

    def sign(signer: Signer) -> object:
        return actions.attach_signature(
            cast.greta, key, signer, signature=b"x", ocsp_response=b"y", signed_on=at.SIGNED_ON, now=at.NOW
        )

    assert sign(Signer.PROVIDER) is Refusal.NOT_THE_NEXT_STEP
    assert isinstance(sign(Signer.ASSISTANT), int)
    assert sign(Signer.ASSISTANT) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert actions.queue_report(cast.greta, key, now=at.NOW) is Refusal.NOT_THE_NEXT_STEP
    assert isinstance(sign(Signer.PROVIDER), int)
    assert isinstance(actions.queue_report(cast.greta, key, now=at.NOW), int)
    assert actions.queue_report(cast.greta, key, now=at.NOW) is Refusal.SOMEONE_ELSE_WAS_FIRST


def test_several_reports_are_signed_in_one_go(cast: Cast) -> None:
    keys = [at.frozen(cast, at.elt(number)) for number in (1, 2)]

    first, second = actions.texts_to_sign(cast.greta, keys).split(";")

    assert first.startswith(f"{keys[0]},")
    assert second.startswith(f"{keys[1]},")


def test_a_second_report_for_the_same_month_is_queued_only_with_a_reason(cast: Cast) -> None:
    at.queued(cast, at.elt(1))
    second = at.signed(cast, at.elt(2))

    faults = actions.queue_report(cast.greta, second, now=at.NOW)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["report_for_the_same_month_was_sent"]
    assert isinstance(actions.queue_report(cast.greta, second, now=at.NOW, although="FK ville ha en ny."), int)


def test_a_case_officer_neither_freezes_nor_sends(cast: Cast, receiver: SimulatedElt) -> None:
    assert actions.freeze_report(cast.cecilia, at.elt(), now=at.NOW) is Refusal.ROLE_DOES_NOT_ALLOW
    outcome = send_queue(cast.cecilia, receiver, clock=lambda: at.NOW, pace=quick())
    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW
    assert receiver.calls == 0


def test_nothing_of_it_can_be_rewritten(cast: Cast) -> None:
    at.queued(cast, at.elt())

    for table in ("frozenreport", "reportsignature", "queued"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM state_reports_{table}")


def test_a_returned_paper_is_known_by_its_code_and_a_made_up_code_by_nobody(cast: Cast) -> None:
    report = FrozenReport.objects.get(key=at.frozen(cast, at.elt()))
    code = papers.code_of(report)

    assert papers.paper_of(f" {code.lower()} ", "vasteras") == report
    assert papers.paper_of(code, "motala") is None
    for made_up in ("", "TV-1", "TV-x-ABC", f"{code}A", code[:-1] + ("A" if code[-1] != "A" else "B")):
        assert papers.paper_of(made_up, "vasteras") is None
    assert code in papers.report_paper(report).head.reference


# --- sent ---------------------------------------------------------------------------------------------------------


def test_what_is_queued_is_sent_with_a_receipt_and_what_is_only_signed_is_not(
    cast: Cast, receiver: SimulatedElt
) -> None:
    sent, kept = at.queued(cast, at.elt(1)), at.signed(cast, at.elt(2, month="2025-02"))

    first, again = run(cast, receiver), run(cast, receiver)

    assert (first.received, again.received) == ([sent], [])
    assert receiver.calls == 1
    assert standing(sent) is Standing.RECEIVED
    assert standing(kept) is Standing.SIGNED
    result = Queued.objects.get(report__key=sent).attempts.get().result
    assert (sent, result.transaction_id) in receiver.taken()
    assert LogEntry.objects.filter(action="send_state_reports", object_id=sent, outcome="done").count() == 1


def test_a_refused_report_is_not_sent_again_and_the_others_go_on(cast: Cast, receiver: SimulatedElt) -> None:
    wrong = at.queued(cast, at.elt(1), signs="någon annans")
    right = at.queued(cast, at.elt(2, month="2025-02"))

    first, again = run(cast, receiver), run(cast, receiver)

    assert (first.refused, first.received) == ([wrong], [right])
    assert (again.refused, again.received) == ([], [])
    assert Queued.objects.get(report__key=wrong).attempts.get().result.outcome == SendOutcome.SIGNATURE_FAULT


def test_a_receiver_that_is_away_ends_the_run_and_the_rest_waits(cast: Cast, tmp_path: Path) -> None:
    keys = [at.queued(cast, at.elt(number, month=f"2025-{number:02d}")) for number in (1, 2, 3)]
    weather = {2: Weather.DOWN}
    receiver = SimulatedElt(tmp_path, mode="test", weather=lambda call: weather.get(call, Weather.FINE))

    first, second = run(cast, receiver), run(cast, receiver)

    assert (first.received, first.waiting) == (keys[:1], 2)
    assert second.received == keys[1:]
    assert len(receiver.taken()) == 3


def test_nobody_resends_what_may_have_arrived_until_a_person_says_what_became_of_it(cast: Cast, tmp_path: Path) -> None:
    key = at.queued(cast, at.elt())
    receiver = SimulatedElt(tmp_path, mode="test", weather=lambda _call: Weather.SLOW)

    first, again = run(cast, receiver), run(cast, receiver)

    assert first.unknown == again.unknown == [key]
    assert receiver.calls == 1
    settle = actions.settle_unknown
    assert settle(cast.greta, key, was_received=True, reason="", now=at.NOW) is Refusal.REASON_IS_MISSING
    told = settle(cast.greta, key, was_received=True, reason="Kundcenter bekräftade.", now=at.NOW)
    assert told is SendOutcome.RECEIPT
    assert standing(key) is Standing.RECEIVED
    assert run(cast, receiver).unknown == []
    assert settle(cast.greta, key, was_received=False, reason="x", now=at.NOW) is Refusal.WRONG_STATE


def test_what_did_not_arrive_goes_back_to_the_queue(cast: Cast, receiver: SimulatedElt) -> None:
    key = at.queued(cast, at.elt())

    with pytest.raises(Died):
        run(cast, receiver, dies_at(SendPoint.ATTEMPT_IS_NOTED, 1))
    assert standing(key) is Standing.UNKNOWN
    actions.settle_unknown(cast.greta, key, was_received=False, reason="Finns inte hos dem.", now=at.NOW)

    assert run(cast, receiver).received == [key]
    assert len(receiver.taken()) == 1


def test_a_report_somebody_has_altered_in_the_database_is_not_sent(
    cast: Cast, receiver: SimulatedElt, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = at.queued(cast, at.elt())
    monkeypatch.setattr(records, "is_as_signed", lambda _report: False)

    told = run(cast, receiver)

    assert [fault.code for fault in told.faults] == ["report_is_altered"]
    assert receiver.calls == 0
    assert standing(key) is Standing.QUEUED


# --- a month of a town, interrupted -----------------------------------------------------------------------------------


def dies_at(point: SendPoint, time: int) -> object:
    """Return what kills a run the n-th time it reaches a point."""
    left = [time]

    def reached(at_point: SendPoint) -> None:
        if at_point is point:
            left[0] -= 1
            if left[0] == 0:
                raise Died

    return reached


deaths = st.lists(
    st.tuples(st.sampled_from(list(SendPoint)), st.integers(min_value=1, max_value=8)), min_size=2, max_size=2
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=deaths, bad_days=st.sets(st.integers(min_value=1, max_value=14), max_size=3), slow=st.booleans())
def test_however_a_month_is_interrupted_nothing_is_lost_and_nothing_is_sent_twice(
    cast: Cast,
    tmp_path_factory: pytest.TempPathFactory,
    deaths: list[tuple[SendPoint, int]],
    bad_days: set[int],
    slow: bool,
) -> None:
    sid = transaction.savepoint()
    weather = Weather.SLOW if slow else Weather.DOWN
    receiver = SimulatedElt(
        tmp_path_factory.mktemp("elt"),
        mode="test",
        weather=lambda call: weather if call in bad_days else Weather.FINE,
    )
    keys = [at.queued(cast, at.elt(number, month=f"2024-{number:02d}")) for number in range(1, 11)]

    for point, time in deaths:
        with suppress(Died):
            run(cast, receiver, dies_at(point, time))
    for _ in range(len(keys) + len(bad_days) + 2):
        for report in queries.with_standing("vasteras", Standing.UNKNOWN):
            # A person asks the receiver, who knows.
            arrived = report.key in {key for key, _ in receiver.taken()}
            actions.settle_unknown(cast.greta, report.key, was_received=arrived, reason="Frågat.", now=at.NOW)
        run(cast, receiver)

    assert sorted(key for key, _ in receiver.taken()) == sorted(keys)
    assert {standing(key) for key in keys} == {Standing.RECEIVED}
    assert not SendAttempt.objects.filter(result__isnull=True).exists()
    transaction.savepoint_rollback(sid)


def test_a_month_of_a_large_town_is_sent_a_second_apart_with_a_receipt_each(cast: Cast, tmp_path: Path) -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    receiver = SimulatedElt(tmp_path, mode="test")
    keys = [at.queued(cast, at.elt(n, month=f"{2013 + n // 12}-{n % 12 + 1:02d}")) for n in range(60)]

    told = ok(
        send_queue(
            cast.greta,
            receiver,
            clock=lambda: at.NOW + timedelta(seconds=now[0]),
            pace=Pace(clock=lambda: now[0], sleep=sleep),
        )
    )

    assert told.received == keys
    assert len(slept) == 59
    assert {round(each, 6) for each in slept} == {1.0}
    assert len({transaction_id for _, transaction_id in receiver.taken()}) == 60
    assert not [fault for fault in told.faults if isinstance(fault, Fault)]


def test_a_months_sending_that_dies_twice_loses_nothing_and_doubles_nothing(cast: Cast, tmp_path: Path) -> None:
    receiver = SimulatedElt(tmp_path, mode="test")
    keys = [at.queued(cast, at.elt(n, month=f"{2013 + n // 12}-{n % 12 + 1:02d}")) for n in range(40)]
    deaths = ((SendPoint.MESSAGE_IS_SENT, 12), (SendPoint.ATTEMPT_IS_NOTED, 9))

    told = sent_through(cast.greta, receiver, clock=lambda: at.NOW, deaths=deaths)

    assert (told.queued, told.receipts, told.taken) == (40, 40, 40)
    assert (told.lost, told.taken_twice) == (0, 0)
    assert (told.runs, told.asked) == (3, 2)
    assert {standing(key) for key in keys} == {Standing.RECEIVED}

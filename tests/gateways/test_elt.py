"""The way to Försäkringskassan: off until it is configured, one call a second, and a receiver that is made up."""

from datetime import date
from pathlib import Path

import pytest

from tests.formats.handed_in_months import ELT_ROW, elt_bytes
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt_message.read import Answer, AnswerKind, read
from timvis.formats.elt_message.write import MessageSignature, envelope
from timvis.gateways.elt.channel import NotReceived, OutcomeUnknown, Pace
from timvis.gateways.elt.chosen import elt_channel
from timvis.gateways.elt.https import HttpsElt, WrongAddress
from timvis.gateways.elt.simulator import SimulatedElt, SimulatorInProduction, Weather


def a_message(report: bytes, *, signs: str = "") -> bytes:
    signature = MessageSignature(
        signature=f"<sig>{signs or text_to_sign(report)}</sig>".encode(),
        ocsp_response=b"ok",
        signed_on=date(2025, 4, 2),
    )
    return envelope(report, assistant=signature, provider=signature)


def answered(channel: SimulatedElt, message: bytes) -> Answer:
    answer = read(channel.send(message))
    assert isinstance(answer, Answer), answer
    return answer


def test_a_right_report_gets_a_receipt_and_is_taken_in(tmp_path: Path) -> None:
    channel = SimulatedElt(tmp_path, mode="test")

    answer = answered(channel, a_message(elt_bytes()))

    assert answer.kind is AnswerKind.RECEIPT
    assert [transaction for _, transaction in channel.taken()] == [answer.transaction_id]


def test_a_report_that_breaks_the_schema_and_one_that_was_changed_after_signing_get_their_faults(
    tmp_path: Path,
) -> None:
    channel = SimulatedElt(tmp_path, mode="test")
    wrong = elt_bytes([ELT_ROW.format(1, "8.00", "16.30", "aktivTid", "aktivTid")])
    changed = elt_bytes(was="16.30", now="17.30")

    assert answered(channel, a_message(wrong)).kind is AnswerKind.XML_FAULT
    assert answered(channel, a_message(changed, signs=text_to_sign(elt_bytes()))).kind is AnswerKind.SIGNATURE_FAULT
    assert answered(channel, b"<x/>").kind is AnswerKind.XML_FAULT
    assert channel.taken() == ()


def test_a_receiver_that_is_down_takes_nothing_and_a_slow_one_takes_and_says_nothing(tmp_path: Path) -> None:
    weather = {1: Weather.DOWN, 2: Weather.SLOW}
    channel = SimulatedElt(tmp_path, mode="test", weather=lambda call: weather.get(call, Weather.FINE))

    with pytest.raises(NotReceived):
        channel.send(a_message(elt_bytes()))
    assert channel.taken() == ()
    with pytest.raises(OutcomeUnknown):
        channel.send(a_message(elt_bytes()))
    assert len(channel.taken()) == 1


def test_calls_are_a_second_apart_and_the_first_does_not_wait() -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 6))
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    pace.wait()
    now[0] += 0.25
    pace.wait()
    now[0] += 5
    pace.wait()

    assert slept == [0.75]


def test_sending_is_off_until_an_address_and_a_certificate_are_configured(tmp_path: Path) -> None:
    assert elt_channel(tmp_path, "production", {}) is None
    assert elt_channel(tmp_path, "production", {"TIMVIS_ELT": "simulator"}) is None
    assert elt_channel(tmp_path, "demo", {}) is None
    assert elt_channel(tmp_path, "production", {"TIMVIS_ELT_ADDRESS": "https://elt.example/x"}) is None
    assert isinstance(elt_channel(tmp_path, "demo", {"TIMVIS_ELT": "simulator"}), SimulatedElt)


def test_the_made_up_receiver_never_starts_in_production_and_the_real_one_never_without_https(tmp_path: Path) -> None:
    with pytest.raises(SimulatorInProduction):
        SimulatedElt(tmp_path, mode="production")
    with pytest.raises(WrongAddress):
        HttpsElt("http://elt.example/x", tmp_path / "key.pem", tmp_path)


def test_an_address_where_nobody_answers_is_surely_not_received(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssl.SSLContext.load_cert_chain", lambda *_: None)
    channel = HttpsElt("https://127.0.0.1:9/x", tmp_path / "key.pem", tmp_path)

    with pytest.raises(NotReceived):
        channel.send(b"<x/>")


def test_one_run_at_a_time_holds_the_channel(tmp_path: Path) -> None:
    first, second = SimulatedElt(tmp_path, mode="test"), SimulatedElt(tmp_path, mode="test")

    with first.alone() as is_first:
        assert is_first
        with second.alone() as is_second:
            assert not is_second
    with second.alone() as again:
        assert again

"""A payment run dies anywhere and is started again: exactly one file, nothing twice, nothing lost."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.apps.signed_months import (
    LATER,
    PAYABLE_ORE,
    a_calculated_claim,
    an_ordered_claim,
    calculate,
    claim,
    hand_in,
    order,
    sign_all,
)
from tests.cast import TOWN, Cast
from timvis.apps.accounting.actions import take_bank_answer
from timvis.apps.accounting.bank_answers import BankAnswered
from timvis.apps.accounting.models import Batch, Entry, PaymentOrder
from timvis.apps.accounting.payment_run import PaymentRun, RunPoint, run_payments
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.audit.models import LogEntry
from timvis.core.faults import Refusal
from timvis.formats.pain001.check import check, packaged_schema
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank


class Died(BaseException):
    """The process is gone: nobody catches this."""


@pytest.fixture
def bank(tmp_path: Path) -> FakeBank:
    return FakeBank(tmp_path / "bank", mode="test", profile=shipped())


@pytest.fixture
def number(cast: Cast) -> str:
    return an_ordered_claim(cast)


def dies_at(point: RunPoint) -> Callable[[RunPoint], None]:
    def reached(at: RunPoint) -> None:
        if at is point:
            raise Died

    return reached


def files(tmp_path: Path, folder: str = "out") -> Iterator[Path]:
    yield from (path for path in sorted((tmp_path / "bank" / folder).iterdir()) if path.is_file())


def run(cast: Cast, bank: FakeBank) -> PaymentRun:
    outcome = run_payments(cast.hasse, bank, now=LATER)
    assert isinstance(outcome, PaymentRun), outcome
    return outcome


def test_a_run_sends_one_file_that_the_banks_schema_accepts(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path
) -> None:
    outcome = run(cast, bank)

    assert outcome == PaymentRun(batches=("vasteras-2021-02-01-0001.xml",), orders=1, sum_ore=PAYABLE_ORE)
    (file,) = files(tmp_path)
    verdict = check(file.read_bytes(), shipped(), packaged_schema("pain.001.001.03"))
    assert not isinstance(verdict, tuple)
    assert (verdict.is_valid, verdict.count, verdict.sum_ore) == (True, 1, PAYABLE_ORE)
    assert verdict.schema_was_run
    assert bytes(Batch.objects.get().content) == file.read_bytes()
    assert PaymentOrder.objects.get().status == "sent"


def test_a_second_run_finds_nothing_to_do(cast: Cast, bank: FakeBank, number: str, tmp_path: Path) -> None:
    run(cast, bank)

    assert run(cast, bank) == PaymentRun(batches=(), orders=0, sum_ore=0)
    assert len(list(files(tmp_path))) == 1


@pytest.mark.parametrize("point", RunPoint)
def test_a_run_that_died_anywhere_ends_in_exactly_one_file(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path, point: RunPoint
) -> None:
    with pytest.raises(Died):
        run_payments(cast.hasse, bank, now=LATER, reached=dies_at(point))

    run(cast, bank)

    (file,) = files(tmp_path)
    assert bytes(Batch.objects.get().content) == file.read_bytes()
    assert (Batch.objects.get().status, PaymentOrder.objects.get().status) == ("sent", "sent")
    assert list(files(tmp_path, "staged")) == []
    assert LogEntry.objects.filter(action="run_payments", object_kind="batch").count() == 2, "built, sent"


@pytest.mark.parametrize("point", RunPoint)
def test_a_file_that_the_bank_fetched_before_the_crash_was_noted_is_not_made_again(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path, point: RunPoint
) -> None:
    with pytest.raises(Died):
        run_payments(cast.hasse, bank, now=LATER, reached=dies_at(point))
    fetched = [file.read_bytes() for file in files(tmp_path)]
    for file in files(tmp_path):
        file.unlink()

    run(cast, bank)

    fetched += [file.read_bytes() for file in files(tmp_path)]
    assert len(fetched) == 1


def test_what_is_ordered_between_the_crash_and_the_next_run_leaves_in_a_file_of_its_own(
    cast: Cast, bank: FakeBank, tmp_path: Path
) -> None:
    an_ordered_claim(cast)
    with pytest.raises(Died):
        run_payments(cast.hasse, bank, now=LATER, reached=dies_at(RunPoint.FILE_IS_STAGED))
    december = hand_in(cast, 7, month=date(2020, 12, 1))
    calculate(cast, december)
    sign_all(cast, december)
    order(cast, december)

    outcome = run(cast, bank)

    # Eight hours each, at 299 kronor in January and 289 in December.
    assert outcome.sum_ore == PAYABLE_ORE + 8 * 28_900
    assert [batch.orders for batch in Batch.objects.order_by("id")] == [1, 1]
    assert len(list(files(tmp_path))) == 2


def test_only_one_run_goes_on_at_a_time(cast: Cast, bank: FakeBank, number: str) -> None:
    with bank.alone():
        assert run_payments(cast.hasse, bank, now=LATER) is Refusal.SOMEONE_ELSE_WAS_FIRST

    assert PaymentOrder.objects.get().status == "reserved"


@pytest.mark.parametrize("who", ["alma", "cecilia", "david", "elsa", "fatima"])
def test_only_finance_and_the_clock_run_payments(cast: Cast, bank: FakeBank, number: str, who: str) -> None:
    assert run_payments(getattr(cast, who), bank, now=LATER) is Refusal.ROLE_DOES_NOT_ALLOW
    assert isinstance(run_payments(cast.machine, bank, now=LATER), PaymentRun)


def test_a_town_without_an_account_to_pay_from_keeps_its_orders(cast: Cast, bank: FakeBank) -> None:
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    order(cast, number)

    outcome = run_payments(cast.hasse, bank, now=LATER)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["paying_account_is_missing"]
    assert PaymentOrder.objects.get().status == "reserved"


# --- the bank's answer ------------------------------------------------------------------------------------


def answer(cast: Cast, bank: FakeBank, **rejects: str) -> BankAnswered:
    bank.work(LATER, rejects=rejects)
    (file,) = bank.answers()
    outcome = take_bank_answer(cast.hasse, file.content, file_name=file.name, now=LATER)
    assert isinstance(outcome, BankAnswered), outcome
    return outcome


def test_an_accepted_payment_is_posted_and_its_debt_settled(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)

    answered = answer(cast, bank)

    assert answered == BankAnswered(posted=(f"{number}-1",))
    assert claim(number).status == "paid"
    assert Batch.objects.get().status == "answered"
    assert [entry.kind for entry in Entry.objects.order_by("number")] == ["decision", "settlement"]
    found = ledger_check(TOWN)
    assert found is not None
    assert found.is_ok, found.failures
    assert found.sums == {"1941": -PAYABLE_ORE, "2491": 0, "4631": PAYABLE_ORE}


def test_the_same_answer_again_changes_nothing(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)
    answer(cast, bank)
    (file,) = bank.answers()

    again = take_bank_answer(cast.hasse, file.content, file_name="copy.xml", now=LATER + timedelta(hours=1))

    assert again == BankAnswered()
    assert Entry.objects.count() == 2


def test_a_rejected_payment_is_voided_and_the_claim_goes_back_with_its_debt(
    cast: Cast, bank: FakeBank, number: str
) -> None:
    run(cast, bank)

    answered = answer(cast, bank, **{f"{number}-1": "AC04"})

    assert answered == BankAnswered(voided=(f"{number}-1",))
    assert PaymentOrder.objects.get().bank_reason == "AC04"
    assert claim(number).status == "attested"
    found = ledger_check(TOWN)
    assert found is not None
    assert found.is_ok, found.failures
    assert found.sums["2491"] == -PAYABLE_ORE, "it is still owed"


def test_a_voided_payment_is_never_sent_again(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)
    answer(cast, bank, **{f"{number}-1": "AC04"})

    assert run(cast, bank).orders == 0


def told(status: str, *, of: str = "") -> bytes:
    payment = f"<TxInfAndSts><OrgnlEndToEndId>{of}</OrgnlEndToEndId><TxSts>{status}</TxSts></TxInfAndSts>"
    message_id = Batch.objects.get().message_id
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>A</MsgId><CreDtTm>2021-02-01T10:00:00Z</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>{'' if of else f'<GrpSts>{status}</GrpSts>'}"
        "</OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message_id}</OrgnlPmtInfId>{payment if of else ''}"
        "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def take(cast: Cast, content: bytes) -> BankAnswered:
    outcome = take_bank_answer(cast.hasse, content, file_name="answer.xml", now=LATER)
    assert isinstance(outcome, BankAnswered), outcome
    return outcome


def test_a_payment_the_bank_has_not_decided_is_unknown_and_waits_for_a_later_answer(
    cast: Cast, bank: FakeBank, number: str
) -> None:
    run(cast, bank)
    assert take(cast, told("PDNG", of=f"{number}-1")).unknown == (f"{number}-1",)
    assert run(cast, bank).orders == 0, "an unknown outcome is never sent again by machine"

    assert take(cast, told("ACSC", of=f"{number}-1")).posted == (f"{number}-1",)


def test_an_answer_about_the_whole_file_is_about_every_payment_in_it(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)

    assert take(cast, told("ACCP")).posted == (f"{number}-1",)


def test_an_answer_that_contradicts_an_earlier_one_is_told_and_changes_nothing(
    cast: Cast, bank: FakeBank, number: str
) -> None:
    run(cast, bank)
    take(cast, told("ACSC", of=f"{number}-1"))

    assert take(cast, told("RJCT", of=f"{number}-1")).contradicted == (f"{number}-1",)
    assert PaymentOrder.objects.get().status == "posted"


def test_an_answer_about_a_payment_that_is_not_in_the_file_is_told(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)

    assert take(cast, told("ACSC", of="somebody-elses")).unmatched == ("somebody-elses",)
    assert PaymentOrder.objects.get().status == "sent"


def test_an_answer_to_a_file_of_somebody_elses_is_refused(cast: Cast, bank: FakeBank, number: str) -> None:
    run(cast, bank)
    content = told("ACSC").replace(b"TIMVIS-", b"ANNAN-")

    assert take_bank_answer(cast.hasse, content, file_name="a.xml", now=LATER) is Refusal.NOT_FOUND


def test_a_file_that_is_no_answer_is_a_fault(cast: Cast) -> None:
    outcome = take_bank_answer(cast.hasse, b"<x/>", file_name="a.xml", now=LATER)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["not_a_bank_answer"]

"""The bank's folders: a file is there whole or not at all, and is moved once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from timvis.core.payment import AccountKind, AnswerStatus, CreditTransfer, PayeeAccount, PaymentBatch
from timvis.core.quantities import Ore
from timvis.formats.pain001.profile import shipped
from timvis.formats.pain001.write import write
from timvis.formats.pain002.read import StatusReport, read
from timvis.gateways.bank.fake import FakeBank, FakeInProduction
from timvis.gateways.bank.folder import FolderBank

NOW = datetime(2021, 3, 12, 8, 0, tzinfo=UTC)
BANKGIRO = PayeeAccount(kind=AccountKind.BANKGIRO, number="9912346")


def a_file(*ids: str) -> bytes:
    batch = PaymentBatch(
        message_id="TIMVIS-1",
        batch_id="TIMVIS-1",
        created_at=NOW,
        execute_on=date(2021, 3, 15),
        debtor_name="Ekstad kommun",
        debtor_organisation_number="2120009010",
        debtor_account=BANKGIRO,
        transfers=tuple(
            CreditTransfer(end_to_end_id=one, amount_ore=Ore(100), payee_name="Ekot AB", account=BANKGIRO, message=one)
            for one in ids
        ),
    )
    content = write(batch, shipped())
    assert isinstance(content, bytes)
    return content


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_staged_file_is_where_the_bank_does_not_look_until_it_is_delivered(tmp_path: Path) -> None:
    bank = FolderBank(tmp_path)

    bank.stage("a.xml", b"first")
    assert (names(tmp_path / "staged"), names(tmp_path / "out")) == (["a.xml"], [])

    bank.deliver("a.xml")
    assert (names(tmp_path / "staged"), names(tmp_path / "out")) == ([], ["a.xml"])


def test_delivering_again_changes_nothing_even_when_the_bank_has_fetched_the_file(tmp_path: Path) -> None:
    bank = FolderBank(tmp_path)
    bank.stage("a.xml", b"first")
    bank.deliver("a.xml")
    (tmp_path / "out" / "a.xml").unlink()

    bank.deliver("a.xml")

    assert names(tmp_path / "out") == []


def test_half_a_file_from_a_crash_is_written_over(tmp_path: Path) -> None:
    bank = FolderBank(tmp_path)
    (tmp_path / "staged" / "a.xml").write_bytes(b"fir")

    bank.stage("a.xml", b"first")
    bank.deliver("a.xml")

    assert (tmp_path / "out" / "a.xml").read_bytes() == b"first"


def test_only_one_run_has_the_channel_at_a_time(tmp_path: Path) -> None:
    with FolderBank(tmp_path).alone() as first, FolderBank(tmp_path).alone() as second:
        assert (first, second) == (True, False)

    with FolderBank(tmp_path).alone() as third:
        assert third


@pytest.mark.parametrize("name", ["../a.xml", "a/b.xml", "/etc/a.xml"])
def test_a_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="bare file name"):
        FolderBank(tmp_path).stage(name, b"")


def test_the_made_up_bank_answers_for_every_payment_once(tmp_path: Path) -> None:
    bank = FakeBank(tmp_path, mode="test", profile=shipped())
    bank.stage("a.xml", a_file("one", "two"))
    bank.deliver("a.xml")

    assert bank.work(NOW, rejects={"two": "AC04"}) == 1
    assert bank.work(NOW) == 0, "what is answered is not answered again"

    (answer,) = bank.answers()
    report = read(answer.content)
    assert isinstance(report, StatusReport)
    assert [(one.end_to_end_id, one.status, one.reason_code) for one in report.answers] == [
        ("one", AnswerStatus.ACCEPTED, ""),
        ("two", AnswerStatus.REJECTED, "AC04"),
    ]


def test_a_settled_answer_is_put_aside_and_does_not_come_back(tmp_path: Path) -> None:
    bank = FakeBank(tmp_path, mode="demo", profile=shipped())
    bank.stage("a.xml", a_file("one"))
    bank.deliver("a.xml")
    bank.work(NOW)

    bank.settle(bank.answers()[0].name)

    assert bank.answers() == ()
    assert bank.work(NOW) == 0


def test_the_made_up_bank_refuses_to_start_in_production(tmp_path: Path) -> None:
    with pytest.raises(FakeInProduction):
        FakeBank(tmp_path, mode="production", profile=shipped())

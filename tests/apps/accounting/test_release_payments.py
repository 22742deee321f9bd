"""A file that somebody looks through and releases: it leaves to the byte as she saw it, once, or not at all."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.apps.accounting.test_run_payments import Died, dies_at, files
from tests.apps.signed_months import LATER, PAYABLE_ORE, an_ordered_claim
from tests.cast import Cast, in_another_town
from timvis.apps.accounting.models import Batch, PaymentOrder
from timvis.apps.accounting.payment_files import file_lines
from timvis.apps.accounting.payment_run import PaymentRun, RunPoint, build_payments, release_payments, run_payments
from timvis.apps.audit.models import LogEntry
from timvis.core.faults import Refusal
from timvis.core.routine.batch import Bounds, Deviation
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank


@pytest.fixture
def bank(tmp_path: Path) -> FakeBank:
    return FakeBank(tmp_path / "bank", mode="test", profile=shipped())


@pytest.fixture
def number(cast: Cast) -> str:
    return an_ordered_claim(cast)


def built(cast: Cast, bank: FakeBank) -> Batch:
    outcome = build_payments(cast.hasse, bank, now=LATER)
    assert isinstance(outcome, Batch), outcome
    return outcome


def test_what_a_person_has_built_waits_for_its_release_also_when_the_clock_runs(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path
) -> None:
    batch = built(cast, bank)

    assert run_payments(cast.machine, bank, now=LATER) == PaymentRun(batches=(), orders=0, sum_ore=0)
    assert list(files(tmp_path)) == []

    released = release_payments(cast.hasse, bank, batch.pk, digest=batch.digest, now=LATER)

    assert released == PaymentRun(batches=(batch.name,), orders=1, sum_ore=PAYABLE_ORE)
    (file,) = files(tmp_path)
    assert sha256(file.read_bytes()).hexdigest() == batch.digest
    steps = LogEntry.objects.filter(action="run_payments", object_kind="batch").order_by("id")
    assert [entry.detail["step"] for entry in steps] == ["built", "released", "sent"]


def test_a_file_is_released_once(cast: Cast, bank: FakeBank, number: str, tmp_path: Path) -> None:
    batch = built(cast, bank)
    release_payments(cast.hasse, bank, batch.pk, digest=batch.digest, now=LATER)

    again = release_payments(cast.hasse, bank, batch.pk, digest=batch.digest, now=LATER)

    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert len(list(files(tmp_path))) == 1


def test_another_digest_than_the_one_shown_releases_nothing(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path
) -> None:
    batch = built(cast, bank)

    refused = release_payments(cast.hasse, bank, batch.pk, digest=batch.digest[:-1] + "x", now=LATER)

    assert refused is Refusal.SHOWN_IS_NOT_CURRENT
    assert list(files(tmp_path)) == []
    assert Batch.objects.get().status == "built"


@pytest.mark.parametrize("by_whom", ["the one who releases", "the clock"])
def test_one_byte_altered_stops_every_payment(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path, by_whom: str
) -> None:
    # Whoever alters the bytes can alter the digest beside them, but not what the log saw.
    batch = built(cast, bank)
    content = bytearray(bytes(batch.content))
    content[-2] ^= 1
    digest = sha256(content).hexdigest()
    Batch.objects.update(content=bytes(content), digest=digest)

    outcome = (
        run_payments(cast.machine, bank, now=LATER)
        if by_whom == "the clock"
        else release_payments(cast.hasse, bank, batch.pk, digest=digest, now=LATER)
    )

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["payment_file_is_altered"]
    assert list(files(tmp_path)) == []


@pytest.mark.parametrize("point", [one for one in RunPoint if "batch" not in one])
def test_a_release_that_died_anywhere_is_finished_by_the_next_run(
    cast: Cast, bank: FakeBank, number: str, tmp_path: Path, point: RunPoint
) -> None:
    batch = built(cast, bank)
    with pytest.raises(Died):
        release_payments(cast.hasse, bank, batch.pk, digest=batch.digest, now=LATER, reached=dies_at(point))

    run_payments(cast.machine, bank, now=LATER)

    (file,) = files(tmp_path)
    assert sha256(file.read_bytes()).hexdigest() == batch.digest
    assert (Batch.objects.get().status, PaymentOrder.objects.get().status) == ("sent", "sent")


@pytest.mark.parametrize("who", ["alma", "cecilia", "david", "elsa", "fatima"])
def test_only_finance_releases(cast: Cast, bank: FakeBank, number: str, who: str) -> None:
    batch, actor = built(cast, bank), getattr(cast, who)

    assert build_payments(actor, bank, now=LATER) is Refusal.ROLE_DOES_NOT_ALLOW
    refused = release_payments(actor, bank, batch.pk, digest=batch.digest, now=LATER)
    assert refused is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_file_of_another_towns_is_not_there(cast: Cast, bank: FakeBank, number: str) -> None:
    batch = built(cast, bank)
    there = in_another_town(cast.hasse)

    assert release_payments(there, bank, batch.pk, digest=batch.digest, now=LATER) is Refusal.NOT_FOUND


def test_a_file_tells_what_deviates_of_its_payments(cast: Cast, bank: FakeBank, number: str) -> None:
    (line,) = file_lines(built(cast, bank), today=LATER.date(), bounds=Bounds())

    assert (line.claim_number, line.amount_ore) == (number, PAYABLE_ORE)
    assert line.deviations == (Deviation.NEVER_PAID_BEFORE, Deviation.NO_EARLIER_MONTH)

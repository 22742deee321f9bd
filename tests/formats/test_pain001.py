"""The payment file to the bank."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.official import official, official_names
from tests.formats.payments import ALMA, BANK_ACCOUNT, EKOT, batch, transfer
from timvis.core.account_numbers import ocr_of
from timvis.core.faults import Fault
from timvis.core.identity import luhn_digit, personal_numbers_in
from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount, PaymentBatch
from timvis.core.quantities import Ore
from timvis.formats.pain001 import check, profile, read, write

COMMON = profile.shipped()
SAMPLES = "iso20022/samples/se"


def written(whole: PaymentBatch) -> bytes:
    content = write.write(whole, COMMON)
    assert isinstance(content, bytes), content
    return content


def verdict(content: bytes, schema: bytes | None = None) -> check.PaymentFileCheck:
    outcome = check.check(content, COMMON, schema)
    assert isinstance(outcome, check.PaymentFileCheck), outcome
    return outcome


def packaged() -> bytes:
    schema = check.packaged_schema("pain.001.001.03")
    assert schema is not None
    return schema


EVERY_KIND = batch(
    EKOT,
    ALMA,
    transfer(end_to_end_id="VAS-3", account=BANK_ACCOUNT),
    transfer(end_to_end_id="VAS-4", account=PayeeAccount(kind=AccountKind.BANK_ACCOUNT, number="81059744202466")),
    transfer(end_to_end_id="VAS-5", account=PayeeAccount(kind=AccountKind.IBAN, number="SE4256065723789397612318")),
    debtor_bic="AAAASESS",
)


def test_what_we_write_follows_the_official_schema() -> None:
    outcome = verdict(written(EVERY_KIND), packaged())

    assert outcome.is_valid
    assert (outcome.count, outcome.sum_ore) == (5, EVERY_KIND.sum_ore)


def test_what_we_write_follows_the_schema_of_the_standards_folder() -> None:
    schema = official("iso20022/xsd/pain.001.001.03.xsd")

    assert verdict(written(EVERY_KIND), schema).is_valid
    assert verdict(written(batch()), schema).is_valid


def test_the_same_batch_gives_the_same_bytes() -> None:
    assert written(EVERY_KIND) == written(EVERY_KIND)


def test_each_kind_of_account_is_addressed_as_swedish_banks_want_it() -> None:
    text = "".join(written(EVERY_KIND).decode().split())

    # bankgiro and plusgiro have a member of their own; a bank account is its own first four digits
    assert "<MmbId>9900</MmbId>" in text
    assert "<Id>50501055</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm>" in text
    assert "<MmbId>9960</MmbId>" in text
    assert "<Id>2865434</Id><SchmeNm><Prtry>PGNR</Prtry></SchmeNm>" in text
    assert "<MmbId>5000</MmbId>" in text
    assert "<Id>1234567</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm>" in text
    # 8105-9, 744 202 466: the fifth clearing digit moves to the account
    assert "<MmbId>8105</MmbId>" in text
    assert "<Id>9744202466</Id>" in text


def test_a_batch_with_faults_gives_no_bytes() -> None:
    outcome = write.write(batch(transfer(amount_ore=Ore(0))), COMMON)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["amount_is_out_of_range"]


def test_a_bank_with_room_for_fewer_letters_gets_no_longer_message() -> None:
    narrow = COMMON.model_copy(update={"message_max_length": 15})

    outcome = write.write(batch(EKOT), narrow)

    # "VAS-2021-03-0001" has 16 letters
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["text_does_not_fit"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>3</NbOfTxs>", "count_does_not_agree"),
        ("<CtrlSum>48239.55</CtrlSum>", "<CtrlSum>48239.56</CtrlSum>", "sum_does_not_agree"),
        ("<Cd>NURG</Cd>", "<Cd>SEPA</Cd>", "code_is_not_in_profile"),
        ("<ChrgBr>SLEV</ChrgBr>", "<ChrgBr>DEBT</ChrgBr>", "code_is_not_in_profile"),
        ("<MmbId>9900</MmbId>", "<MmbId>9960</MmbId>", "clearing_member_is_wrong"),
        ("<Id>50501055</Id>", "<Id>50501056</Id>", "account_number_is_wrong"),
        ("<Ref>123456782</Ref>", "<Ref>123456783</Ref>", "ocr_is_wrong"),
        ('Ccy="SEK">48239.50', 'Ccy="EUR">48239.50', "payment_file_is_incomplete"),
        ("<MsgId>VAS-20210423-1</MsgId>", "", "does_not_follow_schema"),
        ("48239.50", "48239,50", "does_not_follow_schema"),
    ],
)
def test_one_change_in_the_file_is_found(old: str, new: str, code: str) -> None:
    content = written(batch()).decode()
    assert old in content

    outcome = verdict(content.replace(old, new, 1).encode(), packaged())

    assert not outcome.is_valid
    assert {fault.code for fault in outcome.faults} == {code}
    assert all(fault.line for fault in outcome.faults)


def test_without_a_schema_the_rest_is_still_checked() -> None:
    content = written(batch()).replace(b"<NbOfTxs>2<", b"<NbOfTxs>two<", 1)

    outcome = verdict(content)

    assert not outcome.schema_was_run
    assert [fault.code for fault in outcome.faults] == ["count_does_not_agree"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml_is_not_well_formed"),
        (b"betala 100 kr", "xml_is_not_well_formed"),
        (b"<Invoice/>", "not_a_payment_file"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"/>', "not_a_payment_file"),
        (b'<!DOCTYPE D SYSTEM "file:///etc/hostname"><D/>', "document_type_is_not_allowed"),
        (b'<!DOCTYPE D [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><D>&b;</D>', "document_type_is_not_allowed"),
    ],
)
def test_what_is_no_payment_file_is_a_fault(content: bytes, code: str) -> None:
    outcome = check.check(content, COMMON, None)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == [code]


def test_a_file_without_payments_is_a_fault_and_no_crash() -> None:
    outcome = read.read(b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>', COMMON)

    assert isinstance(outcome, tuple)
    assert [fault.column for fault in outcome] == ["PmtInf"]


@pytest.mark.parametrize("name", official_names(SAMPLES, "se.*.pain.001.*.xml"))
def test_the_swedish_samples_may_be_sent(name: str) -> None:
    content = official(f"{SAMPLES}/{name}")
    message = check.message_in(content, COMMON)
    assert isinstance(message, str)

    outcome = verdict(content, official(f"iso20022/xsd/{message}.xsd"))

    assert outcome.faults == ()
    assert outcome.count in {1, 2}


@pytest.mark.parametrize("name", official_names(SAMPLES, "*synthetic.xml"))
def test_the_banks_answers_are_no_payment_files(name: str) -> None:
    outcome = check.message_in(official(f"{SAMPLES}/{name}"), COMMON)

    assert isinstance(outcome, Fault)
    assert outcome.code == "not_a_payment_file"


LETTERS = st.text("abcxyzåäöÅÄÖ019 /-?:().,'+", min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and not personal_numbers_in(text)
)
IDS = st.integers(1, 10**9).map(lambda number: f"TV-{number}")
GIROS = st.builds(
    lambda kind, body: PayeeAccount(kind=kind, number=f"{body}{luhn_digit(str(body))}"),
    st.sampled_from([AccountKind.BANKGIRO, AccountKind.PLUSGIRO]),
    st.integers(100_000, 9_999_999),
)
BANK_ACCOUNTS = st.builds(
    lambda clearing, account: PayeeAccount(kind=AccountKind.BANK_ACCOUNT, number=f"{clearing}{account:07d}"),
    st.integers(1100, 9549),
    st.integers(0, 9_999_999),
)
PAYMENTS = st.builds(
    CreditTransfer,
    end_to_end_id=IDS,
    amount_ore=st.integers(1, 99_999_999_999).map(Ore),
    payee_name=LETTERS,
    account=GIROS | BANK_ACCOUNTS,
    message=LETTERS,
) | st.builds(
    CreditTransfer,
    end_to_end_id=IDS,
    amount_ore=st.integers(1, 99_999_999_999).map(Ore),
    payee_name=LETTERS,
    account=GIROS | BANK_ACCOUNTS,
    reference=st.integers(1, 10**20).map(str).map(ocr_of),
)
BATCHES = st.builds(
    replace,
    st.just(batch()),
    transfers=st.lists(PAYMENTS, min_size=1, max_size=8, unique_by=lambda one: one.end_to_end_id).map(tuple),
    execute_on=st.dates(date(2019, 1, 1), date(2040, 1, 1)),
    created_at=st.integers(0, 10**9).map(lambda s: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=s)),
)


@given(BATCHES)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again_to_the_ore(whole: PaymentBatch) -> None:
    content = written(whole)

    outcome = read.read(content, COMMON)

    assert isinstance(outcome, read.PaymentFile)
    assert outcome.batches == (whole,)
    assert verdict(content, packaged()).sum_ore == sum(one.amount_ore for one in whole.transfers)

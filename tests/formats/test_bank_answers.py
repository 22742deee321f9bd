"""What the bank says has become of our payments."""

from datetime import date

import pytest

from tests.formats.official import official
from timvis.core.payment import AnswerStatus, BankAnswer, BookedPayment, ReceivedPayment
from timvis.core.quantities import Ore
from timvis.formats.camt054.read import Notification
from timvis.formats.camt054.read import read as read_booked
from timvis.formats.pain002.read import StatusReport
from timvis.formats.pain002.read import read as read_answers

ANSWER = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-7</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>VAS-1</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>VAS-1-1</OrgnlPmtInfId>
<TxInfAndSts><OrgnlEndToEndId>A-1</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Kontot avslutat</AddtlInf></StsRsnInf></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>A-2</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""

BOOKED = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>BANK-54</MsgId></GrpHdr><Ntfctn>
<Ntry><Amt Ccy="SEK">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2021-04-23</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>A-1</EndToEndId></Refs><Amt Ccy="SEK">10.00</Amt></TxDtls>
<TxDtls><Refs><EndToEndId>A-2</EndToEndId></Refs><Amt Ccy="SEK">20.00</Amt></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="SEK">7.05</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2021-04-24</Dt></BookgDt>
<NtryDtls><Btch><PmtInfId>VAS-1-1</PmtInfId></Btch></NtryDtls></Ntry>
<Ntry><Amt Ccy="SEK">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2021-04-24</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="SEK">2.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


def test_the_narrowest_answer_about_a_payment_comes_last() -> None:
    report = read_answers(ANSWER.encode())

    assert isinstance(report, StatusReport)
    assert report.report_id == "BANK-7"
    assert [(one.end_to_end_id, one.status, one.reason_code) for one in report.answers] == [
        (None, AnswerStatus.PENDING, ""),
        ("A-1", AnswerStatus.REJECTED, "AC04"),
        ("A-2", AnswerStatus.ACCEPTED, ""),
    ]
    assert {(one.message_id, one.batch_id) for one in report.answers[1:]} == {("VAS-1", "VAS-1-1")}


def test_a_status_nobody_knows_is_never_guessed() -> None:
    faults = read_answers(ANSWER.replace("ACSP", "XXXX").encode())

    assert isinstance(faults, tuple)
    assert [(fault.code, fault.line) for fault in faults] == [("status_is_unknown", 7)]


@pytest.mark.parametrize("code", ["ACTC", "PDNG", "RCVD"])
def test_a_file_that_could_only_be_read_is_still_pending(code: str) -> None:
    report = read_answers(ANSWER.replace("PART", code).encode())

    assert isinstance(report, StatusReport)
    assert report.answers[0].status is AnswerStatus.PENDING


@pytest.mark.parametrize("content", [b"", b"<a/>", ANSWER.replace("pain.002", "pain.001").encode()])
def test_what_is_no_answer_is_a_fault(content: bytes) -> None:
    assert isinstance(read_answers(content), tuple)


def test_an_answer_that_names_no_file_is_a_fault() -> None:
    assert isinstance(read_answers(ANSWER.replace("OrgnlMsgId", "Other").encode()), tuple)


def test_booked_debits_are_told_one_by_one_or_as_a_batch() -> None:
    notification = read_booked(BOOKED.encode())

    # the pending debit is left out
    assert isinstance(notification, Notification)
    assert notification.payments == (
        BookedPayment(batch_id=None, end_to_end_id="A-1", amount_ore=Ore(1000), booked_on=date(2021, 4, 23)),
        BookedPayment(batch_id=None, end_to_end_id="A-2", amount_ore=Ore(2000), booked_on=date(2021, 4, 23)),
        BookedPayment(batch_id="VAS-1-1", end_to_end_id=None, amount_ore=Ore(705), booked_on=date(2021, 4, 24)),
    )


RECEIVED = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>BANK-55</MsgId></GrpHdr><Ntfctn>
<Ntry><Amt Ccy="SEK">2300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-04-10</Dt></BookgDt><AcctSvcrRef>BGC-9</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="SEK">2245.60</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Ekot AB</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>osthammar-V7-1</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
<TxDtls><Refs><TxId>T-2</TxId></Refs><Amt Ccy="SEK">60.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RmtInf><Ustrd>Faktura OSTHAMMAR-V8-1, tack</Ustrd></RmtInf></TxDtls>
<TxDtls><Amt Ccy="SEK">5.60</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>
</NtryDtls></Ntry>
<Ntry><Amt Ccy="SEK">60.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-04-11</Dt></BookgDt></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


def test_what_others_have_paid_in_is_told_with_what_they_wrote() -> None:
    notification = read_booked(RECEIVED.encode())

    # what the bank drew from the sum, and what it took back, is nobody's payment
    assert isinstance(notification, Notification)
    assert notification.payments == ()
    first, second = notification.received
    assert first == ReceivedPayment(
        told=("osthammar-V7-1",),
        amount_ore=Ore(224_560),
        booked_on=date(2026, 4, 10),
        bank_reference="BGC-9/1",
        payer_name="Ekot AB",
    )
    assert (second.amount_ore, second.bank_reference) == (6_000, "T-2")
    assert second.names("osthammar-V8-1")
    assert not second.names("osthammar-V8")


def test_a_debit_in_another_currency_is_a_fault() -> None:
    faults = read_booked(BOOKED.replace('Ccy="SEK">7.05', 'Ccy="EUR">7.05').encode())

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["notification_is_incomplete"]


def test_the_official_answers_are_read() -> None:
    rejected = read_answers(official("iso20022/samples/se/pain.002.001.03-partial-reject-bankgiro.synthetic.xml"))
    accepted = read_answers(official("iso20022/samples/se/pain.002.001.03-accepted.synthetic.xml"))

    assert isinstance(rejected, StatusReport)
    assert isinstance(accepted, StatusReport)
    assert rejected.answers[-1] == BankAnswer(
        message_id="NTA-20260921-01",
        batch_id="NTA-BG-20260921",
        end_to_end_id="NTA-2026-0921-001",
        status=AnswerStatus.REJECTED,
        reason_code="AC01",
        reason="Bankgironumret saknas eller ar avslutat",
    )
    assert [one.status for one in accepted.answers] == [AnswerStatus.ACCEPTED]


def test_the_official_debit_is_read() -> None:
    notification = read_booked(official("iso20022/samples/se/camt.054.001.02-debit-bankgiro.synthetic.xml"))

    assert isinstance(notification, Notification)
    assert [(one.end_to_end_id, one.amount_ore) for one in notification.payments] == [("NTA-2026-0921-002", 299_000)]

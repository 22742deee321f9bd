"""pain.002 (.03 and later) as answers: about the file, about its batches, about single payments."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import AnswerStatus, BankAnswer
from timvis.formats import safe_xml
from timvis.formats.iso20022 import all_at, at, line_of, message_of, text_at

_CODES = {
    AnswerStatus.ACCEPTED: ("ACCP", "ACSP", "ACSC", "ACCC", "ACWC", "ACWP", "ACFC"),
    # ACTC says only that the file could be read; PART that some payments are answered for one by one.
    AnswerStatus.PENDING: ("ACTC", "PDNG", "RCVD", "RCVC", "PATC", "PART", "ACIS", "PRES", "ACPD"),
    AnswerStatus.REJECTED: ("RJCT", "CANC", "BLCK"),
}
_STATUS_OF = {code: status for status, codes in _CODES.items() for code in codes}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """One answer file: `report_id` is the bank's own id of it, by which the same file is known again."""

    report_id: str
    answers: tuple[BankAnswer, ...]
    """The widest first, so that the last that concerns a payment is the one that holds."""


def read(content: bytes) -> StatusReport | tuple[Fault, ...]:
    """Return the bank's answers, or every place that cannot be read.

    A status we do not know is a fault and never a guess: the payment is then neither posted nor voided.
    """
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return (root,)
    if not message_of(root).startswith("pain.002."):
        return (_not_an_answer(root),)
    read_answers = list(_answers(root))
    faults = tuple(answer for answer in read_answers if isinstance(answer, Fault))
    return faults or StatusReport(
        report_id=text_at(root, "CstmrPmtStsRpt/GrpHdr/MsgId"),
        answers=tuple(answer for answer in read_answers if isinstance(answer, BankAnswer)),
    )


def _answers(root: etree._Element) -> Iterator[BankAnswer | Fault]:
    """Yield the answers from the file's down to the payments'."""
    group = at(root, "CstmrPmtStsRpt/OrgnlGrpInfAndSts")
    message_id = "" if group is None else text_at(group, "OrgnlMsgId")
    if group is None or not message_id:
        yield _fault(root, "answer_is_incomplete", "OrgnlMsgId", "Svaret nämner ingen betalfil.")
        return
    yield from _answer(group, "GrpSts", message_id, None, None)
    for block in all_at(root, "CstmrPmtStsRpt/OrgnlPmtInfAndSts"):
        batch_id = text_at(block, "OrgnlPmtInfId")
        yield from _answer(block, "PmtInfSts", message_id, batch_id, None)
    for block in all_at(root, "CstmrPmtStsRpt/OrgnlPmtInfAndSts"):
        for payment in all_at(block, "TxInfAndSts"):
            end_to_end_id = text_at(payment, "OrgnlEndToEndId")
            if not end_to_end_id:
                yield _fault(payment, "answer_is_incomplete", "OrgnlEndToEndId", "Betalningens id saknas.")
                continue
            yield from _answer(payment, "TxSts", message_id, text_at(block, "OrgnlPmtInfId"), end_to_end_id)


def _answer(
    element: etree._Element,
    status_name: str,
    message_id: str,
    batch_id: str | None,
    end_to_end_id: str | None,
) -> Iterator[BankAnswer | Fault]:
    """Yield the answer at an element: nothing where the bank gives no status."""
    code = text_at(element, status_name)
    if not code:
        return
    if code not in _STATUS_OF:
        yield _fault(element, "status_is_unknown", status_name, f"Bankens status {code} är okänd.")
        return
    yield BankAnswer(
        message_id=message_id,
        batch_id=batch_id,
        end_to_end_id=end_to_end_id,
        status=_STATUS_OF[code],
        reason_code=text_at(element, "StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry"),
        reason=text_at(element, "StsRsnInf/AddtlInf"),
    )


def _not_an_answer(root: etree._Element) -> Fault:
    """Return the fault of a document that is something else."""
    found = message_of(root) or etree.QName(root).localname
    return Fault(
        code="not_a_bank_answer",
        message=f"Filen är {found}, inte bankens svar på en betalfil (pain.002).",
        remedy="Välj svarsfilen från banken.",
        line=1,
    )


def _fault(element: etree._Element, code: str, column: str, message: str) -> Fault:
    """Return a fault at an element of the answer."""
    return Fault(
        code=code,
        message=message,
        remedy="Fråga banken vad svaret betyder; betala inte om förrän det är utrett.",
        line=line_of(element),
        column=column,
    )

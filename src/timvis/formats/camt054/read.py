"""camt.054 (.02 and .08): the debits that the bank has booked. Credits and reversals are left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import BookedPayment
from timvis.formats import safe_xml
from timvis.formats.iso20022 import all_at, at, day_from, line_of, message_of, ore_from, text_at

_NOT_PROVIDED = "NOTPROVIDED"
_AMOUNT_PATHS = ("AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt", "Amt")


@dataclass(frozen=True, slots=True, kw_only=True)
class DebitNotification:
    """One notification file: `report_id` is the bank's own id of it."""

    report_id: str
    payments: tuple[BookedPayment, ...]


def read(content: bytes, *, currency: str = "SEK") -> DebitNotification | tuple[Fault, ...]:
    """Return the booked debits, or every place that cannot be read."""
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return (root,)
    if not message_of(root).startswith("camt.054."):
        found = message_of(root) or etree.QName(root).localname
        return (
            _fault(
                root,
                "not_a_debit_notification",
                "Document",
                f"Filen är {found}, inte en avisering (camt.054).",
            ),
        )
    booked = [
        payment
        for entry in all_at(root, "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry")
        if _is_booked_debit(entry)
        for payment in _payments(entry, currency)
    ]
    faults = tuple(payment for payment in booked if isinstance(payment, Fault))
    return faults or DebitNotification(
        report_id=text_at(root, "BkToCstmrDbtCdtNtfctn/GrpHdr/MsgId"),
        payments=tuple(payment for payment in booked if isinstance(payment, BookedPayment)),
    )


def _is_booked_debit(entry: etree._Element) -> bool:
    """Return whether an entry took money from our account and stands; the status lies deeper in .08."""
    return (
        text_at(entry, "CdtDbtInd") == "DBIT"
        and text_at(entry, "Sts/Cd", "Sts") == "BOOK"
        and text_at(entry, "RvslInd") not in {"true", "1"}
    )


def _payments(entry: etree._Element, currency: str) -> Iterator[BookedPayment | Fault]:
    """Yield an entry's payments one by one, or the entry as a whole when the bank gives no details."""
    booked_on = day_from(text_at(entry, "BookgDt/Dt", "BookgDt/DtTm"))
    if booked_on is None:
        yield _fault(entry, "notification_is_incomplete", "BookgDt", "Bokföringsdagen saknas.")
        return
    details = list(all_at(entry, "NtryDtls/TxDtls"))
    for detail in details or [entry]:
        amount = _amount_element(detail)
        if amount is None and len(details) == 1:
            amount = at(entry, "Amt")
        ore = None if amount is None else ore_from((amount.text or "").strip())
        if amount is None or ore is None or amount.get("Ccy") != currency:
            yield _fault(detail, "notification_is_incomplete", "Amt", f"Beloppet i {currency} saknas.")
            continue
        yield BookedPayment(
            batch_id=_told(text_at(detail, "Refs/PmtInfId") or text_at(entry, "NtryDtls/Btch/PmtInfId")),
            end_to_end_id=_told(text_at(detail, "Refs/EndToEndId")),
            amount_ore=ore,
            booked_on=booked_on,
            bank_reference=text_at(entry, "AcctSvcrRef"),
        )


def _amount_element(detail: etree._Element) -> etree._Element | None:
    """Return where an amount stands: the transaction's own first, since charges may be in the entry's."""
    return next((found for path in _AMOUNT_PATHS if (found := at(detail, path)) is not None), None)


def _told(text: str) -> str | None:
    """Return an id, None where the bank leaves it out or writes that it has none."""
    return None if text in {"", _NOT_PROVIDED} else text


def _fault(element: etree._Element, code: str, column: str, message: str) -> Fault:
    """Return a fault at an element of the notification."""
    return Fault(
        code=code,
        message=message,
        remedy="Be banken om en ny avisering.",
        line=line_of(element),
        column=column,
    )

"""camt.054 (.02 and .08): what the bank has booked, out of the account and into it. Reversals are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import BookedPayment, ReceivedPayment
from timvis.core.quantities import Ore
from timvis.formats import safe_xml
from timvis.formats.iso20022 import all_at, at, day_from, line_of, message_of, ore_from, text_at

_NOT_PROVIDED = "NOTPROVIDED"
_WRITTEN_PATHS = (
    "RmtInf/Strd/CdtrRefInf/Ref",
    "RmtInf/Strd/RfrdDocInf/Nb",
    "RmtInf/Strd/AddtlRmtInf",
    "RmtInf/Ustrd",
    "Refs/EndToEndId",
)
"""Where a payer's reference may stand, as number or as words."""
_AMOUNT_PATHS = ("AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt", "Amt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One notification file: `report_id` is the bank's own id of it, `received` what others have paid in."""

    report_id: str
    payments: tuple[BookedPayment, ...]
    received: tuple[ReceivedPayment, ...] = ()


def read(content: bytes, *, currency: str = "SEK") -> Notification | tuple[Fault, ...]:
    """Return the booked debits and credits, or every place that cannot be read."""
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return (root,)
    if not message_of(root).startswith("camt.054."):
        found = message_of(root) or etree.QName(root).localname
        return (
            _fault(
                root,
                "not_a_notification",
                "Document",
                f"Filen är {found}, inte en avisering (camt.054).",
            ),
        )
    entries = [one for one in all_at(root, "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry") if _is_booked(one)]
    booked = [one for entry in entries for one in _booked(entry, currency)]
    faults = tuple(one for one in booked if isinstance(one, Fault))
    return faults or Notification(
        report_id=text_at(root, "BkToCstmrDbtCdtNtfctn/GrpHdr/MsgId"),
        payments=tuple(one for one in booked if isinstance(one, BookedPayment)),
        received=tuple(one for one in booked if isinstance(one, ReceivedPayment)),
    )


def _is_booked(entry: etree._Element) -> bool:
    """Return whether an entry moved money on our account and stands; the status lies deeper in .08."""
    return text_at(entry, "Sts/Cd", "Sts") == "BOOK" and text_at(entry, "RvslInd") not in {"true", "1"}


def _booked(entry: etree._Element, currency: str) -> Iterator[BookedPayment | ReceivedPayment | Fault]:
    """Yield an entry's payments one by one, or the entry as a whole when the bank gives no details."""
    booked_on = day_from(text_at(entry, "BookgDt/Dt", "BookgDt/DtTm"))
    if booked_on is None:
        yield _fault(entry, "notification_is_incomplete", "BookgDt", "Bokföringsdagen saknas.")
        return
    way = text_at(entry, "CdtDbtInd")
    details = list(all_at(entry, "NtryDtls/TxDtls"))
    for number, detail in enumerate(details or [entry], start=1):
        # A sum that came in may have something drawn from it, told as a detail the other way: that is no payment.
        if text_at(detail, "CdtDbtInd") not in ("", way):
            continue
        amount = _amount_element(detail)
        if amount is None and len(details) == 1:
            amount = at(entry, "Amt")
        ore = None if amount is None else ore_from((amount.text or "").strip())
        if amount is None or ore is None or amount.get("Ccy") != currency:
            yield _fault(detail, "notification_is_incomplete", "Amt", f"Beloppet i {currency} saknas.")
        elif way == "DBIT":
            yield _debit(entry, detail, ore, booked_on)
        else:
            yield _credit(entry, detail, ore, booked_on, number)


def _debit(entry: etree._Element, detail: etree._Element, ore: Ore, booked_on: date) -> BookedPayment:
    return BookedPayment(
        batch_id=_told(text_at(detail, "Refs/PmtInfId") or text_at(entry, "NtryDtls/Btch/PmtInfId")),
        end_to_end_id=_told(text_at(detail, "Refs/EndToEndId")),
        amount_ore=ore,
        booked_on=booked_on,
        bank_reference=text_at(entry, "AcctSvcrRef"),
    )


def _credit(entry: etree._Element, detail: etree._Element, ore: Ore, booked_on: date, number: int) -> ReceivedPayment:
    texts = [one.text.strip() for path in _WRITTEN_PATHS for one in all_at(detail, path) if one.text]
    own = text_at(detail, "Refs/AcctSvcrRef", "Refs/TxId") if detail is not entry else ""
    whole = text_at(entry, "AcctSvcrRef")
    return ReceivedPayment(
        told=tuple(text for text in texts if _told(text)),
        amount_ore=ore,
        booked_on=booked_on,
        # The bank's name of this very payment; of a sum without such names, the sum's and the place in it.
        bank_reference=own or (f"{whole}/{number}" if whole else ""),
        payer_name=text_at(detail, "RltdPties/Dbtr/Pty/Nm", "RltdPties/Dbtr/Nm"),
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

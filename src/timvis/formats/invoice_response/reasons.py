"""Which of the network's reasons an objection of ours is."""

from collections.abc import Collection

from timvis.formats.invoice_response.write import Reason

_OF_CODE = {
    "more_hours_than_granted": Reason.QUANTITIES,
    "other_hours_than_performed": Reason.QUANTITIES,
    "month_is_paid_by_report": Reason.QUANTITIES,
    "price_is_not_agreed": Reason.PRICES,
    "buyer_reference_is_unknown": Reason.REFERENCES,
    "buyer_reference_is_missing": Reason.REFERENCES,
    "account_is_not_registered": Reason.PAYMENT_TERMS,
    "ocr_is_wrong": Reason.PAYMENT_TERMS,
    "seller_is_unknown": Reason.NOT_RECOGNISED,
    "cost_is_not_decided": Reason.NOT_RECOGNISED,
    "personal_number_in_text": Reason.LEGAL,
}


def reason_of(codes: Collection[str]) -> Reason:
    """Return the reason that all the objections have in common, else the one that stands for any other."""
    reasons = {_OF_CODE.get(code, Reason.OTHER) for code in codes}
    return reasons.pop() if len(reasons) == 1 else Reason.OTHER

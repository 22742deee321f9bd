"""A report or a bill on paper, with a code by which a returned paper is known again."""

import base64
import hmac
from hashlib import sha256

from django.conf import settings

from timvis.apps.parties.models import Municipality, RecipientVersion
from timvis.apps.state_reports.models import FrozenReport, RecipientBill
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.letter import Letter
from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.state_bill import Activity, CostAccount, SignerRole
from timvis.core.state_exchange import HospitalStay, Signing, StateBill
from timvis.core.state_form import BillPaper, Stayed, bill_paper, time_report_paper
from timvis.formats.elt.read import read
from timvis.formats.frozen import thaw

PREFIX, OF_A_BILL, LETTERS, MOST_DIGITS = "TV", "R", 10, 18
BEGINS = f"{PREFIX}-"
"""What every printed code begins with; a bar code that begins otherwise is somebody else's."""


def code_of(report: FrozenReport) -> str:
    """Return the code that is printed on a report's paper: which report it is, and that it was printed here."""
    return f"{PREFIX}-{report.pk}-{_mark(f'report:{report.key}:{report.digest}')}"


def code_of_bill(bill: RecipientBill) -> str:
    """Return the code that is printed on a bill's paper: which version it is, and that it was printed here."""
    return f"{PREFIX}-{OF_A_BILL}{bill.pk}-{_mark(f'bill:{bill.pk}:{bill.month_on}')}"


def paper_of(code: str, municipality: str) -> FrozenReport | RecipientBill | None:
    """Return what a printed code stands on the paper of; None when nobody here has printed it."""
    prefix, _dash, rest = code.strip().upper().partition("-")
    number, _dash, mark = rest.partition("-")
    digits = number.removeprefix(OF_A_BILL)
    if prefix != PREFIX or not (digits.isascii() and digits.isdecimal()) or len(digits) > MOST_DIGITS:
        return None
    found: FrozenReport | RecipientBill | None
    if number.startswith(OF_A_BILL):
        bills = RecipientBill.objects.filter(recipient__municipality__slug=municipality)
        found = bills.select_related("recipient__municipality").filter(pk=int(digits)).first()
        printed = code_of_bill(found) if found else ""
    else:
        reports = FrozenReport.objects.filter(recipient__municipality__slug=municipality)
        found = reports.select_related("recipient__municipality").filter(pk=int(digits)).first()
        printed = code_of(found) if found else ""
    told = f"{PREFIX}-{number}-{mark}".encode()
    return found if found is not None and hmac.compare_digest(printed.encode(), told) else None


def report_paper(report: FrozenReport) -> Letter:
    """Return a frozen report on paper."""
    frozen_on = report.frozen_at.date()
    (found,) = read(bytes(report.content), today=frozen_on).reports
    return time_report_paper(found, sender=_town(report.recipient_id), code=code_of(report), written_on=frozen_on)


def paper_of_bill(bill: RecipientBill) -> Letter:
    """Return a registered bill on paper."""
    name = (
        RecipientVersion.objects.filter(thing_id=bill.recipient_id).order_by("-number").values_list("name", flat=True)
    )
    written_on = bill.known_at.date()
    return bill_paper(
        BillPaper(
            month_on=bill.month_on,
            recipient_name=name.first() or "",
            recipient_number=bill.recipient.personal_number,
            active_minutes=bill.active_minutes,
            waiting_minutes=bill.waiting_minutes,
            standby_minutes=bill.standby_minutes,
            in_activity=bill.in_activity,
            activities=tuple(Activity(each) for each in bill.activities),
            outside_eea=bill.outside_eea,
            abroad_from=bill.abroad_from,
            abroad_to=bill.abroad_to,
            abroad_is_explained=bill.abroad_is_explained,
            reports=FrozenReport.objects.filter(recipient_id=bill.recipient_id, month_on=bill.month_on).count(),
            left_ore=None if bill.left_ore is None else Ore(bill.left_ore),
            account=None if bill.account is None else thaw(CostAccount, bill.account),
            stays=tuple(_stayed(Instant(begins), Instant(ends)) for begins, ends in bill.stays),
            signed_on=bill.signed_on,
            signer_number=bill.signer_number,
            signer_name=bill.signer_name,
            signer_role=SignerRole(bill.signer_role),
        ),
        sender=_town(bill.recipient_id),
        code=code_of_bill(bill),
        written_on=written_on,
    )


def record_of_bill(bill: RecipientBill) -> StateBill:
    """Return a registered bill as the neutral record."""
    name = RecipientVersion.objects.filter(thing_id=bill.recipient_id).order_by("-number").first()
    return StateBill(
        month_on=bill.month_on,
        recipient_name=name.name if name else "",
        recipient_number=bill.recipient.personal_number,
        active_minutes=bill.active_minutes,
        waiting_minutes=bill.waiting_minutes,
        standby_minutes=bill.standby_minutes,
        in_activity=bill.in_activity,
        activities=tuple(Activity(each) for each in bill.activities),
        stays=tuple(HospitalStay(start_at=Instant(begins), end_at=Instant(ends)) for begins, ends in bill.stays),
        outside_eea=bill.outside_eea,
        abroad_is_explained=bill.abroad_is_explained,
        left_of_last_payment_ore=None if bill.left_ore is None else Ore(bill.left_ore),
        signing=Signing(
            signed_on=bill.signed_on,
            number=bill.signer_number,
            role=SignerRole(bill.signer_role),
            name=bill.signer_name,
        )
        if bill.signed_on is not None and bill.signer_number
        else None,
        account=None if bill.account is None else thaw(CostAccount, bill.account),
    )


def _stayed(begins: Instant, ends: Instant) -> Stayed:
    return Stayed(
        from_on=str(local_day(begins)), from_at=local_clock(begins), to_on=str(local_day(ends)), to_at=local_clock(ends)
    )


def _town(recipient_id: int) -> str:
    return Municipality.objects.get(recipients=recipient_id).name


def _mark(text: str) -> str:
    made = hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()
    return base64.b32encode(made).decode("ascii")[:LETTERS]

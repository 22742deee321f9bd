"""A time report and a bill to the state for the demonstration, which no example has: frozen, and signed by nobody."""

from datetime import date, datetime

from tests.formats.handed_in_months import ALMA, elt_bytes
from timvis.apps.grant_periods.actions import register_period, register_state_payment
from timvis.apps.parties.models import Recipient
from timvis.apps.state_reports.actions import freeze_report
from timvis.apps.state_reports.bills import BillParticulars, register_bill
from timvis.config.law_book import law_book
from timvis.core.access import Actor
from timvis.core.law import LawReader

RECIPIENT_ID, OCTOBER = 7, date(2026, 10, 1)


def add_state_report(gunnel: Actor, now: datetime) -> None:
    """Let Gunnel make a recipient's report ready to sign, and register her bill."""
    number = Recipient.objects.get(pk=RECIPIENT_ID).personal_number
    key = freeze_report(gunnel, elt_bytes().replace(ALMA.encode(), number.encode()), now=now)
    assert isinstance(key, str), key
    told = BillParticulars(active_minutes=9_000, received_on=now.date(), signer_number=number, outside_eea=False)
    registered = register_bill(gunnel, recipient_id=RECIPIENT_ID, month_on=OCTOBER, particulars=told, seen=0, now=now)
    assert registered == 1, registered
    add_grant_period(gunnel, now)


def add_grant_period(gunnel: Actor, now: datetime) -> None:
    """Let Gunnel register a recipient's grant period and what the state has paid for it."""
    begins_on, ends_on = date(2026, 7, 1), date(2027, 1, 1)
    period = register_period(
        gunnel, recipient_id=RECIPIENT_ID, begins_on=begins_on, ends_on=ends_on, law=LawReader(law_book()), now=now
    )
    assert period == 1, period
    paid = {"paid_on": date(2026, 9, 20), "amount_ore": 3_000_000, "reference": "juli 2026"}
    assert isinstance(register_state_payment(gunnel, period_id=1, now=now, **paid), int)

"""Registering a recipient's bill: every version is kept, the last one counts."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.apps.state_reports.models import RecipientBill
from timvis.core.access import Action, Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.state_bill import Activity, CostAccount, SignerRole, abroad_faults, account_faults
from timvis.formats.frozen import freeze, thaw


@dataclass(frozen=True, slots=True, kw_only=True)
class BillParticulars:
    """What a bill says: time that really passed, in minutes, and what it declares besides.

    `outside_eea` is None when it does not say; `abroad_to` is the first day after the stay.
    """

    active_minutes: int
    received_on: date
    waiting_minutes: int = 0
    standby_minutes: int = 0
    signer_number: str = ""
    signer_name: str = ""
    signer_role: SignerRole = SignerRole.RECIPIENT
    signer_is_representative: bool = False
    signed_on: date | None = None
    stays: tuple[tuple[int, int], ...] = ()
    in_activity: bool = False
    activities: tuple[Activity, ...] = ()
    left_ore: int | None = None
    account: CostAccount | None = None
    outside_eea: bool | None = None
    abroad_from: date | None = None
    abroad_to: date | None = None
    abroad_is_explained: bool = False
    is_current_form: bool = True


@transaction.atomic
def register_bill(
    actor: Actor, *, recipient_id: int, month_on: date, particulars: BillParticulars, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the bill that now counts for a recipient's month; `seen` is the one she had before her.

    A cost account, or a stay abroad, that does not hold together is told with everything that is wrong in it.
    """
    attempt = Attempt(actor, Action.REGISTER_BILL, "recipient", recipient_id, now, recipient_id)
    recipient = recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation_to_recipient(actor, recipient, now=now)):
        return refusal
    account = particulars.account
    if faults := _faults(particulars, month_on):
        return faults
    says = asdict(particulars) | {"account": None if account is None else freeze(CostAccount, account)}
    says |= {"in_activity": particulars.in_activity or bool(particulars.activities)}
    newest = newest_bill(recipient.pk, month_on)
    if (newest.number if newest else 0) != seen:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    try:
        with transaction.atomic():
            RecipientBill.objects.create(
                recipient=recipient,
                month_on=month_on,
                number=seen + 1,
                known_at=now,
                known_by_id=actor.person_id,
                **says,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"month": str(month_on), "number": seen + 1})
    return seen + 1


def _faults(told: BillParticulars, month_on: date) -> tuple[Fault, ...]:
    stay = abroad_faults(
        month_on,
        outside_eea=told.outside_eea,
        begins_on=told.abroad_from,
        ends_on=told.abroad_to,
        is_explained=told.abroad_is_explained,
    )
    return stay if told.account is None else (*stay, *account_faults(told.account))


def newest_bill(recipient_id: int, month_on: date) -> RecipientBill | None:
    """Return the bill that counts for a recipient's month; None before one has come."""
    return RecipientBill.objects.filter(recipient_id=recipient_id, month_on=month_on).order_by("-number").first()


def told_by(bill: RecipientBill) -> BillParticulars:
    """Return what a registered bill says, to be told anew with something changed."""
    says = {name: getattr(bill, name) for name in BillParticulars.__slots__}
    return BillParticulars(
        **says
        | {
            "activities": tuple(Activity(each) for each in bill.activities),
            "signer_role": SignerRole(bill.signer_role),
            "stays": tuple((begins, ends) for begins, ends in bill.stays),
            "account": None if bill.account is None else thaw(CostAccount, bill.account),
        }
    )

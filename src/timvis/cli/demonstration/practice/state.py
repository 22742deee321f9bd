"""The municipality as provider for the state: a report on its way, a bill, a grant period, its registers."""

from datetime import date

from timvis.apps.claims.actions import hand_in
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month
from timvis.apps.grant_periods.actions import register_period, register_state_payment
from timvis.apps.parties.models import Assistant
from timvis.apps.state_registers import actions
from timvis.apps.state_registers.models import Notified
from timvis.apps.state_registers.particulars import AssignmentParticulars, NoticeParticulars, PlacementParticulars
from timvis.apps.state_reports.actions import freeze_report
from timvis.apps.state_reports.bills import BillParticulars, register_bill
from timvis.cli.demonstration.cast import done, wanted
from timvis.cli.demonstration.practice import schedules
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Role
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Regime, Signature
from timvis.core.state_duties.records import NoticeWay


def lay_up_reports(desk: Desk, told: Table) -> None:
    """Make a report ready to sign, and register a bill, a grant period and what the state has paid for it."""
    clerk, recipient_id = desk.officer(Role.ADMINISTRATIVE_ASSISTANT), desk.recipient_id(told["recipient"])
    wanted(str, freeze_report(clerk, desk.content(told["report"]["file"]), now=desk.now), told["report"]["file"])
    bill, period = told["bill"], told["period"]
    _bill(desk, told["recipient"], bill["month"], bill["active_minutes"])
    begun = register_period(
        clerk,
        recipient_id=recipient_id,
        begins_on=period["from"],
        ends_on=period["to"],
        law=LawReader(desk.law),
        now=desk.now,
    )
    paid = period["paid"]
    told_of = register_state_payment(
        clerk,
        period_id=wanted(int, begun, "beviljandeperioden"),
        paid_on=paid["on"],
        amount_ore=paid["ore"],
        reference=paid["reference"],
        now=desk.now,
    )
    done(told_of, paid["reference"])


def lay_up_month(desk: Desk, told: Table) -> None:
    """Hand in a month that the state decides on, with a bill that says otherwise, so that it would be stopped."""
    desk.take_routine(told["routine"])
    month = told["month"]
    at, provider_id, number = month["at"], desk.provider_id(month["provider"]), month["recipient"]
    recipient_id, signed_on = desk.recipient_id(number), month["signed_on"]
    file = HandedFile(
        name=month["file"],
        content=desk.content(month["file"]),
        assistant_signature=Signature(signed_on=signed_on),
        manager_signature=Signature(signed_on=signed_on, number=month["by"]),
    )
    handing = Month(
        recipient_id=recipient_id,
        provider_id=provider_id,
        month_on=month["month"],
        files=(file,),
        regime=Regime.SFB,
    )
    wanted(HandedIn, hand_in(desk.person(month["by"], at), handing, now=at), month["file"])
    _bill(desk, number, month["month"], month["active_minutes"])


def lay_up_registers(desk: Desk, told: Table) -> None:
    """Register assignments, who works in them and when, and what the state was told of it."""
    clerk, notice = desk.officer(Role.ADMINISTRATIVE_ASSISTANT), told["provider_notice"]
    noted = actions.register_provider_notice(
        clerk, about=Notified.START, told_on=notice["on"], reference=notice["reference"], now=desk.now
    )
    wanted(int, noted, notice["reference"])
    assignments = [_assignment(desk, one) for one in told["assignment"]]
    placements = [_placement(desk, assignments[one["assignment"] - 1], one) for one in told["placement"]]
    for placed, placement in zip(placements, told["placement"], strict=True):
        if "notice" in placement:
            _notify(desk, placed, placement["notice"])
    schedules.lay_up(desk, told["schedule"], placements[told["schedule"]["placement"] - 1])


def _bill(desk: Desk, number: str, month_on: date, active_minutes: int) -> None:
    """Register a recipient's bill as it came in, signed by herself."""
    particulars = BillParticulars(
        active_minutes=active_minutes, received_on=desk.now.date(), signer_number=number, outside_eea=False
    )
    registered = register_bill(
        desk.officer(Role.ADMINISTRATIVE_ASSISTANT),
        recipient_id=desk.recipient_id(number),
        month_on=month_on,
        particulars=particulars,
        seen=0,
        now=desk.now,
    )
    wanted(int, registered, "räkningen")


def _assignment(desk: Desk, told: Table) -> int:
    about = {name: value for name, value in told.items() if name not in {"recipient", "begins_on"}}
    made = actions.register_assignment(
        desk.officer(Role.ADMINISTRATIVE_ASSISTANT),
        recipient_id=desk.recipient_id(told["recipient"]),
        begins_on=told["begins_on"],
        particulars=AssignmentParticulars(**about),
        now=desk.now,
    )
    return wanted(int, made, told["recipient"])


def _placement(desk: Desk, assignment_id: int, told: Table) -> int:
    assistant = Assistant.objects.get(
        provider__municipality__slug=desk.cast.municipality, personal_number=told["assistant"]
    )
    minutes = told["hours_per_week"] * MINUTES_PER_HOUR
    made = actions.register_placement(
        desk.officer(Role.ADMINISTRATIVE_ASSISTANT),
        assignment_id=assignment_id,
        assistant_id=assistant.pk,
        particulars=PlacementParticulars(first_shift_on=told["first_shift_on"], planned_minutes_per_week=minutes),
        now=desk.now,
    )
    return wanted(int, made, told["assistant"])


def _notify(desk: Desk, placement_id: int, told: Table) -> None:
    clerk = desk.officer(Role.ADMINISTRATIVE_ASSISTANT)
    particulars = NoticeParticulars(
        way=NoticeWay.E_SERVICE,
        sent_on=told["sent_on"],
        hired_on=told["hired_on"],
        is_close=False,
        lives_outside_eea=False,
    )
    sent = actions.notify_assistant(clerk, placement_id=placement_id, particulars=particulars, seen=0, now=desk.now)
    received = actions.notice_was_received(
        clerk,
        placement_id=placement_id,
        number=wanted(int, sent, "anmälan"),
        received_on=told["received_on"],
        reference="",
        now=desk.now,
    )
    wanted(int, received, "anmälan")

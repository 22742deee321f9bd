"""Substitutes: a pool, one night that is charged for and paid in part, one need tonight, and somebody who comes."""

from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.accounting.incoming import take_notification
from timvis.apps.accounting.models import BankNotification
from timvis.apps.documents.actions import register_evidence
from timvis.apps.orders import actions, decision_acts, fee_acts, pool
from timvis.apps.orders.actions import Told
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.fee_acts import Proposed
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.orders.pool import ContactParticulars, PoolParticulars, ProcedureParticulars
from timvis.apps.parties.models import Assistant
from timvis.cli.demonstration.cast import done, morning_of, wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Role
from timvis.core.calendar.local_time import instant, local_day, spans_between
from timvis.core.procedure.decision import Outcome
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.records import Instant
from timvis.core.substitute import routing
from timvis.core.substitute.fee import ProviderCost
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import WorkedPiece

DAYS_A_WEEK = 7
INVOICE_NUMBER = b"FAKTURANUMMER"
"""Stands in the bank's file where the number of the invoice is to stand."""


def lay_up(desk: Desk, told: Table) -> None:
    """Adopt a routine, fill the pool, and let a night be charged for, a need be told, and somebody be confirmed."""
    desk.take_routine(told["routine"])
    members = [_member(desk, one, told["since"]) for one in told["substitute"]]
    _numbers(desk, told, told["since"])
    _Night(desk, told).charge(members[0])
    for need in told["need"]:
        booking_id = _need(desk, told, need, desk.now)
        if need.get("is_confirmed", False):
            _confirm(desk, booking_id, members[0], desk.now)


def _member(desk: Desk, one: Table, since: date) -> int:
    """Take an assistant of the municipality's own into the pool, available the same hours every day."""
    first, last = (hour * MINUTES_PER_HOUR for hour in one["hours"])
    particulars = PoolParticulars(
        telephone=one["telephone"],
        skills=one["skills"],
        available=[[day, first, last] for day in range(DAYS_A_WEEK)],
        valid_from=since,
    )
    assistant = Assistant.objects.get(
        provider__municipality__slug=desk.cast.municipality, personal_number=one["number"]
    )
    at = morning_of(since)
    staffing = desk.officer(Role.STAFFING_ASSISTANT, at)
    registered = pool.register_substitute(staffing, assistant_id=assistant.pk, particulars=particulars, now=at)
    return wanted(int, registered, one["number"])


def _numbers(desk: Desk, told: Table, since: date) -> None:
    """Register where each desk is reached, and what is to be known before a substitute goes out."""
    at = morning_of(since)
    staffing = desk.officer(Role.STAFFING_ASSISTANT, at)
    for one in told["desk"]:
        contact = ContactParticulars(name=one["name"], telephone=one["telephone"], valid_from=since)
        registered = pool.register_contact_point(staffing, routing.Desk(one["desk"]), contact, now=at)
        wanted(int, registered, one["desk"])
    registered = pool.register_procedure(
        staffing,
        provider_id=desk.provider_id(told["provider"]),
        particulars=ProcedureParticulars(text=told["procedure"], valid_from=since),
        now=at,
    )
    wanted(int, registered, "rutinen hos utföraren")


def _need(desk: Desk, told: Table, need: Table, now: datetime) -> int:
    """Let the duty supervisor write down what the provider tells of a need; return the booking."""
    start_at, end_at = _instant(need["from"]), _instant(need["to"])
    by = told["asked_by"]
    asked = Told(
        recipient_id=desk.recipient_id(told["recipient"]),
        provider_id=desk.provider_id(told["provider"]),
        asked_by=AskedBy.PROVIDER,
        asked_by_name=by["name"],
        telephone=by["telephone"],
        start_at=start_at,
        end_at=end_at,
        sick_from=local_day(start_at),
        is_acute=True,
        tried=by["tried"],
    )
    return wanted(int, actions.request_substitute(desk.officer(Role.DUTY_SUPERVISOR, now), asked, now=now), "behovet")


def _confirm(desk: Desk, booking_id: int, member_id: int, now: datetime) -> None:
    supervisor = desk.officer(Role.DUTY_SUPERVISOR, now)
    offered = actions.offer_shift(supervisor, booking_id, member_id, law=desk.law, now=now, reason="Ingen annan finns.")
    done(offered, "erbjudandet")
    done(actions.answer_offer(supervisor, booking_id, member_id, accepts=True, now=now), "svaret")
    done(actions.confirm_booking(supervisor, booking_id, law=desk.law, now=now), "bokningen")


@dataclass(frozen=True, slots=True)
class _Night:
    """The night that is charged for, from the call to a part of the payment."""

    desk: Desk
    told: Table

    def charge(self, member_id: int) -> None:
        """Let somebody come, the time be reported, and the fee be calculated, sent and paid in part."""
        night, desk = self.told["night"], self.desk
        booking_id = _need(desk, self.told, night, night["told_at"])
        _confirm(desk, booking_id, member_id, night["told_at"])
        self._decide(booking_id)
        self._report(booking_id)
        clerk = desk.officer(Role.FINANCE_ASSISTANT)
        fee = wanted(Proposed, fee_acts.calculate_fee(clerk, booking_id, law=desk.law, now=desk.now), "avgiften")
        officer = desk.officer(Role.CASE_OFFICER)
        done(fee_acts.review_fee(officer, booking_id, digest=fee.statement.digest, now=desk.now), "avgiften")
        sent = fee_acts.send_invoice_basis(
            clerk, booking_id, buyer_reference=night["buyer_reference"], bankgiro=night["bankgiro"], now=desk.now
        )
        basis = wanted(InvoiceBasis, sent, "fakturaunderlaget")
        paid = desk.content(night["bank_file"]).replace(INVOICE_NUMBER, basis.number.encode())
        taken = take_notification(clerk, paid, file_name=night["bank_file"], now=desk.now)
        wanted(BankNotification, taken, night["bank_file"])

    def _decide(self, booking_id: int) -> None:
        """Decide on the substitute, and register the papers that the routine asks for."""
        night, desk = self.told["night"], self.desk
        decision = WantedDecision(
            reference=night["reference"],
            outcome=Outcome.GRANTED,
            decision_from=night["from"].date(),
            decision_to=night["decided_to"],
            reasons=night["reasons"],
        )
        officer, papers_on = desk.officer(Role.CASE_OFFICER), night["papers_on"]
        wanted(int, decision_acts.decide_on_substitute(officer, booking_id, decision, now=desk.now), decision.reference)
        paper = actions.register_paper(
            desk.officer(Role.STAFFING_ASSISTANT),
            booking_id,
            Open.POWER_OF_ATTORNEY,
            received_on=papers_on,
            now=desk.now,
        )
        done(paper, "fullmakten")
        evidence = register_evidence(
            officer,
            requirement="own_substitute_routine",
            received_on=papers_on,
            provider_id=desk.provider_id(self.told["provider"]),
            now=desk.now,
        )
        wanted(int, evidence, "utförarens vikarierutin")

    def _report(self, booking_id: int) -> None:
        """Report the time and what the provider says that it would have cost it."""
        night, desk = self.told["night"], self.desk
        spans = spans_between(_instant(night["from"]), _instant(night["to"]))
        reported = fee_acts.report_time(
            desk.officer(Role.STAFFING_ASSISTANT),
            booking_id,
            [WorkedPiece(span=span) for span in spans],
            law=desk.law,
            now=desk.now,
            average_week_minutes=night["average_week_hours"] * MINUTES_PER_HOUR,
        )
        wanted(int, reported, "tiden")
        costs = tuple(
            ProviderCost(on=one["on"], sheet=Sheet(one["sheet"]), cost_ore=Ore(one["ore"])) for one in night["cost"]
        )
        stated = fee_acts.state_provider_cost(
            desk.officer(Role.FINANCE_ASSISTANT),
            booking_id,
            costs,
            stated_by=self.told["asked_by"]["company"],
            stated_on=desk.now.date(),
            now=desk.now,
        )
        done(stated, "utförarens kostnad")


def _instant(moment: datetime) -> Instant:
    """Return the instant of a clock time that is told without a zone, Swedish time."""
    return instant(moment.date(), moment.hour * MINUTES_PER_HOUR + moment.minute)

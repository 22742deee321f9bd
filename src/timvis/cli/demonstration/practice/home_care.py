"""Home care: what is decided and ordered, what goes on, is late and has ended, and October as it was performed."""

from datetime import date, datetime

from timvis.apps.audit.persons import machine
from timvis.apps.decisions.actions import HomeCareParticulars, register_home_care_decision
from timvis.apps.documents.actions import keep_original
from timvis.apps.home_orders import actions, event_acts, paper_acts, reminding
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.event_acts import Happened
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.paper_acts import PaperTold
from timvis.apps.parties.models import Provider
from timvis.apps.visits import actions as visits
from timvis.apps.visits.actions import HandedIn, VisitsFile
from timvis.apps.visits.models import Way
from timvis.apps.visits.queries import digest_of_signal, signals_of_month
from timvis.cli.demonstration.cast import done, wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Actor, Relation, Role
from timvis.core.calendar.local_time import day_of, instant, instant_of
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.papers import PaperKind
from timvis.core.home_care.visit_signals import Answer
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit
from timvis.formats.home_care_visits.read import read_visits

SERVICE = "home_care"


def lay_up(desk: Desk, told: Table) -> None:
    """Adopt a routine, decide and order, and let visits be handed in and something odd among them be asked about."""
    desk.take_routine(told["routine"])
    recipients = {one["key"]: one["recipient"] for one in told["decision"]}
    decisions = {one["key"]: _decision(desk, one) for one in told["decision"]}
    for order in told["order"]:
        _order(desk, order, recipients[order["decision"]], decisions[order["decision"]])
    for delivery in told["visits"]:
        hand_in(desk, delivery, desk.person(delivery["by"], delivery["at"]), delivery["at"])
    _deviations(desk, told["deviations"])
    key = told["key"]
    given = visits.give_system_key(desk.person(key["by"]), desk.provider_id(key["provider"]), key["name"], now=desk.now)
    done(given, key["name"])
    _signal(desk, told["signal"])
    clock = machine(desk.cast.municipality, desk.now)
    for order_id in HomeOrder.objects.order_by("id").values_list("id", flat=True):
        done(reminding.remind(clock, order_id, now=desk.now), "påminnelsen")


def care(minutes: int) -> DecidedService:
    """Return help at home for some minutes a month."""
    return DecidedService(service=SERVICE, minutes=Minutes(minutes), per=GrantUnit.MONTH)


def decide(desk: Desk, decision: Table, *, minutes: int, valid_from: date, at: datetime, decided_on: date) -> int:
    """Register what somebody is granted at home, and return the decision; without minutes the need is not assessed."""
    officer = desk.officer(Role.CASE_OFFICER, at)
    particulars = HomeCareParticulars(
        decided_on=decided_on,
        decided_by=officer.name,
        valid_from=valid_from,
        services=(care(minutes),),
        needs_assessed=minutes > 0,
    )
    registered = register_home_care_decision(
        officer,
        recipient_id=desk.recipient_id(decision["recipient"]),
        reference=decision["reference"],
        particulars=particulars,
        law=desk.law,
        now=at,
    )
    return wanted(int, registered, decision["reference"])


def hand_in(desk: Desk, delivery: Table, actor: Actor, at: datetime) -> None:
    """Hand in a file of visits for a provider."""
    name, content = delivery["file"], desk.content(delivery["file"])
    file = VisitsFile(
        way=Way.FILE,
        read=lambda ordered: read_visits(content, name, ordered, today=day_of(at)),
        content=content,
        name=name,
        media_type="text/csv",
    )
    handed = visits.hand_in_visits(
        actor, desk.provider_id(delivery["provider"]), file, now=at, correction=delivery.get("correction", "")
    )
    wanted(HandedIn, handed, name)


def _decision(desk: Desk, decision: Table) -> int:
    at = decision["decided_at"]
    return decide(
        desk, decision, minutes=decision["minutes"], valid_from=decision["from"], at=at, decided_on=day_of(at)
    )


def _order(desk: Desk, order: Table, number: str, decision_id: int) -> None:
    """Place an order, and let what came after happen: begun, planned, told about, ended."""
    placed_at = order["placed_at"]
    wish = WantedOrder(
        recipient_id=desk.recipient_id(number),
        provider_id=desk.provider_id(order["provider"]),
        decision_id=decision_id,
        services=(care(order["minutes"]),),
        from_on=day_of(placed_at),
        area=order["area"],
        is_acute=order.get("is_acute", False),
    )
    officer = desk.officer(Role.CASE_OFFICER, placed_at)
    order_id = wanted(int, actions.place_order(officer, wish, now=placed_at), number)
    if "started_at" in order:
        at = order["started_at"]
        starter = desk.person(order["handled_by"], at) if "handled_by" in order else officer
        done(actions.confirm_order(starter, order_id, now=at), number)
        done(actions.start_service(starter, order_id, started_at=instant_of(at), now=at), number)
    if plan := order.get("plan"):
        _plan(desk, order_id, plan, desk.person(order["handled_by"], plan["received_at"]))
    if event := order.get("event"):
        happened = Happened(kind=EventKind(event["kind"]), at=instant_of(event["at"]), note=event["note"])
        teller = desk.person(order["handled_by"], event["at"])
        done(event_acts.report_event(teller, order_id, happened, now=event["at"]), number)
    if ended := order.get("ended"):
        from_at = instant(ended["from"], 0)
        done(actions.end_order(officer, order_id, from_at=from_at, reason=ended["reason"], now=placed_at), number)


def _plan(desk: Desk, order_id: int, plan: Table, actor: Actor) -> None:
    at, name = plan["received_at"], plan["file"]
    kept = keep_original(
        actor,
        content=desk.content(name),
        media_type="application/pdf",
        file_name=name,
        relation=Relation.OWN_PROVIDER,
        now=at,
    )
    paper = PaperTold(
        kind=PaperKind.PLAN,
        about_on=plan["about_on"],
        received_on=day_of(at),
        original_id=wanted(int, kept, name),
    )
    done(paper_acts.register_paper(actor, order_id, paper, now=at), name)


def _deviations(desk: Desk, form: Table) -> None:
    rows = tuple(
        Deviation(
            recipient=one["recipient"],
            service=SERVICE,
            on=one["on"],
            kind=DeviationKind(one["kind"]),
            planned_minutes=Minutes(one["planned_minutes"]),
            performed_minutes=Minutes(one["performed_minutes"]),
            text=one["text"],
        )
        for one in form["row"]
    )
    at = form["at"]
    signed = DeviationForm(month_on=form["month"], rows=rows, manager_name=form["manager"], signed_on=day_of(at))
    actor = desk.person(form["by"], at)
    handed = visits.hand_in_deviations(actor, desk.provider_id(form["provider"]), signed, seen=0, now=at)
    wanted(int, handed, "avvikelserna")


def _signal(desk: Desk, note: Table) -> None:
    """Ask about what was found odd first in a provider's month."""
    provider_id = desk.provider_id(note["provider"])
    provider = Provider.objects.select_related("municipality").get(pk=provider_id)
    odd = signals_of_month(provider, note["month"], now=desk.now).found[0]
    noted = visits.note_signal(
        desk.officer(Role.CASE_OFFICER, note["at"]),
        provider_id,
        digest_of_signal(odd),
        Answer.ASKED,
        note["text"],
        month_on=note["month"],
        now=note["at"],
    )
    done(noted, "signalen")

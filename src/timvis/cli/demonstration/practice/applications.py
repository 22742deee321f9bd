"""Applications for what a sick assistant cost: one that waits, and one that is decided, appealed and with the court."""

from timvis.apps.appeals import actions as appeals
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.models import ServiceWay
from timvis.apps.applications.models import AppliedBy, CameBy
from timvis.apps.applications.particulars import Applied
from timvis.apps.claims import application_acts, decision_acts
from timvis.apps.claims.actions import calculate_claim, give_word
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import standing
from timvis.cli.demonstration.cast import done, wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.cli.demonstration.reviewed import review
from timvis.core.access import Role
from timvis.core.procedure.appeal import Change
from timvis.core.procedure.hearing import NoHearing
from timvis.core.review.finding import NEEDS_WORD, Finding, WordKind


def lay_up(desk: Desk, told: Table) -> None:
    """Adopt a routine that takes applications, register each, and take it as far as it goes."""
    desk.take_routine(told["routine"])
    for application in told["application"]:
        number = _register(desk, told, application)
        reviewed = review(desk.cast, number, number, law=desk.law, now=desk.now)
        if "decided" in application:
            _decide(desk, number, application["decided"], reviewed.findings)
            _appeal(desk, number, told["applicant"]["name"], application["decided"])


def _register(desk: Desk, told: Table, application: Table) -> str:
    applicant = told["applicant"]
    applied = Applied(
        applied_by=AppliedBy.RECIPIENT,
        applicant_number=told["recipient"],
        applicant_name=applicant["name"],
        contact=applicant["contact"],
        covers="calendar_month",
        signed_on=application["signed_on"],
        parts=tuple(application["part"]),
    )
    registered = application_acts.register_application(
        desk.officer(Role.CASE_OFFICER),
        desk.recipient_id(told["recipient"]),
        desk.provider_id(told["provider"]),
        applied,
        came_by=CameBy.PAPER,
        received_at=application["received_at"],
        law=desk.law,
        now=desk.now,
    )
    return wanted(str, registered, "ansökan")


def _decide(desk: Desk, number: str, says: Table, findings: tuple[Finding, ...]) -> None:
    """Accept what was found, calculate, decide as calculated, and send the decision."""
    officer = desk.officer(Role.CASE_OFFICER)
    keys = [one.key for one in findings if one.severity in NEEDS_WORD]
    done(give_word(officer, number, keys, WordKind.ACCEPT, now=desk.now), number)
    calculated = done(calculate_claim(officer, number, law=desk.law, now=desk.now), number)
    decision = Wanted(
        period_from=says["from"],
        period_to=says["to"],
        amount_ore=calculated.statement.total_ore,
        reasons=says["reasons"],
        provisions=tuple(says["provisions"]),
        not_heard=NoHearing.OBVIOUSLY_UNNECESSARY,
        not_heard_because=says["not_heard_because"],
    )
    head = desk.officer(Role.HEAD_OF_SOCIAL_SERVICES)
    wanted(int, decision_acts.decide(head, number, decision, seen=_seen(number), now=desk.now), number)
    wanted(tuple, decision_acts.send_decision(officer, number, seen=_seen(number), now=desk.now), number)


def _appeal(desk: Desk, number: str, name: str, says: Table) -> None:
    """Let the decision be served and appealed the same day, and hand the appeal over to the court."""
    officer, today = desk.officer(Role.CASE_OFFICER), desk.now.date()
    served = appeals.register_service(officer, number, name=name, served_on=today, way=ServiceWay.RECEIPT, now=desk.now)
    done(served, number)
    paper = Written(came_on=today, text=says["appeal"])
    appeal = wanted(int, appeals.register_appeal(officer, number, paper, name=name, now=desk.now), number)
    done(appeals.judge_time(officer, appeal, law=desk.law, now=desk.now), number)
    done(appeals.reconsider(officer, appeal, Change.NOT, because=says["stands_because"], now=desk.now), number)
    done(appeals.forward(officer, appeal, now=desk.now), number)


def _seen(number: str) -> str:
    return standing(Claim.objects.get(number=number))

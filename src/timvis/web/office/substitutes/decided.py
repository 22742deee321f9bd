"""What is decided on a booking: the proposal and its answer, the decisions, who was served, and what is appealed."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.appeals import actions as appeals
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.models import ServiceWay
from timvis.apps.appeals.queries import standing_of
from timvis.apps.appeals.records import appeals_of, served
from timvis.apps.orders import deciding, decision_acts
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.models import Booking
from timvis.config.law_book import law_book
from timvis.core.access import Action
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.appeal import CHANGE_WORDS, COURT_WORDS, AgainstParty
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NoHearing
from timvis.web.office.substitutes.forms import (
    AnswerForm,
    AppealForm,
    ChangedDecisionForm,
    ProposalForm,
    ServiceForm,
    SubstituteDecisionForm,
)
from timvis.web.office.substitutes.page import may_of, shift_text
from timvis.web.office.substitutes.views import DESK, found_booking
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.names import newest
from timvis.web.shared.words import WHY_NOT

DAYS_TO_ANSWER: Final = timedelta(days=14)
"""A reasonable time to answer a proposal, as the page suggests it."""


def decided(ask: Ask, booking_id: str, *, problem: str = "") -> HttpResponse:
    """Show what is proposed, decided and appealed on a booking."""
    found = _found(ask, booking_id)
    rows = found.decisions.select_related("made_by", "delegation__list", "hearing").prefetch_related("letters__letter")
    decisions = list(rows.order_by("-number"))
    hearing = deciding.newest_hearing(found)
    return render(
        ask,
        "substitutes/decided.html",
        {
            "booking": found,
            "when": shift_text(found.start_at, found.end_at),
            "decisions": decisions,
            "hearing": hearing,
            "answers": hearing.answers.order_by("id") if hearing else (),
            "served": served(decisions[0]) if decisions else {},
            "appeals": [standing_of(one, law_book()) for one in reversed(appeals_of(found))],
            "appeal_changes": list(CHANGE_WORDS.items()),
            "court_answers": list(COURT_WORDS.items()),
            "problem": problem,
            "may": may_of(ask.actor),
        },
        status=422 if problem else 200,
    )


def after_decided(ask: Ask, found: Booking, outcome: object, sentence: str) -> HttpResponse:
    """Return to what is decided with a sentence, or show it again with everything that was wrong."""
    if isinstance(outcome, tuple):
        faults = [fault for fault in outcome if isinstance(fault, Fault)]
        return decided(ask, str(found.pk), problem=" ".join(f"{one.message} {one.remedy}" for one in faults))
    if isinstance(outcome, Refusal):
        if outcome in (Refusal.NOT_FOUND, Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW, Refusal.LOGIN_TOO_OLD):
            return refused(ask, outcome, back=_to(found))
        why, remedy = WHY_NOT[outcome]
        return decided(ask, str(found.pk), problem=f"{why} {remedy}")
    return done(ask, sentence, _to(found))


def decide(ask: Ask, booking_id: str) -> HttpResponse:
    """Decide under LSS 9 § 2, also afterwards, or anew; the decision is sent to those the routine names."""
    found = _found(ask, booking_id)
    is_new = not found.decisions.exists()
    kind = SubstituteDecisionForm if is_new else ChangedDecisionForm

    def act(form: Form) -> object:
        told = form.cleaned_data
        wanted = _wanted(
            told,
            not_heard=NoHearing(told["not_heard"]) if told["not_heard"] else None,
            not_heard_because=told["not_heard_because"],
            changed_because=told.get("changed_because", ""),
        )
        if is_new:
            return decision_acts.decide_on_substitute(ask.actor, found.pk, wanted, now=ask.now)
        ground = AgainstParty(told["ground"]) if told["ground"] else None
        return appeals.change_substitute_decision(ask.actor, found.pk, wanted, now=ask.now, ground=ground)

    return form_page(
        ask,
        kind(ask.POST or None, initial={"decision_from": found.sick_from}),
        act,
        title=_("Beslut om vikarie"),
        lead=_("Beslutet fattas enligt LSS 9 § 2 och skickas till dem som rutinen anger, också i efterhand."),
        button=_("Besluta och skicka"),
        sentence=_("Beslutet är fattat och skickat."),
        back=_to(found),
    )


def propose(ask: Ask, booking_id: str) -> HttpResponse:
    """Send a proposed decision that goes against her, with a day to answer."""
    found = _found(ask, booking_id)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return decision_acts.propose_on_substitute(
            ask.actor, found.pk, _wanted(told), answer_by=told["answer_by"], now=ask.now
        )

    initial = {"decision_from": found.sick_from, "answer_by": ask.today + DAYS_TO_ANSWER}
    return form_page(
        ask,
        ProposalForm(ask.POST or None, initial=initial),
        act,
        title=_("Förslag till beslut"),
        lead=_("Den enskilde får se förslaget och dess skäl och får säga vad hon tycker innan beslutet (FL 25 §)."),
        button=_("Skicka förslaget"),
        sentence=_("Förslaget är skickat. Beslutet väntar på svaret eller på svarsdagen."),
        back=_to(found),
    )


def answer(ask: Ask, booking_id: str) -> HttpResponse:
    """Register what was answered to the last proposal."""
    found = _found(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        return decision_acts.register_answer(
            ask.actor,
            found.pk,
            received_on=told["received_on"],
            text=told["text"],
            more_is_coming=told["more_is_coming"],
            now=ask.now,
        )

    return form_page(
        ask,
        AnswerForm(ask.POST or None, initial={"received_on": ask.today}),
        act,
        title=_("Svar på förslaget"),
        button=_("Registrera svaret"),
        sentence=_("Svaret är registrerat."),
        back=_to(found),
    )


def service(ask: Ask, booking_id: str) -> HttpResponse:
    """Register when somebody was served with the decision that counts."""
    found = _found(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        return appeals.register_service(
            ask.actor,
            found.number,
            name=told["name"],
            served_on=told["served_on"],
            way=ServiceWay(told["way"]),
            now=ask.now,
        )

    return form_page(
        ask,
        ServiceForm(ask.POST or None, initial={"name": _party(found), "served_on": ask.today}),
        act,
        title=_("Delgivning"),
        lead=_("Tiden att överklaga är tre veckor från den dag hon fick del av beslutet."),
        button=_("Registrera delgivningen"),
        sentence=_("Delgivningen är registrerad."),
        back=_to(found),
    )


def appeal(ask: Ask, booking_id: str) -> HttpResponse:
    """Register an appeal of the decision that counts, as it came."""
    found = _found(ask, booking_id)

    def act(form: Form) -> object:
        told = form.told()
        return appeals.register_appeal(
            ask.actor,
            found.number,
            Written(came_on=told["came_on"], text=told["text"]),
            name=told["name"],
            by_post=told["by_post"],
            now=ask.now,
        )

    return form_page(
        ask,
        AppealForm(ask.POST or None, initial={"name": _party(found), "came_on": ask.today}),
        act,
        title=_("Överklagande av beslutet om vikarie"),
        button=_("Registrera överklagandet"),
        sentence=_("Överklagandet är registrerat. Pröva nu om det kom in i tid."),
        back=_to(found),
    )


def _found(ask: Ask, booking_id: str) -> Booking:
    """Return a booking whose decisions the actor may see, after writing in the log that she did; else answer 404."""
    return found_booking(ask, booking_id, Action.LOOK_AT_APPEALS)


def _wanted(told: dict[str, Any], **more: Any) -> WantedDecision:
    return WantedDecision(
        reference=told.get("reference", ""),
        outcome=Outcome(told["outcome"]),
        decision_from=told["decision_from"],
        decision_to=told["decision_to"],
        granted_minutes=told["hours"],
        reasons=told["reasons"],
        **more,
    )


def _party(found: Booking) -> str:
    version = newest(found.recipient)
    return version.name if version else ""


def _to(found: Booking) -> str:
    return f"{DESK}{found.pk}/beslutat/"

"""Deciding a case: by whom, on what, with which reasons, and what keeps it from being done (CAS-01, 02, 07, 08, 09)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.cast import CECILIA_NUMBER, Cast, ok, on_stage
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import decision_acts
from timvis.apps.claims.models import ClaimDecision
from timvis.apps.claims.queries import standing
from timvis.apps.parties.interests import register_interest
from timvis.apps.parties.particulars import InterestParticulars
from timvis.core.access import Action, ClaimStatus
from timvis.core.disqualification import InterestKind
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NoHearing


@pytest.fixture
def cast(db: None) -> Cast:
    return d.an_office()


def codes(outcome: d.Outcome) -> list[str]:
    assert isinstance(outcome, tuple), outcome
    return [fault.code for fault in outcome if isinstance(fault, Fault)]


# --- what a decision holds ------------------------------------------------------------------------------------


def test_a_decision_tells_its_day_content_decider_presenter_and_who_took_part(cast: Cast) -> None:
    number = d.granted(cast)

    made = d.decided(cast, number, presented_by_id=cast.greta.person_id, took_part=("Hasse Holm",))

    assert (made.outcome, made.amount_ore, made.claimed_ore) == (Outcome.GRANTED, a.TOTAL_ORE, a.TOTAL_ORE)
    assert (made.made_by_id, made.presented_by_id, made.took_part) == (
        cast.cecilia.person_id,
        cast.greta.person_id,
        ["Hasse Holm"],
    )
    assert (made.made_at, made.period_from) == (a.LATER, date(2019, 2, 4))
    assert made.statement is not None
    assert made.statement.total_ore == made.amount_ore


@pytest.mark.parametrize("missing", ["made_by", "made_at", "amount_ore", "outcome", "period_from", "reasons"])
def test_the_database_keeps_no_decision_without_what_it_must_hold(cast: Cast, missing: str) -> None:
    number = d.granted(cast)
    kept = {field.attname: getattr(d.decided(cast, number), field.attname) for field in ClaimDecision._meta.fields}
    kept.update({"id": None, "number": 9, f"{missing}_id" if missing == "made_by" else missing: None})

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimDecision.objects.create(**kept)


@pytest.mark.parametrize("missing", [{"reasons": ""}, {"provisions": []}, {"hearing_id": None}])
def test_the_database_keeps_no_refusal_without_reasons_provisions_and_hearing(
    cast: Cast, missing: dict[str, object]
) -> None:
    number = d.partly(cast)
    kept = {field.attname: getattr(d.decided(cast, number), field.attname) for field in ClaimDecision._meta.fields}
    kept.update({"id": None, "number": 9, "not_heard": "", "not_heard_because": "", **missing})

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimDecision.objects.create(**kept)


def test_what_goes_against_somebody_says_why_and_by_which_provisions(cast: Cast) -> None:
    number = d.partly(cast)
    d.heard(cast, number)

    assert d.decide(cast, number, reasons=" ") is Refusal.REASON_IS_MISSING
    assert codes(d.decide(cast, number, provisions=())) == ["provisions_are_missing"]
    assert codes(d.decide(cast, number, provisions=("LSS 9 § 99",))) == ["provision_is_unknown"]


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_decided(cast: Cast) -> None:
    number = d.partly(cast)
    d.heard(cast, number)

    wrong = codes(d.decide(cast, number, provisions=(), amount_ore=1, period_to=date(2019, 2, 4)))

    assert set(wrong) == {"amount_is_not_the_stated", "period_has_no_day", "provisions_are_missing"}
    assert not ClaimDecision.objects.exists()


def test_what_is_called_wholly_granted_is_so(cast: Cast) -> None:
    number = d.partly(cast)

    assert codes(d.decide(cast, number, outcome=Outcome.GRANTED))


# --- what becomes of the case --------------------------------------------------------------------------------


def test_a_refusal_ends_the_case_with_its_reasons(cast: Cast) -> None:
    number = d.nothing(cast)

    made = d.decided(cast, number)

    assert made.outcome == Outcome.REFUSED
    assert d.claim(number).status == ClaimStatus.REJECTED


def test_what_is_granted_in_part_goes_on_to_be_paid(cast: Cast) -> None:
    number = d.partly(cast)

    made = d.decided(cast, number)

    assert made.outcome == Outcome.PARTLY_GRANTED
    assert d.claim(number).status == ClaimStatus.CALCULATED


def test_whoever_looked_at_something_older_decides_nothing(cast: Cast) -> None:
    number = d.granted(cast)
    seen = standing(d.claim(number))
    ok(a.calculate(cast, number, now=a.LATER + timedelta(minutes=1)))

    outcome = decision_acts.decide(a.at(cast.cecilia, a.LATER), number, d.wanted(number), seen=seen, now=a.LATER)

    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_nothing_is_refused_for_a_paper_that_nobody_has_asked_for(cast: Cast) -> None:
    number = a.applied_for(cast, a.a_week(substitute=[]))
    a.papers_come_in(cast, ("substitute_certificate", "collective_agreement"))
    ok(a.calculate(cast, number))
    d.heard(cast, number)

    assert d.decide(cast, number) is Refusal.COMPLETION_WAS_NOT_ASKED
    a.papers_come_in(cast)
    ok(d.decide(cast, number))


# --- who may -------------------------------------------------------------------------------------------------


def test_a_decision_takes_a_row_of_the_delegation_order(cast: Cast) -> None:
    number = d.granted(cast)

    made = d.decided(cast, number)

    assert made.delegation is not None
    assert (made.delegation.number, made.delegation.person_id) == (1, cast.cecilia.person_id)


def test_above_her_amount_it_is_anothers_to_decide(cast: Cast) -> None:
    dear = a.a_week(pay=[{"hourly_ore": 61_000}], claimed=[{"item": "sick_pay", "ore": 1_952_000}])
    number = a.applied_for(cast, dear)
    a.papers_come_in(cast)
    ok(a.calculate(cast, number))
    heard = {"not_heard": NoHearing.OBVIOUSLY_UNNECESSARY, "not_heard_because": "Ekot har själv räknat så."}

    assert d.decide(cast, number, **heard) is Refusal.ABOVE_AMOUNT_LIMIT
    ok(d.decide(cast, number, by=cast.david, **heard))


def test_without_a_delegation_nobody_decides(db: None) -> None:
    cast = on_stage(a.TOWN, "Östhammars kommun")
    a.adopt(cast)
    number = d.granted(cast)

    assert d.decide(cast, number) is Refusal.NOT_DELEGATED
    assert d.decide(cast, number, by=cast.david) is Refusal.NOT_DELEGATED


@pytest.mark.parametrize("kind", [InterestKind.SIBLING, InterestKind.OTHER_CLOSE])
def test_whoever_is_near_the_person_does_not_decide(cast: Cast, kind: InterestKind) -> None:
    number = d.granted(cast)
    ok(
        register_interest(
            a.at(cast.david),
            person_number=CECILIA_NUMBER,
            other_number=cast.alma.personal_number,
            kind=kind,
            particulars=InterestParticulars(valid_from=date(2000, 1, 1), note="Familj"),
            now=a.NOW,
        )
    )

    assert d.decide(cast, number) is Refusal.DISQUALIFIED
    ok(d.decide(cast, number, by=cast.david))


def test_nobody_decides_her_own_case(cast: Cast) -> None:
    number = d.granted(cast)

    assert d.decide(cast, number, by=replace(cast.alma, roles=cast.cecilia.roles)) is Refusal.NO_RELATION


def test_the_machine_decides_nothing(cast: Cast) -> None:
    number = d.granted(cast)

    assert d.decide(cast, number, by=cast.machine) is Refusal.ROLE_DOES_NOT_ALLOW


def test_every_try_is_in_the_log(cast: Cast) -> None:
    number = d.granted(cast)
    d.decide(cast, number, by=cast.machine)
    d.decided(cast, number)

    tried = LogEntry.objects.filter(action=Action.DECIDE).order_by("id").values_list("outcome", flat=True)

    assert list(tried) == [Refusal.ROLE_DOES_NOT_ALLOW.value, DONE]

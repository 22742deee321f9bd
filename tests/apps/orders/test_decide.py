"""A substitute is decided on under LSS 9 § 2: by whom, on what, and who is told; also when somebody has come."""

from dataclasses import replace
from datetime import date, timedelta

from tests.apps.delegation_orders import a_row, adopt_order
from tests.apps.orders.desk import MORNING, SUNDAY, Town, at, booking, called, confirmed
from tests.cast import REGISTERED_AT, ok
from timvis.apps.claims.delegated import delegated_decisions
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import decision_acts, queries, records
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.models import SubstituteDecision
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import NoHearing
from timvis.core.routine.records import ClaimKind
from timvis.core.substitute.request import Open

WANTED = WantedDecision(
    reference="V 2026-7",
    outcome=Outcome.GRANTED,
    decision_from=SUNDAY,
    decision_to=date(2026, 3, 22),
    granted_minutes=12 * 60,
    reasons="Ekot kan inte själv få fram en vikarie, och Alma behöver hjälp i natt.",
)
REFUSED = replace(
    WANTED,
    outcome=Outcome.REFUSED,
    granted_minutes=None,
    reasons="Ekot har en egen vikarie som kan komma samma tid.",
    not_heard=NoHearing.OBVIOUSLY_UNNECESSARY,
    not_heard_because="Uppgiften kommer från Elsa själv.",
)


def decided(actor: Actor, booking_id: int, wanted: WantedDecision = WANTED) -> object:
    return decision_acts.decide_on_substitute(at(actor, MORNING), booking_id, wanted, now=MORNING)


def letters(booking_id: int) -> dict[str, SentLetter]:
    """Return the letters of the last decision, by the role they went to."""
    made = booking(booking_id).decisions.get(number=booking(booking_id).decisions.count())
    return {one.role: one.letter for one in made.letters.select_related("letter")}


def test_it_is_decided_afterwards_and_sent_with_its_reasons_and_what_it_rests_on(town: Town) -> None:
    booking_id = confirmed(town)

    ok(decided(town.cast.cecilia, booking_id))

    sent = letters(booking_id)
    assert {role: one.code for role, one in sent.items()} == {
        "recipient": "substitute_granted",
        "staffing_assistant": "decision_copy",
        "finance_assistant": "decision_copy",
    }
    html = sent["recipient"].html
    for said in (
        WANTED.reasons,
        "12:00 timmar",
        "LSS 9 § 2",
        "8–21 mars 2026",
        "Fullmakten: har inte kommit in",
        "Elsa Ek",
    ):
        assert said in html
    assert Open.DECISION not in queries.on_desk(booking(booking_id), now=MORNING).still_open


def test_only_the_case_officer_decides(town: Town) -> None:
    booking_id = confirmed(town)

    for actor in (town.ida, town.jon, town.cast.elsa, town.cast.hasse):
        assert decided(actor, booking_id) is Refusal.ROLE_DOES_NOT_ALLOW
    ok(decided(town.cast.cecilia, booking_id))


def test_where_the_board_has_delegated_it_takes_a_delegation_for_the_outcome(town: Town) -> None:
    booking_id, cecilia = confirmed(town), town.cast.cecilia
    year = (date(2026, 1, 1), date(2027, 1, 1))
    grants = a_row(1, cecilia, kind=ClaimKind.SUBSTITUTE_FEE, outcomes=frozenset({Outcome.GRANTED}), days=year)
    adopt_order(town.cast, grants, now=REGISTERED_AT + timedelta(minutes=1), days=year)

    assert decided(cecilia, booking_id, REFUSED) is Refusal.NOT_DELEGATED
    ok(decided(cecilia, booking_id))

    assert booking(booking_id).decisions.get().delegation is not None
    assert "delegationsordning 1, rad 1" in letters(booking_id)["recipient"].html
    [told] = delegated_decisions("osthammar", date(2026, 3, 1))
    assert (told.case, told.kind, told.outcome, told.amount_ore, told.decider) == (
        booking(booking_id).number,
        ClaimKind.SUBSTITUTE_FEE,
        Outcome.GRANTED,
        None,
        cecilia.name,
    )
    assert "rad 1" in told.row


def test_a_refusal_is_heard_about_first_and_tells_how_to_appeal(town: Town) -> None:
    booking_id, cecilia = confirmed(town), town.cast.cecilia

    assert decided(cecilia, booking_id, replace(REFUSED, not_heard=None)) is Refusal.PARTY_IS_NOT_HEARD
    assert decided(cecilia, booking_id, replace(REFUSED, not_heard_because=" ")) is Refusal.REASON_IS_MISSING
    ok(decided(cecilia, booking_id, REFUSED))

    assert "Så överklagar du" in letters(booking_id)["recipient"].html
    assert queries.stops_charging(booking(booking_id), now=MORNING) == (Open.DECISION, Open.POWER_OF_ATTORNEY)


def test_a_decision_says_what_it_is_called_and_why_and_nothing_else_is_kept(town: Town) -> None:
    booking_id, cecilia = confirmed(town), town.cast.cecilia

    assert decided(cecilia, booking_id, replace(WANTED, reference=" ")) is Refusal.REASON_IS_MISSING
    assert decided(cecilia, booking_id, replace(WANTED, reasons=" ")) is Refusal.REASON_IS_MISSING
    faulty = decided(
        cecilia, booking_id, replace(REFUSED, decision_to=SUNDAY, provisions=("LSS 99 §",), granted_minutes=60)
    )

    assert isinstance(faulty, tuple)
    assert [fault.column for fault in faulty] == ["period_to", "provisions", "hours"]
    assert not SubstituteDecision.objects.exists()


def test_the_last_decision_counts_and_says_that_it_replaces_the_earlier(town: Town) -> None:
    booking_id, cecilia = confirmed(town), town.cast.cecilia
    ok(decided(cecilia, booking_id, REFUSED))

    assert decided(cecilia, booking_id) is Refusal.REASON_IS_MISSING
    ok(decided(cecilia, booking_id, replace(WANTED, changed_because="Ekots vikarie blev också sjuk.")))

    html = letters(booking_id)["recipient"].html
    assert "ersätter beslutet" in html
    assert "Ekots vikarie blev också sjuk." in html
    assert queries.stops_charging(booking(booking_id), now=MORNING) == (Open.POWER_OF_ATTORNEY,)


def test_the_next_night_is_laid_under_the_same_decision_and_shares_its_hours(town: Town) -> None:
    first = confirmed(town)
    ok(decided(town.cast.cecilia, first))
    next_night = called(
        town, start_at=instant(date(2026, 3, 9), 23 * 60), end_at=instant(date(2026, 3, 10), 7 * 60), is_acute=False
    )
    ida = at(town.ida, MORNING)

    assert decision_acts.lay_under_decision(ida, next_night, "V 2026-8", now=MORNING) is Refusal.NOT_FOUND
    ok(decision_acts.lay_under_decision(ida, next_night, "V 2026-7", now=MORNING))

    request = records.request(booking(next_night), known_at=MORNING)
    assert request.decision is not None
    assert (request.decision.granted_minutes, request.booked_minutes) == (12 * 60, 8 * 60)


def test_the_confirmation_goes_to_those_the_routine_names(town: Town) -> None:
    booking_id = confirmed(town)

    letter = SentLetter.objects.get(about=booking(booking_id).number, code="booking_confirmed")

    assert "<p>Handläggare<br>Ekonomiassistent</p>" in letter.html

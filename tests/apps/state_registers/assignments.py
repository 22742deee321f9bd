"""The municipality as Alma's provider, with Björn as its own assistant: assignment, placement, notice."""

from datetime import date, datetime

from tests.cast import BJORN_NUMBER, LONG_AGO, NOW, REGISTERED_AT, TOWN_NUMBER, Cast, ok
from timvis.apps.decisions import actions as decisions
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import Assistant
from timvis.apps.parties.particulars import AssistantParticulars, ProviderParticulars
from timvis.apps.state_registers import actions
from timvis.apps.state_registers.particulars import AssignmentParticulars, NoticeParticulars, PlacementParticulars
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, ProviderKind, Regime
from timvis.core.state_duties.records import NoticeWay

BEGINS = date(2021, 1, 4)


def the_town_as_provider(cast: Cast) -> int:
    """Return the id of the town as provider of assistance itself."""
    return ok(
        parties.register_provider(
            cast.cecilia,
            organisation_number=TOWN_NUMBER,
            particulars=ProviderParticulars(
                name="Västerås egen assistans", kind=ProviderKind.MUNICIPALITY, employer_registered_from=LONG_AGO
            ),
            now=REGISTERED_AT,
        )
    )


def an_assistant(cast: Cast, provider_id: int, *, outside_eea: bool = False) -> int:
    """Return the id of Björn as the town's own assistant."""
    told = AssistantParticulars(
        name="Björn Berg", born_on=date(1983, 8, 9), lives_outside_eea=outside_eea, hired_on=date(2020, 12, 1)
    )
    return ok(
        parties.register_assistant(
            cast.cecilia,
            provider_id=provider_id,
            personal_number=BJORN_NUMBER,
            particulars=told,
            now=REGISTERED_AT,
        )
    )


def an_assignment(cast: Cast, *, begins_on: date = BEGINS, now: datetime = NOW, **says: object) -> int:
    """Return the id of the town's assignment with Alma."""
    particulars = AssignmentParticulars(**says)  # type: ignore[arg-type]  # a test names what it says
    made = ok(
        actions.register_assignment(
            cast.greta, recipient_id=cast.recipient_id, begins_on=begins_on, particulars=particulars, now=now
        )
    )
    assert isinstance(made, int), made
    return made


def a_placement(cast: Cast, *, first_shift_on: date = BEGINS, provider_id: int = 0, now: datetime = NOW) -> int:
    """Return the id of Björn's work with Alma, in an assignment of its own."""
    assignment_id = an_assignment(cast, agreement_signed_on=BEGINS, decided_on=date(2020, 12, 1), now=now)
    assistant = Assistant.objects.get(provider_id=provider_id)
    made = ok(
        actions.register_placement(
            cast.greta,
            assignment_id=assignment_id,
            assistant_id=assistant.pk,
            particulars=PlacementParticulars(first_shift_on=first_shift_on, planned_minutes_per_week=1_200),
            now=now,
        )
    )
    assert isinstance(made, int), made
    return made


def forty_hours_a_week_by_the_state(cast: Cast) -> None:
    """Let the state grant Alma forty hours a week from the new year on."""
    granted = decisions.DecisionParticulars(
        regime=Regime.SFB,
        decided_on=date(2020, 12, 1),
        decided_by="Försäkringskassan",
        valid_from=date(2021, 1, 1),
        granted_minutes=Minutes(40 * 60),
        per=GrantUnit.WEEK,
    )
    ok(
        decisions.register_decision(
            cast.cecilia, recipient_id=cast.recipient_id, reference="SFB-1", particulars=granted, now=NOW
        )
    )


def a_notice(**says: object) -> NoticeParticulars:
    """Return what the state is told of Björn, unless the test says otherwise."""
    told: dict[str, object] = {
        "way": NoticeWay.E_SERVICE,
        "sent_on": date(2021, 1, 2),
        "hired_on": date(2020, 12, 1),
        "is_close": False,
        "lives_outside_eea": False,
    }
    return NoticeParticulars(**{**told, **says})  # type: ignore[arg-type]  # a test names what it says


def registered(cast: Cast, placement_id: int, *, received_on: date, now: datetime = NOW, **says: object) -> None:
    """Tell the state of Björn, and that it had the notice on a day."""
    ok(
        actions.notify_assistant(
            cast.greta,
            placement_id=placement_id,
            particulars=a_notice(sent_on=received_on, **says),
            seen=0,
            now=now,
        )
    )
    received = actions.notice_was_received(
        cast.greta, placement_id=placement_id, number=1, received_on=received_on, reference="FK-1", now=now
    )
    assert isinstance(received, int), received

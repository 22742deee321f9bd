"""The town as provider for the state, for the demonstration: one waits for a decision, one assistant was told late."""

from datetime import date, datetime

from tests.web.demo_state_reports import RECIPIENT_ID
from timvis.apps.parties.models import Assistant
from timvis.apps.parties.queries import own_provider
from timvis.apps.state_registers import actions
from timvis.apps.state_registers.models import Notified
from timvis.apps.state_registers.particulars import AssignmentParticulars, NoticeParticulars, PlacementParticulars
from timvis.core.access import Actor
from timvis.core.state_duties.records import NoticeWay

ASSIGNMENT_ID = PLACEMENT_ID = 1
GRANTED_ON, WAITING_ID = date(2026, 8, 31), 8


def add_state_registers(gunnel: Actor, now: datetime) -> None:
    """Let Gunnel register two assignments, three placements, and what the state was told of the assistants."""
    told = {"about": Notified.START, "told_on": date(2026, 1, 12), "reference": "IVO 2026-17"}
    assert isinstance(actions.register_provider_notice(gunnel, now=now, **told), int)  # type: ignore[arg-type]  # as it is
    granted = AssignmentParticulars(
        agreement_signed_on=date(2026, 9, 1),
        agreement_reference="Avtal 14",
        replaces_another=True,
        applied_on=date(2026, 5, 4),
        application_known_on=date(2026, 5, 8),
        decided_on=GRANTED_ON,
    )
    waiting = AssignmentParticulars(applied_on=date(2026, 9, 14), application_known_on=date(2026, 9, 16))
    first = _assignment(gunnel, RECIPIENT_ID, date(2026, 10, 1), granted, now)
    second = _assignment(gunnel, WAITING_ID, date(2026, 9, 1), waiting, now)
    employer = own_provider(gunnel.municipality, known_at=now)
    mira, nils = Assistant.objects.filter(provider=employer).order_by("id")
    late = _placement(gunnel, first, mira, date(2026, 10, 1), now)
    _placement(gunnel, first, nils, date(2026, 11, 2), now)
    _placement(gunnel, second, nils, date(2026, 12, 1), now)
    assert (first, late) == (ASSIGNMENT_ID, PLACEMENT_ID)
    notice = NoticeParticulars(
        way=NoticeWay.E_SERVICE,
        sent_on=date(2026, 10, 12),
        hired_on=date(2026, 9, 20),
        is_close=False,
        lives_outside_eea=False,
    )
    assert actions.notify_assistant(gunnel, placement_id=late, particulars=notice, seen=0, now=now) == 1
    received = actions.notice_was_received(
        gunnel, placement_id=late, number=1, received_on=date(2026, 10, 13), reference="", now=now
    )
    assert isinstance(received, int), received


def _assignment(gunnel: Actor, recipient_id: int, begins_on: date, told: AssignmentParticulars, now: datetime) -> int:
    made = actions.register_assignment(
        gunnel, recipient_id=recipient_id, begins_on=begins_on, particulars=told, now=now
    )
    assert isinstance(made, int), made
    return made


def _placement(gunnel: Actor, assignment_id: int, assistant: Assistant, first: date, now: datetime) -> int:
    made = actions.register_placement(
        gunnel,
        assignment_id=assignment_id,
        assistant_id=assistant.pk,
        particulars=PlacementParticulars(first_shift_on=first, planned_minutes_per_week=38 * 60),
        now=now,
    )
    assert isinstance(made, int), made
    return made

"""Visits handed in: all of them or none, the same again changes nothing, a correction says why and both are kept."""

from dataclasses import replace

from tests.apps.home_orders.town import at
from tests.apps.visits.march import APRIL_FIRST, MARCH, Visited, faults, hand_in, handed_in, row
from tests.cast import BJORN_NUMBER
from timvis.apps.audit.models import LogEntry
from timvis.apps.home_orders import actions as home_orders
from timvis.apps.visits.models import Delivery, Replaced, Visit
from timvis.apps.visits.queries import objections_of_month, visits_of_month
from timvis.core.access import Action
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.home_care.objections import ObjectionKind
from timvis.core.home_care.visits import VisitState


def test_a_file_is_kept_whole_with_its_original_and_a_row_in_the_log_for_the_person(visited: Visited) -> None:
    outcome = handed_in(visited, row(1), row(2, start="2026-03-04 08:00", slut="2026-03-04 08:30"))

    assert (outcome.number, outcome.kept, outcome.replaced, outcome.repeated) == (1, 2, 0, 0)
    assert outcome.objections == ()
    delivery = Delivery.objects.get()
    assert delivery.original is not None
    assert bytes(delivery.original.content).count(b"\n") == 2
    assert [one.minutes for one in visits_of_month(visited.ekot_id, MARCH)] == [45, 30]
    logged = LogEntry.objects.get(action=Action.HAND_IN_VISITS)
    assert (logged.recipient_id, logged.detail["kept"]) == (visited.town.cast.recipient_id, 2)


def test_a_file_with_a_fault_keeps_nothing_and_tells_every_fault(visited: Visited) -> None:
    told = faults(visited, row(1), row(2, personnummer=BJORN_NUMBER), row(3, slut="2026-03-03 07:00"))

    assert told == [("unknown_recipient", 3), ("end_is_not_after_start", 4)]
    assert not Visit.objects.exists()
    assert not Delivery.objects.exists()


def test_the_same_file_again_changes_nothing(visited: Visited) -> None:
    handed_in(visited, row(1))
    again = handed_in(visited, row(1))

    assert (again.number, again.kept, again.repeated) == (None, 0, 1)
    assert Delivery.objects.count() == 1


def test_a_system_that_sends_every_night_adds_what_is_new(visited: Visited) -> None:
    handed_in(visited, row(1))
    later = handed_in(visited, row(1), row(2, start="2026-03-04 08:00", slut="2026-03-04 08:30"))

    assert (later.number, later.kept, later.repeated) == (2, 1, 1)
    assert len(visits_of_month(visited.ekot_id, MARCH)) == 2


def test_what_was_planned_becomes_performed_without_being_a_correction(visited: Visited) -> None:
    handed_in(visited, row(1, status="planerat", personal="", registrering=""))
    handed_in(visited, row(1))

    assert [one.state for one in visits_of_month(visited.ekot_id, MARCH)] == [VisitState.PERFORMED]
    assert Replaced.objects.count() == 1


def test_a_visit_told_otherwise_is_refused_until_it_is_said_to_be_a_correction(visited: Visited) -> None:
    handed_in(visited, row(1))
    assert faults(visited, row(1, slut="2026-03-03 09:05")) == [("visit_is_told_otherwise", 2)]

    corrected = handed_in(visited, row(1, slut="2026-03-03 09:05", personal="P9"), correction="Fel tid i telefonen")

    assert (corrected.kept, corrected.replaced) == (1, 1)
    assert [(one.minutes, one.staff) for one in visits_of_month(visited.ekot_id, MARCH)] == [(60, "P9")]
    assert Visit.objects.count() == 2
    assert Delivery.objects.get(number=2).correction == "Fel tid i telefonen"


def test_a_visit_corrected_into_another_month_leaves_the_first(visited: Visited) -> None:
    handed_in(visited, row(1, start="2026-03-31 23:40", slut="2026-04-01 00:10"))
    moved = row(1, start="2026-04-01 00:05", slut="2026-04-01 00:10")
    handed_in(visited, moved, correction="Började efter midnatt")

    assert visits_of_month(visited.ekot_id, MARCH) == ()


def test_both_rows_of_double_staffing_are_told_together(visited: Visited) -> None:
    handed_in(visited, row(1), row(1, personal="P8"))

    assert [one.staff for one in visits_of_month(visited.ekot_id, MARCH)] == ["P7", "P8"]
    assert faults(visited, row(1, personal="P9")) == [("visit_is_told_otherwise", 2)]


def test_a_second_system_that_tells_of_the_same_visit_is_refused(visited: Visited) -> None:
    handed_in(visited, row(1))

    assert faults(visited, row("A-1", system="Planering")) == [("visit_from_two_systems", 2)]


def test_a_visit_another_system_tells_with_its_own_names_of_staff_is_asked_about(visited: Visited) -> None:
    handed_in(visited, row(1))
    outcome = handed_in(visited, row(1), row("A-1", system="Planering", personal="Björn B"))

    assert [one.kind for one in outcome.objections] == [ObjectionKind.ALSO_FROM_ANOTHER_SYSTEM]
    provider = Delivery.objects.get(number=1).provider
    assert [one.kind for one in objections_of_month(provider, MARCH)] == [ObjectionKind.ALSO_FROM_ANOTHER_SYSTEM]


def test_visits_before_the_order_in_its_pause_and_after_its_end_are_kept_and_asked_about(visited: Visited) -> None:
    cecilia = at(visited.town.cast.cecilia, APRIL_FIRST)
    day = MARCH.replace
    for act, on in ((home_orders.pause_order, day(day=10)), (home_orders.end_order, day(day=25))):
        outcome = act(cecilia, visited.order_id, from_at=instant(on, 0), reason="Sjukhus", now=APRIL_FIRST)
        assert not isinstance(outcome, Refusal), outcome
    outcome = handed_in(
        visited,
        *(
            row(number, start=f"2026-03-{number:02d} 08:00", slut=f"2026-03-{number:02d} 08:30")
            for number in (1, 4, 12, 26)
        ),
    )

    assert [(one.kind, one.visit.key) for one in outcome.objections] == [
        (ObjectionKind.BEFORE_THE_ORDER, "1"),
        (ObjectionKind.DURING_A_PAUSE, "12"),
        (ObjectionKind.AFTER_THE_END, "26"),
    ]
    assert outcome.kept == 4


def test_somebody_of_another_provider_hands_in_nothing_for_this_one(visited: Visited) -> None:
    fatima = at(visited.town.cast.fatima, APRIL_FIRST)

    assert hand_in(visited, row(1), actor=fatima) is Refusal.NO_RELATION


def test_a_provider_of_another_town_is_as_if_it_did_not_exist(visited: Visited) -> None:
    elsewhere = replace(visited.elsa, municipality="motala")

    assert hand_in(visited, row(1), actor=elsewhere) is Refusal.NOT_FOUND

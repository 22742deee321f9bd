"""Visits laid beside those that are kept, and beside the orders."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.local_time import instant
from timvis.core.home_care.delivery import KeptVisit, Laid, laid
from timvis.core.home_care.objections import ObjectionKind, OrderedTime, objections
from timvis.core.home_care.ordered import Pause
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.records import Instant

AT = instant(date(2026, 3, 3), 8 * 60)
DAY = 24 * 60


def visit(key: str = "1", *, minutes: int = 30, line: int = 2, **says: object) -> RegisteredVisit:
    one = RegisteredVisit(
        key=key,
        system="Mobil",
        recipient="Alma",
        service="care",
        state=VisitState.PERFORMED,
        start_at=AT,
        end_at=Instant(AT + minutes),
        staff="P7",
        line=line,
    )
    return replace(one, **says)  # type: ignore[arg-type]  # a test names what it says


def kept(*visits: RegisteredVisit) -> list[KeptVisit]:
    return [KeptVisit(id=number, visit=one) for number, one in enumerate(visits, start=1)]


def of(*told: RegisteredVisit, beside: list[KeptVisit], is_correction: bool = False) -> Laid:
    outcome = laid(told, beside, is_correction=is_correction)
    assert isinstance(outcome, Laid), outcome
    return outcome


def test_where_a_visit_stood_in_the_file_is_no_part_of_it() -> None:
    assert of(visit(line=9), beside=kept(visit(line=2))).repeated == 1


def test_a_correction_takes_the_place_of_every_row_of_the_visit() -> None:
    two = kept(visit(), visit(staff="P8"))
    outcome = of(visit(staff="P9"), beside=two, is_correction=True)

    assert (outcome.replaced, [one.staff for one in outcome.new]) == ((1, 2), ["P9"])


def test_without_the_word_a_performed_visit_stays_as_it_was_told() -> None:
    outcome = laid([visit(minutes=31)], kept(visit()), is_correction=False)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["visit_is_told_otherwise"]


def test_a_row_less_of_a_visit_is_told_otherwise_too() -> None:
    assert isinstance(laid([visit()], kept(visit(), visit(staff="P8")), is_correction=False), tuple)


def test_a_correction_frees_the_time_it_leaves() -> None:
    outcome = laid([visit("1", minutes=45), visit("2", system="Plan")], kept(visit("1")), is_correction=True)
    assert isinstance(outcome, Laid)


@given(st.lists(st.tuples(st.sampled_from("123"), st.integers(1, 3), st.booleans()), max_size=8))
def test_what_was_just_kept_says_nothing_new(rows: list[tuple[str, int, bool]]) -> None:
    told = list({(key, staff): visit(key, staff=f"{key}{staff}") for key, staff, _ in rows}.values())

    assert of(*told, beside=kept(*told)) == Laid(new=(), replaced=(), repeated=len(told))


# --- beside the orders ------------------------------------------------------------------------------------------

ORDER = OrderedTime(recipient="Alma", services=frozenset({"care"}), from_at=Instant(AT - DAY), to_at=Instant(AT + DAY))


def kinds(one: RegisteredVisit, *orders: OrderedTime) -> list[ObjectionKind]:
    return [found.kind for found in objections([one], orders)]


def test_each_way_of_lying_outside_the_order_has_its_word() -> None:
    paused = replace(ORDER, paused=(Pause(from_at=AT, to_at=Instant(AT + 1)),))
    assert kinds(visit(), ORDER) == []
    assert kinds(visit()) == [ObjectionKind.NO_ORDER]
    assert kinds(visit(start_at=Instant(AT - DAY - 1)), ORDER) == [ObjectionKind.BEFORE_THE_ORDER]
    assert kinds(visit(start_at=Instant(AT + DAY)), ORDER) == [ObjectionKind.AFTER_THE_END]
    assert kinds(visit(), paused) == [ObjectionKind.DURING_A_PAUSE]
    assert kinds(visit(start_at=Instant(AT + 1)), paused) == []
    assert kinds(visit(service="shopping"), ORDER) == [ObjectionKind.SERVICE_IS_NOT_ORDERED]


def test_one_order_paused_leaves_what_another_asks_for() -> None:
    paused = replace(ORDER, paused=(Pause(from_at=Instant(AT - 1)),))

    assert kinds(visit(), paused, ORDER) == []


def test_only_what_was_performed_is_asked_about() -> None:
    assert kinds(visit(state=VisitState.CANCELLED)) == []

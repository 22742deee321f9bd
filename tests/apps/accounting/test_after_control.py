"""Efterkontroll: every change of fixed data in its month, and a sample that nobody can know or steer beforehand."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

import pytest

from tests.apps.attest_lists import adopt
from tests.apps.signed_months import LATER, an_ordered_claim, claim
from tests.cast import NOW, TOWN, Cast, a_payee, in_another_town, ok, with_role
from timvis.apps.accounting.after_control import FIXED_DATA, control_afterwards, fixed_data_changes, sample
from timvis.apps.accounting.models import AfterControl, Entry
from timvis.apps.audit.actions import seal
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.persons import give_role
from timvis.apps.parties import actions as parties
from timvis.core.access import Actor, Role
from timvis.core.after_control import draw, sample_size
from timvis.core.faults import Refusal
from timvis.core.ledger import EntryKind

FEBRUARY = date(2021, 2, 1)
IN_MARCH = datetime(2021, 3, 1, 6, 0, tzinfo=NOW.tzinfo)


def changes(month_on: date = FEBRUARY, town: str = TOWN) -> list[tuple[str, str, str]]:
    return [(one.action, one.person_name, one.about) for one in fixed_data_changes(town, month_on)]


# --- what was changed ----------------------------------------------------------------------------------------


def test_a_changed_account_is_told_with_who_and_to_what(cast: Cast) -> None:
    told = a_payee("Ekot Förvaltning AB", "54029681", valid_from=date(2021, 1, 1))
    ok(parties.change_payee(cast.greta, payee_id=cast.payee_id, particulars=told, seen=1, now=NOW))

    assert changes() == [("change_payee", "Greta Ström", "Ekot Förvaltning AB, bankgiro 54029681")]


def test_rights_and_roles_are_told_too(cast: Cast) -> None:
    adopt(cast)
    ok(
        give_role(
            cast.machine,
            person_id=cast.hasse.person_id,
            role=Role.BUDGET_OWNER,
            held_from=FEBRUARY,
            reason="Vikarie",
            now=NOW,
        )
    )

    assert changes() == [
        ("adopt_attest_list", "Olga Orre", "Individ- och familjenämnden, lista 1"),
        ("give_role", "Timvis", "Hasse Holm budget_owner"),
    ]


def test_every_change_of_the_month_is_on_the_list_and_no_other(cast: Cast) -> None:
    december = date(2018, 12, 1)

    told = changes(december)

    logged = LogEntry.objects.filter(action__in=[one.value for one in FIXED_DATA], outcome="done")
    assert len(told) == logged.count() > 5
    assert changes(date(2018, 11, 1)) == changes(date(2019, 1, 1)) == []
    assert changes(december, "motala") == []


def test_what_was_refused_changed_nothing(cast: Cast) -> None:
    parties.change_payee(
        cast.cecilia,
        payee_id=cast.payee_id,
        particulars=a_payee("Cecilia", "54029681", valid_from=FEBRUARY),
        seen=1,
        now=NOW,
    )

    assert changes() == []


# --- the sample ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "size"), [(0, 0), (3, 3), (5, 5), (100, 5), (101, 6), (2000, 100)])
def test_one_in_twenty_is_drawn_and_five_at_the_least(count: int, size: int) -> None:
    assert sample_size(count) == size
    assert len(draw(map(str, range(count)), "frö")) == size


def test_anybody_can_draw_the_sample_again_by_hand() -> None:
    numbers = [f"ekstad-2021-{n:04d}" for n in range(200)]
    by_hand = sorted(numbers, key=lambda number: sha256(f"frö\n{number}".encode()).hexdigest())

    assert draw(numbers, "frö") == tuple(by_hand[:10])
    assert draw(reversed(numbers), "frö") == draw(numbers, "frö")
    assert draw(numbers, "annat frö") != draw(numbers, "frö")


@pytest.fixture
def number(cast: Cast) -> str:
    """Return the number of a claim that the bank paid in February."""
    number = an_ordered_claim(cast)
    Entry.objects.create(
        series=TOWN,
        number=900,
        booked_on=date(2021, 2, 15),
        text="Betald",
        kind=EntryKind.SETTLEMENT,
        claim=claim(number),
    )
    return number


def test_the_sample_is_drawn_when_the_log_is_sealed_after_the_month(number: str) -> None:
    seal(LATER)
    assert sample(TOWN, FEBRUARY) is None, "whoever pays in February can't know what will be drawn"

    LogEntry.objects.create(at=IN_MARCH, action="look_at_log", outcome="done", municipality=TOWN)
    made = seal(IN_MARCH)

    drawn = sample(TOWN, FEBRUARY)
    assert drawn is not None
    assert made is not None
    assert (drawn.seed, drawn.paid, [one.number for one in drawn.claims]) == (made.digest, 1, [number])


# --- the controller's word -----------------------------------------------------------------------------------


def controller(cast: Cast) -> Actor:
    return with_role(replace(cast.david, logged_in_at=IN_MARCH), Role.CONTROLLER)


def look_again(
    actor: Actor, number: str, *, is_right: bool = True, note: str = "", month_on: date = FEBRUARY
) -> int | Refusal:
    return control_afterwards(actor, number, month_on=month_on, is_right=is_right, note=note, now=IN_MARCH)


@pytest.fixture
def drawn(number: str) -> str:
    LogEntry.objects.create(at=IN_MARCH, action="look_at_log", outcome="done", municipality=TOWN)
    seal(IN_MARCH)
    return number


def test_a_controller_records_what_she_found(cast: Cast, drawn: str) -> None:
    konrad = with_role(cast.fatima, Role.CONTROLLER)

    ok(look_again(konrad, drawn))
    ok(look_again(konrad, drawn, is_right=False, note="Tidrapporten saknar underskrift."))

    assert [(row.is_right, row.note) for row in AfterControl.objects.order_by("id")] == [
        (True, ""),
        (False, "Tidrapporten saknar underskrift."),
    ]
    assert look_again(konrad, drawn, is_right=False, note=" ") is Refusal.REASON_IS_MISSING


def test_nobody_controls_what_she_signed(cast: Cast, drawn: str) -> None:
    assert look_again(controller(cast), drawn) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_only_what_was_drawn_is_ticked(cast: Cast, drawn: str) -> None:
    konrad = with_role(cast.fatima, Role.CONTROLLER)

    assert look_again(konrad, drawn, month_on=date(2021, 1, 1)) is Refusal.WRONG_STATE
    assert look_again(in_another_town(konrad), drawn) is Refusal.NOT_FOUND
    assert look_again(cast.greta, drawn) is Refusal.ROLE_DOES_NOT_ALLOW

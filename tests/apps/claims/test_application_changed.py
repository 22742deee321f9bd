"""An application that is changed or taken back: every version stays, and what was said of the old one is void."""

import pytest

from tests.apps.applications import sickness as a
from tests.apps.signed_months import law
from tests.cast import Cast, ok, on_stage
from timvis.apps.applications.models import Application, ApplicationVersion
from timvis.apps.applications.particulars import Applied
from timvis.apps.claims import application_acts
from timvis.apps.claims.queries import standing
from timvis.core.access import Actor, ClaimStatus
from timvis.core.faults import Fault, Refusal


@pytest.fixture
def cast(db: None) -> Cast:
    everybody = on_stage(a.TOWN, "Östhammars kommun")
    a.adopt(everybody)
    return everybody


def change(
    actor: Actor, number: str, applied: Applied, *, reason: str = "Vikarien arbetade bara fyra dagar", seen: str = ""
) -> int | Refusal | tuple[Fault, ...]:
    return application_acts.change_application(
        a.at(actor, a.LATER),
        number,
        applied,
        reason=reason,
        seen=seen or standing(a.claim(number)),
        law=law(),
        now=a.LATER,
    )


def four_days() -> Applied:
    week = a.a_week()
    return a.almas(week | {"shift": week["shift"][:4], "substitute": week["substitute"][:4]})


def test_a_new_version_sends_the_case_back_to_be_judged_anew(cast: Cast) -> None:
    number = a.applied_for(cast)
    first = ok(a.calculate(cast, number))

    assert change(cast.cecilia, number, four_days()) == 2

    claim = a.claim(number)
    assert claim.status == ClaimStatus.RECEIVED
    assert claim.round == first.round + 1
    assert [one.number for one in ApplicationVersion.objects.order_by("number")] == [1, 2]
    assert ok(a.calculate(cast, number)).statement.total_ore < a.TOTAL_ORE


def test_the_applicant_changes_her_own(cast: Cast) -> None:
    number = a.applied_for(cast)

    assert change(cast.alma, number, four_days()) == 2


def test_a_change_takes_a_reason_and_the_version_that_was_seen(cast: Cast) -> None:
    number = a.applied_for(cast)

    assert change(cast.cecilia, number, four_days(), reason=" ") is Refusal.REASON_IS_MISSING
    assert change(cast.cecilia, number, four_days(), seen="något annat") is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_change_with_a_fault_changes_nothing(cast: Cast) -> None:
    number = a.applied_for(cast)

    outcome = change(cast.cecilia, number, a.almas(a.a_week(paid_on="i våras")))

    assert isinstance(outcome, tuple)
    assert [fault.column for fault in outcome] == ["part[1].paid_on"]
    assert ApplicationVersion.objects.count() == 1
    assert a.claim(number).status == ClaimStatus.RECEIVED


def withdraw(actor: Actor, number: str, reason: str = "Jag ansökte två gånger") -> ClaimStatus | Refusal:
    return application_acts.withdraw(
        a.at(actor, a.LATER), number, reason=reason, seen=standing(a.claim(number)), now=a.LATER
    )


def test_an_application_that_is_taken_back_is_paid_nothing_and_can_be_made_again(cast: Cast) -> None:
    number = a.applied_for(cast)

    assert withdraw(cast.alma, number) is ClaimStatus.RETURNED

    assert Application.objects.get().withdrawn_at == a.LATER
    assert withdraw(cast.alma, number) is Refusal.WRONG_STATE
    assert change(cast.cecilia, number, four_days()) is Refusal.WRONG_STATE
    again = a.applied_for(cast)
    assert "shift_is_claimed_already" not in a.codes(a.review(cast, again))


def test_somebody_else_does_not_take_it_back(cast: Cast) -> None:
    number = a.applied_for(cast)

    assert withdraw(cast.fatima, number) is Refusal.NO_RELATION

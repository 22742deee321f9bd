"""A routine tried on last year's invoices: the amount is the invoice's own, and who may not be the same is told."""

from dataclasses import replace

import pytest

from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office, an_office
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.accounting.simulating import simulated_year
from timvis.apps.claims.models import Claim
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act, ClaimKind, Routine, Separation
from timvis.core.routine.simulation import SimulatedCase
from timvis.formats.routine.packaged import packaged_routine

AMOUNT_ORE = 3_630_000


@pytest.fixture
def office(db: None) -> Office:
    return an_office()


def simulated(routine: Routine) -> SimulatedCase:
    """Return what a routine would have done to the one invoice of the year."""
    year = simulated_year(routine, Claim.objects.all(), law())
    assert year is not None
    (case,) = year.simulation.cases
    return case


@pytest.fixture
def routine(office: Office) -> Routine:
    """The routine of an invoice that everybody up to the decision attest has signed."""
    number = at.opened(
        office, at.register(office, at.ekots("E-1")), ClaimKind.ASSISTANCE, at.beda(office, AMOUNT_ORE, 110 * 60)
    )
    ok(at.stamp(office, number))
    at.check(office, number)
    ok(at.state(office, number))
    for act in (Act.REVIEW_ATTEST, Act.MATCH_HOURS):
        ok(at.sign(office.cast.greta, number, act))
    ok(at.decide(office, number, amount_ore=AMOUNT_ORE))
    ok(at.sign(office.cast.cecilia, number, Act.RECEIPT_ATTEST))
    found = packaged_routine("motala/sick_cost_and_assistance")
    assert found is not None
    return found


def test_an_invoice_comes_to_the_same_by_any_rate(routine: Routine) -> None:
    case = simulated(replace(routine, rate="assistance.hourly_rate"))

    assert (case.before_ore, case.restated.total_ore, case.difference_ore) == (AMOUNT_ORE, AMOUNT_ORE, 0)


def test_a_routine_that_takes_no_invoices_pays_none(routine: Routine) -> None:
    case = simulated(replace(routine, accepts_invoices=False))

    assert case.restated.total_ore is None
    assert "tar inte emot fakturor" in case.restated.gap


@pytest.mark.parametrize("before", [Act.REGISTER, Act.ACCOUNT_STAMP])
def test_who_registered_or_stamped_it_counts_among_those_kept_apart(routine: Routine, before: Act) -> None:
    apart = Separation(code="new", acts=(before, Act.REVIEW_ATTEST), text="Den som tog emot granskar inte.")
    case = simulated(replace(routine, separations=(*routine.separations, apart)))

    assert [(hand.step, hand.refusal) for hand in case.refused] == [
        ("review_attest", Refusal.SAME_PERSON_ALREADY_SIGNED)
    ]


def test_who_decided_counts_among_those_kept_apart(routine: Routine) -> None:
    apart = Separation(code="new", acts=(Act.DECIDE, Act.RECEIPT_ATTEST), text="Den som beslutar tar inte emot.")
    case = simulated(replace(routine, separations=(*routine.separations, apart)))

    assert [hand.step for hand in case.refused] == ["receipt_attest"]

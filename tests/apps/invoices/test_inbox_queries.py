"""What waits for a signature is asked for at once: five invoices cost as many questions as one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office, an_office
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.accounting.attest_batches import inboxes
from timvis.apps.attestation.queries import to_sign
from timvis.apps.attestation.waiting import waiting
from timvis.core.review.finding import WordKind
from timvis.core.routine.records import Act, ClaimKind

FIVE = 5


@pytest.fixture
def office(db: None) -> Office:
    return an_office()


def stated(office: Office, number: str) -> str:
    """Return the number of a claim on an invoice for Beda's hours, of which the review attest waits for Greta."""
    laid = at.beda(office, 660_000, 20 * 60), at.alma(office, 660_000, 20 * 60)
    line = at.BilledLine(text="Personlig assistans mars", hours="40", price="330.00", amount="13200.00")
    claim = at.opened(office, at.register(office, at.ekots(number, line)), ClaimKind.ASSISTANCE, *laid)
    ok(at.stamp(office, claim))
    at.check(office, claim)
    for finding in at.check(office, claim).findings:
        ok(
            at.claims.give_word(
                office.cast.cecilia, claim, [finding.key], WordKind.SET_ASIDE, reason="Utrett.", now=at.NOW
            )
        )
    ok(at.state(office, claim))
    return claim


def asked(office: Office) -> tuple[int, int, int]:
    """Return how many claims wait for Greta, and how many queries it took to list them and to show her inbox."""
    greta = at.logged_in(office.cast.greta, at.NOW)
    with CaptureQueriesContext(connection) as to_list:
        found = waiting(greta, law=law(), now=at.NOW)
    with CaptureQueriesContext(connection) as to_show:
        inboxes(greta, law=law(), now=at.NOW)
    return len(found), len(to_list), len(to_show)


def test_five_invoices_are_asked_for_with_as_many_queries_as_one(office: Office) -> None:
    numbers = [stated(office, "E-1")]
    one = asked(office)
    numbers += [stated(office, f"E-{n}") for n in range(2, FIVE + 1)]
    five = asked(office)

    assert (one[0], five[0]) == (1, FIVE)
    assert one[1:] == five[1:]


def test_what_is_shown_among_many_is_what_is_shown_alone(office: Office) -> None:
    numbers = [stated(office, f"E-{n}") for n in range(1, 4)]
    ok(at.sign(office.cast.greta, numbers[0], Act.REVIEW_ATTEST))

    for wait in waiting(at.logged_in(office.cast.greta, at.NOW), law=law(), now=at.NOW):
        alone = to_sign(at.claim(wait.claim.number), now=at.NOW)
        assert alone is not None
        assert alone.shown == wait.grounds.shown
        assert [code for code, _ in wait.grounds.shown.coding if code.endswith("konto")] == ["1 konto", "2 konto"]

"""The queue: what is due first comes first, and of those the one where most money is at risk."""

from tests.apps.claims.january import a_file, a_handed_in_claim, review
from tests.apps.signed_months import let_elsa_report, publish
from tests.cast import OTHER_TOWN, TOWN, Cast
from timvis.apps.claims.queries import queue


def test_a_waiting_claim_tells_what_is_left_to_answer_and_what_it_may_cost(cast: Cast) -> None:
    publish(cast)
    let_elsa_report(cast)
    number = a_handed_in_claim(cast, a_file(4, 5, is_signed=False))
    review(cast, number)
    review(cast, number)

    (row,) = queue(TOWN)

    # Two shifts of eight hours at 299 kr, each objected to once by the newest review alone.
    assert (row.number, row.findings, row.money_at_risk_ore) == (number, 2, 2 * 8 * 29_900)
    assert queue(OTHER_TOWN) == ()

"""Calculating a claim: frozen whole, versioned, and the same for ever."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.apps.claims.january import a_file, a_handed_in_claim, elsa_hands_in, in_the_register, review
from tests.apps.signed_months import PAYABLE_ORE, law, let_elsa_report, publish
from tests.cast import NOW, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims import judging, records
from timvis.apps.claims.models import Claim, Statement
from timvis.apps.claims.queries import recompute_all
from timvis.core.faults import Refusal
from timvis.core.law import LawBook, LawGap
from timvis.core.review.finding import WordKind


@pytest.fixture(autouse=True)
def _published(cast: Cast) -> None:
    publish(cast)
    let_elsa_report(cast)


def a_calculated_claim(cast: Cast) -> str:
    number = a_handed_in_claim(cast)
    review(cast, number)
    ok(claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW))
    return number


def test_the_statement_is_what_the_hours_are_worth(cast: Cast) -> None:
    number = a_calculated_claim(cast)

    row = Statement.objects.get()
    assert (row.number, row.total_ore, in_the_register(number).status) == (1, PAYABLE_ORE, "calculated")
    assert records.statement(row).digest == row.digest


def test_every_finding_that_needs_a_word_has_one_first(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4, is_signed=False))
    review(cast, number)

    assert claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW) is Refusal.FINDINGS_WITHOUT_WORD


def test_a_refused_shift_is_not_paid_and_says_why(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4), a_file(5, is_signed=False, name="unsigned.csv"))
    keys = [finding.key for finding in review(cast, number).findings]
    ok(claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, now=NOW))

    made = ok(claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW)).statement

    assert made.total_ore == PAYABLE_ORE
    assert [(line.code, line.quantity) for line in made.lines] == [
        ("performed_within_the_decision", "8"),
        ("assistants_signature_was_missing", "8"),
    ]


def test_a_review_that_is_out_of_date_is_made_again_first(cast: Cast) -> None:
    number = a_handed_in_claim(cast)
    review(cast, number)
    elsa_hands_in(cast, a_file(5, name="more.csv"))
    Claim.objects.filter(number=number).update(status="in_review")

    assert claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW) is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_new_statement_begins_a_new_round_and_the_old_one_is_kept(cast: Cast) -> None:
    number = a_calculated_claim(cast)
    review(cast, number)

    again = ok(claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW))

    assert (again.number, again.round) == (2, 2)
    assert Statement.objects.count() == 2


def test_a_claim_nobody_has_reviewed_is_not_calculated(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    assert claims.calculate_claim(cast.cecilia, number, law=law(), now=NOW) is Refusal.WRONG_STATE


def test_a_month_without_a_decided_rate_stops_and_nothing_is_kept(cast: Cast) -> None:
    number = a_handed_in_claim(cast)
    review(cast, number)

    with pytest.raises(LawGap) as gap:
        claims.calculate_claim(cast.cecilia, number, law=without_the_rate(), now=NOW)

    assert gap.value.code == "local.vasteras.amount"
    assert (Statement.objects.count(), in_the_register(number).status) == (0, "in_review")


def without_the_rate() -> LawBook:
    book = law()
    rate = book.values["local.vasteras.amount"]
    rows = tuple(row for row in rate.rows if row.from_on.year != 2021)
    return replace(book, values={**book.values, rate.code: replace(rate, rows=rows)})


# --- the same for ever ----------------------------------------------------------------------------------------


def test_every_statement_comes_out_the_same_again(cast: Cast) -> None:
    a_calculated_claim(cast)

    made = recompute_all(law())

    assert (made.statements, made.first_failure) == (1, None)


def test_a_number_that_was_corrected_afterwards_changes_no_old_amount(cast: Cast) -> None:
    a_calculated_claim(cast)
    book = law()
    rate = book.values["local.vasteras.amount"]
    corrected = [
        replace(row, value=Decimal(310), known_on=judging.known_on(book) + timedelta(days=1))
        for row in rate.rows
        if row.from_on == date(2021, 1, 1)
    ]
    later = replace(book, values={**book.values, rate.code: replace(rate, rows=(*rate.rows, *corrected))})

    assert recompute_all(later).first_failure is None


def test_a_rule_of_calculation_that_changed_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = a_calculated_claim(cast)
    honest = judging.state

    monkeypatch.setattr(
        "timvis.apps.claims.judging.state",
        lambda given, book: replace(honest(given, book), lines=()),
    )
    failure = recompute_all(law()).first_failure

    assert failure is not None
    assert (failure.claim_number, failure.number) == (number, 1)

"""Reviewing a claim: on what is known now, with what lies beside it in other claims."""

from datetime import date, timedelta

import pytest

from tests.apps.claims.january import a_file, a_handed_in_claim, in_the_register, review
from tests.apps.signed_months import law, let_elsa_report, publish
from tests.cast import NOW, Cast, a_decision, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims import records
from timvis.apps.claims.models import Claim, Finding, Review
from timvis.apps.decisions import actions as decisions
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.core.faults import Refusal


@pytest.fixture(autouse=True)
def _published(cast: Cast) -> None:
    publish(cast)
    let_elsa_report(cast)


def test_a_month_that_nothing_speaks_against_has_no_findings(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    reviewed = review(cast, number)

    assert reviewed.findings == ()
    assert reviewed.sums.actual_minutes == 8 * 60
    assert in_the_register(number).status == "in_review"


def test_a_finding_points_at_its_shift_and_can_be_read_back_as_it_was_made(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4, is_signed=False))

    (found,) = review(cast, number).findings

    row = Finding.objects.get()
    assert (found.code, row.shift is not None) == ("assistants_signature_was_missing", True)
    assert row.shift is not None
    assert row.shift.work_on == date(2021, 1, 4)
    assert records.findings(Finding.objects.all()) == (found,)


def test_a_review_again_is_a_new_review_and_the_first_is_kept(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4, is_signed=False))

    first, second = review(cast, number), review(cast, number)

    assert (first.number, second.number) == (1, 2)
    assert [finding.key for finding in first.findings] == [finding.key for finding in second.findings]
    assert Review.objects.count() == 2


def test_only_what_was_known_then_counts(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4, 18))
    ok(
        parties.change_recipient(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            particulars=RecipientParticulars(name="Alma Åkesson", died_on=date(2021, 1, 10)),
            seen=1,
            now=NOW + timedelta(days=2),
        )
    )

    before, after = review(cast, number), review(cast, number, now=NOW + timedelta(days=3))

    assert before.findings == ()
    assert [finding.code for finding in after.findings] == ["work_was_after_the_recipients_death"]


def test_a_decision_that_came_later_is_seen_by_the_next_review(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(*range(4, 30)))
    increase = a_decision(valid_from=date(2021, 1, 1), hours_a_week=20)
    later = NOW + timedelta(days=5)

    # 26 shifts of 8 hours are 208; 40 hours a week are 177 h 8 min in January's 31 days, and 60 are 265.
    before = {finding.code for finding in review(cast, number).findings}
    ok(
        decisions.register_decision(
            cast.cecilia, recipient_id=cast.recipient_id, reference="LSS-2021-3", particulars=increase, now=later
        )
    )
    after = {finding.code for finding in review(cast, number, now=later).findings}

    assert before - after == {"hours_were_beyond_the_granted_hours"}


def test_the_same_shift_in_another_claim_is_seen_without_telling_whose_it_is(cast: Cast) -> None:
    a_handed_in_claim(cast, a_file(4))
    Claim.objects.update(status="booked", month_on=date(2020, 12, 1))
    number = a_handed_in_claim(cast, a_file(4, name="again.csv", is_signed=False))

    codes = {finding.code for finding in review(cast, number).findings}

    assert "shift_was_reported_twice" in codes
    (other,) = records.case(in_the_register(number), known_at=NOW).others
    assert (len(other.reference), other.is_same_recipient, other.is_same_employer) == (16, True, True)


def test_hours_that_were_sent_back_stand_beside_nothing(cast: Cast) -> None:
    a_handed_in_claim(cast, a_file(4))
    Claim.objects.update(status="returned", month_on=date(2020, 12, 1))
    number = a_handed_in_claim(cast, a_file(4, name="again.csv"))

    assert review(cast, number).findings == ()


def test_a_provider_does_not_review(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    assert claims.review_claim(cast.elsa, number, law=law(), now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_claim_that_does_not_exist_is_not_found(cast: Cast) -> None:
    assert claims.review_claim(cast.cecilia, "vasteras-2021-0099", law=law(), now=NOW) is Refusal.NOT_FOUND

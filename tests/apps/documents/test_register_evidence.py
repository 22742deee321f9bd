"""Documents before the start: what is in, for whom, since when, and what is still missing."""

from datetime import date, timedelta

from tests.cast import NOW, Cast, ok
from timvis.apps.documents import actions, queries
from timvis.core.faults import Refusal

TODAY = NOW.date()
WANTED = ("power_of_attorney", "ivo_notice", "payee_form")


def missing(cast: Cast, *, on: date = TODAY, provider_id: int | None = None) -> tuple[str, ...]:
    return queries.missing_evidence(
        WANTED,
        recipient_id=cast.recipient_id,
        provider_id=provider_id or cast.ekot_id,
        on=on,
        known_at=NOW + timedelta(days=1),
    )


def test_everything_is_missing_at_first_in_the_order_it_is_wanted(cast: Cast) -> None:
    assert missing(cast) == WANTED


def test_a_document_counts_from_the_day_it_came(cast: Cast) -> None:
    ok(
        actions.register_evidence(
            cast.greta,
            requirement="power_of_attorney",
            recipient_id=cast.recipient_id,
            received_on=date(2021, 1, 20),
            now=NOW,
        )
    )

    assert missing(cast, on=date(2021, 1, 19)) == WANTED
    assert missing(cast, on=date(2021, 1, 20)) == ("ivo_notice", "payee_form")


def test_a_document_about_one_provider_says_nothing_about_another(cast: Cast) -> None:
    ok(
        actions.register_evidence(
            cast.greta,
            requirement="ivo_notice",
            provider_id=cast.ekot_id,
            received_on=date(2021, 1, 20),
            now=NOW,
        )
    )

    assert missing(cast) == ("power_of_attorney", "payee_form")
    assert missing(cast, provider_id=cast.fjarran_id) == WANTED


def test_of_two_that_came_the_first_day_counts(cast: Cast) -> None:
    for day in (date(2021, 1, 25), date(2021, 1, 20)):
        actions.register_evidence(
            cast.greta,
            requirement="payee_form",
            recipient_id=cast.recipient_id,
            provider_id=cast.ekot_id,
            received_on=day,
            now=NOW,
        )

    days = queries.evidence_in(recipient_id=cast.recipient_id, provider_id=cast.ekot_id, on=NOW.date(), known_at=NOW)
    assert days == {"payee_form": date(2021, 1, 20)}


def test_a_document_about_nobody_or_about_somebody_elsewhere_is_not_found(cast: Cast) -> None:
    about_nobody = actions.register_evidence(cast.greta, requirement="ivo_notice", received_on=NOW.date(), now=NOW)
    about_a_stranger = actions.register_evidence(
        cast.greta,
        requirement="ivo_notice",
        recipient_id=cast.recipient_id,
        provider_id=999_999,
        received_on=NOW.date(),
        now=NOW,
    )

    assert about_nobody is about_a_stranger is Refusal.NOT_FOUND


def test_a_provider_does_not_register_that_its_own_documents_are_in(cast: Cast) -> None:
    refusal = actions.register_evidence(
        cast.elsa, requirement="ivo_notice", provider_id=cast.ekot_id, received_on=NOW.date(), now=NOW
    )

    assert refusal is Refusal.ROLE_DOES_NOT_ALLOW

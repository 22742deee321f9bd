"""What somebody changed past Timvis, behind the guards' back: the log remembers, and the check tells."""

import pytest

from tests.apps.audit.past_the_guards import behind_the_guards
from tests.apps.signed_months import a_calculated_claim, sign_all
from tests.cast import NOW, Cast, ok
from timvis.apps.attestation.queries import unproven_signatures
from timvis.apps.claims.models import Claim
from timvis.apps.documents.actions import keep_original
from timvis.apps.documents.queries import altered_originals
from timvis.apps.routines.queries import altered_versions
from timvis.core.access import Relation


@pytest.fixture
def number(cast: Cast) -> str:
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    ok(
        keep_original(
            cast.elsa,
            content=b"datum;tid",
            media_type="text/csv",
            file_name="januari.csv",
            relation=Relation.OWN_PROVIDER,
            now=NOW,
        )
    )
    return number


def test_a_month_that_nobody_touched_is_as_the_log_saw_it(number: str) -> None:
    assert (unproven_signatures(), altered_originals(), altered_versions()) == ((), (), ())


def test_a_signature_given_to_somebody_else_is_found(cast: Cast, number: str) -> None:
    behind_the_guards(
        "attestation_signedact",
        "UPDATE attestation_signedact SET person_id = %s WHERE act = 'decision_attest'",
        cast.greta.person_id,
    )

    assert unproven_signatures() == (f"{number}: decision_attest",)


def test_a_signature_moved_to_another_amount_is_found(number: str) -> None:
    behind_the_guards(
        "attestation_signedact",
        "UPDATE attestation_signedact SET statement_digest = %s WHERE act = 'review_attest'",
        "0" * 64,
    )

    assert unproven_signatures() == (f"{number}: review_attest",)


def test_a_signature_that_the_log_never_saw_is_found(cast: Cast, number: str) -> None:
    behind_the_guards("audit_logentry", "DELETE FROM audit_logentry WHERE action = 'payment_release'")

    assert unproven_signatures() == (f"{number}: payment_release",)


def test_a_file_whose_bytes_were_changed_is_found(number: str) -> None:
    behind_the_guards(
        "documents_original",
        "UPDATE documents_original SET content = %s WHERE file_name = 'januari.csv'",
        b"datum;tid;mer",
    )

    assert altered_originals() == ("januari.csv",)


def test_a_routine_rewritten_after_it_was_published_is_found(number: str) -> None:
    version = Claim.objects.get(number=number).routine_version
    behind_the_guards(
        "routines_routineversion",
        "UPDATE routines_routineversion SET text = text || '# tillagt i efterhand' WHERE id = %s",
        version.pk,
    )

    assert altered_versions() == (f"{version.slug}, version {version.number}",)

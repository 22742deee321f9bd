"""Absences: hospital, school, daily activity, as instants and as they were known."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.cast import NOW, Cast, ok
from timvis.apps.parties import actions, records
from timvis.core.faults import Refusal
from timvis.core.records import Absence, AbsenceKind, Instant

MONDAY = Instant(26_869_980)


def test_an_absence_can_be_read_as_a_record_once_it_is_known(cast: Cast) -> None:
    ok(
        actions.register_absence(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            kind=AbsenceKind.HOSPITAL,
            start_at=MONDAY,
            end_at=Instant(MONDAY + 60),
            now=NOW,
        )
    )

    expected = Absence(kind=AbsenceKind.HOSPITAL, start_at=MONDAY, end_at=Instant(MONDAY + 60))
    assert records.absences(cast.recipient_id, known_at=NOW) == (expected,)
    assert records.absences(cast.recipient_id, known_at=NOW - timedelta(seconds=1)) == ()


def test_a_provider_does_not_register_absences(cast: Cast) -> None:
    refusal = actions.register_absence(
        cast.elsa,
        recipient_id=cast.recipient_id,
        kind=AbsenceKind.SCHOOL,
        start_at=MONDAY,
        end_at=Instant(MONDAY + 60),
        now=NOW,
    )

    assert refusal is Refusal.ROLE_DOES_NOT_ALLOW


def test_an_absence_that_ends_before_it_begins_cannot_be_stored(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="ends_after_it_begins"):
        actions.register_absence(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            kind=AbsenceKind.SCHOOL,
            start_at=MONDAY,
            end_at=MONDAY,
            now=NOW,
        )

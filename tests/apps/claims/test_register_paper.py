"""A month on paper: typed in by the office, judged by the day the paper came."""

from datetime import timedelta

import pytest

from tests.apps.claims.january import in_the_register, january_of
from tests.apps.signed_months import a_form, hand_in, publish
from tests.cast import NOW, Cast
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import typed
from timvis.apps.claims.models import Claim, Report
from timvis.core.faults import Refusal


@pytest.fixture(autouse=True)
def _published(cast: Cast) -> None:
    publish(cast)


def test_a_typed_form_is_kept_as_it_was_typed(cast: Cast) -> None:
    number = hand_in(cast, 4, 5)

    report = Report.objects.get(claim__number=number)
    assert report.original is not None
    assert report.original.file_name == "bjorn.json"
    assert b'"Alma \xc3\x85kesson"' in bytes(report.original.content)
    assert report.shifts.count() == 2


def test_nobody_stands_as_the_one_who_handed_it_in_but_the_one_who_typed_it_is_known(cast: Cast) -> None:
    claim = in_the_register(hand_in(cast))

    assert (claim.submitted_by_id, claim.registered_by_id) == (None, cast.greta.person_id)
    assert not claim.submitted_by_provider


def test_the_day_the_paper_came_is_the_day_it_came_in(cast: Cast) -> None:
    month = january_of(cast, typed("bjorn.json", a_form(4)))

    claims.register_paper(cast.greta, month, received_at=NOW - timedelta(days=3), now=NOW)

    assert Claim.objects.get().received_at == NOW - timedelta(days=3)


def test_a_form_that_cannot_be_read_gives_its_faults_by_row_and_field(cast: Cast) -> None:
    form = {**a_form(4), "redovisningsmanad": "januari"}

    faults = claims.register_paper(cast.greta, january_of(cast, typed("bjorn.json", form)), received_at=NOW, now=NOW)

    assert isinstance(faults, tuple)
    assert {fault.column for fault in faults} >= {"redovisningsmanad"}
    assert Claim.objects.count() == 0


def test_a_provider_does_not_register_papers(cast: Cast) -> None:
    month = january_of(cast, typed("bjorn.json", a_form(4)))

    assert claims.register_paper(cast.fatima, month, received_at=NOW, now=NOW) is Refusal.NO_RELATION

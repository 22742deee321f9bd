"""An application on paper or by telephone: an officer types it, and the day it came is the one that counts."""

from datetime import date, timedelta

from tests.apps.applications import sickness as a
from tests.apps.signed_months import law
from tests.cast import DAVID_NUMBER, Cast
from timvis.apps.applications.models import Application, ApplicationVersion, AppliedBy, CameBy, Represents
from timvis.apps.applications.particulars import PaperFile
from timvis.apps.claims import application_acts
from timvis.core.faults import Refusal

SCAN = PaperFile(name="ansokan.pdf", content=b"%PDF-1.7 bild", media_type="application/pdf")


def test_what_came_on_paper_is_the_same_case_with_the_day_it_came(cast: Cast) -> None:
    number = a.registered(cast, a.almas())

    assert isinstance(number, str), number
    claim = a.claim(number)
    assert claim.received_at.date() == date(2019, 3, 1)
    assert claim.submitted_by_id is None
    assert claim.registered_by_id == cast.cecilia.person_id
    assert Application.objects.get().came_by == CameBy.PAPER


def test_the_picture_of_the_paper_is_kept(cast: Cast) -> None:
    number = application_acts.register_application(
        a.at(cast.cecilia),
        cast.recipient_id,
        cast.ekot_id,
        a.almas(),
        came_by=CameBy.PAPER,
        received_at=a.NOW,
        law=law(),
        now=a.NOW,
        paper=SCAN,
    )

    assert isinstance(number, str), number
    original = ApplicationVersion.objects.get().original
    assert original is not None
    assert bytes(original.content) == SCAN.content


def test_a_call_without_signature_is_taken_in_and_the_signature_asked_for(cast: Cast) -> None:
    number = a.registered(cast, a.almas(signed_on=None), came_by=CameBy.TELEPHONE)

    assert isinstance(number, str), number
    missing = {one.place for one in a.review(cast, number).findings if one.code == "paper_is_missing"}
    assert "application_signature" in missing


def test_a_guardian_applies_on_paper(cast: Cast) -> None:
    says = a.almas(
        applied_by=AppliedBy.REPRESENTATIVE,
        represents=Represents.LIMITED_GUARDIAN,
        applicant_number=DAVID_NUMBER,
        applicant_name="Gunnar Gran",
    )

    number = a.registered(cast, says)

    assert isinstance(number, str), number
    assert ApplicationVersion.objects.get().represents == Represents.LIMITED_GUARDIAN


def test_nothing_has_come_in_on_a_day_that_has_not_been(cast: Cast) -> None:
    outcome = a.registered(cast, a.almas(), received_at=a.NOW + timedelta(days=1))

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["received_in_the_future"]


def test_a_provider_registers_nothing(cast: Cast) -> None:
    assert a.registered(cast, a.ekots(), actor=cast.elsa) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_town_without_a_routine_says_so(cast: Cast) -> None:
    early = a.NOW.replace(year=2005)

    assert a.registered(cast, a.almas(), received_at=early) is Refusal.ROUTINE_IS_NOT_PUBLISHED

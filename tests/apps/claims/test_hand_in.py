"""Handing in a month: kept whole with its originals, or not at all."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.apps.claims.january import (
    a_file,
    a_handed_in_claim,
    elsa_hands_in,
    in_the_register,
    january_of,
    review,
)
from tests.apps.signed_months import let_elsa_report, publish
from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedFile, HandedIn
from timvis.apps.claims.models import Claim, Report, Shift
from timvis.apps.documents.models import Original
from timvis.apps.documents.records import kept_file
from timvis.apps.routines.queries import for_claim
from timvis.core.faults import Refusal
from timvis.core.records import ProviderKind, Regime
from timvis.core.routine.records import ClaimKind

OWN_EMPLOYERS = (Path(__file__).parents[3] / "examples" / "vasteras" / "own_employer.toml").read_bytes()


@pytest.fixture(autouse=True)
def _published(cast: Cast) -> None:
    publish(cast)
    let_elsa_report(cast)


def test_a_month_becomes_a_claim_with_its_shifts_and_its_original(cast: Cast) -> None:
    file = a_file(4, 5)

    handed = elsa_hands_in(cast, file)

    assert handed == HandedIn(claim_number="vasteras-2021-0001", new_reports=1)
    claim = in_the_register("vasteras-2021-0001")
    assert (claim.status, claim.version, claim.submitted_by_id) == ("received", 1, cast.elsa.person_id)
    report = Report.objects.get()
    assert (report.number, report.is_current, report.assistant_signed_on is not None) == (1, True, True)
    assert [shift.work_on.day for shift in report.shifts.order_by("id")] == [4, 5]
    assert report.original is not None
    assert kept_file(report.original.pk).content == file.content


def test_the_day_the_routine_sets_is_on_the_claim(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    # The fifth of the month after, and February 5th 2021 is a Friday.
    assert str(in_the_register(number).due_on) == "2021-02-05"


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    number = a_handed_in_claim(cast)
    logged = LogEntry.objects.count()

    again = elsa_hands_in(cast, a_file(4), now=NOW + timedelta(hours=1))

    assert again == HandedIn(claim_number=number, new_reports=0)
    assert (Claim.objects.count(), Report.objects.count(), Original.objects.count()) == (1, 1, 1)
    assert in_the_register(number).version == 1
    assert LogEntry.objects.count() == logged


def test_another_report_goes_into_the_same_claim(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    handed = elsa_hands_in(cast, a_file(5, name="more.csv"))

    assert handed == HandedIn(claim_number=number, new_reports=1)
    assert Report.objects.filter(claim__number=number, is_current=True).count() == 2


def test_a_correction_takes_the_place_of_the_report_before_it_and_nothing_is_lost(cast: Cast) -> None:
    number = a_handed_in_claim(cast, a_file(4, is_signed=False))

    elsa_hands_in(cast, a_file(4), corrects=True)

    versions = Report.objects.filter(claim__number=number).order_by("number")
    assert [(row.number, row.is_current) for row in versions] == [(1, False), (2, True)]
    assert len({row.key for row in versions}) == 1
    assert Shift.objects.count() == 2


def test_a_file_with_faults_gives_all_of_them_and_leaves_nothing_behind(cast: Cast) -> None:
    good = a_file(4)
    bad = HandedFile(name="bad.csv", content=good.content.replace(b";4;08.00;", b";32;8 och en halv;"))

    faults = elsa_hands_in(cast, good, bad)

    assert isinstance(faults, tuple)
    assert [(fault.file, fault.line, fault.code) for fault in faults] == [
        ("bad.csv", 2, "day_does_not_exist"),
        ("bad.csv", 2, "not_a_clock_time"),
    ]
    assert (Claim.objects.count(), Report.objects.count(), Original.objects.count()) == (0, 0, 0)


def test_a_report_for_another_month_is_a_fault(cast: Cast) -> None:
    february = a_file(4, month=january_of(cast).month_on.replace(month=2))

    faults = elsa_hands_in(cast, february)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["report_is_for_another_month"]


def test_a_month_without_any_file_is_a_fault(cast: Cast) -> None:
    faults = elsa_hands_in(cast)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["nothing_was_handed_in"]


def test_somebody_at_another_provider_hands_in_nothing_of_almas(cast: Cast) -> None:
    refused = claims.hand_in(cast.fatima, january_of(cast, a_file(4)), now=NOW)

    assert refused is Refusal.NO_RELATION
    assert Claim.objects.count() == 0
    assert LogEntry.objects.filter(action="hand_in").get().outcome == "no_relation"


def test_nor_is_she_told_what_is_there_already(cast: Cast) -> None:
    a_handed_in_claim(cast)

    assert claims.hand_in(cast.fatima, january_of(cast, a_file(4)), now=NOW) is Refusal.NO_RELATION


def test_two_who_open_the_same_month_at_once_do_not_both_win(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_handed_in_claim(cast)
    monkeypatch.setattr("timvis.apps.claims.queries.latest_of", lambda *asked: None)

    assert elsa_hands_in(cast, a_file(5, name="more.csv")) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert Claim.objects.count() == 1


def test_what_is_in_another_municipality_is_as_if_it_did_not_exist(cast: Cast) -> None:
    refused = claims.hand_in(in_another_town(cast.elsa), january_of(cast, a_file(4)), now=NOW)

    assert refused is Refusal.NOT_FOUND


def test_a_month_that_no_routine_covers_is_refused(cast: Cast) -> None:
    early = january_of(cast, month=january_of(cast).month_on.replace(year=2018))
    month = january_of(cast, a_file(4, month=early.month_on), month=early.month_on)

    assert claims.hand_in(cast.elsa, month, now=NOW) is Refusal.ROUTINE_IS_NOT_PUBLISHED


def test_the_month_goes_under_the_routine_for_that_kind_of_provider(cast: Cast) -> None:
    publish(cast, OWN_EMPLOYERS)

    assert isinstance(elsa_hands_in(cast, a_file(4)), HandedIn)

    assert Claim.objects.get().routine_version.slug == "vasteras/assistance"
    day = january_of(cast).month_on
    own = for_claim(TOWN, ClaimKind.ASSISTANCE, Regime.LSS, day, provider_kind=ProviderKind.OWN_EMPLOYER)
    assert own is not None
    assert own.slug == "vasteras/own_employer"


def test_a_calculated_month_takes_no_more_files(cast: Cast) -> None:
    number = a_handed_in_claim(cast)
    Claim.objects.filter(number=number).update(status="calculated")

    assert elsa_hands_in(cast, a_file(5, name="more.csv")) is Refusal.WRONG_STATE


# --- a decision that came afterwards ------------------------------------------------------------------------


def sent_back(cast: Cast) -> str:
    number = a_handed_in_claim(cast)
    ok(claims.return_claim(cast.cecilia, number, reason="Det finns inget beslut ännu.", now=NOW))
    return number


def test_a_new_claim_refers_to_reports_that_came_earlier(cast: Cast) -> None:
    earlier = sent_back(cast)

    handed = elsa_hands_in(cast, refers_to=earlier)

    assert handed == HandedIn(claim_number="vasteras-2021-0002", new_reports=0)
    assert review(cast, "vasteras-2021-0002").sums.actual_minutes == 8 * 60
    assert Original.objects.count() == 1


def test_referring_twice_changes_nothing(cast: Cast) -> None:
    earlier = sent_back(cast)
    elsa_hands_in(cast, refers_to=earlier)

    again = elsa_hands_in(cast, refers_to=earlier)

    assert again == HandedIn(claim_number="vasteras-2021-0002", new_reports=0)
    assert Claim.objects.count() == 2


def test_a_claim_that_was_not_sent_back_cannot_be_referred_to(cast: Cast) -> None:
    number = a_handed_in_claim(cast)

    assert elsa_hands_in(cast, refers_to=number) is Refusal.WRONG_STATE
    assert Claim.objects.count() == 1

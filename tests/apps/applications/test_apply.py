"""Applying: by the one it is about, by who acts for her, and never by anybody else."""

from datetime import date

import pytest

from tests.apps.applications import sickness as a
from tests.cast import Cast, in_another_town
from timvis.apps.applications.models import Application, ApplicationVersion, AppliedBy
from timvis.apps.claims.models import Claim
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal


def fault_codes(outcome: object) -> list[str]:
    assert isinstance(outcome, tuple), outcome
    return [fault.code for fault in outcome]


def test_an_application_becomes_a_case_with_a_number(cast: Cast) -> None:
    number = a.apply(cast)

    assert number == "osthammar-2019-0001"
    claim = a.claim(number)
    assert (claim.kind, claim.status, claim.month_on) == ("sick_cost", ClaimStatus.RECEIVED, date(2019, 2, 1))
    assert claim.submitted_by_id == cast.alma.person_id
    version = ApplicationVersion.objects.get()
    assert (version.applied_from, version.applied_to) == (date(2019, 2, 4), date(2019, 2, 9))
    assert version.payee_id == cast.payee_id
    assert version.original is not None


def test_what_is_kept_reads_back_as_what_was_written(cast: Cast) -> None:
    a.apply(cast)

    kept = ApplicationVersion.objects.get().parts

    assert kept[0]["spell"] == [{"first_on": "2019-02-04", "last_on": "2019-02-08"}]
    assert kept[0]["shift"][0] == {"on": "2019-02-04", "from": "08.00", "to": "16.00"}


def test_every_fault_is_told_at_once_and_nothing_is_kept(cast: Cast) -> None:
    broken = a.a_week(
        pay=[{"hourly_ore": -5}],
        spell=[{"first_on": "2019-02-30", "last_on": "2019-02-08"}],
        shift=[{"on": "2019-02-04", "from": "08.00"}],
        agreement="ett avtal som inte finns",
    )
    second = a.a_week(spell=[{"first_on": "2019-02-08", "last_on": "2019-02-04"}], assistant={"name": "Karin Kvist"})

    outcome = a.apply(cast, applied=a.almas(broken, second, covers="a_decade"))

    assert isinstance(outcome, tuple)
    columns = [fault.column for fault in outcome]
    assert "covers" in columns
    assert {"part[1].pay[1].hourly_ore", "part[1].spell[1].first_on", "part[1].shift[1]"} <= set(columns)
    assert "part[2].spell[1].last_on" in columns
    assert all(fault.remedy for fault in outcome)
    assert not Application.objects.exists()
    assert not Claim.objects.exists()


def test_overlapping_absences_and_an_unknown_agreement_are_faults(cast: Cast) -> None:
    spells = [
        {"first_on": "2019-02-04", "last_on": "2019-02-08"},
        {"first_on": "2019-02-07", "last_on": "2019-02-08"},
    ]

    outcome = a.apply(cast, applied=a.almas(a.a_week(spell=spells, agreement="påhittat", claimed=[])))

    assert set(fault_codes(outcome)) == {"overlapping_spells", "unknown_agreement"}


def test_the_same_assistant_stands_in_one_part_only(cast: Cast) -> None:
    assert fault_codes(a.apply(cast, applied=a.almas(a.a_week(), a.a_week()))) == ["assistant_stands_twice"]


def test_nobody_applies_in_anothers_name(cast: Cast) -> None:
    assert fault_codes(a.apply(cast, cast.elsa)) == ["applies_as_somebody_else"]
    assert fault_codes(a.apply(cast, cast.alma, a.ekots())) == ["applies_as_somebody_else"]


def test_a_provider_that_alma_has_nothing_to_do_with_is_not_told_that_she_exists(cast: Cast) -> None:
    assert a.apply(cast, cast.fatima, a.ekots()) is Refusal.NO_RELATION
    assert a.apply(cast, in_another_town(cast.elsa), a.ekots()) is Refusal.NOT_FOUND


def test_an_officer_does_not_apply_for_others(cast: Cast) -> None:
    assert a.apply(cast, cast.cecilia) is Refusal.ROLE_DOES_NOT_ALLOW


def test_where_the_power_of_attorney_may_come_afterwards_the_agents_application_is_taken_in(cast: Cast) -> None:
    number = a.apply(cast, cast.elsa, a.ekots())

    assert isinstance(number, str), number
    assert "power_of_attorney_is_missing" in a.codes(a.review(cast, number))
    assert a.claim(number).submitted_by_provider


def test_with_a_power_of_attorney_in_original_nothing_is_asked(cast: Cast) -> None:
    a.let_ekot_apply(cast)

    number = a.apply(cast, cast.elsa, a.ekots())

    assert isinstance(number, str), number
    assert "power_of_attorney_is_missing" not in a.codes(a.review(cast, number))


@pytest.mark.parametrize(
    ("powers", "original_on"),
    [({"may_apply": False, "may_receive": True}, date(2019, 1, 2)), ({}, None)],
)
def test_a_power_without_the_right_to_apply_or_without_original_is_not_enough(
    cast: Cast, powers: dict[str, bool], original_on: date | None
) -> None:
    a.let_ekot_apply(cast, original_on=original_on, **powers)

    number = a.apply(cast, cast.elsa, a.ekots())

    assert isinstance(number, str), number
    assert "power_of_attorney_is_missing" in a.codes(a.review(cast, number))


def test_a_representative_says_as_what_she_acts(cast: Cast) -> None:
    outcome = a.registered(cast, a.almas(applied_by=AppliedBy.REPRESENTATIVE))

    assert [fault.column for fault in outcome if not isinstance(fault, str)] == ["represents"]

"""A closed claim becomes a sealed package: whole, checkable, and with the days it may go."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.signed_months import LATER, a_calculated_claim, an_ordered_claim, claim, law
from tests.cast import Cast, ok
from timvis.apps.accounting.actions import book, take_bank_answer
from timvis.apps.accounting.payment_run import run_payments
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.archive.queries import client_files_due, newest_package
from timvis.apps.claims import actions as claims
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.formats.archive_package.read import read
from timvis.formats.archive_package.records import DATA, OpenedPackage
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank


@pytest.fixture
def number(cast: Cast, tmp_path: Path) -> str:
    """A claim that is paid and booked."""
    number, bank = an_ordered_claim(cast), FakeBank(tmp_path, mode="test", profile=shipped())
    run_payments(cast.hasse, bank, now=LATER)
    bank.work(LATER)
    take_bank_answer(cast.hasse, bank.answers()[0].content, file_name="a.xml", now=LATER)
    book(cast.hasse, now=LATER)
    return number


def outcome_of(actor: Actor, number: str) -> Package | Refusal | tuple[Fault, ...]:
    return archive_claim(actor, number, law=law(), now=LATER)


def sealed(cast: Cast, number: str) -> Package:
    outcome = outcome_of(cast.cecilia, number)
    assert isinstance(outcome, Package), outcome
    return outcome


def opened(package: Package) -> dict[str, bytes]:
    found = read(bytes(package.content))
    assert isinstance(found, OpenedPackage), found
    return {path.removeprefix(DATA): content for path, content in found.files if path.startswith(DATA)}


def test_a_booked_claim_is_sealed_with_everything_it_was_decided_on(cast: Cast, number: str) -> None:
    files = opened(sealed(cast, number))

    assert {path.split("/", 1)[0] for path in files} == {"client_file", "accounting"}
    assert {path for path in files if path.startswith("accounting/")} == {
        "accounting/entries.json",
        "accounting/payments.json",
        "accounting/signatures.json",
    }
    statement = json.loads(files["client_file/statement-1.json"])
    signatures = json.loads(files["accounting/signatures.json"])
    assert {row["statement_digest"] for row in signatures} == {statement["digest"]}
    assert [row["person"] for row in signatures] == ["Greta Ström", "David Ås", "Hasse Holm"]
    assert len([path for path in files if path.startswith("client_file/originals/")]) == 1
    assert claim(number).status == "archived"


def test_the_two_halves_go_by_their_own_laws(cast: Cast, number: str) -> None:
    package = sealed(cast, number)

    # Alma is born on the 15th: her client file is kept for ever, the vouchers of 2021 to the end of 2028.
    assert package.keep_client_file_for_ever
    assert package.keep_client_file_until is None
    assert package.keep_accounting_until == date(2028, 12, 31)
    assert list(client_files_due(date(2090, 1, 1))) == []


def test_the_accounting_half_knows_nothing_of_the_days_or_the_person(cast: Cast, number: str) -> None:
    files = opened(sealed(cast, number))

    accounting = b"".join(content for path, content in files.items() if path.startswith("accounting/"))

    assert b"Alma" not in accounting
    assert b"19800215" not in accounting
    assert b"08.00" not in accounting


def test_a_claim_that_was_turned_down_is_kept_without_vouchers(cast: Cast) -> None:
    number = a_calculated_claim(cast)
    ok(claims.reject_claim(cast.cecilia, number, reason="Inget beslut.", now=LATER))

    package = sealed(cast, number)

    assert (package.outcome, package.keep_accounting_until) == ("rejected", None)


def test_what_is_not_closed_is_not_archived(cast: Cast) -> None:
    assert outcome_of(cast.cecilia, a_calculated_claim(cast)) is Refusal.WRONG_STATE


def test_a_claim_is_archived_once(cast: Cast, number: str) -> None:
    first = sealed(cast, number)

    assert outcome_of(cast.cecilia, number) is Refusal.WRONG_STATE
    assert newest_package(claim(number)) == first


@pytest.mark.parametrize("who", ["alma", "elsa", "fatima", "david"])
def test_only_who_handles_the_claim_archives_it(cast: Cast, number: str, who: str) -> None:
    assert outcome_of(getattr(cast, who), number) is Refusal.ROLE_DOES_NOT_ALLOW


@pytest.mark.parametrize("statement", ["UPDATE archive_package SET digest = 'x'", "DELETE FROM archive_package"])
def test_a_sealed_package_is_never_changed(cast: Cast, number: str, statement: str) -> None:
    sealed(cast, number)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

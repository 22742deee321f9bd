"""A month in Västerås, station by station: March 2020, when the clocks went forward in Björn's night shift."""

import json
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.apps.claims.january import a_file
from tests.apps.signed_months import ROUTINE, law, let_elsa_report
from tests.cast import Cast, ok
from timvis.apps.accounting.actions import (
    Ordered,
    book,
    order_payment,
    register_paying_account,
    sign_and_book,
    take_bank_answer,
)
from timvis.apps.accounting.models import Export
from timvis.apps.accounting.payment_run import PaymentRun, run_payments
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.attestation.queries import signatures, to_sign
from timvis.apps.audit.actions import seal
from timvis.apps.audit.queries import verdict
from timvis.apps.claims import actions as claims
from timvis.apps.claims.actions import Calculated, Reviewed
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import recompute_all
from timvis.apps.parties.actions import register_absence
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.records import AbsenceKind
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import Act
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank

MARCH = date(2020, 3, 1)


def on(day: int, month: int = 4, hour: int = 8) -> datetime:
    """Return an hour in the spring of 2020."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


def logged_in(actor: Actor, now: datetime) -> Actor:
    """Return the same person, having just logged in."""
    return replace(actor, logged_in_at=now)


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality as the month finds it, and the folder its files leave through."""

    cast: Cast
    bank: FakeBank


@pytest.fixture
def town(cast: Cast, tmp_path: Path) -> Town:
    david, hasse = logged_in(cast.david, on(2, month=1)), logged_in(cast.hasse, on(2, month=1))
    drafted = draft_routine(cast.machine, ROUTINE, source="assistance.toml", now=on(2, month=1))
    assert isinstance(drafted, int)
    assert isinstance(publish_routine(david, drafted, now=on(2, month=1)), int)
    account = PayeeAccount(kind=AccountKind.BANKGIRO, number="50501055")
    ok(register_paying_account(hasse, account, now=on(2, month=1)))
    let_elsa_report(cast)
    return Town(cast, FakeBank(tmp_path / "bank", mode="test", profile=shipped()))


def alma_was_in_hospital_on_the_fourth(town: Town) -> None:
    day = date(2020, 3, 4)
    ok(
        register_absence(
            town.cast.cecilia,
            recipient_id=town.cast.recipient_id,
            kind=AbsenceKind.HOSPITAL,
            start_at=instant(day, 0),
            end_at=instant(day, 24 * 60),
            now=on(5, month=3),
        )
    )


# --- who does what ------------------------------------------------------------------------------------------


def elsa_hands_in(town: Town, *files: HandedFile) -> str:
    month = Month(recipient_id=town.cast.recipient_id, provider_id=town.cast.ekot_id, month_on=MARCH, files=files)
    handed = claims.hand_in(logged_in(town.cast.elsa, on(1)), month, now=on(1))
    assert isinstance(handed, HandedIn), handed
    return handed.claim_number


def cecilia_reviews(town: Town, number: str) -> Reviewed:
    return ok(claims.review_claim(town.cast.cecilia, number, law=law(), now=on(2)))


def cecilia_accepts(town: Town, number: str, reviewed: Reviewed) -> None:
    keys = [finding.key for finding in reviewed.findings if finding.severity in NEEDS_WORD]
    ok(claims.give_word(town.cast.cecilia, number, keys, WordKind.ACCEPT, now=on(2, hour=9)))


def cecilia_calculates(town: Town, number: str) -> Calculated:
    return ok(claims.calculate_claim(town.cast.cecilia, number, law=law(), now=on(2, hour=10)))


def signs(actor: Actor, number: str, act: Act, now: datetime) -> int | Refusal:
    shown = to_sign(Claim.objects.get(number=number), now=now)
    assert shown is not None
    digest = shown.shown.digest
    return sign_and_book(logged_in(actor, now), number, act, shown_digest=digest, law=law(), now=now)


def hasse_orders(town: Town, number: str) -> Ordered:
    ordered = order_payment(logged_in(town.cast.hasse, on(6)), number, law=law(), now=on(6))
    assert isinstance(ordered, Ordered), ordered
    return ordered


def hasse_pays(town: Town) -> PaymentRun:
    run = run_payments(logged_in(town.cast.hasse, on(6, hour=9)), town.bank, now=on(6, hour=9))
    assert isinstance(run, PaymentRun), run
    return run


def the_bank_answers(town: Town) -> None:
    town.bank.work(on(7))
    for answer in town.bank.answers():
        taken = take_bank_answer(town.cast.hasse, answer.content, file_name=answer.name, now=on(7))
        assert not isinstance(taken, Refusal | tuple), taken
        town.bank.settle(answer.name)


def greta_books(town: Town) -> Export:
    export = book(town.cast.greta, now=on(8))
    assert isinstance(export, Export), export
    return export


def greta_archives(town: Town, number: str) -> Package:
    package = archive_claim(town.cast.greta, number, law=law(), now=on(9))
    assert isinstance(package, Package), package
    return package


def status_of(number: str) -> str:
    return Claim.objects.get(number=number).status


# --- the seven stations -------------------------------------------------------------------------------------


def intake(town: Town) -> str:
    """Three days of eight hours, and the night to the 29th, handed in by Ekot AB's Elsa."""
    days = a_file(2, 3, 4, month=MARCH)
    evening = a_file(28, times=("22.00", "24.00"), month=MARCH, name="evening.csv")
    morning = a_file(29, times=("00.00", "07.00"), month=MARCH, name="morning.csv")

    number = elsa_hands_in(town, days, evening, morning)

    assert number == "vasteras-2020-0001"
    assert elsa_hands_in(town, days, evening, morning) == number
    assert status_of(number) == "received"
    return number


def review(town: Town, number: str) -> None:
    """The night has eight hours, not the nine that the clock shows; and Alma was in hospital on the fourth."""
    alma_was_in_hospital_on_the_fourth(town)

    reviewed = cecilia_reviews(town, number)

    assert reviewed.sums.actual_minutes == (3 * 8 + 2 + 6) * 60
    assert [finding.code for finding in reviewed.findings] == ["recipient_was_in_hospital"]
    cecilia_accepts(town, number, reviewed)


def calculation(town: Town, number: str) -> None:
    """32 hours less the eight in hospital, at the 289 kr that was decided for 2020."""
    calculated = cecilia_calculates(town, number)

    assert calculated.statement.total_ore == 24 * 28_900
    assert [line.code for line in calculated.statement.lines] == [
        "performed_within_the_decision",
        "recipient_was_in_hospital",
    ]


def attest(town: Town, number: str) -> None:
    """Three persons, each in her turn; nobody signs for another."""
    cast = town.cast

    assert signs(cast.david, number, Act.DECISION_ATTEST, on(3)) is Refusal.NOT_THE_NEXT_STEP
    ok(signs(cast.greta, number, Act.REVIEW_ATTEST, on(3)))
    assert signs(cast.cecilia, number, Act.DECISION_ATTEST, on(3)) is Refusal.ROLE_DOES_NOT_ALLOW
    ok(signs(cast.david, number, Act.DECISION_ATTEST, on(3, hour=9)))
    ok(signs(cast.hasse, number, Act.PAYMENT_RELEASE, on(3, hour=10)))

    signers = [row.person.name for row in signatures(Claim.objects.get(number=number))]
    assert signers == ["Greta Ström", "David Ås", "Hasse Holm"]


def payment(town: Town, number: str) -> None:
    """One order, one file, paid once; running again sends nothing."""
    ordered = hasse_orders(town, number)
    run = hasse_pays(town)

    assert (ordered.amount_ore, run.orders, run.sum_ore) == (693_600, 1, 693_600)
    assert hasse_pays(town).orders == 0
    the_bank_answers(town)
    assert status_of(number) == "paid"


def ledger(town: Town, number: str) -> None:
    """The debt at the decision, the settlement at the bank's answer."""
    export = greta_books(town)

    assert (export.first_number, export.last_number) == (1, 2)
    assert b"#VER" in bytes(export.content)
    assert status_of(number) == "booked"


def archive(town: Town, number: str) -> None:
    """Everything in one sealed package: what came in, what was said, what was signed and paid."""
    package = greta_archives(town, number)

    with zipfile.ZipFile(BytesIO(bytes(package.content))) as sealed:
        names = sealed.namelist()
        findings = next(name for name in names if name.endswith("findings.json"))
        words = json.loads(sealed.read(findings))[0]["findings"][0]["words"]
    assert sum("originals/" in name for name in names) == 3
    assert [(word["word"], word["person"]) for word in words] == [("accept", "Cecilia Öst")]
    assert status_of(number) == "archived"


def afterwards() -> None:
    """The amount comes out the same, the books go together, the log is whole."""
    seal(on(10))

    books = ledger_check("vasteras")
    assert recompute_all(law()).first_failure is None
    assert books is not None
    assert books.is_ok
    assert verdict().ok


def test_a_month_in_vasteras(town: Town) -> None:
    number = intake(town)

    review(town, number)
    calculation(town, number)
    attest(town, number)
    payment(town, number)
    ledger(town, number)
    archive(town, number)

    afterwards()

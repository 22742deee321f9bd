"""Stations four to seven for an example: signed, paid, booked, archived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from timvis.apps.accounting.actions import Ordered, book, order_payment, sign_and_book, take_bank_answer
from timvis.apps.accounting.bank_answers import BankAnswered
from timvis.apps.accounting.models import Export
from timvis.apps.accounting.payment_run import PaymentRun, run_payments
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.attestation.queries import to_sign
from timvis.apps.claims.models import Claim
from timvis.cli.demonstration.cast import Cast, done, wanted
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.ordering import Stopped
from timvis.gateways.bank.fake import FakeBank


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who has signed what on one claim."""

    step: str
    person: str


def sign_every_step(cast: Cast, number: str, *, law: LawBook, now: datetime) -> tuple[Signing, ...] | Refusal:
    """Sign every step a claim waits for, each by the one whose step it is, or return the first refusal."""
    signed: list[Signing] = []
    while True:
        now += timedelta(minutes=10)
        signing = sign_next_step(cast, number, law=law, now=now)
        if isinstance(signing, Refusal):
            return signing
        if signing is None:
            return tuple(signed)
        signed.append(signing)


def sign_next_step(
    cast: Cast, number: str, *, law: LawBook, now: datetime, before: str = ""
) -> Signing | Refusal | None:
    """Sign the step a claim waits for by the one whose step it is; None when none waits before a named step."""
    waiting = to_sign(Claim.objects.get(number=number), now=now)
    if not waiting or not waiting.steps or waiting.steps[0].name == before:
        return None
    step = waiting.steps[0]
    if step.signature is None or step.role is None:
        raise DemonstrationStopped(f"{number}: steget {step.name} har ingen som skriver under")
    signer = cast.officer(Role(step.role), now)
    signature = sign_and_book(signer, number, step.signature, shown_digest=waiting.shown.digest, law=law, now=now)
    return signature if isinstance(signature, Refusal) else Signing(step=step.label, person=signer.name)


def order(cast: Cast, number: str, *, law: LawBook, now: datetime) -> Ordered | Stopped:
    """Order the payment of a signed claim, or return what stands in its way."""
    clerk = cast.officer(Role.FINANCE_ASSISTANT, now)
    outcome = order_payment(clerk, number, law=law, now=now)
    return outcome if isinstance(outcome, Stopped) else wanted(Ordered, outcome, number)


def pay(cast: Cast, bank: FakeBank, *, now: datetime) -> tuple[PaymentRun, int]:
    """Send what is ordered, let the bank answer the next day, and return the run with the number that was paid."""
    clerk = cast.officer(Role.FINANCE_ASSISTANT, now)
    run = wanted(PaymentRun, run_payments(clerk, bank, now=now), "betalningarna")
    next_day = now + timedelta(days=1)
    bank.work(next_day)
    posted = 0
    for answer in bank.answers():
        clerk = cast.officer(Role.FINANCE_ASSISTANT, next_day)
        taken = take_bank_answer(clerk, answer.content, file_name=answer.name, now=next_day)
        posted += len(wanted(BankAnswered, taken, answer.name).posted)
        bank.settle(answer.name)
    return run, posted


def export_vouchers(cast: Cast, folder: Path, *, now: datetime) -> Export | None:
    """Write the vouchers that have not left yet as a SIE file."""
    clerk = cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
    export: Export | None = done(book(clerk, now=now), "bokföringen")
    if export is not None:
        _write(folder / export.file_name, bytes(export.content))
    return export


def archive(cast: Cast, numbers: Iterable[str], folder: Path, *, law: LawBook, now: datetime) -> tuple[Package, ...]:
    """Seal every booked claim and write its package."""
    packages: list[Package] = []
    for number in numbers:
        clerk = cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
        package = wanted(Package, archive_claim(clerk, number, law=law, now=now), number)
        _write(folder / package.file_name, bytes(package.content))
        packages.append(package)
    return tuple(packages)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)

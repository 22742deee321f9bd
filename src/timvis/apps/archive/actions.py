"""Sealing a closed claim into a package with the days it may go."""

from datetime import date, datetime
from importlib.metadata import version

from django.db import transaction

from timvis.apps.appeals.records import appeals_of, events
from timvis.apps.archive import records
from timvis.apps.archive.models import Package
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims.models import Claim
from timvis.apps.claims.opening import move
from timvis.apps.claims.queries import attempt_on, claim_in, newest_statement, recipients_of, relation_to_claim
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay
from timvis.core.procedure.appeal import is_open
from timvis.core.retention import Outcome, keep_until
from timvis.formats.archive_package.records import PackageInfo
from timvis.formats.archive_package.write import write


@transaction.atomic
def archive_claim(
    actor: Actor, claim_number: str, *, law: LawByDay, now: datetime, keeps_every_file: bool = False
) -> Package | Refusal | tuple[Fault, ...]:
    """Return the sealed package of a claim that is booked or turned down, with the days it may go.

    While an appeal of it is open nothing is sealed: what comes of the appeal belongs in the package.
    `keeps_every_file` is true where the law keeps all client files for research. Raises `LawGap` when the rules
    of retention do not reach the day.
    """
    claim = claim_in(actor, claim_number)
    if claim is None:
        return Attempt(actor, Action.ARCHIVE, "claim", claim_number, now).refuse(Refusal.NOT_FOUND)
    attempt = attempt_on(actor, Action.ARCHIVE, claim, now)
    if refusal := attempt.refused(relation_to_claim(actor, claim, now=now), claim.status):
        return refusal
    if any(is_open(events(appeal)) for appeal in appeals_of(claim)):
        # What the court says belongs in the package, and a sealed one is never opened again.
        return attempt.refuse(Refusal.WRONG_STATE)
    outcome = _outcome(claim)
    kept = keep_until(
        outcome,
        law,
        recipient_numbers=[recipient.personal_number for recipient in recipients_of(claim)],
        last_note_on=day_of(now),
        fiscal_year_ends_on=date(_booked_on(claim, now).year, 12, 31),
        keeps_every_file=keeps_every_file,
    )
    number = claim.packages.count() + 1
    sealed = write(_info(claim, number, outcome, kept.because, now), records.files(claim))
    if isinstance(sealed, tuple):
        return sealed
    if not move(claim, to=ClaimStatus.ARCHIVED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    package = Package.objects.create(
        claim=claim,
        number=number,
        digest=sealed.digest,
        file_name=sealed.file_name,
        content=sealed.content,
        manifest=[{"path": row.path, "bytes": row.bytes, "sha256": row.sha256} for row in sealed.manifest],
        outcome=outcome,
        keep_client_file_for_ever=kept.is_for_ever,
        keep_client_file_until=kept.client_file_until,
        client_file_gone_by=kept.client_file_gone_by,
        keep_accounting_until=kept.accounting_until,
        sealed_at=now,
    )
    attempt.done(detail={"package": package.file_name, "digest": package.digest})
    return package


def _outcome(claim: Claim) -> Outcome:
    if claim.status == ClaimStatus.REJECTED:
        return Outcome.REJECTED
    statement = newest_statement(claim)
    return Outcome.PAID if statement and statement.total_ore else Outcome.NOTHING_TO_PAY


def _booked_on(claim: Claim, now: datetime) -> date:
    last = claim.entries.order_by("-booked_on").first()
    return last.booked_on if last else day_of(now)


def _info(claim: Claim, number: int, outcome: Outcome, because: tuple[str, ...], now: datetime) -> PackageInfo:
    return PackageInfo(
        identifier=f"{claim.number}-{number}",
        title=f"Ärende {claim.number}",
        sealed_at=now,
        organisation=claim.municipality.name,
        organisation_number=claim.municipality.organisation_number,
        software_version=f"Timvis {version('timvis')}",
        facts=(
            ("claim", claim.number),
            ("month", f"{claim.month_on:%Y-%m}"),
            ("kind", claim.kind),
            ("regime", claim.regime),
            ("outcome", outcome.value),
            ("retention", " ".join(because)),
        ),
    )

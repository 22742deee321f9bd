"""Which of the papers a routine asks for an application lacks: registered as evidence, or told by the application."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

from timvis.apps.applications.actions import POWER_OF_ATTORNEY, is_own_employer, power_lacks
from timvis.apps.applications.models import ApplicationVersion, AppliedBy
from timvis.apps.claims.models import Claim
from timvis.apps.documents.queries import evidence_in
from timvis.apps.parties import records as parties
from timvis.core.application.records import MissingPaper
from timvis.core.calculation.agreements import AgreementPack, Agreements
from timvis.core.calendar.local_time import day_of
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine
from timvis.formats.calculation_case.sick_cost_form import WrittenAbsence
from timvis.formats.frozen import thaw

_ASKED_FOR = (Needed.BEFORE_FIRST_CLAIM, Needed.EACH_CLAIM, Needed.EACH_MONTH)


def missing(
    claim: Claim,
    version: ApplicationVersion,
    parts: Collection[WrittenAbsence],
    routine: Routine,
    *,
    known_at: datetime,
) -> tuple[MissingPaper, ...]:
    """Return the papers that are not in, in the order of the routine's checklist."""
    assert claim.recipient_id is not None
    kind = parties.provider(claim.provider_id, known_at=known_at).kind
    came = evidence_in(
        recipient_id=claim.recipient_id, provider_id=claim.provider_id, on=day_of(known_at), known_at=known_at
    )
    told = set(told_by(version, parts))
    if version.applied_by != AppliedBy.AGENT or _has_power(claim, version, known_at):
        told.add(POWER_OF_ATTORNEY)
    return tuple(
        MissingPaper(code=row.code, text=row.text, if_missing=row.if_missing)
        for row in routine.evidence
        if kind in row.provider_kinds
        and (not row.claim_kinds or ClaimKind(claim.kind) in row.claim_kinds)
        and _is_needed(row, parts)
        and row.code not in told
        and not _is_in(row, came, claim.month_on)
    )


def _is_needed(row: Requirement, parts: Collection[WrittenAbsence]) -> bool:
    """Whether a paper is asked for: one that is needed from a sick day on only where somebody was ill so long."""
    if row.needed is Needed.FROM_SICK_DAY and row.day is not None:
        longest = timedelta(days=row.day - 1)
        return any(spell.last_on - spell.first_on >= longest for part in parts for spell in part.spell)
    return row.needed in _ASKED_FOR or row.code == POWER_OF_ATTORNEY


def _is_in(row: Requirement, came: Mapping[str, date], month_on: date) -> bool:
    """Whether a paper has come: what is asked for each time must have come for this claim."""
    if row.code not in came:
        return False
    return row.needed is Needed.BEFORE_FIRST_CLAIM or came[row.code] >= month_on


def _has_power(claim: Claim, version: ApplicationVersion, now: datetime) -> bool:
    assert claim.recipient is not None
    if is_own_employer(version.applicant_number, claim.provider, now=now):
        return True
    return not power_lacks(claim.recipient, {version.applicant_number}, now=now)


def told_by(version: ApplicationVersion, parts: Collection[WrittenAbsence]) -> Iterator[str]:
    """Yield the requirements that an application meets by what it says."""
    if version.applicant_name and version.applicant_number:
        yield "applicants_particulars"
    if version.payee_id is not None:
        yield "payee_account"
    if version.signed_on is not None:
        yield "application_signature"
    if all(part.agreement for part in parts):
        yield "collective_agreement"
    if all(part.pay for part in parts):
        yield "pay_particulars"
    yield "sick_period"


def packs_in(inputs: Mapping[str, object]) -> Agreements:
    """Return the agreements that frozen inputs hold, by code."""
    return {pack.code: pack for pack in thaw(tuple[AgreementPack, ...], inputs["packs"])}

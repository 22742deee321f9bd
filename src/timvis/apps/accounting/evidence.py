"""Which documents of the checklist are in for a claim: registered as evidence, or told by what is known."""

from collections.abc import Iterator
from datetime import date, datetime

from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import recipients_of
from timvis.apps.claims.records import report_rows
from timvis.apps.documents.queries import evidence_in
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion, ProviderVersion
from timvis.core.calendar.local_time import day_of
from timvis.core.records import ProviderKind
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine


def missing(
    claim: Claim, routine: Routine, provider: ProviderVersion, payee: PayeeVersion | None, now: datetime
) -> tuple[Requirement, ...]:
    """Return the checklist's rows for this kind of provider whose documents are not in, in its order."""
    kind = ProviderKind(provider.kind)
    on = day_of(now)
    registered = _registered(claim, on, now)
    told = {*registered, *_told_by_what_is_known(claim, provider, payee, now)}
    claim_kind = ClaimKind(claim.kind)
    this_time = {code for code, received_on in registered.items() if received_on >= claim.month_on}
    this_time |= set(_told_by_the_claim(claim))
    return (
        *(row for row in routine.required_of(kind, Needed.BEFORE_FIRST_PAYMENT, claim_kind) if row.code not in told),
        *(row for row in routine.required_of(kind, Needed.EACH_MONTH, claim_kind) if row.code not in this_time),
        *(row for row in routine.required_of(kind, Needed.EACH_CLAIM, claim_kind) if row.code not in this_time),
    )


def _told_by_the_claim(claim: Claim) -> Iterator[str]:
    """Yield the requirements that the claim itself meets: its invoice, its reports, the period that was decided."""
    if claim.invoice_id is not None:
        yield from ("invoice", "invoice_basis")
    if report_rows(claim).exists():
        yield "time_reports"
    if claim.decisions.exists():
        yield "sick_period"


def _registered(claim: Claim, on: date, now: datetime) -> dict[str, date]:
    """Return the first day each requirement was met: of several recipients, by every one of them."""
    met = [
        evidence_in(recipient_id=recipient.pk, provider_id=claim.provider_id, on=on, known_at=now)
        for recipient in recipients_of(claim)
    ]
    everywhere = set.intersection(*(set(one) for one in met))
    return {code: max(one[code] for one in met) for code in everywhere}


def _told_by_what_is_known(
    claim: Claim, provider: ProviderVersion, payee: PayeeVersion | None, now: datetime
) -> Iterator[str]:
    """Yield the requirements that somebody met when she registered what the document says."""
    if all(_has_mandate(recipient.pk, now) for recipient in recipients_of(claim)):
        yield "power_of_attorney"
    if payee is not None and payee.form_received_on is not None:
        yield "payee_form"
    if payee is not None and payee.proof_received_on is not None:
        yield "account_proof"
    if provider.employer_registered_from is not None:
        yield "employer_registration"
    if provider.kind == ProviderKind.OWN_EMPLOYER and provider.permit_from is not None:
        yield "ivo_notice"
    if _every_assistant_is_registered(claim, now):
        yield "assistants_data"


def _has_mandate(recipient_id: int, now: datetime) -> bool:
    mandates = parties.mandates(recipient_id, known_at=now)
    return any(mandate.original_received_on is not None for mandate in mandates)


def _every_assistant_is_registered(claim: Claim, now: datetime) -> bool:
    worked = {row.assistant_number for row in report_rows(claim) if row.assistant_number}
    known = parties.assistants(claim.provider_id, known_at=now, numbers=worked)
    return bool(worked) and worked <= {one.number for one in known if one.registered_on is not None}

"""The checklist of a claim: what its routine asks for, answered by what is registered and by what is known.

Some documents are answered by the register that they fill: a power of attorney by the mandate whose original is
in, the account by the payee form, an assistant's particulars by the assistant. Others the claim answers itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from timvis.apps.applications import records as applications
from timvis.apps.applications.models import Application, AppliedBy
from timvis.apps.claims import by_summary
from timvis.apps.claims.models import Claim
from timvis.apps.claims.records import recipients_of, report_rows
from timvis.apps.documents.models import SentLetter
from timvis.apps.documents.queries import evidence_for
from timvis.apps.invoices import records as invoice_records
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PayeeVersion, ProviderVersion, Recipient
from timvis.apps.routines import records as routines
from timvis.core.calendar.local_time import day_of
from timvis.core.records import ProviderKind
from timvis.core.routine.checklist import CaseFacts, ChecklistRow, Received, checklist
from timvis.core.routine.completion import ASK, REMIND
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.terms import DocumentForm

POWER = "power_of_attorney"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a claim itself answers of the checklist, and how long the sickness was that it is about.

    `sick_days` is the last calendar day of the sick period that was reached, None where nothing tells.
    """

    met: frozenset[str] = frozenset()
    sick_days: int | None = None


def told_by(claim: Claim) -> Told:
    """Return what a claim answers by what it rests on: its application, its invoice, its reports, its decision.

    An invoice that follows the decision on an application need not tell again what the application told.
    """
    first = claim.refers_to
    applied = _told_by_application(claim.application or (first.application if first else None))
    met = set(applied.met)
    if claim.invoice_id is not None:
        met |= {"invoice", "invoice_basis"}
    if report_rows(claim).exists():
        met.add("time_reports")
    if claim.decisions.exists():
        met.add("sick_period")
    return Told(met=frozenset(met), sick_days=applied.sick_days)


def _told_by_application(application: Application | None) -> Told:
    """Return what an application answers by what it says, and the day its longest sickness reached."""
    if application is None:
        return Told()
    version = applications.newest_version(application)
    parts = applications.parts_of(version)
    said = {
        "applicants_particulars": bool(version.applicant_name and version.contact),
        "payee_account": version.payee_id is not None,
        "application_signature": version.signed_on is not None,
        "collective_agreement": all(part.agreement for part in parts),
        "pay_particulars": all(part.pay and part.claimed for part in parts),
        "qualifying_statement": all(part.deductions_on is not None for part in parts),
        "decision_address": bool(version.contact),
        "sick_period": True,
    }
    days = [(spell.last_on - spell.first_on).days + 1 for part in parts for spell in part.spell]
    return Told(met=frozenset(code for code, is_told in said.items() if is_told), sick_days=max(days))


def checklist_of(claim: Claim, *, now: datetime, routine: Routine | None = None) -> tuple[ChecklistRow, ...]:
    """Return every row of a claim's checklist as it stands now; of several recipients, as it stands for the worst."""
    told, came = told_by(claim), day_of(claim.received_at)
    provider = parties.provider_version(claim.provider_id, known_at=now)
    on = day_of(now)
    form = parties.payee(claim.recipient_id, claim.provider_id, known_at=now, on=on)
    routine = routine or routines.routine(claim.routine_version)
    facts = CaseFacts(
        on=on,
        provider_kind=ProviderKind(provider.kind),
        claim_kind=ClaimKind(claim.kind),
        sick_days=told.sick_days,
        is_first_claim=_is_first(claim),
        is_decided=claim.decisions.exists(),
        asked_for=_asked_for(claim),
        received=(
            *(_known(code, came) for code in sorted(told.met)),
            *_told_by_registers(claim, provider, form, now),
            *_handed_in_as_visits(claim),
        ),
    )
    lists = [
        checklist(routine, replace(facts, received=(*facts.received, *_received(claim, one, now))))
        for one in recipients_of(claim)
    ]
    return tuple(max(rows, key=_worst) for rows in zip(*lists, strict=True))


def _worst(row: ChecklistRow) -> tuple[bool, date]:
    return row.is_missing, row.received_on or date.min


def _is_first(claim: Claim) -> bool:
    if claim.recipient_id is None:
        return False
    earlier = Claim.objects.filter(recipient_id=claim.recipient_id, provider_id=claim.provider_id, kind=claim.kind)
    return not earlier.filter(id__lt=claim.pk).exists()


def _asked_for(claim: Claim) -> frozenset[str]:
    """Return the documents that were asked for in the case, and what it calls for because an agent acts in it."""
    sent = SentLetter.objects.filter(
        municipality=claim.municipality.slug, about=claim.number, code__in=(ASK, REMIND)
    ).values_list("asks_for", flat=True)
    by_agent = {POWER} if claim.submitted_by_provider or _is_by_agent(claim) else set()
    return frozenset({code for codes in sent for code in codes} | by_agent)


def _is_by_agent(claim: Claim) -> bool:
    application = claim.application
    return application is not None and applications.newest_version(application).applied_by == AppliedBy.AGENT


def _received(claim: Claim, recipient: Recipient, now: datetime) -> Iterator[Received]:
    """Yield what is registered as in for a recipient, and her powers of attorney whose original is in."""
    numbers = {one.number for one in (claim, claim.refers_to) if one is not None}
    for row in evidence_for(recipient_id=recipient.pk, provider_id=claim.provider_id, known_at=now):
        # What came in without a case, but in the claim's own time, is taken as the claim's.
        in_its_time = not row.about and row.received_on >= claim.month_on
        yield Received(
            requirement=row.requirement,
            received_on=row.received_on,
            about_case=row.about in numbers or in_its_time,
            is_standing=not row.about,
            forms=frozenset(DocumentForm(form) for form in row.forms),
        )
    for mandate in parties.mandates(recipient.pk, known_at=now):
        if mandate.original_received_on is not None:
            yield _known(POWER, mandate.original_received_on, holds_to=mandate.valid_to)


def _told_by_registers(
    claim: Claim, provider: ProviderVersion, payee: PayeeVersion | None, now: datetime
) -> Iterator[Received]:
    """Yield what somebody answered when she registered what the document says."""
    if payee is not None and (account := payee.form_received_on or payee.proof_received_on):
        yield _known("payee_account", account)
    if payee is not None and payee.form_received_on is not None:
        yield _known("payee_form", payee.form_received_on)
    if payee is not None and payee.proof_received_on is not None:
        yield _known("account_proof", payee.proof_received_on)
    if provider.employer_registered_from is not None:
        yield _known("employer_registration", provider.employer_registered_from)
    if provider.kind == ProviderKind.OWN_EMPLOYER and provider.permit_from is not None:
        yield _known("ivo_notice", provider.permit_from)
    if registered_on := _assistants_registered_on(claim, now):
        yield _known("assistants_data", registered_on)


def _handed_in_as_visits(claim: Claim) -> Iterator[Received]:
    """Yield what a provider of home care has handed in for the months that its invoice is for."""
    if claim.kind != ClaimKind.HOME_CARE or claim.invoice is None:
        return
    months = {share.month_on for share in invoice_records.share_rows(claim.invoice)}
    for requirement, on in sorted(by_summary.reported_on(claim, months).items()):
        yield _known(requirement, on)


def _known(requirement: str, on: date, *, holds_to: date | None = None) -> Received:
    return Received(requirement=requirement, received_on=on, about_case=True, forms=None, holds_to=holds_to)


def _assistants_registered_on(claim: Claim, now: datetime) -> date | None:
    """Return the day the last of the assistants who worked was registered, None while one of them is not."""
    worked = {row.assistant_number for row in report_rows(claim) if row.assistant_number}
    known = parties.assistants(claim.provider_id, known_at=now, numbers=worked)
    days = {one.number: one.registered_on for one in known if one.registered_on is not None}
    return max(days[number] for number in worked) if worked and worked <= days.keys() else None

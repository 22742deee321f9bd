"""Acts on a claim that rests on an invoice: opened, allocated anew, account stamped. Each is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import by_summary, queries, stamping
from timvis.apps.claims.actions import found
from timvis.apps.claims.models import MAY_BE_PAID, NOTHING_PAID, Claim, Stamp, StampedPart
from timvis.apps.claims.opening import move, move_past_signatures, next_number
from timvis.apps.invoices import keeping
from timvis.apps.invoices import queries as invoices
from timvis.apps.invoices import records as invoice_records
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice, InvoiceStatus
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Provider
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import NEW, Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.coding import AccountString, faults_of
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice.case import months_of
from timvis.core.invoice.interest import pay_by
from timvis.core.invoice.records import DocumentKind
from timvis.core.records import Regime
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.terms import UnwantedInvoice

# --- opening --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grounds:
    """What a claim on an invoice is opened on, all of it found."""

    supplier: Provider
    version: RoutineVersion
    follows: Claim | None


@transaction.atomic
def open_claim(
    actor: Actor, invoice_id: int, kind: ClaimKind, *, seen: str, now: datetime, follows: str | None = None
) -> str | Refusal | tuple[Fault, ...]:
    """Return the number of the claim that an allocated invoice now rests in, or everything that is missing for one.

    `follows` is the number of a decided claim whose costs the invoice is for. The routine is the one in force when
    the invoice came: it says who does what; prices and hours are judged by the months of work.
    """
    attempt = Attempt(actor, Action.OPEN_INVOICE_CLAIM, "invoice", invoice_id, now)
    invoice = invoices.invoice_in(actor, invoice_id)
    if invoice is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([one.pk for one in invoices.recipients_of(invoice)])
    if refusal := attempt.refused(invoices.relation_to_invoice(actor, invoice, now=now), NEW):
        return refusal
    if seen != invoices.standing(invoice):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if invoice.status != InvoiceStatus.RECEIVED or invoice.kind != DocumentKind.INVOICE:
        return attempt.refuse(Refusal.WRONG_STATE)
    grounds = _grounds(actor, invoice, kind, follows, now)
    if isinstance(grounds, tuple):
        return grounds
    if not keeping.move(invoice, to=InvoiceStatus.IN_CLAIM, supplier=grounds.supplier):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    try:
        with transaction.atomic():
            claim = _open(actor, invoice, kind, grounds)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"claim": claim.number, "kind": kind.value, "follows": follows})
    return claim.number


def _grounds(
    actor: Actor, invoice: Invoice, kind: ClaimKind, follows: str | None, now: datetime
) -> _Grounds | tuple[Fault, ...]:
    faults: list[Fault] = []
    supplier = invoice.supplier or invoice_records.supplier_of(invoice.municipality_id, invoice.supplier_number)
    if supplier is None:
        faults.append(_NO_SUPPLIER)
    if invoice_records.newest_allocation(invoice) is None:
        faults.append(_NO_ALLOCATION)
    version = routines.for_invoice(actor.municipality, kind, day_of(invoice.received_at))
    if version is None:
        faults.append(_NO_ROUTINE)
    elif not routine_records.routine(version).accepts_invoices:
        faults.append(not_accepted(routine_records.routine(version).unwanted_invoice))
    elif supplier is not None and not invoice.is_secret:
        ways = by_summary.channels(routine_records.routine(version), supplier.pk, kind, known_at=now)
        faults += [_NOT_MARKED_SECRET] if by_summary.is_secret(ways) else []
    decided = _decided(actor, follows)
    if isinstance(decided, Fault):
        faults.append(decided)
    if faults or supplier is None or version is None or isinstance(decided, Fault):
        return tuple(faults)
    return _Grounds(supplier=supplier, version=version, follows=decided)


def _decided(actor: Actor, number: str | None) -> Claim | Fault | None:
    """Return the decided claim that an invoice follows, None when it follows none."""
    if not number:
        return None
    claim = queries.claim_in(actor, number)
    if claim is None or claim.status in NOTHING_PAID or queries.newest_decision(claim) is None:
        return Fault(
            code="decision_is_unknown",
            message="Det beslut som fakturan hänvisar till finns inte.",
            remedy="Kontrollera ärendets nummer; beslutet ska vara fattat innan fakturan handläggs.",
            column="follows",
        )
    if claim.application_id is not None and not claim.is_paid_by_invoice:
        return Fault(
            code="decision_is_paid_already",
            message="Det som beslutet beviljar betalas på ansökan och inte på någon faktura.",
            remedy="Återsänd fakturan: samma kostnad betalas inte två gånger.",
            column="follows",
        )
    if claim.is_paid_by_invoice and claim.referred_to_by.filter(status__in=MAY_BE_PAID).exists():
        return Fault(
            code="decision_is_invoiced_already",
            message="En annan faktura följer redan samma beslut.",
            remedy="Återsänd den ena: ett beslut betalas på en faktura.",
            column="follows",
        )
    return claim


def _open(actor: Actor, invoice: Invoice, kind: ClaimKind, grounds: _Grounds) -> Claim:
    billed = invoice_records.billed(invoice)
    recipients = invoices.recipients_of(invoice)
    routine = routine_records.routine(grounds.version)
    received_on = day_of(invoice.received_at)
    return Claim.objects.create(
        number=next_number(invoice.municipality, received_on.year),
        municipality=invoice.municipality,
        recipient=recipients[0] if len(recipients) == 1 else None,
        invoice=invoice,
        provider=grounds.supplier,
        kind=kind,
        regime=routine.regime or Regime.LSS,
        month_on=months_of(billed.shares)[-1],
        routine_version=grounds.version,
        received_at=invoice.received_at,
        due_on=pay_by(billed.invoice, received_on),
        registered_by_id=invoice.registered_by_id,
        submitted_by_provider=False,
        refers_to=grounds.follows,
        note=invoice.note,
    )


def not_accepted(instead: UnwantedInvoice) -> Fault:
    """Return that a routine takes no invoices, with what it says shall be done with one."""
    return Fault(
        code="invoices_are_not_accepted",
        message="Rutinen tar inte emot fakturor för den här ersättningen.",
        remedy="Spara den som handling."
        if instead is UnwantedInvoice.KEEP_AS_DOCUMENT
        else "Återsänd fakturan till utföraren.",
    )


_NO_SUPPLIER = Fault(
    code="supplier_is_unknown",
    message="Leverantören finns inte i registret.",
    remedy="Registrera utföraren med konto och kontobevis, eller återsänd fakturan.",
)
_NO_ALLOCATION = Fault(
    code="allocation_is_missing",
    message="Fakturan är inte fördelad på någon brukare.",
    remedy="Fördela den så att beloppen blir fakturans på öret.",
)
_NOT_MARKED_SECRET = Fault(
    code="secret_mark_is_missing",
    message="Fakturan är inte sekretessmärkt, och rutinen kräver det.",
    remedy="Sekretessmärk fakturan, och öppna sedan ärendet.",
)
_NO_ROUTINE = Fault(
    code="routine_is_missing",
    message="Ingen antagen rutin gäller för den här sortens ärende den dag fakturan kom.",
    remedy="Välj rätt sorts ärende, eller be att rutinen antas.",
)


# --- allocated anew ----------------------------------------------------------------------------------------------


@transaction.atomic
def allocate_anew(
    actor: Actor, claim_number: str, laid: Sequence[Laid], *, reason: str, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the allocation that now counts for a claim's invoice.

    What was found, said, calculated and signed was so of another allocation: the claim is judged again.
    """
    claim, attempt = found(actor, claim_number, Action.ALLOCATE, now, seen)
    if isinstance(claim, Refusal):
        return claim
    invoice = claim.invoice
    if invoice is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if faults := keeping.allocation_faults(invoice, laid):
        return faults
    if not move(claim, to=ClaimStatus.RECEIVED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    number = keeping.write_allocation(invoice, laid, actor=actor, reason=reason, now=now)
    recipients = invoices.recipients_of(invoice)
    Claim.objects.filter(pk=claim.pk).update(
        recipient=recipients[0] if len(recipients) == 1 else None,
        month_on=max(one.month_on for one in laid),
    )
    attempt.done(reason=reason, detail={"allocation": number, "shares": len(laid)})
    return number


# --- the account stamp -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The account string somebody chose for an amount, and why if it is not the one suggested."""

    string: AccountString
    reason: str = ""


@transaction.atomic
def stamp(
    actor: Actor, claim_number: str, chosen: Mapping[str, Chosen] | None = None, *, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the account stamp that now counts, or everything the chart has against it.

    `chosen` names amounts by `ToCode.key`; the others get what the routine's rules suggest. Choosing otherwise takes
    a reason. When something is calculated already, a new round begins: it was another account that was signed.
    """
    claim, attempt = found(actor, claim_number, Action.ACCOUNT_STAMP, now, seen)
    if isinstance(claim, Refusal):
        return claim
    parts = _stamped(claim, chosen or {}, now)
    if any(part.reason == "" and not part.because for part in parts):
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    coding, chart = routine_records.routine(claim.routine_version).coding, stamping.chart_of(claim)
    faults = [fault for part in parts for fault in faults_of(stamping.string_of(part), coding, chart)]
    if faults:
        return tuple(dict.fromkeys(faults))
    if not move_past_signatures(claim):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    number = claim.stamps.count() + 1
    made = Stamp.objects.create(claim=claim, number=number, made_at=now, made_by_id=actor.person_id)
    for part in parts:
        part.stamp = made
    StampedPart.objects.bulk_create(parts)
    strings = [stamping.string_of(part).text for part in parts]
    attempt.done(reason=" ".join(part.reason for part in parts if part.reason), detail={"strings": strings})
    return number


def _stamped(claim: Claim, chosen: Mapping[str, Chosen], now: datetime) -> list[StampedPart]:
    """Return the rows of a stamp; one that was chosen otherwise without a reason has neither reason nor because."""
    rows = []
    provider = parties.provider(claim.provider_id, known_at=now)
    for amount in stamping.amounts(claim):
        proposal, own = stamping.suggestion(claim, amount.month_on, provider), chosen.get(amount.key)
        is_other = own is not None and own.string != proposal.string
        string = own.string if own is not None else proposal.string
        rows.append(
            StampedPart(
                share=amount.share,
                account=string.account,
                parts=[list(part) for part in string.parts],
                because="" if is_other else proposal.because,
                reason=own.reason.strip() if own is not None and is_other else "",
            )
        )
    return rows

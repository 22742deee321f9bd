"""Acts on what a substitute worked: the two reports, the provider's cost, the fee, its review, its invoice basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from timvis.apps.documents.actions import send_letter
from timvis.apps.orders import keeping, queries, records, time_letters
from timvis.apps.orders.actions import period_text
from timvis.apps.orders.models import Booking, Fee, FeeReview, InvoiceBasis, StatedCost, TimeSheets
from timvis.apps.parties import records as party_records
from timvis.core.access import Action, Actor, BookingStatus
from timvis.core.account_numbers import bankgiro as bankgiro_of
from timvis.core.calculation.calculated import doubt
from timvis.core.calculation.substitute_fee import SubstituteCase, calculate
from timvis.core.calendar.local_time import day_of
from timvis.core.coding import CodingCase, faults_of, suggested
from timvis.core.faults import Fault, Refusal
from timvis.core.identity import NumberProblem
from timvis.core.invoice.of_fee import TERM, FeeInvoice, invoice_of
from timvis.core.law import LawBook, LawReader
from timvis.core.letter import Head
from timvis.core.records import ProviderKind
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.routine.records import Act, ClaimKind
from timvis.core.routine.terms import DecisionBasis
from timvis.core.statement import Statement
from timvis.core.substitute import time_sheets
from timvis.core.substitute.booking import BookingAct, after
from timvis.core.substitute.fee import Payer, ProviderCost, case_of
from timvis.core.substitute.time_sheets import QualifyingTerms, SheetRow, WorkedPiece, sheets
from timvis.formats.frozen import freeze, thaw
from timvis.formats.peppol_invoice.write import write as write_invoice
from timvis.formats.routine.chart import packaged_chart

INVOICE_BASIS = "invoice_basis"


# --- time -------------------------------------------------------------------------------------------------


@transaction.atomic
def report_time(
    actor: Actor,
    booking_id: int,
    worked: Sequence[WorkedPiece] | Sequence[SheetRow],
    *,
    law: LawBook,
    now: datetime,
    average_week_minutes: int | None = None,
    seen: str | None = None,
) -> int | Refusal | tuple[Finding, ...]:
    """Return the number of the reports, sent to the finance assistant, or what is wrong: then nothing is kept.

    Pieces of time are laid on the report they belong to; rows that already stand on one are judged as they are.
    Raises `LawGap`.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.REPORT_SUBSTITUTE_TIME, now, seen)
    if isinstance(booking, Refusal):
        return booking
    to = after(BookingAct.REPORT, BookingStatus(booking.status))
    if isinstance(to, Refusal) or not records.settings(booking).is_booked_here:
        return attempt.refuse(Refusal.WRONG_STATE)
    terms = records.terms(booking, records.settings(booking), average_week_minutes, LawReader(law))
    if terms is None:
        attempt.refuse(Refusal.FINDING_STOPS)
        return (_qualifying_time_is_unknown(booking),)
    rows = _on_their_sheets(worked, terms)
    if found := (*_outside_the_booking(booking, rows), *time_sheets.objections(rows, terms)):
        attempt.refuse(Refusal.FINDING_STOPS)
        return found
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    number = booking.time_sheets.count() + 1
    TimeSheets.objects.create(
        booking=booking,
        number=number,
        rows=[records.written_row(row) for row in rows],
        average_week_minutes=average_week_minutes,
        made_at=now,
        made_by_id=actor.person_id,
    )
    papers = time_letters.send_sheets(actor, booking, rows, now=now)
    if isinstance(papers, Refusal) or any(isinstance(one, Fault) for one in papers):
        raise TypeError(f"the time reports of {booking.number} could not be written: {papers}")
    minutes = sum(row.span.actual_minutes for row in rows)
    keeping.write_step(attempt, booking, detail={"sheets": number, "minutes": minutes})
    return number


def _on_their_sheets(
    worked: Sequence[WorkedPiece] | Sequence[SheetRow], terms: QualifyingTerms
) -> tuple[SheetRow, ...]:
    rows = tuple(one for one in worked if isinstance(one, SheetRow))
    pieces = tuple(one for one in worked if isinstance(one, WorkedPiece))
    return (*rows, *sheets(pieces, terms))


def _outside_the_booking(booking: Booking, rows: Sequence[SheetRow]) -> tuple[Finding, ...]:
    if not rows:
        return (
            doubt(
                "no_time_was_reported",
                Severity.STOPS,
                label="Ingen tid är redovisad",
                message="Skriv den tid som vikarien arbetade, eller avboka om ingen kom.",
                cites=("LSS 9 § 2",),
            ),
        )
    days = queries.days_of(booking)
    return tuple(
        doubt(
            "work_was_on_another_day_than_booked",
            Severity.STOPS,
            label="Tiden ligger på en annan dag än bokningen",
            message=f"{row.span.work_on} {row.span.from_text}–{row.span.to_text} ligger utanför bokningens dagar "
            f"({days[0]}–{days[1]}). Rätta dagen, eller boka passet för sig.",
            cites=("LSS 9 § 2",),
        )
        for row in rows
        if not days[0] <= row.span.work_on <= days[1]
    )


def _qualifying_time_is_unknown(booking: Booking) -> Finding:
    return doubt(
        "qualifying_time_was_not_known",
        Severity.STOPS,
        label="Karensens längd är inte känd",
        message="Det går inte att se vilken tidrapport timmarna hör till. Skriv den sjuka assistentens genomsnittliga "
        f"veckoarbetstid; sjukperioden började {booking.sick_from}.",
        cites=("sjuklönelagen 6 §",),
    )


# --- the provider's cost ----------------------------------------------------------------------------------


@transaction.atomic
def state_provider_cost(
    actor: Actor, booking_id: int, costs: Sequence[ProviderCost], *, stated_by: str, stated_on: date, now: datetime
) -> int | Refusal:
    """Return the number of the statement of what the sick assistant cost the provider in the same time."""
    booking, attempt = keeping.found(actor, booking_id, Action.STATE_PROVIDER_COST, now)
    if isinstance(booking, Refusal):
        return booking
    if not records.settings(booking).is_booked_here:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not stated_by.strip() or any(cost.cost_ore < 0 for cost in costs):
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    number = booking.stated_costs.count() + 1
    StatedCost.objects.create(
        booking=booking,
        number=number,
        costs=[records.written_cost(cost) for cost in costs],
        stated_by=stated_by.strip(),
        stated_on=stated_on,
        known_at=now,
        known_by_id=actor.person_id,
    )
    keeping.write_step(attempt, booking, detail={"costs": number, "sum_ore": sum(cost.cost_ore for cost in costs)})
    return number


# --- the fee ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The fee that was calculated, with what somebody must look at."""

    fee_id: int
    number: int
    statement: Statement
    findings: tuple[Finding, ...]


@transaction.atomic
def calculate_fee(
    actor: Actor, booking_id: int, *, law: LawBook, now: datetime, seen: str | None = None
) -> Proposed | Refusal | tuple[Finding, ...] | tuple[Fault, ...]:
    """Return the fee with its reasons and its account, or what is missing to propose one. Raises `LawGap`.

    It may be done again until something is sent; the last one counts, and a review of an older one does not.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.CALCULATE_FEE, now, seen)
    if isinstance(booking, Refusal):
        return booking
    case = case_of_booking(booking, law)
    handed_in, stated = records.newest_sheets(booking), records.newest_costs(booking)
    if isinstance(case, tuple):
        attempt.refuse(Refusal.FINDING_STOPS)
        return case
    calculated = calculate(case, LawReader(law))
    if handed_in is None or stated is None:
        raise TypeError(f"{booking.number}: a fee was made of nothing")
    coding = records.routine(booking).coding
    chart = packaged_chart(coding.chart)
    provider = party_records.provider(booking.provider_id, known_at=now)
    suggestion = suggested(
        coding,
        chart,
        CodingCase(
            kind=ClaimKind.SUBSTITUTE_FEE,
            on=queries.days_of(booking)[0],
            provider_kind=provider.kind,
            provider_number=provider.number,
            decision=DecisionBasis.LSS_9_2_SICKNESS,
        ),
    )
    if wrong := faults_of(suggestion.string, coding, chart):
        attempt.refuse(Refusal.DOCUMENTS_ARE_MISSING)
        return wrong
    if not keeping.move(booking, to=BookingStatus.WORKED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    made = calculated.statement
    fee = Fee.objects.create(
        booking=booking,
        number=booking.fees.count() + 1,
        time_sheets=handed_in,
        stated_cost=stated,
        total_ore=made.total_ore,
        digest=made.digest,
        body=freeze(Statement, made),
        case=freeze(SubstituteCase, case),
        findings=[{"code": one.code, "label": one.label, "message": one.message} for one in calculated.findings],
        account=suggestion.string.account,
        parts=[list(part) for part in suggestion.string.parts],
        because=suggestion.because,
        made_at=now,
        made_by_id=actor.person_id,
    )
    keeping.write_step(attempt, booking, detail={"fee": fee.number, "total_ore": fee.total_ore, "digest": fee.digest})
    return Proposed(fee_id=fee.pk, number=fee.number, statement=made, findings=calculated.findings)


def case_of_booking(booking: Booking, law: LawBook) -> SubstituteCase | tuple[Finding, ...]:
    """Return what a booking's newest reports and costs give to calculate on, or what is missing. Raises `LawGap`."""
    handed_in, settings = records.newest_sheets(booking), records.settings(booking)
    reader = LawReader(law)
    terms = records.terms(booking, settings, handed_in.average_week_minutes if handed_in else None, reader)
    if terms is None:
        return (_qualifying_time_is_unknown(booking),)
    return case_of(records.sheet_rows(handed_in), records.costs(records.newest_costs(booking)), terms, reader)


@transaction.atomic
def review_fee(actor: Actor, booking_id: int, *, digest: str, now: datetime) -> int | Refusal:
    """Return the id of the review of the newest fee, by another person than who calculated it."""
    booking, attempt = keeping.found(actor, booking_id, Action.REVIEW_FEE, now)
    if isinstance(booking, Refusal):
        return booking
    fee = queries.newest_fee(booking)
    if fee is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if fee.digest != digest:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if fee.made_by_id == actor.person_id:
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    review, is_new = FeeReview.objects.get_or_create(
        fee=fee,
        defaults={
            "calculated_by_id": fee.made_by_id,
            "reviewed_by_id": actor.person_id,
            "digest": fee.digest,
            "at": now,
        },
    )
    if is_new:
        keeping.write_step(attempt, booking, detail={"fee": fee.number, "digest": fee.digest})
    return review.pk


@transaction.atomic
def close_without_fee(
    actor: Actor, booking_id: int, *, reason: str, now: datetime, seen: str | None = None
) -> BookingStatus | Refusal:
    """Return the status of a booking that nobody is charged for: the calculation came to nothing, and why is said.

    It is the answer to the question that a cost higher than the hourly amount raises.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.CLOSE_WITHOUT_FEE, now, seen)
    if isinstance(booking, Refusal):
        return booking
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    fee = queries.newest_fee(booking)
    to = after(BookingAct.CLOSE, BookingStatus(booking.status))
    if isinstance(to, Refusal) or fee is None or fee.total_ore > 0:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not _is_reviewed(booking, fee):
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    keeping.write_step(attempt, booking, reason=reason.strip(), detail={"fee": fee.number, "digest": fee.digest})
    return to


def _is_reviewed(booking: Booking, fee: Fee) -> bool:
    """Return whether somebody else has reviewed a fee, or the routine has nobody who does."""
    return records.routine(booking).signed_by(Act.REVIEW_ATTEST) is None or hasattr(fee, "review")


# --- the invoice basis ------------------------------------------------------------------------------------


@transaction.atomic
def send_invoice_basis(
    actor: Actor,
    booking_id: int,
    *,
    buyer_reference: str,
    bankgiro: str = "",
    payer: Payer = Payer.PROVIDER,
    now: datetime,
    seen: str | None = None,
) -> InvoiceBasis | Refusal | tuple[Fault, ...]:
    """Return what was sent for a fee: a letter with the reasons, and to a company an e-invoice.

    Nothing is ever ordered or paid by it. The decision and the power of attorney that were allowed to come
    afterwards must be in; where the routine has a reviewer, somebody else than who calculated has reviewed.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.SEND_INVOICE_BASIS, now, seen)
    if isinstance(booking, Refusal):
        return booking
    fee = queries.newest_fee(booking)
    to = after(BookingAct.CHARGE, BookingStatus(booking.status))
    if isinstance(to, Refusal) or fee is None or fee.total_ore <= 0:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not _is_reviewed(booking, fee):
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if queries.stops_charging(booking, now=now):
        return attempt.refuse(Refusal.DOCUMENTS_ARE_MISSING)
    giro = bankgiro_of(bankgiro) if bankgiro.strip() else ""
    if isinstance(giro, NumberProblem):
        return (_wrong_bankgiro(),)
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    letter = _letter(actor, booking, fee, payer, now)
    if isinstance(letter, Refusal | tuple):
        transaction.set_rollback(True)
        return letter
    issued_on = day_of(now)
    xml = _e_invoice(booking, fee, payer, buyer_reference.strip() or booking.number, giro, now)
    basis = InvoiceBasis.objects.create(
        booking=booking,
        fee=fee,
        number=_invoice_number(booking),
        payer=payer,
        total_ore=fee.total_ore,
        issued_on=issued_on,
        due_on=issued_on + TERM,
        letter_id=letter,
        xml=xml,
        digest=sha256(xml).hexdigest(),
        made_at=now,
        made_by_id=actor.person_id,
    )
    keeping.write_step(
        attempt, booking, detail={"invoice": basis.number, "total_ore": basis.total_ore, "digest": basis.digest}
    )
    return basis


def _invoice_number(booking: Booking) -> str:
    return f"{booking.number}-1"


def _wrong_bankgiro() -> Fault:
    return Fault(
        code="bankgiro_is_wrong",
        message="Bankgironumret är fel skrivet: kontrollsiffran stämmer inte.",
        remedy="Skriv kommunens bankgiro som det står på era fakturor, eller lämna fältet tomt.",
        column="bankgiro",
    )


def _letter(actor: Actor, booking: Booking, fee: Fee, payer: Payer, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    of_provider = payer is Payer.PROVIDER
    asked = (
        party_records.provider(booking.provider_id, known_at=now)
        if of_provider
        else party_records.recipient(booking.recipient_id, known_at=now)
    )
    lines = thaw(Statement, fee.body).lines
    account = " ".join((fee.account, *(f"{code} {value}" for code, value in fee.parts)))
    return send_letter(
        actor,
        INVOICE_BASIS,
        Head(
            sender=booking.municipality.name,
            receiver=(asked.name,),
            reference=booking.number,
            written_on=day_of(now),
            contact=(f"Konteras hos kommunen: {account}",),
        ),
        {
            "case_number": booking.number,
            # A paper about money leaves the house: the case is named, not the person.
            "recipient": f"den som ärendet {booking.number} gäller",
            "period": period_text(booking),
            "amount": _kronor(fee.total_ore),
            "reason": " ".join(f"{line.label}: {_kronor(line.amount_ore)}. {line.because}" for line in lines),
        },
        now=now,
        recipient_id=booking.recipient_id,
        provider_id=booking.provider_id if of_provider else None,
    )


def _e_invoice(booking: Booking, fee: Fee, payer: Payer, reference: str, bankgiro: str, now: datetime) -> bytes:
    """Return the e-invoice; nothing to a person, who has no address in the network."""
    provider = party_records.provider(booking.provider_id, known_at=now)
    if payer is Payer.RECIPIENT or provider.kind is ProviderKind.OWN_EMPLOYER:
        return b""
    first_on, last_on = queries.days_of(booking)
    return write_invoice(
        invoice_of(
            thaw(Statement, fee.body),
            FeeInvoice(
                number=_invoice_number(booking),
                booking=booking.number,
                issued_on=day_of(now),
                seller_name=booking.municipality.name,
                seller_number=booking.municipality.organisation_number,
                buyer_name=provider.name,
                buyer_number=provider.number,
                reference=reference,
                period_from=first_on,
                period_to=last_on + timedelta(days=1),
                bankgiro=bankgiro,
            ),
        )
    )


def _kronor(ore: int) -> str:
    sign = "−" if ore < 0 else ""
    whole = f"{abs(ore) // 100:,}".replace(",", " ")
    return f"{sign}{whole},{abs(ore) % 100:02d} kr"

"""Acts on a report to the state: frozen, signed, queued, and what became of it told. Nothing is sent by itself."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import relation_to_recipient
from timvis.apps.state_reports import queries, records
from timvis.apps.state_reports.models import FrozenReport, Queued, ReportSignature, SendOutcome, SendResult, Signer
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.state_report import Standing
from timvis.formats.elt.check import check
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt.read import read


@transaction.atomic
def freeze_report(actor: Actor, content: bytes, *, now: datetime) -> str | Refusal | tuple[Fault, ...]:
    """Return the id of a report that is now ready to sign, or everything that keeps it from being sent.

    The same bytes again are the same report; other bytes with the same id are refused.
    """
    attempt = Attempt(actor, Action.FREEZE_STATE_REPORT, "state_report", sha256(content).hexdigest(), now)
    if faults := check(content, today=day_of(now)):
        return faults
    report = read(content, today=day_of(now)).reports[0]
    recipient = Recipient.objects.filter(
        municipality__slug=actor.municipality, personal_number=report.recipient_number or ""
    ).first()
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([recipient.pk])
    if refusal := attempt.refused(relation_to_recipient(actor, recipient, now=now)):
        return refusal
    digest = sha256(content).hexdigest()
    known = FrozenReport.objects.filter(key=report.key).first()
    if known is not None:
        same = known.digest == digest and known.recipient_id == recipient.pk
        return known.key if same else (_changed(report.key),)
    FrozenReport.objects.create(
        recipient=recipient,
        key=report.key,
        month_on=report.month_on,
        assistant_number=report.assistant_number or "",
        content=content,
        digest=digest,
        text_to_sign=text_to_sign(content),
        frozen_at=now,
        frozen_by_id=actor.person_id,
    )
    attempt.done(detail={"report": report.key, "digest": digest})
    return report.key


@transaction.atomic
def attach_signature(
    actor: Actor,
    key: str,
    signer: Signer,
    *,
    signature: bytes,
    ocsp_response: bytes,
    signed_on: date,
    now: datetime,
) -> int | Refusal:
    """Return the id of a signature that a signing service gave over a report; the assistant's comes first."""
    report, attempt = _found(actor, key, Action.ATTACH_STATE_SIGNATURE, now)
    if isinstance(report, Refusal):
        return report
    signers = {row.signer for row in report.signatures.all()}
    if signer is Signer.PROVIDER and Signer.ASSISTANT not in signers:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if signer in signers:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    made = ReportSignature.objects.create(
        report=report,
        signer=signer,
        signature=signature,
        ocsp_response=ocsp_response,
        signed_on=signed_on,
        attached_at=now,
        attached_by_id=actor.person_id,
    )
    attempt.done(detail={"report": key, "signer": signer.value, "signed_on": str(signed_on)})
    return made.pk


@transaction.atomic
def queue_report(actor: Actor, key: str, *, now: datetime, although: str = "") -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a place in the queue for a report that both have signed.

    When one for the same assistant, person and month has been sent, `although` says why another is.
    """
    report, attempt = _found(actor, key, Action.QUEUE_STATE_REPORT, now)
    if isinstance(report, Refusal):
        return report
    at = records.standing(report)
    if at is Standing.TO_SIGN:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    if at is not Standing.SIGNED:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if not records.is_as_signed(report):
        return (altered(key),)
    if queries.sent_for_the_same(report) and not although.strip():
        return (_SENT_BEFORE,)
    try:
        with transaction.atomic():
            made = Queued.objects.create(
                report=report, although=although.strip(), queued_at=now, queued_by_id=actor.person_id
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=although.strip(), detail={"report": key, "digest": report.digest})
    return made.pk


@transaction.atomic
def settle_unknown(
    actor: Actor, key: str, *, was_received: bool, reason: str, now: datetime, transaction_id: str = ""
) -> SendOutcome | Refusal:
    """Return what a person has found out of an attempt that nobody knew the end of; `reason` says how she knows.

    A report that did not arrive goes back to the queue.
    """
    report, attempt = _found(actor, key, Action.SETTLE_STATE_REPORT, now)
    if isinstance(report, Refusal):
        return report
    if records.standing(report) is not Standing.UNKNOWN:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    outcome = SendOutcome.RECEIPT if was_received else SendOutcome.NOT_RECEIVED
    last = report.queued.attempts.order_by("-number").get(result__isnull=True)
    SendResult.objects.create(
        attempt=last,
        outcome=outcome,
        transaction_id=transaction_id,
        reason=reason,
        told_at=now,
        told_by_id=actor.person_id,
    )
    attempt.done(reason=reason, detail={"report": key, "outcome": outcome.value})
    return outcome


def texts_to_sign(actor: Actor, keys: Sequence[str]) -> str:
    """Return what the provider signs for several reports in one go: their "<id>,<hex>" joined by semicolons."""
    texts = dict(queries.reports_in(actor.municipality).filter(key__in=keys).values_list("key", "text_to_sign"))
    return ";".join(texts[key] for key in keys if key in texts)


def _found(actor: Actor, key: str, action: Action, now: datetime) -> tuple[FrozenReport | Refusal, Attempt]:
    attempt = Attempt(actor, action, "state_report", key, now)
    report = queries.report_in(actor, key)
    if report is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = attempt.about([report.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, report.recipient, now=now)):
        return refusal, attempt
    return report, attempt


def _changed(key: str) -> Fault:
    return Fault(
        code="report_was_changed_after_freezing",
        message=f"Tidredovisningen {key} finns redan, med annat innehåll.",
        remedy="Skriv ut den ändrade tidredovisningen med ett nytt id, och låt båda skriva under på nytt.",
        column="id",
    )


def altered(key: str) -> Fault:
    """Return that a report's bytes are not those that were signed."""
    return Fault(
        code="report_is_altered",
        message=f"Tidredovisningen {key} är inte den som undertecknades: dess fingeravtryck stämmer inte.",
        remedy="Den skickas inte. Låt driften ta reda på vem som har ändrat i databasen, och jämför med loggen.",
        column="id",
    )


_SENT_BEFORE = Fault(
    code="report_for_the_same_month_was_sent",
    message="En tidredovisning för samma assistent, person och månad är redan skickad eller på väg.",
    remedy="Försäkringskassan säger inte om en ny ersätter den gamla. Fråga först, och ange sedan skälet.",
)

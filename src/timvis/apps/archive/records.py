"""Rows → what goes into a package: the client file in one half, the accounting material in the other.

The halves are kept for different times, so nothing about the person's days stands in the accounting half.
"""

import json
from collections.abc import Iterator
from typing import Any

from timvis.apps.accounting import records as accounting
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.applications.models import Application, ApplicationVersion
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.claims.models import Claim, ClaimDecision, Finding, Review, Stamp, Statement
from timvis.apps.claims.records import report_rows
from timvis.apps.invoices.models import Allocation, Invoice
from timvis.formats.archive_package.records import PackageFile
from timvis.formats.attest_slip.write import write as write_slip

CLIENT_FILE, ACCOUNTING = "client_file", "accounting"


def files(claim: Claim) -> tuple[PackageFile, ...]:
    """Return every file of a claim's package, by path."""
    return (*_client_files(claim), *_accounting_files(claim))


def _client_files(claim: Claim) -> Iterator[PackageFile]:
    reports = report_rows(claim).select_related("original")
    originals = {report.original.digest: report.original for report in reports if report.original}
    for digest, original in sorted(originals.items()):
        yield PackageFile(
            path=f"{CLIENT_FILE}/originals/{digest[:16]}-{original.file_name}",
            media_type=original.media_type,
            content=bytes(original.content),
        )
    if claim.invoice is not None:
        yield from _invoice_files(claim.invoice)
    if claim.application is not None:
        yield from _application_files(claim.application)
    for statement in claim.statements.order_by("number"):
        yield _json(f"{CLIENT_FILE}/statement-{statement.number}.json", _statement(statement))
    for signed in signatures(claim):
        if (made := slip(signed)) is not None:
            path = f"{CLIENT_FILE}/attest/{slip_name(signed)}"
            yield PackageFile(path=path, media_type="application/json", content=write_slip(made))
    yield _json(f"{CLIENT_FILE}/findings.json", [_review(review) for review in claim.reviews.order_by("number")])
    if claim.decisions.exists():
        decided = [_decision(row) for row in claim.decisions.select_related("made_by").order_by("number")]
        yield _json(f"{CLIENT_FILE}/decisions.json", decided)
    yield PackageFile(
        path=f"{CLIENT_FILE}/routine.toml",
        media_type="application/toml",
        content=claim.routine_version.text.encode(),
    )


def _invoice_files(invoice: Invoice) -> Iterator[PackageFile]:
    """Yield an invoice and the credit notes settled with it: the bytes, the picture, and whose cost it is."""
    for row in (invoice, *invoice.credit_notes.order_by("id")):
        for original in (row.original, row.scan):
            if original is not None:
                yield PackageFile(
                    path=f"{CLIENT_FILE}/originals/{original.digest[:16]}-{original.file_name}",
                    media_type=original.media_type,
                    content=bytes(original.content),
                )
        allocations = row.allocations.order_by("number").prefetch_related("shares__recipient", "made_by")
        yield _json(f"{CLIENT_FILE}/allocation-{row.pk}.json", [_allocation(one) for one in allocations])


def _application_files(application: Application) -> Iterator[PackageFile]:
    """Yield every version of an application: what it says, and the bytes or the picture it was read from."""
    versions = application.versions.order_by("number").select_related("original", "made_by")
    for version in versions:
        if version.original is not None:
            yield PackageFile(
                path=f"{CLIENT_FILE}/originals/{version.number}-{version.original.digest[:16]}"
                f"-{version.original.file_name}",
                media_type=version.original.media_type,
                content=bytes(version.original.content),
            )
    yield _json(f"{CLIENT_FILE}/application.json", [_version(version) for version in versions])


def _version(version: ApplicationVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "made_at": version.made_at.isoformat(),
        "made_by": version.made_by.name,
        "reason": version.reason,
        "applied_by": version.applied_by,
        "applicant": version.applicant_name,
        "represents": version.represents,
        "signed_on": str(version.signed_on or ""),
        "covers": version.covers,
        "from": str(version.applied_from),
        "to": str(version.applied_to),
        "parts": version.parts,
    }


def _allocation(allocation: Allocation) -> dict[str, Any]:
    return {
        "number": allocation.number,
        "made_at": allocation.made_at.isoformat(),
        "made_by": allocation.made_by.name,
        "reason": allocation.reason,
        "shares": [
            {
                "recipient": share.recipient.personal_number,
                "month": f"{share.month_on:%Y-%m}",
                "minutes": share.minutes,
                "amount_ore": share.amount_ore,
                "line": share.line,
            }
            for share in allocation.shares.order_by("number")
        ],
    }


def _decision(row: ClaimDecision) -> dict[str, Any]:
    return {
        "number": row.number,
        "period_from": row.period_from.isoformat(),
        "period_to": row.period_to.isoformat(),
        "amount_ore": row.amount_ore,
        "reasons": row.reasons,
        "made_at": row.made_at.isoformat(),
        "made_by": row.made_by.name,
    }


def _accounting_files(claim: Claim) -> Iterator[PackageFile]:
    yield _json(f"{ACCOUNTING}/signatures.json", [_signature(row) for row in signatures(claim)])
    if claim.stamps.exists():
        stamps = claim.stamps.select_related("made_by").order_by("number").prefetch_related("stamped")
        yield _json(f"{ACCOUNTING}/stamps.json", [_stamp(row) for row in stamps])
    orders = claim.payment_orders.select_related("payee_version", "batch").order_by("id")
    yield _json(f"{ACCOUNTING}/payments.json", [_payment(order) for order in orders])
    rows = Entry.objects.filter(claim=claim)
    yield _json(f"{ACCOUNTING}/entries.json", [_entry(row) for row in rows.order_by("series", "number")])


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "digest": statement.digest,
        "total_ore": statement.total_ore,
        "made_at": statement.made_at.isoformat(),
        "statement": statement.body,
        "made_from": statement.case,
    }


def _review(review: Review) -> dict[str, Any]:
    findings = review.findings.order_by("id").prefetch_related("words__person")
    return {
        "review": review.number,
        "made_at": review.made_at.isoformat(),
        "law_version": review.law_version,
        "findings": [_finding(finding) for finding in findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "minutes": finding.minutes,
        "message": finding.message,
        "cites": finding.cites,
        "words": [
            {
                "word": word.word,
                "reason": word.reason,
                "person": word.person.name,
                "said_at": word.said_at.isoformat(),
            }
            for word in finding.words.all()
        ],
    }


def _signature(row: SignedAct) -> dict[str, Any]:
    return {
        "round": row.round,
        "step": row.step,
        "act": row.act,
        "person": row.person.name,
        "role": row.role,
        "statement_digest": row.statement_digest,
        "shown_digest": row.shown_digest,
        "signed_at": row.signed_at.isoformat(),
    }


def _stamp(row: Stamp) -> dict[str, Any]:
    return {
        "number": row.number,
        "made_at": row.made_at.isoformat(),
        "made_by": row.made_by.name,
        "strings": [
            {"account": part.account, "parts": dict(part.parts), "because": part.because, "reason": part.reason}
            for part in sorted(row.stamped.all(), key=lambda part: part.pk)
        ],
    }


def _payment(order: PaymentOrder) -> dict[str, Any]:
    return {
        "end_to_end_id": order.end_to_end_id,
        "amount_ore": order.amount_ore,
        "payee": order.payee_version.payee_name,
        "account": order.payee_version.account_number,
        "ocr": order.ocr,
        "message": order.reference,
        "status": order.status,
        "bank_reason": order.bank_reason,
        "file": order.batch.name if order.batch else None,
        "file_digest": order.batch.digest if order.batch else None,
    }


def _entry(row: Entry) -> dict[str, Any]:
    entry = accounting.entry(row)
    return {
        "series": entry.series,
        "number": entry.number,
        "booked_on": entry.booked_on.isoformat(),
        "text": entry.text,
        "transfers": [
            {
                "debit": transfer.debit_account,
                "credit": transfer.credit_account,
                "amount_ore": transfer.amount_ore,
                "coding": dict(transfer.coding),
            }
            for transfer in entry.transfers
        ],
    }


def _json(path: str, value: object) -> PackageFile:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
    return PackageFile(path=path, media_type="application/json", content=f"{text}\n".encode())

"""Rows → what goes into a package: the client file in one half, the accounting material in the other.

The halves are kept for different times, so nothing about the person's days stands in the accounting half.
"""

import json
from collections.abc import Iterator
from typing import Any

from timvis.apps.accounting import records as accounting
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.claims.models import Claim, Finding, Review, Statement
from timvis.apps.claims.records import report_rows
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
    for statement in claim.statements.order_by("number"):
        yield _json(f"{CLIENT_FILE}/statement-{statement.number}.json", _statement(statement))
    for signed in signatures(claim):
        if (made := slip(signed)) is not None:
            path = f"{CLIENT_FILE}/attest/{slip_name(signed)}"
            yield PackageFile(path=path, media_type="application/json", content=write_slip(made))
    yield _json(f"{CLIENT_FILE}/findings.json", [_review(review) for review in claim.reviews.order_by("number")])
    yield PackageFile(
        path=f"{CLIENT_FILE}/routine.toml",
        media_type="application/toml",
        content=claim.routine_version.text.encode(),
    )


def _accounting_files(claim: Claim) -> Iterator[PackageFile]:
    yield _json(f"{ACCOUNTING}/signatures.json", [_signature(row) for row in signatures(claim)])
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


def _payment(order: PaymentOrder) -> dict[str, Any]:
    return {
        "end_to_end_id": order.end_to_end_id,
        "amount_ore": order.amount_ore,
        "payee": order.payee_version.payee_name,
        "account": order.payee_version.account_number,
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

"""What is handed over to the court: every paper of the case that the appeal is about, as one sealed package."""

import json
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any

from timvis.apps.appeals import records
from timvis.apps.appeals.models import Appeal
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.documents.models import CaseNote, Evidence, Original, SentLetter
from timvis.core.faults import Fault
from timvis.formats.archive_package.records import PackageFile, PackageInfo, SealedPackage
from timvis.formats.archive_package.write import write


def of_appeal(appeal: Appeal, now: datetime) -> SealedPackage | tuple[Fault, ...]:
    """Return the sealed package of an appeal, the same to the byte for the same case."""
    claim = appeal.decision.claim
    info = PackageInfo(
        identifier=f"{claim.number}-overklagande-{appeal.pk}",
        title=f"Överklagande i ärende {claim.number}",
        sealed_at=now,
        organisation=claim.municipality.name,
        organisation_number=claim.municipality.organisation_number,
        software_version=f"Timvis {version('timvis')}",
        facts=(
            ("claim", claim.number),
            ("decision", str(appeal.decision.number)),
            ("appealed_by", appeal.name),
            ("came_on", appeal.came_on.isoformat()),
        ),
    )
    return write(info, tuple(_files(appeal, claim)))


def _files(appeal: Appeal, claim: Claim) -> Iterator[PackageFile]:
    yield _json("appeal/appeal.json", _appeal(appeal))
    if appeal.original is not None:
        yield _original("appeal", appeal.original)
    decisions = [_decision(row) for row in claim.decisions.order_by("number")]
    yield _json("decision/decisions.json", decisions)
    yield _json("decision/service.json", _services(claim))
    for statement in claim.statements.order_by("number"):
        yield _json(f"decision/statement-{statement.number}.json", statement.body)
    letters = SentLetter.objects.filter(municipality=claim.municipality.slug, about=claim.number)
    for letter in letters.order_by("id"):
        path = f"letters/{letter.pk:06d}-{letter.code}.pdf"
        yield PackageFile(path=path, media_type="application/pdf", content=bytes(letter.pdf))
    yield _json("case/hearings.json", _hearings(claim))
    yield _json("case/notes.json", _notes(claim))
    for original in _originals(claim):
        yield _original("case", original)


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "appealed_by": appeal.name,
        "came_on": appeal.came_on.isoformat(),
        "text": appeal.text,
        "decision": appeal.decision.number,
        "steps": [{"step": one.step, "on": one.on.isoformat()} for one in records.events(appeal)],
    }


def _decision(row: ClaimDecision) -> dict[str, Any]:
    return {
        "number": row.number,
        "outcome": row.outcome,
        "period_from": row.period_from.isoformat(),
        "period_to": row.period_to.isoformat(),
        "claimed_ore": row.claimed_ore,
        "amount_ore": row.amount_ore,
        "reasons": row.reasons,
        "provisions": row.provisions,
        "made_at": row.made_at.isoformat(),
        "made_by": row.made_by.name,
        "presented_by": row.presented_by.name if row.presented_by else None,
        "took_part": row.took_part,
        "dissent": row.dissent,
        "changed_because": row.changed_because,
    }


def _services(claim: Claim) -> list[dict[str, Any]]:
    return [
        {"decision": decision.number, "name": name, "served_on": day.isoformat()}
        for decision in claim.decisions.order_by("number")
        for name, day in records.served(decision).items()
    ]


def _hearings(claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "sent_on": row.sent_on.isoformat(),
            "answer_by": row.answer_by.isoformat(),
            "reasons": row.reasons,
            "answers": [
                {"received_on": one.received_on.isoformat(), "text": one.text} for one in row.answers.order_by("id")
            ],
        }
        for row in claim.hearings.order_by("number")
    ]


def _notes(claim: Claim) -> list[dict[str, Any]]:
    rows = CaseNote.objects.filter(municipality=claim.municipality.slug, about=claim.number).order_by("id")
    return [
        {"on": row.happened_on.isoformat(), "kind": row.kind, "text": row.text, "by": row.written_by.name}
        for row in rows.select_related("written_by")
    ]


def _originals(claim: Claim) -> list[Original]:
    """Return the bytes that came in the case: the application's, the evidence's and the hearing answers', each once."""
    ids = {row.original_id for row in Evidence.objects.filter(about=claim.number, recipient=claim.recipient_id)}
    ids |= {answer.original_id for hearing in claim.hearings.all() for answer in hearing.answers.all()}
    if claim.application is not None:
        ids |= {one.original_id for one in claim.application.versions.all()}
    return list(Original.objects.filter(pk__in=[one for one in ids if one is not None]).order_by("digest"))


def _original(folder: str, original: Original) -> PackageFile:
    name = f"{folder}/originals/{original.digest[:16]}-{original.file_name}"
    return PackageFile(path=name, media_type=original.media_type, content=bytes(original.content))


def _json(path: str, value: object) -> PackageFile:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
    return PackageFile(path=path, media_type="application/json", content=f"{text}\n".encode())

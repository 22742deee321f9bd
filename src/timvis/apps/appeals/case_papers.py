"""The papers of one case, as plain data or as the bytes that came and went: for a court, and for the archive.

Rows name a file that came in by its digest, which the file's own name in a package begins with.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from timvis.apps.appeals.cases import Case, about, decided_of
from timvis.apps.appeals.models import Appeal, AppealStep, CourtPackage, Delay, Demand, Service
from timvis.apps.claims.models import Claim, ClaimDecision, Hearing, HearingAnswer
from timvis.apps.documents.models import CaseNote, Evidence, NoteObjection, Original, SentLetter
from timvis.apps.documents.queries import evidence_of_case, notes_about
from timvis.apps.orders.models import SubstituteHearingAnswer
from timvis.apps.routines.queries import text_of
from timvis.formats.archive_package.records import PackageFile
from timvis.formats.archive_package.write import path_is_safe

# --- what was decided ---------------------------------------------------------------------------------------


def decisions(claim: Claim) -> list[dict[str, Any]]:
    """Return every decision on a claim, the first first, each with the letters that told it."""
    rows = claim.decisions.select_related("made_by", "presented_by", "delegation__list", "hearing", "corrects")
    rows = rows.select_related("statement").prefetch_related("letters__letter")
    return [_decision(row) for row in rows.order_by("number")]


def _decision(row: ClaimDecision) -> dict[str, Any]:
    return {
        "number": row.number,
        "round": row.round,
        "outcome": row.outcome,
        "statement_digest": row.statement.digest if row.statement else None,
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
        "delegation": text_of(row.delegation) if row.delegation else None,
        "hearing": row.hearing.number if row.hearing else None,
        "not_heard": row.not_heard,
        "not_heard_because": row.not_heard_because,
        "corrects": row.corrects.number if row.corrects else None,
        "change": row.change,
        "changed_because": row.changed_because,
        "letters": [
            {"role": told.role, "file": letter_path(told.letter), "digest": told.letter.digest}
            for told in sorted(row.letters.all(), key=lambda told: told.pk)
        ],
    }


def services(case: Case) -> list[dict[str, Any]]:
    """Return every service of a case's decisions as it was registered; for a person the last one counts."""
    rows = Service.objects.filter(about(case)).select_related("decision", "substitute_decision", "registered_by")
    return [
        {
            "decision": decided_of(row).number,
            "name": row.name,
            "served_on": row.served_on.isoformat(),
            "way": row.way,
            "registered_by": row.registered_by.name,
            "known_at": row.known_at.isoformat(),
        }
        for row in rows.order_by("id")
    ]


# --- what was said before it was decided ----------------------------------------------------------------------


def hearings(claim: Claim) -> list[dict[str, Any]]:
    """Return every proposal a party was heard over, with what was answered."""
    rows = claim.hearings.select_related("letter", "sent_by", "statement").order_by("number")
    return [_hearing(row) for row in rows.prefetch_related("answers__original", "answers__registered_by")]


def _hearing(row: Hearing) -> dict[str, Any]:
    return {
        "number": row.number,
        "statement_digest": row.statement.digest,
        "material_digest": row.digest,
        "outcome": row.outcome,
        "amount_ore": row.amount_ore,
        "reasons": row.reasons,
        "provisions": row.provisions,
        "letter": letter_path(row.letter),
        "way": row.way,
        "sent_on": row.sent_on.isoformat(),
        "answer_by": row.answer_by.isoformat(),
        "sent_by": row.sent_by.name,
        "known_at": row.known_at.isoformat(),
        "answers": [answer(one) for one in sorted(row.answers.all(), key=lambda one: one.pk)],
    }


def answer(row: HearingAnswer | SubstituteHearingAnswer) -> dict[str, Any]:
    """Return what a party answered to a proposal."""
    return {
        "received_on": row.received_on.isoformat(),
        "text": row.text,
        "original": _digest(row.original),
        "more_is_coming": row.more_is_coming,
        "registered_by": row.registered_by.name,
        "known_at": row.known_at.isoformat(),
    }


def notes(case: Case) -> list[dict[str, Any]]:
    """Return the notes of a case as they happened, each with what somebody sees otherwise in it."""
    rows = notes_about(case.municipality.slug, case.number)
    numbered = {row.pk: number for number, row in enumerate(rows, start=1)}
    return [_note(row, numbered) for row in rows]


def _note(row: CaseNote, numbered: dict[int, int]) -> dict[str, Any]:
    return {
        "number": numbered[row.pk],
        "on": row.happened_on.isoformat(),
        "kind": row.kind,
        "text": row.text,
        "by": row.written_by.name,
        "written_at": row.written_at.isoformat(),
        "corrects": numbered.get(row.corrects_id) if row.corrects_id else None,
        "objections": [_objection(one) for one in sorted(row.objections.all(), key=lambda one: one.pk)],
    }


def _objection(row: NoteObjection) -> dict[str, Any]:
    return {
        "whose": row.whose,
        "text": row.text,
        "registered_by": row.registered_by.name,
        "registered_at": row.registered_at.isoformat(),
    }


def evidence(case: Case) -> list[dict[str, Any]]:
    """Return what was registered as come in for a case, and the standing documents (`about` empty) that serve it."""
    rows = evidence_rows(case).select_related("original", "registered_by")
    return [
        {
            "about": row.about,
            "requirement": row.requirement,
            "forms": row.forms,
            "received_on": row.received_on.isoformat(),
            "original": _digest(row.original),
            "note": row.note,
            "registered_by": row.registered_by.name,
            "known_at": row.known_at.isoformat(),
        }
        for row in rows.order_by("received_on", "id")
    ]


# --- what followed --------------------------------------------------------------------------------------------


def appeals(claim: Claim) -> list[dict[str, Any]]:
    """Return every appeal of a claim's decisions, each with the steps it took and what each led to."""
    rows = Appeal.objects.filter(decision__claim=claim).select_related("decision", "original", "registered_by")
    return [_appeal(row) for row in rows.order_by("id")]


def _appeal(row: Appeal) -> dict[str, Any]:
    steps = row.steps.select_related("decision", "letter", "original", "taken_by", "package").order_by("number")
    return {
        "appeal": row.pk,
        "decision": decided_of(row).number,
        "appealed_by": row.name,
        "came_on": row.came_on.isoformat(),
        "by_post": row.by_post,
        "to_court_on": row.to_court_on.isoformat() if row.to_court_on else None,
        "text": row.text,
        "original": _digest(row.original),
        "registered_by": row.registered_by.name,
        "known_at": row.known_at.isoformat(),
        "steps": [_step(step) for step in steps],
    }


def _step(row: AppealStep) -> dict[str, Any]:
    package: CourtPackage | None = getattr(row, "package", None)
    return {
        "number": row.number,
        "step": row.step,
        "on": row.on.isoformat(),
        "time": row.time,
        "change": row.change,
        "answer": row.answer,
        "because": row.because,
        "decision": row.decision.number if row.decision else None,
        "letter": letter_path(row.letter) if row.letter else None,
        "original": _digest(row.original),
        "handed_over": {"file": package.file_name, "digest": package.digest} if package else None,
        "taken_by": row.taken_by.name,
        "known_at": row.known_at.isoformat(),
    }


def court_packages(claim: Claim) -> Iterator[CourtPackage]:
    """Yield what was handed over to a court in a case, the first first."""
    yield from CourtPackage.objects.filter(step__appeal__decision__claim=claim).order_by("id")


def delays(claim: Claim) -> list[dict[str, Any]]:
    """Return every time a party was told that the case takes longer."""
    return [
        {
            "announced_on": row.announced_on.isoformat(),
            "reason": row.reason,
            "expected_by": row.expected_by.isoformat(),
            "letter": letter_path(row.letter),
            "announced_by": row.announced_by.name,
            "known_at": row.known_at.isoformat(),
        }
        for row in Delay.objects.filter(claim=claim).select_related("letter", "announced_by").order_by("id")
    ]


def demands(claim: Claim) -> list[dict[str, Any]]:
    """Return every demand that the case be decided, with how it ended."""
    rows = Demand.objects.filter(claim=claim).select_related(
        "original", "registered_by", "answered__letter", "answered__decision", "answered__answered_by"
    )
    return [
        {
            "came_on": row.came_on.isoformat(),
            "text": row.text,
            "original": _digest(row.original),
            "registered_by": row.registered_by.name,
            "known_at": row.known_at.isoformat(),
            "answered": _demand_answer(row),
        }
        for row in rows.order_by("id")
    ]


def _demand_answer(row: Demand) -> dict[str, Any] | None:
    answered = getattr(row, "answered", None)
    return answered and {
        "answer": answered.answer,
        "on": answered.on.isoformat(),
        "because": answered.because,
        "decision": answered.decision.number if answered.decision else None,
        "letter": letter_path(answered.letter) if answered.letter else None,
        "answered_by": answered.answered_by.name,
        "known_at": answered.known_at.isoformat(),
    }


# --- the bytes ------------------------------------------------------------------------------------------------


def letters(case: Case) -> tuple[SentLetter, ...]:
    """Return every letter sent in a case, whole, the first first."""
    rows = SentLetter.objects.filter(municipality=case.municipality.slug, about=case.number)
    return tuple(rows.select_related("sent_by").order_by("id"))


def letter_path(letter: SentLetter) -> str:
    """Return where a letter's PDF lies in a package, below the folder of the case."""
    return f"letters/{letter.pk:06d}-{letter.code}.pdf"


def letter_row(letter: SentLetter) -> dict[str, Any]:
    """Return what is known of a sent letter; `digest` is the SHA-256 its PDF had when it was sent."""
    return {
        "file": letter_path(letter),
        "digest": letter.digest,
        "code": letter.code,
        "title": letter.title,
        "receiver": letter.receiver,
        "sent_at": letter.sent_at.isoformat(),
        "sent_by": letter.sent_by.name,
        "answer_by": letter.answer_by.isoformat() if letter.answer_by else None,
        "asks_for": letter.asks_for,
        "reminds_of": letter_path(letter.reminds_of) if letter.reminds_of else None,
    }


def originals(claim: Claim) -> tuple[Original, ...]:
    """Return the bytes that came with an application, evidence, answers, demands and appeals of a case, each once."""
    appealed = Appeal.objects.filter(decision__claim=claim)
    sources = [
        evidence_rows(claim).values("original"),
        HearingAnswer.objects.filter(hearing__claim=claim).values("original"),
        Demand.objects.filter(claim=claim).values("original"),
        appealed.values("original"),
        AppealStep.objects.filter(appeal__in=appealed).values("original"),
    ]
    if claim.application is not None:
        sources.append(claim.application.versions.values("original"))
    ids = {row["original"] for source in sources for row in source} - {None}
    return tuple(Original.objects.filter(pk__in=ids).order_by("digest"))


def original_file(folder: str, original: Original) -> PackageFile:
    """Return the bytes that came in as a file; a name that not every system takes gives way to the digest alone."""
    short = f"{folder}/originals/{original.digest[:16]}"
    named = f"{short}-{original.file_name}"
    return PackageFile(
        path=named if path_is_safe(named) else short,
        media_type=original.media_type,
        content=bytes(original.content),
    )


def json_file(path: str, value: object) -> PackageFile:
    """Return plain data as a file, written in one way."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
    return PackageFile(path=path, media_type="application/json", content=f"{text}\n".encode())


def evidence_rows(case: Case) -> QuerySet[Evidence]:
    """Return the rows of what has come in for a case, and of the standing documents that serve it."""
    return evidence_of_case(case.number, recipient_id=case.recipient_id, provider_id=case.provider_id)


def _digest(original: Original | None) -> str | None:
    return original.digest if original else None

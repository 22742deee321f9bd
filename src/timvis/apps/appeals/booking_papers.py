"""The papers of a decision on a substitute that only a booking has; the rest are those of any case (`case_papers`)."""

from typing import Any

from timvis.apps.appeals import case_papers as papers
from timvis.apps.appeals.cases import about
from timvis.apps.appeals.models import Appeal, AppealStep
from timvis.apps.documents.models import Original
from timvis.apps.orders.models import Booking, SubstituteDecision, SubstituteHearing, SubstituteHearingAnswer
from timvis.apps.routines.queries import text_of


def need(booking: Booking) -> dict[str, Any]:
    """Return what was asked for, by whom and when, and everything that was done with it."""
    steps = booking.steps.select_related("person").order_by("number")
    return {
        "number": booking.number,
        "asked_by": booking.asked_by,
        "asked_by_name": booking.asked_by_name,
        "came_at": booking.came_at.isoformat(),
        "from_minute": booking.start_at,
        "to_minute": booking.end_at,
        "sick_from": booking.sick_from.isoformat(),
        "is_acute": booking.is_acute,
        "note": booking.note,
        "papers": [
            {"kind": one.kind, "received_on": one.received_on.isoformat(), "note": one.note}
            for one in booking.papers.order_by("id")
        ],
        "steps": [
            {"act": one.act, "at": one.at.isoformat(), "by": one.person.name, "reason": one.reason} for one in steps
        ],
    }


def decisions(booking: Booking) -> list[dict[str, Any]]:
    """Return every decision on a booking, the first first, each with the letters that told it."""
    rows = booking.decisions.select_related("made_by", "delegation__list", "hearing")
    return [_decision(row) for row in rows.prefetch_related("letters__letter").order_by("number")]


def _decision(row: SubstituteDecision) -> dict[str, Any]:
    return {
        "number": row.number,
        "reference": row.reference,
        "outcome": row.outcome,
        "decision_from": row.decision_from.isoformat(),
        "decision_to": row.decision_to.isoformat() if row.decision_to else None,
        "granted_minutes": row.granted_minutes,
        "reasons": row.reasons,
        "provisions": row.provisions,
        "evidence": row.evidence,
        "made_at": row.made_at.isoformat(),
        "made_by": row.made_by.name,
        "delegation": text_of(row.delegation) if row.delegation else None,
        "hearing": row.hearing.number if row.hearing else None,
        "not_heard": row.not_heard,
        "not_heard_because": row.not_heard_because,
        "changed_because": row.changed_because,
        "letters": [
            {"role": told.role, "file": papers.letter_path(told.letter), "digest": told.letter.digest}
            for told in sorted(row.letters.all(), key=lambda told: told.pk)
        ],
    }


def hearings(booking: Booking) -> list[dict[str, Any]]:
    """Return every proposal that she was heard over, with what was answered."""
    rows = booking.hearings.select_related("letter", "sent_by").order_by("number")
    return [_hearing(row) for row in rows.prefetch_related("answers__original", "answers__registered_by")]


def _hearing(row: SubstituteHearing) -> dict[str, Any]:
    return {
        "number": row.number,
        "material_digest": row.digest,
        "outcome": row.outcome,
        "proposed_from": row.proposed_from.isoformat(),
        "proposed_to": row.proposed_to.isoformat() if row.proposed_to else None,
        "proposed_minutes": row.proposed_minutes,
        "reasons": row.reasons,
        "provisions": row.provisions,
        "letter": papers.letter_path(row.letter),
        "way": row.way,
        "sent_on": row.sent_on.isoformat(),
        "answer_by": row.answer_by.isoformat(),
        "sent_by": row.sent_by.name,
        "known_at": row.known_at.isoformat(),
        "answers": [papers.answer(one) for one in sorted(row.answers.all(), key=lambda one: one.pk)],
    }


def originals(booking: Booking) -> tuple[Original, ...]:
    """Return the bytes that came with evidence, answers and appeals of a booking, each once."""
    appealed = Appeal.objects.filter(about(booking))
    sources = (
        papers.evidence_rows(booking).values("original"),
        SubstituteHearingAnswer.objects.filter(hearing__booking=booking).values("original"),
        appealed.values("original"),
        AppealStep.objects.filter(appeal__in=appealed).values("original"),
    )
    ids = {row["original"] for source in sources for row in source} - {None}
    return tuple(Original.objects.filter(pk__in=ids).order_by("digest"))

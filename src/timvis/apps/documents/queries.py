"""What is asked about documents: which of those a routine wants are in, and since when."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q, QuerySet

from timvis.apps.documents.models import CaseNote, Evidence, Original, SentLetter


def evidence_in(*, recipient_id: int, provider_id: int, on: date, known_at: datetime) -> dict[str, date]:
    """Return the first day each requirement was met by a standing document, for a recipient's hours with a provider.

    A document counts when it names both, or one of them and nobody else; it must have come by `on`, and been
    registered by `known_at`. What came in a case serves that case alone.
    """
    rows = evidence_for(recipient_id=recipient_id, provider_id=provider_id, known_at=known_at)
    rows = rows.filter(about="", received_on__lte=on)
    days: dict[str, date] = {}
    for requirement, received_on in rows.order_by("-received_on").values_list("requirement", "received_on"):
        days[requirement] = received_on
    return days


def evidence_for(*, recipient_id: int, provider_id: int, known_at: datetime) -> QuerySet[Evidence]:
    """Return what has been registered about a recipient's hours with a provider: about both, or one of them alone."""
    return Evidence.objects.filter(
        Q(recipient_id=recipient_id) | Q(recipient__isnull=True),
        Q(provider_id=provider_id) | Q(provider__isnull=True),
        known_at__lte=known_at,
    )


def missing_evidence(
    wanted: Iterable[str], *, recipient_id: int, provider_id: int, on: date, known_at: datetime
) -> tuple[str, ...]:
    """Return the requirements that nothing has come in for, in the order they are wanted."""
    days = evidence_in(recipient_id=recipient_id, provider_id=provider_id, on=on, known_at=known_at)
    return tuple(requirement for requirement in wanted if requirement not in days)


def altered_originals() -> tuple[str, ...]:
    """Return the file names of the originals whose bytes are no longer those they are known by."""
    kept = Original.objects.order_by("id").values_list("file_name", "digest", "content")
    return tuple(name for name, digest, content in kept.iterator(100) if sha256(content).hexdigest() != digest)


def letters_about(municipality: str, about: str) -> tuple[SentLetter, ...]:
    """Return the letters that were sent in a case, the newest first, without their bytes."""
    rows = SentLetter.objects.filter(municipality=municipality, about=about).select_related("sent_by")
    return tuple(rows.defer("pdf", "html").order_by("-sent_at", "-id"))


def notes_about(municipality: str, *abouts: str, recipient_id: int | None = None) -> tuple[CaseNote, ...]:
    """Return the notes of some cases, and of a recipient where one is given, as they happened, with objections."""
    rows = CaseNote.objects.filter(municipality=municipality)
    rows = (
        rows.filter(about__in=abouts)
        if recipient_id is None
        else rows.filter(Q(about__in=abouts) | Q(recipient_id=recipient_id))
    )
    rows = rows.select_related("written_by", "corrects__written_by").prefetch_related("objections__registered_by")
    return tuple(rows.order_by("happened_on", "id"))


def altered_letters() -> tuple[str, ...]:
    """Return the titles of the letters whose bytes are no longer those that were sent."""
    kept = SentLetter.objects.order_by("id").values_list("title", "digest", "pdf")
    return tuple(title for title, digest, pdf in kept.iterator(100) if sha256(pdf).hexdigest() != digest)

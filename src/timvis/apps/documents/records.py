"""Rows of kept files → what the readers take: bytes with their name."""

from dataclasses import dataclass
from datetime import datetime

from timvis.apps.documents.models import Original


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it was handed in; `digest` is the SHA-256 of `content` in hex."""

    digest: str
    content: bytes
    media_type: str
    file_name: str
    received_at: datetime


def kept_file(original_id: int) -> KeptFile:
    """Return a kept file with its bytes, whatever the database gives them as."""
    row = Original.objects.get(id=original_id)
    return KeptFile(
        digest=row.digest,
        content=bytes(row.content),
        media_type=row.media_type,
        file_name=row.file_name,
        received_at=row.received_at,
    )

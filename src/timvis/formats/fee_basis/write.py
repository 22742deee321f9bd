"""A month's performed time → CSV bytes, or objects that JSON knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from timvis.formats.csv_table import write as csv_table

HEADINGS = (
    "personnummer",
    "insats",
    "utforare",
    "manad",
    "bestallda_minuter",
    "utforda_minuter",
    "avvikelse_minuter",
    "uteblivna_besok",
    "avbokade_besok",
    "ord",
    "kommentar",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """One recipient's month of one service at one provider, as the fee officer is handed it.

    `ordered_minutes` and `difference_minutes` are None where the need was not assessed. `missed_visits` nobody told of;
    `cancelled_visits` the recipient did.
    """

    recipient: str
    service: str
    provider: str
    month: str
    ordered_minutes: int | None
    performed_minutes: int
    difference_minutes: int | None
    missed_visits: int = 0
    cancelled_visits: int = 0
    word: str = ""
    comment: str = ""


def write_csv(rows: Iterable[FeeRow]) -> bytes:
    """Return the rows under their headings."""
    return csv_table.write(
        HEADINGS,
        (
            (
                row.recipient,
                row.service,
                row.provider,
                row.month,
                "" if row.ordered_minutes is None else row.ordered_minutes,
                row.performed_minutes,
                "" if row.difference_minutes is None else row.difference_minutes,
                row.missed_visits,
                row.cancelled_visits,
                row.word,
                row.comment,
            )
            for row in rows
        ),
    )


def document(month: str, rows: Iterable[dict[str, Any]], *, number: int, digest: str) -> dict[str, Any]:
    """Return a handed-over month as one JSON document; `rows` are `FeeRow`s as they were kept."""
    return {"month": month, "number": number, "digest": digest, "rows": list(rows), "faults": []}

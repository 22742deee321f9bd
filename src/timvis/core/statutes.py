"""What a rule or a line cites: a paragraph, a court's decision or an authority's instruction."""

from dataclasses import dataclass
from datetime import date

from timvis.core.law import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One place that can be cited, by its code ("LSS 9 d §", "SFB 51:16", "HFD 2143-21").

    `in_force_to` is the last day, None while nothing has ended it. `sfs` is empty for what is no statute.
    `says` is a Swedish sentence of our own; only the source is the law.
    """

    code: str
    title: str
    sfs: str
    in_force_from: date
    in_force_to: date | None
    says: str
    source: tuple[str, ...]
    confidence: Confidence

    def covers(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

"""What the demonstration tells of a month: a line per station, a row per claim, and where every file lies."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from timvis.core.faults import Fault
from timvis.core.law import LawGap
from timvis.core.statement import digest_of

STATIONS = ("Intag", "Granskning", "Beräkning", "Attest", "Betalning", "Bokföring", "Arkiv")


class DemonstrationStopped(Exception):
    """An act of the example was refused: the example and Timvis no longer fit each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTold:
    """One claim: time in minutes as it passed, or converted in 28ths; money in öre."""

    claim: str
    number: str
    status: str
    status_label: str
    granted_28ths: int
    reported_minutes: int
    reported_28ths: int
    payable_28ths: int
    refused_28ths: int
    total_ore: int
    statement_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationTold:
    """What happened to a month at one station; `details` are lines of their own for people."""

    station: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """A file that was written, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenTold:
    """A file that could not be read, with every fault."""

    file: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTold:
    """One municipality's month."""

    municipality: str
    name: str
    month_on: date
    stations: tuple[StationTold, ...]
    claims: tuple[ClaimTold, ...]
    findings: dict[str, int]
    files: tuple[FileTold, ...]
    broken: tuple[BrokenTold, ...]
    gap: LawGap | None
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The whole demonstration."""

    months: tuple[MonthTold, ...]
    labels: dict[str, str]
    database: Path
    ok: bool
    practice_at: datetime | None = None
    """When practice data were laid up beside the months, by the clock of the example."""

    @property
    def findings(self) -> dict[str, int]:
        """How often each rule objected, the most often first."""
        counts: dict[str, int] = {}
        for month in self.months:
            for code, count in month.findings.items():
                counts[code] = counts.get(code, 0) + count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def digest(self) -> str:
        """SHA-256 over every amount and every file: the same run again gives the same digest."""
        return digest_of(
            [
                [
                    month.municipality,
                    month.month_on,
                    [asdict(claim) for claim in month.claims],
                    [file.sha256 for file in month.files],
                ]
                for month in self.months
            ]
        )

    def document(self) -> dict[str, Any]:
        """Return everything as one JSON document."""
        return {
            "ok": self.ok,
            "months": [_month(month) for month in self.months],
            "totals": totals([claim for month in self.months for claim in month.claims]),
            "findings_by_rule": self.findings,
            "gaps": [_gap(month.gap) for month in self.months if month.gap],
            "database": str(self.database),
            "digest": self.digest,
        }


def totals(claims: list[ClaimTold]) -> dict[str, int]:
    """Return the sums over some claims."""
    return {
        name: sum(getattr(claim, name) for claim in claims)
        for name in ("granted_28ths", "reported_minutes", "payable_28ths", "refused_28ths", "total_ore")
    }


def _month(month: MonthTold) -> dict[str, Any]:
    return {
        "municipality": month.municipality,
        "month": f"{month.month_on:%Y-%m}",
        "stations": [asdict(station) for station in month.stations],
        "claims": [asdict(claim) for claim in month.claims],
        "findings_by_rule": month.findings,
        "broken": [asdict(file) for file in month.broken],
        "files": [asdict(file) for file in month.files],
        "gap": _gap(month.gap) if month.gap else None,
    }


def _gap(gap: LawGap) -> dict[str, Any]:
    return {"code": gap.code, "dates": [gap.on.isoformat()], "message": gap.message}

"""The months of a synthetic municipality, as rows: claims just handed in, their reports and shifts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import duckdb

from timvis.apps.claims.models import Claim, NumberSeries, Report, Shift
from timvis.apps.claims.opening import due_on
from timvis.apps.parties.models import Municipality
from timvis.apps.routines.models import RoutineVersion
from timvis.apps.routines.records import routine
from timvis.cli.seeding.invented import name_of, nobodys_number
from timvis.cli.seeding.people import People, Row, asked, assistant_number, manager_of
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.weeks import day_of
from timvis.core.records import KindSums, Regime, TimeKind
from timvis.formats.frozen import freeze

KINDS = (TimeKind.ACTIVE, TimeKind.WAITING, TimeKind.STANDBY)
AT_A_TIME = 5_000
HANDED_IN_AT = time(9, tzinfo=UTC)
SOMEBODY_ELSE = nobodys_number(99_999_999_999)

CLAIMS = """
SELECT c.claim_id, c.recipient_id, p.employer_id, p.provider_kind, d.month_from, d.month_to,
  CASE WHEN c.due_is_known = 1 AND c.received_on > c.due_on THEN 1 ELSE 0 END AS is_late
FROM made_claim c JOIN person p USING (recipient_id)
JOIN (SELECT DISTINCT month, month_from, month_to FROM day) d ON d.month = c.claim_id % 100000
WHERE p.is_state = 0 ORDER BY d.month_from, c.claim_id"""
REPORTS = """
SELECT r.*, w.* EXCLUDE (report_id) FROM made_report r JOIN (
  SELECT claim_id * 100 + assistant_id % 100 AS report_id, claim_id, assistant_id, c.employer_id, recipient_id,
    sum(CASE kind WHEN 0 THEN end_minute - start_minute ELSE 0 END)::BIGINT AS active,
    sum(CASE kind WHEN 1 THEN end_minute - start_minute ELSE 0 END)::BIGINT AS waiting,
    sum(CASE kind WHEN 2 THEN end_minute - start_minute ELSE 0 END)::BIGINT AS standby
  FROM claimed c JOIN person p USING (recipient_id) WHERE fault < 3 AND is_state = 0 GROUP BY ALL) w USING (report_id)
ORDER BY report_id"""
SHIFTS = """
SELECT claim_id * 100 + assistant_id % 100 AS report_id, kind, work_on, start_minute, end_minute, start_at, end_at,
  is_ambiguous, row_number() OVER (PARTITION BY claim_id, assistant_id ORDER BY shift_id) + 1 AS line
FROM claimed JOIN person USING (recipient_id) WHERE fault < 3 AND is_state = 0 ORDER BY shift_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How much was handed in."""

    claims: int
    reports: int
    shifts: int


def hand_in(
    memory: duckdb.DuckDBPyConnection,
    municipality: Municipality,
    version: RoutineVersion,
    people: People,
    *,
    registered_by_id: int,
) -> Handed:
    """Write every claim of the municipality's own decisions as newly received, with its reports and shifts."""
    claims = _claims(memory, municipality, version, people, registered_by_id)
    rows = asked(memory, REPORTS)
    reports = Report.objects.bulk_create((_report(row, claims[row["claim_id"]]) for row in rows), batch_size=AT_A_TIME)
    by_number = {row["report_id"]: report for row, report in zip(rows, reports, strict=True)}
    shifts = asked(memory, SHIFTS)
    Shift.objects.bulk_create((_shift(row, by_number) for row in shifts), batch_size=AT_A_TIME)
    return Handed(claims=len(claims), reports=len(reports), shifts=len(shifts))


def _claims(
    memory: duckdb.DuckDBPyConnection,
    municipality: Municipality,
    version: RoutineVersion,
    people: People,
    registered_by_id: int,
) -> dict[int, Claim]:
    rows = asked(memory, CLAIMS)
    due = {row["month_from"]: due_on(routine(version), day_of(row["month_from"])) for row in rows}
    last: Counter[int] = Counter()
    made: list[Claim] = []
    for row in rows:
        received_on = _received_on(row, due[row["month_from"]])
        last[received_on.year] += 1
        made.append(
            Claim(
                number=f"{municipality.slug}-{received_on.year}-{last[received_on.year]:04d}",
                municipality=municipality,
                recipient=people.recipients[row["recipient_id"]],
                provider=people.providers[row["employer_id"]],
                regime=Regime.LSS,
                month_on=day_of(row["month_from"]),
                routine_version=version,
                received_at=datetime.combine(received_on, HANDED_IN_AT),
                due_on=due[row["month_from"]],
                registered_by_id=registered_by_id,
                submitted_by_provider=row["provider_kind"] != 2,
            )
        )
    NumberSeries.objects.bulk_create(
        NumberSeries(municipality=municipality, year=year, last=number) for year, number in last.items()
    )
    claims = Claim.objects.bulk_create(made, batch_size=AT_A_TIME)
    return {row["claim_id"]: claim for row, claim in zip(rows, claims, strict=True)}


def _received_on(row: Row, due: date | None) -> date:
    """Return a day in the week before the last one, or three days after it for who is late."""
    last_on = due or day_of(row["month_to"])
    return last_on + timedelta(days=3) if row["is_late"] else last_on - timedelta(days=row["claim_id"] % 5)


def _report(row: Row, claim: Claim) -> Report:
    signed_on = claim.received_at.date()
    return Report(
        claim=claim,
        key=sha256(f"{claim.number}/{row['report_id']}".encode()).hexdigest(),
        number=1,
        assistant_number=assistant_number(row["assistant_id"]),
        assistant_name=name_of(row["assistant_id"]),
        recipient_number=nobodys_number(row["recipient_id"]) if row["recipient_number_agrees"] else None,
        recipient_name=name_of(row["recipient_id"]) if row["recipient_is_named"] else None,
        assistant_signed_on=signed_on if row["assistant_has_signed"] else None,
        manager_signed_on=signed_on if row["manager_has_signed"] else None,
        manager_signature_number=_manager(row),
        stated_sums=_sums(row) if row["sums_are_stated"] else None,
    )


def _manager(row: Row) -> str | None:
    if not row["manager_is_known"]:
        return None
    return manager_of(row["employer_id"]) if row["manager_has_mandate"] else SOMEBODY_ELSE


def _sums(row: Row) -> Any:
    off = 0 if row["sums_agree"] else 60
    return freeze(
        KindSums,
        KindSums(active_minutes=row["active"] + off, waiting_minutes=row["waiting"], standby_minutes=row["standby"]),
    )


def _shift(row: Row, reports: Mapping[int, Report]) -> Shift:
    return Shift(
        report=reports[row["report_id"]],
        line=row["line"],
        kind=KINDS[row["kind"]],
        work_on=day_of(row["work_on"]),
        from_text=clock_text(row["start_minute"]),
        to_text=clock_text(row["end_minute"]),
        start_minute=row["start_minute"],
        end_minute=row["end_minute"],
        start_at=row["start_at"],
        end_at=row["end_at"],
        is_ambiguous=bool(row["is_ambiguous"]),
    )

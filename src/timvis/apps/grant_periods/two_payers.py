"""Rows → what the municipality has paid for hours that the state has granted since: to be settled by a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from timvis.apps.claims import queries as claims
from timvis.apps.claims import records
from timvis.apps.claims.models import Claim
from timvis.apps.claims.performed import performed
from timvis.apps.claims.two_payers import with_used
from timvis.apps.parties import records as parties
from timvis.core.access import ClaimStatus
from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.hourly import PARTS_PER_HOUR
from timvis.core.calculation.recovery import Ground, PaidTime, RecoveryCase, calculate
from timvis.core.facts.two_payers import states_grants, states_part
from timvis.core.law import LawBook, LawReader
from timvis.core.quantities import OrePerHour
from timvis.core.records import Case, GrantUnit, Regime
from timvis.core.routine.records import ClaimKind
from timvis.core.statement import Line

PAID = (ClaimStatus.ORDERED, ClaimStatus.PAID, ClaimStatus.BOOKED, ClaimStatus.ARCHIVED)
"""Claims whose money has left, or is on its way."""

PERFORMED, THE_STATES = "performed_within_the_decision", "state_has_granted_the_same_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidMonth:
    """A municipal month that has been paid, with what of it the state has granted since."""

    claim_number: str
    paid: PaidTime


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPayers:
    """Everything that both have granted for a recipient, and what it comes to."""

    months: tuple[PaidMonth, ...]
    outcome: Calculated


def two_payers(recipient_id: int, law: LawBook, *, known_at: datetime) -> TwoPayers | None:
    """Return what is to be settled between the payers, None when there is nothing. Raises `LawGap`."""
    months = tuple(_months(recipient_id, law, known_at))
    if not months:
        return None
    case = RecoveryCase(ground=Ground.TERMS, paid=tuple(month.paid for month in months))
    return TwoPayers(months=months, outcome=calculate(case))


def _months(recipient_id: int, law: LawBook, known_at: datetime) -> Iterator[PaidMonth]:
    rows = Claim.objects.filter(
        recipient_id=recipient_id, regime=Regime.LSS, kind=ClaimKind.ASSISTANCE, status__in=PAID, invoice__isnull=True
    )
    absences = parties.absences(recipient_id, known_at=known_at)
    settled: dict[str, int] = {}
    for claim in rows.select_related("recipient", "submitted_by").order_by("month_on", "id"):
        known = with_used(records.case(claim, known_at=known_at), recipient_id, law, known_at=known_at)
        case = _with_settled(known, settled)
        if not states_grants(case):
            continue
        told = performed(recipient_id, [claim.month_on], absences, LawReader(law), regime=Regime.LSS)
        parts: dict[date, int] = {}
        for shift in told.shifts:
            parts[shift.on] = parts.get(shift.on, 0) + shift.parts
        lines = _lines(claim)
        later = states_part(parts, case) - sum(_parts(line) for line in lines if line.code == THE_STATES)
        for line in lines:
            if line.code == PERFORMED and later > 0:
                paid = _paid(claim, line, later)
                later -= paid.twice_parts
                _settle(case, paid.twice_parts, settled)
                yield PaidMonth(claim_number=claim.number, paid=paid)


def _paid(claim: Claim, line: Line, later: int) -> PaidTime:
    return PaidTime(
        month_on=claim.month_on,
        parts=_parts(line),
        ore_per_hour=OrePerHour(int(line.rate)),
        granted_later_parts=later,
    )


def _with_settled(case: Case, settled: dict[str, int]) -> Case:
    """Return a case in which what is settled for earlier months is used: a period's hours are used once."""
    return replace(
        case,
        grants=tuple(
            replace(grant, used_parts=grant.used_parts + settled.get(grant.reference, 0)) for grant in case.grants
        ),
    )


def _settle(case: Case, parts: int, settled: dict[str, int]) -> None:
    """Note that hours granted for a whole period have been settled, so that the next month does not take them again."""
    for grant in states_grants(case):
        if grant.per is GrantUnit.PERIOD:
            settled[grant.reference] = settled.get(grant.reference, 0) + parts
            return


def _lines(claim: Claim) -> tuple[Line, ...]:
    row = claims.newest_statement(claim)
    return () if row is None else records.statement(row).lines


def _parts(line: Line) -> int:
    return int(Fraction(line.quantity) * PARTS_PER_HOUR)

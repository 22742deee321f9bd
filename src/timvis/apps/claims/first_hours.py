"""Rows → the verdict on the state's invoice for first hours: what is granted, performed and billed before, by person.

Performed time is known where the municipality has the person's time reports on the state's decision; for the others
nothing is assumed, and the verdict says that the hours cannot be checked.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from timvis.apps.claims.models import MAY_BE_PAID, Claim
from timvis.apps.claims.performed import performed
from timvis.apps.decisions import records as decisions
from timvis.apps.invoices import records as invoices
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties import records as parties
from timvis.core.calendar.local_time import local_day
from timvis.core.calendar.months import month_after, month_on
from timvis.core.invoice.case import Billed
from timvis.core.invoice.first_hours import (
    BilledHours,
    GrantedDays,
    KnownPerson,
    Verification,
    billed_hours,
    verify,
)
from timvis.core.invoice.first_hours_forecast import ForecastPerson, GrantedPerWeek, per_week
from timvis.core.invoice.first_hours_models import DayWorked, Worked
from timvis.core.law import LawByDay
from timvis.core.quantities import Ore, Parts
from timvis.core.records import Absence
from timvis.core.routine.records import ClaimKind

A_WEEK = timedelta(days=7)


def verification(claim: Claim, law: LawByDay, *, known_at: datetime) -> Verification:
    """Return the verdict on every line of the invoice that a claim rests on. Raises `LawGap` on converted time."""
    invoice = claim.invoice
    assert invoice is not None
    lines = _of(invoices.billed(invoice))
    shares = {invoices.reference(share.recipient_id): share.recipient_id for share in invoices.share_rows(invoice)}
    persons = [
        person(claim, recipient_id, [line for line in lines if line.recipient == reference], law, known_at=known_at)
        for reference, recipient_id in shares.items()
    ]
    return verify(
        lines,
        persons,
        law,
        refunds=[line for note in invoices.credits(invoice) for line in _of(note)],
        confirmed=invoices.confirmed_model(invoice.municipality_id, min(_begins(lines), default=invoice.issued_on)),
    )


def person(
    claim: Claim, recipient_id: int, lines: Iterable[BilledHours], law: LawByDay, *, known_at: datetime
) -> KnownPerson:
    """Return what is known of a recipient for the days that lines bill, and the weeks those days lie in."""
    answers = decisions.responsibility(recipient_id, known_at=known_at)
    reference = invoices.reference(recipient_id)
    absences = parties.absences(recipient_id, known_at=known_at)
    others = list(_billed_elsewhere(claim, recipient_id))
    return KnownPerson(
        recipient=reference,
        granted=tuple(
            GrantedDays(
                granted_from=each.grant.granted_from, granted_to=each.grant.granted_to, ore_per_hour=each.ore_per_hour
            )
            for each in decisions.state_grants(recipient_id, known_at=known_at)
        ),
        responsible_from=answers.valid_from if answers else None,
        responsible_to=answers.valid_to if answers else None,
        died_on=parties.recipient(recipient_id, known_at=known_at).died_on,
        away=tuple(_whole_days(absences)),
        worked=_worked(recipient_id, _months(lines), absences, law),
        earlier=tuple(line for row in others for line in _of(invoices.billed(row)) if line.recipient == reference),
        refunded=tuple(
            line
            for row in others
            for note in invoices.credits(row)
            for line in _of(note)
            if line.recipient == reference
        ),
    )


def forecast_persons(municipality_id: int, *, known_at: datetime) -> tuple[ForecastPerson, ...]:
    """Return everybody whom the state has granted allowance, with what has been billed for each month."""
    claims = list(_claims(municipality_id).select_related("invoice"))
    billed: dict[int, dict[date, int]] = {}
    for claim in claims:
        assert claim.invoice is not None
        for sign, row in ((1, claim.invoice), *((-1, note) for note in claim.invoice.credit_notes.all())):
            for share in invoices.share_rows(row):
                months = billed.setdefault(share.recipient_id, {})
                months[share.month_on] = months.get(share.month_on, 0) + sign * share.amount_ore
    return tuple(
        _forecast_person(recipient_id, billed.get(recipient_id, {}), known_at)
        for recipient_id in decisions.granted_by_the_state(municipality_id)
    )


def _forecast_person(recipient_id: int, billed: dict[date, int], known_at: datetime) -> ForecastPerson:
    answers = decisions.responsibility(recipient_id, known_at=known_at)
    told = [(each, per_week(each.grant)) for each in decisions.state_grants(recipient_id, known_at=known_at)]
    return ForecastPerson(
        person=KnownPerson(
            recipient=invoices.reference(recipient_id),
            responsible_from=answers.valid_from if answers else None,
            responsible_to=answers.valid_to if answers else None,
            died_on=parties.recipient(recipient_id, known_at=known_at).died_on,
        ),
        granted=tuple(
            GrantedPerWeek(
                granted_from=each.grant.granted_from,
                granted_to=each.grant.granted_to,
                minutes_per_week=minutes,
                ore_per_hour=each.ore_per_hour,
            )
            for each, minutes in told
            if minutes is not None
        ),
        billed=tuple((month, Ore(amount)) for month, amount in sorted(billed.items())),
        is_whole=all(minutes is not None for _, minutes in told),
    )


# --- lines of invoices --------------------------------------------------------------------------------------------


def _of(billed: Billed) -> tuple[BilledHours, ...]:
    return billed_hours(billed.invoice, billed.shares)


def _begins(lines: Iterable[BilledHours]) -> list[date]:
    return [line.period.from_on for line in lines]


def _claims(municipality_id: int) -> QuerySet[Claim]:
    """Return the claims on invoices for first hours that are or may come to be paid."""
    return Claim.objects.filter(
        municipality_id=municipality_id,
        kind=ClaimKind.FIRST_TWENTY_HOURS,
        invoice__isnull=False,
        status__in=MAY_BE_PAID,
    ).order_by("id")


def _billed_elsewhere(claim: Claim, recipient_id: int) -> Iterator[Invoice]:
    """Yield the other invoices that bill first hours for a recipient and are or may come to be paid."""
    others = _claims(claim.municipality_id).exclude(pk=claim.pk)
    billing = others.filter(invoice__allocations__shares__recipient_id=recipient_id).distinct()
    for other in billing.select_related("invoice"):
        assert other.invoice is not None
        yield other.invoice


# --- performed time -----------------------------------------------------------------------------------------------


def _months(lines: Iterable[BilledHours]) -> list[date]:
    """Return the months that the weeks of some lines lie in: a week at an end may reach into the next month."""
    found: set[date] = set()
    for line in lines:
        month = month_on(line.period.from_on - A_WEEK)
        while month < line.period.to_on + A_WEEK:
            found.add(month)
            month = month_after(month)
    return sorted(found)


def _worked(recipient_id: int, months: list[date], absences: tuple[Absence, ...], law: LawByDay) -> Worked:
    told = performed(recipient_id, months, absences, law)
    days: dict[date, int] = {}
    for shift in told.shifts:
        days[shift.on] = days.get(shift.on, 0) + shift.parts
    return Worked(
        days=tuple(DayWorked(on=day, parts=Parts(parts)) for day, parts in sorted(days.items())),
        months=told.months,
    )


def _whole_days(absences: Iterable[Absence]) -> Iterator[date]:
    """Yield the days that lie wholly inside an absence."""
    for absence in absences:
        day = local_day(absence.start_at) + timedelta(days=1)
        while day < local_day(absence.end_at):
            yield day
            day += timedelta(days=1)

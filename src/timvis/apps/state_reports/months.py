"""Rows → a recipient's month as the state will judge it, with its light."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from timvis.apps.audit.versions import current
from timvis.apps.claims import judging
from timvis.apps.claims import records as claims
from timvis.apps.claims.models import MAY_BE_PAID, Claim
from timvis.apps.grant_periods.records import with_grants_left
from timvis.apps.parties.models import ProviderVersion
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.apps.state_registers import records as registers
from timvis.apps.state_reports.bills import newest_bill
from timvis.apps.state_reports.models import FrozenReport, RecipientBill
from timvis.core.calculation.first_twenty_hours import STATE_RATE
from timvis.core.calculation.rates import RateRule, rate_on
from timvis.core.calendar.months import month_after
from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.light import Verdict, judge
from timvis.core.green_month.records import Bill, StateMonth, Stay, noted_rows
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.records import Instant, Regime
from timvis.core.routine.records import MONTHS_BY_REPORTS

PAYMENT_DAY, MONTHS_TO_PAYMENT = 20, 2
"""The state pays on the 20th of the second month what was accounted for by its 5th."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMonth:
    """A claim's month with what the state would say; `gap` instead, when a number of the law's is missing."""

    claim: Claim
    bill: RecipientBill | None
    verdict: Verdict | None
    gap: str = ""


def of_month(found: QuerySet[Claim], month_on: date, law: LawBook, *, now: datetime) -> Iterator[JudgedMonth]:
    """Yield every month by time reports on the state's decisions among some claims, judged."""
    rows = found.filter(
        regime=Regime.SFB,
        kind__in=MONTHS_BY_REPORTS,
        month_on=month_on,
        invoice__isnull=True,
        recipient__isnull=False,
        status__in=MAY_BE_PAID,
    )
    for claim in rows.select_related(
        "municipality", "recipient", "provider", "routine_version", "submitted_by"
    ).order_by("number"):
        assert claim.recipient_id is not None
        bill = newest_bill(claim.recipient_id, month_on)
        try:
            month = state_month(claim, known_at=now)
            case = with_grants_left(month.case, claim.recipient_id, law, known_at=now)
            settings = settings_of(claim.routine_version, month_on, law)
            verdict = judge(replace(month, case=case), LawReader(law), settings)
        except LawGap as gap:
            yield JudgedMonth(claim=claim, bill=bill, verdict=None, gap=gap.message)
        else:
            yield JudgedMonth(claim=claim, bill=bill, verdict=verdict)


def state_month(claim: Claim, *, known_at: datetime) -> StateMonth:
    """Return a claim's month with the bill and what is known of its provider, as it was known at a moment."""
    assert claim.recipient_id is not None
    case = claims.case(claim, known_at=known_at)
    numbers = [one.assistant_number for one in case.reports if one.assistant_number]
    row = newest_bill(claim.recipient_id, claim.month_on)
    pay_on = month_after(claim.month_on, MONTHS_TO_PAYMENT).replace(day=PAYMENT_DAY)
    provider = current(ProviderVersion.objects.filter(thing_id=claim.provider_id), known_at=known_at, on=pay_on)
    return StateMonth(
        case=case,
        bill=None if row is None else _bill(row),
        representatives=(row.signer_number,) if row and row.signer_is_representative else (),
        close_to_recipient=registers.close_to(claim.recipient_id, known_at=known_at),
        away=registers.away(numbers, municipality=claim.municipality.slug, known_at=known_at),
        noted=noted_rows(case.reports, registers.noted_times(claim.recipient_id, known_at=known_at)),
        settled_on=registers.settled_on(claim.recipient_id, claim.month_on, known_at=known_at),
        altered=tuple(_altered(claim)),
        pay_on=pay_on,
        f_tax_is_known=provider is not None and provider.f_tax_is_known,
        f_tax_from=provider.f_tax_from if provider else None,
        f_tax_to=provider.f_tax_to if provider else None,
        employer_from=provider.employer_registered_from if provider else None,
        employer_to=provider.employer_registered_to if provider else None,
    )


def _bill(row: RecipientBill) -> Bill:
    return Bill(
        active_minutes=row.active_minutes,
        waiting_minutes=row.waiting_minutes,
        standby_minutes=row.standby_minutes,
        signer_number=row.signer_number or None,
        signed_on=row.signed_on,
        received_on=row.received_on,
        stays=tuple(Stay(start_at=Instant(begins), end_at=Instant(ends)) for begins, ends in row.stays),
        in_activity=row.in_activity,
        outside_eea=row.outside_eea,
        abroad_from=row.abroad_from,
        abroad_to=row.abroad_to,
        abroad_is_explained=row.abroad_is_explained,
        has_account=row.account is not None,
        is_current_form=row.is_current_form,
    )


def _altered(claim: Claim) -> Iterator[str]:
    """Yield the keys of reports whose bytes are others than those that were frozen to be signed."""
    assert claim.recipient_id is not None
    frozen = dict(FrozenReport.objects.filter(recipient_id=claim.recipient_id).values_list("key", "digest"))
    for report in claims.report_rows(claim).select_related("original"):
        digest = frozen.get(report.key)
        if digest is not None and report.original is not None and report.original.digest != digest:
            yield report.key


def settings_of(version: RoutineVersion | None, month_on: date, law: LawBook) -> ReviewSettings:
    """Return how a routine chooses to review, with the state's rate for the money at risk; without one, as by law."""
    if version is None:
        settings = ReviewSettings()
    else:
        settings = judging.review_settings(routines.routine(version), month_on, law)
    try:
        rate = rate_on(RateRule(code=STATE_RATE), month_on, LawReader(law)).ore_per_hour
    except LawGap:
        return settings
    return replace(settings, rate=rate)

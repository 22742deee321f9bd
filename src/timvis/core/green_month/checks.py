"""What is held against a month as a whole, where no single shift can be judged: bill, signatures, forms, settlement.

A shift is judged by the rules (`core.review.rules`). Here stands what needs the bill, or what is known of somebody
beside the reports. Each objection is a finding of the claim, so that it is shown, weighed and answered like the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from timvis.core.calendar.months import month_text
from timvis.core.green_month.limits import BrokenLimit, LimitKind
from timvis.core.green_month.objections import asks, informs, stops
from timvis.core.green_month.records import STAYS_IN_ACTIVITY, Bill, RowPurpose, StateMonth
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Absence, AbsenceKind, ProviderKind, ReportRow, TimeKind, TimeReport
from timvis.core.review.finding import Finding
from timvis.core.review.review import hours_text

ROUND_ROWS = 10
"""From how many rows it is worth a remark that all of them are whole hours (ours: nobody has published a number)."""


def checks(month: StateMonth) -> Iterator[Finding]:
    """Yield everything that is held against a month as a whole."""
    yield from chain(
        _bill(month),
        _provider(month),
        _signatures(month),
        _reference_periods(month),
        _rows(month),
        _settlement(month),
        _forms(month),
        _patterns(month),
    )


def reported_minutes(month: StateMonth) -> dict[TimeKind, int]:
    """Return the time that really passed, per kind: an hour less in spring, one more in autumn, as the state counts."""
    totals = dict.fromkeys(TimeKind, 0)
    for report in month.case.reports:
        for row in report.rows:
            totals[row.kind] += row.span.actual_minutes
    return totals


# --- the bill --------------------------------------------------------------------------------------------------


def _bill(month: StateMonth) -> Iterator[Finding]:
    bill = month.bill
    if bill is None:
        name = month_text(month.case.month_on)
        yield stops("bill_was_missing", f"Det finns ingen räkning för {name}.", ("SFB 51:14",))
        return
    yield from _sums(month, bill)
    stays = [each for each in month.case.absences if each.kind is AbsenceKind.HOSPITAL]
    if any(not _is_on(bill, stay) for stay in stays):
        message = "Brukaren vårdades på sjukhus, men räkningen anger inte vistelsen med dagar och klockslag."
        yield stops("hospital_stay_was_not_on_the_bill", message, ("SFB 106:24",))
    activities = [each for each in month.case.absences if each.kind in STAYS_IN_ACTIVITY]
    if activities and not bill.in_activity and any(_worked_during(month, each) for each in activities):
        message = "Assistans gavs i skola eller daglig verksamhet, men räkningen säger nej."
        yield stops("activity_was_not_on_the_bill", message, ("SFB 106:24",))
    if month.case.due_on is not None and bill.received_on > month.case.due_on:
        message = f"Räkningen kom in {bill.received_on}, sista dag var {month.case.due_on}."
        yield asks("bill_was_handed_in_late", message, ("FKFS 2016:4",))


def _sums(month: StateMonth, bill: Bill) -> Iterator[Finding]:
    ours = reported_minutes(month)
    theirs = {
        TimeKind.ACTIVE: bill.active_minutes,
        TimeKind.WAITING: bill.waiting_minutes,
        TimeKind.STANDBY: bill.standby_minutes,
    }
    words = {TimeKind.ACTIVE: "aktiv tid", TimeKind.WAITING: "väntetid", TimeKind.STANDBY: "beredskap"}
    wrong = [kind for kind in TimeKind if ours[kind] != theirs[kind]]
    if wrong:
        told = "; ".join(f"{words[kind]} {hours_text(theirs[kind])} mot {hours_text(ours[kind])}" for kind in wrong)
        beside = ", klockans omställning medräknad" if _has_clock_change(month) else ""
        message = f"Räkningen och tidsredovisningarnas faktiska tid skiljer sig{beside}: {told}."
        yield stops("bill_differed_from_the_reports", message, ("SFB 51:24",))


def _has_clock_change(month: StateMonth) -> bool:
    rows = (row for report in month.case.reports for row in report.rows)
    return any(row.span.clock_minutes != row.span.actual_minutes for row in rows)


def _is_on(bill: Bill, stay: Absence) -> bool:
    return any(each.start_at <= stay.start_at and stay.end_at <= each.end_at for each in bill.stays)


def _worked_during(month: StateMonth, absence: Absence) -> bool:
    rows = (row.span for report in month.case.reports for row in report.rows)
    return any(span.start_at < absence.end_at and absence.start_at < span.end_at for span in rows)


# --- the provider on the day of payment -----------------------------------------------------------------------


def _provider(month: StateMonth) -> Iterator[Finding]:
    kind = month.case.provider.kind
    if month.pay_on is None or kind in (ProviderKind.OWN_EMPLOYER, ProviderKind.MUNICIPALITY):
        return
    if not month.f_tax_is_known:
        message = "Ingen har kontrollerat att anordnaren är godkänd för F-skatt."
        yield asks("providers_tax_was_not_known", message, ("SFB 51:16 b",))
    elif not _holds(month.f_tax_from, month.f_tax_to, month.pay_on):
        message = f"Anordnaren är inte godkänd för F-skatt den {month.pay_on}, då staten betalar."
        yield stops("provider_had_no_f_tax_on_the_payment_day", message, ("SFB 51:16 b",))
    if month.f_tax_is_known and not _holds(month.employer_from, month.employer_to, month.pay_on):
        message = f"Anordnaren är inte registrerad som arbetsgivare den {month.pay_on}, då staten betalar."
        yield stops("provider_was_no_registered_employer_on_the_payment_day", message, ("SFB 51:16 b",))


def _holds(begins: date | None, ends: date | None, day: date) -> bool:
    return begins is not None and begins <= day and (ends is None or day < ends)


# --- signatures --------------------------------------------------------------------------------------------------


def _signatures(month: StateMonth) -> Iterator[Finding]:
    for report in month.case.reports:
        if report.key in month.altered:
            message = "Tidsredovisningen är inte längre den som undertecknades; den behöver skrivas under på nytt."
            yield stops("report_was_changed_after_signing", message, ("SFB 51:24",), report)
        signature = report.assistant_signature
        last = max((row.span.work_on for row in report.rows), default=None)
        if signature is not None and last is not None and signature.signed_on < last:
            message = f"Assistenten skrev under {signature.signed_on}, men sista passet är {last}."
            yield stops("report_was_signed_before_its_last_shift", message, ("SFB 51:24",), report)
    bill = month.bill
    if bill is None:
        return
    if bill.signer_number is None:
        yield stops("bill_was_not_signed", "Ingen har skrivit under räkningen.", ("SFB 51:24",))
    elif bill.signer_number not in {month.case.recipient.number, *month.representatives}:
        message = "Den som skrev under räkningen är varken brukaren eller en ställföreträdare."
        yield stops("bill_was_signed_without_mandate", message, ("FB 12 kap.",))


def _reference_periods(month: StateMonth) -> Iterator[Finding]:
    for report in month.case.reports:
        if report.is_own_employer and report.reference_periods:
            message = "Den som själv är arbetsgivare anger ingen beräkningsperiod."
            yield asks("reference_period_was_given_by_an_own_employer", message, ("SFB 51:16",), report)
        elif not report.is_own_employer and not report.reference_periods:
            message = "En anordnare anger den period som begränsar arbetstiden; den saknas."
            yield asks("reference_period_was_missing", message, ("SFB 51:16",), report)


def reference_period_checks(month: StateMonth, limits: Iterable[BrokenLimit]) -> Iterator[Finding]:
    """Yield for each assistant whose reported reference period holds more than the law's average allows."""
    broken = {each.assistant_number: each for each in limits if each.kind is LimitKind.REFERENCE_PERIOD}
    for report in month.case.reports:
        limit = broken.pop(report.assistant_number or "", None)
        if limit is not None:
            found = asks(
                "reference_period_was_longer_than_the_average", limit.says, ("SFB 51:16", "ATL 10 b §"), report
            )
            yield replace(found, minutes=limit.found.beyond_minutes)


# --- rows with what is known beside them ----------------------------------------------------------------------


def _rows(month: StateMonth) -> Iterator[Finding]:
    for report in month.case.reports:
        noted = {one.line: one.purpose for one in month.noted if one.report_key == report.key}
        for row in report.rows:
            yield from _noted(report, row, noted.get(row.line))
            away = [
                each
                for each in month.away
                if each.assistant_number == report.assistant_number
                and each.away_from <= row.span.work_on < each.away_to
            ]
            if away:
                message = f"Assistenten var frånvarande från arbetet den {row.span.work_on}, men har redovisat tid."
                yield asks("assistant_was_away_from_work", message, ("SFB 51:14",), report, row)
        if report.assistant_number in month.close_to_recipient:
            message = "Assistenten är närstående eller bor i hushållet; staten får göra hembesök."
            yield informs("assistant_was_close_to_the_recipient", message, ("SFB 51:24",), report)


def _noted(report: TimeReport, row: ReportRow, purpose: RowPurpose | None) -> Iterator[Finding]:
    if purpose is RowPurpose.NOT_WITH_RECIPIENT:
        message = f"Assistenten var inte hos brukaren under passet {row.span.work_on}."
        yield asks("assistant_was_not_with_the_recipient", message, ("SFB 51:14",), report, row)
    elif purpose is not None:
        message = f"Passet {row.span.work_on} är möte eller utbildning, som ingår i timbeloppet och inte redovisas."
        yield asks("row_was_for_a_meeting_or_training", message, ("SFB 51:11",), report, row)


# --- settlement, forms, patterns ---------------------------------------------------------------------------------


def _settlement(month: StateMonth) -> Iterator[Finding]:
    if month.bill is not None and month.settled_on is not None and month.bill.received_on > month.settled_on:
        message = (
            f"Räkningen kom {month.bill.received_on}, efter slutavräkningen {month.settled_on}: inget betalas på den."
        )
        yield stops("bill_came_after_the_final_settlement", message, ("SFB 51:15", "HFD 2020:55"))


def _forms(month: StateMonth) -> Iterator[Finding]:
    for report in month.case.reports:
        if report.key in month.on_old_form:
            message = "Tidsredovisningen står på en annan blankett än den som nu gäller."
            yield asks("form_was_not_the_current_one", message, ("FKFS 2016:4",), report)
    if month.bill is not None and not month.bill.is_current_form:
        message = "Räkningen står på en annan blankett än den som nu gäller."
        yield asks("form_was_not_the_current_one", message, ("FKFS 2016:4",))


def _patterns(month: StateMonth) -> Iterator[Finding]:
    rows = [row for report in month.case.reports for row in report.rows]
    whole = all(row.span.start_minute % MINUTES_PER_HOUR == row.span.end_minute % MINUTES_PER_HOUR == 0 for row in rows)
    if len(rows) >= ROUND_ROWS and whole:
        message = (
            f"Alla {len(rows)} rader börjar och slutar på hel timme. Det kan stämma, men det kan också vara ett schema."
        )
        yield informs("hours_were_all_round", message, ("SFB 51:24",))


def exactly_granted(reported_28ths: int, granted_28ths: int) -> Iterator[Finding]:
    """Yield when a month came to exactly what was granted for it, to the minute."""
    if reported_28ths and reported_28ths == granted_28ths:
        message = "Den redovisade tiden är på minuten den beviljade."
        yield informs("month_came_to_exactly_what_was_granted", message, ("SFB 51:24",))

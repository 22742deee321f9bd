"""A month of home care as a statement: what is paid, what is not and why, and what somebody must decide."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated, doubt
from timvis.core.calculation.home_care.fees import fee_lines
from timvis.core.calculation.home_care.granted import Compared, compared
from timvis.core.calculation.home_care.lines import (
    LABELS,
    beyond_lines,
    granted_lines,
    item_lines,
    level_lines,
    minutes_text,
    new_recipient_lines,
    quality_lines,
    stay_lines,
    time_lines,
)
from timvis.core.calculation.home_care.records import HomeCareCase, Outcome
from timvis.core.calculation.home_care.settings import Basis, BeyondGranted, Cause, WrongReport
from timvis.core.calculation.home_care.visits import NOTHING, PERFORMED, Share, Time, times_of
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calendar.months import month_after
from timvis.core.calendar.working_days import Holidays
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import half_up
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.statement import Line, Statement, digest_of

KIND = "home_care"

MENDED_BY = {
    WrongReport.NEW_INVOICE_IS_ASKED: "Begär en ny faktura",
    WrongReport.REGISTERED_AFTERWARDS: "Be utföraren registrera tiden i efterhand",
    WrongReport.REPORT_IS_RETURNED: "Lämna tillbaka redovisningen för rättelse",
}


def calculate(case: HomeCareCase, law: LawReader, holidays: Holidays) -> Calculated | tuple[Fault, ...]:
    """Return what the provider is paid and what the fee officer is handed, or everything that is missing."""
    wanting = Wanting()
    times = times_of(case, holidays, wanting)
    lines, findings = _paid(times, case, wanting)
    performed = sum((time.minutes for time in times if time.share.code == PERFORMED), Fraction(0))
    lines += [
        *item_lines(case.items, case, wanting),
        *stay_lines(case.stays, case, wanting),
        *level_lines(case.levels, case, wanting),
        *new_recipient_lines(case, wanting),
        *quality_lines(performed, case, wanting),
    ]
    handed_over = fee_lines(times, case, holidays, wanting)
    if wanting.faults:
        return wanting.faults
    return Calculated(
        statement=Statement(
            kind=KIND,
            lines=tuple(lines),
            law_rows=law.rows_used,
            settings=(
                *case.settings.told(case.month_on, month_after(case.month_on)),
                ("rounding", "each_line_half_up"),
                ("takes", "latest_in_time_order"),
            ),
            inputs_digest=digest_of(case),
        ),
        findings=(*findings, *_doubts(case)),
        sums=(("performed_minutes", half_up(performed.numerator, performed.denominator)),),
        handed_over=handed_over,
    )


def _paid(times: Sequence[Time], case: HomeCareCase, wanting: Wanting) -> tuple[list[Line], list[Finding]]:
    """Return the lines of time by the basis of the routine, and what the comparison raised."""
    if not case.visits and not case.granted:
        return [], []
    known = case.settings.on(case.month_on).basis_for(case.form)
    basis = wanting.setting("pay_basis", known, case.month_on, "tid ska ersättas")
    if basis is Basis.LEVELS:
        return [], []
    if case.wrong_report:
        return _wrong(times, case, wanting)
    if basis is Basis.GRANTED:
        return list(granted_lines("granted_time", times, case, wanting)), []
    performed = [time for time in times if time.share.code == PERFORMED]
    others = [time for time in times if time.share.code != PERFORMED]
    found = compared(performed, case, wanting)
    lines = [*time_lines([*found.within, *others], case, wanting), *beyond_lines(found, case, wanting)]
    return lines, _beyond_findings(found, case)


def _wrong(times: Sequence[Time], case: HomeCareCase, wanting: Wanting) -> tuple[list[Line], list[Finding]]:
    """Return granted time instead of a report that is wrong, or nothing until it has been mended."""
    rule = case.settings.on(case.month_on).wrong_report
    chosen = wanting.setting("wrong_report", rule, case.month_on, f"underlaget är fel ({case.wrong_report})")
    if chosen is None:
        return [], []
    if chosen is WrongReport.GRANTED_TIME_IS_BILLED:
        if not case.granted:
            wanting.add(_no_granted_time())
        told = doubt(
            "report_was_wrong_so_granted_time_is_paid",
            Severity.INFORMS,
            label="Underlaget är fel, beviljad tid ersätts",
            message=f"Underlaget är fel: {case.wrong_report}. Enligt rutinen ersätts då beviljad tid.",
            cites=case.cites,
        )
        return list(granted_lines("granted_time_instead", times, case, wanting)), [told]
    code = "reported_time_awaits_mending"
    share = Share(code=code, percent=NOTHING, why="underlaget är fel, och tiden ersätts när det är rättat")
    stopped = doubt(
        "report_was_wrong_so_it_must_be_mended",
        Severity.STOPS,
        label=LABELS[code],
        message=f"Underlaget är fel: {case.wrong_report}. {MENDED_BY[chosen]}; ingen tid ersätts innan dess.",
        cites=case.cites,
    )
    return list(time_lines([replace(time, share=share) for time in times], case, wanting)), [stopped]


def _no_granted_time() -> Fault:
    return Fault(
        code="missing_order",
        message="Beviljad tid ska ersättas i stället för felaktigt underlag, men ingen är angiven.",
        remedy="Skriv [[granted]].",
        column="granted",
    )


# --- what somebody must look at --------------------------------------------------------------------------


def _beyond_findings(found: Compared, case: HomeCareCase) -> list[Finding]:
    beyond = sum((time.minutes for time in found.beyond), Fraction(0))
    findings = []
    if beyond and found.rule is BeyondGranted.AUTHORITY_DECIDES:
        findings.append(
            doubt(
                "time_was_beyond_the_granted",
                Severity.ASKS,
                label="Utförd tid utöver beviljad",
                message=f"{minutes_text(beyond)} timmar ligger utöver beviljad tid. Besluta om de ersätts.",
                cites=case.cites,
            )
        )
    if found.beyond_but_paid:
        findings.append(
            doubt(
                "time_was_beyond_the_granted_but_under_the_ceiling",
                Severity.INFORMS,
                label="Utöver beviljad tid men under taket",
                message=f"{minutes_text(found.beyond_but_paid)} timmar ligger utöver beviljad tid men under taket.",
                cites=case.cites,
            )
        )
    return findings


def _doubts(case: HomeCareCase) -> list[Finding]:
    """Return what the visits themselves say that cannot be."""
    findings = []
    for visit in sorted(case.visits, key=lambda one: (one.on, one.number)):
        absence = case.absence_on(visit.on)
        if visit.outcome is not Outcome.PERFORMED or absence is None or visit.on == absence.from_on:
            continue
        dead = absence.cause is Cause.DEATH
        findings.append(
            doubt(
                "visit_was_after_the_death" if dead else "visit_was_during_an_absence",
                Severity.STOPS if dead else Severity.ASKS,
                label="Besök efter dödsfall" if dead else "Besök under frånvaro",
                message=f"Ett utfört besök är redovisat {visit.on}, men brukaren "
                f"{'avled' if dead else 'var borta från'} {absence.from_on}.",
                cites=case.cites,
            )
        )
    if not case.needs_assessed and case.visits:
        findings.append(
            doubt(
                "there_was_no_needs_assessment_to_compare_with",
                Severity.INFORMS,
                label="Utan behovsprövning",
                message="Insatsen ges utan individuell behovsprövning; det finns ingen beviljad tid att jämföra med.",
                cites=case.cites,
            )
        )
    return findings

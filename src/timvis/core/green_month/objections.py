"""How an objection to a month as a whole is told: a finding of the claim, with its heading and the time it is about."""

from timvis.core.facts.load import sums_of
from timvis.core.records import ReportRow, TimeReport
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Grain, Severity

LABELS = {
    "bill_was_missing": "Räkningen saknas",
    "bill_differed_from_the_reports": "Räkningen stämmer inte med tidsredovisningarna",
    "hospital_stay_was_not_on_the_bill": "Sjukhusvistelsen står inte på räkningen",
    "activity_was_not_on_the_bill": "Skola eller daglig verksamhet står inte på räkningen",
    "provider_had_no_f_tax_on_the_payment_day": "Anordnaren saknar F-skatt på betalningsdagen",
    "provider_was_no_registered_employer_on_the_payment_day": "Anordnaren är inte registrerad som arbetsgivare",
    "providers_tax_was_not_known": "Anordnarens F-skatt är inte känd",
    "report_was_changed_after_signing": "Tidsredovisningen är ändrad efter underskriften",
    "report_was_signed_before_its_last_shift": "Undertecknad innan sista passet var slut",
    "bill_was_not_signed": "Räkningen är inte undertecknad",
    "bill_was_signed_without_mandate": "Räkningens undertecknare saknar behörighet",
    "reference_period_was_missing": "Beräkningsperiod saknas",
    "reference_period_was_given_by_an_own_employer": "Beräkningsperiod från egen arbetsgivare",
    "reference_period_was_longer_than_the_average": "Beräkningsperioden är längre än genomsnittet tillåter",
    "assistant_was_away_from_work": "Assistenten var frånvarande från arbetet",
    "assistant_was_not_with_the_recipient": "Assistenten var inte hos brukaren",
    "row_was_for_a_meeting_or_training": "Raden är möte eller utbildning",
    "bill_came_after_the_final_settlement": "Räkningen kom efter slutavräkningen",
    "bill_was_handed_in_late": "Räkningen kom in för sent",
    "stay_abroad_was_not_answered": "Frågan om vistelse utanför EES är inte besvarad",
    "stay_abroad_was_not_explained": "Vistelsen utanför EES är inte förklarad",
    "costs_abroad_were_not_accounted_for": "Kostnadsredovisning saknas för assistans utanför EES",
    "no_assistant_was_known_to_live_outside_the_eea": "Ingen assistent står som bosatt utanför EES",
    "assistance_abroad_needs_special_reasons": "Assistans utanför EES kräver särskilda skäl",
    "assistant_was_close_to_the_recipient": "Assistenten är närstående",
    "form_was_not_the_current_one": "Fel eller gammal blankett",
    "hours_were_all_round": "Bara hela timmar",
    "month_came_to_exactly_what_was_granted": "Månaden blev exakt det beviljade",
}
"""Every month check by its code, with its heading."""


def stops(
    code: str, message: str, cites: tuple[str, ...], report: TimeReport | None = None, row: ReportRow | None = None
) -> Finding:
    """Return a finding that stops the month until it is mended; of a report or a row, where one is given."""
    return _finding(code, Severity.STOPS, message, cites, report, row)


def asks(
    code: str, message: str, cites: tuple[str, ...], report: TimeReport | None = None, row: ReportRow | None = None
) -> Finding:
    """Return a finding that a person has to look at."""
    return _finding(code, Severity.ASKS, message, cites, report, row)


def informs(code: str, message: str, cites: tuple[str, ...], report: TimeReport | None = None) -> Finding:
    """Return a finding that is worth knowing and needs no word."""
    return _finding(code, Severity.INFORMS, message, cites, report, None)


def _finding(
    code: str,
    severity: Severity,
    message: str,
    cites: tuple[str, ...],
    report: TimeReport | None,
    row: ReportRow | None,
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        grain=Grain.CLAIM,
        label=LABELS[code],
        message=message,
        cites=cites,
        assistant_number=report.assistant_number if report else None,
        minutes=row.span.actual_minutes if row else sum(sums_of(report)) if report else 0,
        place="" if report is None else report.key if row is None else f"{report.key}:{row.line}",
    )

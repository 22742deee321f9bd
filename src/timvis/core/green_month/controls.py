"""The state's controls as they are catalogued, each with the codes of the rules and month checks that carry it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timvis.core.records import ProviderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: what it looks for, and the codes that object on its behalf.

    `of_own_employer` is True or False where it concerns only those who are, or are not, their own employers.
    """

    says: str
    codes: frozenset[str]
    of_own_employer: bool | None = None


def _control(says: str, *codes: str, of_own_employer: bool | None = None) -> Control:
    return Control(says=says, codes=frozenset(codes), of_own_employer=of_own_employer)


_LIMITS = (
    "four_weeks_were_longer_than_the_limit",
    "month_was_longer_than_the_limit",
    "year_was_longer_than_the_limit",
    "total_working_time_was_beyond_the_average",
    "working_time_limits_were_not_known",
)

CONTROLS: Mapping[str, Control] = {
    "K01": _control(
        "Samma assistent, överlappande rader hos samma person",
        "assistant_overlapped_with_the_same_recipient",
        "shift_was_reported_twice",
    ),
    "K02": _control("Samma assistent hos två personer samtidigt", "assistant_was_with_two_recipients_at_once"),
    "K03": _control("Fler minuter än dygnet har", "assistant_worked_more_than_the_day_has_hours"),
    "K04": _control(
        "Två assistenter samtidigt utan dubbel assistans", "two_assistants_worked_at_once_without_double_staffing"
    ),
    "K05": _control(
        "Räkningen mot tidsredovisningarnas summa",
        "bill_differed_from_the_reports",
        "bill_was_missing",
        "stated_sums_differed_from_the_rows",
    ),
    "K06": _control("Arbete före anmälan av assistenten", "assistant_was_not_registered_before_the_shift"),
    "K07": _control("Assistenten under 18 år", "assistant_was_under_18", "assistants_birth_date_was_not_known"),
    "K08": _control(
        "Assistenten bosatt utanför EES, eller anlitad där",
        "assistant_lived_outside_the_eea",
        "assistants_residence_was_not_known",
        "stay_abroad_was_not_answered",
        "stay_abroad_was_not_explained",
        "costs_abroad_were_not_accounted_for",
        "no_assistant_was_known_to_live_outside_the_eea",
        "assistance_abroad_needs_special_reasons",
    ),
    "K09": _control(
        "Arbetstid över gränsen hos en anordnare",
        *_LIMITS,
        "reference_period_was_longer_than_the_average",
        of_own_employer=False,
    ),
    "K10": _control("Arbetstid över gränsen hos egen arbetsgivare", *_LIMITS, of_own_employer=True),
    "K11": _control("Dygnsvila och veckovila", "daily_rest_was_short", "weekly_rest_was_short"),
    "K12": _control("Tid under sjukhusvistelse", "recipient_was_in_hospital", "hospital_stay_was_not_on_the_bill"),
    "K13": _control(
        "Tid i barnomsorg, skola, daglig verksamhet",
        "recipient_was_in_school",
        "recipient_was_in_daily_activity",
        "activity_was_not_on_the_bill",
    ),
    "K14": _control(
        "Anordnarens tillstånd, F-skatt och arbetsgivarregistrering",
        "provider_had_no_permit_that_day",
        "providers_permit_was_not_known",
        "provider_had_no_f_tax_on_the_payment_day",
        "provider_was_no_registered_employer_on_the_payment_day",
        "providers_tax_was_not_known",
    ),
    "K15": _control("Timmar över beviljat", "hours_were_beyond_the_granted_hours", "no_decision_was_in_force_that_day"),
    "K16": _control(
        "Underskrift saknas, är fel, eller rapporten är ändrad",
        "assistants_signature_was_missing",
        "managers_signature_was_missing",
        "signing_manager_was_not_known",
        "manager_signed_without_mandate",
        "report_was_changed_after_signing",
        "report_was_signed_before_its_last_shift",
        "bill_was_not_signed",
        "bill_was_signed_without_mandate",
    ),
    "K17": _control(
        "Beräkningsperiod",
        "reference_period_was_missing",
        "reference_period_was_given_by_an_own_employer",
    ),
    "K18": _control("Assistenten sjuk, föräldraledig eller arbetslös samtidigt", "assistant_was_away_from_work"),
    "K19": _control("Assistenten var inte hos personen", "assistant_was_not_with_the_recipient"),
    "K20": _control("Möte eller utbildning", "row_was_for_a_meeting_or_training"),
    "K21": _control("Räkning efter slutavräkning", "bill_came_after_the_final_settlement"),
    "K22": _control("För sent inkommet", "claim_was_handed_in_late", "bill_was_handed_in_late"),
    "K23": _control("Närstående assistent", "assistant_was_close_to_the_recipient"),
    "K24": _control("Blanketten är inte den gällande", "form_was_not_the_current_one"),
    "K25": _control(
        "Lika rader varje dag, jämna tal, exakt det beviljade",
        "every_day_was_reported_alike",
        "hours_were_all_round",
        "month_came_to_exactly_what_was_granted",
    ),
}


def controls_hit(codes: Iterable[str], provider: ProviderKind) -> tuple[str, ...]:
    """Return the controls that some codes belong to, in order."""
    found = frozenset(codes)
    own = provider is ProviderKind.OWN_EMPLOYER
    return tuple(
        name for name, control in CONTROLS.items() if control.codes & found and control.of_own_employer in (None, own)
    )

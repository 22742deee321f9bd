"""What a rule may see: one record per grain, its fields in the order the SQL gives them.

As values every field is an `int`. In bulk the same names stand for columns: a rule cannot tell the difference.
"""

from typing import NamedTuple


class ShiftFacts(NamedTuple):
    """One shift on one local day, with what the rest of the data says about it."""

    shift_id: int
    claim_id: int
    report_id: int
    recipient_id: int
    assistant_id: int
    employer_id: int
    kind: int
    work_on: int
    week: int
    start_minute: int
    end_minute: int
    start_at: int
    end_at: int
    minutes: int
    parts: int
    working_minutes: int
    day_minutes: int
    is_ambiguous: int
    recipient_is_named: int
    recipient_number_agrees: int
    assistant_has_signed: int
    manager_has_signed: int
    manager_is_needed: int
    manager_is_known: int
    manager_has_mandate: int
    sums_are_stated: int
    sums_agree: int
    birth_is_known: int
    adult_on: int
    residence_is_known: int
    lives_outside_eea: int
    registered_on: int
    limits_apply: int
    is_unable: int
    has_decision: int
    double_staffing: int
    is_in_hospital: int
    hospital_from_at: int
    hospital_to_at: int
    is_in_school: int
    school_from_at: int
    school_to_at: int
    is_in_daily_activity: int
    activity_from_at: int
    activity_to_at: int
    provider_is_required_to_have_permit: int
    permit_is_known: int
    permit_from: int
    permit_to: int
    permit_grace_to: int
    died_on: int
    earlier_end_here_at: int
    overlap_to_at: int
    is_elsewhere: int
    elsewhere_from_at: int
    elsewhere_to_at: int
    is_beside_another: int
    beside_to_at: int
    copy_number: int
    minutes_that_day: int
    limits_are_known: int
    month_minutes: int
    month_limit_minutes: int
    year_minutes: int
    year_limit_minutes: int
    counts_by_month: int
    spell_minutes: int
    longest_spell_minutes: int


class WeekFacts(NamedTuple):
    """One assistant's week with one employer."""

    claim_id: int
    assistant_id: int
    employer_id: int
    week: int
    work_on: int
    week_minutes: int
    four_weeks_minutes: int
    four_weeks_allowed_minutes: int
    seventeen_weeks_minutes: int
    week_spell_minutes: int
    limits_are_known: int
    week_limit_minutes: int
    counts_by_month: int
    average_is_limited: int
    average_limit_minutes: int
    longest_week_spell_minutes: int


class ClaimFacts(NamedTuple):
    """One claim as a whole."""

    claim_id: int
    work_on: int
    reported_parts: int
    reported_minutes: int
    granted_parts: int
    doubly_granted_parts: int
    municipal_parts: int
    received_on: int
    due_is_known: int
    due_on: int
    agent_is_used: int
    agent_is_registered: int
    agent_from: int
    agent_to: int
    alike_days: int
    alike_days_needed: int


AnyFacts = ShiftFacts | WeekFacts | ClaimFacts

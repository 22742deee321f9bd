"""The relations the facts are derived from: names, columns, and what a column means.

Every column is a whole 64-bit number and never missing. Days are proleptic day numbers, clock times minutes
after local midnight, instants minutes since 1970 (UTC), weeks and months running numbers. A period's `…_to`
is the first day after it. `NEVER` is the far day of what has not happened; whether something is unknown is
told by a flag beside it, `…_is_known`, that a rule asks first.
"""

from collections.abc import Mapping
from typing import Final

NEVER: Final = 3_000_000
"""A day number far after every real one (the year 8214): "has not happened", "has no end"."""

LONG_AGO: Final = -3_000_000_000
"""An instant far before every real one: "there is no earlier shift"."""

FAR_AHEAD: Final = 3_000_000_000
"""An instant far after every real one: "there is no later shift"."""

RELATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    # One row per shift and local day. Shifts that are not judged are earlier weeks and other recipients.
    "shift": (
        "shift_id",
        "claim_id",
        "report_id",
        "recipient_id",
        "assistant_id",
        "employer_id",
        "kind",  # 0 active, 1 waiting, 2 standby
        "is_judged",
        "work_on",
        "week",
        "month",
        "year",
        "start_minute",
        "end_minute",
        "start_at",
        "end_at",
        "minutes",  # as time really passed
        "parts",  # converted, in 28ths of a minute
        "working_minutes",  # as the limits of working time count
        "waiting_minutes",
        "day_minutes",  # how long that local day was
        "is_ambiguous",
    ),
    "report": (
        "report_id",
        "recipient_is_named",
        "recipient_number_agrees",
        "assistant_has_signed",
        "manager_has_signed",
        "manager_is_needed",
        "manager_is_known",
        "manager_has_mandate",
        "sums_are_stated",
        "sums_agree",
    ),
    "assistant": (
        "assistant_id",
        "birth_is_known",
        "adult_on",
        "residence_is_known",
        "lives_outside_eea",
        "registered_on",
        "limits_apply",
    ),
    "incapacity": ("assistant_id", "unable_from", "unable_to"),
    "decision": ("recipient_id", "granted_from", "granted_to", "double_staffing"),
    "absence": ("recipient_id", "kind", "start_at", "end_at"),  # 0 hospital, 1 school, 2 daily activity
    "claim": (
        "claim_id",
        "recipient_id",
        "provider_is_required_to_have_permit",
        "permit_is_known",
        "permit_from",
        "permit_to",
        "permit_grace_to",
        "died_on",
        "received_on",
        "due_is_known",
        "due_on",
        "agent_is_used",
        "agent_is_registered",
        "agent_from",
        "agent_to",
        "granted_parts",
        "doubly_granted_parts",  # of the claim's time: what the state's hours for the same days have room for
        "alike_days_needed",
    ),
    # The limits of working time for an employer, by day of work.
    "law": (
        "employer_id",
        "law_from",
        "law_to",
        "limits_are_known",
        "week_limit_minutes",
        "four_weeks_limit_minutes",
        "waiting_four_weeks_limit_minutes",
        "month_limit_minutes",
        "year_limit_minutes",
        "average_is_limited",
        "average_limit_minutes",
        "counts_by_month",
        "longest_spell_minutes",
        "longest_week_spell_minutes",
    ),
}

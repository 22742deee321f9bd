"""A routine's choices about home-care providers and orders, as the desk takes them.

Nothing is added: what the routine does not state raises `SettingIsUnknown`, with the setting's name.
"""

from decimal import Decimal

from timvis.core.home_care.change_of_provider import ChangeRule, DaysAfterNotice, FirstOfMonth
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import SettingIsUnknown, decimal_of, rows_of

_CHANGE = "change_of_provider"


def change_rule_of(routine: Routine) -> ChangeRule:
    """Return when a change of provider takes effect. Raises `SettingIsUnknown`."""
    rows = rows_of(routine, _CHANGE)
    if not rows:
        raise SettingIsUnknown(routine, _CHANGE)
    row = rows[0]
    if row["rule"] == "days_after_notice" and "days" in row:
        return DaysAfterNotice(days=_whole(row["days"]))
    if row["rule"] == "first_of_month_after_cutoff" and "cutoff_day" in row and "months_after" in row:
        return FirstOfMonth(cutoff_day=_whole(row["cutoff_day"]), months_after=_whole(row["months_after"]))
    raise SettingIsUnknown(routine, _CHANGE)


def capacity_warning_of(routine: Routine) -> Decimal:
    """Return the percentage left at which a provider must say that its ceiling is near. Raises `SettingIsUnknown`."""
    return decimal_of(routine, "capacity_warning")


def _whole(value: object) -> int:
    assert isinstance(value, int), value
    return value

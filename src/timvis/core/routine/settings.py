"""The settings of a routine: every choice that no law makes, by code, with the shape its value has.

A setting that a routine does not state is *unknown*: whoever needs it is stopped (`SettingIsUnknown`), never
given a default. `covers` names the ways in which municipalities differ, V1 to V54, so that a test can hold that
each can be written down.
"""

from collections.abc import Mapping
from decimal import Decimal

from timvis.core.calendar.deadlines import DueRule
from timvis.core.law import LawGap
from timvis.core.routine.catalogue import CALCULATION, HOME_CARE, MONEY, SICK_COST, SUBSTITUTE, WHOLE_ROUTINE
from timvis.core.routine.catalogue.setting import Setting
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.shapes import Cell, Value
from timvis.core.routine.terms import InvoiceRole

CATALOGUE: Mapping[str, Setting] = {
    setting.code: setting
    for group in (WHOLE_ROUTINE, CALCULATION, MONEY, SICK_COST, SUBSTITUTE, HOME_CARE)
    for setting in group
}
"""Every setting there is, by its code, in the order they are told."""


class SettingIsUnknown(LawGap):
    """The routine does not say what it must say here. Stops the job, as missing law does."""

    def __init__(self, routine: Routine, code: str) -> None:
        label = CATALOGUE[code].label if code in CATALOGUE else "Timbeloppet"
        super().__init__(
            f"{routine.slug}: {code}",
            routine.valid_from,
            f"Rutinen {routine.slug} säger inget om {label[:1].lower()}{label[1:]} ({code}).",
        )


def setting_of(routine: Routine, code: str) -> Value:
    """Return a setting's value. Raises `SettingIsUnknown` when the routine does not state it."""
    values = dict(routine.settings)
    if code not in values:
        raise SettingIsUnknown(routine, code)
    return values[code]


def states(routine: Routine, code: str) -> bool:
    """Return whether a routine states a setting."""
    return any(stated == code for stated, _value in routine.settings)


def word_of(routine: Routine, code: str) -> str:
    """Return a setting that is one word. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, str), code
    return value


def words_of(routine: Routine, code: str) -> tuple[str, ...]:
    """Return a setting that is some words. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, tuple), code
    return tuple(word for word in value if isinstance(word, str))


def whole_of(routine: Routine, code: str) -> int:
    """Return a setting that is a count, or an amount in öre. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, int), code
    assert not isinstance(value, bool), code
    return value


def decimal_of(routine: Routine, code: str) -> Decimal:
    """Return a setting that is a percentage or a factor. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, Decimal), code
    return value


def flag_of(routine: Routine, code: str) -> bool:
    """Return a setting that is yes or no. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, bool), code
    return value


def rows_of(routine: Routine, code: str) -> tuple[Mapping[str, Cell], ...]:
    """Return a setting that is a table, row by row, in the order they stand. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, tuple), code
    return tuple(dict(row) for row in value if not isinstance(row, str))


def rule_of(routine: Routine, code: str) -> DueRule:
    """Return a setting that is a due rule. Raises `SettingIsUnknown`."""
    value = setting_of(routine, code)
    assert isinstance(value, DueRule), code
    return value


def rate_code_of(routine: Routine) -> str:
    """Return the code of the dated amounts per hour. Raises `SettingIsUnknown` when the routine has none."""
    if routine.rate is None:
        raise SettingIsUnknown(routine, "rate")
    return routine.rate


def unanswered(routine: Routine) -> tuple[Setting, ...]:
    """Return the settings that this routine's kinds of claims cannot be handled without, and that it lacks.

    Where an invoice opens the case its own lines are the amount, and nothing is worked out from settings.
    """
    worked_out = {kind for kind in routine.claim_kinds if not _is_invoiced(routine, kind)}
    return tuple(
        setting
        for setting in CATALOGUE.values()
        if setting.needed_by & worked_out and not states(routine, setting.code)
    )


def _is_invoiced(routine: Routine, kind: ClaimKind) -> bool:
    """Whether every way in for a kind of claim is an invoice that opens the case."""
    channels = [one for one in routine.channels if not one.claim_kinds or kind in one.claim_kinds]
    return all(channel.invoice is InvoiceRole.OPENS_THE_CASE for channel in channels)

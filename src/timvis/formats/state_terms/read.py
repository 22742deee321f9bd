"""TOML texts to the state's forms and last days, and those that come with the package. The format is in README.md."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import TypeVar

from timvis.core.access import Role
from timvis.core.calendar.deadlines import DayOfMonth, DueRule
from timvis.core.calendar.due_tables import read_due_rule
from timvis.core.faults import Fault
from timvis.core.law import Confidence
from timvis.core.state_duties.terms import FormKind, Sender, StateDeadline, StateForm, StateTerms
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text
from timvis.formats.toml_text import TomlTable, read_toml

W = TypeVar("W", bound=StrEnum)

FORMS, DEADLINES = "state_forms.toml", "state_deadlines.toml"
NO_RULE = DayOfMonth(day=1, months_after=0)
"""What stands in for a rule that could not be read; the faults keep it from ever being used."""


def read_forms(text: str, *, source: str) -> tuple[tuple[StateForm, ...], tuple[Fault, ...]]:
    """Return the forms of a text, or every fault in it and none."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return (), faults
    checked_on = root.day("checked_on")
    forms: list[StateForm] = []
    for table in root.tables("form"):
        form = _form(table, checked_on)
        if any(_collide(form, other) for other in forms):
            table.object_to(
                "two_forms_at_once",
                "from",
                f"En annan upplaga för samma sak gäller redan när {form.number} börjar.",
                "Ge den äldre raden en sista dag (to).",
            )
        forms.append(form)
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (() if found else tuple(forms)), found


def read_deadlines(text: str, *, source: str) -> tuple[tuple[StateDeadline, ...], tuple[Fault, ...]]:
    """Return the last days of a text, or every fault in it and none."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return (), faults
    root.day("checked_on")
    deadlines: list[StateDeadline] = []
    for table in root.tables("deadline"):
        deadline = _deadline(table)
        if any(deadline.code == other.code for other in deadlines):
            table.object_to("code_stands_twice", "code", f"{deadline.code} står två gånger.", "Ge raderna olika koder.")
        deadlines.append(deadline)
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (() if found else tuple(deadlines)), found


@cache
def load_state_terms() -> StateTerms:
    """Return the package's forms and last days; `PackagedDataIsFaulty` tells every fault."""
    forms, form_faults = read_forms(packaged_text(FORMS) or "", source=FORMS)
    deadlines, faults = read_deadlines(packaged_text(DEADLINES) or "", source=DEADLINES)
    if form_faults or faults:
        raise PackagedDataIsFaulty((*form_faults, *faults))
    return StateTerms(forms=forms, deadlines=deadlines)


def _form(table: TomlTable, checked_on: date) -> StateForm:
    form = StateForm(
        number=table.text("number"),
        edition=table.text("edition", ""),
        kind=_word(table, "kind", FormKind, FormKind.TIME_REPORT),
        name=table.text("name"),
        sender=_word(table, "sender", Sender, Sender.PROVIDER),
        electronic=table.text("electronic", ""),
        from_on=table.day("from"),
        to_on=table.day_or_none("to"),
        source=table.text("source"),
        confidence=_word(table, "confidence", Confidence, Confidence.FROM_MEMORY),
        checked_on=checked_on,
        note=table.text("note", ""),
        own_form_only_from=table.day_or_none("own_form_only_from"),
    )
    if form.to_on is not None and form.to_on < form.from_on:
        table.object_to("ends_before_it_begins", "to", "Sista dagen ligger före den första.", "Rätta from eller to.")
    table.refuse_the_rest()
    return form


def _deadline(table: TomlTable) -> StateDeadline:
    deadline = StateDeadline(
        code=table.text("code"),
        label=table.text("label"),
        roles=table.texts("roles"),
        rule=_rule(table),
        from_on=table.day("from"),
        cites=table.texts("cites"),
        confidence=_word(table, "confidence", Confidence, Confidence.FROM_MEMORY),
        form=_word(table, "form", FormKind, FormKind.TIME_REPORT) if table.has("form") else None,
        law=table.text("law", ""),
        note=table.text("note", ""),
        is_event=table.flag("is_event", False),
    )
    for role in deadline.roles:
        if role not in set(Role):
            table.object_to("unknown_role", "roles", f"{role} är ingen roll.", "Rätta stavningen.")
    table.refuse_the_rest()
    return deadline


def _rule(table: TomlTable) -> DueRule:
    written = table.raw("due")
    rule = read_due_rule(written if isinstance(written, dict) else {})
    if not isinstance(rule, tuple):
        return rule
    for fault in rule:
        table.object_to(fault.code, "due", fault.message, fault.remedy)
    return NO_RULE


def _word(table: TomlTable, key: str, words: type[W], stand_in: W) -> W:
    allowed: dict[str, object] = {word.value: None for word in words}
    told = table.one_of(key, allowed)
    return words(told) if told in allowed else stand_in


def _collide(one: StateForm, other: StateForm) -> bool:
    ends = (one.to_on or date.max, other.to_on or date.max)
    return one.kind is other.kind and one.from_on <= ends[1] and other.from_on <= ends[0]

"""Reads a routine: TOML bytes into a record, or every fault with its line and key."""

import re
from enum import StrEnum
from typing import TypeVar

from timvis.core.access import Role
from timvis.core.calendar.deadlines import DueRule
from timvis.core.calendar.due_tables import read_due_rule
from timvis.core.faults import Fault
from timvis.core.records import ProviderKind, Regime
from timvis.core.review.rule import Severity
from timvis.core.routine.records import (
    ATTEST_LIST,
    ROLE,
    AccountCoding,
    Act,
    Channel,
    Check,
    ClaimKind,
    Needed,
    OnFinding,
    Requirement,
    Routine,
    RuleChoice,
    Separation,
    Step,
    Way,
)
from timvis.formats.toml_text import TomlTable, read_toml

SETTINGS: dict[str, dict[str, None]] = {
    "granted_window": dict.fromkeys(("month", "week", "period")),
    "week_to_period": dict.fromkeys(("days/7",)),
    "takes": dict.fromkeys(("latest_in_time_order",)),
    "rounding": dict.fromkeys(("per_line",)),
}
"""The choices of the calculation that no law makes, and what each can be."""

ATTEST_BY = dict.fromkeys((ROLE, ATTEST_LIST))
"""What decides who may sign: the role of the step, or the board's attest list."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RATE = re.compile(r"local(\.[a-z][a-z0-9_]*)+")

Word = TypeVar("Word", bound=StrEnum)


def read(content: bytes, *, source: str) -> Routine | tuple[Fault, ...]:
    """Return the routine that a TOML document holds, or all its faults; never half a routine."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (
            Fault(
                code="not_utf8",
                message="Filen är inte skriven i UTF-8.",
                remedy="Spara den som UTF-8 och läs in den igen.",
                file=source,
            ),
        )
    top, faults = read_toml(text, source=source)
    if top is None:
        return faults
    routine = _routine(top)
    top.refuse_the_rest()
    return tuple(top.document.faults) or routine


def _routine(top: TomlTable) -> Routine:
    """Return the routine as far as it can be read; what can't be is in the document's faults."""
    municipality, slug = top.text("municipality"), top.text("slug")
    if slug and not re.fullmatch(f"{re.escape(municipality)}/{_NAME.pattern}", slug):
        top.object_to(
            "wrong_slug",
            "slug",
            f"Rutinen heter {slug!r} men hör till kommunen {municipality!r}.",
            "Skriv kommun/rutin med små bokstäver, siffror och _.",
        )
    adopted = top.table("adopted") if top.has("adopted") else None
    routine = Routine(
        slug=slug,
        municipality=municipality,
        name=top.text("name"),
        source=top.text("source"),
        claim_kinds=frozenset(_words(top, "claim_kinds", ClaimKind)),
        regime=_word(top, "regime", Regime),
        valid_from=top.day("valid_from"),
        accepts_invoices=top.flag("accepts_invoices"),
        rate=_rate(top),
        coding=_coding(top.table("coding")),
        settings=_settings(top.table("calculation")),
        channels=tuple(_channel(table) for table in _some(top, "channel")),
        evidence=tuple(_requirement(table) for table in top.tables("evidence")),
        steps=tuple(_step(table) for table in _some(top, "step")),
        separations=tuple(_separation(table) for table in top.tables("separation")),
        rules=tuple(_rule(table) for table in top.tables("rule")),
        adopted_by=adopted.text("by") if adopted else None,
        adopted_on=adopted.day("on") if adopted else None,
        answered_by=top.text("answered_by") if top.has("answered_by") else None,
        open_questions=top.texts("open_questions", ()),
        attest_by=top.one_of("attest_by", ATTEST_BY, ROLE),
    )
    if adopted:
        adopted.refuse_the_rest()
    return routine


def _rate(top: TomlTable) -> str:
    code = top.text("rate")
    if code and not _RATE.fullmatch(code):
        top.object_to(
            "wrong_code",
            "rate",
            f"Beloppets kod {code!r} har fel form.",
            "Skriv koden för beloppet i kommunens egna tal, som local.kommun.amount.",
        )
    return code


def _coding(table: TomlTable) -> AccountCoding:
    parts = table.table("parts") if table.has("parts") else None
    coding = AccountCoding(
        chart=_name(table, "chart"),
        parts=tuple((key, parts.text(key)) for key in sorted(parts.values)) if parts else (),
    )
    table.refuse_the_rest()
    return coding


def _settings(table: TomlTable) -> tuple[tuple[str, str], ...]:
    settings = tuple((key, table.one_of(key, allowed)) for key, allowed in sorted(SETTINGS.items()))
    table.refuse_the_rest()
    return settings


def _channel(table: TomlTable) -> Channel:
    channel = Channel(
        provider_kinds=frozenset(_words(table, "provider_kinds", ProviderKind)),
        way=_word_or_question(table, "way", Way),
        text=table.text("text"),
        open_question=_question(table),
    )
    table.refuse_the_rest()
    return channel


def _requirement(table: TomlTable) -> Requirement:
    requirement = Requirement(
        code=_name(table, "requirement"),
        provider_kinds=frozenset(_words(table, "provider_kinds", ProviderKind)),
        needed=_word(table, "needed", Needed),
        text=table.text("text"),
    )
    table.refuse_the_rest()
    return requirement


def _step(table: TomlTable) -> Step:
    step = Step(
        name=_name(table, "name"),
        label=table.text("label"),
        role=_word_or_question(table, "role", Role),
        acts=_words(table, "acts", Act),
        checks=_words(table, "checks", Check) if table.has("checks") else (),
        due=_due(table) if table.has("due") else None,
        on_finding=_word(table, "on_finding", OnFinding) if table.has("on_finding") else None,
        open_question=_question(table),
        when_disqualified=_word(table, "when_disqualified", Role) if table.has("when_disqualified") else None,
    )
    table.refuse_the_rest()
    return step


def _due(table: TomlTable) -> DueRule | None:
    written = table.raw("due")
    rule = read_due_rule(written if isinstance(written, dict) else {})
    if isinstance(rule, tuple):
        for fault in rule:
            table.object_to(fault.code, "due", fault.message, fault.remedy)
        return None
    return rule


def _separation(table: TomlTable) -> Separation:
    separation = Separation(code=_name(table, "code"), acts=_words(table, "acts", Act), text=table.text("text"))
    if len(set(separation.acts)) < 2:
        table.object_to(
            "separates_nothing",
            "acts",
            f"Skiljelinjen {separation.code} nämner färre än två handlingar.",
            "Räkna upp minst två handlingar som ska göras av olika personer.",
        )
    table.refuse_the_rest()
    return separation


def _rule(table: TomlTable) -> RuleChoice:
    choice = RuleChoice(
        code=_name(table, "code"),
        is_on=table.flag("on", True),
        severity=_word(table, "severity", Severity) if table.has("severity") else None,
    )
    table.refuse_the_rest()
    return choice


def _some(top: TomlTable, key: str) -> list[TomlTable]:
    """Return the tables of a list that may not be empty."""
    tables = top.tables(key)
    if not tables:
        top.object_to("missing_table", key, f"Det finns inget [[{key}]].", f"Skriv minst ett [[{key}]].")
    return tables


def _name(table: TomlTable, key: str) -> str:
    name = table.text(key)
    if name and not _NAME.fullmatch(name):
        table.object_to(
            "wrong_name",
            key,
            f"{key} = {name!r} har fel form.",
            "Skriv små bokstäver a–z, siffror och _, med en bokstav först.",
        )
    return name


def _word(table: TomlTable, key: str, words: type[Word]) -> Word:
    """Return one word of a closed list; a faulty one is noted and gives the first."""
    word = table.one_of(key, {word.value: word for word in words})
    return words(word) if word in {known.value for known in words} else next(iter(words))


def _words(table: TomlTable, key: str, words: type[Word]) -> tuple[Word, ...]:
    """Return some words of a closed list, at least one; the faulty ones are noted and left out."""
    known = {word.value: word for word in words}
    written = table.texts(key)
    if not written and table.has(key):
        table.object_to("empty", key, f"{key} är tom.", f"Skriv minst något av: {', '.join(known)}.")
    for word in written:
        if word not in known:
            table.object_to(
                f"unknown_{key.removesuffix('s')}",
                key,
                f"{word!r} är okänt i {key}.",
                f"Välj bland: {', '.join(known)}.",
            )
    return tuple(known[word] for word in written if word in known)


def _word_or_question(table: TomlTable, key: str, words: type[Word]) -> Word | None:
    """Return the word, or None where an open question stands in its place."""
    if table.has(key) or not table.has("open_question"):
        return _word(table, key, words)
    return None


def _question(table: TomlTable) -> str | None:
    return table.text("open_question") if table.has("open_question") else None

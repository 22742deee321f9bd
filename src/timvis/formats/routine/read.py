"""Reads a routine: TOML bytes into a record, or every fault with its line and key."""

import re

from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.core.records import Regime
from timvis.core.review.rule import Severity
from timvis.core.routine.records import (
    Act,
    AttestListTerms,
    Check,
    ClaimKind,
    Deadline,
    Limit,
    OnFinding,
    Routine,
    RuleChoice,
    Separation,
    Step,
)
from timvis.core.routine.terms import AttestBy, DecisionBasis, Disqualification, TiedTo
from timvis.formats.routine import keys, read_coding, read_papers, read_settings
from timvis.formats.toml_text import TomlTable, read_toml

_RATE = re.compile(r"local(\.[a-z][a-z0-9_]*)+")
_NO_REGIME = frozenset({ClaimKind.HOME_CARE})
_NO_RATE = frozenset(ClaimKind) - {ClaimKind.ASSISTANCE}
"""Kinds whose hours have no price in the municipality's numbers, or a price of another's."""


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
    if not top.document.faults:
        _refuse_what_leads_nowhere(top, routine)
    return tuple(top.document.faults) or routine


def _routine(top: TomlTable) -> Routine:
    """Return the routine as far as it can be read; what can't be is in the document's faults."""
    kinds = frozenset(keys.words(top, "claim_kinds", ClaimKind))
    settings = read_settings.settings(top, kinds)
    saturdays_count = read_settings.saturdays_count(settings)
    adopted = top.table("adopted") if top.has("adopted") else None
    routine = Routine(
        slug=_slug(top),
        municipality=top.text("municipality"),
        name=top.text("name"),
        source=top.text("source"),
        claim_kinds=kinds,
        regime=keys.word(top, "regime", Regime) if top.has("regime") or not kinds <= _NO_REGIME else None,
        valid_from=top.day("valid_from"),
        accepts_invoices=top.flag("accepts_invoices"),
        rate=_rate(top, kinds),
        coding=read_coding.coding(top.table("coding"), kinds),
        settings=settings,
        channels=tuple(read_papers.channel(table) for table in keys.some(top, "channel")),
        evidence=tuple(read_papers.requirement(table) for table in top.tables("evidence")),
        steps=tuple(_step(table, saturdays_count) for table in keys.some(top, "step")),
        separations=tuple(_separation(table) for table in top.tables("separation")),
        rules=tuple(_rule(table) for table in top.tables("rule")),
        adopted_by=adopted.text("by") if adopted else None,
        adopted_on=adopted.day("on") if adopted else None,
        answered_by=keys.text_or_none(top, "answered_by"),
        open_questions=top.texts("open_questions", ()),
        review_every_months=keys.whole_or_none(top, "review_every_months", 1, 120),
        decision_bases=keys.words_or_none(top, "decision_bases", DecisionBasis),
        attest_by=keys.word_or_none(top, "attest_by", AttestBy) or AttestBy.ROLE,
        attest_list=_attest_list(top),
        disqualified_for=keys.words_or_none(top, "disqualified_for", Disqualification),
        limits=tuple(_limit(table) for table in top.tables("limit")),
        deadlines=tuple(
            found for table in top.tables("deadline") if (found := _deadline(table, saturdays_count)) is not None
        ),
        letters=tuple(read_papers.letter(table) for table in top.tables("letter")),
    )
    if adopted:
        adopted.refuse_the_rest()
    return routine


def _slug(top: TomlTable) -> str:
    municipality, slug = top.text("municipality"), top.text("slug")
    if slug and not re.fullmatch(f"{re.escape(municipality)}/{keys.NAME.pattern}", slug):
        top.object_to(
            "wrong_slug",
            "slug",
            f"Rutinen heter {slug!r} men hör till kommunen {municipality!r}.",
            "Skriv kommun/rutin med små bokstäver, siffror och _.",
        )
    return slug


def _rate(top: TomlTable, kinds: frozenset[ClaimKind]) -> str | None:
    """Return the code of the hourly amounts; only hours of assistance must have one.

    An invoice of assistance carries the price of the provider's own agreement, so a routine that takes
    invoices may leave the code out.
    """
    if not top.has("rate") and (kinds <= _NO_RATE or top.values.get("accepts_invoices") is True):
        return None
    code = top.text("rate")
    if code and not _RATE.fullmatch(code):
        top.object_to(
            "wrong_code",
            "rate",
            f"Beloppets kod {code!r} har fel form.",
            "Skriv koden för beloppet i kommunens egna tal, som local.kommun.amount.",
        )
    return code


def _attest_list(top: TomlTable) -> AttestListTerms | None:
    by_list = top.values.get("attest_by") == AttestBy.ATTEST_LIST
    if by_list != top.has("attest_list"):
        top.object_to(
            "attest_list_and_attest_by",
            "attest_list" if top.has("attest_list") else "attest_by",
            'attest_by = "attest_list" och tabellen [attest_list] hör ihop.',
            "Skriv båda, eller ingen av dem.",
        )
    if not top.has("attest_list"):
        return None
    table = top.table("attest_list")
    found = AttestListTerms(
        tied_to=keys.words(table, "tied_to", TiedTo),
        code_parts=table.texts("code_parts", ()),
        attestants_per_code=keys.whole_or_none(table, "attestants_per_code", 1, 100),
        deputies_per_code=keys.whole_or_none(table, "deputies_per_code", 0, 100),
        renewed_every_months=keys.whole_or_none(table, "renewed_every_months", 1, 120),
        deputy_only_while_away=table.flag("deputy_only_while_away", True),
        text=table.text("text", ""),
    )
    table.refuse_the_rest()
    return found


def _step(table: TomlTable, saturdays_count: bool | None) -> Step:
    step = Step(
        name=keys.name(table, "name"),
        label=table.text("label"),
        role=keys.hand_or_question(table, "role"),
        acts=keys.words(table, "acts", Act),
        checks=keys.words_or_none(table, "checks", Check),
        due=keys.due_or_none(table, "due", saturdays_count),
        on_finding=keys.word_or_none(table, "on_finding", OnFinding),
        open_question=keys.question(table),
        when_disqualified=keys.hand_or_none(table, "when_disqualified"),
        source=keys.text_or_none(table, "source"),
    )
    if step.when_disqualified is not None and step.when_disqualified == step.role:
        table.object_to(
            "same_role",
            "when_disqualified",
            "Den som är jävig kan inte ersättas av sin egen roll.",
            "Skriv närmast högre chefs roll.",
        )
    table.refuse_the_rest()
    return step


def _separation(table: TomlTable) -> Separation:
    separation = Separation(code=keys.name(table, "code"), acts=keys.words(table, "acts", Act), text=table.text("text"))
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
        code=keys.name(table, "code"),
        is_on=table.flag("on", True),
        severity=keys.word_or_none(table, "severity", Severity),
    )
    table.refuse_the_rest()
    return choice


def _limit(table: TomlTable) -> Limit:
    up_to_ore = keys.whole_or_none(table, "up_to_ore", 1, keys.MOST_ORE)
    limit = Limit(
        act=keys.word(table, "act", Act),
        role=keys.hand_or_none(table, "role"),
        up_to_ore=None if up_to_ore is None else Ore(up_to_ore),
        source=keys.text_or_none(table, "source"),
    )
    table.refuse_the_rest()
    return limit


def _deadline(table: TomlTable, saturdays_count: bool | None) -> Deadline | None:
    """Return a deadline, None when it has no day that can be read."""
    if not table.has("due"):
        table.object_to("missing_key", "due", "due saknas.", "Skriv due = { … } i den här tabellen.")
    due = keys.due_or_none(table, "due", saturdays_count)
    name, label = keys.name(table, "name"), table.text("label")
    role, step = keys.hand_or_none(table, "role"), keys.text_or_none(table, "step")
    source, is_earliest = keys.text_or_none(table, "source"), table.flag("is_earliest", False)
    table.refuse_the_rest()
    if due is None:
        return None
    return Deadline(name=name, label=label, due=due, role=role, step=step, source=source, is_earliest=is_earliest)


# --- what points at something else in the same file ------------------------------------------------------


def _refuse_what_leads_nowhere(top: TomlTable, routine: Routine) -> None:
    """Note every name in a readable routine that nothing in it has, and what contradicts itself."""
    read_papers.refuse_contradicting_invoices(top, routine.accepts_invoices, routine.channels)
    steps = {step.name for step in routine.steps}
    acts = {act for step in routine.steps for act in step.acts}
    places = {*steps, *(deadline.name for deadline in routine.deadlines)}
    for table, deadline in zip(top.tables("deadline"), routine.deadlines, strict=True):
        if deadline.step is not None and deadline.step not in steps:
            _no_such(table, "step", deadline.step, steps)
        if deadline.name in steps or sum(one.name == deadline.name for one in routine.deadlines) > 1:
            table.object_to(
                "name_twice", "name", f"{deadline.name!r} heter något annat också.", "Ge tidsgränsen ett eget namn."
            )
    for table, letter in zip(top.tables("letter"), routine.letters, strict=True):
        if letter.at not in places:
            _no_such(table, "at", letter.at, places)
    for table, limit in zip(top.tables("limit"), routine.limits, strict=True):
        if limit.act not in acts:
            _no_such(table, "act", limit.act, {str(act) for act in acts})
    for table, separation in zip(top.tables("separation"), routine.separations, strict=True):
        for act in separation.acts:
            if act not in acts:
                _no_such(table, "acts", act, {str(act) for act in acts})
    _refuse_foreign_kinds(top, routine)


def _refuse_foreign_kinds(top: TomlTable, routine: Routine) -> None:
    channels = [one.claim_kinds for one in routine.channels]
    evidence = [one.claim_kinds for one in routine.evidence]
    for name, rows in (("channel", channels), ("evidence", evidence)):
        for table, kinds in zip(top.tables(name), rows, strict=True):
            for kind in sorted(kinds - routine.claim_kinds):
                _no_such(table, "claim_kinds", kind, {str(one) for one in routine.claim_kinds})


def _no_such(table: TomlTable, key: str, written: str, known: set[str]) -> None:
    table.object_to(
        "leads_nowhere",
        key,
        f"{written!r} finns inte i den här rutinen.",
        f"Rätta stavningen. Här finns: {', '.join(sorted(known))}.",
    )

"""Reads the rules themselves into pages: sentence, comparison, law, statutes and cases."""

import ast
import inspect
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from timvis.core.law import LawBook, LawValue
from timvis.core.records import Regime
from timvis.core.review.rule import Grain, Rule, Severity
from timvis.core.review.rules import RULES
from timvis.core.statutes import Paragraph

SUBJECTS: Mapping[str, str] = {
    "assistant": "Assistenten",
    "claim": "Anspråket som helhet",
    "decision": "Beslutet",
    "place": "Var brukaren var",
    "provider": "Anordnaren",
    "report": "Tidrapporten",
    "time": "Klockan",
    "working_time": "Arbetstid och vila",
}
"""What the modules of the rules are about, in the order of the rule book."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.REFUSES: "nekar: tiden ersätts inte om inte handläggaren avfärdar iakttagelsen",
    Severity.STOPS: "stoppar: inget betalas förrän det är rättat eller avfärdat",
    Severity.ASKS: "frågar: en människa måste titta; tiden räknas tills hon säger annat",
    Severity.INFORMS: "upplyser: bra att veta, kräver inget svar",
}

GRAINS: Mapping[Grain, str] = {
    Grain.SHIFT: "varje pass",
    Grain.WEEK: "en assistents vecka",
    Grain.CLAIM: "hela anspråket",
}

OPERATORS = {
    ast.Lt: "<",
    ast.LtE: "≤",
    ast.Gt: ">",
    ast.GtE: "≥",
    ast.Eq: "=",
    ast.BitAnd: "och",
    ast.BitOr: "eller",
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "×",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTold:
    """One of a rule's two cases, by its title."""

    title: str
    objects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """Everything the rule book says about a rule."""

    code: str
    label: str
    subject: str
    sentence: str
    grain: str
    severity_lss: str
    severity_sfb: str
    comparison: str
    law: tuple[LawValue, ...]
    statutes: tuple[Paragraph, ...]
    cases: tuple[CaseTold, ...]


def rule_page(code: str, book: LawBook, statutes: Mapping[str, Paragraph], cases: Mapping[str, str]) -> RulePage | None:
    """Return a rule's page, None when no rule has that name. `cases` are the texts of the case files by rule."""
    rule = RULES.get(code)
    if rule is None:
        return None
    return RulePage(
        code=code,
        label=rule.label,
        subject=subject_of(rule),
        sentence=rule.because,
        grain=GRAINS[rule.grain],
        severity_lss=SEVERITIES[rule.severity[Regime.LSS]],
        severity_sfb=SEVERITIES[rule.severity[Regime.SFB]],
        comparison=comparison(rule),
        law=tuple(book.number(one) for one in rule.law),
        statutes=tuple(statutes[cite] for cite in rule.cites if cite in statutes),
        cases=_cases(cases.get(code, "")),
    )


def subject_of(rule: Rule) -> str:
    """Return what a rule is about, from the module it lives in."""
    return SUBJECTS[rule.objects.__module__.rsplit(".", 1)[1]]


def comparison(rule: Rule) -> str:
    """Return the rule's own comparison as it runs, with signs that people read."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule.objects)))
    told = next(node for node in ast.walk(tree) if isinstance(node, ast.Return))
    assert told.value is not None
    return _expression(told.value, outermost=True)


def _expression(node: ast.expr, *, outermost: bool = False) -> str:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            text = f"{_expression(left)} {OPERATORS[type(op)]} {_expression(right)}"
            joins = isinstance(op, ast.BitAnd | ast.BitOr)
            return text if outermost or not joins else f"({text})"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"{_expression(left)} {OPERATORS[type(op)]} {_expression(right)}"
        case ast.Attribute(attr=name):
            return name
        case ast.Constant(value=value):
            return str(value)
    raise ValueError(f"a rule holds {ast.dump(node)}, which its form does not allow")


def _cases(text: str) -> tuple[CaseTold, ...]:
    if not text:
        return ()
    table = tomllib.loads(text)
    return tuple(
        CaseTold(title=table[name]["title"], objects=name == "objects") for name in ("objects", "does_not_object")
    )

"""The rule book on the desk: a page per rule, and per number of the law, made from what runs."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render

from timvis.config.law_book import law_book
from timvis.core.law import text_of
from timvis.core.records import Regime
from timvis.core.review.rule import Severity
from timvis.core.review.rules import RULES
from timvis.formats.rulebook.read import SUBJECTS, rule_page, subject_of
from timvis.formats.statutes.read import load_statutes
from timvis.web.shared.asking import Ask

CASES = Path(__file__).resolve().parents[5] / "tests" / "cases" / "rules"
"""Where the cases lie in a clone; an installed package tells that they live with the source."""


def index(ask: Ask) -> HttpResponse:
    """Show every rule by subject, and the numbers."""
    text = ask.GET.get("q", "").strip()[:100]
    wanted = text.casefold()
    book = law_book()
    groups = [
        (
            subject,
            [
                rule
                for rule in RULES.values()
                if subject_of(rule) == subject and wanted in _heard(rule.label, rule.because)
            ],
        )
        for subject in SUBJECTS.values()
    ]
    numbers = [one for _code, one in sorted(book.values.items()) if wanted in _heard(one.label, one.code)]
    return render(
        ask,
        "rulebook/index.html",
        {
            "groups": [group for group in groups if group[1]],
            "numbers": numbers,
            "text": text,
            "rules": len(RULES),
            "severity": {code: rule.severity[Regime.LSS] for code, rule in RULES.items()},
        },
    )


def rule(ask: Ask, code: str) -> HttpResponse:
    """Show a rule as it runs."""
    file = CASES / f"{code}.toml"
    cases = {code: file.read_text(encoding="utf-8")} if code in RULES and file.is_file() else {}
    page = rule_page(code, law_book(), load_statutes(), cases)
    if page is None:
        raise Http404
    severity = RULES[code].severity
    return render(
        ask,
        "rulebook/rule.html",
        {"page": page, "lss": severity[Regime.LSS], "sfb": severity[Regime.SFB], "stops": Severity.STOPS},
    )


def number(ask: Ask, code: str) -> HttpResponse:
    """Show a number of the law through time, and which rules lean on it."""
    book = law_book()
    found = book.values.get(code)
    if found is None:
        raise Http404
    rows = [
        {
            "row": row,
            "value": text_of(row.value),
            "unit": found.unit_of(row),
            "now": row.covers(ask.today, book.reaches_to),
        }
        for row in reversed(found.rows)
    ]
    return render(
        ask,
        "rulebook/number.html",
        {
            "number": found,
            "rows": rows,
            "reaches_to": book.reaches_to,
            "doubt": book.doubt,
            "rules": [one for one in RULES.values() if code in one.law],
        },
    )


def _heard(*texts: str) -> str:
    return " ".join(texts).casefold()

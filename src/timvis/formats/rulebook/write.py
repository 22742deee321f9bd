"""Writes the rule book as Markdown: the same records as the office pages, one file per rule and group of numbers."""

from collections.abc import Iterable, Iterator, Mapping

from timvis.core.law import LawBook, LawValue, text_of
from timvis.core.review.rules import RULES
from timvis.core.statutes import Paragraph
from timvis.formats.rulebook.read import SUBJECTS, RulePage, rule_page, subject_of

MADE = "<!-- Gjord av `make docs` ur det som körs. Ändra regeln eller lagens data, inte den här filen. -->"


def pages(book: LawBook, statutes: Mapping[str, Paragraph], cases: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every page of the rule book as (path below docs/, text)."""
    yield "rules/README.md", _index()
    for code in RULES:
        page = rule_page(code, book, statutes, cases)
        assert page is not None
        yield f"rules/{code}.md", rule_text(page)
    groups: dict[str, list[LawValue]] = {}
    for code, number in sorted(book.values.items()):
        groups.setdefault(code.split(".", 1)[0], []).append(number)
    yield "law/README.md", _law_index(groups)
    for group, numbers in groups.items():
        yield f"law/{group}.md", _law_text(group, numbers)


def rule_text(page: RulePage) -> str:
    """Return a rule's page as Markdown."""
    lines = [MADE, f"# {page.label}", "", f"`{page.code}` · {page.subject} · prövar {page.grain}", ""]
    lines += [f"> {page.sentence}", "", "| | |", "|---|---|"]
    lines += [
        f"| Kommunens beslut (LSS) | {page.severity_lss} |",
        f"| Statens beslut (SFB) | {page.severity_sfb} |",
        "",
    ]
    lines += ["Regeln invänder när", "", f"    {page.comparison}", ""]
    lines += ["## Lagrum", ""]
    lines += [f"- **{one.code}** {one.says}{_links(one.source)}" for one in page.statutes]
    if page.law:
        lines += ["", "## Tal", "", "Regeln prövar dagar då de här talen gäller.", ""]
        lines += [f"- [{one.label}](../law/{one.code.split('.', 1)[0]}.md) (`{one.code}`)" for one in page.law]
    if page.cases:
        lines += ["", "## Fall", ""]
        lines += [f"- {'Invänder' if one.objects else 'Invänder inte'}: {one.title}" for one in page.cases]
    return "\n".join(lines) + "\n"


def _index() -> str:
    lines = [MADE, "# Regelbok", "", f"{len(RULES)} regler. Varje sida är gjord ur regeln själv.", ""]
    for subject in SUBJECTS.values():
        lines += [f"## {subject}", ""]
        lines += [f"- [{rule.label}]({rule.code}.md)" for rule in RULES.values() if subject_of(rule) == subject]
        lines.append("")
    return "\n".join(lines)


def _law_index(groups: Mapping[str, list[LawValue]]) -> str:
    lines = [MADE, "# Lagens tal", ""]
    lines += [f"- [{group}]({group}.md): {len(numbers)} tal" for group, numbers in groups.items()]
    return "\n".join(lines) + "\n"


def _law_text(group: str, numbers: Iterable[LawValue]) -> str:
    lines = [MADE, f"# {group}", ""]
    for number in numbers:
        lines += [f"## {number.label}", "", f"`{number.code}` · {number.unit} · väljs efter `{number.select_by}`", ""]
        if number.note:
            lines += [number.note, ""]
        lines += ["| Från | Till | Värde | Grund | Säkerhet | Kontrollerat |", "|---|---|---|---|---|---|"]
        for row in number.rows:
            until = row.to_on or "tills vidare"
            ground = f"{row.law}{_links(row.source)}".replace("|", "/")
            lines.append(
                f"| {row.from_on} | {until} | {text_of(row.value)} | {ground} | {row.confidence} | {row.checked_on} |"
            )
        lines.append("")
    return "\n".join(lines)


def _links(sources: Iterable[str]) -> str:
    return "".join(f" ([källa]({one}))" for one in sources if one.startswith("http"))

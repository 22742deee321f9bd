"""Letters as readable text, to the word. `python -m tests.formats.golden_letters` writes the golden files anew."""

from datetime import date
from pathlib import Path

from timvis.core.letter import Head, Letter, Value, fill
from timvis.formats.letter.read import example_values, packaged_letter

FOLDER = Path(__file__).parent / "letters"

HEAD = Head(
    sender="Ekköpings kommun",
    receiver=("Alma Åkesson", "Storgatan 1", "123 45 Ekköping"),
    reference="ekkoping-2026-0042",
    written_on=date(2026, 5, 4),
)

WHOLLY: dict[str, Value] = {
    "reason": "Björn Berg var sjuk den 3–16 mars 2026 och Hanna Holm arbetade som vikarie. Kostnaden är styrkt.",
    "lines": (
        ("Sjuklön dag 2–14", "2 880,00 kr", "2 880,00 kr", "0,00 kr", "80 procent av lönen för 24 timmar."),
        ("Summa", "2 880,00 kr", "2 880,00 kr", "0,00 kr", ""),
    ),
    "amount": "2 880,00 kr",
    "dissent": (),
    "changes": (),
}
NOTHING: dict[str, Value] = {
    "reason": "Ingen vikarie arbetade medan Björn Berg var sjuk.\n\nDå uppstod ingen merkostnad att ersätta.",
    "lines": (
        ("Sjuklön dag 2–14", "2 880,00 kr", "0,00 kr", "−2 880,00 kr", "Ingen vikarie arbetade."),
        ("Summa", "2 880,00 kr", "0,00 kr", "−2 880,00 kr", ""),
    ),
    "dissent": (),
    "changes": (),
}

OUTCOMES: dict[str, tuple[str, dict[str, Value]]] = {
    "decision_granted": ("decision_granted", WHOLLY),
    "decision_partly_granted": ("decision_partly_granted", {"dissent": (), "changes": ()}),
    "decision_partly_granted_with_dissent": ("decision_partly_granted", {"changes": ()}),
    "decision_refused": ("decision_refused", NOTHING),
    "decision_refused_instead_of_an_earlier": (
        "decision_refused",
        {name: value for name, value in NOTHING.items() if name != "changes"},
    ),
    "proposed_decision": ("proposed_decision", {}),
    "decision_copy": ("decision_copy", {}),
    "appeal_received": ("appeal_received", {}),
    "appeal_rejected_as_late": ("appeal_rejected_as_late", {}),
    "appeal_reconsidered": ("appeal_reconsidered", {}),
    "appeal_forwarded": ("appeal_forwarded", {}),
    "appeal_answered": ("appeal_answered", {}),
    "delay_announced": ("delay_announced", {}),
    "six_months_refused": ("six_months_refused", {}),
}
"""Every way a decision and what follows it can be told: the golden file, the template, and what differs."""


def letter_of(name: str) -> Letter:
    """Return one of the outcomes as a letter."""
    code, differs = OUTCOMES[name]
    template = packaged_letter(code)
    made = fill(template, HEAD, {**example_values(template), **differs})
    assert isinstance(made, Letter), made
    return made


def as_text(letter: Letter) -> str:
    """Return everything a letter says, in reading order."""
    lines = [f"{letter.title}", "=" * len(letter.title)]
    for section in letter.sections:
        lines += ["", section.heading, "-" * len(section.heading)] if section.heading else []
        for paragraph in section.paragraphs:
            lines += ["", paragraph]
        lines += ["", *(f"* {item}" for item in section.items)] if section.items else []
        if section.rows:
            lines += ["", " | ".join(column.label for column in section.columns)]
            lines += [" | ".join(row).replace("\N{NO-BREAK SPACE}", " ") for row in section.rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in OUTCOMES:
        FOLDER.joinpath(f"{name}.txt").write_text(as_text(letter_of(name)), encoding="utf-8")

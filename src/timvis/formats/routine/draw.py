"""Draws a routine: its steps in order, who does them and by when, and below them who may not be the same person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from timvis.core.routine.records import Routine, Separation, Step
from timvis.core.routine.words import ROLES

WIDTH, GAP, HEIGHT, TOP, LEVEL, LETTERS = 178, 26, 92, 56, 30, 20
"""The drawing's measures, in its own units; `LETTERS` is how many fit on a line of a box."""

NOBODY = "källan nämner ingen"


@dataclass(frozen=True, slots=True)
class _Box:
    step: Step
    x: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


def draw(routine: Routine, roles: Mapping[str, str] = ROLES) -> str:
    """Return a routine as SVG with a title and a description, so that it can be heard as well as seen."""
    boxes = [_Box(step, 10 + number * (WIDTH + GAP)) for number, step in enumerate(routine.steps)]
    width = 20 + len(boxes) * (WIDTH + GAP) - GAP
    height = TOP + HEIGHT + 24 + LEVEL * len(routine.separations) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="routine-title routine-told" class="routine">',
        f'<title id="routine-title">{escape(routine.name)}</title>',
        f'<desc id="routine-told">{escape(told(routine, roles))}</desc>',
        f'<text x="10" y="28" class="name">{escape(routine.name)}</text>',
    ]
    for before, after in pairwise(boxes):
        parts.append(_arrow(before, after))
    for box in boxes:
        parts += _box(box, roles)
    for level, separation in enumerate(routine.separations):
        parts += _kept_apart(boxes, separation, TOP + HEIGHT + 24 + LEVEL * level)
    return "\n".join((*parts, "</svg>")) + "\n"


def told(routine: Routine, roles: Mapping[str, str] = ROLES) -> str:
    """Return the drawing in words."""
    steps = "; ".join(f"{step.label}, {roles.get(step.role or '', NOBODY)}" for step in routine.steps)
    apart = " ".join(separation.text for separation in routine.separations)
    return f"Stegen i ordning: {steps}. {apart}".strip()


def _box(box: _Box, roles: Mapping[str, str]) -> Iterator[str]:
    step = box.step
    asks = " open" if step.open_question or step.role is None else ""
    yield f'<rect x="{box.x}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" rx="8" class="step{asks}"/>'
    y = TOP + 22
    for text in _lines(step.label):
        yield f'<text x="{box.x + 10}" y="{y}" class="label">{escape(text)}</text>'
        y += 17
    yield f'<text x="{box.x + 10}" y="{y + 2}">{escape(roles.get(step.role or "", NOBODY))}</text>'
    if step.due is not None:
        yield f'<text x="{box.x + 10}" y="{TOP + HEIGHT - 8}">{escape(_lines(step.due.text)[0])}</text>'


def _arrow(before: _Box, after: _Box) -> str:
    y = TOP + HEIGHT // 2
    return (
        f'<path d="M{before.x + WIDTH} {y}H{after.x - 4}m-6 -5l6 5l-6 5" class="arrow" fill="none" '
        f'stroke="currentColor" stroke-width="2"/>'
    )


def _kept_apart(boxes: list[_Box], separation: Separation, y: int) -> Iterator[str]:
    """Draw a line under the steps of a separation, with a mark under each."""
    held = [box for box in boxes if any(act in separation.acts for act in box.step.acts)]
    if not held:
        return
    first, last = held[0].middle, held[-1].middle
    yield f'<path d="M{first} {y}H{last}" stroke="currentColor" stroke-width="2" stroke-dasharray="4 4" fill="none"/>'
    for box in held:
        yield f'<circle cx="{box.middle}" cy="{y}" r="5" fill="currentColor"/>'
    yield f'<text x="{last + 12}" y="{y + 4}" class="apart">olika personer</text>'


def _lines(text: str) -> list[str]:
    """Return a label on at most two lines."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:2]

"""Draws a routine: its steps from the first to the last, who does them and by when, and beside them who must differ.

The drawing is one narrow column, so that it can be read on a phone, and every colour is also a word or a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from timvis.core.routine.records import Routine, Separation, Step
from timvis.core.routine.telling import first_sentence
from timvis.core.routine.words import ROLES

WIDTH, MARGIN, GAP, LINE, PAD, TRACK = 296, 4, 20, 18, 8, 20
"""The drawing's measures, in its own units; `TRACK` is the room for the line of one separation."""

LETTER, BOLD = 7, 8
"""About how wide a letter is; the drawing doesn't know the reader's font."""

NOBODY = "källan nämner ingen"


@dataclass(frozen=True, slots=True)
class _Box:
    step: Step
    number: int
    y: int
    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * len(self.lines) - LINE // 4

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def end(self) -> int:
        return self.y + self.height


def draw(routine: Routine, roles: Mapping[str, str] = ROLES) -> str:
    """Return a routine as SVG with a title and a description, so that it can be heard as well as seen."""
    width = WIDTH - 2 * MARGIN - TRACK * len(routine.separations)
    boxes = tuple(_boxes(routine, roles, width))
    legend = tuple(_legend(routine, boxes[-1].end if boxes else MARGIN))
    height = (legend[-1][1] if legend else boxes[-1].end if boxes else 0) + MARGIN
    name = f"routine-{routine.slug.replace('/', '-')}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-told" class="routine" font-family="sans-serif" font-size="13">',
        f'<title id="{name}-title">{escape(routine.name)}</title>',
        f'<desc id="{name}-told">{escape(told(routine, roles))}</desc>',
    ]
    for before, after in pairwise(boxes):
        parts.append(_arrow(before, after, MARGIN + width // 2))
    for box in boxes:
        parts += _drawn(box, width)
    tracks = [
        (_sign(nth), MARGIN + width + TRACK * (nth + 1) - TRACK // 4, _held(boxes, separation))
        for nth, separation in enumerate(routine.separations)
    ]
    for _letter, x, held in tracks:
        parts += _track(held, MARGIN + width, x)
    for letter, x, held in tracks:
        parts += _rings(held, letter, x)
    parts += [f'<text x="{x}" y="{y}" class="apart">{escape(text)}</text>' for x, y, text in legend]
    return "\n".join((*parts, "</svg>")) + "\n"


def told(routine: Routine, roles: Mapping[str, str] = ROLES) -> str:
    """Return the drawing in words."""
    steps = "; ".join(f"{step.label}, {roles.get(step.role or '', NOBODY)}" for step in routine.steps)
    apart = " ".join(separation.text for separation in routine.separations)
    return f"Stegen i ordning: {steps}. {apart}".strip()


def _boxes(routine: Routine, roles: Mapping[str, str], width: int) -> Iterator[_Box]:
    """Yield a box per step, one below the other, each as high as what it says."""
    y = MARGIN
    for number, step in enumerate(routine.steps, start=1):
        room = width - 2 * PAD
        letters = room // LETTER - 1
        lines = [("label", text) for text in _lines(f"{number}. {step.label}", room // BOLD)]
        lines += [("", text) for text in _lines(roles.get(step.role or "", NOBODY), letters)]
        if step.due is not None:
            # What counts as a working day stands in the table beside the drawing.
            lines += [("due", text) for text in _lines(first_sentence(step.due.text)[0], letters)]
        box = _Box(step, number, y, tuple(lines))
        yield box
        y = box.end + GAP


def _drawn(box: _Box, width: int) -> Iterator[str]:
    asks = box.step.open_question or box.step.role is None
    # Without the house's stylesheet the box is a line, not a black field.
    dashes = ' stroke-dasharray="6 3"' if asks else ""
    yield (
        f'<rect x="{MARGIN}" y="{box.y}" width="{width}" height="{box.height}" rx="8" '
        f'class="step{" open" if asks else ""}" fill="none" stroke="currentColor"{dashes}/>'
    )
    for nth, (kind, text) in enumerate(box.lines):
        said = f' class="{kind}"' if kind else ""
        weight = ' font-weight="bold"' if kind == "label" else ""
        y = box.y + PAD + LINE * nth + LINE * 3 // 4
        yield f'<text x="{MARGIN + PAD}" y="{y}"{said}{weight}>{escape(text)}</text>'


def _arrow(before: _Box, after: _Box, x: int) -> str:
    return (
        f'<path d="M{x} {before.end}V{after.y - 2}m-5 -6l5 6l5 -6" class="arrow" fill="none" stroke="currentColor" '
        f'stroke-width="2"/>'
    )


def _held(boxes: tuple[_Box, ...], separation: Separation) -> list[_Box]:
    """Return the boxes whose steps a separation keeps apart."""
    return [box for box in boxes if any(act in separation.acts for act in box.step.acts)]


def _track(held: list[_Box], edge: int, x: int) -> Iterator[str]:
    """Yield the line beside the steps of a separation, and one from each step to it."""
    if held:
        yield f'<path d="M{x} {held[0].middle}V{held[-1].middle}" stroke="currentColor" stroke-width="2"/>'
    for box in held:
        yield f'<path d="M{edge} {box.middle}H{x}" stroke="currentColor"/>'


def _rings(held: list[_Box], letter: str, x: int) -> Iterator[str]:
    """Yield the separation's letter in a ring beside each of its steps, over all lines."""
    for box in held:
        yield f'<circle cx="{x}" cy="{box.middle}" r="8" class="ring" fill="white" stroke="currentColor"/>'
        yield f'<text x="{x}" y="{box.middle + 4}" class="letter" font-size="11" text-anchor="middle">{letter}</text>'


def _legend(routine: Routine, y: int) -> Iterator[tuple[int, int, str]]:
    """Yield what each letter means, below the steps."""
    y += GAP // 2
    for nth, separation in enumerate(routine.separations):
        for first, text in enumerate(_lines(f"{_sign(nth)}  {separation.text}", (WIDTH - 2 * MARGIN) // LETTER)):
            y += LINE
            yield MARGIN + (LETTER * 2 if first else 0), y, text


def _sign(nth: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[nth % 26]


def _lines(text: str, letters: int) -> list[str]:
    """Return a text on lines of at most so many letters, as far as its words are that short."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines

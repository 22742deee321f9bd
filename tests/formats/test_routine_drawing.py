"""A routine is drawn from what it says: every step, who, by when, and who may not be the same person."""

from pathlib import Path

from lxml import etree

from timvis.core.routine.records import Routine
from timvis.formats.routine.draw import draw, told
from timvis.formats.routine.read import read

EXAMPLE = Path(__file__).parents[2] / "examples" / "ekkoping" / "assistance.toml"


def routine() -> Routine:
    found = read(EXAMPLE.read_bytes(), source=EXAMPLE.name)
    assert isinstance(found, Routine), found
    return found


def test_every_step_stands_in_the_drawing_and_in_its_words() -> None:
    drawing = draw(routine())

    shown = " ".join(etree.fromstring(drawing.encode()).itertext())
    for step in routine().steps:
        assert step.label in told(routine())
        assert step.label.split()[0] in shown


def test_what_a_routine_is_called_cannot_become_markup() -> None:
    hostile = draw(Routine(**{**_fields(routine()), "name": '<script>alert("x")</script>'}))

    assert "<script" not in hostile
    etree.fromstring(hostile.encode())


def _fields(one: Routine) -> dict[str, object]:
    return {name: getattr(one, name) for name in Routine.__dataclass_fields__}

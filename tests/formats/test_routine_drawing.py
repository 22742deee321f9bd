"""A routine is drawn from what it says: every step, who, by when, and who may not be the same person."""

from itertools import pairwise
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


def test_who_must_differ_is_a_letter_beside_each_of_the_steps_and_a_sentence_below() -> None:
    drawing = etree.fromstring(draw(routine()).encode())

    letters = [text.text for text in drawing.findall("{*}text[@class='letter']")]
    below = " ".join(text.text or "" for text in drawing.findall("{*}text[@class='apart']"))
    for letter, separation in zip("ABCDEFGH", routine().separations, strict=False):
        acts = set(separation.acts)
        assert letters.count(letter) == sum(bool(acts & set(step.acts)) for step in routine().steps)
        assert " ".join(separation.text.split()[:3]) in " ".join(below.split())


def test_nothing_is_wider_than_a_phone_and_no_box_lies_on_another() -> None:
    drawing = etree.fromstring(draw(routine()).encode())

    width, height = map(int, drawing.get("viewBox").split()[2:])
    boxes = [(int(one.get("y")), int(one.get("height"))) for one in drawing.findall("{*}rect")]
    assert width <= 340
    assert all(y + high < after for (y, high), (after, _) in pairwise(boxes))
    assert boxes[-1][0] + boxes[-1][1] < height


def test_two_drawings_on_one_page_have_names_of_their_own() -> None:
    other = draw(Routine(**{**_fields(routine()), "slug": "ekkoping/other"}))

    assert 'id="routine-ekkoping-assistance-title"' in draw(routine())
    assert 'id="routine-ekkoping-other-title"' in other


def test_a_routine_without_steps_is_drawn_as_nothing() -> None:
    etree.fromstring(draw(Routine(**{**_fields(routine()), "steps": (), "separations": ()})).encode())


def test_what_a_routine_is_called_cannot_become_markup() -> None:
    hostile = draw(Routine(**{**_fields(routine()), "name": '<script>alert("x")</script>'}))

    assert "<script" not in hostile
    etree.fromstring(hostile.encode())


def _fields(one: Routine) -> dict[str, object]:
    return {name: getattr(one, name) for name in Routine.__dataclass_fields__}

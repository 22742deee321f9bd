"""A paper photographed with a telephone: what a camera does to it is read through, up to where it is kindly refused."""

import pytest
from PIL import Image

from tests.formats.camera import Shot, taken
from tests.formats.test_returned_paper import CODE, OTHER, code_in, paper, saved, scanned
from timvis.formats.returned_paper import read
from timvis.formats.returned_paper.tries import ANGLES, MOST_PIXELS, MOST_TRIES, tries


@pytest.mark.parametrize("dots", [150, 200, 300])
@pytest.mark.parametrize(
    "shot",
    [
        {},
        {"slants": 18},
        {"slants": -12, "turned": 90},
        {"keystone": 12, "turned": 180},
        {"shadow": 0.9, "turned": 270},
        {"blur_mm": 0.12},
        {"grain": 40, "quality": 40},
    ],
    ids=["held in the hand", "slanting", "on its side", "from below", "in a shadow", "out of focus", "in the dark"],
)
def test_a_photograph_from_150_dots_an_inch_gives_its_code(dots: int, shot: dict[str, float]) -> None:
    assert code_in(taken(Shot(dots=dots, **shot))) == CODE  # type: ignore[arg-type]  # whole numbers where they are


def test_everything_at_once_is_read_too() -> None:
    worst = Shot(dots=200, slants=-9, turned=90, keystone=6, shadow=0.7, blur_mm=0.1, grain=15, quality=40)

    assert code_in(taken(worst)) == CODE


@pytest.mark.parametrize(
    "shot",
    [{"dots": 90}, {"slants": 26}, {"blur_mm": 0.25}],
    ids=["too far away", "too slanting", "too blurred"],
)
def test_what_cannot_be_read_is_said_kindly_and_no_code_is_guessed(shot: dict[str, float]) -> None:
    assert code_in(taken(Shot(**shot))) == "no_code_found"  # type: ignore[arg-type]  # as above


def test_two_photographs_in_one_file_are_told_by_their_codes_although_neither_is_read_as_it_is() -> None:
    pages = (scanned(paper(code)).convert("L") for code in (CODE, OTHER))
    slanting = [page.rotate(10, Image.Resampling.BICUBIC, expand=True, fillcolor="white") for page in pages]

    both = saved(slanting[0], "TIFF", save_all=True, append_images=slanting[1:])

    assert code_in(both) == "several_codes"


# --- the bounds --------------------------------------------------------------------------------------------------


def test_a_page_costs_so_many_pictures_of_such_a_size_and_no_more() -> None:
    made = [one.width * one.height for one in tries(Image.new("L", (5_000, 7_000), "white"))]

    assert len(made) == MOST_TRIES == 2 * 3 * len(ANGLES)
    # Turned by 14 degrees an A4 wants 1.6 times its room; of its rows a fourth is left, at most twice as wide.
    assert max(made) < MOST_PIXELS


@pytest.mark.parametrize("size", [(40_000, 3), (3, 40_000), (1, 1), (900, 200)])
def test_a_strip_is_read_as_it_is_and_not_turned(size: tuple[int, int]) -> None:
    page = Image.new("L", size, "white")

    assert (not list(tries(page))) == (size != (1, 1))
    assert code_in(saved(page)) == "no_code_found"


def test_only_the_first_pages_of_a_file_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(read, "tries", lambda page: tried.append(page.width) or iter(()))
    pages = [Image.new("L", (100 + number, 140), "white") for number in range(read.MOST_PAGES_TRIED + 2)]

    assert code_in(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])) == "no_code_found"
    assert tried == [100, 101, 102]

    assert code_in(paper()) == CODE
    assert len(tried) == read.MOST_PAGES_TRIED

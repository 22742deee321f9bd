"""A code as bars, read back the way a hand-held reader does: wide or narrow, nine elements a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.bar_code import bars

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
# As the symbology writes them: bars in capitals, gaps in small letters, w for wide and n for narrow.
PUBLISHED = {"0": "NnNwWnWnN", "1": "WnNwNnNnW", "A": "WnNnNwNnW", "K": "WnNnNnNwW", "-": "NwNnNnWnW"}
EDGE = "NwNnWnWnN"


def characters(widths: tuple[int, ...]) -> list[str]:
    """Return the nine elements of every character as the symbology writes them."""
    groups = [widths[first : first + 9] for first in range(0, len(widths), 10)]
    return ["".join(_written(number, width) for number, width in enumerate(group)) for group in groups]


def _written(number: int, width: int) -> str:
    word = "w" if width > 1 else "n"
    return word.upper() if number % 2 == 0 else word


@pytest.mark.parametrize("letter", PUBLISHED)
def test_a_character_has_its_published_bars_between_two_asterisks(letter: str) -> None:
    assert characters(bars(letter)) == [EDGE, PUBLISHED[letter], EDGE]


@given(st.text(alphabet=ALPHABET, min_size=1, max_size=20))
def test_every_character_has_two_wide_bars_and_a_wide_gap_and_no_two_look_alike(text: str) -> None:
    widths = bars(text)
    read = characters(widths)

    assert len(widths) == 10 * (len(text) + 2) - 1
    assert all((one.count("W"), one.count("w")) == (2, 1) for one in read)
    seen = dict(zip(text, read[1:-1], strict=True))
    assert len(set(seen.values())) == len(seen)


def test_a_character_without_bars_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        bars("ö")

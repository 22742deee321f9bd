"""Other pictures of a page, that bars can be read from where the page itself is too dark, blurred, grainy or slanted.

Bars stand upright and are many rows high, so rows are laid together: grain goes, and the bars stay. That wants them
nearly upright, so the page is turned a little either way as well. How many pictures there are, and how large, is
bounded: a page costs the same whatever stands on it.
"""

from collections.abc import Iterator
from math import sqrt

from PIL import Image, ImageChops, ImageFilter

MOST_PIXELS = 6_000_000
"""Of a page that is worked on: an A4 at 250 dots an inch."""

ANGLES = (0, 7, -7, 14, -14)
"""How a page is turned, in degrees: bars 9 mm high and some 80 mm together are read when they slant less than 6."""

_LONGEST = 4
"""How many times longer than wide a page may be: an A4 is 1.4, and half of one lengthwise 2.8."""

_ROWS_TOGETHER = 4
_WAYS: tuple[tuple[float, int, int], ...] = ((1, 0, 0), (1.5, 2, 200), (2, 3, 300))
"""How much wider the bars are drawn, then the dots around an edge that sharpen it, and by how many percent."""

MOST_TRIES = 2 * len(ANGLES) * len(_WAYS)

_SHRUNK, _LIGHTEST_AROUND, _SMOOTH = 8, 5, 6
"""How paper is told from shadow: in a picture so much smaller, the lightest of so many dots each way, smoothed."""


def small_enough(page: Image.Image) -> Image.Image:
    """Return a page with at most `MOST_PIXELS`."""
    share = sqrt(MOST_PIXELS / (page.width * page.height))
    return page if share >= 1 else _resized(page, share, share)


def tries(page: Image.Image) -> Iterator[Image.Image]:
    """Yield the other pictures of a grey page, at most `MOST_TRIES`, the likeliest first; in some the bars are upright.

    There are none of a strip: no paper looks so, and turned it would be far larger than it is.
    """
    if max(page.size) > _LONGEST * min(page.size):
        return
    lit = _evenly_lit(small_enough(page))
    for angle in ANGLES:
        turned = lit.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor="white") if angle else lit
        for laid in (turned, turned.transpose(Image.Transpose.ROTATE_90)):
            together = _resized(laid, 1, 1 / _ROWS_TOGETHER)
            for wider, around, percent in _WAYS:
                drawn = _resized(together, wider, 1)
                yield drawn.filter(ImageFilter.UnsharpMask(around, percent, 0)) if percent else drawn


def _evenly_lit(page: Image.Image) -> Image.Image:
    """Return a page with its shadows lifted: the lightest around a place is what the paper looks like there."""
    small = page.reduce(_SHRUNK)
    paper = small.filter(ImageFilter.MaxFilter(_LIGHTEST_AROUND)).filter(ImageFilter.GaussianBlur(_SMOOTH))
    return ImageChops.subtract(page, paper.resize(page.size, Image.Resampling.BILINEAR), offset=255)


def _resized(page: Image.Image, across: float, down: float) -> Image.Image:
    size = (max(1, int(page.width * across)), max(1, int(page.height * down)))
    return page.resize(size, Image.Resampling.BICUBIC)

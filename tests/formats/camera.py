"""A paper as a telephone's camera sees it on a table: our own PDF, laid askew, badly lit, blurred, grainy, compressed.

Made with Pillow alone, and the same for the same words every time.
"""

import io
import math
import random
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageFilter

from tests.formats.test_returned_paper import paper, scanned

TABLE, MARGIN, FINE = 120, 0.05, 300
"""How light the table is of 255, how much of it is seen beside the paper, and the dots an inch of the paper itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How the picture was taken.

    `dots` an inch of the paper; `turned` quarter turns and `slants` in degrees; `keystone` how many degrees the camera
    leans; `shadow` how much of the light is lost in the darkest corner; `blur_mm` the spread of a dot on the paper;
    `grain` of 255; `quality` of the JPEG.
    """

    dots: int = 200
    turned: int = 0
    slants: float = 2
    keystone: float = 3
    shadow: float = 0.4
    blur_mm: float = 0.05
    grain: int = 6
    quality: int = 50


def taken(shot: Shot) -> bytes:
    """Return a picture of the paper as a JPEG."""
    seen = _leaned(_on_the_table(), shot.keystone)
    seen = seen.rotate(shot.slants, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    seen = seen.rotate(shot.turned, expand=True)
    share = shot.dots / FINE
    seen = seen.resize((int(seen.width * share), int(seen.height * share)), Image.Resampling.BOX)
    seen = _lit(seen, shot.shadow).filter(ImageFilter.GaussianBlur(shot.blur_mm / 25.4 * shot.dots))
    target = io.BytesIO()
    _grainy(seen, shot.grain).convert("RGB").save(target, "JPEG", quality=shot.quality)
    return target.getvalue()


@cache
def _on_the_table() -> Image.Image:
    page = scanned(paper(), dots=FINE).convert("L")
    margin = int(page.width * MARGIN)
    table = Image.new("L", (page.width + 2 * margin, page.height + 2 * margin), TABLE)
    table.paste(page, (margin, margin))
    return table


def _leaned(page: Image.Image, degrees: float) -> Image.Image:
    """Return a page whose upper edge is farther away than its lower, and a little to one side."""
    width, height = page.size
    away = math.tan(math.radians(degrees)) * height / 4
    corners = ((away, away / 2), (width - away / 2, 0), (width, height), (0, height - away / 3))
    straight = ((0, 0), (width, 0), (width, height), (0, height))
    told = _perspective(corners, straight)
    return page.transform(page.size, Image.Transform.PERSPECTIVE, told, Image.Resampling.BICUBIC, fillcolor=TABLE)


def _perspective(seen: tuple[tuple[float, float], ...], real: tuple[tuple[float, float], ...]) -> list[float]:
    """Return the eight numbers that take four seen corners to the real ones (Gauss-Jordan)."""
    rows = []
    for (x, y), (u, v) in zip(seen, real, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for i in range(8):
        best = max(range(i, 8), key=lambda row: abs(rows[row][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [each / rows[i][i] for each in rows[i]]
        for j in range(8):
            if j != i:
                rows[j] = [mine - rows[j][i] * theirs for mine, theirs in zip(rows[j], rows[i], strict=True)]
    return [row[8] for row in rows]


def _lit(page: Image.Image, shadow: float) -> Image.Image:
    """Return a page with less and less light towards its upper corner, and no ink that is quite black."""
    light = Image.linear_gradient("L").rotate(30).resize(page.size)
    light = light.point([int(255 * (1 - shadow) + shadow * each) for each in range(256)])
    return ImageChops.multiply(page.point([20 + int(each * 0.88) for each in range(256)]), light)


def _grainy(page: Image.Image, grain: int) -> Image.Image:
    dice = random.Random(page.width * grain)
    grains = Image.frombytes("L", page.size, dice.randbytes(page.width * page.height))
    return ImageChops.add(page, grains.point([128 + (each - 128) * grain // 128 for each in range(256)]), offset=-128)

"""Reads the bar code of a paper that came back, from a picture or a PDF, within bounds for a stranger's file.

Sizes are asked for before anything is unpacked, and one page at a time is in memory. Pages are read as they are; only
where none gives a code are the first ones tried in other ways (`tries`), smaller.
"""

import io
from collections.abc import Generator
from contextlib import closing
from math import sqrt
from threading import Lock

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from timvis.core.faults import Fault
from timvis.formats.returned_paper.tries import small_enough, tries

MEGA = 1_000_000
MOST_BYTES = 20 * MEGA
MOST_PAGES = 20
MOST_PIXELS = 40 * MEGA
"""Of one page: an A4 at 600 dots an inch is 35 million."""

MOST_PAGES_TRIED = 3
"""Of a file none of whose pages gives a code as it is: the code is printed on a paper's first page."""

Pages = Generator[Image.Image, None, None]

PICTURE_FORMATS = ("PNG", "JPEG", "TIFF")
DOTS_PER_POINT = 300 / 72

_PDF = b"%PDF-"
_HEAD = 1024
"""How far into a file its mark as PDF may stand, as other readers have it."""

_CODE_39 = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code39)

_ONE_AT_A_TIME = Lock()
"""PDFium must not be called from two threads at once."""


def read_code(content: bytes, *, begins: str) -> str | Fault:
    """Return the one code beginning with `begins` that stands in bars on a picture or PDF, or what is wrong with it."""
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    try:
        if _PDF in content[:_HEAD]:
            with _ONE_AT_A_TIME:
                codes, kept = _as_they_are(_pages_of_pdf(content), begins)
        else:
            codes, kept = _as_they_are(_pages_of_picture(content), begins)
        codes = codes or _in_other_ways(kept, begins)
    except (_TooLarge, Image.DecompressionBombError, MemoryError):
        return TOO_LARGE
    except _UNREADABLE:
        return NOT_A_PICTURE
    if len(codes) > 1:
        return _several(codes)
    return codes[0] if codes else NO_CODE


class _TooLarge(Exception):
    """A file has more pages, or a page more pixels, than anybody's scanner makes of one paper."""


_UNREADABLE = (
    pypdfium2.PdfiumError,
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
)
"""What Pillow and PDFium raise for a file that is broken; Pillow promises no single kind."""


def _as_they_are(pages: Pages, begins: str) -> tuple[tuple[str, ...], list[Image.Image]]:
    """Return the codes of all pages in their order, each once; and the first pages, small, to be tried otherwise."""
    found: dict[str, None] = {}
    kept: list[Image.Image] = []
    with closing(pages):
        for page in pages:
            found |= dict.fromkeys(_codes(page, begins))
            if not found and len(kept) < MOST_PAGES_TRIED:
                kept.append(small_enough(page))
    return tuple(found), kept


def _in_other_ways(pages: list[Image.Image], begins: str) -> tuple[str, ...]:
    """Return the codes of some pages, of each page what the first picture gives that gives any."""
    found: dict[str, None] = {}
    for page in pages:
        read = (_codes(picture, begins, is_upright=True) for picture in tries(page))
        found |= dict.fromkeys(next((codes for codes in read if codes), ()))
    return tuple(found)


def _codes(page: Image.Image, begins: str, *, is_upright: bool = False) -> tuple[str, ...]:
    """Return our codes on a picture; one whose bars are known to be upright is not turned to look for others."""
    read = zxingcpp.read_barcodes(page, formats=_CODE_39, try_rotate=not is_upright)
    texts = (bars.text.strip().upper() for bars in read)
    return tuple(text for text in texts if text.startswith(begins))


def _pages_of_picture(content: bytes) -> Pages:
    with Image.open(io.BytesIO(content), formats=PICTURE_FORMATS) as picture:
        pages = getattr(picture, "n_frames", 1)
        _within(pages, MOST_PAGES)
        for number in range(pages):
            picture.seek(number)
            _within(picture.width * picture.height, MOST_PIXELS)
            yield picture.convert("L")


def _pages_of_pdf(content: bytes) -> Pages:
    with closing(pypdfium2.PdfDocument(content)) as document:
        _within(len(document), MOST_PAGES)
        for number in range(len(document)):
            with closing(document[number]) as page:
                for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
                    width, height = picture.get_px_size()
                    _within(width * height, MOST_PIXELS)
                width, height = page.get_size()
                # Many scanners write a page as large as it has pixels, so a large page is drawn smaller, not refused.
                scale = min(DOTS_PER_POINT, sqrt(MOST_PIXELS / max(width * height, 1)))
                with closing(page.render(scale=scale, grayscale=True)) as drawn:
                    yield drawn.to_pil()


def _within(number: float, most: int) -> None:
    if number > most:
        raise _TooLarge


def _several(codes: tuple[str, ...]) -> Fault:
    return Fault(
        code="several_codes",
        message=f"Filen har mer än ett papper: {', '.join(codes)}.",
        remedy="Dela filen, så att varje papper är en fil.",
        column="scan",
    )


TOO_LARGE = Fault(
    code="picture_is_too_large",
    message=f"Filen är för stor: högst {MOST_BYTES // MEGA} MB, {MOST_PAGES} sidor och {MOST_PIXELS // MEGA} "
    "miljoner bildpunkter på varje sida.",
    remedy="Skanna om papperet med lägre upplösning; 300 punkter per tum räcker.",
    column="scan",
)
NOT_A_PICTURE = Fault(
    code="not_a_picture",
    message="Filen går inte att läsa som bild eller PDF.",
    remedy="Skanna eller fotografera papperet som PNG, JPEG, TIFF eller PDF utan lösenord.",
    column="scan",
)
NO_CODE = Fault(
    code="no_code_found",
    message="Det syns ingen streckkod från Timvis i filen.",
    remedy="Skanna med minst 200 punkter per tum, eller fotografera skarpt och rakt ovanifrån så att papperet fyller "
    "bilden. Eller skriv koden som står ovanför strecken.",
    column="scan",
)
